"""A year of an invented district: billed, paid on time and late, corrected, closed month by month, and kept beside in a
journal of its own, whose balances another program asserts."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys
from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest
from billsworld import EACH, arrive, decree, findings, line_of
from officeworld import FAR, VILLAGE, listing

from payung.law import months
from payung.office.arrears import actions as arrears
from payung.office.arrears.models import Rung
from payung.office.bills.actions import draw_up, give_back, send, use_rest
from payung.office.bills.models import Bill, Payment
from payung.office.bills.states import BillState, UseKind
from payung.office.changes import actions as changes
from payung.office.changes.states import ChangeKind
from payung.office.history.chain import verify
from payung.office.months.models import MonthSum
from payung.office.programme.journal import journal
from payung.office.programme.models import Line
from payung.office.reconciliation import actions as closing
from payung.office.reconciliation.models import Closing
from payung.office.reconciliation.proofs import CHECKS as CLOSINGS
from payung.office.reconciliation.queries import current
from payung.office.reconciliation.states import Side

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
YEAR = months.between("2025-01", "2025-12")
WITHIN: dict[str, Any] = {"year": 2025, "from_month": "2025-01", "until_month": "2025-12"}
WAGE, PU_EACH = 2_000_000, 10_800  # 0.24 % and 0.30 % of the wage


class Journal:
    """A journal of its own: what arrived, what it bought, what went back; knows nothing of the office."""

    def __init__(self, lines: dict[str, int]) -> None:
        self.text = [f"2025-01-01 open Income:{name} IDR" for name in lines]
        self.text += [
            f"2025-01-01 open Assets:{kind}:{name} IDR" for name in lines for kind in ("Cover", "Rest")
        ]
        self.balance: dict[str, int] = defaultdict(int)

    def book(self, day: str, **moves: int) -> None:
        """Write one transaction; ``Cover_Kapuas=100`` is account Assets:Cover:Kapuas."""
        self.text.append(f'{day} * "x"')
        for account, amount in moves.items():
            kind, _, name = account.partition("_")
            full = f"Income:{name}" if kind == "Income" else f"Assets:{kind}:{name}"
            self.text.append(f"  {full}  {amount} IDR")
            self.balance[full] += amount

    def check(self, path: Path, asserted: dict[str, int]) -> None:
        """Let beancount assert ``asserted``."""
        wanted = [f"2026-01-01 balance {account}  {amount} IDR" for account, amount in asserted.items()]
        path.write_text("\n".join([*self.text, *wanted]) + "\n", encoding="utf-8")
        bean_check(path)


def bean_check(path: Path) -> None:
    command = [
        sys.executable,
        "-c",
        "from beancount.scripts.check import main; main()",
        str(path),
        "--no-cache",
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def billed(line: Line, month: str) -> Bill:
    (draft,) = draw_up(by="bkad", month=month, line=line).bills
    return send(by="dinas", bill=draft)


def close(month: str) -> str:
    closing.sign(by="dinas", month=month, side=Side.DISTRICT)
    return closing.sign(by="cabang", month=month, side=Side.BRANCH).digest


def test_a_year_ends_in_figures_that_an_independent_journal_asserts(make_people: Any, tmp_path: Path) -> None:
    district = line_of(name="Kapuas", **WITHIN)
    telo = line_of(name="Telo", region_code=VILLAGE, source="add", **WITHIN)
    pasah = line_of(name="Pasah", region_code=FAR, source="apbdes", **WITHIN)
    workers = make_people(*(listing(number) for number in range(1, 21)))
    officials = make_people(*(listing(number, category="kepala_desa") for number in range(31, 37)))
    others = make_people(*(listing(number) for number in range(41, 46)), village=FAR)
    decree(district, workers)
    decree(telo, officials, segment="pu", income=WAGE, category="kepala_desa")
    decree(pasah, others)
    dead = workers[4]
    book = Journal({"Kapuas": 0, "Telo": 0, "Pasah": 0})
    late: list[Bill] = []
    closed: dict[str, str] = {}

    for month in YEAR:
        day = f"{month}-10"
        if month == "2025-10":  # on 5 October a death of 20 August is reported; September is paid and closed
            change = changes.report(
                by="operator",
                person=dead,
                kind=ChangeKind.MENINGGAL,
                on=dt.date(2025, 8, 20),
                evidence="akta",
            ).change
            changes.approve(by="kades", change=change)
            september = Bill.objects.get(line=district, from_month="2025-09")
            give_back(
                by="bkad",
                bill=september,
                people=[dead.pk],
                months=[months.index("2025-09")],
                reason="meninggal",
            )
            book.book("2025-10-05", Cover_Kapuas=-EACH, Income_Kapuas=EACH)

        many = 20 if month < "2025-10" else 19
        bill = billed(district, month)
        assert (bill.heads, bill.amount) == (many, many * EACH)
        surplus = 5_000 if month == "2025-03" else 0
        payment = arrive(bill.amount + surplus, bill, on=day, reference=f"D{month}").payment
        assert payment is not None
        book.book(day, Income_Kapuas=-(bill.amount + surplus), Cover_Kapuas=many * EACH, Rest_Kapuas=surplus)
        if surplus:
            use_rest(by="bkad", payment=payment, kind=UseKind.REFUND, amount=5_000, reason="dikembalikan")
            book.book("2025-03-20", Rest_Kapuas=-5_000, Income_Kapuas=5_000)

        bill = billed(telo, month)
        assert bill.amount == 6 * PU_EACH
        arrive(bill.amount, bill, on=day, reference=f"T{month}")
        book.book(day, Income_Telo=-6 * PU_EACH, Cover_Telo=6 * PU_EACH)

        bill = billed(pasah, month)
        arrears.climb(on=months.last_day(month))
        if month in ("2025-05", "2025-06", "2025-07"):
            late.append(bill)
        else:
            arrive(bill.amount, bill, on=day, reference=f"P{month}")
            book.book(day, Income_Pasah=-5 * EACH, Cover_Pasah=5 * EACH)
        if month == "2025-07":  # one transfer for three bills, a thousand short: one person-month stays open
            total = sum(one.amount for one in late)
            arrive(total - 1_000, *late, on="2025-07-25", reference="P-susulan")
            left = EACH - 1_000
            book.book(
                "2025-07-25",
                Income_Pasah=-(total - 1_000),
                Cover_Pasah=total - EACH,
                Rest_Pasah=left,
            )
        if month == "2025-08":
            last = Bill.objects.get(state=BillState.PARTLY)
            rest = Payment.objects.get(reference="P-susulan")
            assert rest.left == EACH - 1_000
            arrive(EACH, last, on="2025-08-12", reference="P-kurang")
            book.book("2025-08-12", Income_Pasah=-EACH, Cover_Pasah=EACH)
        if month != "2025-12":
            closed[month] = close(month)
    closed["2025-12"] = close("2025-12")

    assert {month: current(month).digest for month in YEAR} == closed  # type: ignore[union-attr]
    october = Closing.objects.get(month="2025-10").minutes["corrections"]
    assert [(of, person) for of, person, *_ in october] == [("2025-09", dead.pk)]
    # Three bills were late: what they missed stands in the month that was closed next, pointing back.
    corrected = [of for row in Closing.objects.all() for of, *_ in row.minutes["corrections"]]
    assert set(corrected) == {"2025-05", "2025-06", "2025-07", "2025-09"}
    assert Rung.objects.filter(bill__line=pasah, level=2).exists()
    assert not Bill.objects.exclude(state__in=[BillState.PAID, BillState.PARTLY]).exists()
    assert Bill.objects.get(state=BillState.PARTLY) == september

    # Three accounts of one year: the office's ledger, its register of months, and the journal.
    people = {"Kapuas": (20 * 8 + 19 * 4) * EACH, "Telo": 6 * 12 * PU_EACH, "Pasah": 5 * 12 * EACH}
    for line in (district, telo, pasah):
        line.refresh_from_db()
        sums = MonthSum.objects.filter(line=line.pk).values_list("jkk", "jkm")
        assert line.balance.paid == people[line.name] == sum(jkk + jkm for jkk, jkm in sums)
    rests: dict[str, int] = {}
    for line in (district, telo, pasah):
        payments = Payment.objects.filter(region_code=line.region_code)
        rests[line.name] = sum(one.left for one in payments)
    asserted = {f"Assets:Cover:{name}": amount for name, amount in people.items()}
    book.check(
        tmp_path / "jurnal.beancount",
        asserted | {f"Assets:Rest:{name}": left for name, left in rests.items()},
    )
    exported = tmp_path / "buku.beancount"
    exported.write_text("\n".join(journal(Line.objects.all())) + "\n", encoding="utf-8")
    bean_check(exported)
    assert findings() == []
    assert [finding for check in CLOSINGS for finding in check()] == []
    assert verify().broken_at is None
