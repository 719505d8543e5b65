"""The lines of bills, and the guards that the database holds."""

from django.db import migrations

from payung.office.bills import ddl
from payung.office.guards import PutGuards


class Migration(migrations.Migration):
    dependencies = [("bills", "0001_initial"), ("months", "0002_register"), ("changes", "0002_guards")]
    operations = [PutGuards(ddl.create)]
