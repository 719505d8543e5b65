"""Sending a bill, what the insurer says of it, and making it void."""

from __future__ import annotations

import base64
import datetime as dt
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from payung.errors import InputError, PayungError
from payung.office.bills import unbillable
from payung.office.bills.actions.drafts import count, number_of
from payung.office.bills.models import Bill, BillCopy
from payung.office.bills.states import OPEN, BillState
from payung.office.history.actions import Entry, record
from payung.office.months.postings import Digest, blocks, digest, next_number, written
from payung.office.programme.actions import book
from payung.office.programme.models import Balance
from payung.text import Text


class PayerError(PayungError):
    """People of a draft have a payer already, or are not billed any more.

    ``people`` has their keys and names, at most :data:`NAMED`.
    """

    def __init__(self, message: Text, people: tuple[tuple[int, str], ...] = ()) -> None:
        super().__init__(message)
        self.people = people


NAMED = 20


@dataclass(frozen=True, slots=True)
class _Written:
    people: int
    amount: int
    digest: str
    names: str


def hold(bill: Bill) -> Bill:
    """Return the bill as it is now, and let nobody else change it, its line's money or the history until the commit.

    Everything that writes locks in this order: bill, payment, the line's balance, the head of the history.
    """
    found = Bill.objects.select_for_update(of=("self",)).select_related("line").get(pk=bill.pk)
    Balance.objects.select_for_update().filter(line=found.line_id).first()
    return found


@transaction.atomic
def send(*, by: str, bill: Bill, leave_out: bool = False) -> Bill:
    """Lock a draft and make it a bill: digest, names, the line's money. Returns it as it is then.

    Raises :class:`PayerError` where people have a payer already, stand in another bill by now, or died, left or were
    rejected by the insurer since it was drawn up, unless ``leave_out`` takes them out of the draft;
    ``OverspentError`` where the line has not enough left; :class:`InputError` for what is no draft, or has nobody left.
    """
    held = hold(bill)
    must_be(held, BillState.DRAFT)
    next_number()  # from here on nobody else posts months or sends
    written, barred = _written(held)
    if barred:
        if not leave_out:
            raise _refused(barred)
        _take_out(held, barred)
        count(held)
    if not held.people:
        raise InputError(Text("Tidak ada orang lagi dalam draf ini.", "Nobody is left in this draft."))
    held.state, held.digest, held.sent_by, held.sent_at = BillState.SENT, written.digest, by, timezone.now()
    held.people, held.amount = written.people, written.amount
    held.save(update_fields=["state", "digest", "sent_by", "sent_at", "people", "amount"])
    BillCopy.objects.create(bill=held, names=written.names)
    if held.payable:
        book(by=by, line=held.line, kind="bill", amount=held.payable, subject=held.subject)
    after = {"people": held.heads, "amount": held.amount, "digest": held.digest, "left_out": len(barred)}
    record(by=by, entries=[entry("bill.send", held, after)])
    return held


def must_be(bill: Bill, *states: BillState) -> None:
    """Refuse a bill that is in none of ``states``."""
    if bill.state not in states:
        raise InputError(
            Text(
                f"Tagihan {bill.code} sudah {bill.state.text.id.lower()}: muat ulang halamannya.",
                f"The bill {bill.code} is {bill.state.text.en.lower()} already: load the page again.",
            )
        )


# The lines of a draft as they are hashed, and of each why it cannot be sent: the person is not billed any more, or has
# a payer already; empty: it can.
_LINES = """SELECT {hashed}, l.jkk + l.jkm, l.month, l.person, p.name, CASE {gone}
    WHEN ((SELECT MAX(m.seq) FROM months_month m
    WHERE m.month = l.month AND m.segment = %s AND m.person = l.person) & 1) = 1 THEN 'paid'
    WHEN {elsewhere} THEN 'billed' ELSE '' END AS why
    FROM bills_line l JOIN people_person p ON p.id = l.person {joined} WHERE l.bill = %s ORDER BY l.month, l.person"""


def _written(bill: Bill) -> tuple[_Written, list[tuple[int, int, str, str]]]:
    """Return what the lines of a draft that can be sent come to, their digest, and the names of now, packed; and month,
    person, name and why (unbillable.WHY) of each line that cannot."""
    joined, given = unbillable.joins(
        str(bill.segment),
        [bill.line_id],
        person="l.person",
        month="l.month",
        line=str(bill.line_id),
        unsent=True,
    )
    gone = unbillable.whens(month="l.month", unsent=True)
    listed = (bill.from_month, bill.until_month)
    elsewhere = unbillable.elsewhere(
        str(bill.segment), listed, OPEN, _between(bill), but=bill.pk, person="l.person", month="l.month"
    )
    sql = _LINES.format(hashed=_line(), gone=gone, elsewhere=elsewhere, joined=joined)
    found = Digest()
    names: dict[int, str] = {}
    barred: list[tuple[int, int, str, str]] = []
    with connection.cursor() as cursor:
        cursor.execute(sql, [number_of(bill.segment), *given, bill.pk])
        for block in blocks(cursor):
            *columns, why = zip(*block, strict=True)
            if any(why):
                barred += [(int(row[2]), int(row[3]), str(row[4]), str(row[5])) for row in block if row[5]]
                columns = list(zip(*[row[:5] for row in block if not row[5]], strict=True)) or [()] * 5
            found.add(columns[0], columns[1])
            names.update(zip(columns[3], columns[4], strict=True))
    people, amount, hashed = found.told
    return _Written(people, amount, hashed, pack(names)), barred


