"""Rows that are left out, drafts that are discarded, columns that cannot mean the same twice."""

from __future__ import annotations

from typing import Any

import pytest
from officeworld import VILLAGE, nik
from submissionsworld import BAD, GOOD, OTHER, send, sheet, through

from payung.errors import InputError
from payung.office.history.chain import verify
from payung.office.history.models import Event
from payung.office.jobs.worker import run_all
from payung.office.people.models import Person
from payung.office.submissions import actions
from payung.office.submissions.models import Row, Submission

pytestmark = pytest.mark.django_db
THIEF = (nik(1), "RUSLAN", "05-03-1989", "Petani")


@pytest.fixture
def submission(regions: None) -> Submission:
    """A draft of vulnerable workers."""
    return actions.begin(by="operator", village_code=VILLAGE, kind="rentan")


def test_row_that_is_left_out_frees_its_twin_and_comes_back(submission: Submission) -> None:
    send(submission, sheet(GOOD, OTHER, THIEF))
    row = Row.objects.get(name="RUSLAN")
    with pytest.raises(InputError, match="alasan"):
        actions.drop(by="operator", row=row, reason=" ")
    actions.drop(by="operator", row=row, reason="bukan warga")
    assert dict(submission.rows.filter(replaced=False).values_list("name", "verdict")) == {
        "SITI AMINAH": "accepted",
        "BUDI SANTOSO": "accepted",
    }
    event = Event.objects.get(action="submission.drop")
    assert (event.actor, event.reason, event.after) == (
        "operator",
        "bukan warga",
        {"row": 4, "file": "daftar.csv"},
    )
    actions.put_back(by="operator", row=row)
    actions.put_back(by="operator", row=row)
    assert set(submission.rows.filter(replaced=False, verdict="returned").values_list("name", flat=True)) == {
        "SITI AMINAH",
        "RUSLAN",
    }
    assert Event.objects.filter(action="submission.put_back").count() == 1
    actions.drop(by="operator", row=row, reason="bukan warga")
    through(submission)
    assert sorted(Person.objects.values_list("name", flat=True)) == ["BUDI SANTOSO", "SITI AMINAH"]
    with pytest.raises(actions.StateError):
        actions.put_back(by="operator", row=row)
    assert verify().broken_at is None


def test_row_that_was_left_out_stays_out_of_the_next_version(submission: Submission) -> None:
    send(submission, sheet(GOOD, BAD), "d.csv")
    actions.drop(by="operator", row=Row.objects.get(name="RUSLAN"), reason="bukan warga")
    send(submission, sheet(GOOD, BAD, OTHER), "d.csv")
    assert submission.rows.filter(replaced=False).count() == 2
    assert submission.rows.last().dropped == ""  # type: ignore[union-attr]


def test_pages_leave_a_row_out_and_put_it_back(
    make_user: Any, sign_in: Any, submission: Submission, django_assert_max_num_queries: Any
) -> None:
    send(submission, sheet(GOOD, BAD))
    row = Row.objects.get(name="RUSLAN")
    operator, kades = (sign_in(make_user(role)) for role in ("operator", "kades"))
    address = f"/usulan/{submission.pk}/baris/{row.pk}/"
    assert "Keluarkan baris" in operator.get(address).content.decode()
    assert "Keluarkan baris" not in kades.get(address).content.decode()
    assert kades.post(f"{address}keluarkan/", {"reason": "x"}).status_code == 403
    page = operator.post(f"{address}keluarkan/", {"reason": "bukan warga"}, follow=True).content.decode()
    assert "Baris ini dikeluarkan dari usulan: bukan warga" in page
    assert "1 baris dikeluarkan" in operator.get(f"/usulan/{submission.pk}/").content.decode()
    page = operator.get(address).content.decode()
    assert "tidak ada yang harus dibetulkan" in page
    assert "harus diperbaiki" not in page  # nor the red badge of before
    listed = operator.get(f"/usulan/{submission.pk}/baris/?keluar=ya").content.decode()
    assert "RUSLAN" in listed
    assert "dikeluarkan</td>" in " ".join(listed.split()).replace(" </td>", "</td>")
    assert "SITI" not in listed
    assert "RUSLAN" not in operator.get(f"/usulan/{submission.pk}/baris/").content.decode()
    operator.post(f"{address}keluarkan/", {"step": "back"})
    assert Row.objects.get(name="RUSLAN").dropped == ""
    actions.move(by="kades", submission=submission, name="submit")
    assert "Keluarkan baris" not in operator.get(address).content.decode()
    late = operator.post(f"{address}keluarkan/", {"reason": "x"}, follow=True).content.decode()
    assert "sudah diajukan" in late


