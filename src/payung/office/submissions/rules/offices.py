"""Which office a row of a list speaks of: what the post is called, and from when to when it is held by which decree."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from payung.codes import Category
from payung.office.people.models import Person
from payung.people import dates

AHEAD = dt.timedelta(days=366 * 20)  # the end of a term may lie in the future
LONGEST = 120  # characters of a label and of a number
_NUMBERED = {Category.KETUA_RT: ("RT", ("rt", "rw")), Category.KETUA_RW: ("RW", ("rw",))}


@dataclass(frozen=True, slots=True)
class Office:
    """An office that a list says somebody holds.

    Fields
        category, label: which one. person: who holds it.
        starts, ends: first and last day of the term, ``None`` where the list does not say it. decree: number of the SK.
        unread: what stands there about the term and is no date, or contradicts itself, as one sentence (Indonesian).
    """

    category: str
    label: str
    person: Person
    starts: dt.date | None = None
    ends: dt.date | None = None
    decree: str = ""
    unread: str = ""


def office_of(
    category: str, listing: Mapping[str, Any], raw: Mapping[str, str], person: Person, on: dt.date
) -> Office:
    """Return the office of ``person`` that a row says: its listing and its cells as written, read on the day ``on``.

    What is no date, and a term that ends before it starts, is not recorded and stands in ``unread``.
    """
    starts, ends = (_day(raw.get(field), on) for field in ("start_date", "end_date"))
    unread = [
        f"{words}: {raw[field]}"
        for field, words, day in (
            ("start_date", "tanggal mulai tidak terbaca", starts),
            ("end_date", "akhir masa jabatan tidak terbaca", ends),
        )
        if (raw.get(field) or "").strip(" -.") and day is None
    ]
    if starts and ends and ends < starts:
        unread.append(f"akhir masa jabatan {ends:%d-%m-%Y} mendahului mulainya {starts:%d-%m-%Y}")
        starts = ends = None
    decree = " ".join((raw.get("decree_no") or "").split()).strip(" -")[:LONGEST]
    return Office(
        category, label_of(category, listing), person, starts, ends, decree, "; ".join(unread)[:LONGEST]
    )


def label_of(category: str, listing: Mapping[str, Any]) -> str:
    """Return what the post is called; of heads of RT and RW with the number that the list has for them.

    >>> label_of("ketua_rt", {"job": "Petani", "rt": "003", "rw": None}), label_of("ketua_rw", {"job": "Ketua RW 2"})
    ('Ketua RT 003', 'Ketua RW 2')
    """
    job = str(listing.get("job") or "")
    plain = category.replace("_", " ").capitalize()
    if category not in _NUMBERED:
        return (job or plain)[:LONGEST]
    word, fields = _NUMBERED[Category.member(category)]
    if re.search(rf"\b{word}\b", job, re.I) and re.search(r"\d", job):
        return job[:LONGEST]
    numbers: Sequence[str] = [
        f"{field.upper()} {listing[field]}"
        for field in fields
        if listing.get(field) and listing.get(fields[0])
    ]
    return " ".join(["Ketua", *numbers]) if numbers else f"Ketua {word}"


def _day(text: str | None, on: dt.date) -> dt.date | None:
    return dates.read(text, on=on + AHEAD) if text else None
