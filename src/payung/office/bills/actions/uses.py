"""Money meets a bill: which months it pays, what is left of it, and months that are given back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction

from payung.errors import InputError
from payung.office.bills.actions.drafts import number_of
from payung.office.bills.actions.issue import entry, hold, must_be
from payung.office.bills.models import Bill, Payment, Twice, Use
from payung.office.bills.states import ISSUED, OPEN, BillState, UseKind
from payung.office.bills.unbillable import rejections
from payung.office.history.actions import Entry, record
from payung.office.history.again import looks_again
from payung.office.months import actions as register
from payung.office.months.postings import Left, Lines
from payung.office.programme.actions import book
from payung.text import Text


@dataclass(frozen=True, slots=True)
class Settled:
    """What a payment did to a bill.

    Fields
        bill: as it is then. people: person-months paid. used: rupiah of the payment. left: rupiah of it that remain.
        twice: months that somebody else has paid already; their money remains.
    """

    bill: Bill
    people: int
    used: int
    left: int
    twice: tuple[Left, ...]


@looks_again
@transaction.atomic
def settle(*, by: str, payment: Payment, bill: Bill) -> Settled:
    """Pay ``bill`` with what is left of ``payment``: the whole bill where that is enough, else as many whole
    person-months as it covers (earliest month first, then in the order of the bill).

    The rest stays with the payment, visible. No month begins of whom the insurer rejected. Months that
    somebody has paid already are not paid again (:class:`~payung.office.bills.models.Twice`). Raises
    :class:`InputError` where the bill is not open or nothing is left of the payment; the database refuses a second
    use of the payment on the bill.
    """
    held = hold(bill)
    must_be(held, *OPEN)
    money = Payment.objects.select_for_update().get(pk=payment.pk)
    if money.left <= 0:
        raise InputError(
            Text(
                f"Uang {money.reference} sudah terpakai seluruhnya.",
                f"Nothing is left of the payment {money.reference}.",
            )
        )
    whole = money.left >= held.open
    posted = register.post(
        by=by,
        bill=held.pk,
        payment=money.pk,
        line=held.line_id,
        paid_on=money.paid_on,
        lines=_lines(held, None if whole else money.left),
        subject=held.subject,
        region_code=held.region_code,
        after={"reference": money.reference},
    )
    _note_twice(money, held, posted.left)
    # The printed figure may differ by a rupiah a person: who pays the whole bill pays what is printed.
    complete = whole and posted.people == held.people - held.paid_people
    used = held.open if complete else min(posted.amount, money.left)
    if posted.people:
        _pay(held, posted.people, used)
        _count_places(held)
        if used:
            Use.objects.create(
                payment=money, kind=UseKind.BILL, bill=held, posting=posted.number, amount=used, by=by
            )
            book(by=by, line=held.line, kind="pay", amount=used, subject=held.subject)
    left = money.left - (used if posted.people else 0)
    return Settled(held, posted.people, used if posted.people else 0, left, posted.left)


def _lines(bill: Bill, most: int | None) -> Lines:
    """Return the lines of ``bill`` that it has not paid yet, without whom the insurer rejected meanwhile; of them as
    many as ``most`` rupiah cover."""
    number = number_of(bill.segment)
    rejected, values = rejections(
        str(bill.segment), [bill.line_id], person="l.person", month="l.month", line=str(bill.line_id)
    )
    unpaid, values = "", [*values, bill.pk]
    if bill.paid_people:
        unpaid = (
            " AND NOT EXISTS (SELECT 1 FROM months_month m JOIN months_posting g ON g.id = m.posting"
            f" WHERE m.month = l.month AND m.segment = {number} AND m.person = l.person AND g.bill = l.bill"
            " AND (m.seq & 1) = 1 AND NOT EXISTS (SELECT 1 FROM months_month n WHERE n.month = m.month"
            " AND n.segment = m.segment AND n.person = m.person AND n.seq = m.seq + 1))"
        )
    rows = (
        f"SELECT l.month, {number} AS segment, l.person, l.place, l.jkk, l.jkm FROM bills_line l"
        f" {rejected} WHERE l.bill = %s AND e.person_id IS NULL{unpaid}"
    )
    if most is None:
        return Lines(rows, values)
    return Lines(
        "SELECT month, segment, person, place, jkk, jkm FROM (SELECT r.*, SUM(jkk + jkm) OVER"
        f" (ORDER BY month, person ROWS UNBOUNDED PRECEDING) AS upto FROM ({rows}) r) u WHERE upto <= %s",
        [*values, most],
    )


def _pay(bill: Bill, people: int, used: int) -> None:
    bill.paid_people += people
    bill.paid_amount += used
    if bill.paid_people == bill.people:
        bill.state = BillState.PAID
    elif bill.paid_people:
        bill.state = BillState.PARTLY
    else:
        bill.state = BillState.SENT
    bill.save(update_fields=["paid_people", "paid_amount", "state"])


def _count_places(bill: Bill) -> None:
    """Add what the last posting wrote (or took back) to the places of the bill."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE bills_billplace SET paid_people = paid_people + t.people, paid_amount = paid_amount + t.amount"
            " FROM (SELECT place, SUM(CASE WHEN (seq & 1) = 1 THEN 1 ELSE -1 END) AS people,"
            " SUM(jkk + jkm) AS amount FROM months_touched GROUP BY place) t"
            " WHERE bills_billplace.bill_id = %s AND bills_billplace.place = t.place",
            [bill.pk],
        )


