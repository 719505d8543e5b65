"""The first page of every role: what waits, what is late, the numbers; each opens exactly its rows."""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.db.models import Q
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from monthsworld import pay, take_back
from officeworld import FAR, NEIGHBOUR, VILLAGE, listing, nik
from programmeworld import line_of, people, pks, signed

from payung.office.access.facts import AskedOnce, once
from payung.office.access.roles import ROLES
from payung.office.cards import actions as cards
from payung.office.face import Figure, Rows, Task
from payung.office.face.counts import counted
from payung.office.jobs.worker import run_all
from payung.office.people import actions as register
from payung.office.people.models import Person
from payung.office.posts import actions as posting
from payung.office.submissions import actions as intake
from payung.office.submissions.models import Submission
from payung.text import Text

pytestmark = pytest.mark.django_db
LONG_AGO = dt.timedelta(days=60)


@pytest.fixture
def busy_district(make_people: Any) -> None:
    """Something of everything that a first page counts, in three villages of two sub-districts."""
    today = timezone.localdate()
    for number, village in enumerate((VILLAGE, NEIGHBOUR, FAR)):
        _officials(make_people, 100 * number, village, today)
        _workers(make_people, 100 * number, village, today)
    _lists()


def _officials(make_people: Any, first: int, village: str, today: dt.date) -> None:
    held, gone = make_people(*[listing(first + n, category="bpd", sex="L") for n in (1, 2)], village=village)
    for person, ends in ((held, None), (gone, today - LONG_AGO)):
        post = posting.open_post(by="t", region_code=village, category="bpd", label="Anggota BPD")
        posting.appoint(by="t", post=post, person=person, starts=dt.date(2020, 1, 1), ends=ends)
    posting.open_post(by="t", region_code=village, category="bpd", label="Anggota BPD")


def _workers(make_people: Any, first: int, village: str, today: dt.date) -> None:
    people = make_people(*[listing(first + n) for n in range(10, 15)], village=village)
    members = [(person, f"26{person.pk:09d}") for person in people[:3]]
    register.enrol(by="bpjs", people=members, segment="bpu", source="apbd", from_month="2020-01")
    cards.receive(by="bpjs", cards=members[:1], kind="kertas", on=today - LONG_AGO)
    cards.receive(by="bpjs", cards=members[1:2], kind="kertas", on=today)


def _lists() -> None:
    """A list in every state, some of them for a long time."""
    heading = "NIK;NAMA;TANGGAL LAHIR;PEKERJAAN"
    rows = f"{nik(900)};SITI;05-03-1989;Petani\n123;RUSLAN;05-03-1989;Petani"
    ends = {
        (VILLAGE, "rentan"): (),
        (VILLAGE, "aparatur"): ("submit",),
        (NEIGHBOUR, "rentan"): ("submit", "return"),
        (NEIGHBOUR, "aparatur"): ("submit", "endorse"),
        (FAR, "rentan"): ("submit", "endorse"),
        (FAR, "aparatur"): ("submit", "endorse", "accept"),
    }
    for (village, kind), steps in ends.items():
        submission = intake.begin(by="operator", village_code=village, kind=kind)
        file = SimpleUploadedFile("d.csv", f"{heading}\n{rows}".encode())
        intake.upload(by="operator", submission=submission, file=file)
        run_all()
        for step, who in zip(steps, ("kades", "camat", "dinas"), strict=False):
            intake.move(by=who, submission=submission, name=step, reason="NIK" if step == "return" else "")
    run_all()
    before = timezone.now() - LONG_AGO
    Submission.objects.filter(Q(kind="rentan") | Q(village_code=NEIGHBOUR)).update(
        since=before, touched=before
    )


def _rows_of(client: Client, address: str) -> int:
    response = client.get(address)
    assert response.status_code == 200, address
    return int(response.context["total"])


@pytest.mark.usefixtures("busy_district")
@pytest.mark.parametrize("role", ROLES.values(), ids=lambda role: role.code)
def test_every_number_equals_the_rows_of_the_list_it_opens(role: Any, make_user: Any, sign_in: Any) -> None:
    client = sign_in(make_user(role.code))
    page = client.get("/")
    if role.code in READ_NUMBERS:  # each figure of the summary is opened and counted in tests/office/insight
        assert (page.status_code, page["Location"]) == (302, READ_NUMBERS[role.code])
        return
    home = page.context
    for task in home["waiting"]:
        assert _rows_of(client, task.url) == task.many > 0, task
        if task.late_url and task.late:
            assert _rows_of(client, task.late_url) == task.late, task
    for line in home["late"]:
        assert _rows_of(client, line.url) == line.value > 0, line
    for line in home["figures"]:
        if line.url:
            assert _rows_of(client, line.url) == line.value, line
    labels = {line.label.id for line in (*home["waiting"], *home["late"], *home["figures"])}
    assert len(labels) >= EXPECTED[role.code], sorted(labels)


