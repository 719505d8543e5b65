"""One search box for everything: forgives typing, keeps to what its user sees anyway, writes no number anywhere."""

from __future__ import annotations

from typing import Any
from urllib.parse import unquote

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from officeworld import FAR, NEIGHBOUR, VILLAGE, listing, nik

from payung.office.cards import actions as cards
from payung.office.history.models import Event
from payung.office.people import actions
from payung.office.people.actions import facts
from payung.office.people.models import Person, Spelling
from payung.office.submissions import actions as submissions

pytestmark = pytest.mark.django_db
KK = "6203990101100001"
KPJ = "26000000017"


@pytest.fixture
def people(make_people: Any) -> list[Person]:
    """A few people of one village, and one of another sub-district."""
    found: list[Person] = make_people(
        listing(1, name="Muhammad Arsyad", kk=KK, phone="+6281200000017"),
        listing(2, name="Siti Aminah", kk=KK),
        listing(3, name="Yusuf Maulana"),
        listing(4, name="Budi Santoso"),
    )
    actions.enrol(by="t", people=[(found[0], KPJ)], segment="bpu", source="apbd", from_month="2026-01")
    return found + list(make_people(listing(5, name="Muhammad Arsyad"), village=FAR))


def _found(client: Client, text: str) -> dict[str, list[str]]:
    answer = client.post("/cari/", {"cari": text}, follow=True)
    assert answer.status_code == 200
    return {hits.label.id: [hit.title for hit in hits.rows] for hits in answer.context["found"]}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("arsyad", "Muhammad Arsyad"),
        ("aminah siti", "Siti Aminah"),
        (nik(1), "Muhammad Arsyad"),
        ("6203 9905 0389 0001", "Muhammad Arsyad"),
        (KPJ, "Muhammad Arsyad"),
        ("0812-0000-0017", "Muhammad Arsyad"),
        ("+62 812 0000 0017", "Muhammad Arsyad"),
    ],
)
def test_person_is_found_by_name_and_every_number(
    people: list[Person], make_user: Any, sign_in: Any, text: str, name: str
) -> None:
    assert _found(sign_in(make_user("operator")), text) == {"Orang": [name]}


def test_family_card_finds_its_family(people: list[Person], make_user: Any, sign_in: Any) -> None:
    found = _found(sign_in(make_user("operator")), KK)
    assert found == {"Orang": ["Muhammad Arsyad", "Siti Aminah"]}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("arsyd", "Muhammad Arsyad"),
        ("moh arsyat", "Muhammad Arsyad"),
        ("aminha", "Siti Aminah"),
        ("sitti amina", "Siti Aminah"),
        ("joesoef", "Yusuf Maulana"),
        ("budi santosa", "Budi Santoso"),
    ],
)
def test_mistyped_name_finds_whoever_may_be_meant_and_says_so(
    people: list[Person], make_user: Any, sign_in: Any, text: str, name: str
) -> None:
    assert _found(sign_in(make_user("operator")), text) == {"Orang yang namanya mirip": [name]}


def test_a_name_that_was_corrected_is_found_by_its_new_words(
    people: list[Person], make_user: Any, sign_in: Any
) -> None:
    cells = {**facts.cells_of(people[3]), "name": "Wahyudi"}
    facts.change(by="t", person=people[3], cells=cells, chosen=facts.Chosen(), reason="x")
    client = sign_in(make_user("operator"))
    assert _found(client, "wahjudi") == {"Orang yang namanya mirip": ["Wahyudi"]}
    assert _found(client, "santosa") == {}


def test_phone_that_changed_finds_by_the_new_one_only(
    people: list[Person], make_people: Any, make_user: Any, sign_in: Any
) -> None:
    make_people(listing(1, name="Muhammad Arsyad", phone="+6281200000099"))
    client = sign_in(make_user("operator"))
    assert _found(client, "081200000099") == {"Orang": ["Muhammad Arsyad"]}
    assert _found(client, "081200000017") == {}


@pytest.mark.parametrize("text", ["arsyad", "arsyd", nik(5), KPJ, KK, "081200000017"])
def test_nobody_out_of_reach_is_found(people: list[Person], make_user: Any, sign_in: Any, text: str) -> None:
    assert _found(sign_in(make_user("operator", code=NEIGHBOUR)), text) == {}


def test_district_finds_all_and_roles_without_names_find_nobody(
    people: list[Person], make_user: Any, sign_in: Any
) -> None:
    district = _found(sign_in(make_user("dpmd")), "arsyd")
    assert district == {}  # officials only: these people are of the category rentan
    assert _found(sign_in(make_user("dinsos")), "arsyd") == {
        "Orang yang namanya mirip": ["Muhammad Arsyad"] * 2
    }
    insurer = _found(sign_in(make_user("bpjs")), "arsyad")
    assert insurer == {"Orang": ["Muhammad Arsyad"]}  # who was sent to them, and not their namesake
    for role in ("bupati", "admin", "donatur"):
        assert not any("Orang" in label for label in _found(sign_in(make_user(role)), "arsyad")), role


