"""Invented lines, agreements and decrees for the tests of the programme."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import transaction
from officeworld import VILLAGE, listing

from payung.codes import Category, Segment
from payung.office.programme import actions
from payung.office.programme.models import Agreement, Decree, Line
from payung.office.programme.states import AgreementKind
from payung.office.register import actions as register
from payung.office.register.models import Person


def line_of(amount: int, *, name: str = "APBD", **values: Any) -> Line:
    """Return a line of the district with ``amount`` rupiah for all of 2027."""
    given: dict[str, Any] = {
        "source": "apbd",
        "year": 2027,
        "region_code": "62.03",
        "from_month": "2027-01",
        "until_month": "2027-12",
        "by": "t",
        **values,
    }
    line = Line.objects.create(name=name, **given)
    if amount:
        actions.book(by="t", line=line, kind="ceiling", amount=amount, subject=line.subject)
    return line


def paper(kind: str = "pks", number: str = "1/PKS", **values: Any) -> actions.Paper:
    """Return an agreement of the district for all of 2027."""
    given: dict[str, Any] = {
        "signed_on": dt.date(2026, 12, 1),
        "starts": dt.date(2027, 1, 1),
        "ends": dt.date(2027, 12, 31),
        "region_code": "62.03",
        **values,
    }
    return actions.Paper(kind=AgreementKind(kind), number=number, **given)  # type: ignore[call-arg]


def pks(**values: Any) -> Agreement:
    """Return a PKS that is recorded."""
    return actions.add_agreement(by="t", paper=paper(**values))


def people(first: int, many: int, village: str = VILLAGE, **values: Any) -> list[Person]:
    """Return people of the register, made where they are new."""
    listings = [listing(number, **values) for number in range(first, first + many)]
    with transaction.atomic():
        landed = register.land(by="t", listings=listings, village_code=village, source="t:1")
    return [one.person for one in landed]


def candidates(found: list[Person], **values: Any) -> list[actions.Candidate]:
    """Return people as candidates: BPU, vulnerable workers, one million rupiah a month."""
    given: dict[str, Any] = {
        "segment": Segment.BPU,
        "category": Category.RENTAN,
        "income": 1_000_000,
        **values,
    }
    return [actions.Candidate(person=one, village_code=one.village_code, **given) for one in found]


def draft(line: Line, found: list[Person], first: str = "2027-01", last: str = "2027-12") -> Decree:
    """Return a draft with these people."""
    decree = actions.begin(by="t", line=line, from_month=first, until_month=last)
    actions.put_in(by="t", decree=decree, candidates=candidates(found))
    return decree


def signed(line: Line, found: list[Person], number: str = "1/SK", **months: str) -> Decree:
    """Return a decree with these people that is signed."""
    decree = actions.freeze(by="t", decree=draft(line, found, **months))
    return actions.sign(by="t", decree=decree, number=number, signed_on=dt.date(2026, 12, 20))