# How many different lines the district above has for each role at least: none may vanish unnoticed.
# The page that answers whoever reads numbers only, where nothing waits.
READ_NUMBERS = {"bupati": "/ringkasan/", "donatur": "/donatur/saya/"}
EXPECTED = {
    "admin": 1,
    "dpmd": 11,
    "dinsos": 10,
    "disnaker": 6,
    "bkad": 3,
    "camat": 13,
    "kades": 9,
    "operator": 10,
    "ketua_rt": 0,
    "bpjs": 11,
    "perisai": 0,
    "inspektorat": 11,
}


@pytest.mark.usefixtures("busy_district")
def test_late_things_of_a_sub_district(make_user: Any, sign_in: Any) -> None:
    home = sign_in(make_user("camat")).get("/").context
    late = {line.url: line.value for line in home["late"]}
    assert late == {"/papan/?lama=lewat": 2, "/jabatan/daftar/?keadaan=ended": 2, "/kartu/?lama=lewat": 2}
    waiting = {task.url: (task.many, task.late) for task in home["waiting"]}
    assert waiting["/usulan/?keadaan=diajukan_desa"] == (1, 0)
    assert waiting["/kartu/"] == (4, 2)


@pytest.mark.usefixtures("busy_district")
def test_numbers_of_a_village(make_user: Any, sign_in: Any) -> None:
    home = sign_in(make_user("operator")).get("/").context
    values = {line.label.id: line.value for line in home["figures"]}
    assert values == {
        "Usulan dengan baris yang perlu diperbaiki": 1,
        "Orang dalam register": 7,
        "Terlindungi": 3,
        "Belum terlindungi": 4,
        "Pejabat belum terlindungi": 1,
        "Jabatan lowong atau berakhir": 2,
    }


def test_whoever_sees_numbers_only_gets_no_names(busy_district: None, make_user: Any, sign_in: Any) -> None:
    client = sign_in(make_user("bupati"))
    listed = client.get("/jabatan/daftar/")
    assert listed.context["total"] == 10
    body = listed.content.decode().split("<tbody>")[1]
    assert "Orang " not in body
    assert "SITI" not in body


def test_first_page_takes_the_same_queries_for_any_number_of_rows(
    make_user: Any, sign_in: Any, make_people: Any
) -> None:
    client = sign_in(make_user("camat"))
    client.get("/")

    def queries() -> int:
        with CaptureQueriesContext(connection) as found:
            assert client.get("/").status_code == 200
        return len(found)

    few = queries()
    for number, village in enumerate((VILLAGE, NEIGHBOUR)):
        _officials(make_people, 100 * number, village, timezone.localdate())
        _workers(make_people, 100 * number, village, timezone.localdate())
    assert queries() == few


def test_village_that_has_not_begun_is_shown_where_to_begin(make_user: Any, sign_in: Any) -> None:
    page = sign_in(make_user("operator")).get("/")
    assert [one.url for one in page.context["begins"]] == ["/usulan/mulai/"]
    assert b"Tidak ada yang menunggu" not in page.content


def test_who_has_nothing_to_do_is_told_so(make_user: Any, sign_in: Any) -> None:
    page = sign_in(make_user("kades")).get("/")
    assert page.context["next"] is None
    assert b"Tidak ada yang menunggu Anda" in page.content


def test_menu_has_parts_and_opens_the_one_of_the_page(make_user: Any, sign_in: Any) -> None:
    client = sign_in(make_user("dpmd"))
    menu = client.get("/orang/").context["menu"]
    assert menu[0].label is None
    assert [entry.url for entry in menu[0].entries] == ["/", "/ringkasan/", "/laporan/"]
    assert [part.label.en for part in menu if part.label] == [
        "People & villages",
        "Families",
        "Checking",
        "Money & decrees",
        "Contributions",
        "Office",
    ]
    assert [part.label.en for part in menu if part.label and part.open] == ["People & villages"]
    assert [entry.url for part in menu for entry in part.entries if entry.current] == ["/orang/"]
    short = sign_in(make_user("ketua_rt")).get("/saya/").context["menu"]
    assert all(part.open for part in short)


def test_nought_has_no_colour() -> None:
    from payung.office.desk.templatetags.desk import figure

    assert [figure("x", value, tone="bad")["tone"] for value in (0, "Rp0", "0,0 %", 1, "Rp10")] == [
        "",
        "",
        "",
        "bad",
        "bad",
    ]


@pytest.mark.usefixtures("busy_district")
def test_late_things_come_first(make_user: Any, sign_in: Any) -> None:
    context = sign_in(make_user("camat")).get("/").context
    assert context["next"].late > 0
    assert context["next"] not in context["others"]
    assert len(context["others"]) == len(context["waiting"]) - 1


@pytest.mark.usefixtures("busy_district")
def test_ways_tell_whose_turn_it_is(make_user: Any, sign_in: Any) -> None:
    ways = sign_in(make_user("operator")).get("/").context["ways"]
    assert {(line["way"].title.id, line["whose"].id, line["at"]) for line in ways} == {
        ("Pekerja rentan", "giliran desa", 1),
        ("Aparatur dan lembaga desa", "giliran camat", 2),
    }
    stuck = {line["way"].title.id: line["way"].stuck for line in ways}
    assert stuck == {"Pekerja rentan": True, "Aparatur dan lembaga desa": False}
    assert sign_in(make_user("camat")).get("/").context["ways"] == []


