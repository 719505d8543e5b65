"""Money that arrived: noted once, matched with the bills that it names or that its payer owes, never lost."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from django.db import IntegrityError, transaction
from django.utils import timezone

from payung.errors import InputError, PayungError
from payung.office.bills.actions.uses import Settled, entry_of, settle
from payung.office.bills.models import Bill, Payment, PaymentFile, Row, Spelling
from payung.office.bills.statements import Arrived, Fault, Statement, read
from payung.office.bills.states import OPEN, Channel, RowState
from payung.office.history.actions import Entry, record
from payung.text import Text

Arrival = Arrived
OURS = re.compile(r"\bB?0*([1-9][0-9]{0,8})\b", re.IGNORECASE)
KODE = re.compile(r"\b[0-9]{12}\b")
IN_TEXT = re.compile(
    r"\b(?:B[0-9]{6}|[0-9]{12})\b", re.IGNORECASE
)  # our number written in full, or a kode iuran


@dataclass(frozen=True, slots=True)
class Received:
    """What became of one arrival: the payment, whether it was known already, what it paid, and why the rest waits."""

    payment: Payment | None
    known: bool
    settled: tuple[Settled, ...]
    why: Text | None


@dataclass(frozen=True, slots=True)
class Paid:
    """What reading a file came to: rows by what became of them. ``same``: the very file was read before."""

    file: PaymentFile
    rows: dict[str, int]
    same: bool = False


def receive(*, by: str, arrival: Arrived) -> Received:
    """Note an arrival and pay what it names. The same reference of a channel is the same money, whatever the file.

    Each bill is its own transaction; what cannot be matched, or is too much, stays with the payment.
    """
    if (refusal := _refusal(arrival)) is not None:
        return Received(None, False, (), refusal)
    known = Payment.objects.filter(channel=arrival.channel, reference=arrival.reference).first()
    if known is not None:
        return _again(by, known, arrival)
    bills, why = _bills(arrival)
    try:
        with transaction.atomic():
            payment = Payment.objects.create(
                channel=arrival.channel,
                reference=arrival.reference,
                paid_on=arrival.paid_on,
                amount=arrival.amount,
                payer=arrival.payer[:150],
                text=arrival.text[:300],
                region_code=bills[0].region_code if bills else "",
                by=by,
            )
            record(by=by, entries=[entry_of(payment, "payment.arrive", {"amount": payment.amount})])
    except IntegrityError:
        found = Payment.objects.get(channel=arrival.channel, reference=arrival.reference)
        return _again(by, found, arrival)
    return _match(by, payment, bills, why)


def _refusal(arrival: Arrived) -> Text | None:
    """Return why this is no money that can have arrived; nothing is booked then."""
    if arrival.amount <= 0:
        return Text(
            "Jumlahnya nol atau kurang: periksa kolom jumlah.",
            "The amount is zero or less: check its column.",
        )
    if not arrival.reference:
        return Text("Tidak ada nomor referensi.", "There is no reference.")
    if arrival.paid_on > timezone.localdate():
        return Text(
            f"Tanggal {arrival.paid_on} belum tiba: periksa kolom tanggal.",
            f"The day {arrival.paid_on} has not come yet: check the column of dates.",
        )
    return None


def _again(by: str, payment: Payment, arrival: Arrived) -> Received:
    if (payment.amount, payment.paid_on) == (arrival.amount, arrival.paid_on):
        if payment.used == 0 and not payment.rows.exists():
            return _match(by, payment, *_bills(arrival))  # cut off between arriving and paying: gone on with
        if arrival.bills and payment.region_code == "" and not payment.uses.exists():
            return _now_named(by, payment, arrival)
        return Received(payment, True, (), None)
    return Received(
        None,
        False,
        (),
        Text(
            f"Referensi {arrival.reference} sudah ada dengan jumlah atau tanggal lain "
            f"({payment.amount}, {payment.paid_on}): periksa ke bank.",
            f"The reference {arrival.reference} is there with another amount or day "
            f"({payment.amount}, {payment.paid_on}): ask the bank.",
        ),
    )


def _now_named(by: str, payment: Payment, arrival: Arrived) -> Received:
    """Pay with money that arrived without a bill, now that a row names one; its earlier rows wait no longer."""
    found = _match(by, payment, *_bills(arrival))
    if not found.settled:
        return Received(payment, True, (), None)
    payment.rows.filter(state=RowState.WAITING).update(state=RowState.KNOWN, why={})
    return found


def _match(by: str, payment: Payment, bills: Sequence[Bill], why: Text | None) -> Received:
    if bills and payment.region_code != bills[0].region_code:
        payment.region_code = bills[0].region_code
        payment.save(update_fields=["region_code"])
    settled: list[Settled] = []
    for bill in bills:
        if payment.left <= 0:
            break
        try:
            settled.append(settle(by=by, payment=payment, bill=bill))
            payment.used = payment.amount - settled[-1].left
        except (PayungError, IntegrityError) as error:
            why = error.message if isinstance(error, PayungError) else _CLASH
            payment.refresh_from_db()
    if why is None and payment.left:
        why = Text(
            f"Sisa {payment.left} rupiah: menunggu keputusan (simpan, kembalikan, atau perhitungkan).",
            f"{payment.left} rupiah are left: keep, refund or offset them.",
        )
    return Received(payment, False, tuple(settled), why)


_CLASH = Text(
    "Basis data menolak: dibayar bersamaan oleh orang lain.", "Refused: somebody paid it at the same moment."
)


def _bills(arrival: Arrived) -> tuple[list[Bill], Text | None]:
    """Return the open bills that an arrival names, oldest first, or that its payer owes; and why there is none."""
    written = arrival.bills or _in_text(arrival.text)
    if written:
        named = [_named(one) for one in written]
        unknown = [name for name, found in zip(written, named, strict=True) if found is None]
        open_ = sorted(
            {bill.pk: bill for bill in named if bill is not None and bill.state in OPEN}.values(),
            key=lambda bill: (bill.from_month, bill.number, bill.pk),
        )
        closed = [bill for bill in named if bill is not None and bill.state not in OPEN]
        if unknown:
            listed = ", ".join(unknown)
            return open_, Text(f"Tagihan {listed} tidak ada di sini.", f"There is no bill {listed} here.")
        if closed:
            return open_, Text(
                f"Tagihan {closed[0].code} {closed[0].state.text.id.lower()}: uangnya disimpan sebagai kelebihan.",
                f"The bill {closed[0].code} is {closed[0].state.text.en.lower()}: the money is kept as a surplus.",
            )
        return open_, None
    spelling = Spelling.objects.filter(text=spelled(arrival.payer)).first() if arrival.payer else None
    if spelling is not None:
        open_ = list(
            Bill.objects.filter(region_code=spelling.region_code, state__in=OPEN).order_by(
                "from_month", "number", "pk"
            )
        )
        return open_, None if open_ else Text(
            "Pembayar ini tidak punya tagihan terbuka.", "This payer owes nothing."
        )
    return [], Text(
        "Belum diketahui untuk tagihan mana: pilih tagihannya, atau kenalkan nama pembayarnya.",
        "Not known for which bill: choose it, or say whose name this is.",
    )


def _in_text(text: str) -> list[str]:
    """Return the bills of this office that the text of a statement names; any other number in it means nothing."""
    return [code for code in IN_TEXT.findall(text) if _named(code) is not None]


def _named(text: str) -> Bill | None:
    """Return the bill that a cell names: kode iuran (12 digits), or our number."""
    plain = text.strip()
    if KODE.fullmatch(plain):
        return Bill.objects.filter(kode_iuran=plain).first()
    found = OURS.fullmatch(plain)
    return Bill.objects.filter(pk=int(found[1])).first() if found else None


def spelled(payer: str) -> str:
    """Return a payer's name as it is learned: lower case, single spaces."""
    return " ".join(payer.lower().split())[:150]


