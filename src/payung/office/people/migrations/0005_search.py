"""Phone numbers are found by a key of their own; words of names by what they share with words that are alike."""

from __future__ import annotations

import itertools
from typing import Any, ClassVar

from django.db import migrations, models

import payung.office.vault.sealed

CHUNK = 2000


def index_phones(apps: Any, schema_editor: Any) -> None:
    """Write the key of every phone number."""
    from payung.office.vault.sealed import blind

    connection = schema_editor.connection
    people = apps.get_model("people", "Person").objects.using(connection.alias)
    rows = people.filter(phone__isnull=False).order_by("pk").values_list("pk", "phone").iterator(CHUNK)
    while chunk := [(blind(phone, "phone"), key) for key, phone in itertools.islice(rows, CHUNK)]:
        with connection.cursor() as cursor:
            cursor.executemany("UPDATE people_person SET phone_index = %s WHERE id = %s", chunk)


def index_words(apps: Any, schema_editor: Any) -> None:
    """Keep what finds every word of a name when it is mistyped."""
    from payung.people.alike import keys

    alias = schema_editor.connection.alias
    words = (
        apps.get_model("people", "NameWord").objects.using(alias).order_by().values_list("word", flat=True)
    )
    spelling = apps.get_model("people", "Spelling")
    rows = (
        spelling(key=key, word=word)
        for word in words.distinct().iterator(CHUNK)
        for key in sorted(keys(word))
    )
    while chunk := list(itertools.islice(rows, CHUNK)):
        spelling.objects.using(alias).bulk_create(chunk, ignore_conflicts=True)


class Migration(migrations.Migration):
    dependencies: ClassVar = [("people", "0004_columns_of_codes")]
    operations: ClassVar = [
        migrations.AddField(
            model_name="person",
            name="phone_index",
            field=payung.office.vault.sealed.BlindText(
                db_index=True, editable=False, max_length=32, null=True, of="phone"
            ),
        ),
        migrations.CreateModel(
            name="Spelling",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.CharField(max_length=61)),
                ("word", models.CharField(max_length=60)),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("key", "word"), name="spelling_once")],
            },
        ),
        migrations.RunPython(index_phones, migrations.RunPython.noop, elidable=True),
        migrations.RunPython(index_words, migrations.RunPython.noop, elidable=True),
    ]
