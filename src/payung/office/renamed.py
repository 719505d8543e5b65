"""An office of version 0.1.0, whose apps had other names: its tables are called what the apps are called now.

Runs before the migrations. Only names change, inside one transaction: tables, the record of migrations, and kinds of
work that waits. Whatever differs in content is a migration of its own after that.
"""

from __future__ import annotations

import json

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper
from django.utils import timezone

from payung.errors import MissingDataError
from payung.text import Text

TABLES = {
    "register_household": "people_household",
    "register_person": "people_person",
    "register_formernik": "people_formernik",
    "register_nameword": "people_nameword",
    "register_heir": "people_heir",
    "register_standing": "people_standing",
    "register_membership": "people_membership",
    "register_post": "posts_post",
    "register_holding": "posts_holding",
    "register_card": "cards_card",
    "intake_submission": "submissions_submission",
    "intake_upload": "submissions_upload",
    "intake_row": "submissions_row",
    "matching_answer": "answers_answer",
    "matching_line": "answers_line",
    "matching_phrase": "answers_phrase",
    "matching_result": "answers_result",
    "matching_outcome": "answers_outcome",
    "matching_allowance": "answers_allowance",
    "matching_stafflist": "answers_stafflist",
    "matching_staffmember": "answers_staffmember",
    "review_pair": "duplicates_pair",
}
KINDS = {
    "intake.read": "submissions.read",
    "intake.land": "submissions.land",
    "matching.read": "answers.read",
    "matching.remap": "answers.texts",
    "matching.staff": "answers.staff",
    "review.find": "duplicates.find",
}
# The last migration of each former app: an older office is brought there by the version that made it.
LAST = {
    "register": "0004_life_status_index",
    "intake": "0004_versions_of_before",
    "matching": "0002_allowances",
    "review": "0001_pairs",
}
# What the renamed tables are: as if these migrations had made them.
MADE = (
    *(("people", "0001_initial"), ("posts", "0001_initial"), ("cards", "0001_initial")),
    *(("submissions", "0001_initial"), ("answers", "0001_initial"), ("answers", "0002_initial")),
    *(("duplicates", "0001_initial"), ("duplicates", "0002_initial")),
)


def rename() -> bool:
    """Rename the tables of an office of before; tell whether there were any.

    Raises :class:`MissingDataError` for an office that is older than the last version with those names.
    """
    with connection.cursor() as cursor:
        names = set(connection.introspection.table_names(cursor))
        if not set(TABLES) & names:
            return False
        cursor.execute("SELECT app, name FROM django_migrations")
        done = set(cursor.fetchall())
    if not set(LAST.items()) <= done or not set(TABLES) <= names:
        raise MissingDataError(
            Text(
                "Kantor ini lebih tua daripada versi 0.1.0: buka dahulu sekali dengan versi itu, lalu naikkan lagi.",
                "This office is older than version 0.1.0: open it once with that version, then upgrade again.",
            )
        )
    with transaction.atomic(), connection.cursor() as cursor:
        for before, now in TABLES.items():
            cursor.execute(f"ALTER TABLE {before} RENAME TO {now}")
        _record(cursor)
        for before, now in KINDS.items():
            cursor.execute("UPDATE jobs_job SET kind = %s WHERE kind = %s", [now, before])
        _remember(cursor)
    return True


def _remember(cursor: CursorWrapper) -> None:
    """Let what decisions about pairs remember (for undoing them) name the tables as they are called now."""
    cursor.execute("SELECT id, memory FROM duplicates_pair WHERE memory IS NOT NULL")
    for key, memory in cursor.fetchall():
        text = memory if isinstance(memory, str) else json.dumps(memory)
        for before, now in TABLES.items():
            text = text.replace(f'"{before.replace("_", ".", 1)}.', f'"{now.replace("_", ".", 1)}.')
        cursor.execute("UPDATE duplicates_pair SET memory = %s WHERE id = %s", [text, key])


def _record(cursor: CursorWrapper) -> None:
    """Let the record of migrations say that the apps of now made what the former ones made."""
    for app in LAST:
        cursor.execute("DELETE FROM django_migrations WHERE app = %s", [app])
    for before, now in TABLES.items():
        change = "UPDATE django_content_type SET app_label = %s WHERE app_label = %s AND model = %s"
        cursor.execute(change, [now.partition("_")[0], *before.split("_", 1)])
    for app, name in MADE:
        cursor.execute(
            "INSERT INTO django_migrations (app, name, applied) VALUES (%s, %s, %s)",
            [app, name, timezone.now()],
        )
