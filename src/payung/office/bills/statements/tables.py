"""Tables of payments: CSV with any separator, a workbook, or a bank's settlement file."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
import tempfile
from collections.abc import Sequence
from pathlib import Path

from django.utils import timezone

from payung.errors import InputError
from payung.office.bills.statements.rows import (
    NO_AMOUNT,
    NO_DAY,
    NO_REFERENCE,
    Arrived,
    Fault,
    amount,
    styles,
)
from payung.office.bills.states import Channel, FileKind
from payung.people import dates
from payung.text import Text

# What a column is called in files that were seen; the first heading that fits is the column.
HEADINGS: dict[str, tuple[str, ...]] = {
    "reference": (
        "reference",
        "referensi",
        "no reff",
        "no ref",
        "ref",
        "no referensi",
        "nomor referensi",
        "ntpn",
    ),
    "paid_on": (
        *("paid on", "tanggal", "tgl", "date", "datetime trx", "tanggal transaksi", "tgl transaksi"),
        *("tanggal bayar", "post date", "tgl bayar"),
    ),
    "amount": ("amount", "jumlah", "totalamount", "total", "kredit", "credit", "nominal", "nilai"),
    "bill": ("bill", "tagihan", "kode iuran", "no tagihan", "nomor tagihan", "kode billing"),
    "payer": ("payer", "nama", "nama customer", "pengirim", "nama pengirim", "pembayar", "nama pembayar"),
    "text": ("text", "keterangan", "uraian", "berita", "remark", "description", "deskripsi"),
    "status": ("status", "keadaan", "status transaksi"),
}
NEEDED = ("reference", "paid_on", "amount")
GOOD = frozenset({"", "sukses", "success", "berhasil", "ok", "00", "paid", "lunas", "settled", "posted"})
_MOMENT = re.compile(r"(\d{8}) \d{2}:\d{2}:\d{2}")
_TRAILER = re.compile(r"(?i)^(total|jumlah|grand total|trailer|saldo|rekap)\b")

Rows = tuple[Arrived | Fault, ...]

AHEAD = dt.timedelta(days=3660)  # a day that has not come is read, and refused as what it is


def text(name: str, content: str, channel: Channel, sha256: str) -> tuple[FileKind, str, Rows]:
    """Return kind, hash and rows of a text file."""
    lines = [line for line in content.splitlines() if line.strip()]
    if len(lines) > 1 and lines[0].count(";") >= 5 and lines[1].count("|") >= 5:
        return FileKind.SETTLEMENT, sha256, _settlement(lines)
    separator = max(";\t|,", key=lambda sign: lines[0].count(sign) if lines else 0)
    try:
        read = list(csv.reader(io.StringIO(content, newline=""), delimiter=separator))
    except csv.Error as error:
        raise _unreadable(name, str(error)) from None
    cells = [row for row in read if any(cell.strip() for cell in row)]
    return FileKind.CSV, sha256, _table(name, cells, separator, channel)


def workbook(name: str, content: bytes, channel: Channel) -> Rows:
    """Return the rows of the first sheet of a workbook."""
    from python_calamine import CalamineError, CalamineWorkbook

    from payung.rosters.cells.refusal import RefusalError

    try:
        _inspect(content)
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        cells = book.get_sheet_by_index(0).to_python(skip_empty_area=True)
    except (CalamineError, RefusalError, IndexError) as error:
        raise _unreadable(name, str(error)) from None
    rows = [[_written(cell) for cell in row] for row in cells]
    return _table(name, [row for row in rows if any(row)], ";", channel)


def _inspect(content: bytes) -> None:
    """Refuse a small file that unfolds to more than the machine holds."""
    from payung.rosters.cells import archive

    if content.startswith(b"PK"):
        with tempfile.NamedTemporaryFile() as kept:
            kept.write(content)
            kept.flush()
            archive.inspect(Path(kept.name))


def _written(cell: object) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, dt.datetime | dt.date):
        return cell.isoformat()[:10]
    return "" if cell is None else str(cell)


def _unreadable(name: str, why: str) -> InputError:
    return InputError(Text(f"{name} tidak dapat dibaca ({why}).", f"{name} cannot be read ({why})."))


def columns(row: Sequence[str]) -> dict[str, int]:
    """Return which column holds what, by the headings of ``row``."""
    plain = [re.sub(r"[\s_./-]+", " ", cell.strip().lower()) for cell in row]
    found: dict[str, int] = {}
    for meaning, names in HEADINGS.items():
        for heading in names:
            if heading in plain and plain.index(heading) not in found.values():
                found[meaning] = plain.index(heading)
                break
    return found


def _table(name: str, cells: list[list[str]], separator: str, channel: Channel) -> Rows:
    for place, row in enumerate(cells[:20]):
        known = columns(row)
        if all(meaning in known for meaning in NEEDED):
            body = [row for row in cells[place + 1 :] if not _TRAILER.match(row[0].strip())]
            return _body(body, known, len(row), separator, channel)
    listed = ", ".join(NEEDED)
    raise InputError(
        Text(
            f"{name}: tidak ada baris judul dengan {listed} (referensi, tanggal, jumlah). Tambahkan judul kolomnya.",
            f"{name}: there is no row of headings with {listed}. Add the headings.",
        )
    )


def _body(
    cells: list[list[str]], known: dict[str, int], width: int, separator: str, channel: Channel
) -> Rows:
    written = [row[known["amount"]] for row in cells if len(row) == width]
    mixed = len(styles(written)) > 1
    return tuple(_row(row, known, width, separator, channel, mixed=mixed) for row in cells)


def _row(
    row: list[str], known: dict[str, int], width: int, separator: str, channel: Channel, *, mixed: bool
) -> Arrived | Fault:
    shown = separator.join(row)
    if len(row) != width:
        return Fault(
            shown,
            Text(
                f"Ada {len(row)} kolom, seharusnya {width}: kolomnya bergeser.",
                f"There are {len(row)} columns instead of {width}: they are shifted.",
            ),
        )
    cell = {meaning: row[place].strip() for meaning, place in known.items()}
    status = cell.get("status", "").lower()
    if status not in GOOD:
        return Fault(shown, Text(f"Bank menulis: {status}.", f"The bank says: {status}."), failed=True)
    if mixed:
        return Fault(
            shown,
            Text(
                "Jumlah dalam berkas ini ditulis dengan dua cara (1.680 dan 16,800.00): samakan dahulu.",
                "Amounts of this file are written in two ways (1.680 and 16,800.00): make them one first.",
            ),
        )
    return arrived(
        channel,
        cell["reference"],
        dates.read(cell["paid_on"], on=timezone.localdate() + AHEAD),
        amount(cell["amount"]),
        cell.get("payer", ""),
        cell.get("text", ""),
        tuple(filter(None, re.split(r"[\s,+&/]+", cell.get("bill", "")))),
        shown,
    )


def arrived(
    channel: Channel,
    reference: str,
    day: dt.date | None,
    rupiah: int | None,
    payer: str,
    text_: str,
    bills: tuple[str, ...],
    shown: str,
) -> Arrived | Fault:
    """Return the arrival, or the fault of the first part that is missing."""
    if not reference:
        return Fault(shown, NO_REFERENCE)
    if day is None:
        return Fault(shown, NO_DAY)
    if rupiah is None or rupiah <= 0:
        return Fault(shown, NO_AMOUNT)
    return Arrived(channel, reference[:80], day, rupiah, payer, text_, bills, shown)


def _settlement(lines: list[str]) -> Rows:
    """Rows joined by ``|``: the moment, the total after it, the name after that; the code is the cell of 12 digits."""
    found: list[Arrived | Fault] = []
    for line in lines[1:]:
        cells = [cell.strip() for cell in line.split("|")]
        at = next((place for place, cell in enumerate(cells) if _MOMENT.fullmatch(cell)), None)
        if at is None or at + 2 >= len(cells):
            found.append(
                Fault(line, Text("Tidak ada waktu transaksi.", "There is no moment of the transaction."))
            )
            continue
        moment = _MOMENT.fullmatch(cells[at])
        assert moment is not None
        day = dates.read(f"{moment[1][:4]}-{moment[1][4:6]}-{moment[1][6:]}", on=timezone.localdate())
        codes = tuple(cell for cell in cells[1:at] if re.fullmatch(r"\d{12}", cell))
        found.append(
            arrived(Channel.KODE, cells[0], day, amount(cells[at + 1]), cells[at + 2], "", codes[:1], line)
        )
    return tuple(found)
