"""More layouts, and the change that a line is sent for. Remade tables get their guards again."""

from django.db import migrations, models

import payung.office.columns
from payung.office.guards import AddGuarded, AlterGuarded


class Migration(migrations.Migration):
    dependencies = [
        ("exchange", "0002_guards"),
        ("people", "0003_sent_to_the_insurer"),
        ("programme", "0003_rejected_leave"),
    ]

    operations = [
        AddGuarded(
            model_name="batchline",
            name="cause",
            field=models.CharField(blank=True, default="", max_length=40),
        ),
        AlterGuarded(
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
        AlterGuarded(
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
    ]
