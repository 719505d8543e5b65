"""Every kind: collected from real things, set, looked at as a picture, without a whole NIK where none is needed."""

from __future__ import annotations

import datetime as dt
import json
import re
from pathlib import Path
from typing import Any

import pytest
from answersworld import accepted, answer, no, sheet, yes
from billsworld import arrive, bill_of, decree, line_of
from casesworld import STRAIGHT, case_of, paid, step, walk
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from lettersworld import ON, darkness
from officeworld import VILLAGE, nik
from programmeworld import candidates, pks, signed
from programmeworld import line_of as money
from programmeworld import people as enter

import payung.office.letters
from payung.codes import Category, Result
from payung.law import months
from payung.office.access.scope import Area, Scope
from payung.office.answers.models import Outcome
from payung.office.answers.states import PASSED, REFUSED
from payung.office.arrears.letter_kinds import arrears_values
from payung.office.cards.actions import receive
from payung.office.cards.states import CardKind
from payung.office.cases.actions import Deed, take
from payung.office.cases.states import CaseState, Happening, Refusal
from payung.office.changes.models import Change
from payung.office.exchange.actions import enrol
from payung.office.exchange.actions.answers import take_answer
from payung.office.jobs.worker import run_all
from payung.office.letters import papers, queries
from payung.office.letters.kinds import Kind, Material, kinds
from payung.office.letters.states import Office
from payung.office.people.actions import heirs
from payung.office.people.models import DEAD, Person
from payung.office.posts import actions as posting
from payung.office.programme import actions as programme
from payung.office.programme.paper_kinds import choices
from payung.office.scholarships.models import Child
from payung.office.submissions import actions as intake

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("regions")]
ALL = Scope((Area("62.03"),))
TEMPLATES = Path(payung.office.letters.__file__).parent / "typst"


def found(kind: Kind, key: Any) -> Material:
    """Return the material of a letter, with what is asked left empty."""
    material = kind.collect(ALL, f"{key}")
    assert material is not None, kind.code
    values = {**material.values, **{ask.name: "" for ask in kind.asks}}
    return Material(values, material.region_code, material.about, material.categories)


def look(kind: Kind, key: Any) -> dict[str, Any]:
    """Set the letter, look at every page, and return what it says."""
    material = found(kind, key)
    values = json.loads(json.dumps(kind.checked(material.values)))
    place, office = queries.issuer(kind, material.region_code)
    frame = {**queries.frame(place, office), "number": "001/00/X/62.03/XI/2026", "on": f"{ON}"}
    data = papers.data_of(kind, values, frame, code="ABCD-0123-4567-89EF")
    assert papers.pdf(kind, data, ON).startswith(b"%PDF-"), kind.code
    for number, page in enumerate(papers.pictures(kind, data, ON, resolution=12.0)):
        tenths = darkness(page)
        assert sum(tenths[:8]) > (3 if number else 15), (kind.code, tenths)  # the last page may hold little
        assert sum(tenths[8:]) > 4, (kind.code, tenths)  # the code that anybody checks
    if not kind.whole:
        assert not re.search(r"(?<!\d)\d{16}(?!\d)", json.dumps(values)), kind.code
    return values


def of(noun: str, *but: str) -> list[Kind]:
    """Return the kinds about ``noun`` without those ``but``."""
    chosen = [kind for kind in kinds().values() if kind.noun == noun and kind.code not in but]
    assert chosen
    return chosen


def test_every_kind_has_its_template_and_every_template_its_use() -> None:
    names = {path.stem for path in TEMPLATES.glob("*.typ")}
    used = {kind.body for kind in kinds().values()} | {
        part for kind in kinds().values() for part in kind.parts
    }
    imported = {
        name
        for path in TEMPLATES.glob("*.typ")
        for name in re.findall(r'import "(\w+)\.typ"', path.read_text("utf-8"))
    }
    assert used - {code for code in kinds() if kinds()[code].template} <= names
    assert names <= used | imported
    assert len({kind.number for kind in kinds().values()}) >= 20