def _between(bill: Bill) -> tuple[int, int]:
    """Return the lowest and the highest key of people of a bill."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT MIN(person), MAX(person) FROM bills_line WHERE bill = %s", [bill.pk])
        low, high = cursor.fetchone() or (0, 0)
    return int(low or 0), int(high or 0)


def _take_out(bill: Bill, barred: Sequence[tuple[int, int, str, str]]) -> None:
    with connection.cursor() as cursor:
        cursor.executemany(
            "DELETE FROM bills_line WHERE bill = %s AND month = %s AND person = %s",
            [(bill.pk, month, person) for month, person, _, _ in barred],
        )


def _refused(barred: Sequence[tuple[int, int, str, str]]) -> PayerError:
    first, more = barred[:3], len(barred) - 3
    named = Text(
        ", ".join(f"{name} ({unbillable.WHY[why].id})" for _, _, name, why in first),
        ", ".join(f"{name} ({unbillable.WHY[why].en})" for _, _, name, why in first),
    )
    return PayerError(
        Text(
            f"{len(barred)} orang-bulan tidak boleh ditagih lagi: {named.id}"
            + (f" dan {more} lagi" if more > 0 else "")
            + ". Buat ulang drafnya, atau kirim tanpa mereka.",
            f"{len(barred)} person-months are not to be billed any more: {named.en}"
            + (f" and {more} more" if more > 0 else "")
            + ". Draw the draft up again, or send it without them.",
        ),
        tuple((person, name) for _, person, name, _ in barred[:NAMED]),
    )


def _line() -> str:
    """Return the expression of a line as the digest of a bill is over it."""
    return written("l.month", "l.person", "l.place", "l.jkk", "l.jkm")


def digest_of(bill: Bill) -> str:
    """Return the digest of a bill's lines as they are now."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {_line()}, 0 FROM bills_line l WHERE l.bill = %s ORDER BY l.month, l.person", [bill.pk]
        )
        return digest(blocks(cursor))[2]


def pack(names: dict[int, str]) -> str:
    """Return key and name of people as one compressed text."""
    text = "\n".join([f"{key};{name}" for key, name in names.items()])
    return _PACKED + base64.b64encode(zlib.compress(text.encode(), 3)).decode()


_PACKED = "64:"  # what was packed before this mark is in base 85


def unpack(text: str) -> dict[int, str]:
    """Return what :func:`pack` wrote."""
    rest = text.removeprefix(_PACKED)
    packed = base64.b85decode(text) if rest == text else base64.b64decode(rest)
    lines: Iterable[str] = zlib.decompress(packed).decode().split("\n")
    return {int(key): name for key, _, name in (line.partition(";") for line in lines) if key}


@transaction.atomic
def note_insurer(
    *,
    by: str,
    bill: Bill,
    kode_iuran: str = "",
    code_until: dt.date | None = None,
    heads: int | None = None,
    printed: int | None = None,
) -> Bill:
    """Note what the insurer's paper says: code, its last day, head count, printed sum (then what has to be paid).

    A printed sum that differs by more than one rupiah a person-month is told in the history (``difference``); the
    line is billed the printed sum. Raises :class:`InputError` for a bill that is no open one, or a code that is taken.
    """
    held = hold(bill)
    must_be(held, BillState.DRAFT, *OPEN)
    if kode_iuran and Bill.objects.filter(kode_iuran=kode_iuran).exclude(pk=held.pk).exists():
        raise InputError(
            Text(
                f"Kode iuran {kode_iuran} sudah dipakai tagihan lain.",
                f"Kode iuran {kode_iuran} is used by another bill.",
            ),
            at="kode_iuran",
        )
    before = held.payable
    held.kode_iuran = kode_iuran or held.kode_iuran
    held.code_until = code_until or held.code_until
    held.code_heads = heads if heads is not None else held.code_heads
    held.printed = printed if printed is not None else held.printed
    held.save(update_fields=["kode_iuran", "code_until", "code_heads", "printed"])
    if held.state in OPEN and held.payable != before:
        book(by=by, line=held.line, kind="bill", amount=held.payable - before, subject=held.subject)
    off = held.payable - held.amount
    after: dict[str, Any] = {
        "kode_iuran": held.kode_iuran or "",
        "printed": held.printed,
        "heads": held.code_heads,
    }
    if abs(off) > held.people:
        after["difference"] = off
    record(by=by, entries=[entry("bill.insurer", held, after)])
    return held


@transaction.atomic
def void(*, by: str, bill: Bill, reason: str, draft_only: bool = False) -> Bill:
    """Make an unpaid bill void: its people are free at once, its lines stay readable. Needs a reason.

    ``draft_only``: for those who may not take back what was sent.
    """
    if not reason.strip():
        raise InputError(Text("Tulis alasan pembatalan.", "Write why the bill is made void."), at="reason")
    held = hold(bill)
    if draft_only and held.state == BillState.SENT:
        raise InputError(
            Text(
                f"Tagihan {held.code} sudah dikirim: hanya dinas yang menyetujui boleh membatalkannya.",
                f"The bill {held.code} was sent: only the agency that approves bills may make it void.",
            )
        )
    must_be(held, BillState.DRAFT, BillState.SENT)
    billed = held.state == BillState.SENT
    held.state, held.reason = BillState.VOID, reason[:300]
    held.save(update_fields=["state", "reason"])
    if billed and held.payable:
        book(by=by, line=held.line, kind="bill", amount=-held.payable, subject=held.subject)
    record(by=by, entries=[entry("bill.void", held, {"people": held.heads, "amount": held.amount}, reason)])
    return held


def entry(action: str, bill: Bill, after: dict[str, Any], reason: str = "") -> Entry:
    """Return an event about a bill."""
    return Entry(action, bill.subject, region_code=bill.region_code, reason=reason, after=after)
