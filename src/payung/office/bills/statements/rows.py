"""What a row of a payment file is, and how days and amounts are read: never guessed."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from payung.office.bills.states import Channel, FileKind
from payung.text import Text

# Thousands and decimals as Indonesian writes them, and as English does; whole rupiah in either.
STYLES = {
    "id": re.compile(r"(?a)-?\d{1,3}(\.\d{3})+(,\d{1,2})?|-?\d+,\d{1,2}"),
    "en": re.compile(r"(?a)-?\d{1,3}(,\d{3})+(\.\d{1,2})?|-?\d+\.\d{1,2}"),
}
_PLAIN = re.compile(r"-?[0-9]+")


@dataclass(frozen=True, slots=True)
class Arrived:
    """Money that a row says has arrived.

    Fields
        channel, reference: together what makes it this money and no other.
        paid_on: the day it was paid. amount: rupiah. payer, text: as the bank writes them.
        bills: what it is for: our numbers or codes (kode iuran), empty where the row does not say.
        shown: the row as it stands in the file.
    """

    channel: Channel
    reference: str
    paid_on: dt.date
    amount: int
    payer: str = ""
    text: str = ""
    bills: tuple[str, ...] = ()
    shown: str = ""


@dataclass(frozen=True, slots=True)
class Fault:
    """A row that cannot be used: as it stands, and why. ``failed``: the bank itself says that it failed."""

    text: str
    why: Text
    failed: bool = False


@dataclass(frozen=True, slots=True)
class Statement:
    """A file: its kind, its hash, its rows in order."""

    kind: FileKind
    sha256: str
    rows: tuple[Arrived | Fault, ...]


def styles(cells: list[str]) -> set[str]:
    """Return the ways in which amounts are written in a column: ``id``, ``en``; plain digits are both."""
    bare = [bare_amount(cell) for cell in cells]
    return {name for name, pattern in STYLES.items() if any(pattern.fullmatch(cell) for cell in bare)}


def bare_amount(cell: str) -> str:
    """Return an amount without ``Rp``, spaces and quotes."""
    return re.sub(r"(?i)^rp\.?|idr|[\s']|,-$|\.-$", "", cell.strip())


def amount(cell: str) -> int | None:
    """Return whole rupiah, or ``None`` for what is no amount, or has a part of a rupiah."""
    bare = bare_amount(cell)
    if _PLAIN.fullmatch(bare):
        return int(bare)
    for name, pattern in STYLES.items():
        if pattern.fullmatch(bare):
            thousands, decimals = (".", ",") if name == "id" else (",", ".")
            whole, _, part = bare.replace(thousands, "").partition(decimals)
            return int(whole) if not part.strip("0") else None
    return None


NO_AMOUNT = Text("Jumlahnya kosong atau bukan rupiah bulat.", "The amount is empty or no whole rupiah.")
NO_DAY = Text("Tanggalnya tidak dapat dibaca.", "The day cannot be read.")
NO_REFERENCE = Text("Tidak ada nomor referensi.", "There is no reference.")
