"""An office on PostgreSQL gets the checks of columns that became columns of codes, months or rupiah after they were made."""

from django.db import migrations

from payung.office.guards import put_checks


class Migration(migrations.Migration):
    dependencies = [("jobs", "0003_columns_of_codes")]
    operations = [migrations.RunPython(put_checks, migrations.RunPython.noop)]
