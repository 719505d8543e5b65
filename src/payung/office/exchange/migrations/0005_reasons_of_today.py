"""The reasons for which a line may stay behind, with those of today."""

from django.db import migrations

import payung.office.columns
from payung.office.guards import AlterGuarded


class Migration(migrations.Migration):
    dependencies = [("exchange", "0004_columns_of_codes")]
    operations = [
        AlterGuarded(
            model_name="batchline",
            name="code",
            field=payung.office.columns.CodeField(
                blank=True,
                max_length=30,
                values=[
                    "NIK_FORMAT",
                    "NIK_ANGKA",
                    "NIK_TIDAK_ADA",
                    "NIK_JK_BEDA",
                    "NIK_WILAYAH_BEDA",
                    "LAHIR_BEDA",
                    "LAHIR_FORMAT",
                    "KK_FORMAT",
                    "DATA_KURANG",
                    "NAMA_JANGGAL",
                    "NAMA_ALMARHUM",
                    "NAMA_BEDA",
                    "JK_FORMAT",
                    "HP_FORMAT",
                    "RT_FORMAT",
                    "PENGHASILAN_FORMAT",
                    "PEKERJAAN_TAK_DIKENAL",
                    "WILAYAH_BEDA",
                    "MENINGGAL",
                    "PINDAH",
                    "KK_ASN",
                    "SUDAH_BPU",
                    "MUNDUR",
                    "MERANTAU",
                    "SUDAH_LOLOS",
                    "GANDA_USULAN",
                    "USIA_MUDA",
                    "USIA_LEWAT",
                    "SUDAH_PU",
                    "DIBAYAR_PIHAK_LAIN",
                    "DESIL_LUAR",
                    "TIDAK_BEKERJA",
                    "TANYA_DESA",
                    "NAMA_RUSAK",
                    "BARIS_DILURUSKAN",
                    "SEL_GALAT_LAIN",
                    "SEL_RUMUS_LAIN",
                    "KOLOM_TANGGAL_GESER",
                ],
            ),
        ),
    ]