def test_letters_of_a_village() -> None:
    enter(1, 3)
    Person.objects.filter(name="Orang 3").update(life_status=DEAD)
    assert look(kinds()["village_count"], VILLAGE)["total"] == 2


def test_posted_lists_and_ledgers_of_a_village() -> None:
    first, second = enter(1, 2)
    this = f"{timezone.localdate():%Y-%m}"
    paid(first, months.add(this, -3), this)
    receive(by="t", cards=[(second, "12345678901")], kind=CardKind.PAPER, on=dt.date(2026, 3, 1))
    active = look(kinds()["active_list"], VILLAGE)["active"]["rows"]
    assert [(row[1], row[5]) for row in active] == [("Orang 1", "4")]
    assert [one["name"] for one in look(kinds()["member_cards"], VILLAGE)["people"]] == ["Orang 1"]
    ledger = look(kinds()["card_ledger"], VILLAGE)
    assert (ledger["waiting"], ledger["cards"]["rows"][0][1]) == (1, "Orang 2")
    assert "12345678901" not in json.dumps(ledger)


def test_letters_of_a_list_and_of_posts() -> None:
    submission = intake.begin(by="t", village_code=VILLAGE, kind="rentan")
    lines = "\n".join(
        ["NIK;NAMA;TANGGAL LAHIR", *(f"{nik(n)};ORANG {n};05-03-1989" for n in (1, 2)), "1;RUSAK;x"]
    )
    intake.upload(by="t", submission=submission, file=SimpleUploadedFile("d.csv", lines.encode()))
    run_all()
    said = {kind.code: look(kind, submission.pk) for kind in of("submission", "verification_minutes")}
    assert (said["proposal_list"]["proposed"], said["proposal_list"]["returned"]) == (2, 1)
    assert said["proposal_list"]["rows"]["rows"][0][3:5] == ["ORANG 1", "05-03-1989"]
    (counted,) = look(kinds()["village_count"], VILLAGE)["rows"]["rows"]
    assert counted == ["Pekerja rentan", "0", "0", "0", "2"]  # proposed, and nobody in the register yet
    assert said["meeting_minutes"]["names"] == ["ORANG 1", "ORANG 2", "RUSAK"]
    (holder,) = enter(9, 1, category="kepala_desa")
    post = posting.open_post(by="t", region_code=VILLAGE, category="kepala_desa", label="Kades")
    posting.appoint(by="t", post=post, person=holder, starts=dt.date(2025, 1, 1))
    roster = look(kinds()["roster_list"], VILLAGE)["roster"]["rows"]
    assert (roster[0][2], roster[0][5]) == ("Orang 9", "01-01-2025")
    assert queries.frame(VILLAGE, Office.DESA)["signer"]["name"] == "Orang 9"


def test_letters_of_a_sub_district_and_of_what_was_matched() -> None:
    cover, verified = kinds()["subdistrict_cover"], kinds()["verification_minutes"]
    assert cover.collect(ALL, "62.03.01") is None  # nothing was sent on
    submission = accepted(1, 2, 3)
    said = look(cover, "62.03.01")
    assert said["villages"]["rows"] == [["1", "Pulau Telo", "3", "3"]]
    assert (said["total"], said["missing"]) == (3, ["Terusan"])
    assert cover.collect(Scope((Area("62.03.02"),)), "62.03.01") is None
    assert verified.collect(ALL, f"{submission.pk}") is None  # nobody was judged
    found_ = answer(sheet(yes(1), yes(2), no(3, "MENINGGAL"), yes(77)))
    said = look(kinds()["matching_minutes"], found_.pk)
    assert (said["total"], said["matched"], said["unknown"], said["unusable"]) == (4, 2, 1, 0)
    assert [row[2] for row in said["refused"]["rows"]] == ["ORANG 3"]
    assert kinds()["matching_minutes"].collect(ALL, f"{answer(sheet(yes(1)), 'bpjs').pk}") is None
    for row, end in zip(submission.rows.order_by("pk"), (PASSED, PASSED, REFUSED), strict=True):
        person = Person.objects.get(name=row.name.upper())
        code = Result.MENINGGAL if end == REFUSED else ""
        Outcome.objects.create(row=row, submission=submission, person=person, end=end, code=code)
    said = look(verified, submission.pk)
    assert (said["total"], said["passed"]) == (3, 2)
    assert [row[2] for row in said["refused"]["rows"]] == ["ORANG 3"]


