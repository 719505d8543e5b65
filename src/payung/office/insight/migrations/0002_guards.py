"""Snapshots and denominators never change; the database refuses anything else."""

from django.db import migrations

from payung.office.insight import ddl


def make(apps, schema_editor):
    """Make the guards."""
    for statement in ddl.guards(schema_editor.connection.vendor):
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [("insight", "0001_initial"), ("reconciliation", "0002_guards")]
    operations = [migrations.RunPython(make, migrations.RunPython.noop)]
