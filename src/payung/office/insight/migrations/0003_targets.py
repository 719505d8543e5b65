"""Targets of coverage; the database refuses to change or remove one."""

import django.utils.timezone
from django.db import migrations, models

from payung.office.guards import PutGuards
from payung.office.insight import ddl


class Migration(migrations.Migration):
    dependencies = [
        ("insight", "0002_guards"),
    ]

    operations = [
        migrations.CreateModel(
            name="Target",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("place", models.CharField(blank=True, max_length=5)),
                ("year", models.PositiveSmallIntegerField()),
                ("share", models.PositiveSmallIntegerField()),
                ("source", models.CharField(max_length=200)),
                ("definition", models.CharField(max_length=300)),
                ("by", models.CharField(max_length=150)),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                "ordering": ["year", "place", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("share__gt", 0), ("share__lte", 10000)), name="target_is_a_share"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("source", ""), _negated=True),
                            models.Q(("definition", ""), _negated=True),
                        ),
                        name="target_says_what",
                    ),
                ],
            },
        ),
        PutGuards(ddl.target_guards),
    ]
