"""What a browser sees of cases: who may do what, medical details, files, the link, query counts."""

from __future__ import annotations

import datetime as dt
import json
import re
from typing import Any
from urllib.parse import unquote

import pytest
from billsworld import bill_of, decree, line_of
from casesworld import DIED, JPEG, LOSS, STRAIGHT, case_of, paid, report, step, walk
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from officeworld import FAR, VILLAGE, listing
from typer.testing import CliRunner

from payung.cli.case_common import clocks_of
from payung.codes import Relation
from payung.errors import InputError
from payung.law.losses import losses
from payung.office.access.permissions import Permission
from payung.office.access.roles import ROLES, Role
from payung.office.access.scope import Area, Scope
from payung.office.answers.models import Result
from payung.office.cases import actions, queries
from payung.office.cases.actions import Deed
from payung.office.cases.face import FACE
from payung.office.cases.models import Case, FamilyWords, Incident, Report
from payung.office.cases.pages import reports
from payung.office.cases.rules.papers import wanted
from payung.office.cases.states import (
    TOTAL,
    CaseKind,
    CaseState,
    Guarantee,
    Happening,
    Refusal,
    StepKind,
    Tongue,
)
from payung.office.face import faces
from payung.office.history.models import Event
from payung.office.jobs.worker import run_all
from payung.office.letters import papers
from payung.office.letters import queries as letters
from payung.office.letters.kinds import kinds
from payung.office.letters.models import Order
from payung.office.people.models import Heir, Person

pytestmark = pytest.mark.django_db
SECRET = "patah tulang rahasia"


@pytest.fixture
def person(make_people: Any) -> Person:
    found: Person = make_people(listing(1))[0]
    return found


def medical_case(person: Person) -> tuple[Case, int]:
    case = case_of(Happening.ACCIDENT, person=person)
    actions.correct(by="dinas", incident=case.incident, reason="surat dokter", diagnosis=SECRET)
    file = SimpleUploadedFile("dokter.jpg", JPEG)
    kept = actions.add_paper(by="operator", case=case, code="doctor-letter", file=file)
    return case, kept.pk


FORM = {
    "happening": "meninggal",
    "name": "Orang 1",
    "on": DIED.isoformat(),
    "place": "rumah",
    "reporter": "Ketua RT",
    "phone": "081200000000",
    "village_code": VILLAGE,
}


def test_operator_reports_and_sees_the_case(make_user: Any, sign_in: Any, person: Person) -> None:
    paid(person, "2025-01", "2026-01")
    client = sign_in(make_user("operator"))
    assert "Laporkan" in client.get("/kejadian/lapor/").content.decode()
    answer = client.post("/kejadian/lapor/", {**FORM, "nik": person.nik}, follow=True)
    text = answer.content.decode()
    for said in (
        "dengan syarat",
        "Setelah tunggakan lunas",
        "Batas akhir mengajukan klaim",
        "Kebiasaan, bukan aturan",
    ):
        assert said in text, said


def test_head_of_rt_reports_and_sees_no_case(make_user: Any, sign_in: Any, regions: None) -> None:
    client = sign_in(make_user("ketua_rt"))
    answer = client.post("/kejadian/lapor/", FORM, follow=True)
    assert answer.status_code == 200
    assert Incident.objects.get().number in answer.content.decode()
    assert client.get(f"/kejadian/{Case.objects.get().pk}/").status_code == 403


def test_the_link_of_a_village_reports_without_an_account(regions: None) -> None:
    word = actions.open_link(by="kades", village_code=VILLAGE)
    client = Client()
    first = client.get(f"/lapor/{word}/")
    key = first.context["form"]["key"].value()
    for _ in range(2):  # sent again by the phone
        answer = client.post(f"/lapor/{word}/", {**FORM, "key": key})
        assert Incident.objects.get().number in answer.content.decode()
    assert Report.objects.count() == 1
    assert Client().get("/lapor/bukan-tautan/").status_code == 404
    actions.close_link(by="kades", village_code=VILLAGE)
    assert client.get(f"/lapor/{word}/").status_code == 404


def test_the_link_takes_thirty_reports_an_hour(regions: None) -> None:
    word = actions.open_link(by="kades", village_code=VILLAGE)
    for number in range(31):
        answer = Client().post(f"/lapor/{word}/", {**FORM, "name": f"Nama {number} X{number}"})
    assert "Terlalu banyak" in answer.content.decode()
    assert Report.objects.count() == 30


