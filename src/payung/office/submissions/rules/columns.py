"""The meaning of columns, as a person may correct it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from payung.codes import Field
from payung.codes.field import OFFERED
from payung.errors import InputError
from payung.office.submissions.models import Upload
from payung.rosters.headings import plain
from payung.text import Text


def name_of(field: str) -> Text:
    """Return what a column is called that was taken for ``field``."""
    found = Field.known(field)
    return found.text if found else Text(field, field)


def corrections_of(upload: Upload, posted: Mapping[str, Any]) -> dict[str, str]:
    """Return heading → field for the columns that the form of ``upload`` changes."""
    found = {}
    for place, table in enumerate(upload.tables):
        for column in table["columns"]:
            chosen = str(posted.get(f"c{place}-{column['at']}", ""))
            if chosen in OFFERED and chosen != column["field"]:
                found[plain(column["heading"])] = chosen
    return found


def refuse_twice(upload: Upload, corrections: Mapping[str, str]) -> None:
    """Raise :class:`InputError` where ``corrections`` would give two columns of one list the same meaning."""
    for table in upload.tables:
        columns: dict[str, dict[str, str]] = {}  # field → heading → its column; one heading has one meaning
        for column in table["columns"]:
            heading = plain(column["heading"])
            field = corrections.get(heading, column["field"])
            if field != "other" and field in corrections.values():
                columns.setdefault(field, {}).setdefault(heading, f"{column['cell']} “{column['heading']}”")
        for field, found in columns.items():
            if len(found) > 1:
                name, listed = name_of(field), ", ".join(found.values())
                raise InputError(
                    Text(
                        f"Dua kolom tidak boleh sama-sama {name.id}: {listed}. Pilih satu; yang lain beri arti lain.",
                        f"Two columns cannot both be {name.en}: {listed}. Choose one; give the other another meaning.",
                    )
                )
