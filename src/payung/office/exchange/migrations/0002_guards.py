"""What was sent stays as it was sent; see ddl.py."""

from django.db import migrations

from payung.office.exchange import ddl


def protect(apps, schema_editor):
    """Put the triggers in place."""
    for statement in ddl.guards(schema_editor.connection.vendor):
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("exchange", "0001_initial")]
    operations = [migrations.RunPython(protect, migrations.RunPython.noop)]
