"""Entries of the ledger: the only way money moves from one stage to the next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, transaction

from payung.errors import InputError, PayungError
from payung.office.face import follow
from payung.office.history.actions import Entry, record
from payung.office.programme.models import (
    Balance,
    LedgerEntry,
    Line,
    Quota,
    QuotaBalance,
    QuotaEntry,
)
from payung.office.programme.queries.money import of_subjects
from payung.office.programme.states import BEFORE, MOVES, EntryKind, Stage
from payung.text import Text


class OverspentError(PayungError):
    """More is asked for than there is. ``left`` is what there is: rupiah of a line, people of a quota."""

    def __init__(self, message: Text, *, left: int) -> None:
        super().__init__(message)
        self.left = left

    def __reduce__(self) -> tuple[object, ...]:
        """Travel between processes whole."""
        return (_again, (self.message, self.left))


def _again(message: Text, left: int) -> OverspentError:
    return OverspentError(message, left=left)


@dataclass(frozen=True, slots=True)
class Books:
    """A ledger: its entries and sums, and the column that says of what. One counts rupiah, the other people."""

    entries: type[LedgerEntry] | type[QuotaEntry]
    sums: type[Balance] | type[QuotaBalance]
    key: str
    counts_people: bool = False

    def shown(self, amount: int) -> Text:
        """Return an amount with what it counts."""
        if self.counts_people:
            return Text(f"{amount:,} orang".replace(",", "."), f"{amount:,} people")
        return Text(f"Rp{amount:,}".replace(",", "."), f"Rp{amount:,}")


GIVEN = frozenset({EntryKind.CEILING, EntryKind.SHIFT})  # what changes how much a line has
RUPIAH = Books(LedgerEntry, Balance, "line")
PEOPLE = Books(QuotaEntry, QuotaBalance, "quota", counts_people=True)


@dataclass(frozen=True, slots=True)
class Booking:
    """One entry that is about to be booked on a line (rupiah) or a quota (people).

    ``stage``: of a release, where it takes from.
    """

    account: Line | Quota
    kind: EntryKind
    amount: int
    subject: str
    note: str = ""
    stage: str = ""


def book(
    *, by: str, line: Line, kind: str, amount: int, subject: str, note: str = "", stage: str = ""
) -> LedgerEntry:
    """Book ``amount`` rupiah on ``line`` for ``subject`` ("decree:3", "bill:7") and return the entry.

    Money goes free → reserved → committed → billed → paid; ``release`` takes it back to free (from ``stage``, or
    what the subject has reserved, or else from what is committed); a negative amount takes an earlier entry back.
    Where less is reserved or committed than a ``commit`` or ``bill`` needs, the rest is taken from what is free by
    entries of their own. Raises :class:`OverspentError` with what is left; the database refuses it as well.
    """
    booking = Booking(line, EntryKind.member(str(kind)), amount, subject, note, stage)
    (entry,) = book_all(by=by, bookings=[booking])
    assert isinstance(entry, LedgerEntry)
    return entry


def book_all(
    *, by: str, bookings: Sequence[Booking], books: Books = RUPIAH
) -> list[LedgerEntry] | list[QuotaEntry]:
    """Book several entries in one transaction; return one entry for each booking. A constant number of queries."""
    with transaction.atomic():
        keys = sorted({booking.account.pk for booking in bookings})
        # Locked in the order of the keys: two sessions never wait for each other.
        rows: Any = books.sums._default_manager.select_for_update().filter(**{f"{books.key}__in": keys})
        left = {row.pk: {stage: getattr(row, stage) for stage in Stage} for row in rows.order_by(books.key)}
        reserved = of_subjects(books.entries, books.key, keys, {booking.subject for booking in bookings})
        given = [] if books.counts_people else [one for one in bookings if one.kind in GIVEN]
        if given:
            follow("money.book", by=by, bookings=given)
        entries: list[Any] = []
        wanted: list[Any] = []
        for booking in bookings:
            made = _planned(booking, left[booking.account.pk], reserved, by, books)
            entries += made
            wanted.append(made[-1])
        try:
            with transaction.atomic():
                books.entries._default_manager.bulk_create(entries, batch_size=500)
        except IntegrityError:  # somebody without this lock was quicker; the database kept its word
            free = dict(books.sums._default_manager.filter(pk__in=keys).values_list("pk", "free"))
            first = bookings[0]
            raise _overspent(first, free.get(first.account.pk, 0), books) from None
        if not books.counts_people:
            record(by=by, entries=[_entry(entry) for entry in wanted])
    return wanted


def shift(
    *, by: str, source: Line, target: Line, amount: int, reason: str
) -> tuple[LedgerEntry, LedgerEntry]:
    """Move ``amount`` rupiah that are free from one line to another (pergeseran anggaran)."""
    if amount <= 0:
        raise _nothing()
    if source.pk == target.pk:
        raise InputError(
            Text("Pilih dua baris dana yang berbeda.", "Choose two different lines."), at="target"
        )
    out = Booking(source, EntryKind.SHIFT, -amount, target.subject, reason)
    into = Booking(target, EntryKind.SHIFT, amount, source.subject, reason)
    first, second = book_all(by=by, bookings=[out, into])
    assert isinstance(first, LedgerEntry)
    assert isinstance(second, LedgerEntry)
    return first, second


def _planned(
    booking: Booking, left: dict[Stage, int], reserved: dict[tuple[int, str], int], by: str, books: Books
) -> list[Any]:
    """Return the entries of a booking, what has to come before it first; ``left`` and ``reserved`` follow."""
    if booking.amount == 0:
        raise _nothing()
    place = (booking.account.pk, booking.subject)
    source, target = MOVES.get(booking.kind, ("", Stage.FREE))
    if booking.kind == EntryKind.RELEASE:
        source = booking.stage or (Stage.RESERVED if reserved.get(place, 0) > 0 else Stage.COMMITTED)

    def there(stage: str) -> int:
        # Of what is reserved, only what this subject put aside.
        mine = max(reserved.get(place, 0), 0)
        return min(left[Stage.RESERVED], mine) if stage == Stage.RESERVED else left[Stage.member(stage)]

    made = []
    short = booking.amount - there(source) if source and booking.amount > 0 else 0
    if short > 0 and booking.kind in BEFORE:
        if short > left[Stage.FREE]:
            raise _overspent(booking, left[Stage.FREE] + there(source), books)
        made = [_made(booking, kind, short, "", by, books) for kind in BEFORE[booking.kind]]
        left[Stage.FREE] -= short
        left[Stage.member(source)] += short
        if source == Stage.RESERVED:
            reserved[place] = reserved.get(place, 0) + short
    elif short > 0:
        raise _overspent(booking, there(source), books, Stage.member(source))
    if there(target) + min(booking.amount, 0) < 0:
        raise _overspent(booking, there(target), books, Stage.member(target))
    stage = source if booking.kind == EntryKind.RELEASE else ""
    made.append(_made(booking, booking.kind, booking.amount, stage, by, books))
    if source:
        left[Stage.member(source)] -= booking.amount
    left[Stage.member(target)] += booking.amount
    for stage_, sign in ((target, 1), (source, -1)):
        if stage_ == Stage.RESERVED:
            reserved[place] = reserved.get(place, 0) + sign * booking.amount
    return made


def _made(booking: Booking, kind: EntryKind, amount: int, stage: str, by: str, books: Books) -> Any:
    return books.entries(
        **{books.key: booking.account},
        kind=kind,
        amount=amount,
        stage=stage,
        subject=booking.subject,
        by=by,
        note=booking.note[:300],
    )


def _entry(entry: LedgerEntry) -> Entry:
    after = {
        "entry": str(entry.kind),
        "amount": entry.amount,
        "line": entry.line.name,
        "subject": entry.subject,
    }
    return Entry(
        "money.book", entry.line.subject, region_code=entry.line.region_code, reason=entry.note, after=after
    )


def _nothing() -> InputError:
    return InputError(Text("Tulis jumlah lebih dari nol.", "Write an amount above zero."), at="amount")


def _overspent(booking: Booking, left: int, books: Books, stage: Stage = Stage.FREE) -> OverspentError:
    asked = abs(booking.amount)
    name = str(booking.account)
    wanted, there, short = (books.shown(amount) for amount in (asked, left, asked - left))
    return OverspentError(
        Text(
            f"{name}: diminta {wanted.id}, sisa {there.id} ({stage.text.id.lower()}); kurang {short.id}. Kurangi orang "
            "atau bulannya, atau tambah pagunya.",
            f"{name}: {wanted.en} asked for, {there.en} left ({stage.text.en.lower()}); {short.en} short. Take fewer "
            "people or months, or raise the ceiling.",
        ),
        left=left,
    )
