"""People by age and occupation: parts add up to the figures, each opens exactly its rows, few are not told."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from casesworld import STRAIGHT, case_of, paid, step, walk
from django.utils import timezone
from insightworld import fill, people
from officeworld import VILLAGE, listing

from payung.office.cases.models import Incident
from payung.office.insight import queries
from payung.office.insight.distributions import PARTS
from payung.office.people.models import Person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("regions")]
ADDRESS = "/ringkasan/sebaran/"


def _spread(client: Any) -> dict[str, Any]:
    return {one.title.en: one for one in client.get(ADDRESS).context["all"]}


def test_parts_are_the_figures_and_open_their_rows(make_user: Any, sign_in: Any) -> None:
    fill()
    today = timezone.localdate()
    born = [None, today.replace(year=today.year - 18), today.replace(year=today.year - 40), today]
    for place, person in enumerate(Person.objects.order_by("pk")):
        person.birth_date = born[place % len(born)]
        person.occupation = ("", "karet", "ojek")[place % 3]
        person.save()
    user = make_user("dinsos")
    client = sign_in(user)
    counted = queries.for_user(user, today, PARTS)
    found = _spread(client)
    for title in ("By age", "By occupation"):
        rows = found[title].rows
        for place, code in enumerate(PARTS):
            assert sum(row.numbers[place] for row in rows) == counted[code].number
        for row in rows:
            for number, url in row.cells:
                assert client.get(url).context["total"] == number, (row.label, url)
    for cut in ("usia", "pekerjaan", "kategori", "kecamatan", "desa"):
        assert client.get("/ringkasan/orang/baris/", {cut: "Á\U0010c529"}).context["total"] == 0
    labels = {row.label.en for row in found["By age"].rows}
    assert labels == {"0–17 years", "18–24 years", "35–44 years", "not filled in"}


def test_few_people_are_not_told_to_whoever_sees_no_names(make_user: Any, sign_in: Any) -> None:
    people(1, 12, VILLAGE)
    young = dt.date(timezone.localdate().year - 30, 1, 1)
    for person in Person.objects.order_by("pk")[:2]:
        person.birth_date = young
        person.save()
    rows = _spread(sign_in(make_user("bupati")))["By age"].rows
    assert rows
    assert all(number is None or number == 0 or number > 4 for row in rows for number in row.numbers)
    assert all(url == "" for row in rows for url in row.urls)


def test_days_until_paid_and_clocks(
    make_user: Any, sign_in: Any, make_people: Any, django_assert_num_queries: Any
) -> None:
    (person,) = make_people(listing(1))
    paid(person, "2025-01", "2026-04")
    case = walk(case_of(person=person), *STRAIGHT)
    now = timezone.now()
    Incident.objects.update(at=now - dt.timedelta(days=30))
    step(case, "dibayar", amount=42_000_000, on=timezone.localdate() - dt.timedelta(days=20))
    client = sign_in(make_user("dinsos"))
    found = _spread(client)
    assert [row.whole for row in found["Days until paid"].rows] == [0, 1, 0, 0, 0, 0]
    with django_assert_num_queries(12):
        client.get(ADDRESS)
