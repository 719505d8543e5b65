"""What somebody may not read stays unread: the insurer's officer and everybody who was not sent to them."""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parent))
from accessworld import heart_that_waits, home_for_uploads, make_people, make_user, regions, sign_in

__all__ = ["heart_that_waits", "home_for_uploads", "make_people", "make_user", "regions", "sign_in"]

from answersworld import accepted, answer, sheet, yes
from django.apps import apps
from officeworld import VILLAGE, listing, nik

from payung.office.access.permissions import Permission
from payung.office.answers.actions import answers as asking
from payung.office.answers.agencies import edit_scope
from payung.office.answers.models import Line, Result
from payung.office.cases import actions as cases
from payung.office.cases.actions import Told
from payung.office.cases.states import Channel, Happening
from payung.office.people import actions as register
from payung.office.people.models import Membership, Person
from payung.office.submissions.models import Submission

pytestmark = pytest.mark.django_db
KPJ = ["KPJ", "NIK", "NAMA LENGKAP", "BLTH", "STATUS (Y/T)", "KETERANGAN STATUS DATA"]
# Rows that no person needs to have been sent for: money and paper that are the insurer's by their nature, what
# happened to somebody, and tables about no person. A new table is one of these or says whom it is about.
OPEN_TO_INSURER = {
    *("Agreement", "Decree", "Line", "Quota", "Batch", "Bill", "Payment", "Finding"),
    *("Incident", "Case", "Child", "VillageLink", "StaffList", "Post"),
    *("Letterhead", "Refresh", "Contact", "Rung", "Meaning", "Donor", "Pledge"),
}


def _opens(client: Any, person: Person) -> bool:
    whole = client.post(f"/orang/{person.pk}/nik/", {"reason": "uji"})
    page = client.get(f"/orang/{person.pk}/")
    assert whole.status_code == page.status_code
    assert (person.nik in whole.content.decode()) == (page.status_code == 200)
    listed = person.name in client.get("/orang/").content.decode()
    assert listed == (page.status_code == 200)
    return bool(page.status_code == 200)


def test_every_table_says_whom_it_is_about_or_is_the_insurers_by_nature() -> None:
    bare = {
        model.__name__
        for model in apps.get_models()
        if hasattr(model, "scope_columns")
        and not model.scope_columns.person
        and not hasattr(model, "for_insurer")
    }
    assert bare == OPEN_TO_INSURER


def test_insurers_officer_reads_nobody_who_was_not_sent_and_counts_everybody(
    make_people: Any, make_user: Any, sign_in: Any
) -> None:
    one, two = make_people(listing(1, name="Rahasia Satu"), listing(2, name="Rahasia Dua"))
    client = sign_in(make_user("bpjs"))
    assert not _opens(client, one)
    home = client.get("/")
    figures = {line.label.id: (line.value, line.url) for line in home.context["figures"]}
    assert figures["Orang dalam register"] == (2, "")
    for address in ("/orang/?cari=rahasia", "/jabatan/daftar/", "/papan/", "/padan/hasil/", "/kartu/"):
        assert "Rahasia" not in client.get(address).content.decode(), address
    assert {client.get(address).status_code for address in ("/usulan/", "/tinjau/")} == {403}
    assert client.get(f"/orang/{two.pk}/kartu/").status_code == 404


def _by_request(person: Person) -> None:
    asking.note_request(
        by="dinsos", agency="bpjs", region_code="62.03", reason="uji", values={"rows": 1}, people=[person]
    )


def _by_membership(person: Person) -> None:
    register.enrol(by="dinsos", people=[(person, "")], segment="bpu", source="apbd", from_month="2026-01")


def _by_case(person: Person) -> None:
    told = Told(
        *(Happening.ACCIDENT, dt.date(2026, 11, 20), person.name, "kebun", VILLAGE, "Tetangga"),
        phone="0812000000",
        person=person,
        channel=Channel.OFFICE,
    )
    cases.report(by="operator", told=told)


@pytest.mark.parametrize("send", [_by_request, _by_membership, _by_case])
def test_whoever_is_sent_is_read(send: Any, make_people: Any, make_user: Any, sign_in: Any) -> None:
    one, other = make_people(listing(1, name="Rahasia Satu"), listing(2, name="Rahasia Dua"))
    client = sign_in(make_user("bpjs"))
    assert not _opens(client, one)
    send(one)
    assert _opens(client, one)
    assert not _opens(client, other)


def test_submission_opens_its_people_when_it_waits_for_the_insurer(make_user: Any, sign_in: Any) -> None:
    submission = accepted(1)
    person = Person.objects.get()
    client = sign_in(make_user("bpjs"))
    assert not _opens(client, person)
    assert client.get(f"/padan/usulan/{submission.pk}/").status_code == 404
    Submission.objects.update(state="padan_bpjs")
    assert _opens(client, person)
    assert client.get(f"/padan/usulan/{submission.pk}/orang/").context["total"] == 1


def test_answer_about_somebody_who_was_not_sent_links_and_opens_nobody(
    make_people: Any, make_user: Any, sign_in: Any
) -> None:
    (person,) = make_people(listing(1, name="ORANG 1"))
    officer = make_user("bpjs")
    content = sheet(("26000000011", nik(1), "ORANG 1", "12-2026", "Y", ""), heading=tuple(KPJ))
    found = answer(content, "bpjs", reach=edit_scope(officer, "bpjs"), segment="bpu", source="apbd")
    line = Line.objects.get(answer=found)
    assert (line.outcome, line.person) == ("matched", person)
    assert Result.objects.filter(person=person, agency="bpjs").exists()
    membership = Membership.objects.get(person=person)
    assert membership.claimed
    client = sign_in(officer)
    assert not _opens(client, person)
    rows = client.get(f"/padan/jawaban/{found.pk}/baris/").content.decode()
    assert "ORANG 1" in rows
    assert f"/orang/{person.pk}/" not in rows
    # Once the dinas says the same, the person is a member like any other.
    _by = {"segment": membership.segment, "source": membership.source, "from_month": membership.from_month}
    register.enrol(by="dinsos", people=[(person, "")], **_by)
    assert _opens(client, person)


def test_officer_asks_about_those_alone_who_were_sent(make_user: Any, sign_in: Any) -> None:
    submission = accepted(1)
    client = sign_in(make_user("bpjs"))
    asked = {"agency": "bpjs", "submission": "", "reason": "padan"}
    assert "spreadsheetml" not in client.post("/padan/minta/", asked).headers["Content-Type"]
    Submission.objects.filter(pk=submission.pk).update(state="padan_bpjs")
    assert "spreadsheetml" in client.post("/padan/minta/", asked).headers["Content-Type"]


def test_manpower_dinas_looks_at_matching_and_the_social_dinas_does_it(
    make_people: Any, make_user: Any, sign_in: Any
) -> None:
    (person,) = make_people(listing(1, category="mandiri", name="Mandiri Satu"))
    disnaker, dinsos = make_user("disnaker"), make_user("dinsos")
    assert not disnaker.may(Permission.ANSWER_EDIT)
    assert not disnaker.may(Permission.PAIR_EDIT)
    answer(sheet(yes(1)), reach=edit_scope(dinsos, "dukcapil"))
    for user in (disnaker, dinsos):
        client = sign_in(user)
        assert "Mandiri Satu" in client.get("/padan/hasil/").content.decode()
        assert client.get(f"/orang/{person.pk}/").status_code == 200
    assert sign_in(dinsos).get(f"/orang/{person.pk}/ubah/").status_code == 404
    assert sign_in(disnaker).get("/padan/jawaban/baru/").status_code == 403