def test_empty_draft_is_discarded_and_its_history_stays(
    make_user: Any, sign_in: Any, submission: Submission
) -> None:
    operator, kades = (sign_in(make_user(role)) for role in ("operator", "kades"))
    address = f"/usulan/{submission.pk}/"
    assert "Buang draf ini" in operator.get(address).content.decode()
    assert "Buang draf ini" not in kades.get(address).content.decode()
    assert kades.post(f"{address}buang/").status_code == 403
    operator.get(f"{address}buang/")
    assert Submission.objects.exists()
    assert "Draf dibuang" in operator.post(f"{address}buang/", follow=True).content.decode()
    assert not Submission.objects.exists()
    event = Event.objects.get(action="submission.discard")
    assert (event.actor, event.before) == ("operator", {"kind": "rentan"})
    assert operator.get(address).status_code == 404


def test_draft_with_files_and_a_list_on_its_way_stay(submission: Submission) -> None:
    upload = send(submission, sheet(GOOD))
    with pytest.raises(InputError, match="tarik"):
        actions.discard(by="operator", submission=submission)
    actions.move(by="kades", submission=submission, name="submit")
    with pytest.raises(actions.StateError):
        actions.discard(by="operator", submission=submission)
    actions.move(by="camat", submission=submission, name="return", reason="x")
    actions.withdraw(by="operator", upload=upload)
    with pytest.raises(actions.StateError):
        actions.discard(by="operator", submission=submission)


def test_two_columns_cannot_both_be_the_number(make_user: Any, sign_in: Any, submission: Submission) -> None:
    headings = ("NIK", "NAMA", "TANGGAL LAHIR", "LAIN")
    upload = send(submission, sheet(GOOD, OTHER, headings=headings))
    actions.mend(by="operator", row=submission.rows.all()[0], values={"sex": "P"})
    operator = sign_in(make_user("operator"))
    address = f"/usulan/{submission.pk}/berkas/{upload.pk}/"
    assert "1 baris berkas ini sudah diperbaiki" in operator.get(address).content.decode()
    page = operator.post(address, {"c0-3": "nik"}, follow=True).content.decode()
    assert "Dua kolom tidak boleh sama-sama NIK: A1 “NIK”, D1 “LAIN”" in page
    assert not Event.objects.filter(action="submission.columns").exists()
    unchanged = operator.post(address, {"c0-0": "nik"}, follow=True).content.decode()
    assert "Tidak ada arti kolom yang diubah" in unchanged
    saved = operator.post(address, {"c0-3": "job"}, follow=True).content.decode()
    assert "Arti kolom tersimpan; daftar.csv dibaca ulang" in saved
    run_all()
    both = {"c0-0": "other", "c0-3": "nik"}  # one takes the place of the other
    assert "Dua kolom" not in operator.post(address, both, follow=True).content.decode()


def test_two_columns_of_one_heading_get_their_meaning_together(submission: Submission) -> None:
    rows = [(nik(n), f"ORANG {n}", "05-03-1989", "Petani", "x") for n in range(1, 4)]
    upload = send(submission, sheet(*rows, headings=("NIK", "NAMA", "TANGGAL LAHIR", "LAIN", "LAIN")))
    actions.correct_columns(by="operator", upload=upload, corrections={"lain": "job"})
    run_all()
    assert submission.rows.first().facts["listing"]["job"] == "Petani"  # type: ignore[union-attr]