def test_what_was_taken_is_answered_again_though_the_hour_is_full(
    regions: None, monkeypatch: pytest.MonkeyPatch
) -> None:

    monkeypatch.setattr(reports, "MOST_AN_HOUR", 1)
    word = actions.open_link(by="kades", village_code=VILLAGE)
    for _ in range(2):  # the first answer was lost on the way
        answer = Client().post(f"/lapor/{word}/", {**FORM, "key": "abc"})
        assert Incident.objects.get().number in answer.content.decode()
    assert "Terlalu banyak" in Client().post(f"/lapor/{word}/", {**FORM, "key": "abd"}).content.decode()


@pytest.mark.parametrize("role", ROLES.values(), ids=lambda role: role.code)
def test_medical_details_are_for_their_roles_only(
    role: Role, make_user: Any, sign_in: Any, person: Person
) -> None:
    case, file = medical_case(person)
    client = sign_in(make_user(role.code))
    page = client.get(f"/kejadian/{case.pk}/")
    paper = client.get(f"/kejadian/berkas/{file}/")
    may = Permission.MEDICAL_VIEW in role.permissions
    assert (SECRET in page.content.decode()) == may
    assert (paper.status_code == 200) == may
    if may:
        assert paper.content == JPEG
        assert paper.headers["Content-Disposition"].startswith("attachment")
        assert Event.objects.filter(action="case.paper_seen", actor=role.code).exists()


@pytest.mark.parametrize("role", ROLES.values(), ids=lambda role: role.code)
def test_the_row_of_the_disability_table_is_for_medical_roles_only(
    role: Role, make_user: Any, sign_in: Any, person: Person
) -> None:
    paid(person, "2025-01", "2026-04")
    case = walk(case_of(Happening.ACCIDENT, person=person), "dirujuk_plkk")
    step(case, "cacat", becomes=CaseKind.JKK_DISABILITY)
    row = next(one for one in losses(DIED) if one.code == LOSS)
    actions.set_facts(by="dinsos", case=case, loss=row.code)
    may = Permission.MEDICAL_VIEW in role.permissions
    elsewhere = {"dpmd", "disnaker"}  # they see other categories
    sees = Permission.CASE_VIEW in role.permissions and role.code not in elsewhere
    client = sign_in(make_user(role.code))
    for address in (f"/kejadian/{case.pk}/", f"/kejadian/{case.pk}/keluarga/"):
        answer = client.get(address)
        page = answer.content.decode()
        assert (answer.status_code == 200) == sees
        if not may:
            assert row.title.id not in page
            assert row.code not in page
    page = client.get(f"/kejadian/{case.pk}/")
    form = page.context.get("facts_form") if page.context and may else None
    if may:
        assert row.title.id in page.content.decode()
    if form:
        assert {TOTAL, row.code} < set(dict(form.fields["loss"].choices))


@pytest.mark.parametrize("day", ["2014-01-01", "2018-05-01", "2019-12-01"])
@pytest.mark.parametrize("happening", Happening)
def test_an_event_of_a_day_whose_law_is_not_held_here_is_recorded_all_the_same(
    make_user: Any, sign_in: Any, person: Person, day: str, happening: Happening
) -> None:
    Heir.objects.create(person=person, relation=Relation.CHILD, name="Anak")
    paid(person, "2018-01", "2018-05")
    client = sign_in(make_user("operator"))
    form = {**FORM, "happening": str(happening), "on": day, "nik": person.nik}
    page = client.post("/kejadian/lapor/", form, follow=True)
    assert page.status_code == 200
    case = Case.objects.get()
    needs = wanted(case.kind, case.incident.on, happening)
    for paper in needs[:1]:
        actions.add_paper(by="operator", case=case, code=paper.code)
    if case.kind is CaseKind.JKM:
        walk(case, STRAIGHT[0])
        if day < "2015-07-01":
            with pytest.raises(InputError) as refused:
                step(case, "berkas_lengkap", note="")
            assert "Tulis di catatan berkas apa yang lengkap" in refused.value.message.id
        walk(case, *STRAIGHT[1:3])
    for address in (f"/kejadian/{case.pk}/", f"/kejadian/{case.pk}/keluarga/", "/kejadian/?pada=lewat"):
        shown = client.get(address)
        assert shown.status_code == 200
        if "pada" not in address:
            assert ("UU 3/1992 dan PP 14/1993" in shown.content.decode()) == (day < "2015-07-01")
    material = kinds()["family_page"].collect(Scope((Area(VILLAGE),)), f"{case.pk}")
    assert material is not None
    assert ("PP 14/1993" in str(material.values["missing"])) == (day < "2015-07-01")
    assert client.get("/kejadian/belum-diklaim/").status_code == 200
    if case.kind is CaseKind.JKM:
        assert "tidak ada dalam aturan" in client.get(f"/kejadian/{case.pk}/").content.decode()


