"""Deaths to expect and reported: reckoned by the table of `payung plan`, honest where numbers are small, hidden where
they would tell who is meant."""

from __future__ import annotations

import datetime as dt
from typing import Any

import polars as pl
import pytest
from casesworld import case_of, walk
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from monthsworld import pay, take_back
from officeworld import FAR, NEIGHBOUR, VILLAGE, listing

from payung.law import months
from payung.office.access.permissions import Permission
from payung.office.access.roles import ROLES, Role
from payung.office.access.scope import Area, Scope
from payung.office.months.models import Place
from payung.office.mortality import queries
from payung.office.mortality.rules import LEFT, Exposed, Part, drawing, parts, together
from payung.office.mortality.states import Standing
from payung.office.people.models import Person
from payung.planning.intervals import poisson_range
from payung.planning.projection import expected_deaths
from payung.planning.risks import MICRO, risks_on

DISTRICT = Scope((Area("62.03"),))
DAY = dt.date(2026, 6, 1)


def part(middle: float, reported: int, low: float | None = None, high: float | None = None) -> Part:
    means = {
        "low": middle if low is None else low,
        "middle": middle,
        "high": middle if high is None else high,
    }
    expected: Any = {name: round(mean * MICRO) for name, mean in means.items()}
    return Part("x", 1000, 12_000, 0, expected, reported)


# Rules


@pytest.mark.parametrize(
    ("mean", "reported", "standing"),
    [
        (0.5, 0, Standing.FEW),  # nobody can tell
        (3.6, 0, Standing.FEW),  # even none at all would be no surprise
        (20, 11, Standing.BELOW),
        (20, 12, Standing.WITHIN),  # the range of 20 is 12 to 29
        (20, 29, Standing.WITHIN),
        (20, 30, Standing.ABOVE),
        (0.5, 3, Standing.ABOVE),
    ],
)
def test_reported_stands_beside_the_exact_range(mean: float, reported: int, standing: Standing) -> None:
    found = part(mean, reported)
    assert found.range == poisson_range(mean)
    assert found.standing is standing


def test_the_range_takes_the_lowest_and_the_highest_table() -> None:
    found = part(20, 9, low=10, high=30)
    assert found.range == (poisson_range(10)[0], poisson_range(30)[1])
    assert found.standing is Standing.WITHIN  # below the middle table alone, not below all of them


@given(
    st.lists(
        st.tuples(
            st.sampled_from("ab"), st.sampled_from(["L", "P", ""]), st.integers(0, 120), st.integers(1, 60)
        ),
        max_size=12,
    )
)
def test_parts_add_up_whatever_they_are_parted_by(rows: list[tuple[str, str, int, int]]) -> None:
    risks = risks_on(DAY)
    exposed = [Exposed(key, sex, age, 1, many) for key, sex, age, many in rows]
    found = parts(exposed, {"a": 1, "c": 0}, risks)
    whole = together(found.values())
    alone = parts([Exposed("", row.sex, row.age, row.people, row.months) for row in exposed], {"": 1}, risks)[
        ""
    ]
    assert (whole.people, whole.months, whole.expected or {}) == (
        alone.people,
        alone.months,
        alone.expected or dict.fromkeys(("low", "middle", "high"), 0),
    )
    assert whole.range[0] <= whole.range[1]
    assert "c" not in found


def test_who_has_no_birth_date_is_counted_and_nothing_is_guessed() -> None:
    found = parts([Exposed("a", "L", None, 3, 36), Exposed("a", "L", 50, 1, 12)], {}, risks_on(DAY))["a"]
    assert (found.people, found.months, found.unaged) == (4, 48, 36)
    alone = parts([Exposed("a", "L", 50, 1, 12)], {}, risks_on(DAY))["a"]
    assert found.expected == alone.expected


def test_a_drawing_stays_within_its_width() -> None:
    found = drawing([("a", part(20, 40)), ("b", part(0.1, 0))])
    for mark in found.marks:
        assert LEFT <= mark.low <= mark.high <= found.width
        assert LEFT <= mark.dot <= found.width
    assert drawing([]).marks == ()


# Out of the register


def cover(
    person: Person, village: str, category: str = "rentan", first: str = "2025-06", last: str = "2026-05"
) -> None:
    place, _ = Place.objects.get_or_create(village_code=village, category=category)
    for month in months.between(first, last):
        pay([person.pk], [month], f"{month}-01", place=place.pk)


def people(make_people: Any, village: str, first: int, many: int, born: str = "1960-03-05") -> list[Person]:
    found: list[Person] = make_people(
        *(listing(number, birth_date=dt.date.fromisoformat(born)) for number in range(first, first + many)),
        village=village,
    )
    for person in found:
        cover(person, village)
    return found


@pytest.mark.django_db
def test_expected_is_what_the_plan_expects(make_people: Any) -> None:
    found = people(make_people, VILLAGE, 1, 4)
    said = queries.compared(DISTRICT, "2025-06", "2026-05", open_=True)
    (line,) = said.villages
    assert line.part is not None
    assert (line.key, line.part.people, line.part.months) == (VILLAGE, 4, 48)
    births = pl.DataFrame({"birth_date": [person.birth_date for person in found], "sex": ["L"] * 4})
    planned = expected_deaths(births, "2025-06", 12)
    # The age in the middle of the months instead of each month's: a birthday apart at most.
    assert line.part.expected["middle"] / MICRO == pytest.approx(
        float(planned["expected"]), rel=0.1, abs=0.01
    )
    assert said.sources["mortality"]


