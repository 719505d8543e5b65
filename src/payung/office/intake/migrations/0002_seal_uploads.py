"""Files that were uploaded before files were sealed are sealed now."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import migrations


def seal(apps: Any, schema_editor: Any) -> None:
    """Seal what lies open below MEDIA_ROOT."""
    from payung.office.intake.files import seal_all

    seal_all()


class Migration(migrations.Migration):
    dependencies: ClassVar = [("intake", "0001_initial")]
    operations: ClassVar = [migrations.RunPython(seal, migrations.RunPython.noop, elidable=True)]
