"""Snapshots and denominators never change; the database refuses anything else."""

from django.db import migrations

from payung.office.guards import PutGuards
from payung.office.insight import ddl


class Migration(migrations.Migration):
    dependencies = [("insight", "0001_initial"), ("reconciliation", "0002_guards")]
    operations = [PutGuards(ddl.guards)]
