"""Columns that hold codes say so; the database refuses everything else."""

from django.db import migrations

import payung.office.columns
from payung.office.guards import AlterGuarded


class Migration(migrations.Migration):
    dependencies = [
        ("answers", "0005_sent_to_the_insurer"),
    ]

    operations = [
        AlterGuarded(
            model_name="line",
            name="fault",
            field=payung.office.columns.CodeField(
                blank=True,
                max_length=20,
                values=[
                    "NIK_KOSONG",
                    "NIK_RUSAK",
                    "NIK_FORMAT",
                    "JAWABAN_KOSONG",
                    "KPJ_TANPA_MASA",
                    "KPJ_DIPAKAI",
                    "TIDAK_DIKENAL",
                ],
            ),
        ),
        AlterGuarded(
            model_name="line",
            name="outcome",
            field=payung.office.columns.CodeField(max_length=10, values=["matched", "unknown", "unusable"]),
        ),
        AlterGuarded(
            model_name="outcome",
            name="end",
            field=payung.office.columns.CodeField(max_length=10, values=["lolos", "ditolak"]),
        ),
        AlterGuarded(
            model_name="phrase",
            name="status",
            field=payung.office.columns.CodeField(blank=True, max_length=1, values=["Y", "T"]),
        ),
        AlterGuarded(
            model_name="stafflist",
            name="employer",
            field=payung.office.columns.CodeField(
                max_length=10, values=["asn", "tni", "polri", "bumn", "bumd"]
            ),
        ),
    ]
