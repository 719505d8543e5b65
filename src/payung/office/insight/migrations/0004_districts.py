"""Snapshots, denominators and targets are those of a district; the database refuses numbers of another one."""

from django.db import migrations, models

from payung.office.guards import GuardsAside, PutGuards, first_district
from payung.office.insight import ddl


def column():
    return models.CharField(max_length=5, default=first_district)


def named():
    return models.Q(("district", ""), _negated=True)


class Migration(migrations.Migration):
    dependencies = [("insight", "0003_targets"), ("regions", "0002_columns_of_codes")]

    operations = [
        GuardsAside(
            ("insight_snapshot", "insight_denominator", "insight_target"),
            [
                migrations.AddField("snapshot", "district", column(), preserve_default=False),
                migrations.AddField("denominator", "district", column(), preserve_default=False),
                migrations.AddField("target", "district", column(), preserve_default=False),
                migrations.RemoveConstraint("snapshot", "one_snapshot"),
                migrations.AddConstraint(
                    "snapshot",
                    models.UniqueConstraint(fields=("district", "month", "round"), name="one_snapshot"),
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
            ],
        ),
        PutGuards(ddl.district_guards),
    ]
