"""The database itself refuses what must never be; see guards.py."""

from django.db import migrations

from payung.office.programme import guards


def protect(apps, schema_editor):
    """Put the triggers in place."""
    guards.put(schema_editor)


class Migration(migrations.Migration):
    dependencies = [("programme", "0001_initial")]
    operations = [migrations.RunPython(protect, migrations.RunPython.noop)]
