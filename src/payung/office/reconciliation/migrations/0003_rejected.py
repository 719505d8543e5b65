"""Who is in the decree and was rejected is a difference of its own. The remade table gets its guards again."""

from django.db import migrations

import payung.office.columns
from payung.office import guards

ASIDE = []


def take(apps, schema_editor):
    """Set the triggers aside: SQLite remakes the table."""
    ASIDE[:] = guards.set_aside(schema_editor, ("reconciliation_finding",))


def give(apps, schema_editor):
    """Put them back."""
    guards.put_back(schema_editor, ASIDE)
    guards.allow(schema_editor, apps.get_model("reconciliation", "finding"), "kind")


class Migration(migrations.Migration):
    dependencies = [
        ("reconciliation", "0002_guards"),
    ]

    operations = [
        migrations.RunPython(take, migrations.RunPython.noop),
        migrations.AlterField(
            model_name="finding",
            name="kind",
            field=payung.office.columns.CodeField(
                blank=True,
                default="",
                max_length=30,
                values=[
                    "billed_inactive",
                    "paid_inactive",
                    "decree_inactive",
                    "billed_no_decree",
                    "paid_no_decree",
                    "rejected",
                    "unbilled",
                    "unpaid",
                    "paid_unbilled",
                    "amount",
                    "insurer_missing",
                    "insurer_extra",
                    "insurer_amount",
                ],
            ),
        ),
        migrations.RunPython(give, migrations.RunPython.noop),
    ]
