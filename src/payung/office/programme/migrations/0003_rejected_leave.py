"""Whom the insurer rejected may leave for it. The remade table gets its guards again."""

from django.db import migrations

import payung.office.columns
from payung.office.guards import AlterGuarded


class Migration(migrations.Migration):
    dependencies = [
        ("programme", "0002_guards"),
    ]

    operations = [
        AlterGuarded(
            model_name="decreeperson",
            name="exit",
            field=payung.office.columns.CodeField(
                blank=True,
                default="",
                max_length=30,
                values=[
                    "meninggal",
                    "pindah",
                    "jadi_pu",
                    "jadi_asn",
                    "cacat_total",
                    "bukan_pekerja",
                    "desil_naik",
                    "jabatan_berakhir",
                    "dana_habis",
                    "mundur",
                    "koreksi_data",
                    "ganti_sumber",
                    "ditolak_bpjs",
                    "tidak_diusulkan",
                ],
            ),
        ),
    ]
