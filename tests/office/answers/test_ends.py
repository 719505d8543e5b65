"""The end of matching shows what it does, and is taken back until somebody acted on it."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest
from answersworld import accepted, answer, no, sheet, yes

from payung.errors import InputError
from payung.office.answers.actions import ends, steps
from payung.office.answers.models import Outcome
from payung.office.face import Stage, read
from payung.office.history.chain import verify
from payung.office.history.models import Event
from payung.office.people.models import Person
from payung.office.submissions.actions import StateError
from payung.office.submissions.models import Submission
from payung.text import Text

pytestmark = pytest.mark.django_db


def _before_the_end(*numbers: int) -> Submission:
    submission = accepted(*numbers)
    answer(sheet(*[yes(number) for number in numbers]))
    submission = steps.advance(by="dinsos", submission=submission)
    answer(sheet(*[yes(number) for number in numbers]), "dtsen", version="TW4 2026")
    submission = steps.advance(by="dinsos", submission=submission)
    answer(sheet(no(numbers[0], "sudah PU aktif"), *[yes(number) for number in numbers[1:]]), "bpjs")
    return submission


def _ends() -> dict[str, str]:
    return dict(Outcome.objects.values_list("person__name", "end"))


def test_end_is_taken_back_and_decided_again(regions: None) -> None:
    submission = steps.advance(by="dinsos", submission=_before_the_end(11, 48))
    assert _ends() == {"ORANG 11": "ditolak", "ORANG 48": "lolos"}
    with pytest.raises(InputError, match="alasan"):
        ends.take_back(by="dinsos", submission=submission, reason=" ")
    submission = ends.take_back(by="dinsos", submission=submission, reason="keliru menekan")
    assert submission.state == "padan_bpjs"
    assert _ends() == {"ORANG 11": "ditolak"}
    event = Event.objects.get(action="submission.unmatch")
    assert (event.actor, event.reason, event.after) == ("dinsos", "keliru menekan", {"state": "padan_bpjs"})
    steps.allow(by="dinsos", row=submission.rows.get(person__name="ORANG 11"), reason="dua segmen sah")
    steps.advance(by="dinsos", submission=submission)
    assert _ends() == {"ORANG 11": "lolos", "ORANG 48": "lolos"}
    assert verify().broken_at is None


def test_nothing_is_taken_back_once_somebody_acted(regions: None, monkeypatch: pytest.MonkeyPatch) -> None:
    submission = _before_the_end(11, 48)
    with pytest.raises(StateError, match="belum selesai"):
        ends.take_back(by="dinsos", submission=submission, reason="x")
    submission = steps.advance(by="dinsos", submission=submission)
    one = Person.objects.get(name="ORANG 48").pk
    stage = Stage(Text("SK ditetapkan", "In a decree"), Text("", ""), lambda people: {one} & set(people))
    faces = (dataclasses.replace(read.faces()[0], stages=(stage,)),)
    monkeypatch.setattr(ends, "faces", lambda: faces)
    with pytest.raises(StateError, match="1 orang sudah sampai “SK ditetapkan”"):
        ends.take_back(by="dinsos", submission=submission, reason="x")
    assert _ends()["ORANG 48"] == "lolos"


def test_page_shows_what_the_end_does_and_takes_it_back(make_user: Any, sign_in: Any) -> None:
    submission = _before_the_end(11, 48)
    dinas, watcher = sign_in(make_user("dinsos")), sign_in(make_user("inspektorat"))
    address = f"/padan/usulan/{submission.pk}/"
    page = dinas.get(address).content.decode()
    assert "Dapat ditarik kembali dengan alasan sampai ada yang masuk SK" in page
    assert "Ditolak: 1" in " ".join(page.split())
    dinas.post(f"{address}langkah/", {"step": "advance", "state": "padan_bpjs"})
    assert "Tarik kembali dari selesai" in dinas.get(address).content.decode()
    assert "Tarik kembali dari selesai" not in watcher.get(address).content.decode()
    assert watcher.post(f"{address}tarik/", {"reason": "x"}).status_code == 403
    page = dinas.post(f"{address}tarik/", {"reason": "keliru"}, follow=True).content.decode()
    assert "menunggu keputusan dinas lagi" in page
    assert Submission.objects.get().state == "padan_bpjs"
