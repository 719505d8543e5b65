"""Columns that hold codes say so; the database refuses everything else."""

from django.db import migrations

import payung.office.columns
from payung.office.guards import AlterGuarded


class Migration(migrations.Migration):
    dependencies = [
        ("bills", "0002_guards"),
    ]

    operations = [
        AlterGuarded(
            model_name="paymentfile",
            name="kind",
            field=payung.office.columns.CodeField(
                max_length=20, values=["csv", "xlsx", "mt940", "camt", "settlement"]
            ),
        ),
    ]
