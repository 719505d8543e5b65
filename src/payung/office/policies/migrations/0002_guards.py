"""The guards that the database holds."""

from django.db import migrations

from payung.office.guards import PutGuards
from payung.office.policies import ddl


class Migration(migrations.Migration):
    dependencies = [("policies", "0001_initial"), ("history", "0002_append_only")]
    operations = [PutGuards(ddl.guards)]
