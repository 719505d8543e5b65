"""The parameters as a person reads them: one, all of them, and what changed between two months."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from payung.law.codes import measured, with_code
from payung.law.months import last_day
from payung.law.parameter import MARKS, Bands, Book, Parameter, Row, Tiers, Value
from payung.law.rates import Rate
from payung.law.words import figure
from payung.text import Language, Text


@dataclass(frozen=True, slots=True)
class Change:
    """What one parameter said before and says after, in words."""

    name: str
    title: Text
    words: Text
    article: str

    def plain(self) -> dict[str, Any]:
        """Return the change as JSON takes it."""
        return {
            "name": self.name,
            "title": self.title._asdict(),
            "words": self.words._asdict(),
            "article": self.article,
        }


def row_label(parameter: Parameter, row: Row, language: Language) -> str:
    """Return how a row is called: its words, or what its lower bound is."""
    if parameter.kind == "bands":
        return ("mulai " if language == "id" else "from ") + figure(row.key, language)
    if parameter.kind == "tiers":
        return ("di atas " if language == "id" else "over ") + figure(row.key, language)
    code = str(row.key)
    if row.title is None:
        return with_code(code, language)
    said = row.title.read(language)
    return said if said == code else f"{said} ({code})"


def row_value(parameter: Parameter, row: Row, language: Language) -> str:
    """Return what a row says, with what its range or its unit of counting is."""
    if row.value is None:
        return ""
    text = measured(row.value, parameter.unit, language)
    extra = dict(row.extra)
    if "up_to" in extra:
        text += f" - {measured(extra['up_to'], parameter.unit, language)}"
    if "per" in extra:
        text += f" / {extra['per']}"
    return text


SAME_ROWS = Text("tabel yang sama", "the same table")


def period(value: Value, language: Language) -> str:
    """Return from when to when ``value`` holds."""
    if value.until is None:
        return f"{'sejak' if language == 'id' else 'from'} {value.since}"
    return f"{value.since} {'sampai' if language == 'id' else 'to'} {value.until}"


def one_line(parameter: Parameter, value: Value, language: Language) -> str:
    """Return what ``value`` says in one line."""
    if value.value is None:
        return "tidak berlaku" if language == "id" else "not in force"
    if value.rows:
        rows = (
            (row_label(parameter, row, language), row_value(parameter, row, language)) for row in value.rows
        )
        parts = (f"{label}: {said}" if said else label for label, said in rows)
        return "; ".join(parts)
    return measured(value.value, parameter.unit, language)


def plain_parameter(parameter: Parameter, values: tuple[Value, ...]) -> dict[str, Any]:
    """Return a parameter with ``values`` as JSON takes it."""
    return {
        "name": parameter.name,
        "topic": parameter.topic,
        "title": parameter.title._asdict(),
        "unit": parameter.unit,
        "values": [_plain_value(value) for value in values],
    }


def _plain_value(value: Value) -> dict[str, Any]:
    return {
        "from": value.since.isoformat(),
        "until": value.until.isoformat() if value.until else None,
        "value": _plain(value),
        "article": value.article,
        "source": value.source,
        "mark": value.mark,
        "article_mark": value.article_mark or value.mark,
        "from_mark": value.from_mark or value.mark,
        "notes": [note._asdict() for note in value.open_questions],
    }


def _plain(value: Value) -> Any:
    if isinstance(value.value, Bands | Tiers | dict):
        return [
            {
                "key": row.key,
                "value": _plain_scalar(row.value),
                "mark": row.mark or value.mark,
                **({"title": row.title._asdict()} if row.title else {}),
                **({"note": row.note._asdict()} if row.note else {}),
                **{name: _plain_scalar(extra) for name, extra in row.extra},
            }
            for row in value.rows
        ]
    if value.rows:
        return [{"date": row.key, "title": row.title._asdict() if row.title else None} for row in value.rows]
    return _plain_scalar(value.value)


def _plain_scalar(value: Any) -> Any:
    if isinstance(value, Rate):
        return value.percent()
    return list(value) if isinstance(value, tuple) else value


def changes(book: Book, before: str, after: str) -> list[Change]:
    """Return what the law says differently at the end of month ``after`` from the end of month ``before``."""
    first, second = last_day(before), last_day(after)
    found = []
    for parameter in book.parameters.values():
        old, new = _in_force(parameter, first), _in_force(parameter, second)
        if (
            parameter.kind == "dates"
            or (old is new)
            or (old and new and old.rows == new.rows and old.value == new.value and old.cited == new.cited)
        ):
            continue
        article = (new or old).cited  # type: ignore[union-attr]
        words = Text(_difference(parameter, old, new, "id"), _difference(parameter, old, new, "en"))
        found.append(Change(parameter.name, parameter.title, words, article))
    return found


def _in_force(parameter: Parameter, date: dt.date) -> Value | None:
    found = parameter.on(date)
    return found if found and found.value is not None else None


def _difference(parameter: Parameter, old: Value | None, new: Value | None, language: Language) -> str:
    indonesian = language == "id"
    if old is None and new is not None:
        start = "mulai berlaku" if indonesian else "comes into force"
        return f"{start}: {one_line(parameter, new, language)} ({period(new, language)})"
    if new is None and old is not None:
        return f"{'tidak berlaku lagi' if indonesian else 'no longer in force'}: {one_line(parameter, old, language)}"
    assert old is not None
    assert new is not None
    same = "isi sama, dasar hukum lain" if indonesian else "same content, other legal base"
    if old.value == new.value and old.rows == new.rows:
        return f"{same}: {old.cited} → {new.cited}"
    if not old.rows:
        return f"{one_line(parameter, old, language)} → {one_line(parameter, new, language)}"
    before = {row.key: row for row in old.rows}
    after = {row.key: row for row in new.rows}
    parts = []
    for key in [*before, *(key for key in after if key not in before)]:
        was, now = before.get(key), after.get(key)
        if was and now and was.value == now.value:
            continue
        row = now or was
        assert row is not None
        texts = [row_value(parameter, each, language) if each else "-" for each in (was, now)]
        parts.append(f"{row_label(parameter, row, language)}: {texts[0]} → {texts[1]}")
    return "; ".join(parts) or same


def marks_of(value: Value) -> str:
    """Return the mark of ``value``; where rows differ, how many carry which; and what else is less sure."""
    own = [row.mark or value.mark for row in value.rows] or [value.mark]
    found = ", ".join(f"{own.count(mark)} {mark}" for mark in MARKS if mark in own)
    parts = [own[0] if len(set(own)) == 1 else found]
    parts += [f"no. pasal/article {value.article_mark}"] if value.article_mark else []
    parts += [f"tanggal/date {value.from_mark}"] if value.from_mark else []
    return ", ".join(parts)
