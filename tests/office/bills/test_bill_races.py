"""The same money, the same months, the same line of money at the same moment: one wins, nothing is half.

SQLite lets one write at a time, so this runs on PostgreSQL (see test_postgresql.py).
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from typing import Any

import pytest
from billsworld import EACH, arrive, bill_of, decree, findings, line_of
from django.db import connection, connections
from officeworld import listing

from payung.errors import PayungError
from payung.office.bills.actions import draw_up, give_back, send, settle
from payung.office.bills.models import Bill, Payment, Use
from payung.office.bills.states import BillState
from payung.office.history.chain import verify
from payung.office.months.models import Month
from payung.office.programme.models import Balance

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite lets one write at a time"),
]


def together(acts: Sequence[Callable[[], Any]]) -> list[Any]:
    """Return what each act returned, or the fault that refused it, all begun at the same moment."""
    found: list[Any] = []
    ready = threading.Barrier(len(acts))

    def run(act: Callable[[], Any]) -> None:
        ready.wait()
        try:
            found.append(act())
        except PayungError as error:
            found.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == len(acts), "something broke instead of being refused"
    assert verify().broken_at is None
    assert findings() == []
    return found


def done(found: list[Any]) -> int:
    return sum(not isinstance(one, PayungError) for one in found)


def test_four_proofs_for_one_bill(make_people: Any) -> None:
    line = line_of()
    decree(line, make_people(listing(1), listing(2)))
    bill = bill_of(line, "2026-10")
    found = together([lambda n=n: arrive(2 * EACH, bill, reference=f"R{n}") for n in range(4)])  # type: ignore[misc]
    assert sum(len(one.settled) for one in found) == 1
    assert sum(payment.left for payment in Payment.objects.all()) == 6 * EACH  # kept, seen, not lost
    assert Month.objects.count() == 2


def test_same_reference_four_times(make_people: Any) -> None:
    line = line_of()
    decree(line, make_people(listing(1)))
    bill = bill_of(line, "2026-10")
    found = together([lambda: arrive(EACH, bill, reference="SAMA")] * 4)
    assert Payment.objects.count() == 1
    assert Use.objects.count() == 1
    assert sum(len(one.settled) for one in found) == 1


def test_two_drawings_of_one_line(make_people: Any) -> None:
    line = line_of()
    decree(line, make_people(listing(1), listing(2)))
    together([lambda: draw_up(by="t", month="2026-10", line=line)] * 4)
    assert Bill.objects.count() == 1


def test_four_sendings_of_one_draft(make_people: Any) -> None:
    line = line_of()
    decree(line, make_people(listing(1)))
    (bill,) = draw_up(by="t", month="2026-10", line=line).bills
    assert done(together([lambda: send(by="t", bill=bill)] * 4)) == 1
    assert Balance.objects.get(line=line).billed == EACH


def test_months_given_back_twice(make_people: Any) -> None:
    line = line_of()
    people = make_people(listing(1), listing(2))
    decree(line, people)
    bill = bill_of(line, "2026-10")
    arrive(2 * EACH, bill)
    october = 2026 * 12 + 9

    def back() -> Any:
        return give_back(by="t", bill=bill, people=[people[0].pk], months=[october], reason="salah")

    assert done(together([back] * 3)) == 1
    bill.refresh_from_db()
    assert (bill.state, bill.paid_people) == (BillState.PARTLY, 1)


def test_one_payment_for_two_bills_at_once(make_people: Any) -> None:
    bills = []
    for number in (1, 2):
        line = line_of()
        decree(line, make_people(listing(number)))
        bills.append(bill_of(line, "2026-10"))
    payment = arrive(EACH).payment
    assert payment is not None
    found = together([lambda b=b: settle(by="t", payment=payment, bill=b) for b in bills])  # type: ignore[misc]
    assert done(found) == 1
    assert Use.objects.count() == 1


def test_eight_bills_of_a_line_with_room_for_four(make_people: Any) -> None:
    line = line_of(ceiling=4 * EACH)
    drafts = []
    for number in range(8):
        decree(
            line,
            make_people(listing(number + 1)),
            from_month=f"2026-{number + 1:02d}",
            until_month=f"2026-{number + 1:02d}",
        )
        drafts += draw_up(by="t", month=f"2026-{number + 1:02d}", line=line).bills
    assert len(drafts) == 8
    found = together([lambda b=b: send(by="t", bill=b) for b in drafts])  # type: ignore[misc]
    assert done(found) == 4
    assert Balance.objects.get(line=line).billed == 4 * EACH
