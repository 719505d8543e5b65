"""Races between processes, on SQLite and PostgreSQL: a whole office is made, then forks act at the same moment.

Run as a program; prints one JSON object: what each race came to, and what the proofs and the history say after all.
"""

from __future__ import annotations

import json
import sys
from contextlib import suppress
from typing import Any

from payung.office.service import start

start.load()

from billsworld import EACH, NUMBERS, arrive, bill_of, decree, findings, line_of
from django.db import transaction
from monthsworld import lines as month_lines
from officeworld import VILLAGE, listing
from races import make_office, together

from payung.errors import InputError
from payung.law import months
from payung.office.bills.actions import draw_up, give_back, send
from payung.office.bills.models import Bill, BillLine, Payment
from payung.office.bills.states import BillState
from payung.office.history.chain import verify
from payung.office.months import actions
from payung.office.months.models import Month
from payung.office.people import actions as register
from payung.office.people.models import Person
from payung.office.programme.models import Balance, Decree, DecreePerson, Line

OCTOBER = months.index("2026-10")


def people(first: int, many: int) -> list[Person]:
    """Return people of the register."""
    with transaction.atomic():
        landed = register.land(
            by="t",
            listings=[listing(n) for n in range(first, first + many)],
            village_code=VILLAGE,
            source="t:1",
        )
    return [one.person for one in landed]


def four_proofs() -> dict[str, int]:
    """Four transfers for one bill of two people."""
    line = line_of()
    decree(line, people(1, 2))
    bill = bill_of(line, "2026-10")
    together([lambda n=n: arrive(2 * EACH, bill, reference=f"R{n}") for n in range(4)])  # type: ignore[misc]
    bill.refresh_from_db()
    kept = sum(payment.left for payment in Payment.objects.filter(reference__startswith="R"))
    return {
        "paid": bill.paid_people,
        "months": Month.objects.filter(line=line.pk).count(),
        "kept": kept // EACH,
    }


def two_bills() -> dict[str, int]:
    """Two lines drawn up, sent and paid at once while two people stand in the decrees of both: they are moving.

    Whichever bill is sent first has the two; the other is refused or was drawn without them, and goes out without them.
    """
    found, first, second = people(11, 4), line_of(), line_of()
    _moving(decree(first, found), second, found[2:])
    lines = (first, second)
    together([lambda o=one: draw_up(by="t", month="2026-10", line=o) for one in lines])  # type: ignore[misc]
    drafts = list(Bill.objects.filter(line__in=lines))
    together([lambda d=draft: send(by="t", bill=d) for draft in drafts])  # type: ignore[misc]
    for refused in Bill.objects.filter(line__in=lines, state=BillState.DRAFT):
        with suppress(InputError):  # nobody is left in it
            send(by="t", bill=refused, leave_out=True)
    sent = list(Bill.objects.filter(line__in=lines, state=BillState.SENT))
    together([lambda b=bill: arrive(b.amount, b, reference=f"DUA{b.pk}") for bill in sent])  # type: ignore[misc]
    named = BillLine.objects.filter(bill__in=[bill.pk for bill in sent]).values_list("person", flat=True)
    rows = Month.objects.filter(person__in=[person.pk for person in found])
    return {"named": len(named), "people": len(set(named)), "rows": rows.count(), "seq": max(_seqs(rows))}


def _seqs(rows: Any) -> list[int]:
    return [int(seq) for seq in rows.values_list("seq", flat=True)]


def two_postings() -> dict[str, int]:
    """Two payments whose months have four people in common, below everything that looks before."""
    found = [person.pk for person in people(21, 8)]

    def post(line: int, those: list[int]) -> None:
        with transaction.atomic():
            actions.post(
                by="t", bill=next(NUMBERS) + line * 1000, payment=next(NUMBERS) + line * 1000, line=line,
                paid_on=months.first_day("2026-10"), lines=month_lines(those, ["2026-10"]), subject="bill:1",
            )  # fmt: skip

    done = len(together([lambda: post(901, found[:6]), lambda: post(902, found[2:])]))
    rows = list(Month.objects.filter(person__in=found).values_list("person", "seq"))
    return {
        "done": done,
        "rows": len(rows),
        "people": len({person for person, _ in rows}),
        "seq": max(s for _, s in rows),
    }


def double_correction() -> dict[str, int]:
    """One month of one person given back three times at once."""
    line, found = line_of(), people(31, 2)
    decree(line, found)
    bill = bill_of(line, "2026-10")
    arrive(2 * EACH, bill)

    def back() -> Any:
        return give_back(by="t", bill=bill, people=[found[0].pk], months=[OCTOBER], reason="salah")

    done = len(together([back] * 3))
    return {"done": done, "rows": Month.objects.filter(person=found[0].pk).count()}


def eight_approvals() -> dict[str, int]:
    """Eight bills sent at once from a line with room for four."""
    line, drafts = line_of(ceiling=4 * EACH), []
    for number, person in enumerate(people(41, 8), 1):
        month = f"2026-{number:02d}"
        decree(line, [person], from_month=month, until_month=month)
        drafts += draw_up(by="t", month=month, line=line).bills
    done = len(together([lambda b=b: send(by="t", bill=b) for b in drafts]))  # type: ignore[misc]
    balance = Balance.objects.get(line=line)
    return {"done": done, "billed": balance.billed // EACH, "free": balance.free}


def _moving(before: Decree, line: Line, found: list[Person]) -> None:
    """Let a decree that follows ``before`` take ``found`` to ``line``, and stop before they left it."""
    after = Decree.objects.create(
        agreement=before.agreement, region_code="62.03", line=line, root=before, previous=before,
        from_month="2026-10", until_month="2026-12", created_by="t",
    )  # fmt: skip
    DecreePerson.objects.filter(decree=before, person__in=found).update(removed_by=after, exit="dana_habis")
    DecreePerson.objects.bulk_create(
        DecreePerson(
            decree=after, person=person, number=number, line=line, segment="bpu", category="rentan", name=person.name,
            village_code=VILLAGE, nik=person.nik, from_month="2026-10", until_month="2026-12", last_month="2026-12",
        )
        for number, person in enumerate(found, 1)
    )  # fmt: skip
    mine = Decree.objects.filter(pk=after.pk)
    mine.update(state="frozen", hash="0" * 64, frozen_by="t")
    DecreePerson.objects.filter(decree=after).update(held=True)
    mine.update(state="signed", number=f"SK {after.pk}", signed_on=months.first_day("2026-01"), signed_by="t")


RACES = (four_proofs, two_bills, two_postings, double_correction, eight_approvals)


def main() -> None:
    """Make the office, run every race, say what each came to."""
    make_office()
    told: dict[str, Any] = {race.__name__: race() for race in RACES}
    told["findings"] = [f"{one.code} {one.where}" for one in findings()]
    told["broken"] = verify().broken_at
    sys.stdout.write(json.dumps(told))


if __name__ == "__main__":
    main()
