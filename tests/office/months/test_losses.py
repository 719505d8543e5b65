"""A decree that ends a running cover says who loses what, and is answered with a reason."""

from __future__ import annotations

import datetime as dt

import pytest
from billsworld import EACH, arrive, bill_of
from django.db import connection
from django.test.utils import CaptureQueriesContext
from programmeworld import candidates, line_of, paper, people

from payung.errors import InputError
from payung.office.months.losses import lost
from payung.office.people.models import Person
from payung.office.programme import actions as programme
from payung.office.programme.models import Decree
from payung.office.programme.states import Exit

pytestmark = pytest.mark.django_db
YEAR = {"from_month": "2026-01", "until_month": "2026-12", "year": 2026}


@pytest.fixture
def covered(regions: None) -> tuple[Decree, list[Person]]:
    """A decree for 2026 whose six people are paid for from January to November."""
    dates = {"starts": dt.date(2026, 1, 1), "ends": dt.date(2026, 12, 31), "signed_on": dt.date(2026, 1, 1)}
    programme.add_agreement(by="t", paper=paper(**dates))
    line = line_of(10**8, **YEAR)
    found = people(1, 6)
    decree = programme.begin(by="t", line=line, from_month="2026-01", until_month="2026-12")
    programme.put_in(by="t", decree=decree, candidates=candidates(found))
    programme.freeze(by="t", decree=decree)
    made = programme.sign(by="t", decree=decree, number="1/SK", signed_on=dt.date(2026, 1, 2))
    for month in (f"2026-{number:02d}" for number in range(1, 12)):
        arrive(6 * EACH, bill_of(line, month), on=f"{month}-10")
    return made, found


def follow(decree: Decree, leaving: dict[int, Exit]) -> Decree:
    draft = programme.begin(
        by="t", line=decree.line, from_month="2026-12", until_month="2026-12", previous=decree
    )
    programme.let_go(by="t", decree=draft, leaving=leaving)
    return draft


def test_a_follow_up_that_ends_a_running_cover_is_asked(covered: tuple[Decree, list[Person]]) -> None:
    decree, _ = covered
    first, second, dead, rejected, *_ = decree.people.order_by("number")
    Person.objects.filter(pk=dead.person_id).update(life_status="meninggal")
    leaving = {first.pk: Exit.DANA_HABIS, second.pk: Exit.DESIL_NAIK, dead.pk: Exit.MENINGGAL}
    draft = follow(decree, {**leaving, rejected.pk: Exit.DITOLAK_BPJS})
    with pytest.raises(
        InputError, match="2 orang yang sedang terlindungi tidak diteruskan mulai 2026-12"
    ) as said:
        programme.freeze(by="t", decree=draft)
    assert "2 orang kehilangan hak JKM penuh, 2 orang kehilangan 11 bulan iuran" in said.value.message.id
    assert said.value.at == "despite"
    frozen = programme.freeze(by="t", decree=draft, despite="uangnya habis; ditawari mandiri")
    assert frozen.despite == "uangnya habis; ditawari mandiri"


def test_who_is_handed_over_loses_nothing(covered: tuple[Decree, list[Person]]) -> None:
    decree, found = covered
    row = decree.people.order_by("number").first()
    assert row
    draft = follow(decree, {row.pk: Exit.GANTI_SUMBER})
    assert lost(decree=draft)
    programme.put_in(by="t", decree=draft, candidates=candidates([found[0]]))
    assert lost(decree=draft) == []


def test_a_new_list_that_forgets_those_whose_decree_ends_is_asked(
    covered: tuple[Decree, list[Person]],
) -> None:
    _, found = covered
    line = line_of(10**8, name="2027")
    draft = programme.begin(by="t", line=line, from_month="2027-01", until_month="2027-12")
    programme.put_in(by="t", decree=draft, candidates=candidates(found[:4]))
    (said,) = lost(decree=draft)
    assert said.id.startswith("2 orang yang sedang terlindungi tidak diteruskan mulai 2027-01")
    assert found[4].name in said.id
    counts = []
    for more in (found[4:5], found[5:]):
        with CaptureQueriesContext(connection) as asked:
            lost(decree=draft)
        counts.append(len(asked))
        programme.put_in(by="t", decree=draft, candidates=candidates(more))
    assert counts[0] == counts[1]
    assert lost(decree=draft) == []
