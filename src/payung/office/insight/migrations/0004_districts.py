"""Snapshots, denominators and targets are those of a district; the database refuses numbers of another one."""

from django.db import migrations, models

from payung.office import guards
from payung.office.insight import ddl

ASIDE = []


def take(apps, schema_editor):
    """Set the triggers aside: SQLite remakes the tables."""
    tables = ("insight_snapshot", "insight_denominator", "insight_target")
    ASIDE[:] = guards.set_aside(schema_editor, tables)


def give(apps, schema_editor):
    """Put them back, and the walls between districts beside them."""
    guards.put_back(schema_editor, ASIDE)
    for statement in ddl.district_guards(schema_editor.connection.vendor):
        schema_editor.execute(statement, params=None)


def column():
    return models.CharField(max_length=5, default=guards.first_district)


def named():
    return models.Q(("district", ""), _negated=True)


class Migration(migrations.Migration):
    dependencies = [("insight", "0003_targets"), ("regions", "0002_columns_of_codes")]

    operations = [
        migrations.RunPython(take, migrations.RunPython.noop),
        migrations.AddField("snapshot", "district", column(), preserve_default=False),
        migrations.AddField("denominator", "district", column(), preserve_default=False),
        migrations.AddField("target", "district", column(), preserve_default=False),
        migrations.RemoveConstraint("snapshot", "one_snapshot"),
        migrations.AddConstraint(
            "snapshot", models.UniqueConstraint(fields=("district", "month", "round"), name="one_snapshot")
        ),
        migrations.AddConstraint(
            "snapshot", models.CheckConstraint(condition=named(), name="snapshot_of_a_district")
        ),
        migrations.AddConstraint(
            "denominator", models.CheckConstraint(condition=named(), name="denominator_of_a_district")
        ),
        migrations.AddConstraint(
            "target", models.CheckConstraint(condition=named(), name="target_of_a_district")
        ),
        migrations.RunPython(give, migrations.RunPython.noop),
    ]
