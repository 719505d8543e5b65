"""Columns that hold codes say so; the database refuses everything else."""

from django.db import migrations

import payung.office.columns
from payung.office.guards import AlterGuarded


class Migration(migrations.Migration):
    dependencies = [
        ("programme", "0003_rejected_leave"),
    ]

    operations = [
        AlterGuarded(
            model_name="decreeperson",
            name="occupation",
            field=payung.office.columns.CodeField(
                blank=True,
                max_length=40,
                values=[
                    "tidak_bekerja",
                    "rumah_tangga",
                    "pelajar",
                    "pensiunan",
                    "asn",
                    "tni_polri",
                    "bumn_bumd",
                    "kepala_desa",
                    "perangkat_desa",
                    "lembaga_adat",
                    "ketua_rt_rw",
                    "pedagang",
                    "tukang_lain",
                    "buruh_harian",
                    "ojek",
                    "kurir",
                    "perahu",
                    "sopir",
                    "karet",
                    "sawit",
                    "nelayan",
                    "peternak",
                    "penambang",
                    "buruh_kayu",
                    "tukang_bangunan",
                    "pembantu_rumah_tangga",
                    "petani",
                    "guru_agama",
                    "tenaga_kesehatan",
                    "guru",
                    "juru_masak",
                    "seniman",
                    "honorer",
                    "satpam",
                    "kebersihan",
                    "karyawan_swasta",
                    "wiraswasta",
                    "lainnya",
                ],
            ),
        ),
        AlterGuarded(
            model_name="decreeperson",
            name="sector",
            field=payung.office.columns.CodeField(
                default="other", max_length=20, values=["transport", "other", "labour-intensive"]
            ),
        ),
        AlterGuarded(
            model_name="reserve",
            name="sector",
            field=payung.office.columns.CodeField(
                default="other", max_length=20, values=["transport", "other", "labour-intensive"]
            ),
        ),
    ]
