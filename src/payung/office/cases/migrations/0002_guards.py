"""What is decided stays readable, and a case goes no other way: the database refuses anything else."""

from django.db import migrations

from payung.office.cases import ddl


def make(apps, schema_editor):
    """Make the guards."""
    for statement in ddl.create(schema_editor.connection.vendor):
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [("cases", "0001_initial"), ("months", "0002_register")]
    operations = [migrations.RunPython(make, migrations.RunPython.noop)]
