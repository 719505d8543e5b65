"""A decree holds people and money of its own district only; the database refuses others."""

from django.db import migrations

from payung.office.guards import PutGuards
from payung.office.programme import ddl


class Migration(migrations.Migration):
    dependencies = [("programme", "0006_held_by_the_frozen")]
    operations = [PutGuards(ddl.guards)]
