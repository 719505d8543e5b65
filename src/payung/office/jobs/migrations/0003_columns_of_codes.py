"""Columns that hold codes say so; the database refuses everything else."""

from django.db import migrations

import payung.office.columns
from payung.office.guards import AlterGuarded


class Migration(migrations.Migration):
    dependencies = [
        ("jobs", "0002_pauses_beats_installation"),
    ]

    operations = [
        AlterGuarded(
            model_name="job",
            name="state",
            field=payung.office.columns.CodeField(
                default="queued", max_length=10, values=["queued", "running", "done", "failed"]
            ),
        ),
    ]
