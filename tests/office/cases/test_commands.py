"""`payung case` and `payung unclaimed`: what scripts get as JSON, and one sentence for what cannot be."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import pytest
from casesworld import DIED, paid
from officeworld import FAR, VILLAGE, listing, nik
from typer.testing import CliRunner

from payung.errors import PayungError
from payung.office.cases.models import Case, Incident, Report
from payung.office.changes.models import Change
from payung.office.people.models import DEAD, Person
from payung.office.service import start

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _open(monkeypatch: pytest.MonkeyPatch, make_user: Any) -> None:
    monkeypatch.setattr(start, "load", lambda: None)
    monkeypatch.setattr(start, "ready", lambda: None)
    make_user("operator")


@pytest.fixture
def person(make_people: Any) -> Person:
    found: Person = make_people(listing(1))[0]
    return found


def run(*words: str) -> Any:
    from payung.cli.app import build

    done = CliRunner().invoke(build(), [*words, "--by", "operator", "--json"], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return json.loads(done.output)


def refused(*words: str) -> str:
    """Return the sentence with which a command refuses, in both languages."""
    from payung.cli.app import build

    with pytest.raises(PayungError) as error:
        CliRunner().invoke(build(), [*words, "--by", "operator", "--json"], catch_exceptions=False)
    return f"{error.value.message.id}|{error.value.message.en}"


def report(*words: str, what: str = "death", on: str = DIED.isoformat(), name: str = "Orang 1") -> Any:
    return run(*_report(what, on, name), *words)


def _report(what: str, on: str, name: str) -> tuple[str, ...]:
    place = ("--place", "rumah", "--village", VILLAGE, "--reporter", "RT")
    return ("case", "report", "--what", what, "--on", on, "--name", name, *place)


def test_a_late_report_is_recorded_and_says_which_clock_is_over(person: Person) -> None:
    made = report("--nik", nik(1), what="accident", on="2026-04-20T08:00")
    clock = next(one for one in made["clocks"] if one["code"] == "stage_one")
    assert (clock["until"], clock["late"], clock["done"]) == ("2026-04-22T08:00", True, None)
    told = run(
        "case", "decide", made["number"], "--to", "lapor_tahap_1", "--on", "2026-04-22T08:01", "--letter", "1"
    )
    assert (told["kind"], told["state"]) == ("lapor_tahap_1", "dilaporkan")
    clock = next(one for one in told["clocks"] if one["code"] == "stage_one")
    assert (clock["done"], clock["late"]) == ("2026-04-22T08:01", True)


def test_in_time_to_the_minute_is_in_time(person: Person) -> None:
    made = report("--nik", nik(1), what="accident", on="2026-04-20T08:00")
    told = run("case", "decide", made["number"], "--to", "lapor_tahap_1", "--on", "2026-04-22T07:59")
    assert not next(one for one in told["clocks"] if one["code"] == "stage_one")["late"]


def test_somebody_who_is_not_in_the_register_is_reported_all_the_same() -> None:
    made = report("--nik", nik(50), name="Belum Terdaftar")
    assert (made["in_register"], made["joined"], len(made["cases"])) == (False, False, 1)
    shown = run("case", "show", made["number"])
    assert (shown["covered"], shown["estimate"]) == ("no", None)
    assert "menurut catatan kantor ini belum terlindungi" in shown["estimate_missing"]


@pytest.mark.parametrize(
    ("on", "says"),
    [
        ("1989-03-04", "lahir (05-03-1989)"),
        ("2100-01-01", "belum tiba"),
        ("kemarin", "kemarin"),
        ("2026-04-20T25:00", "25:00"),
    ],
)
def test_a_day_that_cannot_be_is_one_sentence_and_nothing_is_kept(person: Person, on: str, says: str) -> None:
    said = refused(*_report("death", on, "Orang 1"), "--nik", nik(1))
    assert says in said
    assert said.split("|")[1]
    assert not Incident.objects.exists()


def test_a_second_report_joins_and_one_sent_twice_is_one(person: Person) -> None:
    first = report("--nik", nik(1))
    again = report(on=(DIED + dt.timedelta(days=2)).isoformat(), name="ORANG 1")
    assert (again["number"], again["joined"]) == (first["number"], True)
    for _ in range(2):
        kept = report("--nik", nik(1), "--key", "script-7", "--story", "dari daftar RT")
    assert kept["joined"]
    assert (Incident.objects.count(), Report.objects.count(), Change.objects.count()) == (1, 3, 1)


def test_facts_are_corrected_until_the_insurer_decided(person: Person) -> None:
    paid(person, "2025-01", "2026-04")
    number = report("--nik", nik(1))["number"]
    told = run(
        "case", "correct", number, "--on", "2026-04-21T06:30", "--place", "kebun", "--reason", "keluarga"
    )
    assert (told["on"], told["hour"], told["place"]) == ("2026-04-21", "06:30", "kebun")
    assert told["changed"] == ["hour", "on", "place"]
    steps = ("diverifikasi_desa", "berkas_lengkap", "diajukan_bpjs")
    for state in steps:
        run("case", "decide", number, "--to", state, "--on", "2026-05-04", "--note", "asli di meja")
    done = run("case", "decide", number, "--to", "disetujui", "--on", "2026-05-05", "--amount", "42000000")
    assert done["state"] == "disetujui"
    said = refused("case", "correct", number, "--place", "sungai", "--reason", "salah")
    assert "sudah diputus" in said
    assert "its facts stay" in said
    assert Incident.objects.get().place == "kebun"
    refused("case", "decide", number, "--to", "dilaporkan")  # no way back without the insurer
    assert str(Case.objects.get().state) == "disetujui"


def test_an_objection_and_a_guarantee_are_written_beside_the_way(person: Person) -> None:
    number = report("--nik", nik(1), what="accident")["number"]
    words = ("--guarantee", "dijamin", "--letter", "J-1", "--on", "2026-04-25")
    told = run("case", "decide", number, "--to", "jaminan", *words)
    assert (told["kind"], told["state"]) == ("jaminan", "dilaporkan")
    assert "jaminannya" in refused("case", "decide", number, "--to", "jaminan")
    assert "terbang" in refused("case", "decide", number, "--to", "terbang")


def test_what_lies_elsewhere_is_not_there(make_people: Any) -> None:
    (far,) = make_people(listing(2), village=FAR)
    from casesworld import case_of

    case = case_of(person=far, name=far.name, village_code=FAR)
    for words in (("show",), ("decide", "--to", "gugur"), ("correct", "--reason", "x")):
        assert case.number in refused("case", words[0], case.number, *words[1:])


def test_unclaimed_names_what_can_still_be_claimed(person: Person) -> None:
    paid(person, "2025-01", "2026-04")
    Person.objects.filter(pk=person.pk).update(life_status=DEAD)
    found = run("unclaimed")
    assert [(row["covered"], row["amount"], row["until"]) for row in found["unclaimed"]] == [
        ("periksa", None, None)
    ]
    assert (found["amount"], found["estimate"]) == (0, True)
    report("--nik", nik(1))
    assert run("unclaimed")["unclaimed"] == []
