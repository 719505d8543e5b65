"""PU or BPU: the figures are the law's, and the choice stays with people."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from payung.codes import Category, Segment, Source
from payung.law import bill
from payung.office.programme.advice import FAMILY_AID, compare


def test_both_choices_with_the_laws_figures() -> None:
    found = compare(category=Category.KETUA_RT, wage=3_500_000, month="2027-01", source=Source.APBD)
    bpu, pu = found.choices
    assert (bpu.segment, pu.segment) == (Segment.BPU, Segment.PU)
    assert bpu.usual != pu.usual
    owed = bill(segment="pu", income=3_500_000, month="2027-01", source="apbd").total
    assert (pu.month, pu.year) == (owed, 12 * owed)
    assert (bpu.death, bpu.work_death) == (42_000_000, 70_000_000)
    assert pu.work_death == 48 * 3_500_000 + 22_000_000
    assert FAMILY_AID in pu.effects
    assert FAMILY_AID not in bpu.effects
    assert found.notes


def test_whoever_has_no_wage_is_told_so() -> None:
    found = compare(category=Category.RENTAN, wage=1_000_000, month="2027-01", source=Source.CSR)
    assert len(found.choices[1].effects) == 3
    assert found.choices[0].usual


@pytest.mark.django_db
def test_the_page_compares(make_user: Any, sign_in: Any) -> None:
    client = sign_in(make_user("dpmd"))
    page = reverse("programme_segments")
    assert client.get(page).status_code == 200
    asked = {"category": "ketua_rt", "source": "apbd", "month": "2027-01", "wage": "3.500.000"}
    shown = client.get(page, asked).content.decode()
    assert "Rp42.000.000" in shown
    assert "bantuan sosial" in shown
    early = client.get(page, {**asked, "month": "1999-01"}).content.decode()
    assert "alert-danger" in early
    assert "1999-01" in early
