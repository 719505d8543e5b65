"""The guards that the database holds."""

from django.db import migrations

from payung.office.arrears import ddl


def make(apps, schema_editor):
    """Make the guards."""
    for statement in ddl.guards(schema_editor.connection.vendor):
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [("arrears", "0001_initial"), ("bills", "0002_guards")]
    operations = [migrations.RunPython(make, migrations.RunPython.noop)]
