"""The pages of the exchange: from the signed decree to the imported answer, and the rejects in the village."""

from __future__ import annotations

import datetime as dt
import io
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from officeworld import FAR, NEIGHBOUR, VILLAGE, nik
from programmeworld import candidates, line_of, people, pks, signed

from payung.codes import Category, Segment
from payung.office.access.scope import Area, Scope
from payung.office.exchange import actions, queries
from payung.office.exchange.face import FACE
from payung.office.exchange.models import AnswerRow, Batch
from payung.office.exchange.states import BatchState, LineState
from payung.office.history.models import Event
from payung.office.jobs.models import Job
from payung.office.jobs.worker import run_all
from payung.office.programme import actions as programme

pytestmark = pytest.mark.django_db
EVERYWHERE = Scope((Area(""),))
HEAD = "Status (Y/T);Keterangan Status Data;NIK;Nama Lengkap"


def test_from_the_signed_decree_to_the_imported_answer(make_user: Any, sign_in: Any) -> None:
    client = sign_in(make_user("dinsos"))
    village = sign_in(make_user("operator", VILLAGE))
    pks()
    decree = signed(line_of(10**8), people(1, 3))
    assert "1/SK" in client.get(reverse("batch_list")).content.decode()
    page = reverse("decree_show", args=[decree.pk])
    assert "Buat kiriman" in client.get(page).content.decode()
    assert "Buat kiriman" not in sign_in(make_user("inspektorat")).get(page).content.decode()
    made = client.post(reverse("decree_enrol", args=[decree.pk]))
    batch = Batch.objects.get()
    assert made.headers["Location"] == reverse("batch_show", args=[batch.pk])
    shown = client.get(page).content.decode()
    assert "Buat kiriman" not in shown
    assert reverse("batch_show", args=[batch.pk]) in shown
    file = client.get(reverse("batch_file", args=[batch.pk]))
    assert file.headers["Content-Disposition"] == 'attachment; filename="usulan_bpu.xlsx"'
    sheet = openpyxl.load_workbook(io.BytesIO(file.content)).active
    assert sheet is not None
    assert sheet["B2"].value == nik(1)
    assert Event.objects.filter(action="batch.download", actor="dinsos").exists()
    client.post(reverse("batch_send", args=[batch.pk]), {"on": "2026-12-21"})
    rows = [f"Y;;{nik(1)};Orang 1", f"T;Meninggal;{nik(2)};Orang 2", f"Y;;{nik(77)};Entah"]
    sent = {"file": SimpleUploadedFile("jawaban.csv", "\n".join([HEAD, *rows]).encode())}
    assert client.post(reverse("batch_answer", args=[batch.pk]), sent).status_code == 302
    shown = client.get(reverse("batch_show", args=[batch.pk])).content.decode()
    assert "1 diterima, 1 ditolak, 1 baris menunggu" in shown
    assert "Kirim ulang yang ditolak" in shown
    batch.refresh_from_db()
    assert batch.state == BatchState.SENT

    assert "Orang yang ditolak BPJS" in village.get("/").content.decode()
    rejected = village.get(reverse("rejected_list"))
    assert rejected.context["total"] == 1
    assert "Meninggal" in rejected.content.decode()
    assert village.post(reverse("batch_answer", args=[batch.pk]), sent).status_code == 403

    row = AnswerRow.objects.get(line__isnull=True)
    assert client.get(reverse("answer_queue")).context["total"] == 1
    page = reverse("answer_row", args=[row.pk])
    assert client.post(page, {"line": "0"}).status_code == 200  # nobody, and no note
    assert client.post(page, {"line": "0", "note": "bukan kiriman kita"}).status_code == 302
    assert client.get(reverse("answer_queue")).context["total"] == 0
    again = client.post(reverse("batch_send", args=[batch.pk]), {"reason": "dibetulkan"})
    assert again.status_code == 302
    assert Batch.objects.count() == 2
    assert village.get(reverse("rejected_list")).context["total"] == 0
    assert batch.lines.get(name="Orang 2").state == LineState.RESENT


