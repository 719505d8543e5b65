"""Two districts in one office: each closes its own months, keeps its own figures, and holds no rows of the other."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from billsworld import EACH, arrive, bill_of, decree, findings, line_of
from districtsworld import FIRST, OTHER_VILLAGE, SECOND, second_district
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, connection, transaction
from officeworld import VILLAGE, listing, nik
from typer.testing import CliRunner

from payung.cli.app import build
from payung.errors import InputError
from payung.office.bills.models import Bill
from payung.office.insight.actions import add_denominator, add_target
from payung.office.insight.models import Denominator, Snapshot, SnapshotCell
from payung.office.insight.queries import Frozen, closed_months, denominators, frozen_for_user, snapshots
from payung.office.months.models import Place
from payung.office.people.models import Person
from payung.office.programme.actions import Candidate, begin, put_in
from payung.office.programme.models import Decree, DecreePerson, Line
from payung.office.reconciliation import proofs
from payung.office.reconciliation.actions import load_insurer, reopen, sign
from payung.office.reconciliation.models import Closing, Finding
from payung.office.reconciliation.queries import compare, current
from payung.office.reconciliation.states import ClosingState, Side

pytestmark = pytest.mark.django_db
MONTH = "2026-09"
HOME = {FIRST: VILLAGE, SECOND: OTHER_VILLAGE}
People = dict[str, list[Person]]


@pytest.fixture
def people(regions: None, make_people: Any) -> People:
    """Three people here and two there, covered by a decree of their district; one of each is not paid for."""
    second_district()
    found = {
        FIRST: make_people(*(listing(number) for number in (1, 2, 3))),
        SECOND: make_people(*(listing(number) for number in (11, 12)), village=OTHER_VILLAGE),
    }
    for code, those in found.items():
        line = line_of(region_code=code)
        decree(line, those)
        arrive((len(those) - 1) * EACH, bill_of(line, MONTH))
    return found


def close(district: str, month: str = MONTH) -> Closing:
    sign(by="dinas", month=month, side=Side.DISTRICT, district=district)
    return sign(by="cabang", month=month, side=Side.BRANCH, district=district)


def wrong() -> list[str]:
    return [one.code for check in proofs.CHECKS for one in check()] + [one.code for one in findings()]


def test_each_district_is_compared_and_closed_by_itself(people: People) -> None:
    with pytest.raises(InputError, match="--district"):
        compare(MONTH)
    with pytest.raises(InputError, match=r"62\.99"):
        sign(by="dinas", month=MONTH, side=Side.DISTRICT, district="62.99")
    for code, many in ((FIRST, 3), (SECOND, 2)):
        compared = compare(MONTH, code)
        assert compared.totals["decree"] == (many, 0)
        assert compared.totals["billed"] == (many, many * EACH)
        assert compared.totals["paid"] == (many - 1, (many - 1) * EACH)
        assert [one.person for one in compared.differences] == [people[code][-1].pk]
    closed = close(FIRST)
    assert (closed.district, closed.state) == (FIRST, ClosingState.CLOSED)
    assert current(MONTH, SECOND) is None
    assert close(SECOND).round == 0
    reopen(by="dinas", month=MONTH, reason="temuan", district=SECOND)
    assert current(MONTH, FIRST) == closed
    assert wrong() == []


def test_correction_of_a_closed_month_is_told_in_its_own_district(people: People) -> None:
    close(FIRST)
    close(SECOND)
    arrive(EACH, Bill.objects.get(region_code=SECOND), on="2026-09-30")
    assert compare("2026-10", FIRST).corrections == ()
    (one,) = compare("2026-10", SECOND).corrections
    assert (one.person, one.amount) == (people[SECOND][-1].pk, EACH)


def test_branch_list_knows_nobody_of_the_other_district(people: People) -> None:
    content = f"nik;segment;amount\n{nik(1)};bpu;{EACH}\n{nik(11)};bpu;{EACH}\n".encode()
    here = load_insurer(by="bpjs", month=MONTH, name="a.csv", content=content, district=FIRST)
    there = load_insurer(by="bpjs", month=MONTH, name="a.csv", content=content, district=SECOND)
    assert (here.unknown, there.unknown) == (1, 1)
    assert here.lines.get().person == people[FIRST][0].pk
    assert there.lines.get().person == people[SECOND][0].pk
    assert compare(MONTH, FIRST).insurer_list == here.pk


def test_snapshots_denominators_and_targets_are_those_of_a_district(people: People, make_user: Any) -> None:
    add_denominator(by="t", source="BPS", year=2025, definition="pekerja", parts={FIRST: 40, VILLAGE: 9})
    other = add_denominator(by="t", source="BPS", year=2025, definition="pekerja", parts={SECOND: 60})
    with pytest.raises(InputError, match="satu kabupaten"):
        add_denominator(by="t", source="BPS", year=2025, definition="x", parts={FIRST: 1, SECOND: 1})
    with pytest.raises(InputError, match="bukan kabupaten ini"):
        add_target(
            by="t", place=SECOND, year=2027, share=5000, source="RPJMD", definition="x", district=FIRST
        )
    close(SECOND)
    snapshot = Snapshot.objects.get()
    assert (snapshot.district, snapshot.denominators) == (SECOND, [other.pk])
    assert closed_months([FIRST]) == {}
    assert list(closed_months([SECOND])) == [MONTH]
    assert list(closed_months([FIRST, SECOND])) == []
    assert denominators([SECOND]) == [other]
    assert denominators([FIRST, SECOND]) == []
    close(FIRST)
    (both,) = snapshots([FIRST, SECOND])
    one, two = make_user("dinsos"), make_user("dinsos", SECOND, username="dinsos.dua")
    for user, many in ((one, 3), (two, 2)):
        assert frozen_for_user(user, both)["orang"].number == many
    assert isinstance(both, Frozen)
    assert {one.district for one in both.snapshots} == {FIRST, SECOND}


def test_pages_of_a_month_are_those_of_who_looks(people: People, make_user: Any, sign_in: Any) -> None:
    close(SECOND)
    agency, other = (
        sign_in(make_user("dinsos")),
        sign_in(make_user("dinsos", SECOND, username="dinsos.dua")),
    )
    assert "Ditutup" not in agency.get("/rekonsiliasi/").content.decode()
    assert "Ditutup" in other.get("/rekonsiliasi/").content.decode()
    page = f"/rekonsiliasi/bulan/?bulan={MONTH}"
    assert people[SECOND][-1].name not in agency.get(page).content.decode()
    assert agency.get(f"{page}&kabupaten={SECOND}").status_code == 404
    for address in ("setujui", "buka"):
        answer = agency.post(
            f"/rekonsiliasi/bulan/{address}/?bulan={MONTH}&kabupaten={SECOND}", {"reason": "x"}
        )
        assert answer.status_code == 404
    file = SimpleUploadedFile("cabang.csv", b"nik;segment;amount\n")
    answer = agency.post(f"/rekonsiliasi/bulan/cabang/?bulan={MONTH}&kabupaten={SECOND}", {"file": file})
    assert answer.status_code == 404
    assert agency.get(f"/ringkasan/?per={MONTH}").status_code == 404
    assert other.get(f"/ringkasan/?per={MONTH}").context["answer"].people == 2
    assert other.get("/laporan/").context["periods"]
    assert not agency.get("/laporan/").context["periods"]


def test_somebody_of_both_districts_chooses_one(people: People, make_user: Any, sign_in: Any) -> None:
    from payung.office.accounts.actions import give_role

    branch = make_user("bpjs")
    give_role(by="tests", user=branch, role="bpjs", region_code=SECOND, starts=dt.date(2020, 1, 1))
    client = sign_in(branch)
    assert client.get("/rekonsiliasi/").context["district"] == FIRST
    page = client.get(f"/rekonsiliasi/bulan/?bulan={MONTH}&kabupaten={SECOND}")
    assert (page.context["district"], page.context["many"]) == (SECOND, 1)
    sent = client.post(f"/rekonsiliasi/bulan/setujui/?bulan={MONTH}&kabupaten={SECOND}")
    assert sent.status_code == 302
    assert Closing.objects.get().district == SECOND


def _finding() -> None:
    closing = sign(by="dinas", month=MONTH, side=Side.DISTRICT, district=FIRST)
    Finding.objects.create(
        closing=closing, number=1, person=1, segment=1, village_code=OTHER_VILLAGE, owner="dinas",
        due_on=dt.date(2026, 11, 1),
    )  # fmt: skip


def _closing_moves() -> None:
    sign(by="dinas", month=MONTH, side=Side.DISTRICT, district=FIRST)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE reconciliation_closing SET district = '62.04'")


def _cell() -> None:
    close(FIRST)
    SnapshotCell.objects.create(
        snapshot=Snapshot.objects.get(), figure="orang", place=OTHER_VILLAGE, keys="[]", number=1, many=1
    )


def _denominator() -> None:
    made = add_denominator(by="t", source="BPS", year=2025, definition="x", parts={FIRST: 40})
    assert Denominator.objects.get().district == FIRST
    made.parts.create(place=SECOND, number=1)


def _decree() -> None:
    line = Line.objects.get(region_code=FIRST)
    Decree.objects.create(region_code=SECOND, line=line, from_month=MONTH, until_month=MONTH, created_by="t")


def _person() -> None:
    line = Line.objects.get(region_code=FIRST)
    draft = begin(by="t", line=line, from_month="2026-01", until_month="2026-12")
    row = DecreePerson.objects.filter(village_code=OTHER_VILLAGE).first()
    assert row is not None
    row.pk, row.decree, row.line, row.held = None, draft, line, False
    row._state.adding = True
    row.save(force_insert=True)


def _bill() -> None:
    line = Line.objects.get(region_code=FIRST)
    Bill.objects.create(
        line=line, segment="bpu", from_month="2026-10", until_month="2026-10", region_code=SECOND,
        due_on=dt.date(2026, 10, 15), drawn_by="t",
    )  # fmt: skip


def _place() -> None:
    place = Place.objects.get(village_code=OTHER_VILLAGE)
    Bill.objects.get(region_code=FIRST).places.create(place=place.pk, people=1, amount=1)


@pytest.mark.parametrize(
    "breaks", [_finding, _closing_moves, _cell, _denominator, _decree, _person, _bill, _place]
)
def test_database_refuses_rows_of_the_other_district(people: People, breaks: Callable[[], None]) -> None:
    with pytest.raises(DatabaseError, match="district"), transaction.atomic():
        breaks()


def test_decree_takes_nobody_of_the_other_district(people: People) -> None:
    line = Line.objects.get(region_code=FIRST)
    draft = begin(by="t", line=line, from_month="2026-01", until_month="2026-12")
    away = Candidate(
        person=people[SECOND][0],
        segment="bpu",
        category="rentan",
        village_code=OTHER_VILLAGE,
        income=1,  # type: ignore[arg-type]
    )
    with pytest.raises(InputError, match=r"kabupaten SK ini \(62\.03\)"):
        put_in(by="t", decree=draft, candidates=[away])


def test_commands_ask_which_district(people: People, make_user: Any, tmp_path: Path) -> None:
    make_user("dinsos")
    make_user("dinsos", SECOND, username="dinsos.dua")

    def call(*words: str) -> Any:
        return CliRunner().invoke(build(), [*words, "--json"])

    refused = call("reconcile", MONTH)
    assert refused.exit_code != 0
    assert "--district" in str(refused.exception) + refused.output
    told = json.loads(call("reconcile", MONTH, "--district", SECOND).stdout)
    assert (told["district_code"], told["totals"]["decree"]["people"]) == (SECOND, 2)
    own = json.loads(call("reconcile", MONTH, "--by", "dinsos").stdout)
    assert (own["district_code"], own["totals"]["decree"]["people"]) == (FIRST, 3)
    for words in (("reconcile", MONTH), ("close", MONTH)):
        assert call(*words, "--by", "dinsos", "--district", SECOND).exit_code != 0
    assert json.loads(call("close", MONTH, "--by", "dinsos.dua").stdout)["district_code"] == SECOND
