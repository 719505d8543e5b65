from django.db import migrations, models

import payung.office.vault.sealed


def forwards(apps, schema_editor):
    """What was corrected in the files so far is remembered; of one heading the latest file counts."""
    found = {}
    uploads = apps.get_model("submissions", "Upload").objects.order_by("pk")
    for village, corrections in uploads.values_list("submission__village_code", "corrections").iterator():
        for heading, field in (corrections or {}).items():
            if len(heading) <= 200:
                found[village, heading] = field
    meaning = apps.get_model("submissions", "Meaning")
    meaning.objects.bulk_create(
        [
            meaning(village_code=village, heading=heading, field=field)
            for (village, heading), field in found.items()
        ],
        batch_size=300,
    )


class Migration(migrations.Migration):
    dependencies = [
        ("submissions", "0003_notes_as_codes"),
    ]

    operations = [
        migrations.CreateModel(
            name="Meaning",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("village_code", models.CharField(max_length=13)),
                ("heading", models.CharField(max_length=200)),
                ("field", models.CharField(max_length=40)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("village_code", "heading"), name="one_meaning_of_a_heading"
                    )
                ],
            },
        ),
        migrations.AddField(
            model_name="upload",
            name="samples",
            field=payung.office.vault.sealed.SealedText(null=True, place="submissions.upload.samples"),
        ),
        migrations.RunPython(forwards, migrations.RunPython.noop),
    ]
