"""Months paid and taken back by hand: rows as a statement of values, no bill behind them."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Iterable

from django.db import connection, transaction

from payung.law import months
from payung.office.face import Finding
from payung.office.months import actions
from payung.office.months.actions import Posted
from payung.office.months.postings import Lines
from payung.office.months.proofs import CHECKS
from payung.office.months.states import SEGMENTS

NUMBERS = itertools.count(1)
JKK, JKM = 10_000, 6_800


def lines(
    people: Iterable[int], listed: Iterable[str], segment: str = "bpu", sign: int = 1, place: int = 1
) -> Lines:
    """Return the rows of ``people`` for the months ``listed``."""
    rows = [
        (months.index(month), SEGMENTS[segment], person, place, sign * JKK, sign * JKM)
        for person in people
        for month in listed
    ]
    names = ("month", "segment", "person", "place", "jkk", "jkm")
    columns = ", ".join(f"column{place} AS {name}" for place, name in enumerate(names, 1))
    values = ", ".join(f"({', '.join(map(str, row))})" for row in rows)
    return Lines(f"SELECT {columns} FROM (VALUES {values}) v")


def pay(
    people: Iterable[int],
    listed: Iterable[str],
    paid_on: str,
    *,
    segment: str = "bpu",
    line: int = 1,
    place: int = 1,
    by: str = "t",
) -> Posted:
    """Pay the months ``listed`` of ``people`` on a day."""
    with transaction.atomic():
        return actions.post(
            by=by,
            bill=next(NUMBERS),
            payment=next(NUMBERS),
            line=line,
            paid_on=dt.date.fromisoformat(paid_on),
            lines=lines(people, listed, segment, place=place),
            subject="bill:1",
        )


def take_back(
    people: Iterable[int], listed: Iterable[str], *, segment: str = "bpu", line: int = 1, place: int = 1
) -> Posted:
    """Take the months ``listed`` of ``people`` back."""
    with transaction.atomic():
        return actions.take_back(
            by="t",
            bill=1,
            line=line,
            lines=lines(people, listed, segment, -1, place),
            reason="salah",
            subject="bill:1",
        )


def findings() -> list[Finding]:
    """Return everything that the proofs of the register find wrong."""
    return [finding for check in CHECKS for finding in check()]


def execute(sql: str) -> None:
    """Run a statement past every action."""
    with connection.cursor() as cursor:
        cursor.execute(sql)
