from django.db import migrations

import payung.office.columns
from payung.office.guards import AlterGuarded
from payung.said import sentences


def forwards(apps, schema_editor):
    """Why a pair was found: codes in the place of Indonesian text."""
    codes = {text.id: code for code, text in sentences("linkage").items()}
    pairs = apps.get_model("duplicates", "Pair")
    changed = []
    for pair in pairs.objects.only("pk", "why").iterator():
        pair.why = " ".join(codes[part] for part in pair.why.split("; ") if part in codes)
        changed.append(pair)
        if len(changed) == 500:
            pairs.objects.bulk_update(changed, ["why"])
            changed = []
    pairs.objects.bulk_update(changed, ["why"])


class Migration(migrations.Migration):
    dependencies = [
        ("duplicates", "0002_initial"),
    ]

    operations = [
        migrations.RunPython(forwards, migrations.RunPython.noop),
        AlterGuarded(
            model_name="pair",
            name="state",
            field=payung.office.columns.CodeField(
                default="menunggu", max_length=8, values=["menunggu", "sama", "berbeda", "gugur"]
            ),
        ),
        AlterGuarded(
            model_name="pair",
            name="suggestion",
            field=payung.office.columns.CodeField(max_length=6, values=["same", "review"]),
        ),
    ]
