"""How many queries the pages of one person and of one village take, whatever stands on them."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st
from officeworld import VILLAGE, listing

from payung.office.access.scope import Area, Scope
from payung.office.cards import actions as cards
from payung.office.people import actions, queries, spellings
from payung.office.people.actions import facts as editing
from payung.office.people.actions import heirs, merges
from payung.office.people.actions.facts import Chosen
from payung.office.people.models import NameWord, Person, Standing
from payung.office.posts import actions as posting

pytestmark = pytest.mark.django_db
KK = "6203990101100001"
# Address → queries of the page for an operator. A change here is a decision.
FROZEN = {
    "/orang/{person}/": 19,
    "/orang/{person}/ubah/": 4,
    "/orang/{person}/nik/betulkan/": 5,
    "/orang/{person}/ahli-waris/": 4,
    "/orang/{person}/kartu/": 6,
    "/orang/tambah/": 4,
    "/kk/{household}/": 7,
    f"/jabatan/desa/{VILLAGE}/cetak/": 9,
    "/kartu/cetak/": 5,
    "/kartu/terima/": 4,
}


def _grow(person: Person, make_people: Any, first: int, many: int) -> None:
    """Let the person and the household, and the offices of the village, have more of everything."""
    people = make_people(*[listing(first + n, kk=KK) for n in range(many)])
    for number, each in enumerate(people, first):
        heirs.add(by="t", person=person, named=heirs.Named("child", f"Anak {number}"), on=dt.date(2026, 1, 1))
        actions.enrol(
            by="t", people=[(each, f"26{number:09d}")], segment="bpu", source="apbd", from_month="2026-01"
        )
        received = dt.date(2026, 1, 1) + dt.timedelta(days=number)
        cards.receive(
            by="t", cards=[(person, f"27{number:09d}"), (each, f"26{number:09d}")], kind="kertas", on=received
        )
        post = posting.open_post(by="t", region_code=VILLAGE, category="bpd", label="Anggota BPD")
        posting.appoint(by="t", post=post, person=each, starts=dt.date(2024, 1, 1))


def _queries(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as found:
        assert client.get(address).status_code == 200, address
    return len(found)


def test_pages_take_the_same_queries_for_little_and_much(
    make_people: Any, make_user: Any, sign_in: Any
) -> None:
    person = make_people(listing(1, kk=KK))[0]
    client = sign_in(make_user("operator"))
    client.get("/")
    keys = {"person": person.pk, "household": person.household_id}
    _grow(person, make_people, 10, 2)
    few = {address: _queries(client, address.format(**keys)) for address in FROZEN}
    _grow(person, make_people, 20, 12)
    many = {address: _queries(client, address.format(**keys)) for address in FROZEN}
    assert few == many == FROZEN


def test_change_by_hand_takes_the_same_queries_in_any_register(make_people: Any) -> None:
    def queries(job: str) -> int:
        person = Person.objects.get(name="Orang 1")
        cells = {**editing.cells_of(person), "job": job}
        with CaptureQueriesContext(connection) as found:
            editing.change(by="t", person=person, cells=cells, chosen=Chosen(), reason="x")
        return len(found)

    make_people(listing(1, kk=KK))
    few = queries("Petani")
    make_people(*[listing(n, kk=KK) for n in range(2, 60)])
    assert queries("Nelayan") == few <= 14


def test_whoever_died_is_not_among_those_to_be_covered(
    make_people: Any, make_user: Any, sign_in: Any
) -> None:
    dead, _, insured = make_people(listing(1), listing(2), listing(3))
    actions.enrol(by="b", people=[(insured, "")], segment="bpu", source="apbd", from_month="2020-01")
    Person.objects.filter(pk__in=[dead.pk, insured.pk]).update(life_status="meninggal")
    client = sign_in(make_user("operator"))
    found = {
        value: [row.name for row in client.get(f"/orang/?lindung={value}").context["rows"]]
        for value in ("ya", "belum", "meninggal")
    }
    assert found == {"ya": ["Orang 3"], "belum": ["Orang 2"], "meninggal": ["Orang 1", "Orang 3"]}
    home = client.get("/").context["figures"]
    assert {line.url: line.value for line in home if "ringkasan" in line.url} == {
        "/ringkasan/terlindungi/baris/": 0,  # of the living
        "/ringkasan/belum/baris/": 1,
    }
    page = client.get(f"/orang/{dead.pk}/").content.decode()
    assert "meninggal" in page.split("</h1>")[0]
    assert "belum terlindungi" not in page


COMMON_NAMES = ("Siti Nur", "Nur Siti Ahmad", "Sitiah", "Ahmad Nurzz", "Nurz 9", "Aminah", "Zz Siti", "Anur")


@pytest.mark.parametrize("common", [True, False])
@pytest.mark.parametrize("walks", [True, False])
@pytest.mark.parametrize("wide", [True, False])
@pytest.mark.parametrize("category", ["", "bpd"])
def test_whichever_way_a_name_is_looked_for_the_same_people_are_found(
    make_people: Any, monkeypatch: pytest.MonkeyPatch, common: bool, walks: bool, wide: bool, category: str
) -> None:
    names = [f"{name} {n}" for n, name in enumerate(COMMON_NAMES * 3)]
    people = make_people(*[listing(n, name=name) for n, name in enumerate(names, 1)])
    for person in people[::2]:
        Standing.objects.filter(person=person).update(category="bpd")
    monkeypatch.setattr(queries, "_walk", lambda *_, **__: walks)
    if common:
        monkeypatch.setattr(queries, "FEW", 1)
    mine = Scope((Area("62.03", frozenset({category} if category else ())),)).of(Person)
    here = set(mine.values_list("pk", flat=True))
    assert 0 < len(here) < len(people) or not category
    for text in ("siti", "s", "nur siti", "z", "zz", "nurz", "9", "ahmad nur siti", "siti siti", "i"):
        stands = [category] if category else []
        found = queries.matching(mine, text, wide=wide, stands=stands).order_by("name_key", "pk")
        expected = [
            person.pk
            for person in sorted(people, key=lambda one: (one.name_key, one.pk))
            if person.pk in here
            and all(any(w.startswith(part) for w in person.name_key.split()) for part in text.split())
        ]
        assert [person.pk for person in found] == expected, text
        for most, looked_at in ((2, 3), (5, 2), (50, 60)):
            monkeypatch.setattr(queries, "FIRST_KEYS", looked_at)
            some = queries.matching(mine, text, wide=wide, stands=stands, most=most)
            assert [person.pk for person in some.order_by("name_key", "pk")[:most]] == expected[:most], text


def test_names_that_come_soon_are_told_from_those_that_come_late(
    make_people: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_people(*[listing(n, name=f"{'Abdul Siti' if n < 4 else 'Nur Siti'} {n}") for n in range(1, 10)])
    monkeypatch.setattr(queries, "FIRST", 5)
    monkeypatch.setattr(queries, "ENOUGH", 3)
    assert queries._soon(["abdul", "siti"])
    assert not queries._soon(["nur", "siti"])  # two of the first five
    assert not queries._soon(["nobody"])


def test_words_of_a_name_stand_beside_the_name_as_it_is_now(make_people: Any) -> None:
    person, other = make_people(listing(1, name="Siti Aminah"), listing(2, name="Siti Rahayu"))
    cells = {**editing.cells_of(person), "name": "Siti Aminah binti Ali"}
    editing.change(by="t", person=person, cells=cells, chosen=Chosen(), reason="x")
    rows = NameWord.objects.values_list("word", "name_key", "person_id")
    assert set(rows) == {
        *((word, "siti aminah binti ali", person.pk) for word in ("siti", "aminah", "binti", "ali")),
        *((word, "siti rahayu", other.pk) for word in ("siti", "rahayu")),
    }


@given(st.text("ayz09", min_size=1, max_size=4), st.text("aoyz09", min_size=1, max_size=6))
def test_bounds_of_a_beginning_hold_what_begins_so_and_nothing_else(asked: str, word: str) -> None:
    bounds = dict(spellings.beginning(asked).children)
    within = bounds["word__gte"] <= word and word < bounds.get("word__lt", "~")
    assert within == word.startswith(asked)


def test_bounds_of_a_beginning_hold_in_the_orders_of_languages(db: None) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite orders by bytes")
    with connection.cursor() as cursor:
        for order in ("id-ID-x-icu", "en-US-x-icu", "C"):
            for asked, word in (
                ("sit", "siti"),
                ("nur", "nurz"),
                ("nur9", "nur9z"),
                ("az", "azz"),
                ("z", "zz"),
            ):
                bounds = dict(spellings.beginning(asked).children)
                cursor.execute(
                    f'SELECT w >= %s AND w < %s FROM (SELECT %s COLLATE "{order}" AS w) AS one',
                    [asked, bounds.get("word__lt", "zzzzz"), word],
                )
                assert cursor.fetchone() == (True,), (order, asked, word)


def test_walk_along_the_names_reads_their_index_alone(
    make_people: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of those whose names do not match, no row is read, on either kind of database."""
    make_people(listing(1), listing(2))
    monkeypatch.setattr(queries, "_walk", lambda *_, **__: True)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL enable_seqscan = off")  # of two rows it would read both
            cursor.execute("SET LOCAL enable_bitmapscan = off")
            cursor.execute("SET LOCAL enable_sort = off")  # of two rows it would read any index and sort them
    found = queries.matching(Person.objects.all(), "orang", wide=True).order_by("name_key", "pk")
    plan = found.values_list("pk", flat=True).explain()
    way = (
        "Index Only Scan using person_by_name"
        if connection.vendor == "postgresql"
        else "COVERING INDEX person_by_name"
    )
    assert way in plan, plan
    assert "TEMP B-TREE" not in plan, plan


def test_number_is_looked_up_by_keys_alone(make_people: Any) -> None:
    """Whatever the size of the register: no query walks through a table, on either kind of database."""
    (person,) = make_people(listing(1), listing(2))[:1]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL enable_seqscan = off")  # of two rows it would read both
    asked = [
        queries.matching(Person.objects.all(), str(person.nik)),
        Person.objects.filter(pk__in=queries.with_nik(str(person.nik))),
        Person.everybody.filter(pk__in=merges.records_of(queries.with_nik(str(person.nik)))),
        queries._known_by("26000000001"),
    ]
    for rows in asked:
        plan = rows.explain()
        assert "Seq Scan" not in plan, plan
        assert not re.search(r"(?m)^.*SCAN people_(?!.*USING)", plan), plan
    assert [one.pk for rows in asked[:3] for one in rows] == [person.pk] * 3
