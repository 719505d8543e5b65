"""A step shows what it does before it is taken, and is taken back until the next person has acted."""

from __future__ import annotations

from typing import Any

import pytest
from officeworld import VILLAGE
from submissionsworld import BAD, GOOD, OTHER, send, sheet

from payung.office.history.models import Event
from payung.office.submissions import actions
from payung.office.submissions.actions import StateError
from payung.office.submissions.models import Submission

pytestmark = pytest.mark.django_db


def _sent() -> Submission:
    submission = actions.begin(by="operator", village_code=VILLAGE, kind="rentan")
    send(submission, sheet(GOOD, OTHER, BAD))
    return submission


def test_what_a_step_does_is_read_before_it_is_taken(make_user: Any, sign_in: Any) -> None:
    submission = _sent()
    page = sign_in(make_user("kades")).get(f"/usulan/{submission.pk}/").content.decode()
    assert "2 orang diajukan ke camat." in page
    assert "1 baris yang perlu diperbaiki tertinggal di desa." in page


def test_village_takes_back_what_the_camat_has_not_seen_to(make_user: Any, sign_in: Any) -> None:
    submission = _sent()
    client = sign_in(make_user("kades"))
    client.post(f"/usulan/{submission.pk}/langkah/", {"step": "submit"})
    assert "Tarik kembali" in client.get(f"/usulan/{submission.pk}/").content.decode()
    client.post(f"/usulan/{submission.pk}/langkah/", {"step": "recall"})
    submission.refresh_from_db()
    assert (submission.state, submission.submitted_by) == ("draf", "")
    assert Event.objects.filter(action="submission.recall", actor="kades").count() == 1
    actions.move(by="kades", submission=submission, name="submit")


def test_once_the_next_person_acted_nothing_is_taken_back(regions: None) -> None:
    submission = _sent()
    actions.move(by="kades", submission=submission, name="submit")
    actions.move(by="camat", submission=submission, name="endorse")
    recalled = actions.move(by="camat", submission=submission, name="recall")
    assert (recalled.state, recalled.submitted_by, recalled.endorsed_by) == ("diajukan_desa", "kades", "")
    actions.move(by="camat", submission=submission, name="endorse")
    actions.move(by="dinsos", submission=submission, name="accept")
    with pytest.raises(StateError):
        actions.move(by="camat", submission=submission, name="recall")


def test_nobody_takes_back_the_step_of_somebody_else(make_user: Any, sign_in: Any) -> None:
    submission = _sent()
    actions.move(by="kades", submission=submission, name="submit")
    actions.move(by="camat", submission=submission, name="endorse")
    answer = sign_in(make_user("kades")).post(f"/usulan/{submission.pk}/langkah/", {"step": "recall"})
    assert answer.status_code == 403
    assert Submission.objects.get().state == "disetujui_camat"
