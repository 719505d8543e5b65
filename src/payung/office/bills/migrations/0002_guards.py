"""The lines of bills, and the guards that the database holds."""

from django.db import migrations

from payung.office.bills import ddl


def make(apps, schema_editor):
    """Make the table and the guards."""
    for statement in ddl.create(schema_editor.connection.vendor):
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [("bills", "0001_initial"), ("months", "0002_register"), ("changes", "0002_guards")]
    operations = [migrations.RunPython(make, migrations.RunPython.noop)]
