"""Whom the insurer rejected may leave for it. The remade table gets its guards again."""

from django.db import migrations

import payung.office.columns
from payung.office import guards

TABLES = ("programme_decreeperson",)
ASIDE = []


def take(apps, schema_editor):
    """Set the triggers aside: SQLite remakes the table."""
    ASIDE[:] = guards.set_aside(schema_editor, TABLES)


def give(apps, schema_editor):
    """Put them back."""
    guards.put_back(schema_editor, ASIDE)
    guards.allow(schema_editor, apps.get_model("programme", "decreeperson"), "exit")


class Migration(migrations.Migration):
    dependencies = [
        ("programme", "0002_guards"),
    ]

    operations = [
        migrations.RunPython(take, migrations.RunPython.noop),
        migrations.AlterField(
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
        migrations.RunPython(give, migrations.RunPython.noop),
    ]
