"""A decree holds people and money of its own district only; the database refuses others."""

from django.db import migrations

from payung.office.programme import ddl


def put(apps, schema_editor):
    """Put every guard in place, those between districts too."""
    ddl.put(schema_editor)


class Migration(migrations.Migration):
    dependencies = [("programme", "0006_held_by_the_frozen")]
    operations = [migrations.RunPython(put, migrations.RunPython.noop)]
