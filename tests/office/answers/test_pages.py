"""The pages of matching: who may do what, numbers that open their rows, requests that leave, query counts."""

from __future__ import annotations

import io
from typing import Any

import openpyxl
import pytest
from answersworld import ALL, DAY, accepted, answer, no, sheet, yes
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from officeworld import FAR, VILLAGE, listing, nik

from payung.office.access.scope import Area, Scope
from payung.office.answers.actions import answers as actions
from payung.office.answers.actions import texts as remapping
from payung.office.answers.models import Answer, Outcome, Phrase, Result, StaffList
from payung.office.history.models import Event
from payung.office.jobs.models import Job
from payung.office.jobs.worker import run_all
from payung.office.people.actions import facts
from payung.office.people.models import Person
from payung.office.submissions import actions as intake
from payung.office.submissions.models import Submission

pytestmark = pytest.mark.django_db


@pytest.fixture
def client_of(make_user: Any, sign_in: Any) -> Any:
    """Return a client in which somebody with this role is signed in."""
    return lambda role, code="": sign_in(make_user(role, code))


def text_of(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, address
    return response.content.decode()


def send(client: Client, content: bytes, **values: str) -> Any:
    form = {
        "agency": "dukcapil",
        "region": "62.03",
        "answered_on": f"{DAY}",
        "file": SimpleUploadedFile("jawaban.csv", content),
        **values,
    }
    response = client.post("/padan/jawaban/baru/", form)
    run_all()
    return response


def test_dinas_uploads_maps_and_sees_the_result_on_the_persons_page(client_of: Any, make_people: Any) -> None:
    (person,) = make_people(listing(1))
    dinsos = client_of("dinsos")
    response = send(dinsos, sheet(no(1, "Berpulang"), yes(77)))
    page = text_of(dinsos, response.headers["Location"])
    assert "Berpulang" in page
    assert "Teks yang belum dikenal" in page
    task = next(task for task in dinsos.get("/").context["waiting"] if "Teks jawaban" in task.label.id)
    assert task.many == 1 == dinsos.get(task.url).context["total"]
    phrase = Phrase.objects.get(code="")
    assert "ORANG 1" in text_of(dinsos, f"/padan/teks/{phrase.pk}/")
    dinsos.post(f"/padan/teks/{phrase.pk}/", {"code": "meninggal", "reason": ""})
    shown = text_of(dinsos, f"/orang/{person.pk}/")
    assert "Hasil padan" in shown
    assert "Meninggal" in shown
    assert "status hidup: – → meninggal" in shown or "status hidup: meninggal" in shown
    assert dinsos.get("/padan/hasil/?hasil=meninggal").context["total"] == 1
    assert dinsos.get("/padan/hasil/?hasil=padan").context["total"] == 0


def test_text_of_many_rows_shows_how_many_follow(client_of: Any, make_people: Any, monkeypatch: Any) -> None:
    make_people(*[listing(number) for number in range(1, 6)])
    answer(sheet(*[no(number, "Berpulang") for number in range(1, 6)]))
    monkeypatch.setattr(remapping, "CHUNK", 2)
    address = f"/padan/teks/{Phrase.objects.get().pk}/"
    dinsos = client_of("dinsos")
    response = dinsos.post(address, {"code": "meninggal", "reason": ""}, follow=True)
    assert response.redirect_chain == [(address, 302)]
    page = response.content.decode()
    assert "2 hasil ikut berubah, 3 lagi menyusul" in page
    assert f'hx-get="{address}kemajuan/"' in page
    waiting = dinsos.get(f"{address}kemajuan/")
    assert "Menunggu giliran" in waiting.content.decode()
    assert "HX-Refresh" not in waiting.headers
    run_all()
    assert dinsos.get(f"{address}kemajuan/").headers["HX-Refresh"] == "true"
    assert "kemajuan/" not in text_of(dinsos, address)
    assert dinsos.get("/padan/hasil/?hasil=meninggal").context["total"] == 5


def test_changed_meaning_needs_a_reason(client_of: Any, make_people: Any) -> None:
    make_people(listing(1))
    answer(sheet(no(1, "meninggal")))
    phrase = Phrase.objects.get()
    dinsos = client_of("dinsos")
    assert "Tulis alasannya" in dinsos.post(f"/padan/teks/{phrase.pk}/", {"code": "padan"}).content.decode()
    phrase.refresh_from_db()
    assert phrase.code == "meninggal"
    dinsos.post(f"/padan/teks/{phrase.pk}/", {"code": "padan", "reason": "salah catat"})
    phrase.refresh_from_db()
    assert (phrase.code, phrase.origin) == ("padan", "dinsos")


def test_insurers_officer_brings_in_only_the_insurers_answers(client_of: Any, make_people: Any) -> None:
    (person,) = make_people(listing(1))
    answer(sheet(no(1, "entah")))
    bpjs = client_of("bpjs")
    form = bpjs.get("/padan/jawaban/baru/").context["form"]
    assert [code for code, _ in form.fields["agency"].choices] == ["bpjs"]
    assert send(bpjs, sheet(no(1, "meninggal"))).status_code == 200
    assert Answer.objects.count() == 1
    send(bpjs, sheet(no(1, "sudah PU aktif")), agency="bpjs")
    assert Result.objects.get(person=person, agency="bpjs").code == "sudah_pu_aktif"
    assert bpjs.get("/padan/teks/").context["total"] == 1
    elsewhere = f"/padan/teks/{Phrase.objects.get(agency='dukcapil').pk}/"
    assert {bpjs.get(elsewhere).status_code, bpjs.get(f"{elsewhere}kemajuan/").status_code} == {404}
    submission = accepted(48)
    assert (
        bpjs.post(f"/padan/usulan/{submission.pk}/langkah/", {"state": "padan_dukcapil"}).status_code == 404
    )
    assert bpjs.post("/padan/pegawai/baru/").status_code == 403
    assert bpjs.post("/padan/minta/", {"agency": "dukcapil", "reason": "x"}).status_code == 200
    assert not Event.objects.filter(action="match.request").exists()


def test_agency_reaches_only_its_own_people(client_of: Any, make_people: Any) -> None:
    make_people(listing(1, category="kepala_desa"), listing(2))
    dpmd = client_of("dpmd")
    send(dpmd, sheet(no(1, "meninggal"), no(2, "meninggal")))
    assert [result.person.name for result in Result.objects.all()] == ["Orang 1"]
    dinsos = client_of("dinsos")
    assert dinsos.get("/padan/hasil/").context["total"] == 0
    assert dinsos.get("/padan/jawaban/").context["total"] == 0
    assert dinsos.get(f"/padan/jawaban/{Answer.objects.get().pk}/").status_code == 404


def test_village_sees_what_was_said_of_its_own_people_and_nothing_else(
    client_of: Any, make_people: Any
) -> None:
    make_people(listing(1))
    make_people(listing(2), village=FAR)
    found = answer(sheet(yes(1), yes(2), yes(3)))
    operator = client_of("operator")
    assert operator.get("/padan/hasil/").context["total"] == 1
    lines = operator.get(f"/padan/jawaban/{found.pk}/baris/").context
    assert [row.line.name for row in lines["rows"]] == ["ORANG 1"]
    # What was recorded of the sheet counts all its rows: for whoever the whole sheet is for.
    assert not operator.get(f"/padan/jawaban/{found.pk}/").context["events"]
    assert client_of("dinsos").get(f"/padan/jawaban/{found.pk}/").context["events"]
    assert operator.get("/padan/teks/").status_code == 403
    assert operator.get("/padan/jawaban/baru/").status_code == 403


def test_count_only_roles_see_numbers_without_names(client_of: Any, make_people: Any) -> None:
    make_people(listing(1))
    answer(sheet(yes(1)))
    bupati = client_of("bupati")
    page = text_of(bupati, "/padan/")
    assert "Padan" in page
    assert "/padan/hasil/" not in page
    assert bupati.get("/padan/hasil/").status_code == 403


def test_request_holds_whole_niks_as_text_and_is_recorded(client_of: Any, make_user: Any) -> None:
    submission = accepted(11, 48, 85)
    answer(sheet(no(48, "meninggal")))
    dinsos = client_of("dinsos")
    assert (
        dinsos.post("/padan/minta/", {"agency": "dukcapil", "reason": ""})
        .headers["Content-Type"]
        .startswith("text/html")
    )
    form = {"agency": "dukcapil", "submission": submission.pk, "only_unanswered": "on", "reason": "surat 12"}
    response = dinsos.post("/padan/minta/", form)
    page = openpyxl.load_workbook(io.BytesIO(response.content)).worksheets[0]
    rows = [[cell.value for cell in row] for row in page.iter_rows()]
    top = next(place for place, row in enumerate(rows) if "NIK" in row)
    column = rows[top].index("NIK")
    assert sorted(row[column] for row in rows[top + 1 :]) == [nik(11), nik(85)]
    event = Event.objects.get(action="match.request")
    assert (event.actor, event.reason) == ("dinsos", "surat 12")
    assert event.after == {"agency": "dukcapil", "rows": 2, "submission": submission.pk}


def test_filled_request_comes_back_as_an_answer(client_of: Any) -> None:
    accepted(11, 48)
    dinsos = client_of("dinsos")
    response = dinsos.post("/padan/minta/", {"agency": "dukcapil", "reason": "uji"})
    book = openpyxl.load_workbook(io.BytesIO(response.content))
    page = book.worksheets[0]
    top = next(row for row in page.iter_rows() if any(cell.value == "NIK" for cell in row))
    place = {cell.value: cell.column for cell in top}
    for line, (status, text) in enumerate([("Y", None), ("T", "Meninggal")], top[0].row + 1):
        page.cell(line, place["STATUS (Y/T)"], status)
        page.cell(line, place["KETERANGAN STATUS DATA"], text)
    saved = io.BytesIO()
    book.save(saved)
    send(dinsos, saved.getvalue(), file=SimpleUploadedFile("balasan.xlsx", saved.getvalue()))
    assert sorted(Result.objects.values_list("code", flat=True)) == ["meninggal", "padan"]


def test_request_reaches_no_other_agency_and_no_other_region(client_of: Any) -> None:
    submission = accepted(11)
    for role, code in (("dpmd", ""), ("dinsos", "62.10")):
        client = client_of(role, code)
        form = {"agency": "dukcapil", "submission": submission.pk, "reason": "x"}
        response = client.post("/padan/minta/", form)
        assert response.headers["Content-Type"].startswith("text/html")
        assert nik(11) not in response.content.decode()
    assert not Event.objects.filter(action="match.request").exists()


def test_submission_moves_on_from_its_page_and_its_numbers_open_their_rows(client_of: Any) -> None:
    submission = accepted(11, 48)
    dinsos = client_of("dinsos")
    task = next(task for task in dinsos.get("/").context["waiting"] if task.label.id.startswith("Pemadanan"))
    assert task.many == 1 == dinsos.get(task.url).context["total"]
    address = f"/padan/usulan/{submission.pk}/"
    assert "belum dijawab" in text_of(dinsos, address)
    answer(sheet(yes(11), no(48, "meninggal")))
    context = dinsos.get(address).context
    shown = {name.id: (many, url) for name, many, url, _ in context["figures"]}
    for many, url in shown.values():
        assert dinsos.get(url).context["total"] == many
    assert (shown["Ditolak"][0], shown["Lanjut"][0], context["total"]) == (1, 1, 2)
    dinsos.post(f"{address}langkah/", {"state": "padan_dukcapil", "step": "advance"})
    stale = dinsos.post(f"{address}langkah/", {"state": "padan_dukcapil", "step": "advance"}, follow=True)
    assert "dipindahkan orang lain" in stale.content.decode()
    assert "Padan data sosial" in text_of(dinsos, address)
    assert "Sudah diterima" in text_of(dinsos, "/papan/")


def test_double_cover_is_decided_from_its_page(client_of: Any) -> None:
    submission = accepted(11, kind="aparatur", job="Anggota BPD")
    dpmd, bpjs = client_of("dpmd"), client_of("bpjs")
    answer(sheet(yes(11)))
    dpmd.post(f"/padan/usulan/{submission.pk}/langkah/", {"state": "padan_dukcapil", "step": "advance"})
    answer(sheet(no(11, "sudah BPU aktif")), "bpjs")
    address = f"/padan/usulan/{submission.pk}/orang/{submission.rows.get().pk}/"
    assert address in text_of(dpmd, f"/padan/usulan/{submission.pk}/orang/")
    assert address not in text_of(bpjs, f"/padan/usulan/{submission.pk}/orang/")
    assert bpjs.post(address, {"reason": "x"}).status_code == 403
    assert "boleh ikut" in text_of(dpmd, address)
    page = dpmd.post(address, {"reason": "dua pekerjaan"}, follow=True)
    assert page.context["figures"][0][1] == 0
    assert dpmd.get(address).status_code == 302


def test_staff_list_comes_in_from_its_page(client_of: Any, make_people: Any) -> None:
    make_people(listing(1, kk="6203990101100001"))
    dinsos = client_of("dinsos")
    content = b"NIK;NAMA;NO KK\n;PEGAWAI;6203990101100001\n"
    form = {
        "source": "BKPSDM",
        "employer": "asn",
        "version_on": f"{DAY}",
        "region": "62.03",
        "file": SimpleUploadedFile("p.csv", content),
    }
    dinsos.post("/padan/pegawai/baru/", form)
    run_all()
    assert StaffList.objects.get().current
    assert dinsos.get("/padan/hasil/?instansi=pegawai&hasil=kk_ada_asn").context["total"] == 1
    assert "BKPSDM" in text_of(dinsos, "/padan/pegawai/")


def test_welfare_answer_needs_its_release(client_of: Any, make_people: Any) -> None:
    make_people(listing(1))
    response = send(client_of("dinsos"), sheet(yes(1)), agency="dtsen")
    assert "versi DTSEN" in response.content.decode()
    assert not Answer.objects.exists()


# address → queries of a page with a few rows; as many with ten times as many (see below)
QUERIES = {
    "/padan/": 7,
    "/padan/hasil/": 6,
    "/padan/usulan/": 6,
    "/padan/usulan/{submission}/": 14,  # the policy in force, names of accounts
    "/padan/usulan/{submission}/orang/": 15,  # the policy in force, its village
    "/padan/jawaban/": 6,  # names of accounts
    "/padan/jawaban/{answer}/": 8,  # its letters, names of accounts
    "/padan/jawaban/{answer}/baris/": 7,
    "/padan/teks/": 5,
    "/padan/teks/{text}/": 8,
    "/padan/teks/{text}/kemajuan/": 5,
    "/padan/pegawai/": 5,
    "/padan/minta/": 4,
    "/padan/jawaban/baru/": 4,
}


def test_pages_take_as_many_queries_for_many_rows_as_for_few(client_of: Any) -> None:
    dinsos = client_of("dinsos")
    few = _counted(dinsos, [1], "62.03.01.2001")
    many = _counted(dinsos, [300 + 37 * n % 211 for n in range(30)], "62.03.01.2002")
    assert many == few == QUERIES


def _counted(client: Client, numbers: list[int], village: str) -> dict[str, int]:
    submission = accepted(*numbers, village=village)
    found = answer(
        sheet(*[no(number, f"entah {chr(97 + place)}") for place, number in enumerate(numbers)]),
        reach=Scope((Area("62.03", frozenset({"rentan"})),)),
    )
    keys = {"submission": submission.pk, "answer": found.pk, "text": Phrase.objects.latest("pk").pk}
    counted = {}
    for address in QUERIES:
        client.get(address.format(**keys))
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address.format(**keys)).status_code == 200, address
        counted[address] = len(queries)
    return counted