def test_what_money_buys_is_weighed_as_the_law_prices_it() -> None:
    """The figures of Kapuas (domain 10.6): the same person-months, but not the same that heirs receive in full."""
    found_ = choices(1_008_000_000, "2027-01", "2027-12", "apbd")
    assert [(one["months"], one["people"]) for one in found_] == [(12, 5000), (9, 6666), (6, 10_000)]
    assert [one["full"] for one in found_] == [45_000, 39_996, 30_000]
    assert all(one["people"] * one["each"] + one["rest"] == 1_008_000_000 for one in found_)
    assert [one["months"] for one in choices(10**6, "2027-01", "2027-02", "apbd")] == [2]


def test_letters_of_money_and_of_an_agreement() -> None:
    line = money(1_008_000_000)
    said = look(kinds()["staff_paper"], line.pk)
    assert (said["free"], said["choices"][0]["people"]) == (1_008_000_000, 5000)
    assert kinds()["staff_paper"].collect(ALL, f"{money(0, name='Kosong').pk}") is None
    agreement = pks(parties=["Dinas Sosial", "BPJS Ketenagakerjaan"], quotas={"rentan_apbd": 5000})
    said = look(kinds()["agreement_draft"], agreement.pk)
    assert said["quotas"] == [["rentan_apbd", 5000]] or said["quotas"][0][1] == 5000
    assert kinds()["agreement_draft"].collect(Scope((Area("62.10"),)), f"{agreement.pk}") is None


def test_letters_of_a_person_a_change_and_a_child() -> None:
    (person,) = enter(1, 1)
    assert look(kinds()["work_letter"], person.pk)["nik"] == person.nik
    heirs.add(by="t", person=person, named=heirs.Named("spouse", "Istri Rekaan"), on=dt.date(2026, 1, 1))
    assert look(kinds()["worker_form"], person.pk)["heirs"][0][:2] == ["Istri Rekaan", "janda atau duda"]
    change = Change.objects.create(
        person=person, kind="pindah", on=ON, evidence="SKPWNI", village_code=VILLAGE, by="t", stops_from=24322
    )
    assert look(kinds()["change_form"], change.pk)["evidence"] == "SKPWNI"
    case = case_of(person=person)
    child = Child.objects.create(
        case=case, name="Anak Rekaan", birth_date=dt.date(2015, 1, 1), level="sd", by="t"
    )
    assert look(kinds()["scholarship_request"], child.pk)["claimed"] == []
    Person.objects.filter(pk=person.pk).update(life_status=DEAD)
    assert kinds()["work_letter"].collect(ALL, f"{person.pk}") is None


def test_letters_of_a_bill() -> None:
    line = line_of()
    people = enter(1, 30)
    decree(line, people)
    bill = bill_of(line, "2026-10", "2026-11")
    arrive(2 * 16_800, bill)
    said = {kind.code: look(kind, bill.pk) for kind in of("bill")}
    assert len(said["bill_request"]["people_list"]["rows"]) == 30
    assert said["bill_request"]["people_list"]["rows"][0][1] == people[0].nik
    assert all(one["good"] for one in said["bill_check"]["checks"])
    assert said["bill_request"]["amount"] == 30 * 2 * 16_800
    assert said["bill_proof"]["paid"] == 2 * 16_800


