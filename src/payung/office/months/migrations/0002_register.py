"""The rows themselves, and the guards that the database holds."""

from django.db import migrations

from payung.office.months import ddl


def make(apps, schema_editor):
    """Make tables and guards."""
    for statement in ddl.create(schema_editor.connection.vendor):
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [("months", "0001_initial"), ("history", "0002_append_only")]
    operations = [migrations.RunPython(make, migrations.RunPython.noop)]
