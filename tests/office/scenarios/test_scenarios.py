"""Choices side by side in the office: the register's own people, what was paid for them, and the Kapuas example."""

from __future__ import annotations

from typing import Any

import pytest
from billsworld import EACH, arrive, bill_of, decree, line_of
from django.db import connection
from django.test.utils import CaptureQueriesContext
from officeworld import FAR, VILLAGE, listing

from payung.office.access.scope import Area, Scope
from payung.office.people.models import Membership, Person
from payung.office.scenarios import queries
from payung.office.scenarios.queries import candidates

pytestmark = pytest.mark.django_db
EVERYWHERE = Scope((Area(""),))
ASKED = {
    "source": "apbd",
    "people_A": "4",
    "from_A": "2027-01",
    "until_A": "2027-12",
    "people_B": "2",
    "from_B": "2027-01",
    "until_B": "2027-12",
}


@pytest.fixture
def people(make_people: Any) -> list[Person]:
    """Ten workers; six of them paid for in October to December 2026."""
    found = list(make_people(*(listing(number, category="rentan") for number in range(1, 11))))
    line = line_of()
    decree(line, found[:6])
    arrive(18 * EACH, bill_of(line, "2026-10", "2026-12"), on="2026-10-10")
    return found


def test_candidates_are_the_register_with_the_months_that_were_paid(people: list[Person]) -> None:
    Person.objects.filter(pk=people[9].pk).update(life_status="meninggal")
    Membership.objects.create(person=people[8], segment="bpu", source="apbd", from_month="2026-01")
    found = candidates(EVERYWHERE, "2027-01")
    shown = dict(
        zip(found["id"], zip(found["covered_until"], found["paid_months"], strict=True), strict=True)
    )
    assert shown == {
        str(one.pk): ("2026-12", 3) if place < 6 else (None, 0) for place, one in enumerate(people[:8])
    }


def test_candidates_are_a_constant_number_of_statements(people: list[Person]) -> None:
    with CaptureQueriesContext(connection) as statements:
        candidates(EVERYWHERE, "2027-01")
    assert len(statements) == 4


def test_covers_of_people_out_of_reach_are_not_read(
    people: list[Person], make_people: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    far = make_people(*(listing(number, category="rentan") for number in range(21, 24)), village=FAR)
    line = line_of()
    decree(line, far)
    arrive(3 * EACH, bill_of(line, "2026-09"), on="2026-09-10")
    read: list[set[int]] = []
    covers = queries.covers

    def kept(rows: Any) -> Any:
        found = covers(rows)
        read.append(set(found))
        return found

    monkeypatch.setattr(queries, "covers", kept)
    assert len(candidates(Scope((Area(FAR),)), "2027-01")) == 3
    assert len(candidates(Scope((Area(VILLAGE),)), "2027-01")) == 10
    assert read == [{one.pk for one in far}, {one.pk for one in people[:6]}]


def test_choices_of_the_register_side_by_side(people: list[Person], make_user: Any, sign_in: Any) -> None:
    shown = sign_in(make_user("dinsos")).get("/dana/skenario/", ASKED).content.decode()
    assert "Orang-bulan dengan JKM penuh" in shown
    assert "Rp806.400" in shown  # four people, twelve months
    assert "Pilihan B: siapa yang putus" in shown
    assert "Rp100 juta lagi membeli" in shown


def test_who_may_not_see_names_sees_numbers_alone(people: list[Person], make_user: Any, sign_in: Any) -> None:
    shown = sign_in(make_user("bkad")).get("/dana/skenario/", ASKED).content.decode()
    assert "Kepesertaan yang putus" in shown
    assert "siapa yang putus" not in shown
    assert all(one.name not in shown for one in people)


def test_kapuas_as_an_example(make_user: Any, sign_in: Any) -> None:
    shown = sign_in(make_user("dinsos")).get("/dana/skenario/?contoh=kapuas").content.decode()
    for figure in (
        "69.720",
        "60.000",
        "39.840",
        "45.000",
        "9.960 (mulai 2026-01)",
        "4.960",
        "Rp1.171.296.000",
    ):
        assert figure in shown


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"source": "apbd"}, "Isi sedikitnya satu pilihan"),
        ({"source": "apbd", "people_A": "3"}, "Isi bulan pertama dan terakhir"),
        ({"source": "apbd", "from_A": "2027-05", "until_A": "2027-01"}, "2027-01 sebelum 2027-05"),
        ({"source": "?", "from_A": "2027-05", "until_A": "2027-06"}, "source"),
    ],
)
def test_what_cannot_be_compared_is_refused_at_its_field(
    given: dict[str, str], said: str, make_user: Any, sign_in: Any
) -> None:
    answer = sign_in(make_user("dinsos")).get("/dana/skenario/", given)
    assert answer.status_code == 200
    assert said in answer.content.decode()
    assert "Berdampingan" not in answer.content.decode()
