"""More layouts, and the change that a line is sent for. Remade tables get their guards again."""

from django.db import migrations, models

import payung.office.columns
from payung.office import guards

TABLES = ("exchange_batch", "exchange_batchline", "exchange_template")
ASIDE = []


def take(apps, schema_editor):
    """Set the triggers aside: SQLite remakes the table."""
    ASIDE[:] = guards.set_aside(schema_editor, TABLES)


def give(apps, schema_editor):
    """Put them back."""
    guards.put_back(schema_editor, ASIDE)
    guards.allow(schema_editor, apps.get_model("exchange", "batch"), "kind")
    guards.allow(schema_editor, apps.get_model("exchange", "template"), "kind")


class Migration(migrations.Migration):
    dependencies = [
        ("exchange", "0002_guards"),
        ("people", "0003_sent_to_the_insurer"),
        ("programme", "0003_rejected_leave"),
    ]

    operations = [
        migrations.RunPython(take, migrations.RunPython.noop),
        migrations.AddField(
            model_name="batchline",
            name="cause",
            field=models.CharField(blank=True, default="", max_length=40),
        ),
        migrations.AlterField(
            model_name="batch",
            name="kind",
            field=payung.office.columns.CodeField(
                max_length=30,
                values=[
                    "bpu",
                    "bpu_keluar",
                    "data_tk_baru",
                    "data_tk_lanjutan",
                    "data_tk_na",
                    "data_upah",
                    "update_data_tk",
                ],
            ),
        ),
        migrations.AlterField(
            model_name="template",
            name="kind",
            field=payung.office.columns.CodeField(
                max_length=30,
                values=[
                    "bpu",
                    "bpu_keluar",
                    "data_tk_baru",
                    "data_tk_lanjutan",
                    "data_tk_na",
                    "data_upah",
                    "update_data_tk",
                ],
            ),
        ),
        migrations.AddIndex(
            model_name="batchline",
            index=models.Index(
                condition=models.Q(("cause", ""), _negated=True), fields=["cause"], name="batch_line_cause"
            ),
        ),
        migrations.RunPython(give, migrations.RunPython.noop),
    ]
