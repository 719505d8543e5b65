"""A closed month never changes; the database refuses anything else."""

from django.db import migrations

from payung.office.guards import PutGuards
from payung.office.reconciliation import ddl


class Migration(migrations.Migration):
    dependencies = [("reconciliation", "0001_initial"), ("bills", "0002_guards")]
    operations = [PutGuards(ddl.guards)]