@pytest.mark.parametrize(
    ("utc", "late"),
    [("16:59:59", False), ("17:00:00", True)],
    ids=["23:59:59 WIB", "0:00 WIB of the day after"],
)
def test_five_years_end_at_midnight_of_this_place(
    person: Person, monkeypatch: pytest.MonkeyPatch, utc: str, late: bool
) -> None:
    case = case_of(person=person)
    now = dt.datetime.fromisoformat(f"2031-04-20T{utc}+00:00")
    monkeypatch.setattr("django.utils.timezone.now", lambda: now)
    (claim,) = clocks_of(case)
    assert (claim["code"], claim["until"], claim["late"]) == ("claim", "2031-04-20T23:59", late)


def test_steps_of_a_browser(make_user: Any, sign_in: Any, person: Person) -> None:
    case = case_of(person=person)
    client = sign_in(make_user("operator"))
    address = f"/kejadian/{case.pk}/langkah/"
    today = dt.date(2026, 5, 4).isoformat()
    assert client.post(address, {"to": "diverifikasi_desa", "on": today}).status_code == 302
    refused = client.post(address, {"to": "berkas_lengkap", "on": today})
    assert "Berkas yang diminta aturan belum ada" in refused.content.decode()
    assert client.post(address, {"to": "catatan", "on": today, "note": "menunggu akta"}).status_code == 302
    case.refresh_from_db()
    assert (case.state, case.steps.count()) == (CaseState.VERIFIED, 3)


def test_facts_are_corrected_with_a_reason_until_they_are_decided_on(
    make_user: Any, sign_in: Any, person: Person
) -> None:
    case = case_of(person=person)
    client = sign_in(make_user("operator"))
    address = f"/kejadian/{case.pk}/fakta/"
    values = {
        "on": "2026-04-21",
        "hour": "06:30",
        "place": "kebun",
        "story": "jatuh",
        "reason": "kata keluarga",
    }
    assert client.post(address, {**values, "reason": ""}).status_code == 200
    assert client.post(address, values).status_code == 302
    incident = Incident.objects.get()
    assert (incident.on, incident.place, incident.story) == (dt.date(2026, 4, 21), "kebun", "jatuh")
    event = Event.objects.get(action="incident.correct")
    assert (event.reason, set(event.after)) == ("kata keluarga", {"on", "hour", "place", "story"})
    assert "jatuh" not in str(event.after)
    sign_in(make_user("camat")).post(address, {**values, "diagnosis": "rahasia"})  # sees no medical details
    assert Incident.objects.get().diagnosis in (None, "")
    walk(case, *STRAIGHT)
    answer = client.post(address, {**values, "place": "sungai"})
    assert "sudah diputus" in answer.content.decode()
    assert Incident.objects.get().place == "kebun"
    assert client.get(address).status_code == 302


def test_officer_of_the_insurer_records_what_it_decides_and_nothing_else(
    make_user: Any, sign_in: Any, person: Person
) -> None:
    case = walk(case_of(person=person), *STRAIGHT[:3])
    client = sign_in(make_user("bpjs"))
    address = f"/kejadian/{case.pk}/langkah/"
    choices = dict(client.get(f"/kejadian/{case.pk}/").context["step_form"].fields["to"].choices)
    assert set(choices) == {"", "diperiksa", "disetujui", "dikembalikan", "ditolak"}
    values = {"to": "disetujui", "on": "2026-05-05", "amount": "Rp42.000.000"}
    assert client.post(address, values).status_code == 302
    case.refresh_from_db()
    assert case.state is CaseState.APPROVED
    assert client.post(f"/kejadian/{case.pk}/berkas/", {"code": "will"}).status_code == 403


