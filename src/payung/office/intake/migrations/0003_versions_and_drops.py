"""Which file is the new version of which, and rows that somebody left out."""

from __future__ import annotations

from typing import Any, ClassVar

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import OuterRef, Subquery


def by_name(apps: Any, schema_editor: Any) -> None:
    """Keep what counted before: a later file of the same name took the place of the earlier one."""
    uploads = apps.get_model("intake", "Upload").objects
    later = uploads.filter(
        submission=OuterRef("submission"), name=OuterRef("name"), pk__gt=OuterRef("pk"), read=True
    ).order_by("pk")
    uploads.update(replaced_by=Subquery(later.values("pk")[:1]))


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
        migrations.RunPython(by_name, migrations.RunPython.noop, elidable=True),
    ]
