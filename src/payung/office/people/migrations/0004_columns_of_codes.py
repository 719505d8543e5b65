"""Columns that hold codes say so; the database refuses everything else."""

from django.db import migrations

import payung.office.columns
from payung.office.guards import AlterGuarded


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0003_sent_to_the_insurer"),
    ]

    operations = [
        AlterGuarded(
            model_name="person",
            name="sex",
            field=payung.office.columns.CodeField(blank=True, max_length=1, values=["L", "P"]),
        ),
    ]
