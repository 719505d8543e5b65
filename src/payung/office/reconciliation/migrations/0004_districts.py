"""Closings and the insurer's lists are those of a district; the database refuses rows of another one."""

from django.db import migrations, models

from payung.office.guards import GuardsAside, PutGuards, first_district
from payung.office.reconciliation import ddl


def column():
    return models.CharField(max_length=5, default=first_district)


def named():
    return models.Q(("district", ""), _negated=True)


class Migration(migrations.Migration):
    dependencies = [("reconciliation", "0003_rejected"), ("regions", "0002_columns_of_codes")]

    operations = [
        GuardsAside(
            ("reconciliation_closing", "reconciliation_insurerlist"),
            [
                migrations.AddField("closing", "district", column(), preserve_default=False),
                migrations.AddField("insurerlist", "district", column(), preserve_default=False),
                migrations.RemoveConstraint("closing", "one_closing"),
                migrations.AddConstraint(
                    "closing",
                    models.UniqueConstraint(fields=("district", "month", "round"), name="one_closing"),
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
                    "insurerlist",
                    models.CheckConstraint(condition=named(), name="insurer_list_of_a_district"),
                ),
            ],
        ),
        PutGuards(ddl.district_guards),
    ]
