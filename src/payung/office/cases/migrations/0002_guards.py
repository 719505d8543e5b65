"""What is decided stays readable, and a case goes no other way: the database refuses anything else."""

from django.db import migrations

from payung.office.cases import ddl
from payung.office.guards import PutGuards


class Migration(migrations.Migration):
    dependencies = [("cases", "0001_initial"), ("months", "0002_register")]
    operations = [PutGuards(ddl.create)]