def test_papers_of_a_browser(make_user: Any, sign_in: Any, person: Person) -> None:
    case = case_of(person=person)
    client = sign_in(make_user("operator"))
    address = f"/kejadian/{case.pk}/berkas/"
    wrong = client.post(address, {"code": "family-card", "file": SimpleUploadedFile("kk.jpg", b"MZ jahat")})
    assert "isi berkas ini lain" in wrong.content.decode()
    right = client.post(address, {"code": "family-card", "file": SimpleUploadedFile("kk.jpg", JPEG)})
    assert right.status_code == 302
    assert case.papers.get().code == "family-card"


def test_refused_case_shows_the_ways_of_objection(make_user: Any, sign_in: Any, person: Person) -> None:
    paid(person, "2025-01", "2026-01")
    case = walk(case_of(person=person), *STRAIGHT[:4])
    step(case, "ditolak", refusal=Refusal.ARREARS, paper="S-1", object_until=dt.date(2026, 6, 1))
    text = sign_in(make_user("operator")).get(f"/kejadian/{case.pk}/").content.decode()
    for said in ("Pengawas", "Menteri", "Akar masalah", "2026-02"):
        assert said in text, said


@pytest.mark.parametrize(
    ("amount", "said"),
    [(42_000_000, "Sama dengan perkiraan."), (30_000_000, "Rp12.000.000 kurang dari perkiraan.")],
)
def test_what_was_paid_stands_beside_the_estimate(
    make_user: Any, sign_in: Any, person: Person, amount: int, said: str
) -> None:
    paid(person, "2025-01", "2026-04")
    case = walk(case_of(person=person), *STRAIGHT)
    step(case, "dibayar", amount=amount, on=dt.date(2026, 5, 5))
    assert said in sign_in(make_user("operator")).get(f"/kejadian/{case.pk}/").content.decode()


