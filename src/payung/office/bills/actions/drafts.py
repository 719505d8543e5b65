"""Drawing a bill up: the decree's people of a month, priced by the law, into a draft. Rows never leave the database."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper

from payung.codes import Segment
from payung.errors import InputError
from payung.law import due_date, months
from payung.law.bill import parse_segment
from payung.office.bills import prices
from payung.office.bills.models import Bill
from payung.office.bills.states import BillState
from payung.office.history.actions import Entry, record
from payung.office.months.actions import places
from payung.office.months.states import SEGMENTS
from payung.office.programme.models import Line
from payung.office.programme.queries.prices import law_source
from payung.text import Text

MOST_MONTHS = 24  # that one bill may be for


@dataclass(frozen=True, slots=True)
class Drawn:
    """What drawing up came to: the drafts, and how many person-months were left out, by reason (pricing.LEFT_OUT)."""

    bills: tuple[Bill, ...]
    left_out: dict[str, int]


@transaction.atomic
def draw_up(*, by: str, month: str, line: Line, until: str = "") -> Drawn:
    """Draw up what ``line`` owes for ``month`` (up to ``until``): one draft a segment; nothing where nobody is left.

    Whoever has a payer already, stands in another open bill, died, left or was merged is left out and counted. Where
    the line has a bill for the month already, the difference becomes a supplement with the next number. Raises
    :class:`InputError` where the months are not the line's.
    """
    listed = _months(month, until, line)
    Line.objects.select_for_update().get(pk=line.pk)  # two at once: the second finds what the first one made
    bills, left_out = [], dict.fromkeys(prices.LEFT_OUT, 0)
    for segment, between in prices.segments(line.pk).items():
        with connection.cursor() as cursor:
            counts = prices.gather(cursor, line.pk, segment, listed, between)
            for why in left_out:
                left_out[why] += counts.get(why, 0)
            if counts.get(""):
                places(prices.gathered_places(cursor))
                bills.append(_draft(cursor, by, line, segment, listed))
    missing = {why: many for why, many in left_out.items() if many}
    entries = [_drawn(bill, missing) for bill in bills]
    if entries:
        record(by=by, entries=entries)
    return Drawn(tuple(bills), missing)


def _months(month: str, until: str, line: Line) -> list[str]:
    listed = months.between(months.parse_month(month), months.parse_month(until or month))
    if (
        not listed
        or len(listed) > MOST_MONTHS
        or listed[0] < line.from_month
        or listed[-1] > line.until_month
    ):
        raise InputError(
            Text(
                f"{line.name} berlaku {line.from_month} sampai {line.until_month}; tagihan paling banyak "
                f"{MOST_MONTHS} bulan. Pilih bulan di dalamnya.",
                f"{line.name} holds from {line.from_month} to {line.until_month}; a bill has {MOST_MONTHS} months at "
                "most. Choose months within.",
            ),
            at="month",
        )
    return listed


def _draft(cursor: CursorWrapper, by: str, line: Line, segment: Segment, listed: Sequence[str]) -> Bill:
    """Return the draft of one segment with its lines."""
    bill = _new(by, line, segment, listed)
    sql = prices.priced(segment, listed, law_source(str(line.source)))
    cursor.execute(
        "INSERT INTO bills_line (bill, month, person, place, jkk, jkm)"
        f" SELECT {int(bill.pk)}, month, person, place, jkk, jkm FROM ({sql}) p WHERE TRUE"
        " ORDER BY month, person ON CONFLICT DO NOTHING"
    )
    if prices.is_postgresql():
        cursor.execute("ANALYZE bills_line")
    count(bill)
    return bill


def _new(by: str, line: Line, segment: Segment, listed: Sequence[str]) -> Bill:
    before = Bill.objects.filter(line=line, segment=segment, from_month=listed[0]).exclude(
        state=BillState.VOID
    )
    number = before.order_by("-number").values_list("number", flat=True).first()
    return Bill.objects.create(
        line=line,
        segment=segment,
        from_month=listed[0],
        until_month=listed[-1],
        number=0 if number is None else number + 1,
        region_code=line.region_code,
        due_on=due_date(listed[0], parse_segment(segment.value)).date,
        law=prices.law_version(listed[0]),
        drawn_by=by,
    )


def count(bill: Bill) -> None:
    """Keep what the lines of a draft come to: in all, and by place."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM bills_billplace WHERE bill_id = %s", [bill.pk])
        cursor.execute(
            "INSERT INTO bills_billplace (bill_id, place, people, amount, paid_people, paid_amount)"
            " SELECT bill, place, COUNT(*), SUM(jkk + jkm), 0, 0 FROM bills_line WHERE bill = %s"
            " GROUP BY bill, place ORDER BY place",
            [bill.pk],
        )
        heads = "(SELECT COUNT(DISTINCT person) FROM bills_line WHERE bill = %s)"
        if bill.from_month == bill.until_month:
            heads = "COALESCE(SUM(people), 0)"  # nobody stands twice in one month
        cursor.execute(
            f"SELECT COALESCE(SUM(people), 0), {heads}, COALESCE(SUM(amount), 0) FROM bills_billplace"
            " WHERE bill_id = %s",
            [bill.pk] if bill.from_month == bill.until_month else [bill.pk, bill.pk],
        )
        bill.people, bill.heads, bill.amount = map(int, cursor.fetchone() or (0, 0, 0))
    bill.save(update_fields=["people", "heads", "amount"])


def _drawn(bill: Bill, left_out: dict[str, int]) -> Entry:
    after: dict[str, Any] = {
        "from": bill.from_month,
        "until": bill.until_month,
        "segment": str(bill.segment),
        "people": bill.heads,
        "amount": bill.amount,
        **{f"left_out_{why}": many for why, many in left_out.items()},
    }
    return Entry("bill.draw", bill.subject, region_code=bill.region_code, after=after)


def number_of(segment: Segment | str) -> int:
    """Return the number that the register of months has for a segment."""
    return SEGMENTS[str(segment)]
