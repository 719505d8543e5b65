"""What one call of a rule rests on: the articles, how sure they are, and which rule was not in force."""

from __future__ import annotations

import ast
import datetime as dt
from dataclasses import dataclass
from typing import Any

from payung.law.interpreter import Frame
from payung.law.months import ONE_DAY, last_day, month_of
from payung.law.parameter import Law, Mark, Parameter, Value, weakest
from payung.law.words import is_about_force
from payung.text import Text


@dataclass(frozen=True, slots=True)
class Grounds:
    """The articles, the least certain mark and the open questions of what one call used itself."""

    articles: tuple[str, ...]
    mark: Mark
    notes: tuple[Text, ...]


def grounds(law: Law, frame: Frame) -> Grounds:
    """Return what ``frame`` rests on under ``law``, without the calls that it made."""
    articles: list[str] = []
    marks: list[Mark] = []
    notes: list[Text] = []
    by_row = {name for name, key in frame.touched if key is not None}
    used = {name for name, _ in frame.touched}
    absent = not_in_force(frame)
    for name, key in [*frame.touched, *((name, None) for name in frame.asked if name not in used)]:
        value = law.book.parameters[name].on(law.date) if name in law.book.parameters else None
        if value is None or (value.value is None and name != absent):
            continue
        articles.append(value.cited)
        row_mark, row_note = _row(value, key)
        if key is not None or name not in by_row:
            marks.append(row_mark or value.mark)
        notes += [row_note] if row_note else []
        if key is None and (name in used or name == absent):
            notes += value.open_questions
    if absent and articles and law.book.parameters[absent].on(law.date) is None:
        near, begun = _nearest(law.book.parameters[absent], law.date)
        articles.append(near.cited)
        marks += [] if begun else [near.mark]
    return Grounds(tuple(articles), weakest(marks), tuple(dict.fromkeys(notes)))


def _row(value: Value, key: Any) -> tuple[Mark | None, Text | None]:
    if key is None:
        return None, None
    for row in value.rows:
        if row.key == key:
            return row.mark, row.note
    return None, None


def not_in_force(frame: Frame) -> str | None:
    """Return the parameter whose absence decided the last test of ``frame``, or ``None``.

    ``law.x is None`` that held, or ``sector == "..." and law.x is not None`` that failed only for want of ``x``.
    """
    if not frame.conditions:
        return None
    node, held = frame.conditions[-1]
    if isinstance(node, ast.BoolOp) and isinstance(node.op, ast.And) and not held:
        node = next(part for part in node.values if not frame.values[part])
    elif not held:
        return None
    if (
        not isinstance(node, ast.Compare)
        or not is_about_force(node)
        or not isinstance(node.left, ast.Attribute)
    ):
        return None
    absent = frame.values[node] == isinstance(node.ops[0], ast.Is)
    return node.left.attr if absent else None


def _nearest(parameter: Parameter, date: dt.date) -> tuple[Value, bool]:
    """Return the next value after ``date``, else the last before it; and whether it has begun."""
    said = [value for value in parameter.values if value.value is not None]
    later = [value for value in said if value.since > date]
    return (later[0], False) if later else (said[-1], True)


def _goes_on_to(parameter: Parameter, value: Value) -> dt.date | None:
    """Return the last day in force from ``value`` on without a break, or ``None``."""
    while value.until:
        after = parameter.on(value.until + ONE_DAY)
        if after is None or after.value is None:
            break
        value = after
    return value.until


def why_not(parameter: Parameter, date: dt.date) -> Text:
    """Return a sentence that says when ``parameter``, which is not in force on ``date``, is or was."""
    title = parameter.title
    value, begun = _nearest(parameter, date)
    if not begun:
        last = _goes_on_to(parameter, value)
        until = Text(f" sampai {_end(last)}", f" to {_end(last)}") if last else Text("", "")
        return Text(
            f"{title.id}: belum berlaku, baru mulai {_start(value.since)}{until.id}",
            f"{title.en}: not in force yet, only from {_start(value.since)}{until.en}",
        )
    first = next(each.since for each in parameter.values if each.value is not None)
    repeal = parameter.on(date)
    end = _end(repeal.since - ONE_DAY if repeal else value.until)
    return Text(
        f"{title.id}: berlaku {_start(first)} sampai {end}, sudah berakhir",
        f"{title.en}: in force from {_start(first)} to {end}, has ended",
    )


def _start(day: dt.date) -> str:
    return month_of(day) if day.day == 1 else day.isoformat()


def _end(day: dt.date | None) -> str:
    assert day is not None
    return month_of(day) if day == last_day(month_of(day)) else day.isoformat()
