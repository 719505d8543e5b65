from django.db import migrations

from payung.office.unsaid import plain


def forwards(apps, schema_editor):
    """The notes on a file, and why its columns were taken for what they are: sentences in the place of text."""
    uploads = apps.get_model("submissions", "Upload")
    for upload in uploads.objects.filter(read=True).only("pk", "tables", "notes").iterator():
        upload.notes = [plain(note, "rosters") for note in upload.notes]
        for table in upload.tables:
            table["notes"] = [plain(note, "rosters") for note in table.get("notes", [])]
            for column in table["columns"]:
                column["why"] = plain(column["why"], "rosters")
        upload.save(update_fields=["tables", "notes"])


class Migration(migrations.Migration):
    dependencies = [
        ("submissions", "0002_code_columns"),
    ]

    operations = [
        migrations.RunPython(forwards, migrations.RunPython.noop),
    ]
