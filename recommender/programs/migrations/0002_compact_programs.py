"""Programs are kept in compact form, and the pointer to a learner's program becomes a flag of the log.

The documents that are there are compressed as they are; what is built from now on is kept as numbers.
"""

import django.db.models.deletion
from django.db import migrations, models

BATCH = 500
STATUSES = ("complete", "partial", "infeasible")


def convert(apps, schema_editor):
    from recommender.engine.compact import pack_document

    Old, New, Pointer, Source = (
        apps.get_model("programs", name) for name in ("OldVersion", "ProgramVersion", "CurrentProgram", "ProgramSource")
    )
    sources = {}

    def source_of(row):
        key = (row.release, row.model, row.objective)
        if key not in sources:
            sources[key] = Source.objects.create(release=row.release, model=row.model, objective=row.objective).pk
        return sources[key]

    def new(row, inputs):
        return New(
            learner_id=row.learner_id,
            source_id=source_of(row),
            status=STATUSES.index(row.status),
            record=pack_document(row.document.encode()),
            inputs=bytes.fromhex(inputs or "")[:16],
            cause=row.cause,
            created_at=row.created_at,
            is_current=inputs is not None,
        )

    last = 0
    while rows := list(Old.objects.filter(pk__gt=last).order_by("pk")[:BATCH]):
        last = rows[-1].pk
        pointers = dict(Pointer.objects.filter(version__in=rows).values_list("version_id", "inputs"))
        New.objects.bulk_create([new(row, pointers.get(row.pk)) for row in rows])


class Migration(migrations.Migration):

    dependencies = [
        ("programs", "0001_initial"),
    ]

    operations = [
        migrations.RemoveIndex("programversion", "program_of_learner"),
        migrations.RenameModel("ProgramVersion", "OldVersion"),
        migrations.CreateModel(
            name="ProgramSource",
            fields=[
                ("id", models.AutoField(primary_key=True, serialize=False)),
                ("release", models.CharField(max_length=64, verbose_name="release")),
                ("model", models.CharField(max_length=128, verbose_name="model")),
                ("objective", models.CharField(max_length=16, verbose_name="objective")),
            ],
            options={
                "verbose_name": "source of programs",
                "verbose_name_plural": "sources of programs",
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(fields=("release", "model", "objective"), name="program_source_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="ProgramVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("status", models.PositiveSmallIntegerField(choices=list(enumerate(STATUSES)), verbose_name="status")),
                ("record", models.BinaryField(verbose_name="program")),
                ("inputs", models.BinaryField(max_length=16, verbose_name="inputs")),
                (
                    "cause",
                    models.CharField(
                        choices=[
                            ("request", "first asked for"),
                            ("learner", "what is known of the learner changed"),
                            ("release", "another release"),
                            ("model", "another model"),
                            ("objective", "another objective"),
                        ],
                        max_length=16,
                        verbose_name="cause",
                    ),
                ),
                ("created_at", models.DateTimeField(verbose_name="built at")),
                ("is_current", models.BooleanField(verbose_name="current")),
                (
                    "learner",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="learners.learner",
                        verbose_name="learner",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="programs.programsource",
                        verbose_name="built from",
                    ),
                ),
            ],
            options={
                "verbose_name": "program",
                "verbose_name_plural": "programs",
                "default_permissions": (),
                "indexes": [models.Index(fields=["learner", "-id"], name="program_of_learner")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("is_current", True)), fields=("learner",), name="program_now"
                    )
                ],
            },
        ),
        migrations.RunPython(convert),
        migrations.DeleteModel("CurrentProgram"),
        migrations.DeleteModel("OldVersion"),
    ]
