"""The ledger as a beancount journal: each entry a transaction, each sum of ours an assertion that beancount checks.

Accounts of line 12: ``Equity:Pagu:L12`` (where ceilings come from), ``Assets:Bebas:L12``, ``Assets:Dicadangkan:L12``,
``Assets:Terikat:L12``, ``Assets:Ditagih:L12``, ``Expenses:Dibayar:L12``. Names of people never stand in it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.db.models import QuerySet
from django.utils import timezone

from payung.office.programme.models import Balance, LedgerEntry, Line
from payung.office.programme.states import MOVES, EntryKind, Stage

CURRENCY = "IDR"
ACCOUNTS: dict[str, str] = {
    "": "Equity:Pagu",
    Stage.FREE: "Assets:Bebas",
    Stage.RESERVED: "Assets:Dicadangkan",
    Stage.COMMITTED: "Assets:Terikat",
    Stage.BILLED: "Assets:Ditagih",
    Stage.PAID: "Expenses:Dibayar",
}


def journal(lines: QuerySet[Line]) -> Iterator[str]:
    """Yield the lines of the journal of ``lines``, in the order of the entries; three queries.

    It ends with an assertion of every stage of every line, as the database keeps it, on the day after the last entry.
    """
    found = list(lines.order_by("pk"))
    keys = [line.pk for line in found]
    entries = LedgerEntry.objects.filter(line__in=keys).order_by("pk")
    days = [timezone.localdate(at) for at in entries.values_list("at", flat=True)]
    first = min(days, default=timezone.localdate())
    yield 'option "title" "Payung: buku dana"'
    yield f'option "operating_currency" "{CURRENCY}"'
    yield ""
    for line in found:
        for account in ACCOUNTS.values():
            yield f"{first.isoformat()} open {account}:L{line.pk} {CURRENCY}"
            yield f'  nama: "{_text(line.name)}"'
    yield ""
    for entry in entries.iterator(chunk_size=2000):
        yield from _transaction(entry)
    yield from _assertions(keys, max(days, default=first) + dt.timedelta(days=1))


def _transaction(entry: LedgerEntry) -> Iterator[str]:
    source, target = MOVES.get(entry.kind, (entry.stage, Stage.FREE))
    if entry.kind == EntryKind.RELEASE:
        source = entry.stage
    day = timezone.localdate(entry.at)
    yield f'{day.isoformat()} * "{_text(entry.subject)}" "{entry.kind} {_text(entry.note)}"'
    yield f"  entri: {entry.pk}"
    yield f'  oleh: "{_text(entry.by)}"'
    yield f"  {ACCOUNTS[target]}:L{entry.line_id}  {entry.amount} {CURRENCY}"
    yield f"  {ACCOUNTS[source]}:L{entry.line_id}  {-entry.amount} {CURRENCY}"
    yield ""


def _assertions(keys: list[int], day: dt.date) -> Iterator[str]:
    for balance in Balance.objects.filter(line__in=keys).order_by("line"):
        for stage, account in ACCOUNTS.items():
            amount = -balance.ceiling if stage == "" else getattr(balance, stage)
            yield f"{day.isoformat()} balance {account}:L{balance.line_id}  {amount} {CURRENCY}"


def _text(text: str) -> str:
    return " ".join(text.replace("\\", "/").replace('"', "'").split())