@transaction.atomic
def learn(*, by: str, payer: str, region_code: str) -> Spelling:
    """Learn once how a bank writes a payer; the next money of this name answers the payer's oldest open bills."""
    made, _ = Spelling.objects.update_or_create(
        text=spelled(payer), defaults={"region_code": region_code, "by": by}
    )
    record(by=by, entries=[Entry("payment.learn", f"spelling:{made.pk}", region_code=region_code)])
    return made


def pay(*, by: str, name: str, content: bytes, channel: str = Channel.TRANSFER) -> Paid:
    """Read a file of payments and book each row; a bad row stops only itself, and says why.

    The same file (by its hash, whatever its name) changes nothing; a row whose reference is known changes nothing.
    A file that was cut off is gone on with where it stopped. Raises :class:`InputError` for what cannot be read at all.
    """
    statement = read(name, content, Channel.member(channel))
    before = PaymentFile.objects.filter(sha256=statement.sha256).first()
    file = before or _file(by, name, statement)
    done = set(file.rows.values_list("number", flat=True))
    for number, row in enumerate(statement.rows, 1):
        if number not in done:
            _book(by, file, number, row)
    counts: dict[str, int] = {}
    for state in file.rows.values_list("state", flat=True):
        counts[str(state)] = counts.get(str(state), 0) + 1
    if before is not None and len(done) == len(statement.rows):
        return Paid(file, {str(RowState.KNOWN): len(done)}, same=True)
    with transaction.atomic():
        record(
            by=by, entries=[Entry("payment.file", f"paymentfile:{file.pk}", after={"name": name, **counts})]
        )
    return Paid(file, counts)


def _file(by: str, name: str, statement: Statement) -> PaymentFile:
    plain = Path(name).name[:200]
    made, _ = PaymentFile.objects.get_or_create(
        sha256=statement.sha256, defaults={"name": plain, "kind": statement.kind, "read_by": by}
    )
    return made


def _book(by: str, file: PaymentFile, number: int, row: Arrived | Fault) -> None:
    if isinstance(row, Fault):
        state = RowState.FAILED if row.failed else RowState.WAITING
        _row(file, number, state, None, row.text, row.why)
        return
    try:
        found = receive(by=by, arrival=row)
    except PayungError as error:
        _row(file, number, RowState.WAITING, None, row.shown, error.message)
        return
    if found.known:
        _row(file, number, RowState.KNOWN, found.payment, row.shown, None)
        return
    state = RowState.WAITING if found.why is not None else RowState.BOOKED
    _row(file, number, state, found.payment, row.shown, found.why)


def _row(
    file: PaymentFile, number: int, state: RowState, payment: Payment | None, text: str, why: Text | None
) -> None:
    said = {"id": why.id, "en": why.en} if why is not None else {}
    Row.objects.create(file=file, number=number, state=state, payment=payment, text=text[:500], why=said)


def bills_of(texts: Sequence[str]) -> list[Bill]:
    """Return the bills that ``texts`` name (our number or the kode iuran); refuse one that is not there."""
    found = []
    for text in texts:
        bill = _named(text)
        if bill is None:
            raise InputError(
                Text(
                    f"Tagihan {text} tidak ada: tulis nomor kami (B000012) atau kode iurannya.",
                    f"There is no bill {text}: write our number (B000012) or the kode iuran.",
                )
            )
        found.append(bill)
    return found
