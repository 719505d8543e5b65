"""Reconciliation: each difference has its class and owner; a closed month stays, and the next one points back."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest
from billsworld import EACH, arrive, bill_of, decree, findings, line_of
from django.db import DatabaseError, connection, transaction
from monthsworld import pay as pay_by_hand
from officeworld import VILLAGE, listing, nik
from typer.testing import CliRunner

from payung.cli.app import build
from payung.errors import InputError
from payung.office.access.apart import SamePersonError
from payung.office.bills.actions import give_back
from payung.office.changes.actions import approve, report
from payung.office.changes.states import ChangeKind
from payung.office.people.models import Person
from payung.office.reconciliation import proofs
from payung.office.reconciliation.actions import load_insurer, reopen, sign
from payung.office.reconciliation.models import Closing, Finding
from payung.office.reconciliation.queries import compare, late_changes
from payung.office.reconciliation.states import ClosingState, Difference, Side, mending

pytestmark = pytest.mark.django_db
MONTH, NEXT = "2026-09", "2026-10"


@pytest.fixture
def people(make_people: Any) -> list[Person]:
    return list(make_people(*(listing(number) for number in range(1, 6))))


def kinds(month: str = MONTH) -> dict[int, str]:
    return {one.person: str(one.kind) for one in compare(month).differences}


def wrong() -> list[str]:
    return [one.code for check in proofs.CHECKS for one in check()] + [one.code for one in findings()]


def close(month: str) -> Closing:
    sign(by="dinas", month=month, side=Side.DISTRICT)
    return sign(by="cabang", month=month, side=Side.BRANCH)


def whole(closing: Closing) -> tuple[str, str, int]:
    findings_ = Finding.objects.filter(closing=closing).count()
    return closing.digest, json.dumps(closing.minutes, sort_keys=True), findings_


def test_every_class_has_owner_and_days() -> None:
    for kind in Difference:
        assert mending(kind).days > 0


def test_month_in_which_everything_agrees_has_no_difference(people: list[Person]) -> None:
    line = line_of()
    decree(line, people)
    arrive(5 * EACH, bill_of(line, MONTH))
    compared = compare(MONTH)
    assert compared.differences == ()
    assert compared.totals == {
        "decree": (5, 0),
        "billed": (5, 5 * EACH),
        "paid": (5, 5 * EACH),
        "insurer": (0, 0),
    }


def test_each_difference_has_its_class(people: list[Person], make_people: Any) -> None:
    line = line_of()
    decree(line, people)
    bill = bill_of(line, MONTH)
    arrive(4 * EACH, bill)
    unpaid = people[4]
    (stranger, unbilled) = make_people(listing(21), listing(22))
    pay_by_hand([stranger.pk], [MONTH], "2026-09-05", line=line.pk)
    decree(line, [unbilled])
    dead = people[0]
    change = report(
        by="siti", person=dead, kind=ChangeKind.MENINGGAL, on=dt.date(2026, 8, 20), evidence="akta"
    ).change
    approve(by="camat", change=change)
    assert kinds() == {
        dead.pk: "paid_inactive",
        unpaid.pk: "unpaid",
        stranger.pk: "paid_no_decree",
        unbilled.pk: "unbilled",
    }
    assert {one.village_code for one in compare(MONTH).differences} == {VILLAGE}
    content = "nik;segment;amount\n" + "\n".join(
        [
            f"{nik(2)};bpu;{EACH}",
            f"{nik(3)};bpu;{EACH - 500}",
            f"{nik(99)};bpu;{EACH}",
            f"{nik(5)};bpu;{EACH}",
        ]
    )
    loaded = load_insurer(by="cabang", month=MONTH, name="cabang.csv", content=content.encode())
    assert (loaded.rows, loaded.unknown) == (4, 1)
    assert load_insurer(by="cabang", month=MONTH, name="lain.csv", content=content.encode()) == loaded
    found = kinds()
    assert found[people[2].pk] == "insurer_amount"
    assert found[people[3].pk] == "insurer_missing"
    assert people[1].pk not in found


def test_closing_takes_both_sides_and_the_same_figures(people: list[Person]) -> None:
    line = line_of()
    decree(line, people)
    bill = bill_of(line, MONTH)
    first = sign(by="dinas", month=MONTH, side=Side.DISTRICT)
    assert first.state == ClosingState.HALF
    with pytest.raises(SamePersonError):
        sign(by="dinas", month=MONTH, side=Side.BRANCH)
    arrive(5 * EACH, bill)  # the figures move: the first signature no longer counts
    second = sign(by="cabang", month=MONTH, side=Side.BRANCH)
    assert (second.state, second.district_by) == (ClosingState.HALF, "")
    closed = sign(by="dinas", month=MONTH, side=Side.DISTRICT)
    assert (closed.state, closed.event > 0) == (ClosingState.CLOSED, True)
    with pytest.raises(InputError, match="ditutup"):
        sign(by="dinas", month=MONTH, side=Side.DISTRICT)
    assert wrong() == []


def test_closed_month_stays_and_the_next_one_points_back(people: list[Person]) -> None:
    line = line_of()
    decree(line, people)
    bill = bill_of(line, MONTH)
    arrive(4 * EACH, bill, on="2026-09-10")
    closed = close(MONTH)
    kept = whole(closed)
    # October: a payment of 3 September and a death of 20 August arrive.
    arrive(EACH, bill, on="2026-09-03")
    change = report(
        by="siti", person=people[0], kind=ChangeKind.MENINGGAL, on=dt.date(2026, 8, 20), evidence="akta"
    ).change
    approve(by="camat", change=change)
    give_back(by="t", bill=bill, people=[people[0].pk], months=[2026 * 12 + 8], reason="meninggal 20 Agustus")
    closed.refresh_from_db()
    assert (
        closed.digest,
        json.dumps(closed.minutes, sort_keys=True),
        Finding.objects.filter(closing=closed).count(),
    ) == kept
    compared = compare(NEXT)
    assert [(one.of, one.person, one.amount) for one in compared.corrections] == [
        (MONTH, people[4].pk, EACH),
        (MONTH, people[0].pk, -EACH),
    ]
    assert [change.person for change in late_changes(NEXT)] == [people[0]]
    october = close(NEXT)
    assert Finding.objects.filter(closing=october, of=MONTH).count() == 2
    assert compare("2026-11").corrections == ()  # told once
    assert wrong() == []


def test_reopening_is_a_new_round(people: list[Person]) -> None:
    line = line_of()
    decree(line, people)
    closed = close(MONTH)
    for reason, month in (("", MONTH), ("salah", "2026-03")):
        with pytest.raises(InputError):
            reopen(by="dinas", month=month, reason=reason)
    opened = reopen(by="dinas", month=MONTH, reason="temuan Inspektorat")
    assert (opened.round, opened.state) == (1, ClosingState.OPEN)
    again = close(MONTH)
    closed.refresh_from_db()
    assert (again.round, closed.state, Closing.objects.count()) == (1, ClosingState.CLOSED, 2)
    assert wrong() == []


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE reconciliation_closing SET state = 'open'",
        "UPDATE reconciliation_closing SET digest = 'x'",
        "DELETE FROM reconciliation_closing",
        "UPDATE reconciliation_finding SET paid = 1",
        "DELETE FROM reconciliation_finding",
    ],
)
def test_database_keeps_closed_months(people: list[Person], sql: str) -> None:
    line = line_of()
    decree(line, people)
    closed = close(MONTH)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)
    with pytest.raises(DatabaseError), transaction.atomic():
        Finding.objects.create(
            closing=closed, number=99, person=1, segment=1, owner="dinas", due_on=dt.date(2026, 11, 1)
        )
    assert wrong() == []


def test_from_the_command_line(people: list[Person], make_user: Any, tmp_path: Path) -> None:
    line = line_of()
    decree(line, people)
    arrive(4 * EACH, bill_of(line, MONTH))
    make_user("dinsos")
    make_user("bpjs")
    file = tmp_path / "cabang.csv"
    file.write_text(f"nik;segment;amount\n{nik(1)};bpu;{EACH}\n")

    def call(*words: str) -> Any:
        done = CliRunner().invoke(build(), [*words, "--json"], catch_exceptions=False)
        assert done.exit_code == 0, done.output
        return json.loads(done.stdout)

    found = call("reconcile", MONTH, "--insurer", str(file), "--by", "bpjs")
    assert found["differences"] == {"unpaid": 1, "insurer_missing": 3}
    assert call("close", MONTH, "--by", "dinsos")["state"] == "half"
    closed = call("close", MONTH, "--by", "bpjs", "--side", "cabang")
    assert (closed["state"], closed["digest"]) == ("closed", found["digest"])
    assert call("close", MONTH, "--by", "dinsos", "--reopen", "temuan")["round"] == 1
