"""Every word of a name stands beside the whole name: other words are looked for there, in the order of names."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations, models

WITH_NAMES = """
    UPDATE people_nameword SET name_key = (
        SELECT person.name_key FROM people_person person WHERE person.id = people_nameword.person_id
    )
"""


class Migration(migrations.Migration):
    dependencies: ClassVar = [("people", "0006_names_with_keys")]
    operations: ClassVar = [
        migrations.RemoveIndex(model_name="nameword", name="name_word_person"),
        migrations.RemoveConstraint(model_name="nameword", name="name_word"),
        migrations.AddField(
            model_name="nameword",
            name="name_key",
            field=models.CharField(max_length=150, default=""),
            preserve_default=False,
        ),
        migrations.RunSQL(WITH_NAMES, migrations.RunSQL.noop),
        migrations.AddConstraint(
            model_name="nameword",
            constraint=models.UniqueConstraint(fields=["person", "word"], name="name_word"),
        ),
        migrations.AddIndex(
            model_name="nameword",
            index=models.Index(fields=["word", "name_key", "person"], name="name_word_with_name"),
        ),
        migrations.RemoveIndex(model_name="person", name="person_village"),
        migrations.AddIndex(
            model_name="person",
            index=models.Index(
                fields=["village_code", "name_key", "id", "merged_into"], name="person_village"
            ),
        ),
        migrations.RemoveIndex(model_name="standing", name="standing_place"),
        migrations.AddIndex(
            model_name="standing",
            index=models.Index(fields=["category", "village_code", "person"], name="standing_place"),
        ),
    ]
