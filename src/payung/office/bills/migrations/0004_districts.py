"""A bill, its places and the money used for it are those of one district; the database refuses others."""

from django.db import migrations

from payung.office.bills import ddl


def make(apps, schema_editor):
    """Make the guards."""
    for statement in ddl.district_guards(schema_editor.connection.vendor):
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [("bills", "0003_columns_of_codes")]
    operations = [migrations.RunPython(make, migrations.RunPython.noop)]
