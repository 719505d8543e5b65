"""A corrected NIK: what was answered for the former one counts no more."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from answersworld import ALL, DAY, accepted, answer, latest, no, sheet, yes
from officeworld import nik

from payung.errors import InputError
from payung.office.answers import queries
from payung.office.answers.actions import steps
from payung.office.answers.models import Allowance, Result
from payung.office.history.models import Event
from payung.office.people.actions import facts as editing
from payung.office.people.models import Person
from payung.text import Text

pytestmark = pytest.mark.django_db


def correct(number: int, to: int) -> tuple[Text, ...]:
    """Give person ``number`` the NIK of ``to``; return what is told."""
    person = Person.objects.get(name=f"ORANG {number}")
    return editing.correct_nik(by="operator", person=person, nik=nik(to), reason="salah ketik").notes


def test_row_that_passed_is_open_again_and_the_person_is_asked_again(regions: None) -> None:
    submission = accepted(11, 48)
    for agency in ("dukcapil", "dtsen", "bpjs"):
        answer(sheet(yes(11), yes(48)), agency, version="x" if agency == "dtsen" else "")
        submission = steps.advance(by="dinsos", submission=submission)
    assert submission.state == "selesai"
    notes = correct(11, 85)
    assert any("Dukcapil, DTSEN, BPJS" in note.id and "ditanyakan lagi" in note.id for note in notes)
    submission.refresh_from_db()
    assert submission.state == "padan_bpjs"
    assert [one.person.name for one in submission.outcomes.all()] == ["ORANG 48"]
    results = Result.objects.filter(person__name="ORANG 11")
    assert [one.latest for one in results] == [False, False, False]
    assert Event.objects.filter(action="match.forget", reason="salah ketik").count() == 3
    with pytest.raises(InputError, match="1 orang belum dijawab Dukcapil"):
        steps.advance(by="dinsos", submission=submission)
    for agency in ("dukcapil", "dtsen", "bpjs"):
        answer(
            sheet(yes(85)), agency, on=DAY + dt.timedelta(days=1), version="x" if agency == "dtsen" else ""
        )
    steps.advance(by="dinsos", submission=submission)
    assert {one.end for one in submission.outcomes.all()} == {"lolos"}


def test_refused_under_the_wrong_nik_is_in_the_next_request(regions: None) -> None:
    submission = accepted(11, 48)
    answer(sheet(no(11, "NIK tidak ditemukan"), yes(48)))
    submission = steps.advance(by="dinsos", submission=submission)
    assert not queries.to_ask(ALL, "dukcapil", submission, only_unanswered=True)
    correct(11, 85)
    asked = queries.to_ask(ALL, "dukcapil", submission, only_unanswered=True)
    assert [person.name for person in asked] == ["ORANG 11"]
    assert steps.judge(submission).silent == {"dukcapil": 1, "dtsen": 1}


def test_what_the_answer_put_into_the_register_is_taken_back(regions: None) -> None:
    accepted(11)
    answer(sheet(no(11, "Meninggal")))
    assert Person.objects.get().life_status == "meninggal"
    correct(11, 85)
    assert Person.objects.get().life_status == ""
    event = Event.objects.filter(action="person.change")[0]
    assert (event.before, event.after) == ({"life_status": "meninggal"}, {"life_status": ""})


def test_late_answer_for_the_former_nik_does_not_count(regions: None) -> None:
    accepted(11)
    assert correct(11, 85) == ()
    answer(sheet(no(11, "Meninggal")))
    assert Person.objects.get().life_status == ""
    assert not Result.objects.get().latest
    answer(sheet(yes(85)), on=DAY - dt.timedelta(days=1))
    assert latest(Person.objects.get()) == "padan"


def test_decision_on_double_cover_falls_with_its_answer(regions: None) -> None:
    submission = accepted(11, kind="aparatur", job="Anggota BPD")
    answer(sheet(yes(11)))
    submission = steps.advance(by="dpmd", submission=submission)
    answer(sheet(no(11, "sudah BPU aktif")), "bpjs")
    steps.allow(by="dpmd", row=submission.rows.get(), reason="dua pekerjaan")
    correct(11, 85)
    assert not Allowance.objects.exists()
    assert Event.objects.filter(action="match.allow", before__result="sudah_bpu_aktif").count() == 1


def test_the_form_says_so_before(make_user: Any, sign_in: Any) -> None:
    accepted(11)
    answer(sheet(yes(11)))
    operator = sign_in(make_user("operator"))
    address = f"/orang/{Person.objects.get().pk}/nik/betulkan/"
    assert "harus ditanyakan lagi" in operator.get(address).content.decode()
    page = operator.post(address, {"nik": nik(85), "reason": "salah ketik"}, follow=True).content.decode()
    assert "Jawaban Dukcapil untuk NIK lama tidak dihitung lagi" in page
