"""Agreements: the order of steps, quotas that add up, and what was in force on a day."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from hypothesis import given
from hypothesis import strategies as st
from programmeworld import paper, pks

from payung.errors import InputError
from payung.office.programme import rules
from payung.office.programme.actions import add_agreement
from payung.office.programme.models import Agreement, Quota
from payung.office.programme.queries import in_force_on

pytestmark = pytest.mark.django_db


def test_steps_follow_each_other(regions: None) -> None:
    mou = pks(kind="mou", number="1/MOU", signed_on=dt.date(2026, 11, 1))
    one = pks(parent=mou)
    sk = pks(kind="sk", number="1/SK", parent=one, signed_on=dt.date(2026, 12, 5))
    more = pks(kind="addendum", number="1/ADD", parent=one, signed_on=dt.date(2027, 3, 1))
    assert [str(row.kind) for row in (mou, one, sk, more)] == ["mou", "pks", "sk", "addendum"]


@pytest.mark.parametrize(
    ("values", "at"),
    [
        ({"ends": dt.date(2026, 12, 31)}, "ends"),
        ({"kind": "sk", "number": "9/SK"}, "parent"),
        ({"kind": "addendum", "number": "9/ADD"}, "parent"),
        ({"number": " "}, "number"),
        ({"number": "1/PKS"}, "number"),
        ({"region_code": "99.99"}, "region_code"),
    ],
)
def test_what_cannot_be_is_refused_with_what_to_do(regions: None, values: dict[str, Any], at: str) -> None:
    pks()
    with pytest.raises(InputError) as refused:
        add_agreement(by="t", paper=paper(**{"number": "2/PKS", **values}))
    assert refused.value.at == at
    assert Agreement.objects.count() == 1


def test_a_decree_is_not_before_its_pks(regions: None) -> None:
    one = pks()
    with pytest.raises(InputError, match="sebelum"):
        pks(kind="sk", number="1/SK", parent=one, signed_on=dt.date(2026, 11, 30))


def test_the_database_holds_the_order_and_changes_nothing(regions: None) -> None:
    one = pks()
    values = {
        "number": "X",
        "signed_on": dt.date(2026, 11, 1),
        "starts": dt.date(2027, 1, 1),
        "ends": dt.date(2027, 2, 1),
        "region_code": "62.03",
        "by": "t",
    }
    wrong: tuple[dict[str, Any], ...] = (
        {"kind": "sk"},
        {"kind": "sk", "parent": one, "parent_kind": "pks"},  # signed before it
        {"kind": "sk", "parent": one, "parent_kind": "mou", "signed_on": dt.date(2027, 1, 1)},  # it is no MoU
        {"kind": "mou", "parent": one, "parent_kind": "pks", "signed_on": dt.date(2027, 1, 1)},
        {"kind": "pks", "ends": dt.date(2026, 1, 1)},
    )
    for bad in wrong:
        with pytest.raises(DatabaseError), transaction.atomic():
            Agreement.objects.create(**{**values, **bad})
    with pytest.raises(DatabaseError), transaction.atomic():
        Agreement.objects.update(ends=dt.date(2030, 1, 1))
    with pytest.raises(DatabaseError), transaction.atomic():
        one.delete()


def test_an_addendum_changes_what_is_in_force_from_its_own_day(regions: None) -> None:
    one = pks()
    pks(
        kind="addendum",
        number="1/ADD",
        parent=one,
        signed_on=dt.date(2027, 6, 1),
        starts=dt.date(2027, 7, 1),
        ends=dt.date(2027, 9, 30),
    )
    found = {
        day: in_force_on(dt.date.fromisoformat(day)) for day in ("2026-12-31", "2027-06-30", "2027-07-01")
    }
    assert found["2026-12-31"] == []
    assert [holding.terms.number for holding in found["2027-06-30"]] == ["1/PKS"]
    assert [holding.terms.number for holding in found["2027-07-01"]] == ["1/ADD"]
    assert in_force_on(dt.date(2027, 10, 1)) == []


@dataclass
class Row:
    pk: int
    kind: str
    signed_on: dt.date
    starts: dt.date
    ends: dt.date
    parent_id: int | None


DAY = st.integers(0, 60).map(lambda number: dt.date(2027, 1, 1) + dt.timedelta(days=number))


@given(st.lists(st.tuples(DAY, DAY, DAY), min_size=1, max_size=6), DAY)
def test_in_force_is_what_the_latest_begun_row_says(
    days: list[tuple[dt.date, dt.date, dt.date]], day: dt.date
) -> None:
    rows = [
        Row(number, "addendum" if number else "pks", signed, min(one, two), max(one, two), number - 1 or 0)
        for number, (signed, one, two) in enumerate(days)
    ]
    rows[0].parent_id = None
    found = rules.in_force_on(rows, day)
    begun = sorted(
        (row for row in rows if row.starts <= day and row.signed_on <= day),
        key=lambda row: (row.starts, row.signed_on, row.pk),
    )
    expected = begun[-1] if begun and rows[0] in begun and begun[-1].ends >= day else None
    assert [one.terms for one in found] == ([expected.pk] if expected else [])


def test_quotas_are_kept_and_must_add_up(regions: None) -> None:
    whole = {"rentan": 100}
    halves = [("62.03.01", "rentan", 60), ("62.03.02", "rentan", 40)]
    one = pks(quotas=whole, places=halves)
    assert {(quota.region_code, quota.balance.free) for quota in Quota.objects.filter(agreement=one)} == {
        ("62.03", 100),
        ("62.03.01", 60),
        ("62.03.02", 40),
    }
    with pytest.raises(InputError, match="selisih 10"):
        pks(number="2/PKS", quotas=whole, places=[("62.03.01", "rentan", 60), ("62.03.02", "rentan", 30)])
    with pytest.raises(InputError, match="dua kali"):
        pks(number="2/PKS", quotas=whole, places=[*halves, halves[0]])
