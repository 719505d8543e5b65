"""A letter about arrears is a real one. The remade table gets its guards again."""

import django.db.models.deletion
from django.db import migrations, models

from payung.office import guards

ASIDE = []


def take(apps, schema_editor):
    """Set the triggers aside: SQLite remakes the table."""
    ASIDE[:] = guards.set_aside(schema_editor, ("arrears_contact",))


def give(apps, schema_editor):
    """Put them back."""
    guards.put_back(schema_editor, ASIDE)


class Migration(migrations.Migration):
    dependencies = [
        ("arrears", "0002_guards"),
        ("letters", "0002_guards"),
    ]

    operations = [
        migrations.RunPython(take, migrations.RunPython.noop),
        migrations.AddField(
            model_name="contact",
            name="order",
            field=models.OneToOneField(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="arrears",
                to="letters.order",
            ),
        ),
        migrations.RunPython(give, migrations.RunPython.noop),
    ]