def test_a_village_does_not_see_batches_of_others(make_user: Any, sign_in: Any) -> None:
    client = sign_in(make_user("operator", VILLAGE))
    pks()
    (batch,) = actions.enrol(by="t", decree=signed(line_of(10**8), people(1, 1, FAR)))
    assert client.get(reverse("batch_list")).context["total"] == 0
    for name in ("batch_show", "batch_lines"):
        assert client.get(reverse(name, args=[batch.pk])).status_code == 404


def test_a_layout_is_edited_with_its_faults_at_the_field(make_user: Any, sign_in: Any) -> None:
    client = sign_in(make_user("dinsos"))
    page = reverse("template_edit") + "?jenis=data_tk_baru"
    assert "NOMOR_IDENTITAS | nik !" in client.get(page).content.decode()
    wrong = client.post(page, {"columns": "NIK | apa"})
    assert "Baris 1" in wrong.content.decode()
    assert client.post(page, {"columns": "NIK | nik !"}).status_code == 302


@pytest.mark.parametrize("name", ["batch_list", "batch_show", "batch_lines", "rejected_list"])
def test_pages_take_as_many_queries_for_many_as_for_few(make_user: Any, sign_in: Any, name: str) -> None:
    client = sign_in(make_user("dinsos"))
    pks()
    keys, counted = [], []
    for many in (1, 5):
        for number in range(many):
            at = 10 * many + number
            decree = signed(line_of(10**8, name=f"l{at}"), people(100 * at, many), f"{at}/SK")
            keys += [batch.pk for batch in actions.enrol(by="t", decree=decree)]
        address = reverse(name) if name in {"batch_list", "rejected_list"} else reverse(name, args=[keys[-1]])
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        counted.append(len(queries))
    assert counted[0] == counted[1]


def test_the_sample_makes_one_of_each(regions: None) -> None:
    (person,) = people(1, 1)
    assert FACE.sample
    assert set(FACE.sample({"person": person, "village": VILLAGE, "by": "t"})) == {"batch_", "answer_row"}


def test_many_people_are_sent_in_the_background_and_the_page_says_how_far(
    make_user: Any, sign_in: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(actions, "MANY", 2)
    client = sign_in(make_user("dinsos"))
    pks()
    decree = signed(line_of(10**8), people(1, 3))
    for _ in range(2):  # asked twice, done once
        made = client.post(reverse("decree_enrol", args=[decree.pk]))
        assert made.headers["Location"] == reverse("batch_list")
    assert not Batch.objects.exists()
    assert "menunggu giliran" in client.get(reverse("batch_list")).content.decode()
    job = Job.objects.get()
    Job.objects.filter(pk=job.pk).update(state="running", done=1, total=3)
    assert "1 dari 3 orang" in client.get(reverse("batch_list")).content.decode()
    Job.objects.filter(pk=job.pk).update(state="queued", done=0, total=0)
    run_all()
    job.refresh_from_db()
    assert (job.state, job.done, job.total) == ("done", 3, 3)
    assert Batch.objects.get().people == 3
    assert queries.being_made(EVERYWHERE) == []
    assert Event.objects.get(action="batch.make").actor == "dinsos"


def test_who_stopped_halfway_goes_on_with_the_next_batch(regions: None) -> None:
    """A worker that dies after the first batch: the next one makes the others, none twice."""
    pks()
    official = {"segment": Segment.PU, "category": Category.KETUA_RT, "income": 2_000_000}
    found = [*people(1, 2), *people(3, 2, NEIGHBOUR)]
    decree = programme.begin(by="t", line=line_of(10**8), from_month="2027-01", until_month="2027-12")
    programme.put_in(by="t", decree=decree, candidates=candidates(found, **official))
    decree = programme.freeze(by="t", decree=decree)
    decree = programme.sign(by="t", decree=decree, number="1/SK", signed_on=dt.date(2026, 12, 20))

    def killed(done: int, total: int) -> None:
        assert (done, total) == (2, 4)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        actions.enrol(by="t", decree=decree, report=killed)
    assert Batch.objects.count() == 1
    heard: list[tuple[int, int]] = []
    made = actions.enrol(by="t", decree=decree, report=lambda *so_far: heard.append(so_far))
    assert heard == [(2, 4), (4, 4)]
    assert [batch.people for batch in made] == [2, 2]
    assert actions.enrol(by="t", decree=decree) == made
    assert Event.objects.filter(action="batch.make").count() == 2
