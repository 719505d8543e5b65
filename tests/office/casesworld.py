"""Invented accidents and deaths, and people whose months were paid."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from monthsworld import pay
from officeworld import VILLAGE

from payung.law import months
from payung.office.cases import actions
from payung.office.cases.actions import Deed, Reported, Told
from payung.office.cases.models import Case, Step
from payung.office.cases.states import CaseState, Happening
from payung.office.people.models import Person

DIED = dt.date(2026, 4, 20)
# Built like a photo: JFIF, one scan, its end. Nothing to see.
JPEG = (
    b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00"
    b"\xff\xda\x00\x08\x01\x01\x00\x00\x3f\x00" + b"x" * 100 + b"\xff\xd9"
)
LOSS = "right-hand-from-wrist"  # a row of the disability table: 32 % of 80 months
STRAIGHT = ("diverifikasi_desa", "berkas_lengkap", "diajukan_bpjs", "diperiksa", "disetujui")


def told(happening: Happening = Happening.DEATH, on: dt.date = DIED, **values: Any) -> Told:
    """Return what somebody tells."""
    given: dict[str, Any] = {
        "name": "Orang 1",
        "place": "rumah",
        "village_code": VILLAGE,
        "reporter": "Ketua RT",
        "phone": "081200000000",
        **values,
    }
    return Told(happening, on, **given)


def report(happening: Happening = Happening.DEATH, on: dt.date = DIED, **values: Any) -> Reported:
    """Report something."""
    return actions.report(by="operator", told=told(happening, on, **values))


def case_of(happening: Happening = Happening.DEATH, on: dt.date = DIED, **values: Any) -> Case:
    """Report something and return its first case."""
    return report(happening, on, **values).cases[0]


def step(case: Case, to: str, on: dt.date = dt.date(2026, 5, 4), **values: Any) -> Step:
    """Take a case one step further."""
    given = {"note": "asli di meja", **values}
    if to in ("disetujui", "dibayar"):
        given.setdefault("amount", 42_000_000)
    if to in ("dibayar", "diserahkan"):
        given.setdefault("holder", "Ahli Waris")
    if to == "diserahkan":
        given.setdefault("witness", "Kades")
    return actions.take(by="operator", case=case, deed=Deed(on, CaseState(to), **given))


def walk(case: Case, *states: str, on: dt.date = dt.date(2026, 5, 4)) -> Case:
    """Take a case through ``states``."""
    for state in states:
        step(case, state, on)
    case.refresh_from_db()
    return case


def paid(person: Person, first: str, last: str, *, segment: str = "bpu", on: str = "") -> None:
    """Pay the months of a person, each on its first day unless ``on`` says another."""
    for month in months.between(first, last):
        pay([person.pk], [month], on or f"{month}-01", segment=segment)


def all_of(rows: Iterable[Any], name: str) -> list[Any]:
    """Return one field of all rows."""
    return [getattr(row, name) for row in rows]
