"""A bill, its places and the money used for it are those of one district; the database refuses others."""

from django.db import migrations

from payung.office.bills import ddl
from payung.office.guards import PutGuards


class Migration(migrations.Migration):
    dependencies = [("bills", "0003_columns_of_codes")]
    operations = [PutGuards(ddl.district_guards)]
