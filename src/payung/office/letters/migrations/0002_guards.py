"""Letters are only added and numbered one after the other; the database refuses anything else."""

from django.db import migrations

from payung.office.letters import ddl


def make(apps, schema_editor):
    """Make the guards."""
    for statement in ddl.create(schema_editor.connection.vendor):
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [("letters", "0001_initial")]
    operations = [migrations.RunPython(make, migrations.RunPython.noop)]
