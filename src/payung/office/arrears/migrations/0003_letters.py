"""A letter about arrears is a real one. The remade table gets its guards again."""

import django.db.models.deletion
from django.db import migrations, models

from payung.office.guards import AddGuarded


class Migration(migrations.Migration):
    dependencies = [
        ("arrears", "0002_guards"),
        ("letters", "0002_guards"),
    ]

    operations = [
        AddGuarded(
            model_name="contact",
            name="order",
            field=models.OneToOneField(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="arrears",
                to="letters.order",
            ),
        ),
    ]
