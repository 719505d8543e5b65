"""Closings and the insurer's lists are those of a district; the database refuses rows of another one."""

from django.db import migrations, models

from payung.office import guards
from payung.office.reconciliation import ddl

ASIDE = []


def take(apps, schema_editor):
    """Set the triggers aside: SQLite remakes the tables."""
    tables = ("reconciliation_closing", "reconciliation_insurerlist")
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
    dependencies = [("reconciliation", "0003_rejected"), ("regions", "0002_columns_of_codes")]

    operations = [
        migrations.RunPython(take, migrations.RunPython.noop),
        migrations.AddField("closing", "district", column(), preserve_default=False),
        migrations.AddField("insurerlist", "district", column(), preserve_default=False),
        migrations.RemoveConstraint("closing", "one_closing"),
        migrations.AddConstraint(
            "closing", models.UniqueConstraint(fields=("district", "month", "round"), name="one_closing")
        ),
        migrations.AddConstraint(
            "closing", models.CheckConstraint(condition=named(), name="closing_of_a_district")
        ),
        migrations.RemoveConstraint("insurerlist", "one_insurer_list"),
        migrations.AddConstraint(
            "insurerlist",
            models.UniqueConstraint(fields=("district", "month", "sha256"), name="one_insurer_list"),
        ),
        migrations.AddConstraint(
            "insurerlist", models.CheckConstraint(condition=named(), name="insurer_list_of_a_district")
        ),
        migrations.RunPython(give, migrations.RunPython.noop),
    ]
