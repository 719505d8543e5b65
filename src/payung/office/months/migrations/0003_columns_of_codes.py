"""Columns that hold codes say so; the database refuses everything else."""

from django.db import migrations

import payung.office.columns
from payung.office.guards import AlterGuarded


class Migration(migrations.Migration):
    dependencies = [
        ("months", "0002_register"),
    ]

    operations = [
        AlterGuarded(
            model_name="place",
            name="category",
            field=payung.office.columns.CodeField(
                max_length=30,
                values=[
                    "kepala_desa",
                    "perangkat_desa",
                    "bpd",
                    "ketua_rt",
                    "ketua_rw",
                    "damang",
                    "sekretaris_damang",
                    "mantir_kecamatan",
                    "mantir_desa",
                    "non_asn_kecamatan",
                    "non_asn_kelurahan",
                    "non_asn_desa",
                    "pppk_paruh_waktu",
                    "rentan",
                    "rentan_apbd",
                    "rentan_desa",
                    "rentan_sawit",
                    "rentan_donatur",
                    "mandiri",
                ],
            ),
        ),
    ]