def test_a_letter_whose_template_is_broken_does_not_stop_the_decision(
    make_user: Any, sign_in: Any, person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    import typst

    paid(person, "2025-01", "2026-04")
    case = walk(case_of(person=person), *STRAIGHT, "dibayar")
    client = sign_in(make_user("operator"))

    def broken(*_: Any, **__: Any) -> None:
        raise RuntimeError("unknown variable: bunga")

    monkeypatch.setattr(typst, "compile", broken)
    for kind in ("benefit_receipt", "case_bundle", "family_page"):
        issue = reverse("letter_issue", args=[kind, f"case:{case.pk}"])
        assert client.post(issue, {"on": "2026-05-10"}).status_code == 302
    run_all()
    assert [str(order.state) for order in Order.objects.all()] == ["failed"] * 3
    assert "unknown variable" in client.get(f"/kejadian/{case.pk}/").content.decode()
    values = {"to": "diserahkan", "on": "2026-05-11", "holder": "Ahli Waris", "witness": "Kades"}
    assert client.post(f"/kejadian/{case.pk}/langkah/", values).status_code == 302
    case.refresh_from_db()
    assert case.state is CaseState.HANDED


def test_another_village_is_not_there(make_user: Any, sign_in: Any, make_people: Any) -> None:
    (far,) = make_people(listing(2), village=FAR)
    case = case_of(person=far, village_code=FAR)
    client = sign_in(make_user("operator"))
    assert client.get(f"/kejadian/{case.pk}/").status_code == 404
    assert client.get("/kejadian/").context["total"] == 0


def test_list_filters_and_costs_the_same_for_many(
    make_user: Any, sign_in: Any, regions: None, django_assert_num_queries: Any
) -> None:
    client = sign_in(make_user("operator"))
    report(name="Satu")
    client.get("/kejadian/")
    with django_assert_num_queries(6):
        client.get("/kejadian/")
    for name in ("Dua", "Tiga", "Empat", "Lima"):
        report(name=name)
    with django_assert_num_queries(6):
        assert client.get("/kejadian/").context["total"] == 5
    assert client.get("/kejadian/?cari=tiga").context["total"] == 1
    assert client.get("/kejadian/?pada=bpjs").context["total"] == 0
    assert client.get("/kejadian/?keadaan=dilaporkan&pada=kita").context["total"] == 5


def test_first_page_tells_what_waits(make_user: Any, sign_in: Any, regions: None) -> None:
    report()
    text = sign_in(make_user("operator")).get("/").content.decode()
    assert "Klaim yang menunggu langkah kita" in text
    assert "Klaim berjalan" in text


def test_first_page_tells_what_the_insurer_owes_and_what_can_be_objected_to(
    make_user: Any, sign_in: Any, regions: None
) -> None:
    client = sign_in(make_user("operator"))
    today = timezone.localdate()
    sent, new, refused, objected = (case_of(name=name) for name in ("Satu", "Dua", "Tiga", "Empat"))
    walk(sent, *STRAIGHT[:3], on=today - dt.timedelta(days=30))
    walk(new, *STRAIGHT[:3], on=today)
    for case in (refused, objected):
        walk(case, *STRAIGHT[:4], on=today)
        values = {"refusal": Refusal.MISMATCH, "paper": "S-1", "object_until": today + dt.timedelta(days=7)}
        step(case, "ditolak", on=today, **values)
    actions.take(by="t", case=objected, deed=actions.Deed(today, kind=StepKind.OBJECTION, note="data benar"))
    late = {figure.label.id: (figure.value, figure.url) for figure in client.get("/").context["late"]}
    assert len(late) == 2
    for value, url in late.values():
        assert (value, client.get(url).context["total"]) == (1, 1)


def test_family_page_and_unclaimed_open(make_user: Any, sign_in: Any, person: Person) -> None:
    paid(person, "2025-01", "2026-04")
    case = case_of(person=person)
    client = sign_in(make_user("operator"))
    assert "Tanpa biaya, tanpa potongan" in client.get(f"/kejadian/{case.pk}/keluarga/").content.decode()
    assert "Tidak ada yang terlewat" in client.get("/kejadian/belum-diklaim/").content.decode()


def test_sample_and_checks_hold(person: Person) -> None:
    assert FACE.sample is not None
    made = FACE.sample({"person": person, "village": VILLAGE, "by": "t"})
    assert set(made) == {"case_", "casepaper_", "word"}
    found = [finding for face in faces() if face is FACE for check in face.checks for finding in check()]
    assert found == []


# The command line


def run(*words: str) -> Any:
    from payung.cli.app import build

    done = CliRunner().invoke(build(), list(words), catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return json.loads(done.output)


def test_command_line(make_user: Any, person: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    from payung.office.service import start

    monkeypatch.setattr(start, "load", lambda: None)
    monkeypatch.setattr(start, "ready", lambda: None)
    make_user("operator")
    paid(person, "2025-01", "2026-04")
    by = ("--by", "operator", "--json")
    made = run(
        *("case", "report", "--what", "death", "--on", DIED.isoformat(), "--place", "rumah"),
        *("--village", VILLAGE, "--reporter", "RT", "--nik", str(person.nik), "--name", "Orang 1", *by),
    )
    number = made["number"]
    assert made["in_register"]
    shown = run("case", "show", number, *by)
    assert (shown["covered"], shown["estimate"]["total"]) == ("yes", 42_000_000)
    for state in ("diverifikasi_desa", "berkas_lengkap"):
        run("case", "decide", number, "--to", state, "--on", "2026-05-04", "--note", "asli di meja", *by)
    assert run("case", "paper", number, "family-card", *by)["there"] == ["family-card"]
    assert [one["state"] for one in run("case", "list", *by)["cases"]] == ["berkas_lengkap"]
    assert run("unclaimed", *by)["unclaimed"] == []
    make_user("admin")
    assert run("case", "show", number, "--by", "admin", "--json")["diagnosis"] is None


def test_a_refusal_leads_to_what_is_behind_it(make_user: Any, sign_in: Any, person: Person) -> None:
    paid(person, "2025-01", "2026-01")
    case = walk(case_of(person=person), *STRAIGHT[:4])
    step(case, "ditolak", refusal=Refusal.MISMATCH, paper="S-1", object_until=dt.date(2026, 6, 1))
    client = sign_in(make_user("operator"))
    address = f"/kejadian/{case.pk}/"
    assert "Tidak ada jawaban instansi yang berbeda" in client.get(address).content.decode()
    for agency, code, latest in (
        ("dukcapil", "nik_beda_nama", True),
        ("dtsen", "padan", True),
        ("bpjs", "meninggal", False),
    ):
        Result.objects.create(
            person=person, agency=agency, code=code, answered_on=dt.date(2026, 5, 3), latest=latest
        )
    text = client.get(address).content.decode()
    assert "Dukcapil, 03-05-2026: Nama beda dengan NIK" in text
    assert f'href="/orang/{person.pk}/">Buka orangnya' in text
    assert "Akar masalah" in text
    assert "meninggal" not in text.split("Akar masalah")[1].split("</ul>")[0].lower()


def test_a_refusal_for_arrears_leads_to_the_unpaid_bill(make_user: Any, sign_in: Any, person: Person) -> None:
    paid(person, "2025-01", "2026-01")
    case = walk(case_of(person=person), *STRAIGHT[:4])
    step(case, "ditolak", refusal=Refusal.ARREARS, paper="S-1", object_until=dt.date(2026, 6, 1))
    client = sign_in(make_user("operator"))
    said = client.get(f"/kejadian/{case.pk}/").content.decode().split("Akar masalah")[1].split("</ul>")[0]
    assert "Tidak ada tagihan untuk bulan ini" in said
    assert said.count("<strong>") == 3  # February to April


def test_an_unpaid_bill_is_linked_for_whoever_sees_bills_and_only_its_month(
    make_user: Any, sign_in: Any, person: Person
) -> None:
    paid(person, "2025-01", "2026-01")
    line = line_of()
    decree(line, [person])
    bill = bill_of(line, "2026-02")
    case = walk(case_of(person=person), *STRAIGHT[:4])
    step(case, "ditolak", refusal=Refusal.ARREARS, paper="S-1", object_until=dt.date(2026, 6, 1))
    link = f'href="/tagihan/{bill.pk}/"'
    for role in ("dinsos", "kades"):
        user = make_user(role)
        text = sign_in(user).get(f"/kejadian/{case.pk}/").content.decode()
        said = text.split("Akar masalah")[1].split("</ul>")[0]
        assert said.count(link) == int(user.may(Permission.BILL_VIEW)), role
        assert said.count("belum dibayar") == 1
        assert said.count("Tidak ada tagihan") == 2
    assert make_user("dinsos", username="dua").may(Permission.BILL_VIEW)


# What a family reads


def test_labels_of_the_villages_stand_below_where_a_district_wrote_them(
    make_user: Any, sign_in: Any, person: Person
) -> None:
    paid(person, "2025-01", "2026-04")
    case = case_of(person=person)
    village, dinas = sign_in(make_user("operator")), sign_in(make_user("dinsos"))
    assert 'lang="nij"' not in village.get(f"/kejadian/{case.pk}/keluarga/").content.decode()
    assert village.get("/kejadian/untuk-keluarga/").status_code == 403
    for tongue, said in (("nij", "Kata Ngaju rekaan"), ("bjn", "Kata Banjar rekaan")):
        answer = dinas.post(f"/kejadian/untuk-keluarga/?bahasa={tongue}", {"potongan": said})
        assert answer.status_code == 302
    page = village.get(f"/kejadian/{case.pk}/keluarga/").content.decode()
    assert (
        page.index("Tanpa biaya, tanpa potongan")
        < page.index("Kata Ngaju rekaan")
        < page.index("Kata Banjar rekaan")
    )
    assert 'lang="bjn"' in page
    material = kinds()["family_page"].collect(Scope((Area(VILLAGE),)), f"{case.pk}")
    assert material is not None
    assert material.values["words"]["potongan"] == ["Kata Ngaju rekaan", "Kata Banjar rekaan"]
    dinas.post("/kejadian/untuk-keluarga/?bahasa=nij", {"potongan": ""})  # emptied: no longer printed
    assert "Kata Ngaju" not in village.get(f"/kejadian/{case.pk}/keluarga/").content.decode()
    assert FamilyWords.objects.count() == 3
    elsewhere = dinas.post("/kejadian/untuk-keluarga/?bahasa=bjn", {"potongan": "x" * 200})
    assert elsewhere.status_code == 200
    assert FamilyWords.objects.count() == 3


def test_words_of_another_district_are_not_printed(person: Person) -> None:
    actions.word(by="t", region_code="62.04", tongue=Tongue.NGAJU, words={"judul": "Lain"})
    assert queries.labels(VILLAGE)["judul"] == []
    with pytest.raises(InputError):
        actions.word(by="t", region_code="62.03", tongue=Tongue.NGAJU, words={"tidak_ada": "x"})


@pytest.mark.parametrize("happening", Happening)
def test_the_message_for_a_family_has_no_name_no_number_and_no_sum(
    make_user: Any, sign_in: Any, person: Person, happening: Happening
) -> None:
    paid(person, "2025-01", "2026-04")
    case = case_of(happening, person=person, name=person.name, nik=person.nik)
    page = sign_in(make_user("operator")).get(f"/kejadian/{case.pk}/keluarga/")
    sent = unquote(page.context["whatsapp"].removeprefix("https://wa.me/?text="))
    assert sent == page.context["message"]
    assert not re.search(r"\d", sent)
    assert person.name not in sent
    assert "kartu peserta" in sent
    assert "tanpa potongan" in sent


def test_case_says_on_whose_desk_it_lies_what_is_guaranteed_and_what_else_there_is(
    make_user: Any, sign_in: Any, person: Person
) -> None:
    paid(person, "2026-01", "2026-04")
    paid(person, "2026-01", "2026-04", segment="pu")
    case, other = report(Happening.TRAFFIC, person=person).cases
    later = case_of(Happening.DEATH, DIED + dt.timedelta(days=30), person=person)
    client = sign_in(make_user("operator"))

    def page() -> str:
        found: str = client.get(f"/kejadian/{case.pk}/").content.decode()
        return found

    shown = page()
    for said in ("Jasa Raharja dahulu", "belum ada: katakan", other.number, later.number):
        assert said in shown
    assert client.get(f"/kejadian/{later.pk}/").content.decode().count("Jasa Raharja dahulu, lalu") == 0
    desks = []
    for to in ("dirujuk_plkk", "sembuh", "berkas_lengkap", "diajukan_bpjs"):
        step(case, to)
        found = page()
        desks.append(found[found.index("Di meja siapa") :][:120])
    for desk, who in zip(desks, ("rumah sakit", "desa", "desa", "BPJS"), strict=True):
        assert who in desk
    for guarantee in (Guarantee.SUSPECTED, Guarantee.REFUSED):
        deed = Deed(dt.date(2026, 5, 4), kind=StepKind.GUARANTEE, guarantee=guarantee)
        actions.take(by="operator", case=case, deed=deed)
    found = page()
    assert "kembali ke JKN" in found[found.index("Jaminan perawatan") :][:200]


@pytest.mark.parametrize("happening", Happening)
def test_page_for_a_family_is_one_sheet_also_with_arrears_and_every_paper_missing(
    person: Person, happening: Happening
) -> None:
    paid(person, "2025-08", "2026-02")
    Heir.objects.create(person=person, relation=Relation.SPOUSE, name="Istri Dengan Nama Yang Panjang")
    case = case_of(happening, person=person, name=person.name)
    kind = kinds()["family_page"]
    material = kind.collect(Scope((Area(VILLAGE),)), f"{case.pk}")
    assert material is not None
    values = {**material.values, **{ask.name: "" for ask in kind.asks}}
    place, office = letters.issuer(kind, material.region_code)
    frame = {**letters.frame(place, office), "number": "001/00/X/62.03/XI/2026", "on": f"{DIED}"}
    data = papers.data_of(
        kind, json.loads(json.dumps(kind.checked(values))), frame, code="ABCD-0123-4567-89EF"
    )
    assert len(papers.pictures(kind, data, DIED, resolution=12.0)) == 1


@pytest.mark.parametrize("happening", [Happening.TRAFFIC, Happening.TRAFFIC_DEATH, Happening.DISEASE])
def test_bundle_holds_the_sheets_of_what_happened_also_where_it_became_another_right(
    person: Person, happening: Happening
) -> None:
    paid(person, "2026-01", "2026-04")
    case = case_of(happening, person=person)
    if not case.incident.fatal:
        walk(case, "dirujuk_plkk", "meninggal")
        case.refresh_from_db()
    material = kinds()["case_bundle"].collect(Scope((Area(VILLAGE),)), f"{case.pk}")
    assert material is not None
    there = {name for name in ("form_kk1", "form_pak", "form_4", "form_bsw") if material.values[name]}
    assert there == {"form_4", "form_bsw", "form_pak" if happening is Happening.DISEASE else "form_kk1"}
    assert material.values["death_letter"]["died"] == (f"{DIED}" if case.incident.fatal else "2026-05-04")
    assert material.values["heir_letter"] is not None
