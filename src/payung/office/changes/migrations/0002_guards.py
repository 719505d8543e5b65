"""A change is decided once and never edited; the database refuses anything else."""

from django.db import migrations

from payung.office.changes import ddl


def make(apps, schema_editor):
    """Make the guards."""
    for statement in ddl.guards(schema_editor.connection.vendor):
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [("changes", "0001_initial"), ("months", "0002_register")]
    operations = [migrations.RunPython(make, migrations.RunPython.noop)]
