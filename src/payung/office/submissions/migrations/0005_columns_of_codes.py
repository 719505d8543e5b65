"""Columns that hold codes say so; the database refuses everything else."""

from django.db import migrations

import payung.office.columns
from payung.office.guards import AlterGuarded


class Migration(migrations.Migration):
    dependencies = [
        ("submissions", "0004_meanings"),
    ]

    operations = [
        AlterGuarded(
            model_name="row",
            name="verdict",
            field=payung.office.columns.CodeField(max_length=8, values=["accepted", "noted", "returned"]),
        ),
    ]
