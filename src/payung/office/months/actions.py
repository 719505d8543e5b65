"""The writes of the register of months: months paid, months taken back, verdicts brought to another day."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from payung.errors import InputError
from payung.office.history.actions import BY_ITSELF, Entry, record
from payung.office.months import pasts, postings
from payung.office.months.models import Day, Past, Place
from payung.office.months.postings import Left, Lines
from payung.text import Text


@dataclass(frozen=True, slots=True)
class Posted:
    """What a posting came to.

    Fields
        number: its key, and the number of its event; 0 where there was nothing to write.
        people: rows written. amount: rupiah. left: rows that could not be written (paid already, or not paid).
    """

    number: int
    people: int
    amount: int
    left: tuple[Left, ...]


def post(
    *,
    by: str,
    bill: int,
    payment: int,
    line: int,
    paid_on: dt.date,
    lines: Lines,
    subject: str,
    region_code: str = "",
    after: Mapping[str, Any] | None = None,
) -> Posted:
    """Write the months of ``lines`` as paid by ``payment`` on ``paid_on``. Must be called inside a transaction.

    A month that somebody has paid for is not written but handed back (``left``): money that arrived is never refused,
    so the caller keeps it visible. The database refuses a second posting of the same payment on the same bill.
    """
    if paid_on > timezone.localdate():
        raise InputError(
            Text(
                f"Tanggal bayar {paid_on} belum tiba: periksa tanggalnya.",
                f"The day of payment {paid_on} has not come yet: check the date.",
            ),
            at="paid_on",
        )
    return _write(
        Entry("months.post", subject, region_code=region_code),
        by=by,
        values=("pay", bill, payment, line, paid_on, ""),
        lines=lines,
        after=after or {},
    )


def take_back(
    *,
    by: str,
    bill: int,
    line: int,
    lines: Lines,
    reason: str,
    subject: str,
    payment: int = 0,
    region_code: str = "",
) -> Posted:
    """Take the paid months of ``lines`` (amounts negative) back, exactly as they were paid; the rows stay.

    Must be called inside a transaction. What is not paid (any more) comes back in ``left``. Raises
    :class:`InputError` without a reason.
    """
    if not reason.strip():
        raise InputError(
            Text("Tulis alasan pembatalan bulan.", "Write why the months are taken back."), at="reason"
        )
    return _write(
        Entry("months.take_back", subject, region_code=region_code, reason=reason),
        by=by,
        values=("back", bill, payment, line, timezone.localdate(), reason),
        lines=lines,
        after={},
    )


def _write(
    entry: Entry, *, by: str, values: tuple[Any, ...], lines: Lines, after: Mapping[str, Any]
) -> Posted:
    if not connection.in_atomic_block:
        raise RuntimeError(
            "months are written inside the transaction of the payment: use transaction.atomic()"
        )
    kind, bill, payment, line, day, reason = values
    on = judged_on()
    number = postings.next_number()
    with connection.cursor() as cursor:
        left = postings.touch(cursor, lines, back=kind == "back")
        (many, amount, digest), listed = postings.write_months(cursor, number, line)
        if not many:
            return Posted(0, 0, 0, tuple(left))
        cursor.execute(
            "INSERT INTO months_posting (id, kind, bill, payment, line, paid_on, people, amount, digest, reason)"
            " VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s)",
            [number, kind, bill, payment, line, day, many, amount, digest, reason],
        )
        postings.follow(cursor, listed=listed, line=line, paid_on=day if kind == "pay" else None, on=on)
    told = {"bill": bill, "payment": payment, "rows": many, "amount": amount, "digest": digest, **after}
    written = Entry(entry.action, entry.subject, None, "", entry.region_code, entry.reason, None, told)
    record(by=by, entries=[written])
    return Posted(number, many, amount, tuple(left))


def judged_on() -> dt.date:
    """Return the day that kept verdicts are for; today where nothing was kept before."""
    found = Day.objects.values_list("on", flat=True).first()
    if found is None:
        found = timezone.localdate()
        Day.objects.update_or_create(pk=1, defaults={"on": found})
    return found


@transaction.atomic
def turn(*, by: str = BY_ITSELF, on: dt.date | None = None) -> int:
    """Judge every past on the day ``on`` (default: today) and count anew; return how many pasts changed.

    Grace, clocks and ends come with the calendar: once a day. Pasts that nobody has any more go. Nothing where it is
    done, or nothing was ever paid.
    """
    day = on or timezone.localdate()
    if Day.objects.values_list("on", flat=True).first() in (None, day):
        return 0
    number = postings.next_number()
    with (
        connection.cursor() as cursor
    ):  # what nobody has any more: each payment leaves the pasts before it behind
        cursor.execute("DELETE FROM months_past WHERE id NOT IN (SELECT past FROM months_cover)")
    kept = list(Past.objects.order_by("pk").values_list("pk", "segment", "text", "verdict"))
    judged = pasts.judged([(segment, text) for _, segment, text, _ in kept], day)
    changed = [
        [key, found] for (key, _, _, before), found in zip(kept, judged, strict=True) if found != before
    ]
    Day.objects.update_or_create(pk=1, defaults={"on": day})
    with connection.cursor() as cursor:
        if changed:
            cursor.execute(
                f"UPDATE months_past SET verdict = c.verdict FROM (SELECT {postings.each(0)} AS id,"
                f" {postings.each(1)} AS verdict FROM {postings.rows()}) AS c WHERE months_past.id = c.id",
                [json.dumps(changed)],
            )
        cursor.execute("DELETE FROM months_statesum")
        cursor.execute(
            "INSERT INTO months_statesum (place, segment, verdict, people) SELECT c.place, c.segment, p.verdict,"
            " COUNT(*) FROM months_cover c JOIN months_past p ON p.id = c.past"
            " GROUP BY c.place, c.segment, p.verdict"
        )
    after = {"day": day.isoformat(), "changed": len(changed), "number": number}
    record(by=by, entries=[Entry("months.turn", "months:day", after=after)])
    return len(changed)


def places(wanted: set[tuple[str, str]]) -> dict[tuple[str, str], int]:
    """Return the number of each village and category; new ones are made. Must be called inside a transaction."""
    known = {(place.village_code, place.category): place.pk for place in Place.objects.all()}
    if missing := sorted(wanted - set(known)):
        Place.objects.bulk_create(
            [Place(village_code=code, category=category) for code, category in missing], ignore_conflicts=True
        )
        known = {(place.village_code, place.category): place.pk for place in Place.objects.all()}
    return known
