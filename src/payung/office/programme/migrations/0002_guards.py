"""The database itself refuses what must never be; see ddl.py."""

from django.db import migrations

from payung.office.guards import PutGuards
from payung.office.programme import ddl


class Migration(migrations.Migration):
    dependencies = [("programme", "0001_initial")]
    operations = [PutGuards(ddl.guards)]
