"""From a messy file to the register: reading, mending, submitting, endorsing, accepting, landing."""

from __future__ import annotations

import io
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from officeworld import VILLAGE, nik
from submissionsworld import BAD, GOOD, OTHER, send, sheet, through

from payung.errors import InputError
from payung.office.access.apart import SamePersonError
from payung.office.history.chain import verify
from payung.office.history.models import Event
from payung.office.jobs import queue
from payung.office.jobs.worker import run_all
from payung.office.people.models import Person
from payung.office.posts.models import Holding, Post
from payung.office.submissions import actions
from payung.office.submissions.models import Row, Submission, Upload
from payung.office.submissions.work import landings, uploads

pytestmark = pytest.mark.django_db


@pytest.fixture
def submission(regions: None) -> Submission:
    """A draft of vulnerable workers."""
    return actions.begin(by="operator", village_code=VILLAGE, kind="rentan")


def test_rows_get_their_verdicts_and_none_is_dropped(submission: Submission) -> None:
    upload = send(submission, sheet(GOOD, OTHER, BAD))
    assert upload.read
    assert [row.verdict for row in upload.rows.all()] == ["accepted", "accepted", "returned"]
    assert " NIK_FORMAT " in upload.rows.get(name="RUSLAN").reasons
    event = Event.objects.get(action="submission.read")
    assert event.after["rows"] == 3  # type: ignore[index]


def test_rows_are_sealed(submission: Submission) -> None:
    from django.db import connection

    send(submission, sheet(GOOD))
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM submissions_row")
        raw = str([bytes(v) if isinstance(v, memoryview) else v for row in cursor.fetchall() for v in row])
    assert nik(1) not in raw
    assert Row.objects.get().facts["listing"]["nik"] == nik(1)


def test_same_file_twice_is_one_upload(submission: Submission) -> None:
    first = send(submission, sheet(GOOD))
    assert send(submission, sheet(GOOD)).pk == first.pk
    assert Row.objects.count() == 1


def test_fixed_file_replaces_the_former_rows(submission: Submission) -> None:
    send(submission, sheet(GOOD, BAD))
    send(submission, sheet(GOOD, OTHER))
    assert sorted(submission.rows.filter(replaced=False).values_list("name", flat=True)) == [
        OTHER[1],
        GOOD[1],
    ]


def test_same_person_in_a_second_file_counts_once(submission: Submission) -> None:
    send(submission, sheet(GOOD, OTHER))
    send(submission, sheet(GOOD), name="tambahan.csv")
    assert submission.rows.filter(replaced=False).count() == 2


def test_file_that_is_no_list_is_refused_with_a_sentence(submission: Submission) -> None:
    upload = send(submission, b"\x00\x01\x02 nothing", name="rusak.xlsx")
    assert upload.job is not None
    assert upload.job.state == "failed"
    assert "rusak" in upload.job.fault_id
    assert not upload.read


@pytest.mark.parametrize("name", ["foto.jpg", "daftar.pdf", "tanpa-akhiran"])
def test_other_kinds_of_files_are_refused_at_the_door(submission: Submission, name: str) -> None:
    with pytest.raises(InputError, match="Excel"):
        actions.upload(by="o", submission=submission, file=SimpleUploadedFile(name, b"x"))


def test_name_of_a_file_cannot_leave_its_folder(submission: Submission, settings: Any) -> None:
    upload = send(submission, sheet(GOOD), name="../../etc/daftar.csv")
    assert "/" not in upload.name
    assert upload.path == f"{upload.sha256}/daftar.csv"


def test_mended_row_is_judged_by_the_same_rules(submission: Submission) -> None:
    send(submission, sheet(GOOD, BAD))
    row = Row.objects.get(name="RUSLAN")
    actions.mend(by="operator", row=row, values={"nik": "6203"})
    assert row.verdict == "returned"
    actions.mend(by="operator", row=row, values={"nik": nik(7)})
    row.refresh_from_db()
    assert (row.verdict, row.mended, row.nik) == ("accepted", True, nik(7))
    assert Event.objects.filter(action="submission.mend").count() == 2
    assert row.facts["listing"]["job"] == "Petani"


def test_wrong_column_is_corrected_and_the_file_read_again(submission: Submission) -> None:
    upload = send(submission, sheet(GOOD, OTHER, headings=("NIK", "NAMA", "TANGGAL LAHIR", "IBU")))
    assert upload.tables[0]["columns"][3]["field"] != "job"
    actions.correct_columns(by="operator", upload=upload, corrections={"ibu": "job"})
    run_all()
    upload.refresh_from_db()
    assert upload.tables[0]["columns"][3]["field"] == "job"
    assert Row.objects.count() == 2


