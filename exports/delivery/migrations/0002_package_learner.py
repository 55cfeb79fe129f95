import django.db.models.deletion
from django.db import migrations, models


def forget_packages_of_programs(apps, schema_editor):
    """Rows of before name a learner by pseudonym in words, which erasing the learner would leave behind."""
    apps.get_model("delivery", "Package").objects.filter(scope="program").delete()


class Migration(migrations.Migration):
    dependencies = [("delivery", "0001_initial"), ("learners", "0001_initial")]

    operations = [
        migrations.RunPython(forget_packages_of_programs, migrations.RunPython.noop, elidable=True),
        migrations.AddField(
            model_name="package",
            name="learner",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="learners.learner",
                verbose_name="learner",
            ),
        ),
    ]
