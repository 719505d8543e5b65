"""Nobody comes into an annex as held already: that would go round the guard against two payers."""

from django.db import migrations

from payung.office.guards import PutGuards
from payung.office.programme import ddl


class Migration(migrations.Migration):
    dependencies = [("programme", "0005_signed_files")]
    operations = [PutGuards(ddl.guards)]
