"""The guards that the database holds."""

from django.db import migrations

from payung.office.arrears import ddl
from payung.office.guards import PutGuards


class Migration(migrations.Migration):
    dependencies = [("arrears", "0001_initial"), ("bills", "0002_guards")]
    operations = [PutGuards(ddl.guards)]
