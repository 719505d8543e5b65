"""Heirs in the order of the law; cards from the branch into the hands of their members."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from officeworld import FAR, NEIGHBOUR, VILLAGE, listing, nik

from payung.errors import FaultyError, InputError
from payung.office.cards import actions as card_actions
from payung.office.cards import lists as card_views
from payung.office.cards import queries as card_queries
from payung.office.cards.models import Card
from payung.office.history.chain import verify
from payung.office.history.models import Event
from payung.office.people import actions
from payung.office.people.actions import heirs
from payung.office.people.actions.heirs import Named
from payung.office.people.models import Heir, Person
from payung.office.vault.sealed import traced

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 11, 22)
WIFE = Named("spouse", "Aminah", nik(50), "0812 3456 7890", has_account=True)


def _add(person: Person, *named: Named) -> list[Heir]:
    return [heirs.add(by="operator", person=person, named=each, on=TODAY) for each in named]


def test_heirs_stand_in_the_order_of_the_law(make_people: Any) -> None:
    person = make_people(listing(1))[0]
    _add(
        person,
        Named("sibling", "Budi"),
        Named("child", "Citra"),
        Named("spouse", "Aminah"),
        Named("parent", "Ali"),
    )
    found = heirs.ranked(person, TODAY)
    assert [line.heir.name for line in found] == ["Citra", "Aminah", "Ali", "Budi"]
    assert [line.relation.rank for line in found] == [1, 1, 2, 3]
    assert [line.first for line in found] == [True, True, False, False]


def test_relations_are_those_of_the_law() -> None:
    found = heirs.relations(TODAY)
    assert {code: relation.rank for code, relation in found.items()} == {
        "spouse": 1,
        "child": 1,
        "parent": 2,
        "grandparent": 2,
        "grandchild": 2,
        "sibling": 3,
        "parent-in-law": 4,
        "will": 5,
    }


def test_heir_is_cleaned_sealed_and_recorded(make_people: Any) -> None:
    person = make_people(listing(1))[0]
    (heir,) = _add(person, WIFE)
    heir.refresh_from_db()
    assert (heir.nik, heir.phone, heir.has_account) == (nik(50), "+6281234567890", True)
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM people_heir")
        raw = str([bytes(v) if isinstance(v, memoryview) else v for row in cursor.fetchall() for v in row])
    assert nik(50) not in raw
    assert "81234567890" not in raw
    event = Event.objects.get(action="heir.add")
    assert (event.person, event.actor) == (person.pk, "operator")
    assert event.after == {
        "heir": "Aminah",
        "relation": "spouse",
        "nik": traced(nik(50), "nik"),
        "phone": "+62812••••••90",
        "has_account": True,
    }


@pytest.mark.parametrize(
    ("named", "field"),
    [
        (Named("spouse", " "), "name"),
        (Named("friend", "Ali"), "relation"),
        (Named("child", "Ali", nik="123"), "nik"),
        (Named("child", "Ali", nik=nik(1)), "nik"),
        (Named("child", "Ali", phone="12"), "phone"),
    ],
)
def test_heir_that_cannot_be_is_refused(make_people: Any, named: Named, field: str) -> None:
    person = make_people(listing(1))[0]
    with pytest.raises(FaultyError) as refused:
        _add(person, named)
    assert set(refused.value.faults) == {field}
    assert not Heir.objects.exists()


def test_change_and_removal_say_why_and_keep_what_was(make_people: Any) -> None:
    (heir,) = _add(make_people(listing(1))[0], WIFE)
    with pytest.raises(InputError):
        heirs.change(by="o", heir=heir, named=WIFE, on=TODAY, reason=" ")
    heirs.change(by="o", heir=heir, named=Named("child", "Aminah"), on=TODAY, reason="anak, bukan istri")
    event = Event.objects.get(action="heir.change")
    assert event.before is not None
    assert event.after is not None
    assert (event.before["relation"], event.after["relation"], event.reason) == (
        "spouse",
        "child",
        "anak, bukan istri",
    )
    heirs.remove(by="o", heir=Heir.objects.get(), reason="meninggal")
    assert not Heir.objects.exists()
    gone = Event.objects.get(action="heir.remove")
    assert gone.before is not None
    assert gone.before["heir"] == "Aminah"
    assert verify().broken_at is None


def test_heirs_through_the_pages(make_people: Any, make_user: Any, sign_in: Any) -> None:
    person = make_people(listing(1))[0]
    client = sign_in(make_user("operator"))
    address = f"/orang/{person.pk}/ahli-waris/"
    form = {
        "relation": "spouse",
        "name": "Aminah",
        "nik": nik(50),
        "phone": "081234567890",
        "has_account": "tidak",
    }
    assert "nik" in client.post(address, {**form, "nik": "1"}).context["form"].errors
    client.post(address, form)
    heir = Heir.objects.get()
    page = client.get(f"/orang/{person.pk}/").content.decode()
    assert "Aminah" in page
    assert "+6281234567890" in page
    assert nik(50) not in page
    own = f"{address}{heir.pk}/"
    assert nik(50) not in client.get(own).content.decode()
    client.post(own, {**form, "nik": "", "name": "Siti Aminah", "reason": "nama lengkap", "what": "change"})
    heir.refresh_from_db()
    assert (heir.name, heir.nik) == ("Siti Aminah", nik(50))
    client.post(own, {"what": "remove", "reason": ""})
    assert Heir.objects.exists()
    client.post(own, {"what": "remove", "reason": "salah orang"})
    assert not Heir.objects.exists()
    assert "Ahli waris dihapus" in client.get(f"/orang/{person.pk}/").content.decode()


def test_phone_of_an_heir_is_whole_only_for_those_who_call(
    make_people: Any, make_user: Any, sign_in: Any
) -> None:
    person = make_people(listing(1))[0]
    _add(person, WIFE)
    for role, whole in (("camat", True), ("inspektorat", False)):
        text = sign_in(make_user(role)).get(f"/orang/{person.pk}/").content.decode()
        assert "Aminah" in text
        assert ("+6281234567890" in text) is whole


def test_heir_of_somebody_else_is_not_found(make_people: Any, make_user: Any, sign_in: Any) -> None:
    first, second = make_people(listing(1), listing(2))
    (heir,) = _add(second, WIFE)
    client = sign_in(make_user("operator"))
    assert client.get(f"/orang/{first.pk}/ahli-waris/{heir.pk}/").status_code == 404


def _members(make_people: Any, *numbers: int, village: str = VILLAGE) -> list[Person]:
    """Return people with a KPJ each."""
    people: list[Person] = make_people(*[listing(n) for n in numbers], village=village)
    members = [(person, f"2600000{n:04d}") for person, n in zip(people, numbers, strict=True)]
    actions.enrol(by="bpjs", people=members, segment="bpu", source="apbd", from_month="2026-01")
    return people


def _receive(people: list[Person], on: dt.date = dt.date(2026, 10, 1), kind: str = "kertas") -> int:
    found = [(person, person.memberships.get().kpj or "") for person in people]
    return card_actions.receive(by="operator", cards=found, kind=kind, on=on)


def test_card_is_received_once_and_handed_over_once(make_people: Any) -> None:
    people = _members(make_people, 1, 2)
    assert _receive(people) == 2
    assert _receive(people) == 0
    assert _receive(people, on=TODAY) == 0
    every = Card.objects.all()
    assert (
        card_actions.hand_over(
            by="operator", cards=every.filter(person=people[0]), on=TODAY, given_by="Camat Selat"
        )
        == 1
    )
    assert (
        card_actions.hand_over(by="operator", cards=every, on=TODAY, given_by="Kades", to="Ketua RT 3") == 1
    )
    assert card_actions.hand_over(by="operator", cards=every, on=TODAY, given_by="Kades") == 0
    handed = {card.person_id: (card.handed_to, card.handed_by, card.handed_on) for card in Card.objects.all()}
    assert handed == {
        people[0].pk: ("Orang 1", "Camat Selat", TODAY),
        people[1].pk: ("Ketua RT 3", "Kades", TODAY),
    }
    event = Event.objects.get(action="card.hand_over", person=people[1].pk)
    assert event.after == {
        "kpj": "260000•••02",
        "card": "kertas",
        "received_on": "2026-10-01",
        "handed_on": "2026-11-22",
        "handed_to": "Ketua RT 3",
        "handed_by": "Kades",
    }
    assert verify().broken_at is None


def test_card_is_not_handed_over_before_it_came_or_by_nobody(make_people: Any) -> None:
    _receive(_members(make_people, 1), on=TODAY)
    for values in ({"on": TODAY - dt.timedelta(days=1), "given_by": "Kades"}, {"on": TODAY, "given_by": " "}):
        with pytest.raises(InputError):
            card_actions.hand_over(by="o", cards=Card.objects.all(), **values)  # type: ignore[arg-type]
    assert Card.objects.filter(handed_on__isnull=True).count() == 1
    with pytest.raises(InputError, match="KPJ"):
        card_actions.receive(by="o", cards=[(Person.objects.get(), "12a")], kind="kertas", on=TODAY)


def test_cards_take_no_query_for_each(make_people: Any) -> None:
    def queries_of(numbers: range) -> tuple[int, int]:
        people = Person.objects.filter(pk__in=[person.pk for person in _members(make_people, *numbers)])
        with CaptureQueriesContext(connection) as received:
            members = card_queries.without_card(people, "kertas")
            card_actions.receive(
                by="o", cards=[(m.person, m.kpj or "") for m in members], kind="kertas", on=TODAY
            )
        with CaptureQueriesContext(connection) as handed:
            card_actions.hand_over(
                by="o", cards=Card.objects.filter(person__in=people), on=TODAY, given_by="Kades"
            )
        return len(received), len(handed)

    queries_of(range(1, 2))
    assert queries_of(range(10, 12)) == queries_of(range(100, 160))


def test_waiting_cards_are_those_of_the_scope_with_their_days(
    make_people: Any, make_user: Any, sign_in: Any
) -> None:
    today = timezone.localdate()
    _receive(_members(make_people, 1), on=today - dt.timedelta(days=31))
    _receive(_members(make_people, 2), on=today - dt.timedelta(days=30))
    _receive(_members(make_people, 3, village=FAR), on=today)
    client = sign_in(make_user("operator"))
    page = client.get("/kartu/")
    assert [row.card.person.name for row in page.context["rows"]] == ["Orang 1", "Orang 2"]
    assert client.get("/kartu/?lama=lewat").context["total"] == 1
    text = page.content.decode()
    assert "26000000001" not in text
    assert "260000•••01" in text
    assert re.search(r">\s*31\s*<", text)


def test_ticked_cards_or_all_of_the_filter_are_handed_over(
    make_people: Any, make_user: Any, sign_in: Any
) -> None:
    today = timezone.localdate()
    _receive(_members(make_people, 1, 2, 3), on=today)
    _receive(_members(make_people, 4, village=NEIGHBOUR), on=today)
    _receive(_members(make_people, 5, village=FAR), on=today)
    client = sign_in(make_user("camat"))
    form = {"handed_on": today.isoformat(), "handed_by": "Camat Selat", "handed_to": ""}
    waiting = Card.objects.filter(handed_on__isnull=True)
    client.post("/kartu/serahkan/", form)
    assert waiting.count() == 5
    first = Card.objects.get(person__name="Orang 1")
    outside = Card.objects.get(person__name="Orang 5")
    client.post("/kartu/serahkan/", {**form, "kartu": [first.pk, outside.pk]})
    assert list(Card.objects.filter(handed_on__isnull=False)) == [first]
    client.post("/kartu/serahkan/", {**form, "semua": "ya", "handed_by": ""})
    assert waiting.count() == 4
    answer = client.post(f"/kartu/serahkan/?wilayah={VILLAGE}", {**form, "semua": "ya"}, follow=True)
    assert "2 kartu tercatat diserahkan" in answer.content.decode()
    assert sorted(card.person.name for card in waiting) == ["Orang 4", "Orang 5"]
    assert Event.objects.filter(action="card.hand_over", actor="camat").count() == 3


def test_whoever_may_only_look_hands_nothing_over(make_people: Any, make_user: Any, sign_in: Any) -> None:
    _receive(_members(make_people, 1))
    client = sign_in(make_user("inspektorat"))
    text = client.get("/kartu/").content.decode()
    assert 'name="kartu"' not in text
    assert client.post("/kartu/serahkan/", {"semua": "ya"}).status_code == 403


def test_cards_of_a_village_come_in_one_go(make_people: Any, make_user: Any, sign_in: Any) -> None:
    _members(make_people, 1, 2)
    make_people(listing(3))  # no KPJ, no card
    client = sign_in(make_user("operator"))
    form = {"village": VILLAGE, "kind": "kertas", "received_on": timezone.localdate().isoformat()}
    answer = client.post("/kartu/terima/", form)
    assert answer.headers["Location"] == f"/kartu/?wilayah={VILLAGE}"
    assert Card.objects.count() == 2
    assert "village" in client.post("/kartu/terima/", form).context["form"].errors
    assert Card.objects.count() == 2


def test_card_of_one_person(make_people: Any, make_user: Any, sign_in: Any) -> None:
    (person,) = _members(make_people, 1)
    client = sign_in(make_user("operator"))
    address = f"/orang/{person.pk}/kartu/"
    assert client.get(address).context["form"].initial["kpj"] == "260000•••01"
    form = {"kpj": "x", "kind": "digital", "received_on": "2026-11-01"}
    assert "kpj" in client.post(address, form).context["form"].errors
    client.post(address, {**form, "kpj": "260 0000 0001"})
    assert Card.objects.get().kpj == "26000000001"
    page = client.get(f"/orang/{person.pk}/").content.decode()
    assert "kartu digital" in page
    assert "Kartu datang dari cabang" in page


def test_day_in_the_future_is_refused(make_people: Any, make_user: Any, sign_in: Any) -> None:
    people = _members(make_people, 1, 2)
    tomorrow = timezone.localdate() + dt.timedelta(days=1)
    with pytest.raises(InputError, match="masa depan"):
        _receive(people, on=tomorrow)
    _receive(people[:1], on=timezone.localdate())
    with pytest.raises(InputError, match="masa depan"):
        card_actions.hand_over(by="o", cards=Card.objects.all(), on=tomorrow, given_by="Kades")
    operator = sign_in(make_user("operator"))
    form = {"kind": "kertas", "received_on": tomorrow.isoformat()}
    for address, values in (
        (f"/orang/{people[1].pk}/kartu/", {**form, "kpj": "26000000002"}),
        ("/kartu/terima/", {**form, "village": VILLAGE}),
    ):
        assert "masa depan" in operator.post(address, values).content.decode(), address
    assert Card.objects.count() == 1
    Card.objects.update(received_on=tomorrow)  # as it could be recorded before
    rows = operator.get("/kartu/").context["rows"]
    assert [column.value(rows[0]) for column in card_views.Waiting.columns if column.key == "hari"] == [0]


def test_kpj_of_a_card_finds_its_member(make_people: Any, make_user: Any, sign_in: Any) -> None:
    person, _ = make_people(listing(1), listing(2))
    card_actions.receive(by="o", cards=[(person, "2600 0777 701")], kind="kertas", on=TODAY)
    page = sign_in(make_user("operator")).get("/orang/?cari=26000777701").context
    assert [row.pk for row in page["rows"]] == [person.pk]
