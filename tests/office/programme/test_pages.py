"""The pages of the programme: from the agreement to the signed decree in a browser's steps, scope, frozen queries."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from officeworld import FAR, NEIGHBOUR, VILLAGE, nik
from programmeworld import draft, line_of, people, pks, signed

from payung.office.programme import proofs
from payung.office.programme.face import FACE
from payung.office.programme.models import Agreement, Decree, Line
from payung.office.programme.states import DecreeState

pytestmark = pytest.mark.django_db


def test_from_the_agreement_to_the_signed_decree(make_user: Any, sign_in: Any, people_known: None) -> None:
    client = sign_in(make_user("dinsos"))
    days = {"signed_on": "2026-12-01", "starts": "2027-01-01", "ends": "2027-12-31"}
    fields = {"kind": "pks", "number": "1/PKS", "region_code": "62.03", "quotas": "rentan 3", **days}
    fields |= {"places": "62.03.01 rentan 3", "parties": "Kepala Dinas Rekaan\n\nKepala Cabang Rekaan "}
    wrong = client.post(reverse("agreement_new"), {**fields, "ends": "2026-01-01"})
    assert "berakhir" in wrong.content.decode()
    made = client.post(reverse("agreement_new"), fields)
    assert made.status_code == 302, made.context["form"].errors
    agreement = Agreement.objects.get()
    page = reverse("agreement_show", args=[agreement.pk])
    assert "Sisa" in client.get(page).content.decode()
    assert agreement.programmes == ["jkk", "jkm"]
    assert agreement.parties == ["Kepala Dinas Rekaan", "Kepala Cabang Rekaan"]
    assert "Kepala Cabang Rekaan" in client.get(page).content.decode()
    assert sorted(one.region_code for one in agreement.places.all()) == ["62.03", "62.03.01"]
    again = client.post(reverse("agreement_new"), {**fields, "number": "2", "places": "rentan 500"})
    assert "62.03.01 rentan 500" in again.context["form"].errors["places"][0]
    file = SimpleUploadedFile("pks.pdf", b"%PDF-1.4 rekaan")
    assert client.post(page, {"file": file}).status_code == 302
    kept = reverse("agreement_file", args=[agreement.pk, agreement.files.get().pk])
    assert client.get(kept).content == b"%PDF-1.4 rekaan"

    fields = {
        "name": "APBD 2027",
        "source": "apbd",
        "amount": "10.000.000",
        "region_code": "62.03",
        "from_month": "2027-01",
        "until_month": "2027-12",
    }
    assert client.post(reverse("line_new"), fields).status_code == 302
    line = Line.objects.get()
    assert line.balance.free == 10_000_000
    page = reverse("line_show", args=[line.pk])
    booked = client.post(page, {"kind": "ceiling", "amount": "5.000.000", "reason": "perubahan"})
    assert booked.status_code == 302
    assert "Rp15.000.000" in client.get(page).content.decode()

    csv = f"NIK;NAMA LENGKAP\n{nik(1)};Orang 1\n{nik(2)};Orang 2".encode()
    fields = {"line": str(line.pk), "from_month": "2027-01", "until_month": "2027-12"}
    made = client.post(reverse("decree_new"), {**fields, "people": SimpleUploadedFile("usulan.csv", csv)})
    assert made.status_code == 302, made.context["form"].errors
    decree = Decree.objects.get()
    page, step = reverse("decree_show", args=[decree.pk]), reverse("decree_step", args=[decree.pk])
    assert decree.people.count() == 2
    assert client.post(step, {"langkah": "freeze"}).status_code == 302
    shown = client.get(page).content.decode()
    decree.refresh_from_db()
    assert decree.hash in shown
    early = client.post(step, {"langkah": "sign", "number": "1/SK", "signed_on": "2026-11-01"})
    assert "sebelum" in early.content.decode()
    fields = {"langkah": "sign", "number": "1/SK", "signed_on": "2026-12-20"}
    assert client.post(step, fields).status_code == 302
    decree.refresh_from_db()
    assert decree.state == DecreeState.SIGNED
    listed = client.get(reverse("decree_people", args=[decree.pk]) + "?bagian=masuk")
    assert listed.context["total"] == 2
    assert nik(1) not in listed.content.decode()
    person = decree.people.first()
    assert person
    assert "1/SK" in client.get(reverse("person_show", args=[person.person_id])).content.decode()


@pytest.fixture
def people_known(regions: None) -> None:
    people(1, 3)


def test_the_calendar_counts_whose_cover_stops(make_user: Any, sign_in: Any, monkeypatch: Any) -> None:
    from payung.office.programme import pages

    client = sign_in(make_user("dinsos"))
    pks()
    signed(line_of(10**8), people(1, 3), first="2027-01", last="2027-09")
    monkeypatch.setattr(pages.timezone, "localdate", lambda *_: dt.date(2027, 8, 20))
    shown = client.get(reverse("programme_calendar")).content.decode()
    assert "3 orang putus 1 Okt 2027" in shown


def test_a_village_sees_its_own_people_of_a_decree_of_the_district(make_user: Any, sign_in: Any) -> None:
    client = sign_in(make_user("operator", VILLAGE))
    pks()
    decree = signed(line_of(10**8), [*people(1, 2), *people(3, 1, NEIGHBOUR)])
    other = draft(line_of(10**8, name="dua"), people(9, 1, FAR))
    listed = client.get(reverse("decree_people", args=[decree.pk]))
    assert listed.context["total"] == 2
    assert client.get(reverse("decree_show", args=[other.pk])).status_code == 404
    assert client.get(reverse("decree_people", args=[other.pk])).status_code == 404
    step = reverse("decree_step", args=[decree.pk])
    assert client.post(step, {"langkah": "drop", "reason": "x"}).status_code == 403
    assert client.get(reverse("agreement_list")).context["total"] == 1


def test_who_sees_numbers_only_gets_no_names(make_user: Any, sign_in: Any) -> None:
    client = sign_in(make_user("bkad"))
    pks()
    decree = signed(line_of(10**8), people(1, 2))
    shown = client.get(reverse("decree_show", args=[decree.pk]))
    assert reverse("decree_people", args=[decree.pk]) not in shown.content.decode()
    assert client.get(reverse("decree_people", args=[decree.pk])).status_code == 403


@pytest.mark.parametrize(
    "name", ["agreement_list", "line_list", "decree_list", "decree_people", "decree_show"]
)
def test_pages_take_as_many_queries_for_many_as_for_few(make_user: Any, sign_in: Any, name: str) -> None:
    client = sign_in(make_user("dinsos"))
    pks()
    keys, counted = [signed(line_of(10**8), people(1, 2)).pk], []
    for many in (0, 6):
        for number in range(many):
            one = line_of(10**8, name=f"l{number}")
            keys.append(signed(one, people(10 + 10 * number, 4), f"{number}/SK-L").pk)
            pks(number=f"{number}/PKS-L")
        address = (
            reverse(name, args=[keys[-1]]) if name in {"decree_people", "decree_show"} else reverse(name)
        )
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        counted.append(len(queries))
    assert counted[0] == counted[1]


def test_the_sample_makes_one_of_each_and_checks_hold(regions: None) -> None:
    (person,) = people(1, 1)
    assert FACE.sample
    keys = FACE.sample({"person": person, "village": VILLAGE, "by": "t"})
    assert set(keys) == {"agreement_", "line_", "decree_", "file", "signed"}
    pks(number="2/PKS")
    signed(line_of(10**8), people(5, 2))
    assert [found for check in proofs.CHECKS for found in check()] == []
