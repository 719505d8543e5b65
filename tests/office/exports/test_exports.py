"""Lists that are too long to wait for are prepared in the background, for one person, and go again."""

from __future__ import annotations

import datetime as dt
import io
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from officeworld import NEIGHBOUR, listing

from payung.errors import InputError
from payung.office.accounts.models import Grant, User
from payung.office.desk import lists
from payung.office.exports import actions, work
from payung.office.exports.models import Export
from payung.office.history.models import Event
from payung.office.jobs import queue, retention, worker
from payung.office.jobs.models import Job
from payung.office.service import leftovers
from payung.office.vault.files import is_sealed

pytestmark = pytest.mark.django_db
FORM = {"alasan": "rapat", "bentuk": "csv"}


@pytest.fixture(autouse=True)
def _few_is_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lists, "DIRECT", 5)
    monkeypatch.setattr(work, "STEP", 3)


@pytest.fixture
def people(make_people: Any) -> None:
    make_people(
        *[listing(n, name=f"Orang {n:03d}", category="bpd" if n % 2 else "rentan") for n in range(1, 9)]
    )
    make_people(listing(900, name="=HYPERLINK(1)"), village=NEIGHBOUR)


@pytest.fixture
def inspector(people: None, make_user: Any, sign_in: Any) -> Client:
    return sign_in(make_user("inspektorat"))  # type: ignore[no-any-return]


def _content(client: Client, export: Export) -> bytes:
    response = client.post("/unduhan/ambil/", {"export": export.pk})
    assert response.status_code == 200, response.headers
    return b"".join(response.streaming_content)  # type: ignore[attr-defined]


def test_short_list_is_taken_out_at_once(inspector: Client) -> None:
    response = inspector.post(f"/orang/?wilayah={NEIGHBOUR}", FORM)
    assert response["Content-Disposition"].startswith("attachment")
    assert not Export.objects.exists()


def test_long_list_is_prepared_fetched_and_recorded(inspector: Client, settings: Any) -> None:
    response = inspector.post("/orang/?cari=orang&urut=-nama", FORM)
    assert (response.status_code, response["Location"]) == (302, "/unduhan/")
    assert not Event.objects.filter(action="list.export").exists()  # nothing left the office yet
    page = inspector.get("/unduhan/").content.decode()
    assert "menunggu giliran" in page
    assert 'hx-trigger="every 2s"' in page
    assert worker.run_all() == 1
    export = Export.objects.get()
    assert (export.lines, export.kind, export.reason) == (8, "csv", "rapat")
    page = inspector.get("/unduhan/").content.decode()
    assert "Ambil" in page
    assert "hx-get" not in page
    kept = Path(settings.MEDIA_ROOT) / export.path
    assert is_sealed(kept.read_bytes())
    assert (kept.stat().st_mode | kept.parent.stat().st_mode) & 0o077 == 0
    lines = _content(inspector, export).decode("utf-8-sig").splitlines()
    assert [line.split(";")[0] for line in lines[1:3]] == ['"Orang 008"', '"Orang 007"']
    assert len(lines) == 9
    event = Event.objects.get(action="list.export")
    assert (event.actor, event.reason, event.subject) == ("inspektorat", "rapat", "list:orang")
    assert event.after == {"rows": 8, "filter": "cari=orang&urut=-nama", "format": "csv"}
    assert f"-r{event.number}-" in export.name  # the name proves the history up to there
    fetched = Event.objects.get(action="export.fetch")
    assert (fetched.actor, fetched.subject) == ("inspektorat", f"export:{export.pk}")
    assert "Berkas unduhan diambil" in inspector.get("/riwayat/").content.decode()


