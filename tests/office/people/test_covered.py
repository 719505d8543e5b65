"""The office's lists ask the database what the law defines: who is covered in a month."""

from __future__ import annotations

from typing import Any

import pytest
from officeworld import listing

from payung.law.covered import covers_in
from payung.office.people.models import Membership, Person
from payung.office.people.queries import covered_in

pytestmark = pytest.mark.django_db
MONTHS = ("2025-11", "2025-12", "2026-01", "2026-02")


@pytest.mark.parametrize("from_month", MONTHS)
@pytest.mark.parametrize("until_month", ["", *MONTHS])
def test_database_and_law_agree_on_every_month(make_people: Any, from_month: str, until_month: str) -> None:
    (person,) = make_people(listing(1))
    Membership.objects.create(
        person=person, segment="bpu", source="apbd", from_month=from_month, until_month=until_month
    )
    for month in MONTHS:
        covered = Person.objects.filter(covered_in(month)).exists()
        assert covered == covers_in(month, from_month=from_month, until_month=until_month), month
