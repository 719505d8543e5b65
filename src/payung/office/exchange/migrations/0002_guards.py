"""What was sent stays as it was sent; see ddl.py."""

from django.db import migrations

from payung.office.exchange import ddl
from payung.office.guards import PutGuards


class Migration(migrations.Migration):
    dependencies = [("exchange", "0001_initial")]
    operations = [PutGuards(ddl.guards)]