MANY = [(nik(20 + n), f"WARGA {'ABCDEFGHIJ'[n]}", "05-03-1989", "Petani") for n in range(8)]


def test_many_rows_are_left_out_with_one_reason_and_put_back(submission: Submission) -> None:
    send(submission, sheet(*MANY))
    keys = list(submission.rows.values_list("pk", flat=True))[:5]
    with pytest.raises(InputError, match="alasan"):
        actions.drop_many(by="operator", submission=submission, keys=keys, reason=" ")
    with pytest.raises(InputError, match="Tandai"):
        actions.drop_many(by="operator", submission=submission, keys=[], reason="pindah")
    assert actions.drop_many(by="operator", submission=submission, keys=keys, reason="pindah") == 5
    assert actions.drop_many(by="operator", submission=submission, keys=keys, reason="pindah lagi") == 0
    assert submission.rows.filter(replaced=False).count() == 3
    told = Event.objects.filter(action="submission.drop")
    assert {(event.reason, event.after["file"]) for event in told} == {("pindah", "daftar.csv")}  # type: ignore[index]
    assert len({event.after["row"] for event in told}) == 5  # type: ignore[index]
    assert actions.put_back_many(by="operator", submission=submission, keys=keys[:2]) == 2
    assert actions.put_back_many(by="operator", submission=submission, keys=keys[:2]) == 0
    assert submission.rows.filter(replaced=False).count() == 5
    assert verify().broken_at is None


def test_rows_of_another_list_are_not_left_out(submission: Submission) -> None:
    send(submission, sheet(GOOD))
    other = actions.begin(by="operator", village_code=VILLAGE, kind="mandiri")
    keys = list(submission.rows.values_list("pk", flat=True))
    assert actions.drop_many(by="operator", submission=other, keys=keys, reason="x") == 0
    assert submission.rows.filter(replaced=False).count() == 1


def test_leaving_out_takes_the_same_queries_for_few_and_many(submission: Submission) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    send(submission, sheet(*MANY))
    keys = list(submission.rows.values_list("pk", flat=True))

    def queries(chosen: list[int], back: bool) -> int:
        with CaptureQueriesContext(connection) as asked:
            if back:
                actions.put_back_many(by="operator", submission=submission, keys=chosen)
            else:
                actions.drop_many(by="operator", submission=submission, keys=chosen, reason="x")
        return len(asked)

    few = [queries(keys[:1], back) for back in (False, True)]
    assert [queries(keys[1:], back) for back in (False, True)] == few


def test_page_leaves_ticked_rows_out_for_those_who_keep_the_list(
    make_user: Any, sign_in: Any, submission: Submission
) -> None:
    send(submission, sheet(*MANY))
    keys = list(submission.rows.values_list("pk", flat=True))
    operator, kades = (sign_in(make_user(role)) for role in ("operator", "kades"))
    address = f"/usulan/{submission.pk}/baris/"
    assert operator.get(address).content.decode().count('name="baris"') == 8
    assert 'name="baris"' not in kades.get(address).content.decode()
    sent = {"baris": keys[:3], "reason": "pindah", "step": "drop"}
    assert kades.post(f"{address}keluarkan/", sent).status_code == 403
    page = operator.post(f"{address}keluarkan/", sent, follow=True).content.decode()
    assert "3 baris dikeluarkan" in page
    out = operator.get(f"{address}?keluar=ya").content.decode()
    assert "Masukkan lagi yang ditandai" in out
    back = operator.post(f"{address}keluarkan/", {"baris": keys[:2], "step": "back"}, follow=True)
    assert "2 baris dihitung lagi" in back.content.decode()
    assert (
        "Tandai barisnya"
        in operator.post(f"{address}keluarkan/", {"reason": "x"}, follow=True).content.decode()
    )