def _note_twice(payment: Payment, bill: Bill, left: Sequence[Left]) -> None:
    Twice.objects.bulk_create(
        [
            Twice(payment=payment, bill=bill, month=one.month, person=one.person, amount=one.amount)
            for one in left
        ],
        ignore_conflicts=True,
        batch_size=500,
    )


@transaction.atomic
def give_back(
    *, by: str, bill: Bill, people: Sequence[int], months: Sequence[int], reason: str
) -> register.Posted:
    """Take the paid months ``months`` (year x 12 + month - 1) of ``people`` on this bill back, with a reason.

    The rows stay, with a counter-row each; the bill is open again for them; the money counts as paid in excess with
    the branch until it is refunded or offset. Raises :class:`InputError` where nothing of it is paid.
    """
    if not reason.strip():
        raise InputError(Text("Tulis alasannya.", "Write the reason."), at="reason")
    held = hold(bill)
    must_be(held, *ISSUED)
    number = number_of(held.segment)
    chosen = " AND l.person IN (" + ", ".join(str(int(key)) for key in people) + ")"
    listed = " AND l.month IN (" + ", ".join(str(int(month)) for month in months) + ")"
    rows = (
        f"SELECT l.month, {number} AS segment, l.person, l.place, -l.jkk AS jkk, -l.jkm AS jkm FROM bills_line l"
        f" JOIN months_month m ON m.month = l.month AND m.segment = {number} AND m.person = l.person"
        " JOIN months_posting g ON g.id = m.posting AND g.bill = l.bill AND g.kind = 'pay'"
        " WHERE l.bill = %s AND m.seq = (SELECT MAX(n.seq) FROM months_month n WHERE n.month = m.month"
        f" AND n.segment = m.segment AND n.person = m.person){chosen}{listed}"
    )
    if not people or not months:
        raise _nothing_paid()
    posted = register.take_back(
        by=by,
        bill=held.pk,
        line=held.line_id,
        lines=Lines(rows, [held.pk]),
        reason=reason,
        subject=held.subject,
        region_code=held.region_code,
    )
    if not posted.people:
        raise _nothing_paid()
    back = min(-posted.amount, held.paid_amount)
    _pay(held, -posted.people, -back)
    _count_places(held)
    if back:
        book(by=by, line=held.line, kind="pay", amount=-back, subject=held.subject, note=reason)
    after: dict[str, Any] = {"people": posted.people, "amount": -back}
    record(by=by, entries=[entry("bill.give_back", held, after, reason)])
    return posted


def _nothing_paid() -> InputError:
    return InputError(
        Text("Tidak ada bulan terbayar yang cocok dengan pilihan itu.", "No paid month fits that choice.")
    )


@transaction.atomic
def use_rest(*, by: str, payment: Payment, kind: UseKind, amount: int, reason: str) -> Use:
    """Note that ``amount`` of what is left of a payment was refunded, or offset by the branch. Needs a reason.

    What is left and not touched is a credit for later. Raises :class:`InputError` for more than is left.
    """
    money = Payment.objects.select_for_update().get(pk=payment.pk)
    if kind == UseKind.BILL or not 0 < amount <= money.left or not reason.strip():
        raise InputError(
            Text(
                f"Isi jumlah antara 1 dan {money.left} serta alasannya.",
                f"Give an amount between 1 and {money.left}, and the reason.",
            ),
            at="amount",
        )
    use = Use.objects.create(payment=money, kind=kind, amount=amount, reason=reason[:300], by=by)
    after = {"amount": amount, "left": money.left - amount, "use": str(kind)}
    event = entry_of(money, "payment.use", after, reason)
    record(by=by, entries=[event])
    return use


def entry_of(payment: Payment, action: str, after: dict[str, Any], reason: str = "") -> Entry:
    """Return an event about a payment."""
    subject = f"payment:{payment.pk}"
    return Entry(action, subject, region_code=payment.region_code, reason=reason, after=after)