def test_accepted_rows_land_in_the_register_once(submission: Submission) -> None:
    send(submission, sheet(GOOD, OTHER, BAD))
    through(submission)
    submission.refresh_from_db()
    assert submission.landed
    assert sorted(Person.objects.values_list("name", flat=True)) == [OTHER[1], GOOD[1]]
    assert Person.objects.filter(standings__category="rentan", village_code=VILLAGE).count() == 2
    queue.ask(
        by="dinsos", kind=landings.KIND, subject=f"submission:{submission.pk}", submission=submission.pk
    )
    run_all()
    assert Person.objects.count() == 2
    assert Event.objects.filter(action="submission.land").count() == 1
    assert verify().broken_at is None


def test_officials_land_with_their_posts(regions: None) -> None:
    submission = actions.begin(by="operator", village_code=VILLAGE, kind="aparatur")
    heading = ("NIK", "NAMA", "TANGGAL LAHIR", "JABATAN")
    rows = [
        (nik(n), f"ORANG {n}", "05-03-1989", job)
        for n, job in enumerate(("Kepala Desa", "Anggota BPD", "Anggota BPD"), 1)
    ]
    send(submission, sheet(*rows, headings=heading))
    through(submission)
    assert Holding.objects.count() == 3
    assert set(Post.objects.values_list("category", "number")) == {("kepala_desa", 1), ("bpd", 1), ("bpd", 2)}


def test_landing_goes_on_where_a_killed_worker_stopped(submission: Submission, monkeypatch: Any) -> None:
    monkeypatch.setattr(landings, "CHUNK", 1)
    send(submission, sheet(GOOD, OTHER, (nik(3), "TIGA", "05-03-1989", "Petani")))
    actions.move(by="kades", submission=submission, name="submit")
    actions.move(by="camat", submission=submission, name="endorse")
    actions.move(by="dinsos", submission=submission, name="accept")
    taken = queue.take()
    assert taken is not None
    _, ticket = taken
    calls = []
    whole = landings._land

    def dies(*args: Any) -> None:
        if len(calls) == 2:
            raise KeyboardInterrupt
        calls.append(whole(*args))

    monkeypatch.setattr(landings, "_land", dies)
    with pytest.raises(KeyboardInterrupt):
        landings.work(ticket)
    assert Person.objects.count() == 2
    monkeypatch.setattr(landings, "_land", whole)
    landings.work(ticket)
    assert Person.objects.count() == 3
    assert Event.objects.filter(action="person.create").count() == 3


def test_reading_again_after_a_kill_leaves_each_row_once(submission: Submission, monkeypatch: Any) -> None:
    monkeypatch.setattr(uploads, "CHUNK", 1)
    actions.upload(by="o", submission=submission, file=SimpleUploadedFile("d.csv", sheet(GOOD, OTHER)))
    taken = queue.take()
    assert taken is not None
    _, ticket = taken

    def dies(upload: Upload) -> None:
        raise KeyboardInterrupt

    whole = uploads.replace_earlier
    monkeypatch.setattr(uploads, "replace_earlier", dies)
    with pytest.raises(KeyboardInterrupt):
        uploads.work(ticket)
    assert Row.objects.count() == 2
    assert not Upload.objects.get().read
    monkeypatch.setattr(uploads, "replace_earlier", whole)
    uploads.work(ticket)
    uploads.work(ticket)
    assert Row.objects.count() == 2
    assert Event.objects.filter(action="submission.read").count() == 1


def test_three_steps_are_three_people(submission: Submission) -> None:
    send(submission, sheet(GOOD))
    actions.move(by="siti", submission=submission, name="submit")
    with pytest.raises(SamePersonError):
        actions.move(by="siti", submission=submission, name="endorse")
    actions.move(by="camat", submission=submission, name="endorse")
    for same in ("siti", "camat"):
        with pytest.raises(SamePersonError):
            actions.move(by=same, submission=submission, name="accept")


def test_returned_submission_is_open_again_and_says_why(submission: Submission) -> None:
    send(submission, sheet(GOOD))
    actions.move(by="kades", submission=submission, name="submit")
    with pytest.raises(actions.StateError):
        send(submission, sheet(OTHER))
    with pytest.raises(InputError, match="alasan"):
        actions.move(by="camat", submission=submission, name="return")
    returned = actions.move(by="camat", submission=submission, name="return", reason="NIK belum lengkap")
    assert returned.open_to_village
    assert Event.objects.get(action="submission.return").reason == "NIK belum lengkap"


def test_step_that_somebody_took_first_is_refused(submission: Submission) -> None:
    send(submission, sheet(GOOD))
    actions.move(by="kades", submission=submission, name="submit")
    with pytest.raises(actions.StateError, match="Diajukan"):
        actions.move(by="kades2", submission=submission, name="submit")


def test_submission_without_a_usable_row_is_not_sent(submission: Submission) -> None:
    send(submission, sheet(BAD))
    with pytest.raises(InputError, match="baris"):
        actions.move(by="kades", submission=submission, name="submit")


