from django.db import migrations

from payung.office.unsaid import plain


def forwards(apps, schema_editor):
    """The notes on an answer: sentences in the place of Indonesian text."""
    answers = apps.get_model("answers", "Answer")
    for answer in answers.objects.exclude(notes=[]).only("pk", "notes").iterator():
        answer.notes = [plain(note, "rosters") for note in answer.notes]
        answer.save(update_fields=["notes"])


class Migration(migrations.Migration):
    dependencies = [
        ("answers", "0003_code_columns"),
    ]

    operations = [
        migrations.RunPython(forwards, migrations.RunPython.noop),
    ]
