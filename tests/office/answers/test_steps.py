"""The same-KK rule, and the way of a submission from acceptance to its end."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from answersworld import DAY, accepted, answer, no, sheet, yes
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from officeworld import listing, nik

from payung.errors import InputError
from payung.office.answers.actions import answers as actions
from payung.office.answers.actions import steps
from payung.office.answers.models import Outcome, Phrase, Result, StaffList, StaffMember
from payung.office.history.models import Event
from payung.office.jobs.worker import run_all
from payung.office.people.models import Person
from payung.office.submissions.actions import StateError
from payung.office.submissions.models import Submission

pytestmark = pytest.mark.django_db
KK, OTHER_KK = "6203990101100001", "6203990101100002"


def staff_list(*rows: tuple[str, ...], on: dt.date = DAY, source: str = "BKPSDM", **values: Any) -> StaffList:
    """Bring in a staff list and let the worker read it."""
    content = "\n".join(["NIK;NAMA;NO KK", *(";".join(row) for row in rows)]).encode()
    found = actions.upload_staff(
        by="dinsos",
        source=source,
        employer="asn",
        version_on=on,
        region_code="62.03",
        file=SimpleUploadedFile("pegawai.csv", content),
        **values,
    )
    run_all()
    found.refresh_from_db()
    return found


def hit() -> list[str]:
    """Return the names of those whom the same-KK rule keeps out now."""
    results = Result.objects.filter(agency="pegawai", latest=True, code="kk_ada_asn")
    return sorted(results.values_list("person__name", flat=True))


# The same-KK rule


def test_household_with_staff_is_found_by_kk_and_by_nik(make_people: Any) -> None:
    make_people(
        listing(1, kk=KK),
        listing(2, kk=KK),
        listing(3, kk=OTHER_KK),
        listing(4),
        listing(5, kk="6203990101100009"),
    )
    make_people(listing(6, kk=OTHER_KK, category="kepala_desa"))
    staff_list((nik(900), "PEGAWAI SATU", KK), (nik(6), "PEGAWAI DUA", ""), (nik(4), "PEGAWAI TIGA", ""))
    assert hit() == ["Orang 1", "Orang 2", "Orang 3", "Orang 4"]
    assert Result.objects.filter(code="kk_ada_asn")[0].detail == "ASN, BKPSDM (20-11-2026)"


def test_officials_are_not_under_the_rule(make_people: Any) -> None:
    make_people(listing(1, kk=KK, category="kepala_desa"), listing(2, kk=KK, category="mandiri"))
    staff_list((nik(900), "PEGAWAI", KK))
    assert hit() == []


def test_only_blind_indexes_are_kept_and_the_file_is_removed(make_people: Any, settings: Any) -> None:
    found = staff_list((nik(900), "PEGAWAI RAHASIA", KK), ("", "TANPA NOMOR", ""))
    assert (found.rows, found.unusable, found.read, found.path) == (2, 1, True, "")
    assert not [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM answers_staffmember")
        raw = str(cursor.fetchall())
        cursor.execute("SELECT * FROM answers_stafflist")
        raw += str(cursor.fetchall())
    for secret in (nik(900), KK, "RAHASIA"):
        assert secret not in raw


def test_newer_list_of_a_source_replaces_the_older_one(make_people: Any) -> None:
    make_people(listing(1, kk=KK), listing(2, kk=OTHER_KK))
    staff_list((nik(900), "PEGAWAI", KK))
    staff_list((nik(901), "POLISI", OTHER_KK), source="Polres")
    assert hit() == ["Orang 1", "Orang 2"]
    staff_list((nik(902), "LAIN", "6203990101100099"), on=DAY + dt.timedelta(days=30))
    assert hit() == ["Orang 2"]
    assert StaffMember.objects.count() == 2
    assert Event.objects.filter(action="match.result", after__result="padan").count() == 1
    staff_list((nik(903), "LAMA", KK), on=DAY - dt.timedelta(days=300))
    assert hit() == ["Orang 2"]


def test_same_staff_list_twice_changes_nothing(make_people: Any, settings: Any) -> None:
    make_people(listing(1, kk=KK))
    first = staff_list((nik(900), "PEGAWAI", KK))
    events = Event.objects.count()
    assert staff_list((nik(900), "PEGAWAI", KK)).pk == first.pk
    assert Event.objects.count() == events
    assert not [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]


def test_file_that_is_no_list_is_not_kept(settings: Any, regions: None) -> None:
    found = actions.upload_staff(
        by="d",
        source="x",
        employer="asn",
        version_on=DAY,
        region_code="62.03",
        file=SimpleUploadedFile("p.xlsx", b"\x00\x01 nothing"),
    )
    run_all()
    found.refresh_from_db()
    assert found.job is not None
    assert found.job.state == "failed"
    assert not [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]


# The way of a submission


def state(submission: Submission) -> str:
    return Submission.objects.get(pk=submission.pk).state


def ends(submission: Submission) -> dict[str, tuple[str, str]]:
    """Return name → end and code of the rows of ``submission`` that have ended."""
    return {one.person.name: (one.end, one.code) for one in submission.outcomes.select_related("person")}


def test_vulnerable_workers_go_through_all_three_answers(regions: None) -> None:
    submission = accepted(11, 48, 85)
    answer(sheet(yes(11), no(48, "meninggal"), yes(85)))
    submission = steps.advance(by="dinsos", submission=submission)
    assert state(submission) == "padan_sosial"
    assert ends(submission) == {"ORANG 48": ("ditolak", "meninggal")}
    answer(sheet(yes(11), yes(85)), "dtsen", version="TW4 2026")
    submission = steps.advance(by="dinsos", submission=submission)
    answer(sheet(yes(11), no(85, "sudah PU aktif")), "bpjs")
    submission = steps.advance(by="dinsos", submission=submission)
    assert state(submission) == "selesai"
    assert ends(submission) == {
        "ORANG 11": ("lolos", ""),
        "ORANG 48": ("ditolak", "meninggal"),
        "ORANG 85": ("ditolak", "sudah_pu_aktif"),
    }
    last = Event.objects.filter(action="submission.match")[0]
    assert last.after == {"state": "selesai", "passed": 1, "refused": 2}
    assert Event.objects.filter(action="match.end").count() == 3
    with pytest.raises(StateError):
        steps.advance(by="dinsos", submission=submission)


def test_officials_need_no_welfare_answer(regions: None) -> None:
    submission = accepted(11, 48, kind="aparatur", job="Anggota BPD")
    answer(sheet(yes(11), yes(48)))
    submission = steps.advance(by="dpmd", submission=submission)
    assert state(submission) == "padan_bpjs"
    answer(sheet(yes(11), yes(48)), "bpjs")
    submission = steps.advance(by="dpmd", submission=submission)
    assert set(ends(submission).values()) == {("lolos", "")}


def test_household_with_staff_is_refused_with_the_welfare_step(regions: None) -> None:
    submission = accepted(11, 48)
    staff_list((nik(11), "PEGAWAI", ""))
    answer(sheet(yes(11), yes(48)))
    submission = steps.advance(by="dinsos", submission=submission)
    assert ends(submission) == {}
    answer(sheet(yes(11), yes(48)), "dtsen", version="x")
    submission = steps.advance(by="dinsos", submission=submission)
    assert ends(submission) == {"ORANG 11": ("ditolak", "kk_ada_asn")}


def test_nobody_passes_without_an_answer(regions: None) -> None:
    submission = accepted(11, 48)
    answer(sheet(yes(11)))
    with pytest.raises(InputError, match="1 orang belum dijawab"):
        steps.advance(by="dinsos", submission=submission)
    with pytest.raises(InputError, match="alasan"):
        steps.advance(by="dinsos", submission=submission, refuse_unanswered=True)
    assert state(submission) == "padan_dukcapil"
    steps.advance(
        by="dinsos", submission=submission, refuse_unanswered=True, reason="Dukcapil tidak menjawab"
    )
    assert ends(submission) == {"ORANG 48": ("ditolak", "data_kurang")}


def test_refusal_without_an_answer_holds_until_that_agency_answers(make_user: Any, sign_in: Any) -> None:
    submission = accepted(11, 48)
    dinsos = sign_in(make_user("dinsos"))
    answer(sheet(yes(11)))
    refuse = {"refuse_unanswered": True, "reason": "Dukcapil tidak menjawab"}
    submission = steps.advance(by="dinsos", submission=submission, **refuse)
    answer(sheet(yes(11)), "dtsen", version="x")
    page = dinsos.get(f"/padan/usulan/{submission.pk}/").content.decode()
    assert "Lanjutkan ke" in page
    assert "belum dijawab" not in page.lower()
    submission = steps.advance(by="dinsos", submission=submission)
    with pytest.raises(InputError, match="1 orang belum dijawab BPJS"):
        steps.advance(by="dinsos", submission=submission)
    answer(sheet(yes(11)), "bpjs")
    assert steps.judge(submission).unanswered == 0
    assert Event.objects.filter(action="match.end").count() == 1
    answer(sheet(yes(48)), on=DAY + dt.timedelta(days=1))
    assert steps.judge(submission).silent == {"dtsen": 1}
    page = dinsos.get(f"/padan/usulan/{submission.pk}/").content.decode()
    assert "1 orang belum dijawab DTSEN" in page
    with pytest.raises(InputError, match="1 orang belum dijawab DTSEN"):
        steps.advance(by="dinsos", submission=submission)


def test_unknown_text_stops_the_submission_always(regions: None) -> None:
    submission = accepted(11)
    answer(sheet(no(11, "Entah")))
    for values in ({}, {"refuse_unanswered": True, "reason": "x"}):
        with pytest.raises(InputError, match="belum dikenal"):
            steps.advance(by="dinsos", submission=submission, **values)
    actions.map_text(by="dinsos", phrase=Phrase.objects.get(code=""), code="nik_beda_nama")
    steps.advance(by="dinsos", submission=submission)
    assert ends(submission) == {"ORANG 11": ("ditolak", "nik_beda_nama")}


def test_later_answer_opens_a_refused_row_again(regions: None) -> None:
    submission = accepted(11, 48)
    answer(sheet(no(11, "nama tidak sesuai"), yes(48)))
    submission = steps.advance(by="dinsos", submission=submission)
    assert ends(submission) == {"ORANG 11": ("ditolak", "nik_beda_nama")}
    answer(sheet(yes(11)), on=DAY + dt.timedelta(days=1))
    answer(sheet(yes(11), yes(48)), "dtsen", version="x")
    submission = steps.advance(by="dinsos", submission=submission)
    assert ends(submission) == {}
    assert Event.objects.filter(action="match.end", before__end="ditolak").count() == 1


def test_double_cover_passes_by_decision_alone(regions: None) -> None:
    submission = accepted(11, 48, kind="aparatur", job="Anggota BPD")
    answer(sheet(yes(11), yes(48)))
    submission = steps.advance(by="dpmd", submission=submission)
    answer(sheet(no(11, "sudah BPU aktif"), no(48, "lewat usia")), "bpjs")
    double, old = submission.rows.order_by("pk")
    with pytest.raises(InputError, match="alasan"):
        steps.allow(by="dpmd", row=double, reason=" ")
    with pytest.raises(StateError):
        steps.allow(by="dpmd", row=old, reason="x")
    steps.allow(by="dpmd", row=double, reason="dua pekerjaan")
    steps.advance(by="dpmd", submission=submission)
    assert ends(submission) == {"ORANG 11": ("lolos", ""), "ORANG 48": ("ditolak", "lewat_usia")}
    event = Event.objects.get(action="match.allow")
    assert (event.actor, event.reason, event.person) == ("dpmd", "dua pekerjaan", double.person_id)
    with pytest.raises(StateError):
        steps.allow(by="dpmd", row=double, reason="lagi")


def test_two_cannot_take_the_same_step(regions: None) -> None:
    submission = accepted(11)
    answer(sheet(yes(11)))
    seen = Submission.objects.get(pk=submission.pk)
    steps.advance(by="dinsos", submission=submission)
    with pytest.raises(StateError):
        steps.advance(by="dinsos2", submission=seen)


def test_draft_does_not_move(regions: None) -> None:
    from officeworld import VILLAGE

    from payung.office.submissions import actions as intake

    with pytest.raises(StateError):
        steps.advance(by="dinsos", submission=intake.begin(by="o", village_code=VILLAGE, kind="rentan"))


def test_moving_on_takes_no_query_for_each_row(regions: None) -> None:
    def queries_of(first: int, many: int, village: str) -> int:
        numbers = [first + 37 * n % 211 for n in range(many)]
        submission = accepted(*numbers, village=village)
        answer(sheet(*[no(number, "meninggal") for number in numbers]))
        with CaptureQueriesContext(connection) as found:
            steps.advance(by="dinsos", submission=submission)
        return len(found)

    few = queries_of(1, 2, "62.03.01.2001")
    assert queries_of(300, 120, "62.03.01.2002") <= few + 6


def test_person_may_stand_in_two_submissions(regions: None) -> None:
    first = accepted(11)
    second = accepted(11, kind="aparatur", job="Anggota BPD")
    answer(sheet(yes(11)))
    steps.advance(by="dinsos", submission=first)
    second = steps.advance(by="dpmd", submission=second)
    answer(sheet(yes(11)), "bpjs")
    steps.advance(by="dpmd", submission=second)
    assert Outcome.objects.get().submission_id == second.pk
    assert Person.objects.count() == 1
