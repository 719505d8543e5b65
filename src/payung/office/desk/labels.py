"""What the fields and values of the history are called on a page: as the faces of the apps say."""

from __future__ import annotations

import contextlib
import datetime as dt
import re
from typing import Any

from payung.codes import Code
from payung.office.desk.words import day, number, rupiah, say
from payung.office.face import names_of
from payung.office.face.declared import Kind
from payung.text import Text

YES_NO = {"True": Text("ya", "yes"), "False": Text("tidak", "no")}
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def changes(before: dict[str, Any] | None, after: dict[str, Any] | None, action: str = "") -> list[str]:
    """Return ``label: old → new`` for every field of an event that says something; of what is gone, what it was."""
    if before and not after:
        before, after = None, before
    old = before or {}
    lines = []
    for name, value in (after or {}).items():
        if value in {None, ""} and name not in old:
            continue
        label, kind = names_of(name, action)
        shown = _shown(value, kind)
        if name in old:
            shown = f"{_shown(old[name], kind)} → {shown}"
        lines.append(f"{say(label) if label else name}: {shown}")
    return lines


def _shown(value: Any, kind: Kind | None) -> str:
    if value in {None, ""}:
        return "–"
    if isinstance(value, bool):
        return say(YES_NO[str(value)])
    if isinstance(value, int):
        return rupiah(value) if kind == "rupiah" else number(value)
    text = str(value)
    named = [_named(part, kind) for part in text.split(",")]
    if all(named):
        return ", ".join(say(part) for part in named if part)
    if DAY.fullmatch(text):
        with contextlib.suppress(ValueError):  # looks like a day but is none
            return day(dt.date.fromisoformat(text))
    return text


def _named(code: str, kind: Kind | None) -> Text | None:
    if kind is None or isinstance(kind, str):
        return None
    if isinstance(kind, type):
        vocabulary: type[Code] = kind
        found = vocabulary.known(code)
        return found.text if found else None
    return kind(code)
