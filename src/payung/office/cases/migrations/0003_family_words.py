"""The labels of the page for a family in the languages of the villages."""

import django.utils.timezone
from django.db import migrations, models

import payung.office.columns


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0002_guards"),
    ]

    operations = [
        migrations.CreateModel(
            name="FamilyWords",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("region_code", models.CharField(max_length=5)),
                ("tongue", payung.office.columns.CodeField(max_length=30, values=["nij", "bjn"])),
                ("words", models.JSONField()),
                ("by", models.CharField(max_length=150)),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                "ordering": ["-at", "-pk"],
                "indexes": [models.Index(fields=["region_code", "tongue"], name="family_words_place")],
            },
        ),
    ]