def test_answer_and_staff_list_whose_reading_was_given_up_are_read_when_they_are_sent_again(
    make_people: Any,
) -> None:
    make_people(listing(1))

    def send() -> tuple[Any, Any]:
        said = actions.upload(
            by="dinsos",
            agency="dukcapil",
            region_code="62.03",
            reach=ALL,
            file=SimpleUploadedFile("jawaban.csv", sheet(yes(1))),
            answered_on=DAY,
        )
        staff = actions.upload_staff(
            by="dinsos",
            source="BKPSDM",
            employer="asn",
            version_on=DAY,
            region_code="62.03",
            file=SimpleUploadedFile("asn.csv", f"NIK;NAMA\n{nik(2)};PEGAWAI\n".encode()),
        )
        return said, staff

    first = send()
    Job.objects.update(state=Job.State.FAILED)
    again = send()
    run_all()
    for before, after in zip(first, again, strict=True):
        after.refresh_from_db()
        assert (after.pk, after.read) == (before.pk, True)


def test_two_submissions_of_one_village_and_kind_can_be_told_apart(client_of: Any) -> None:
    first, second = accepted(11), accepted(48, 85)
    page = client_of("dinsos").get("/padan/minta/").content.decode()
    for one, people in ((first, "1 orang"), (second, "2 orang")):
        assert f"no. {one.pk} · daftar.csv · {people}, sejak " in page


