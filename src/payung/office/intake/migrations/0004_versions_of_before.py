"""What counted before still counts: a later file of the same name had taken the place of the earlier one."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import migrations
from django.db.models import OuterRef, Subquery


def by_name(apps: Any, schema_editor: Any) -> None:
    """Note by which file each was replaced."""
    uploads = apps.get_model("intake", "Upload").objects
    later = uploads.filter(
        submission=OuterRef("submission"), name=OuterRef("name"), pk__gt=OuterRef("pk"), read=True
    ).order_by("pk")
    uploads.update(replaced_by=Subquery(later.values("pk")[:1]))


class Migration(migrations.Migration):
    dependencies: ClassVar = [("intake", "0003_versions_and_drops")]
    operations: ClassVar = [migrations.RunPython(by_name, migrations.RunPython.noop, elidable=True)]