def test_the_check_of_a_bill_finds_the_dead() -> None:
    line = line_of()
    people = enter(1, 2)
    decree(line, people)
    bill = bill_of(line, "2026-10")
    Person.objects.filter(pk=people[0].pk).update(life_status=DEAD)
    values = found(kinds()["bill_check"], bill.pk).values
    assert [one["good"] for one in values["checks"]] == [True, False, True, True, True]


def test_a_reminder_has_every_overdue_bill_and_nobody_dead() -> None:
    line = line_of(region_code=VILLAGE, source="apbdes")
    people = enter(1, 4)
    decree(line, people)
    first, second = bill_of(line, "2026-08"), bill_of(line, "2026-09")
    arrive(2 * 16_800, first)
    Person.objects.filter(pk=people[3].pk).update(life_status=DEAD)
    on_due = arrears_values(VILLAGE, first.due_on)
    assert on_due["bills"]["rows"] == []  # never on the due day
    values = arrears_values(VILLAGE, dt.date(2026, 11, 20))
    assert [row[0] for row in values["bills"]["rows"]] == [first.code, second.code]
    assert values["total"] == (1 + 3) * 16_800  # of the dead nothing is asked
    assert [row[1] for row in values["people"]["rows"]] == ["Orang 1", "Orang 2", "Orang 3"]
    for kind in of("arrears"):
        assert look(kind, VILLAGE)["village"] == "Pulau Telo"
    assert kinds()["arrears_1"].collect(Scope((Area("62.03.02"),)), VILLAGE) is None


def test_letters_of_a_reconciliation() -> None:
    line = line_of()
    people = enter(1, 3)
    decree(line, people)
    bill_of(line, "2026-10")
    kind = kinds()["closing_minutes"]
    values = look(kind, "2026-10")
    assert [row[1] for row in values["differences"]["rows"]] == ["Orang 1", "Orang 2", "Orang 3"]
    assert kind.collect(ALL, "2026-13") is None
    assert kind.collect(Scope((Area(VILLAGE),)), "2026-10") is None


def test_letters_of_a_decree() -> None:
    pks()
    line = money(10**9)
    first = signed(line, enter(1, 3), first="2027-01", last="2027-06")
    follow = programme.follow_up(
        by="t",
        previous=first,
        candidates=candidates(enter(2, 3)),
        line=line,
        from_month="2027-03",
        until_month="2027-06",
    )
    programme.freeze(by="t", decree=follow)
    said = {kind.code: look(kind, follow.pk) for kind in of("decree")}
    assert [row[2] for row in said["decree_change"]["leaves"]["rows"]] == ["Orang 1"]
    assert said["decree_annex"]["people"] == len(said["decree_annex"]["annex"]["rows"])
    quarter = look(kinds()["quarter_minutes"], "2027-03")
    assert quarter["categories"] == [["Pekerja rentan", 0, 3]]  # the follow-up is not signed yet
    assert said["decree_change"]["counts"]["masuk"] == len(said["decree_change"]["comes"]["rows"])
    text = said["decree_text"]
    assert (text["categories"], text["before"], text["counts"]["tetap"]) == (
        [["Pekerja rentan", 3]],
        "SK 1/SK",
        2,
    )
    assert text["amount"] == 4 * 16_800  # who comes in, from March to June
    assert any("Nomor 49 Tahun 2023" in cite for cite, _ in text["grounds"])
    assert not any("Sawit" in cite for cite, _ in text["grounds"])  # the money is the district's own
    assert said["cover_ends"]["after"] == "2027-07"
    assert said["cover_ends"]["alone"] == 16_800
    assert kinds()["decree_change"].collect(ALL, f"{first.pk}") is None


