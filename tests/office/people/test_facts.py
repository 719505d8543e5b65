"""A person by hand: added, changed, the NIK corrected; judged like a list, within the scope, with a reason."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from officeworld import FAR, NEIGHBOUR, VILLAGE, listing, nik

from payung.errors import FaultyError, InputError
from payung.office.history.chain import verify
from payung.office.history.models import Event
from payung.office.people import queries
from payung.office.people.actions import facts as editing
from payung.office.people.actions.facts import Chosen
from payung.office.people.actions.merges import meant
from payung.office.people.models import FormerNik, Household, NameWord, Person
from payung.office.vault.sealed import traced

pytestmark = pytest.mark.django_db
KK = "6203990101100001"
CELLS = {
    "nik": nik(1),
    "name": "Siti Aminah",
    "birth_date": "05-03-1989",
    "sex": "L",
    "job": "tukang ojek",
    "kk": KK,
    "phone": "0812 3456 7890",
    "rt": "3",
}


def add(**values: Any) -> editing.Done:
    """Add an invented person by hand."""
    asked = {"by": "operator", "village_code": VILLAGE, "category": "rentan", "reason": "mendaftar di desa"}
    return editing.add(**{**asked, "cells": CELLS, "chosen": Chosen(), **values})


def test_person_by_hand_is_judged_and_cleaned_like_a_row_of_a_list(regions: None) -> None:
    person = add(chosen=Chosen(disability=True, decile=2, decile_version="DTSEN 2026-3")).person
    person = Person.objects.get(pk=person.pk)
    assert (person.nik, person.birth_date, person.rt) == (nik(1), dt.date(1989, 3, 5), "003")
    assert (person.phone, person.occupation, person.job) == ("+6281234567890", "ojek", "tukang ojek")
    assert (person.disability, person.decile, person.decile_version) == (True, 2, "DTSEN 2026-3")
    assert person.household == Household.objects.get()
    assert person.standings.get().category == "rentan"
    event = Event.objects.get(action="person.create")
    assert (event.actor, event.reason, event.person) == ("operator", "mendaftar di desa", person.pk)
    assert nik(1) not in str(event.after)


def test_same_nik_is_the_same_person_and_nothing_changes(make_people: Any) -> None:
    person = make_people(listing(1, name="Siti A"), village=FAR)[0]
    found = add()
    assert (found.person.pk, found.new) == (person.pk, False)
    assert Person.objects.get().name == "Siti A"
    assert Event.objects.count() == 1


def test_whoever_was_entered_between_looking_and_writing_is_left_as_they_are(
    make_people: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    there = make_people(listing(1, name="Siti A"), village=FAR)[0]
    looks: list[dict[str | None, Person]] = [{}]  # the first look comes too early
    monkeypatch.setattr(editing, "meant", lambda indexes: looks.pop() if looks else meant(indexes))
    found = add()
    assert (found.person.pk, found.new) == (there.pk, False)
    assert Person.objects.get().name == "Siti A"
    assert Event.objects.count() == 1


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("nik", "6203"),
        ("nik", ""),
        ("name", ""),
        ("name", "123"),
        ("birth_date", "31-02-1989"),
        ("kk", "99"),
        ("phone", "08"),
        ("rt", "x"),
    ],
)
def test_cell_that_cannot_be_used_is_refused_with_a_sentence(regions: None, field: str, text: str) -> None:
    with pytest.raises(FaultyError) as refused:
        add(cells={**CELLS, field: text})
    assert set(refused.value.faults) == {field}
    assert "sel " not in refused.value.faults[field].id
    assert not Person.objects.exists()


@pytest.mark.parametrize("values", [{"reason": " "}, {"chosen": Chosen(decile=3)}])
def test_adding_needs_a_reason_and_a_decile_its_release(regions: None, values: dict[str, Any]) -> None:
    with pytest.raises((InputError, FaultyError)):
        add(**values)
    assert not Person.objects.exists()


def test_change_writes_what_changed_and_why(regions: None) -> None:
    person = add().person
    cells = {**editing.cells_of(person), "name": "Siti Aminah Binti Ali", "job": "Petani", "phone": ""}
    done = editing.change(by="operator", person=person, cells=cells, chosen=Chosen(), reason="salah ketik")
    person = Person.objects.get()
    assert (person.name, person.occupation, person.phone) == ("Siti Aminah Binti Ali", "petani", None)
    assert done.new
    assert NameWord.objects.filter(word="binti").exists()
    event = Event.objects.get(action="person.change")
    assert event.reason == "salah ketik"
    assert event.before == {
        "name": "Siti Aminah",
        "job": "tukang ojek",
        "occupation": "ojek",
        "phone": "+62812••••••90",
        "has_phone": True,
    }
    assert event.after is not None
    assert event.after["phone"] == ""
    assert verify().broken_at is None


def test_change_of_nothing_writes_nothing(regions: None) -> None:
    person = add().person
    cells = editing.cells_of(person)
    assert not editing.change(by="o", person=person, cells=cells, chosen=Chosen(), reason="x").new
    assert Event.objects.count() == 1


def test_only_what_is_changed_is_judged(make_people: Any) -> None:
    person = make_people(listing(1, name="4NDI"))[0]  # an old list let it pass, with a note
    cells = {**editing.cells_of(person), "job": "Petani"}
    editing.change(by="o", person=person, cells=cells, chosen=Chosen(), reason="x")
    with pytest.raises(FaultyError) as refused:
        editing.change(by="o", person=person, cells={**cells, "rt": "x"}, chosen=Chosen(), reason="x")
    assert set(refused.value.faults) == {"rt"}
    assert Person.objects.get().job == "Petani"


def test_new_kk_moves_the_person_to_that_household(regions: None) -> None:
    person = add().person
    other, former = "6203990101100002", person.household.kk  # type: ignore[union-attr]
    cells = {**editing.cells_of(person), "kk": other}
    editing.change(by="o", person=person, cells=cells, chosen=Chosen(), reason="KK baru")
    household = Person.objects.get().household
    assert household is not None
    assert household.kk == other
    event = Event.objects.get(action="person.change")
    assert (event.before, event.after) == ({"kk": traced(former, "kk")}, {"kk": traced(other, "kk")})


def test_corrected_nik_keeps_the_former_one_findable_and_masked(make_people: Any) -> None:
    person = make_people(listing(1))[0]
    editing.correct_nik(
        by="operator", person=person, nik=f" {nik(2)[:6]} {nik(2)[6:]}", reason="salah ketik dari KTP"
    )
    person.refresh_from_db()
    assert person.nik == nik(2)
    for digits in (nik(1), nik(2)):
        assert queries.matching(Person.objects.all(), digits).get() == person
    event = Event.objects.get(action="person.nik")
    assert (event.before, event.after) == ({"nik": traced(nik(1), "nik")}, {"nik": traced(nik(2), "nik")})
    assert event.reason == "salah ketik dari KTP"
    assert FormerNik.objects.get().nik == nik(1)


def test_nik_of_somebody_else_or_of_nobody_is_refused(make_people: Any) -> None:
    person, _ = make_people(listing(1), listing(2))
    for wrong in (nik(2), nik(1), "123", ""):
        with pytest.raises(FaultyError):
            editing.correct_nik(by="o", person=person, nik=wrong, reason="x")
    with pytest.raises(InputError):
        editing.correct_nik(by="o", person=person, nik=nik(3), reason=" ")
    assert Person.objects.get(pk=person.pk).nik == nik(1)


def _form(person: Person, **values: str) -> dict[str, str]:
    shown = editing.cells_of(person)
    return {
        **shown,
        "disability": "",
        "decile": "",
        "decile_version": "",
        "occupation": "",
        "seen": editing.state_of(person),
        "reason": "dari KTP",
        **values,
    }


def test_editing_through_the_page(make_people: Any, make_user: Any, sign_in: Any) -> None:
    person = make_people(listing(1, job="Petani"))[0]
    client = sign_in(make_user("operator"))
    address = f"/orang/{person.pk}/ubah/"
    assert client.get(address).context["form"].initial["name"] == "Orang 1"
    wrong = client.post(address, _form(person, rt="x"))
    assert "rt" in wrong.context["form"].errors
    client.post(address, _form(person, job="Nelayan", reason=""))
    assert Person.objects.get().job == "Petani"
    answer = client.post(address, _form(person, job="Nelayan", disability="ya"))
    assert answer.headers["Location"] == f"/orang/{person.pk}/"
    assert (Person.objects.get().job, Person.objects.get().disability) == ("Nelayan", True)
    assert "dari KTP" in client.get(f"/orang/{person.pk}/").content.decode()


def test_whoever_may_only_look_cannot_edit(make_people: Any, make_user: Any, sign_in: Any) -> None:
    person = make_people(listing(1))[0]
    kades = sign_in(make_user("kades"))
    assert f"/orang/{person.pk}/ubah/" not in kades.get(f"/orang/{person.pk}/").content.decode()
    assert kades.get(f"/orang/{person.pk}/ubah/").status_code == 403
    assert kades.post("/orang/tambah/", {}).status_code == 403


def test_adding_through_the_page(make_people: Any, make_user: Any, sign_in: Any) -> None:
    client = sign_in(make_user("operator"))
    form = {**CELLS, "village": VILLAGE, "category": "rentan", "reason": "datang ke kantor desa"}
    assert "reason" in client.post("/orang/tambah/", {**form, "reason": ""}).context["form"].errors
    assert client.post("/orang/tambah/", {**form, "village": NEIGHBOUR}).status_code == 200
    assert not Person.objects.exists()
    answer = client.post("/orang/tambah/", form)
    person = Person.objects.get()
    assert answer.headers["Location"] == f"/orang/{person.pk}/"
    again = client.post("/orang/tambah/", form, follow=True)
    assert "sudah ada" in again.content.decode()
    assert Event.objects.filter(action__startswith="person.").count() == 1


def test_nik_known_elsewhere_is_not_opened_to_whoever_adds_it(
    make_people: Any, make_user: Any, sign_in: Any
) -> None:
    make_people(listing(1, name="Rahasia Sekali"), village=FAR)
    client = sign_in(make_user("operator"))
    form = {**CELLS, "village": VILLAGE, "category": "rentan", "reason": "x"}
    answer = client.post("/orang/tambah/", form)
    assert "nik" in answer.context["form"].errors
    assert "Rahasia" not in answer.content.decode()


def test_agency_adds_only_its_own_categories(make_user: Any, sign_in: Any) -> None:
    client = sign_in(make_user("dpmd"))
    offered = [code for code, _ in client.get("/orang/tambah/").context["form"].fields["category"].choices]
    assert "bpd" in offered
    assert "rentan" not in offered


def test_nik_is_corrected_through_the_page(make_people: Any, make_user: Any, sign_in: Any) -> None:
    person = make_people(listing(1))[0]
    client = sign_in(make_user("operator"))
    address = f"/orang/{person.pk}/nik/betulkan/"
    assert "nik" in client.post(address, {"nik": "1", "reason": "x"}).context["form"].errors
    client.post(address, {"nik": nik(5), "reason": "angka terakhir salah"})
    assert Person.objects.get().nik == nik(5)
    page = client.get(f"/orang/{person.pk}/").content.decode()
    assert "NIK dibetulkan" in page
    assert "620399••••••••••" in page
    assert nik(5) not in page
    assert client.get(f"/orang/?cari={nik(1)}").context["total"] == 1


def test_log_is_found_by_a_former_nik(make_people: Any, make_user: Any, sign_in: Any) -> None:
    person = make_people(listing(1))[0]
    editing.correct_nik(by="o", person=person, nik=nik(2), reason="x")
    client = sign_in(make_user("inspektorat"))
    assert client.get(f"/riwayat/?nik={nik(1)}").context["total"] == 2


def test_household_page_shows_members_within_reach(make_people: Any, make_user: Any, sign_in: Any) -> None:
    first, _ = make_people(listing(1, kk=KK), listing(2, kk=KK))
    make_people(listing(3, kk=KK, name="Jauh Sekali"), village=FAR)
    client = sign_in(make_user("operator"))
    page = client.get(f"/kk/{first.household_id}/")
    text = page.content.decode()
    assert [person.name for person in page.context["people"]] == ["Orang 1", "Orang 2"]
    # A village learns nothing from a KK that it typed; who looks beyond a village learns how many there are.
    assert page.context["elsewhere"] == 0
    assert sign_in(make_user("camat")).get(f"/kk/{first.household_id}/").context["elsewhere"] == 1
    assert "Jauh" not in text
    assert KK not in text
    assert "620399••••••••••" in text
    assert f'href="/kk/{first.household_id}/"' in client.get(f"/orang/{first.pk}/").content.decode()


def test_page_that_is_older_than_the_person_overwrites_nothing(
    make_people: Any, make_user: Any, sign_in: Any
) -> None:
    (person,) = make_people(listing(1, job="Petani"))
    operator = sign_in(make_user("operator"))
    address = f"/orang/{person.pk}/ubah/"
    old = operator.get(address).context["form"].initial
    editing.change(
        by="dinsos",
        person=person,
        cells=editing.cells_of(person),
        chosen=Chosen(decile=2, decile_version="DTSEN 2026-4"),
        reason="jawaban",
    )
    page = operator.post(address, {**old, "job": "Nelayan", "reason": "tanya keluarga"})
    assert "berubah selagi Anda mengisi" in page.content.decode()
    person.refresh_from_db()
    assert (person.job, person.decile) == ("Petani", 2)
    new = operator.get(address).context["form"].initial
    assert operator.post(address, {**new, "job": "Nelayan", "reason": "x"}).status_code == 302
    person.refresh_from_db()
    assert (person.job, person.decile) == ("Nelayan", 2)
