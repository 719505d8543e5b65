"""Columns that hold codes say so; the database refuses everything else."""

from django.db import migrations

import payung.office.columns
from payung.office.guards import AlterGuarded


class Migration(migrations.Migration):
    dependencies = [
        ("regions", "0001_initial"),
    ]

    operations = [
        AlterGuarded(
            model_name="region",
            name="level",
            field=payung.office.columns.CodeField(
                max_length=11, values=["regency", "subdistrict", "village"]
            ),
        ),
    ]