def test_letters_of_a_batch() -> None:
    pks()
    made = signed(money(10**9), enter(1, 3))
    (batch,) = enrol(by="t", decree=made)
    request, result = of("batch")
    assert look(request, batch.pk)["people"] == 3
    assert result.collect(ALL, f"{batch.pk}") is None  # nothing was answered
    heading = "Status (Y/T);Keterangan Status Data;Nomor Identitas (NIK);Nama Lengkap;KPJ"
    rows = (f"Y;;{nik(1)};Orang 1;12345678901", f"T;NIK tidak ditemukan;{nik(2)};Orang 2;")
    take_answer(by="t", batch=batch, name="jawaban.csv", content="\n".join((heading, *rows)).encode())
    said = look(result, batch.pk)
    assert [row[1:] for row in said["rejected"]["rows"]] == [
        ["Orang 2", "Pulau Telo", "NIK tidak ada di Dukcapil", "NIK tidak ditemukan"]
    ]
    assert sum(many for _, many in said["states"]) == 3
    assert said["kpj"] == 1
    assert "12345678901" not in json.dumps(said)


def a_person() -> Person:
    """Return somebody with an heir, whose months were paid."""
    (person,) = enter(1, 1)
    heirs.add(by="t", person=person, named=heirs.Named("spouse", "Istri Rekaan"), on=dt.date(2026, 1, 1))
    paid(person, "2025-01", "2026-04")
    return person


def test_letters_of_a_death() -> None:
    case = case_of(person=a_person())
    not_yet = ("benefit_receipt", "handover_minutes", "objection")
    accident = ("hospital_note", "chronology", "form_kk1", "form_kk2", "form_kk3", "form_pak")
    said = {kind.code: look(kind, case.pk) for kind in of("case", *not_yet, *accident)}
    assert said["family_page"]["estimate"] == 42_000_000
    assert said["heir_letter"]["heirs"][0]["name"] == "Istri Rekaan"
    assert said["case_bundle"]["form_kk1"] is None
    for code in (*not_yet, *accident):
        assert kinds()[code].collect(ALL, f"{case.pk}") is None, code


def test_letters_of_an_accident_and_of_a_disease() -> None:
    person = a_person()
    case = case_of(Happening.ACCIDENT, person=person)
    for code in (
        "hospital_note",
        "chronology",
        "form_kk1",
        "form_kk2",
        "form_kk3",
        "incident_report",
        "case_bundle",
    ):
        look(kinds()[code], case.pk)
    disease = case_of(Happening.DISEASE, dt.date(2026, 4, 21), person=person)
    look(kinds()["form_pak"], disease.pk)
    assert kinds()["death_letter"].collect(ALL, f"{case.pk}") is None


def test_letters_of_what_the_insurer_decided() -> None:
    case = case_of(person=a_person())
    walk(case, *STRAIGHT)
    step(case, "dibayar")
    for code in ("benefit_receipt", "handover_minutes"):
        assert look(kinds()[code], case.pk)["amount"] == 42_000_000
    other = case_of(Happening.ACCIDENT, dt.date(2026, 4, 2), person=Person.objects.get())
    walk(other, "diverifikasi_desa", "berkas_lengkap", "diajukan_bpjs")
    deed = Deed(dt.date(2026, 5, 4), CaseState.REFUSED, refusal=Refusal.ARREARS, paper="B/1", note="x")
    take(by="operator", case=other, deed=deed)
    other.refresh_from_db()
    assert look(kinds()["objection"], other.pk)["refusal_paper"] == "B/1"


def test_a_list_takes_as_many_queries_for_many_as_for_few() -> None:
    line = line_of()
    decree(line, enter(1, 40))
    bill = bill_of(line, "2026-10")
    other = line_of()
    decree(other, enter(100, 2))
    small = bill_of(other, "2026-10")
    for code in ("bill_request", "bill_bundle", "bill_recap"):
        many = []
        for one in (bill, small):
            with CaptureQueriesContext(connection) as asked:
                kinds()[code].collect(ALL, f"{one.pk}")
            many.append(len(asked))
        assert many[0] == many[1] <= 12, code


def test_categories_say_who_may_see_the_names() -> None:
    line = line_of()
    decree(line, enter(1, 2), category=str(Category.RENTAN))
    bill = bill_of(line, "2026-10")
    assert found(kinds()["bill_request"], bill.pk).categories == {"rentan"}
    assert found(kinds()["bill_check"], bill.pk).categories == set()
