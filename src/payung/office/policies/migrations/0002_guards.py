"""The guards that the database holds."""

from django.db import migrations

from payung.office.policies import ddl


def make(apps, schema_editor):
    """Make the guards."""
    for statement in ddl.guards(schema_editor.connection.vendor):
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [("policies", "0001_initial"), ("history", "0002_append_only")]
    operations = [migrations.RunPython(make, migrations.RunPython.noop)]
