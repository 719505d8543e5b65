"""Columns that hold codes say so; the database refuses everything else."""

from django.db import migrations

import payung.office.columns
from payung.office.guards import AlterGuarded


class Migration(migrations.Migration):
    dependencies = [
        ("cards", "0001_initial"),
    ]

    operations = [
        AlterGuarded(
            model_name="card",
            name="kind",
            field=payung.office.columns.CodeField(max_length=7, values=["kertas", "digital"]),
        ),
    ]
