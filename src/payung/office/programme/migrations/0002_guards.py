"""The database itself refuses what must never be; see ddl.py."""

from django.db import migrations

from payung.office.programme import ddl


def protect(apps, schema_editor):
    """Put the triggers in place."""
    ddl.put(schema_editor)


class Migration(migrations.Migration):
    dependencies = [("programme", "0001_initial")]
    operations = [migrations.RunPython(protect, migrations.RunPython.noop)]
