"""Endorsing several villages at once: set-based, by the rules of one, taken back until the agency acts."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from officeworld import FAR, NEIGHBOUR, VILLAGE, nik
from submissionsworld import BAD, send, sheet

from payung.errors import InputError
from payung.office.history.chain import verify
from payung.office.history.models import Event
from payung.office.submissions import actions
from payung.office.submissions.models import Submission

pytestmark = pytest.mark.django_db


@pytest.fixture
def waiting(regions: None) -> list[Submission]:
    """Lists of three villages that wait for their camat; the last is of another sub-district."""
    found = []
    for number, code in enumerate((VILLAGE, NEIGHBOUR, FAR)):
        one = actions.begin(by="operator", village_code=code, kind="rentan")
        send(one, sheet((nik(30 + number), f"WARGA {'ABC'[number]}", "05-03-1989", "Petani"), BAD))
        found.append(actions.move(by="kades", submission=one, name="submit"))
    return found


def _states() -> list[str]:
    return list(Submission.objects.order_by("pk").values_list("state", flat=True))


def test_lists_are_endorsed_together_and_taken_back(waiting: list[Submission]) -> None:
    keys = [one.pk for one in waiting]
    moved = actions.endorse_many(by="camat", keys=keys[:2])
    assert [one.pk for one in moved.done] == keys[:2]
    assert _states() == ["disetujui_camat", "disetujui_camat", "diajukan_desa"]
    assert set(Submission.objects.values_list("endorsed_by", flat=True)) == {"camat", ""}
    assert Event.objects.filter(action="submission.endorse", actor="camat").count() == 2
    with pytest.raises(InputError, match="berpindah"):
        actions.endorse_many(by="camat", keys=keys[:2])
    actions.move(by="dinsos", submission=waiting[0], name="accept")
    assert [one.pk for one in actions.recall_many(by="camat", keys=keys).done] == [keys[1]]
    assert _states() == ["padan_dukcapil", "diajukan_desa", "diajukan_desa"]
    with pytest.raises(InputError, match="Tandai"):
        actions.endorse_many(by="camat", keys=[])
    assert verify().broken_at is None


def test_what_somebody_had_a_hand_in_is_left_for_others(waiting: list[Submission]) -> None:
    Submission.objects.filter(pk=waiting[0].pk).update(submitted_by="camat")
    actions.drop(by="camat", row=_open(waiting[1]).rows.filter(replaced=False)[0], reason="x")
    Submission.objects.filter(pk=waiting[1].pk).update(state="diajukan_desa")
    moved = actions.endorse_many(by="camat", keys=[one.pk for one in waiting])
    assert ([one.pk for one in moved.done], [one.pk for one in moved.own]) == (
        [waiting[2].pk],
        [waiting[0].pk, waiting[1].pk],
    )


def _open(submission: Submission) -> Submission:
    Submission.objects.filter(pk=submission.pk).update(state="draf")
    submission.refresh_from_db()
    return submission


def test_a_hand_in_it_before_the_last_return_counts_no_more(waiting: list[Submission]) -> None:
    one = waiting[0]
    actions.move(by="camat", submission=one, name="return", reason="kurang")
    actions.move(by="kades", submission=one, name="submit")
    assert [done.pk for done in actions.endorse_many(by="camat", keys=[one.pk]).done] == [one.pk]


def test_endorsing_takes_the_same_queries_for_one_and_many(waiting: list[Submission]) -> None:
    def queries(keys: list[int]) -> int:
        with CaptureQueriesContext(connection) as asked:
            actions.endorse_many(by="camat", keys=keys)
        return len(asked)

    few = queries([waiting[0].pk])
    assert queries([one.pk for one in waiting[1:]]) == few


def test_page_endorses_within_its_sub_district_only(
    waiting: list[Submission], make_user: Any, sign_in: Any
) -> None:
    camat = sign_in(make_user("camat"))
    page = camat.get("/usulan/setujui/").content.decode()
    assert page.count('name="daftar"') == 2
    assert "sampai dinas bertindak" in page
    sent = {"daftar": [one.pk for one in waiting], "step": "endorse"}
    page = camat.post("/usulan/setujui/langkah/", sent, follow=True).content.decode()
    assert "2 daftar diteruskan ke dinas" in page
    assert "dinas belum bertindak" in page
    assert _states()[2] == "diajukan_desa"
    page = camat.post("/usulan/setujui/langkah/", {**sent, "step": "recall"}, follow=True).content.decode()
    assert "2 daftar ditarik kembali" in page
    assert _states() == ["diajukan_desa"] * 3
    assert sign_in(make_user("operator")).post("/usulan/setujui/langkah/", sent).status_code == 403
    assert "Setujui beberapa desa" in camat.get("/usulan/").content.decode()
