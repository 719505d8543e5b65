"""Letters are only added and numbered one after the other; the database refuses anything else."""

from django.db import migrations

from payung.office.guards import PutGuards
from payung.office.letters import ddl


class Migration(migrations.Migration):
    dependencies = [("letters", "0001_initial")]
    operations = [PutGuards(ddl.create)]
