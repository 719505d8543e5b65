"""From an answer sheet to its rows: who each is about, what the agency says, what else stands beside it.

The sheet is read by :mod:`payung.rosters`, as every list is: titles above, any order of columns, .xlsx to .csv.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from payung.codes import Source
from payung.errors import InputError
from payung.office.answers.agencies import BPJS, DTSEN
from payung.office.answers.rules import key_of, shown, status_of, table
from payung.office.answers.states import Fault
from payung.office.desk.words import shortened
from payung.people import dates
from payung.said import Said as Sentence
from payung.text import Text

if TYPE_CHECKING:
    from payung.rosters import Table

# What to do about each fault of a row.
REMEDIES: dict[Fault, Text] = {
    Fault.NIK_KOSONG: Text(
        "NIK kosong: minta lembar dengan NIK",
        "The NIK is empty: ask for the sheet with NIKs",
    ),
    Fault.NIK_RUSAK: Text(
        "NIK rusak karena tersimpan sebagai angka: minta lembar dengan NIK sebagai teks",
        "The NIK was damaged when stored as a number: ask for the sheet with NIKs as text",
    ),
    Fault.NIK_FORMAT: Text(
        "NIK bukan 16 angka yang sah",
        "The NIK is not 16 valid digits",
    ),
    Fault.JAWABAN_KOSONG: Text(
        "Tidak ada status maupun keterangan",
        "Neither a status nor a text",
    ),
    Fault.KPJ_TANPA_MASA: Text(
        "KPJ ada, tetapi bulan mulai, segmen, atau sumber dananya tidak disebut: kepesertaan belum dicatat",
        "There is a KPJ, but no first month, segment or source of money: no membership was recorded",
    ),
    Fault.KPJ_DIPAKAI: Text(
        "KPJ ini sudah dipakai orang lain dalam register: kepesertaan belum dicatat",
        "Somebody else in the register has this KPJ: no membership was recorded",
    ),
    Fault.TIDAK_DIKENAL: Text(
        "Tidak ada orang dengan NIK ini dalam jangkauan pengunggah",
        "Nobody within reach of who uploaded has this NIK",
    ),
}
_STATES = {"blank": Fault.NIK_KOSONG, "damaged": Fault.NIK_RUSAK}
_MONTH = re.compile(
    r"(?a)(?:(\d{4})[-/. ]?(\d{1,2})|(\d{1,2})[-/. ]?(\d{4}))(?:[-/. ]\d{1,2})?(?: 0?0:00.*)?"
)
FACT = "fact"  # the list holds what the agency answers in a column that every list may have
FAR = dt.timedelta(days=800)  # how far ahead a month of cover may begin


@dataclass(frozen=True, slots=True)
class Said:
    """One row of an answer.

    Fields
        record, sheet, row: where it stands.
        nik: as written; fault: why it cannot be used, a :class:`Fault`, or empty.
        status: Y, T or empty; text: what the agency wrote, as it is kept.
        facts: decile, version, kpj, month (``YYYY-MM``), segment, source, date (ISO), where the row says them.
    """

    record: str
    sheet: str
    row: int
    name: str
    nik: str | None
    fault: str
    status: str
    text: str
    facts: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Sheets:
    """All rows of an answer.

    Fields
        others: how many rows are no people: totals, signatures.
        notes: what else there is to know: columns that are not used, sheets without a list.
    """

    said: tuple[Said, ...]
    others: int
    notes: tuple[Sentence, ...]


def read(path: Path, *, agency: str, on: dt.date) -> Sheets:
    """Return what the answer sheet at ``path`` says, as read on the day ``on``.

    Raises :class:`InputError` where it is no list of people, or where no column says what the agency answers.
    """
    from payung.rosters.book import open_book
    from payung.rosters.reader import Asked, read_book

    book = open_book(path)
    reading = read_book(book, path.name, Asked(as_of=on, kind="insured"))
    columns = [(found.sheet, found.first_row, _columns(found, agency)) for found in reading.tables]
    if not any(found.keys() & {"status", "text", FACT} for *_, found in columns):
        raise InputError(
            Text(
                f"{path.name}: tidak ada kolom status atau keterangan dari instansi; periksa judul kolomnya "
                "(mis. “Status (Y/T)”, “Keterangan Status Data”).",
                f"{path.name}: no column holds the agency's status or text; check the headings "
                "(e.g. “Status (Y/T)”, “Keterangan Status Data”).",
            )
        )
    sheets = {sheet.name: sheet for sheet in book.sheets}
    rows = []
    for listing in reading.rows.iter_rows(named=True):
        sheet = sheets[listing["sheet"]]
        cells = sheet.cells.row(listing["row"] - 1 - sheet.first_row, named=True)
        mine = [
            found for name, first, found in columns if (name, first <= listing["row"]) == (sheet.name, True)
        ]
        beside = {name: (cells.get(f"c{at}") or "").strip() for name, at in mine[-1].items() if name != FACT}
        rows.append(_said(listing, beside, on))
    others = sum(sum(found.others.values()) for found in reading.tables)
    refused = [_refused(fault) for found in reading.tables for fault in found.refused]
    return Sheets(tuple(rows), others, (*refused, *reading.notes))


def _refused(fault: Mapping[str, str]) -> Sentence:
    """Return the sentence on a column that is not used."""
    from payung.rosters.reasons import REASONS

    reason = REASONS[fault["code"]]
    what = reason.told(cell=fault["cell"], other=fault["other"])
    return Sentence("rosters.refused_column", {"what": what, "remedy": reason.remedy})


def _columns(found: Table, agency: str) -> dict[str, int]:
    """Return meaning → column number for what only answers have; :data:`FACT` where an ordinary column is one."""
    from payung.rosters.headings import plain

    known = table().headings
    columns: dict[str, int] = {}
    for column in found.columns:
        for part in reversed(column.heading.split(" / ")):
            meaning = known.get(plain(part))
            if meaning:
                columns.setdefault(meaning, column.at)
                break
        if (agency, column.field) in {(DTSEN, "decile"), (BPJS, "kpj"), (BPJS, "nik_or_kpj")}:
            columns[FACT] = column.at
    return columns


def _said(listing: Mapping[str, Any], beside: Mapping[str, str], on: dt.date) -> Said:
    status, text = status_of(beside.get("status")), beside.get("text", "")
    if status is None:
        # A status column in words: the words are the answer.
        status, text = "", " — ".join(part for part in (beside["status"], text) if part)
    facts = {
        "decile": listing["decile"],
        "kpj": listing["kpj"],
        "segment": listing["segment"],
        "version": beside.get("version", "")[:40],
        "source": str(Source.known(beside.get("source", "")) or ""),
        "month": month_of(beside.get("month", ""), on=on),
        "date": _day(beside.get("date", ""), on),
        "line": beside.get("line", ""),
    }
    facts = {name: value for name, value in facts.items() if value not in (None, "")}
    fault = "" if listing["nik_state"] == "valid" else _STATES.get(listing["nik_state"], "NIK_FORMAT")
    if not fault and not status and not key_of(text) and not facts.keys() & {"decile", "kpj"}:
        fault = "JAWABAN_KOSONG"
    return Said(
        record=listing["record"][:300],
        sheet=(listing["sheet"] or "")[:80],
        row=listing["row"],
        name=shortened(listing["name"] or "", 150),
        nik=listing["nik"],
        fault=fault,
        status=status,
        text=shown(text),
        facts=facts,
    )


def month_of(text: str, *, on: dt.date) -> str | None:
    """Return a month as ``YYYY-MM``, or ``None`` where ``text`` is none.

    >>> month_of("12-2026", on=dt.date(2026, 11, 22)), month_of("Januari 2027", on=dt.date(2026, 11, 22))
    ('2026-12', '2027-01')
    """
    word = " ".join(text.strip().strip("'").split())
    if match := _MONTH.fullmatch(word):
        year, number = (match[1], match[2]) if match[1] else (match[4], match[3])
        return f"{year}-{int(number):02d}" if 1 <= int(number) <= 12 and 1990 <= int(year) <= 2100 else None
    found = dates.read(f"1 {word}", on=on + FAR) or dates.read(word, on=on + FAR)
    return f"{found:%Y-%m}" if found else None


def _day(text: str, on: dt.date) -> str | None:
    found = dates.read(text, on=on) if text else None
    return found.isoformat() if found else None


def phrases_of(said: Iterable[Said]) -> set[tuple[str, str, str]]:
    """Return status, key and text of everything that the rows say in words, each key once."""
    found: dict[tuple[str, str], str] = {}
    for one in said:
        if speaks(one):
            found.setdefault((one.status, key_of(one.text)), one.text)
    return {(status, key, text) for (status, key), text in found.items()}


def speaks(one: Said) -> bool:
    """Tell whether a row has words to map: a status or a text. A row that cannot be used keeps its words too."""
    return bool(one.status or key_of(one.text))


def content_of(one: Said) -> str | None:
    """Return the facts of a row as they are kept."""
    return json.dumps(one.facts, ensure_ascii=False) if one.facts else None
