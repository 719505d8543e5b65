"""Columns that hold codes say so; the database refuses everything else."""

from django.db import migrations

import payung.office.columns
from payung.office.guards import AlterGuarded


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0005_unread"),
    ]

    operations = [
        AlterGuarded(
            model_name="grant",
            name="role",
            field=payung.office.columns.CodeField(
                max_length=20,
                values=[
                    "admin",
                    "bupati",
                    "dpmd",
                    "dinsos",
                    "disnaker",
                    "bkad",
                    "camat",
                    "kades",
                    "operator",
                    "ketua_rt",
                    "bpjs",
                    "perisai",
                    "donatur",
                    "inspektorat",
                ],
            ),
        ),
        AlterGuarded(
            model_name="user",
            name="language",
            field=payung.office.columns.CodeField(blank=True, max_length=2, values=["id", "en"]),
        ),
    ]
