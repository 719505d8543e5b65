"""The ladder: which level an unpaid bill reaches on which day."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from payung.law.calendar import next_working_day
from payung.text import Text


@dataclass(frozen=True, slots=True)
class Level:
    """A level of the ladder.

    Fields
        number: from 1 on. days: after the due day. office: code of the role that sees the bill from here on; empty:
        the payer alone. title: what the letter is. source, mark: where it is taken from, and how sure that is.
    """

    number: int
    days: int
    office: str
    title: Text
    source: str
    mark: str


def levels(due_on: dt.date) -> tuple[Level, ...]:
    """Return the ladder that holds for a bill due on ``due_on``, the first level first; empty before any holds."""
    found: tuple[Level, ...] = ()
    for since, ladder in _ladders():
        if since <= due_on:
            found = ladder
    return found


@cache
def _ladders() -> tuple[tuple[dt.date, tuple[Level, ...]], ...]:
    text = files("payung.office.arrears").joinpath("data/ladder.yaml").read_text("utf-8")
    return tuple(
        sorted(((block["from"], _ladder(block)) for block in yaml.safe_load(text)), key=lambda one: one[0])
    )


def _ladder(block: dict[str, Any]) -> tuple[Level, ...]:
    found = tuple(
        Level(
            one["level"],
            one["days"],
            one["office"],
            Text(one["title"]["id"], one["title"]["en"]),
            block["source"],
            block["mark"],
        )
        for one in block["levels"]
    )
    numbers, days = [one.number for one in found], [one.days for one in found]
    if numbers != list(range(1, len(found) + 1)) or days != sorted(set(days)) or days[0] < 1:
        raise ValueError(f"ladder.yaml, {block['from']}: levels count from 1, days rise from 1 on")
    return found


def next_level(due_on: dt.date, before: tuple[int, dt.date] | None) -> tuple[Level, dt.date] | None:
    """Return the level that comes next for an unpaid bill, and its day; ``None`` after the last.

    ``before``: level and day of the one before it. A ladder that was begun late is climbed with the same gaps, so
    that nobody is warned three times on one day. The day is a working day after the due day.
    """
    ladder = levels(due_on)
    reached, last = before or (0, due_on)
    if reached >= len(ladder):
        return None
    level = ladder[reached]
    day = due_on + dt.timedelta(days=level.days)
    if reached:
        day = max(day, last + dt.timedelta(days=level.days - ladder[reached - 1].days))
    return level, next_working_day(day)


def title(number: int, due_on: dt.date) -> Text:
    """Return what level ``number`` is called for a bill due on ``due_on``; empty where there is none."""
    return next((one.title for one in levels(due_on) if one.number == number), Text("", ""))


def offices(on: dt.date) -> dict[str, int]:
    """Return by role the level from which on it sees a bill, as the ladder is on the day ``on``."""
    return {one.office: one.number for one in levels(on) if one.office}
