"""A change is decided once and never edited; the database refuses anything else."""

from django.db import migrations

from payung.office.changes import ddl
from payung.office.guards import PutGuards


class Migration(migrations.Migration):
    dependencies = [("changes", "0001_initial"), ("months", "0002_register")]
    operations = [PutGuards(ddl.guards)]
