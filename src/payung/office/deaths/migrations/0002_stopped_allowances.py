"""Lists of stopped allowances tell of deaths too."""

from django.db import migrations

import payung.office.columns
from payung.office import guards


def allow(apps, schema_editor):
    """Let the column hold the new word."""
    guards.allow(schema_editor, apps.get_model("deaths", "deathlist"), "origin")


class Migration(migrations.Migration):
    dependencies = [
        ("deaths", "0001_initial"),
    ]

    operations = [
        migrations.AlterField(
            model_name="deathlist",
            name="origin",
            field=payung.office.columns.CodeField(max_length=30, values=["registry", "village", "allowance"]),
        ),
        migrations.RunPython(allow, migrations.RunPython.noop),
    ]
