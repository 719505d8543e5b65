"""Lists of stopped allowances tell of deaths too."""

from django.db import migrations

import payung.office.columns
from payung.office.guards import AlterGuarded


class Migration(migrations.Migration):
    dependencies = [
        ("deaths", "0001_initial"),
    ]

    operations = [
        AlterGuarded(
            model_name="deathlist",
            name="origin",
            field=payung.office.columns.CodeField(max_length=30, values=["registry", "village", "allowance"]),
        ),
    ]
