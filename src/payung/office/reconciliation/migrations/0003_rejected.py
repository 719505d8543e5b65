"""Who is in the decree and was rejected is a difference of its own. The remade table gets its guards again."""

from django.db import migrations

import payung.office.columns
from payung.office.guards import AlterGuarded


class Migration(migrations.Migration):
    dependencies = [
        ("reconciliation", "0002_guards"),
    ]

    operations = [
        AlterGuarded(
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
    ]