def test_way_goes_on_to_decree_enrolment_and_payment(make_user: Any, sign_in: Any) -> None:
    found = people(1, 2)
    submission = Submission.objects.create(village_code=VILLAGE, kind="rentan", state="selesai")
    upload = submission.uploads.create(name="a.csv", path="a", size=1, sha256="0", by="t")
    for number, person in enumerate(found):
        submission.rows.create(
            upload=upload, record=str(number), sheet="a", row=number, person=person, verdict="noted"
        )
    client = sign_in(make_user("operator"))

    def shown() -> tuple[str, list[tuple[str, str]]]:
        (line,) = client.get("/").context["ways"]
        return line["whose"].id, [(step.state, step.part.id) for step in line["steps"][-3:]]

    assert shown() == ("giliran dinas: SK", [("now", "0 dari 2"), ("", "0 dari 2"), ("", "0 dari 2")])
    pks()
    signed(line_of(10_000_000), found)
    assert shown() == (
        "giliran dinas dan BPJS: pendaftaran",
        [("done", "2 dari 2"), ("now", "0 dari 2"), ("", "0 dari 2")],
    )
    today = timezone.localdate()
    pay([person.pk for person in found], [f"{today:%Y-%m}"], str(today))
    assert shown()[1][2] == ("done", "2 dari 2")
    take_back([found[0].pk], [f"{today:%Y-%m}"])
    assert shown()[1][2] == ("", "1 dari 2")


# Statements of the first page and of the page of a person, with session, user and grants; they stay or get fewer.
STATEMENTS = {
    "admin": 7, "bupati": 10, "dpmd": 20, "dinsos": 19, "disnaker": 18, "bkad": 9, "camat": 17,
    "kades": 19, "operator": 19, "ketua_rt": 4, "bpjs": 18, "perisai": 4, "donatur": 7, "inspektorat": 12,
}  # fmt: skip
OF_A_PERSON = 17  # names of accounts in its history


@pytest.mark.usefixtures("busy_district")
def test_pages_ask_each_thing_once(make_user: Any, sign_in: Any) -> None:
    person = f"/orang/{Person.objects.order_by('pk')[0].pk}/"
    asked, of_person = {}, {}
    for role in ROLES:
        client = sign_in(make_user(role))
        client.get("/")
        with CaptureQueriesContext(connection) as found:
            client.get("/")
        asked[str(role)] = len(found)
        with CaptureQueriesContext(connection) as found:
            if client.get(person).status_code == 200:
                of_person[str(role)] = len(found)
    assert {role: many for role, many in asked.items() if many > STATEMENTS[role]} == {}
    assert len(of_person) > 4
    assert max(of_person.values()) <= OF_A_PERSON


def test_facts_are_kept_for_a_page_that_reads_and_for_nothing_else(rf: Any) -> None:
    numbers = iter(range(10))
    ask = once(lambda: next(numbers))

    def page(request: Any) -> Any:
        return HttpResponse(f"{ask()} {ask()}")

    assert [ask(), ask()] == [0, 1]
    assert AskedOnce(page)(rf.get("/")).content == b"2 2"
    assert AskedOnce(page)(rf.get("/")).content == b"3 3"
    assert AskedOnce(page)(rf.post("/")).content == b"4 5"


def test_rows_of_all_apps_are_counted_in_one_statement(make_people: Any) -> None:
    make_people(listing(1), listing(2), listing(3))
    label = Text("", "")
    first = Person.objects.order_by("pk")[0]
    tasks = [
        Task(label, Rows(Person.objects.all(), Q(pk=first.pk)), 0, ""),
        Task(label, Rows(Submission.objects.all()), 0, ""),  # none: it does not stand there
        Task(label, Rows(Person.objects.filter(standings__isnull=False).distinct()), 0, ""),
        Task(label, Rows(Person.objects.filter(pk__in=[])), 0, ""),
        Task(label, 5, 1, ""),
    ]
    figures = [Figure(label, Rows(Submission.objects.all())), Figure(label, 0, quiet=True), Figure(label, 2)]
    with CaptureQueriesContext(connection) as found:
        told, (shown,) = counted(tasks, figures)
    assert len(found) == 1
    assert [(task.many, task.late) for task in told] == [(3, 1), (3, 0), (5, 1)]
    assert [figure.value for figure in shown] == [0, 2]


def test_what_is_past_its_day_is_not_said_to_be_late_by_no_days() -> None:
    task = Task(Text("Tagihan", "Bills"), many=4, late=3, url="/", days=0)
    assert task.since == ("sudah lewat harinya", "are past their day")
    assert dataclasses.replace(task, days=7).since.id == "lebih dari 7 hari"
