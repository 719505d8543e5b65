"""Reports, steps and papers; what the database refuses past every action."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from casesworld import DIED, JPEG, STRAIGHT, case_of, report, step, told, walk
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, connection, transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from officeworld import NEIGHBOUR, listing, nik

from payung.errors import InputError
from payung.office.cases import actions
from payung.office.cases.actions import Deed
from payung.office.cases.actions.papers import let_go
from payung.office.cases.models import Case, CasePaper, Incident, Report, VillageLink
from payung.office.cases.states import (
    TREATMENT,
    WAYS,
    CaseKind,
    CaseState,
    Channel,
    Guarantee,
    Happening,
    Refusal,
    StepKind,
)
from payung.office.changes.models import Change
from payung.office.history.models import Event
from payung.office.people.models import Person
from payung.office.service.leftovers import referred

pytestmark = pytest.mark.django_db


@pytest.fixture
def person(make_people: Any) -> Person:
    found: Person = make_people(listing(1))[0]
    return found


# Reports


def test_a_report_gives_a_number_and_asks_to_stop_the_bills(person: Person) -> None:
    made = report(person=person)
    assert made.incident.number.startswith("K-20")
    assert not made.joined
    assert made.cases[0].state is CaseState.REPORTED
    change = Change.objects.get()
    assert (change.person_id, change.on, str(change.state)) == (person.pk, DIED, "reported")
    event = Event.objects.get(action="incident.report")
    assert (event.person, event.letter) == (person.pk, made.incident.number)


def test_numbers_follow_one_another(regions: None) -> None:
    first, second = report(name="Satu"), report(name="Dua")
    assert int(second.incident.number[-5:]) == int(first.incident.number[-5:]) + 1


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ({"nik": nik(1)}, {"nik": nik(1), "name": "Orang Satu", "on": DIED + dt.timedelta(days=1)}),
        ({}, {"nik": nik(1)}),
        ({"name": "orang  1"}, {"on": DIED - dt.timedelta(days=3)}),
        ({"nik": nik(50), "name": "Belum Terdaftar"}, {"nik": nik(50), "name": "Blm Terdaftar"}),
    ],
    ids=["same NIK", "first without NIK", "same name and village", "nobody of the register"],
)
def test_second_report_of_the_same_event_joins(person: Person, first: Any, second: Any) -> None:
    one, again = report(**first), report(**second)
    assert again.joined
    assert again.incident.pk == one.incident.pk
    assert (Incident.objects.count(), Case.objects.count(), Report.objects.count()) == (1, 1, 2)


@pytest.mark.parametrize(
    "other",
    [{"name": "Orang 2"}, {"village_code": NEIGHBOUR}, {"on": DIED - dt.timedelta(days=4)}],
    ids=["name", "village", "day"],
)
def test_another_event_is_another_one(regions: None, other: Any) -> None:
    report()
    assert not report(**other).joined


def test_accident_and_a_later_death_are_two(person: Person) -> None:
    report(Happening.ACCIDENT, person=person)
    assert not report(Happening.DEATH, DIED + dt.timedelta(days=30), person=person).joined


def test_a_report_that_the_phone_sends_twice_is_one(regions: None) -> None:
    for _ in range(2):
        made = report(key="11111111-2222", channel=Channel.LINK)
    assert made.joined
    assert Report.objects.count() == 1


def test_one_key_for_two_reports_loses_neither(regions: None) -> None:
    """A page that lies on the phone gives every report the same key."""
    key = "11111111-2222"
    first = report(key=key, channel=Channel.LINK)
    other = report(key=key, channel=Channel.LINK, name="Orang Lain")
    assert not other.joined
    assert report(key=key, channel=Channel.LINK, name="Orang Lain").incident == other.incident
    assert (Incident.objects.count(), Report.objects.count()) == (2, 2)
    more = report(
        key=key, channel=Channel.LINK, story="saya melihatnya"
    )  # more about the first: joined, kept
    assert (more.incident, more.joined, Report.objects.count()) == (first.incident, True, 3)
    assert key not in str(list(Report.objects.values_list("key", flat=True)))


def test_a_report_that_knows_who_it_was_links_the_person(person: Person) -> None:
    made = report()
    assert made.incident.person is None
    report(person=person)
    made.incident.refresh_from_db()
    assert made.incident.person == person


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"on": dt.date(2100, 1, 1)}, "on"),
        ({"on": dt.date(1980, 1, 1), "nik": nik(1)}, "on"),
        ({"nik": "123"}, "nik"),
        ({"name": " "}, "name"),
        ({"place": ""}, "place"),
        ({"village_code": "62.03"}, "village_code"),
        ({"channel": Channel.LINK, "phone": "08"}, "phone"),
    ],
)
def test_what_cannot_be_is_refused_in_one_sentence(person: Person, values: Any, field: str) -> None:
    with pytest.raises(InputError) as refused:
        report(**values)
    assert refused.value.at == field
    assert refused.value.message.en
    assert not Incident.objects.exists()


def test_the_link_tells_nobody_whether_a_nik_is_known(person: Person) -> None:
    early = report(
        on=dt.date(1980, 1, 1), nik=nik(1), channel=Channel.LINK
    )  # before the birth: kept, not linked
    assert early.incident.person is None


def test_late_reports_are_recorded_and_marked(person: Person) -> None:
    case = case_of(Happening.ACCIDENT, person=person)
    deed = Deed(DIED + dt.timedelta(days=20), kind=StepKind.STAGE_ONE, paper="1/2026")
    actions.take(by="operator", case=case, deed=deed)
    assert Event.objects.filter(action="case.step").get().after["late"] == "stage_one"


# Steps


def test_from_report_to_receipt(person: Person) -> None:
    case = walk(case_of(person=person), *STRAIGHT, "dibayar", "diserahkan", "selesai")
    assert case.state is CaseState.DONE
    assert [str(one.state) for one in case.steps.all()][-3:] == ["dibayar", "diserahkan", "selesai"]
    assert case.steps.get(state="dibayar").amount == 42_000_000


def test_refused_can_be_objected_to_and_what_was_decided_stays(person: Person) -> None:
    case = walk(case_of(person=person), *STRAIGHT[:4])
    step(case, "ditolak", refusal=Refusal.ARREARS, paper="S-1", object_until=dt.date(2026, 6, 1))
    objection = Deed(dt.date(2026, 5, 20), kind=StepKind.OBJECTION, paper="K-1", note="bukti bayar")
    actions.take(by="operator", case=case, deed=objection)
    with pytest.raises(InputError):
        step(case, "diperiksa", note="")  # opening again needs a reason
    walk(case, "diperiksa", "disetujui")
    refused = case.steps.get(state="ditolak", kind="langkah")
    assert (refused.refusal, refused.paper) == (Refusal.ARREARS, "S-1")


def test_treatment_at_a_partner_clinic(person: Person) -> None:
    case = walk(case_of(Happening.ACCIDENT, person=person), "dirujuk_plkk", "dirawat")
    for guarantee, paper in (
        (Guarantee.SUSPECTED, ""),
        (Guarantee.WAITING, ""),
        (Guarantee.GUARANTEED, "J-7"),
    ):
        deed = Deed(dt.date(2026, 5, 4), kind=StepKind.GUARANTEE, guarantee=guarantee, paper=paper)
        actions.take(by="operator", case=case, deed=deed)
    step(case, "cacat", becomes=CaseKind.JKK_DISABILITY)
    case.refresh_from_db()
    assert (case.kind, case.state) == (CaseKind.JKK_DISABILITY, CaseState.DISABLED)


@pytest.mark.parametrize(
    ("states", "to", "values", "field"),
    [
        ((), "dibayar", {}, "to"),
        ((), "dirawat", {}, "to"),  # JKM has no treatment
        (("diverifikasi_desa",), "berkas_lengkap", {"note": ""}, "note"),
        ((), "diverifikasi_desa", {"on": DIED - dt.timedelta(days=1)}, "on"),
        ((), "diverifikasi_desa", {"on": dt.date(2100, 1, 1)}, "on"),
        ((), "gugur", {"note": " "}, "note"),
        (STRAIGHT[:4], "ditolak", {"refusal": Refusal.OTHER}, "paper"),
        (STRAIGHT[:4], "ditolak", {"paper": "S-1"}, "refusal"),
        (STRAIGHT[:4], "disetujui", {"amount": None}, "amount"),
        (STRAIGHT, "dibayar", {"holder": ""}, "holder"),
        ((*STRAIGHT, "dibayar"), "diserahkan", {"witness": ""}, "witness"),
        (("diverifikasi_desa",), "berkas_lengkap", {"becomes": CaseKind.JKK_DEATH}, "becomes"),
    ],
)
def test_a_step_that_says_too_little_is_refused(
    person: Person, states: tuple[str, ...], to: str, values: Any, field: str
) -> None:
    case = walk(case_of(person=person), *states)
    before = case.steps.count()
    with pytest.raises(InputError) as refused:
        step(case, to, **values)
    assert refused.value.at == field
    case.refresh_from_db()
    assert case.steps.count() == before


def test_dropped_incident_makes_room_for_the_true_one(person: Person) -> None:
    walk(case_of(person=person), "gugur")
    assert Incident.objects.get().void
    assert not report(on=DIED + dt.timedelta(days=5), person=person).joined


def test_facts_of_a_decided_case_stay(person: Person) -> None:
    case = case_of(person=person)
    actions.correct(by="operator", incident=case.incident, reason="salah tulis", place="sungai")
    case = walk(case, *STRAIGHT)
    with pytest.raises(InputError) as refused:
        actions.correct(by="operator", incident=case.incident, reason="salah", place="kebun")
    assert "sudah diputus" in refused.value.message.id
    actions.correct(by="dinas", incident=case.incident, reason="surat dokter", diagnosis="rahasia")
    case.incident.refresh_from_db()
    assert (case.incident.place, case.incident.diagnosis) == ("sungai", "rahasia")
    assert "rahasia" not in str([event.after for event in Event.objects.all()])


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(CaseState), min_size=1, max_size=6), st.sampled_from([*Happening]))
def test_a_case_goes_the_ways_that_there_are_and_no_other(
    regions: None, states: list[CaseState], happening: Happening
) -> None:
    with transaction.atomic():
        case = case_of(happening, name="Seseorang")
        now = CaseState.REPORTED
        for to in states:
            if to in WAYS[now] and not (case.kind is CaseKind.JKM and to in TREATMENT):
                step(case, to, refusal=Refusal.OTHER, paper="S-1")
                now = to
            else:
                with pytest.raises(InputError) as refused:
                    step(case, to, refusal=Refusal.OTHER, paper="S-1")
                assert refused.value.at == "to"
        case.refresh_from_db()
        assert case.state is now
        transaction.set_rollback(True)


# What the database refuses


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE cases_step SET note = 'lain'",
        "DELETE FROM cases_step",
        "UPDATE cases_report SET reporter = 'lain'",
        "DELETE FROM cases_report",
        "DELETE FROM cases_case",
        "DELETE FROM cases_incident",
        "UPDATE cases_case SET state = 'dibayar'",
        "UPDATE cases_case SET kind = 'jkk_plkk'",
        "UPDATE cases_case SET state = 'terbang'",
        "UPDATE cases_incident SET place = 'lain'",
        "UPDATE cases_incident SET name = ''",
        "UPDATE cases_incident SET fatal = NOT fatal",
    ],
)
def test_the_database_refuses(person: Person, sql: str) -> None:
    walk(case_of(person=person), *STRAIGHT)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


@pytest.mark.parametrize(
    "values",
    [
        {"number": 9},
        {"before": "dibayar"},
        {"state": "dibayar", "amount": 1, "holder": "x"},  # from examined: not a way
        {"state": "disetujui", "amount": None},
        {"state": "ditolak", "refusal": "lain", "paper": ""},
        {"kind": "jaminan", "guarantee": "dijamin", "state": "diperiksa", "paper": "1"},  # of a JKM case
        {"kind": "catatan", "state": "disetujui", "amount": 1},
    ],
)
def test_the_database_refuses_a_step(person: Person, values: dict[str, Any]) -> None:
    case = walk(case_of(person=person), *STRAIGHT[:4])
    row = {
        "case": case,
        "number": 6,
        "kind": "langkah",
        "before": "diperiksa",
        "state": "disetujui",
        "amount": 42,
        "on": DIED,
        "by": "t",
        **values,
    }
    with pytest.raises(DatabaseError), transaction.atomic():
        case.steps.create(**{name: value for name, value in row.items() if name != "case"})


def test_one_person_dies_once(person: Person) -> None:
    made = report(person=person)
    copy = {
        name: getattr(made.incident, name)
        for name in ("happening", "fatal", "person", "name", "name_key", "village_code", "place")
    }
    with pytest.raises(DatabaseError), transaction.atomic():
        Incident.objects.create(number="K-1", on=dt.date(2026, 1, 1), **copy)


# Papers


def test_a_paper_is_sealed_and_counted_once(person: Person, settings: Any) -> None:
    case = case_of(person=person)
    for _ in range(2):
        file = SimpleUploadedFile("foto ktp.exe", JPEG)
        kept = actions.add_paper(by="operator", case=case, code="identity-cards", file=file)
    assert CasePaper.objects.count() == 1
    assert kept.name == "identity-cards.jpg"
    at_rest = (settings.MEDIA_ROOT / kept.path).read_bytes()
    assert at_rest.startswith(b"PAYUNG")
    assert kept.keep_until == dt.date(2032, 4, 20)
    assert kept.path in set(referred())


def test_a_file_is_let_go_when_its_time_is_over(person: Person) -> None:
    case = case_of(person=person)
    file = SimpleUploadedFile("ktp.jpg", JPEG)
    kept = actions.add_paper(by="operator", case=case, code="identity-cards", file=file)
    last = timezone.make_aware(dt.datetime.combine(kept.keep_until, dt.time(12)))
    assert let_go(last) == 0
    assert let_go(last + dt.timedelta(days=1)) == 1
    assert not set(referred())


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("a.jpg", b"MZ\x90\x00", "identity-cards"),
        ("a.pdf", b"<html><script>", "identity-cards"),
        ("a.svg", b"<svg onload=x>", "identity-cards"),
        ("a.jpg", b"", "identity-cards"),
        ("a.jpg", JPEG, "surat-cinta"),
        ("a.jpg", JPEG[:-2] + b"x" * 6_000_000 + JPEG[-2:], "identity-cards"),
        ("a.jpg", JPEG[:-2], "identity-cards"),  # cut off on the way
    ],
)
def test_another_kind_of_file_is_refused(person: Person, name: str, content: bytes, code: str) -> None:
    case = case_of(person=person)
    with pytest.raises(InputError):
        actions.add_paper(by="operator", case=case, code=code, file=SimpleUploadedFile(name, content))
    assert not CasePaper.objects.exists()


# Links


def test_a_new_link_closes_the_one_before(regions: None) -> None:
    first = actions.open_link(by="kades", village_code=told().village_code)
    second = actions.open_link(by="kades", village_code=told().village_code)
    assert (actions.village_of(first), actions.village_of(second)) == (None, told().village_code)
    assert second not in str(list(VillageLink.objects.values()))
    assert actions.close_link(by="kades", village_code=told().village_code)
    assert actions.village_of(second) is None
