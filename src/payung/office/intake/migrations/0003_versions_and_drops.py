"""Which file is the new version of which, and rows that somebody left out."""

from __future__ import annotations

from typing import ClassVar

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [("intake", "0002_seal_uploads")]
    operations: ClassVar = [
        migrations.AddField("row", "dropped", models.CharField(blank=True, max_length=200, default="")),
        migrations.AddField("upload", "left_behind", models.IntegerField(default=0)),
        migrations.AddField("upload", "repaired", models.BooleanField(default=False)),
        migrations.AddField(
            "upload",
            "replaced_by",
            models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="replaces",
                to="intake.upload",
            ),
        ),
    ]