def test_long_workbook_has_the_same_cells_as_a_short_one(
    inspector: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    inspector.post("/orang/", {**FORM, "bentuk": "xlsx"})
    worker.run_all()
    monkeypatch.setattr(lists, "DIRECT", 5000)
    short = inspector.post("/orang/", {**FORM, "bentuk": "xlsx"}).content
    cells = []
    for content in (short, _content(inspector, Export.objects.get())):
        sheet = openpyxl.load_workbook(io.BytesIO(content)).active
        assert sheet is not None
        cells.append([[(cell.value, cell.data_type) for cell in row] for row in sheet.iter_rows()])
    assert cells[0] == cells[1]
    assert len(cells[0]) == 10
    assert not [kind for row in cells[1] for _, kind in row if kind == "f"]


def test_it_holds_what_the_person_reaches_and_no_whole_number(
    people: None, make_user: Any, sign_in: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lists, "DIRECT", 3)
    client = sign_in(make_user("dpmd"))  # officials only
    client.post("/orang/", FORM)
    worker.run_all()
    text = _content(client, Export.objects.get()).decode("utf-8-sig")
    assert text.count("Orang") == 4
    assert listing(1)["nik"] not in text


def test_nobody_else_sees_or_fetches_it(inspector: Client, make_user: Any, sign_in: Any) -> None:
    inspector.post("/orang/", FORM)
    worker.run_all()
    export = Export.objects.get()
    other = sign_in(make_user("inspektorat", username="lain"))
    assert other.get("/unduhan/").context["total"] == 0
    answer = other.post("/unduhan/ambil/", {"export": export.pk})
    assert (answer.status_code, answer["Location"]) == (302, "/unduhan/")
    for odd in ("", "x", "9" * 30, "١"):
        assert inspector.post("/unduhan/ambil/", {"export": odd}).status_code == 302
    assert inspector.get("/unduhan/ambil/").status_code == 302
    assert not Event.objects.filter(action="export.fetch").exists()


def test_whoever_reaches_something_else_by_now_gets_nothing(inspector: Client) -> None:
    inspector.post("/orang/", FORM)
    worker.run_all()
    inspector.post("/orang/?urut=-nama", FORM)
    Grant.objects.update(categories=["bpd"])
    answer = inspector.post(
        "/unduhan/ambil/", {"export": Export.objects.get(made__isnull=False).pk}, follow=True
    )
    assert "Wewenang Anda sudah berubah" in answer.content.decode()
    worker.run_all()  # the other one is not even made
    assert Export.objects.filter(made__isnull=False).count() == 1
    assert "Wewenang orang yang meminta" in Job.objects.order_by("-pk")[0].fault_id
    assert "gagal" in inspector.get("/unduhan/").content.decode()
    Grant.objects.update(ends=dt.date(2020, 1, 2))
    with pytest.raises(InputError):
        actions.fetch(by=User.objects.get(username="inspektorat"), key=Export.objects.order_by("pk")[0].pk)


def test_same_list_twice_is_one_and_few_are_prepared_at_once(inspector: Client) -> None:
    for _ in range(2):
        inspector.post("/orang/", FORM)
    assert Export.objects.count() == 1
    for sort in ("nama", "-nama"):
        inspector.post(f"/orang/?urut={sort}", FORM)
    answer = inspector.post("/orang/?cari=orang", FORM, follow=True)
    assert "masih disiapkan" in answer.content.decode()
    assert Export.objects.count() == 3
    assert worker.run_all() == 3
    inspector.post("/orang/?cari=orang", FORM)
    assert Export.objects.count() == 4


def test_searched_number_is_kept_sealed_and_works(inspector: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lists, "DIRECT", 0)
    inspector.post(f"/orang/?cari={listing(3)['nik']}", FORM)
    export = Export.objects.get()
    assert listing(3)["nik"] not in export.query
    worker.run_all()
    export.refresh_from_db()
    assert export.lines == 1
    assert listing(3)["nik"] not in str(Event.objects.get(action="list.export").after)


def test_killed_and_started_again_it_is_one_file_and_one_event(
    inspector: Client, monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    inspector.post("/orang/", FORM)
    real, seen = work._finish, []

    def dies(*args: Any) -> None:
        seen.append(1)
        if len(seen) == 1:
            raise KeyboardInterrupt
        real(*args)

    monkeypatch.setattr(work, "_finish", dies)
    with pytest.raises(KeyboardInterrupt):
        worker.run_one()
    assert not [path for path in Path(settings.MEDIA_ROOT).rglob("daftar.*") if path.is_file()]
    Job.objects.update(heartbeat=timezone.now() - 2 * queue.STALE)
    assert worker.run_all() == 1
    assert Event.objects.filter(action="list.export").count() == 1
    assert len([path for path in Path(settings.MEDIA_ROOT).rglob("daftar.*") if path.is_file()]) == 1


def test_files_are_removed_after_their_days(inspector: Client, settings: Any) -> None:
    inspector.post("/orang/", FORM)
    worker.run_all()
    export = Export.objects.get()
    kept = Path(settings.MEDIA_ROOT) / export.path
    assert export.path in set(leftovers.referred())
    now = timezone.now()
    assert actions.clear(now + dt.timedelta(days=6, hours=23)) == 0
    assert kept.is_file()
    assert retention._rules["exports"] is actions.clear
    assert actions.clear(now + dt.timedelta(days=7, hours=1)) == 1
    assert not kept.parent.exists()
    assert inspector.get("/unduhan/").context["total"] == 0
    assert inspector.post("/unduhan/ambil/", {"export": export.pk}).status_code == 302


def test_queries_are_the_same_for_few_and_many_rows(
    people: None, make_user: Any, sign_in: Any, make_people: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(work, "STEP", 1000)
    client = sign_in(make_user("inspektorat"))
    client.get("/unduhan/")
    counts = []
    for turn in range(2):
        asked: list[int] = []
        for do in (
            lambda: client.post("/orang/", FORM),
            lambda: client.get("/unduhan/"),
            worker.run_one,
            lambda: client.get("/unduhan/"),
            lambda: _content(client, Export.objects.order_by("-pk")[0]),
        ):
            with CaptureQueriesContext(connection) as found:
                do()  # type: ignore[no-untyped-call]
            asked.append(len(found))
        counts.append(asked)
        if turn == 0:
            make_people(*[listing(n, name=f"Orang {n:03d}") for n in range(100, 200)])
    assert counts[0] == counts[1] == FROZEN


# Asking, the page while it waits, the work, the page when it is ready, fetching. A change here is a decision.
FROZEN = [14, 5, 22, 5, 11]


def test_database_keeps_no_ready_export_without_a_file(inspector: Client) -> None:
    inspector.post("/orang/", FORM)
    for change in ({"made": timezone.now()}, {"path": "x"}, {"fetched": timezone.now()}):
        with pytest.raises(DatabaseError), transaction.atomic():
            Export.objects.update(**change)


def test_button_sends_a_form_that_the_office_takes(inspector: Client) -> None:
    inspector.post("/orang/", FORM)
    worker.run_all()
    client = Client(enforce_csrf_checks=True)
    client.cookies = inspector.cookies
    page = client.get("/unduhan/").content.decode()
    assert 'form="fetch" name="export"' in page
    token = page.split('id="fetch"', 1)[1].split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]
    export = Export.objects.get()
    assert (
        client.post("/unduhan/ambil/", {"export": export.pk})["Location"] == "/"
    )  # without its mark: refused
    assert (
        client.post("/unduhan/ambil/", {"export": export.pk, "csrfmiddlewaretoken": token}).status_code == 200
    )
