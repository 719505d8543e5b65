"""An invented district with something of every figure: people of several categories, months, bills, cases, endings."""

from __future__ import annotations

import datetime as dt
from typing import Any

from billsworld import arrive, bill_of, decree, line_of
from casesworld import case_of, step, walk
from django.db import transaction
from monthsworld import pay
from officeworld import FAR, NEIGHBOUR, VILLAGE, listing

from payung.office.cases.states import Happening
from payung.office.months.models import Place
from payung.office.people import actions as register
from payung.office.people.models import Person, Standing
from payung.office.programme.actions import Paper, add_agreement, book
from payung.office.programme.states import AgreementKind

TODAY = dt.date(2026, 11, 25)


def people(first: int, many: int, village: str, **values: Any) -> list[Person]:
    """Enter invented people into the register."""
    with transaction.atomic():
        listings = [listing(number, **values) for number in range(first, first + many)]
        landed = register.land(by="t", listings=listings, village_code=village, source="t:1")
    return [one.person for one in landed]


def fill() -> dict[str, list[Person]]:
    """Fill the three villages of the tests; return their people by village."""
    found: dict[str, list[Person]] = {}
    for place, (village, many) in enumerate(((VILLAGE, 9), (NEIGHBOUR, 7), (FAR, 8))):
        first = 100 * place
        workers = people(first + 1, many, village)
        officials = people(first + 40, 3, village, category="bpd")
        old = people(first + 60, 2, village, birth_date=dt.date(1950, 1, 1))
        child = people(first + 70, 1, village, birth_date=dt.date(2015, 1, 1))
        unknown = people(first + 80, 1, village, birth_date=None)
        Standing.objects.create(person=workers[0], category="kepala_desa", village_code=village)
        found[village] = [*workers, *officials, *old, *child, *unknown]
        line = line_of(source="apbdes", region_code=village)
        decree(line, [*workers[:5], *officials], until_month="2026-12")
        arrive(8 * 16_800, bill_of(line, "2026-09"), on="2026-09-20")
        bill_of(line, "2026-10")
        _insured(officials[:1], village)
        _cases(workers, village)
    main = line_of(500_000_000)
    decree(main, [found[VILLAGE][5], found[FAR][5]])
    bill_of(main, "2026-09")
    book(by="t", line=main, kind="reserve", amount=1_000_000, subject="decree:1")
    add_agreement(
        by="t",
        paper=Paper(
            kind=AgreementKind.PKS,
            number="9/PKS",
            signed_on=dt.date(2026, 1, 2),
            starts=dt.date(2026, 1, 2),
            ends=dt.date(2026, 12, 31),
            region_code="62.03",
        ),
    )
    return found


def _insured(officials: list[Person], village: str) -> None:
    extra = people(900 + int(village[-1]) + int(village[6:8]) * 10, 1, village)
    members = [(extra[0], f"99{extra[0].pk:09d}")]
    register.enrol(by="bpjs", people=members, segment="pu", source="mandiri", from_month="2026-01")


def _cases(workers: list[Person], village: str) -> None:
    two = workers[1]
    case = case_of(Happening.DEATH, dt.date(2026, 4, 20), name=f"Warga {village}", village_code=village)
    walk(case, "diverifikasi_desa", "berkas_lengkap", "diajukan_bpjs", "diperiksa", "disetujui")
    step(case, "dibayar")
    case_of(Happening.ACCIDENT, dt.date(2026, 4, 21), name=f"Lain {village}", village_code=village)
    place = Place.objects.get_or_create(village_code=village, category="rentan")[0]
    pay([two.pk], ["2026-01", "2026-02", "2026-03"], "2026-03-05", place=place.pk)
    Person.objects.filter(pk=two.pk).update(life_status="meninggal")
