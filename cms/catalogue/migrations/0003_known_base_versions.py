"""Give every base its version; variants of before stand on what the base says now: nobody knows better."""

from django.db import migrations

from cms.catalogue.versions import said_by, version_of

CHUNK = 500


def fill(apps, schema_editor):
    Module = apps.get_model("catalogue", "Module")
    Variant = apps.get_model("catalogue", "Variant")
    pks = list(Module.objects.filter(version="").values_list("pk", flat=True))
    for start in range(0, len(pks), CHUNK):
        rows = list(Module.objects.filter(pk__in=pks[start : start + CHUNK]))
        for row in rows:
            row.version = version_of(said_by(row))
        Module.objects.bulk_update(rows, ["version"])
        versions = {row.pk: row.version for row in rows}
        variants = list(Variant.objects.filter(module__in=rows, base_version="").only("pk", "module_id"))
        for variant in variants:
            variant.base_version = versions[variant.module_id]
        Variant.objects.bulk_update(variants, ["base_version"])


class Migration(migrations.Migration):

    dependencies = [
        ("catalogue", "0002_base_versions"),
    ]

    operations = [
        migrations.RunPython(fill, migrations.RunPython.noop, elidable=True),
    ]