def test_people_of_a_list_that_is_not_accepted_yet_are_none_whatever_the_filter(
    make_user: Any, sign_in: Any
) -> None:
    submission = intake.begin(by="operator", village_code=VILLAGE, kind="rentan")
    client = sign_in(make_user("operator"))
    for asked in ("", "?akhir=menunggu", "?syarat=periksa"):
        answer = client.get(f"/padan/usulan/{submission.pk}/orang/{asked}")
        assert (answer.status_code, answer.context["total"]) == (200, 0), asked


def test_next_step_says_first_who_is_refused_and_who_can_still_be_decided(
    client_of: Any, django_assert_max_num_queries: Any
) -> None:
    submission = accepted(1, 2, 3)
    answer(sheet(yes(1), no(2, "Tidak ditemukan"), yes(3)), "dukcapil")
    dinsos = client_of("dinsos")
    text_of(dinsos, f"/padan/usulan/{submission.pk}/")  # the session knows the second factor from here on
    with django_assert_max_num_queries(15):  # one more than where nobody is refused
        page = text_of(dinsos, f"/padan/usulan/{submission.pk}/")
    step = page[page.index("Langkah berikut") :]
    assert "1 orang ditolak" in step
    assert "NIK tidak ditemukan (1)" in step
    assert "ORANG 2" in step[: step.index("</form>")]
    assert "ORANG 1" not in step[: step.index("</form>")]
    assert f"/padan/usulan/{submission.pk}/orang/?akhir=ditolak" in step


def test_village_is_told_whom_it_can_mend_after_the_end(client_of: Any) -> None:
    submission = accepted(1, 2, 3)
    answer(sheet(yes(1), no(2, "Tidak ditemukan"), no(3, "Meninggal")), "dukcapil")
    operator = client_of("operator")
    assert "Ditolak: betulkan" not in text_of(operator, "/")  # it has not ended yet
    Submission.objects.filter(pk=submission.pk).update(state="selesai")
    people = dict(submission.rows.values_list("name", "person_id"))
    for row in submission.rows.all():
        end, code = ("lolos", "") if row.name == "ORANG 1" else ("ditolak", "nik_tidak_ditemukan")
        Outcome.objects.create(row=row, submission=submission, person_id=row.person_id, end=end, code=code)
    (task,) = [one for one in operator.get("/").context["waiting"] if "betulkan" in one.url]
    assert task.many == 1
    listed = text_of(operator, task.url)
    assert "ORANG 2" in listed
    assert "ORANG 3" not in listed  # the dead are not mended
    facts.correct_nik(by="operator", person=Person.objects.get(pk=people["ORANG 2"]), nik=nik(9), reason="x")
    assert "Ditolak: betulkan" not in text_of(operator, "/")
