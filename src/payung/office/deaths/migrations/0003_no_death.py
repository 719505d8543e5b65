"""A stopped allowance may tell of no death."""

from django.db import migrations, models
from django.db.models import Q

import payung.office.columns
from payung.office.guards import AlterGuarded


class Migration(migrations.Migration):
    dependencies = [
        ("deaths", "0002_stopped_allowances"),
    ]

    operations = [
        migrations.RemoveConstraint(model_name="death", name="death_match_has_person"),
        AlterGuarded(
            model_name="death",
            name="match",
            field=payung.office.columns.CodeField(
                max_length=30, values=["nik", "linked", "doubt", "unknown", "no_death", "faulty"]
            ),
        ),
        migrations.AddConstraint(
            model_name="death",
            constraint=models.CheckConstraint(
                condition=Q(match__in=["nik", "linked", "doubt"], person__isnull=False)
                | Q(match__in=["unknown", "no_death", "faulty"], person__isnull=True),
                name="death_match_has_person",
            ),
        ),
    ]