def test_villages_lists_and_letters_are_found(make_user: Any, sign_in: Any, make_people: Any) -> None:
    made = submissions.begin(by="t", village_code=VILLAGE, kind="rentan")
    submissions.begin(by="t", village_code=FAR, kind="rentan")
    client = sign_in(make_user("camat"))
    assert _found(client, "pulau telo")["Desa"] == ["Pulau Telo"]
    assert _found(client, "desa pulo tello") == {}  # two slips in four letters are another word
    assert _found(client, "pulao")["Desa"] == ["Pulau Telo"]
    assert _found(client, VILLAGE)["Desa"] == ["Pulau Telo"]
    assert _found(client, "telo")["Usulan"] == ["Pulau Telo: Pekerja rentan"]
    assert _found(client, str(made.pk))["Usulan"] == ["Pulau Telo: Pekerja rentan"]
    assert "Usulan" not in _found(client, "sei pasah")


def test_letter_is_found_by_its_number(make_user: Any, sign_in: Any, make_people: Any) -> None:
    from django.utils import timezone

    from payung.office.letters import actions as letters
    from payung.office.letters import village_kinds

    order = letters.issue(
        by="t",
        kind="village_count",
        subject=f"village:{VILLAGE}",
        values={**village_kinds.counts(VILLAGE), "note": ""},
        on=timezone.localdate(),
        region_code=VILLAGE,
        about=VILLAGE,
    )
    letter = letters.make(order=order)
    assert letter is not None
    assert letter.number in _found(sign_in(make_user("dpmd")), letter.number)["Surat"]
    assert "Surat" not in _found(sign_in(make_user("operator", code=FAR)), letter.number)


def test_number_stands_in_no_address_and_no_history(
    people: list[Person], make_user: Any, sign_in: Any
) -> None:
    client = sign_in(make_user("operator"))
    answer = client.post("/cari/", {"cari": nik(1)})
    assert answer.status_code == 302
    assert nik(1) not in unquote(answer.headers["Location"])
    answer = client.get("/cari/", {"cari": nik(1)})  # somebody wrote it there by hand
    assert answer.status_code == 302
    assert nik(1) not in unquote(answer.headers["Location"])
    page = client.get(answer.headers["Location"])
    assert [hits.rows[0].title for hits in page.context["found"]] == ["Muhammad Arsyad"]
    assert not Event.objects.filter(action__contains="search").exists()


@pytest.mark.parametrize("text", ["", " ", "a", "%", "\x00", "~abc", "'" * 300, "?" * 20, "1", "9" * 40])
def test_whatever_is_typed_is_answered(people: list[Person], make_user: Any, sign_in: Any, text: str) -> None:
    assert _found(sign_in(make_user("operator")), text) == {} or len(text) == 1


FROZEN = {"arsyd": 13, "siti": 10, nik(1): 10, "pulau": 10}


def _queries(client: Client, text: str) -> int:
    address = client.post("/cari/", {"cari": text}).headers["Location"]
    with CaptureQueriesContext(connection) as asked:
        client.get(address)
    return len(asked)


def test_search_takes_the_same_queries_for_little_and_much(
    people: list[Person], make_people: Any, make_user: Any, sign_in: Any
) -> None:
    client = sign_in(make_user("operator"))
    few = {text: _queries(client, text) for text in FROZEN}
    make_people(*[listing(100 + n, name=f"Arsyat Pulung Siti {n:02d} Kata{n}") for n in range(60)])
    many = {text: _queries(client, text) for text in FROZEN}
    assert few == FROZEN
    assert {text: count for text, count in many.items() if count > few[text]} == {}


def test_words_are_kept_once_however_many_carry_them(people: list[Person]) -> None:
    assert set(Spelling.objects.filter(key="arsyad").values_list("word", flat=True)) == {"arsyad"}
    with CaptureQueriesContext(connection) as asked:
        from payung.office.people import spellings

        spellings.learn({"arsyad", "siti"})
    assert len(asked) == 1


def test_number_and_word_are_looked_up_by_keys_alone(people: list[Person]) -> None:
    """Whatever the size of the register: no query walks through a table, on either kind of database."""
    import re

    from payung.office.people import queries, spellings

    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL enable_seqscan = off")  # of few rows it would read all
    asked = [queries._known_by(number) for number in ("081200000017", KK, KPJ)]
    near = spellings.carrying(Person.objects.all(), ["arsyd", "moh"], wide=True)
    assert near is not None
    for rows in [*asked, near, Spelling.objects.filter(key__in=["arsyd", "arsy"])]:
        plan = rows.explain()
        assert "Seq Scan" not in plan, plan
        assert not re.search(r"(?m)^.*SCAN people_(?!.*USING)", plan), plan


def test_head_of_every_page_has_the_box(make_user: Any, sign_in: Any) -> None:
    for role in ("operator", "bupati", "ketua_rt"):
        page = sign_in(make_user(role)).get("/", follow=True).content.decode()
        assert page.count('id="seek-text"') == 1, role


def test_cards_number_still_finds_its_person(people: list[Person], make_user: Any, sign_in: Any) -> None:
    import datetime as dt

    cards.receive(by="t", cards=[(people[2], "27000000001")], kind="kertas", on=dt.date(2026, 1, 1))
    assert _found(sign_in(make_user("operator")), "27000000001") == {"Orang": ["Yusuf Maulana"]}