@pytest.mark.django_db
def test_each_person_and_each_death_counts_once_where_they_were_billed(make_people: Any) -> None:
    first, second, third = people(make_people, VILLAGE, 1, 3)
    people(make_people, NEIGHBOUR, 10, 2)
    pay([first.pk], ["2026-01"], "2026-01-01", segment="pu", place=Place.objects.get(village_code=VILLAGE).pk)
    case_of(on=dt.date(2026, 4, 20), person=second, name=second.name)
    walk(case_of(on=dt.date(2026, 4, 21), person=third, name=third.name), "gugur")  # it was no death
    case_of(on=dt.date(2025, 5, 31), name="Di Luar Masa")
    case_of(on=dt.date(2026, 4, 22), name="Bukan Peserta")
    said = queries.compared(DISTRICT, "2025-06", "2026-05", open_=True)
    counts = {line.key: (line.part.people, line.part.reported) for line in said.villages if line.part}
    assert counts == {VILLAGE: (3, 1), NEIGHBOUR: (2, 0)}
    assert said.whole.part is not None
    assert (said.whole.part.people, said.whole.part.reported) == (5, 1)
    assert [(line.key, line.part and line.part.people) for line in said.categories] == [("rentan", 5)]


@pytest.mark.django_db
def test_months_taken_back_and_other_places_do_not_count(make_people: Any) -> None:
    (one,) = people(make_people, VILLAGE, 1, 1)
    people(make_people, FAR, 5, 1)
    take_back(
        [one.pk], list(months.between("2025-06", "2026-04")), place=Place.objects.get(village_code=VILLAGE).pk
    )
    said = queries.compared(Scope((Area("62.03.01"),)), "2025-06", "2026-05", open_=True)
    assert [(line.key, line.part and line.part.months) for line in said.villages] == [(VILLAGE, 1)]
    assert queries.compared(Scope(()), "2025-06", "2026-05", open_=True).villages == ()


@pytest.mark.django_db
def test_small_parts_are_not_told_to_whoever_only_counts(make_people: Any) -> None:
    few, *_ = people(make_people, VILLAGE, 1, 3)
    people(make_people, NEIGHBOUR, 10, 6)
    people(make_people, FAR, 20, 7)
    case_of(on=dt.date(2026, 4, 20), person=few, name=few.name)
    told = queries.compared(DISTRICT, "2025-06", "2026-05", open_=False)
    # Three people, and the next smallest with them: else three would follow from the whole.
    assert {line.key: line.part is None for line in told.villages} == {
        VILLAGE: True,
        NEIGHBOUR: True,
        FAR: False,
    }
    assert told.whole.part is None or told.whole.part.reported >= 5
    open_ = queries.compared(DISTRICT, "2025-06", "2026-05", open_=True)
    assert all(line.part is not None for line in (open_.whole, *open_.villages, *open_.categories))


@pytest.mark.django_db
def test_it_takes_as_many_queries_for_many_as_for_few(
    make_people: Any, django_assert_num_queries: Any
) -> None:
    people(make_people, VILLAGE, 1, 2)
    with django_assert_num_queries(4):
        queries.compared(DISTRICT, "2025-06", "2026-05", open_=True)
    people(make_people, NEIGHBOUR, 10, 8)
    with django_assert_num_queries(4):
        queries.compared(DISTRICT, "2025-06", "2026-05", open_=True)


# The page


@pytest.mark.django_db
@pytest.mark.parametrize("role", ROLES.values(), ids=lambda role: role.code)
def test_the_page_opens_for_whoever_counts_cases_and_tells_small_parts_to_who_sees_them(
    role: Role, make_user: Any, sign_in: Any, make_people: Any
) -> None:
    last = months.add(months.month_of(timezone.localdate()), -1)
    (person,) = make_people(listing(1))
    cover(person, VILLAGE, "rentan", months.add(last, -3), last)
    answer = sign_in(make_user(role.code)).get("/kematian/perkiraan/?bulan=36")
    counts = bool({Permission.CASE_VIEW, Permission.CASE_COUNT} & role.permissions)
    assert (answer.status_code == 200) == counts
    if counts and not (role.categories and "rentan" not in role.categories):
        told = Permission.CASE_VIEW in role.permissions
        assert ("Pulau Telo" in answer.content.decode()) is True
        assert ("kecil, tidak ditunjukkan" in answer.content.decode()) == (not told)


@pytest.mark.django_db
def test_the_page_is_there_without_any_month(make_user: Any, sign_in: Any) -> None:
    for address in ("/kematian/perkiraan/", "/kematian/perkiraan/?bulan=9", "/kematian/perkiraan/?bulan=24"):
        text = sign_in(make_user("inspektorat", username=f"u{len(address)}")).get(address).content.decode()
        assert "Belum ada bulan yang dibayar" in text