def test_open_submission_is_found_again(submission: Submission) -> None:
    assert actions.begin(by="x", village_code=VILLAGE, kind="rentan").pk == submission.pk
    assert actions.begin(by="x", village_code=VILLAGE, kind="aparatur").pk != submission.pk


def _client(make_user: Any, sign_in: Any, role: str) -> Client:
    client: Client = sign_in(make_user(role))
    return client


def test_whole_way_through_the_pages(make_user: Any, sign_in: Any) -> None:
    operator = _client(make_user, sign_in, "operator")
    begun = operator.post("/usulan/mulai/", {"kind": "rentan", "village": VILLAGE})
    address = begun.headers["Location"]
    operator.post(f"{address}berkas/", {"files": [SimpleUploadedFile("d.csv", sheet(GOOD, BAD))]})
    assert b"menunggu giliran" in operator.get(address).content
    run_all()
    assert operator.get(f"{address}berkas/kemajuan/").headers["HX-Refresh"] == "true"
    row = Row.objects.get(name="RUSLAN")
    page = operator.get(f"{address}baris/{row.pk}/")
    assert "bukan 16 angka" in page.content.decode()
    form = {**page.context["form"].initial, "nik": nik(9)}
    operator.post(f"{address}baris/{row.pk}/", form)
    kades, camat, dinsos = (_client(make_user, sign_in, role) for role in ("kades", "camat", "dinsos"))
    assert operator.post(f"{address}langkah/", {"step": "submit"}).status_code == 403
    kades.post(f"{address}langkah/", {"step": "submit"})
    camat.post(f"{address}langkah/", {"step": "endorse"})
    dinsos.post(f"{address}langkah/", {"step": "accept"})
    run_all()
    assert Person.objects.filter(name="RUSLAN").exists()
    assert "Diterima dinas" in operator.get(address).content.decode()


def test_other_agency_neither_sees_nor_accepts(make_user: Any, sign_in: Any, submission: Submission) -> None:
    assert _client(make_user, sign_in, "dpmd").get(f"/usulan/{submission.pk}/").status_code == 404


def test_corrected_workbook_marks_the_faulty_cell(
    make_user: Any, sign_in: Any, submission: Submission
) -> None:
    upload = send(submission, sheet(GOOD, BAD))
    client = _client(make_user, sign_in, "operator")
    response = client.get(f"/usulan/{submission.pk}/berkas/{upload.pk}/perbaikan/")
    book = openpyxl.load_workbook(io.BytesIO(response.content))
    assert any(cell.comment for sheet_ in book for row in sheet_.iter_rows() for cell in row)
    assert Event.objects.filter(action="submission.corrected", actor="operator").exists()


def test_board_counts_every_village_once(make_user: Any, sign_in: Any, submission: Submission) -> None:
    page = _client(make_user, sign_in, "camat").get("/papan/").context
    assert {state: many for state, _, _, many in page["totals"] if many} == {"belum_mulai": 1, "draf": 1}
    assert sum(many for *_, many in page["totals"]) == len(page["rows"]) == 2


def test_first_page_says_what_waits_and_opens_it(
    make_user: Any, sign_in: Any, submission: Submission
) -> None:
    send(submission, sheet(GOOD))
    actions.move(by="kades", submission=submission, name="submit")
    camat = _client(make_user, sign_in, "camat")
    (task,) = camat.get("/").context["waiting"]
    assert task.many == 1 == camat.get(task.url).context["total"]


def test_village_head_sees_that_a_returned_list_waits_to_be_submitted_again(
    make_user: Any, sign_in: Any, submission: Submission
) -> None:
    send(submission, sheet(GOOD))
    actions.move(by="kades", submission=submission, name="submit")
    actions.move(by="camat", submission=submission, name="return", reason="nama salah")
    kades = _client(make_user, sign_in, "kades")
    (task,) = kades.get("/").context["waiting"]
    assert task.many == 1 == kades.get(task.url).context["total"]


def test_old_page_says_that_the_submission_has_moved_on(
    make_user: Any, sign_in: Any, submission: Submission
) -> None:
    upload = send(submission, sheet(GOOD))
    operator, kades = (_client(make_user, sign_in, role) for role in ("operator", "kades"))
    address = f"/usulan/{submission.pk}/"
    kades.post(f"{address}langkah/", {"step": "submit"})
    again = kades.post(f"{address}langkah/", {"step": "submit"}, follow=True).content.decode()
    assert "usulan ini sekarang “Diajukan desa”" in again
    form = {"nik": nik(7), "name": "LAIN"}
    for late in (f"{address}baris/{Row.objects.get().pk}/", f"{address}berkas/{upload.pk}/"):
        page = operator.post(late, {**form, "c0-1": "other"}, follow=True)
        assert page.status_code == 200
        assert "sudah diajukan" in page.content.decode(), late
    assert Row.objects.get().name == "SITI AMINAH"
