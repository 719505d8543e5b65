"""Nobody comes into an annex as held already: that would go round the guard against two payers."""

from django.db import migrations

from payung.office.programme import ddl


def protect(apps, schema_editor):
    """Put the triggers in place, the new one too."""
    ddl.put(schema_editor)


class Migration(migrations.Migration):
    dependencies = [("programme", "0005_signed_files")]
    operations = [migrations.RunPython(protect, migrations.RunPython.noop)]
