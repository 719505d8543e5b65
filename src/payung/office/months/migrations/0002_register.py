"""The rows themselves, and the guards that the database holds."""

from django.db import migrations

from payung.office.guards import PutGuards
from payung.office.months import ddl


class Migration(migrations.Migration):
    dependencies = [("months", "0001_initial"), ("history", "0002_append_only")]
    operations = [PutGuards(ddl.create)]
