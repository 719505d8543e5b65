"""From a list of deaths to its rows. It is read by :mod:`payung.rosters`, as every list is."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from payung.errors import InputError
from payung.office.desk.words import shortened
from payung.people import dates
from payung.rosters.remarks import read_life
from payung.text import Text

LONGEST_WHY = 80  # letters of a reason that are shown
# Headings that only such lists have, as payung.rosters.headings.plain writes them.
_DAY = frozenset(
    (
        *("tgl meninggal", "tgl kematian", "tgl wafat", "tgl mati", "tgl meninggal dunia", "meninggal tgl"),
        *("wafat tgl", "hari tgl meninggal", "date of death", "tmt meninggal", "tgl akta kematian"),
    )
)
_PAPER = frozenset(
    (
        *(
            "no akta kematian",
            "no akta",
            "akta kematian",
            "no surat kematian",
            "no surat keterangan kematian",
        ),
        *("surat kematian", "no skm", "no akta mati", "death certificate"),
    )
)


# Of a list of stopped allowances: since when, and why.
_STOPPED = frozenset(
    (
        *(
            "tgl berhenti",
            "tmt berhenti",
            "berhenti tmt",
            "tgl penghentian",
            "tmt penghentian",
            "dihentikan tgl",
        ),
        *("tgl dihentikan", "tmt dihentikan", "berhenti sejak", "stopped on"),
    )
)
_WHY = frozenset(
    (
        *("alasan", "sebab", "alasan berhenti", "sebab berhenti", "alasan penghentian", "sebab penghentian"),
        *("ket", "keterangan", "reason"),
    )
)


@dataclass(frozen=True, slots=True)
class Said:
    """One row of the list: who died, where they lived, when, and the paper behind it.

    Fields
        fault: why it cannot be used. no_death: why it tells of no death (a list of stopped allowances names another
        reason). asks: what has to be asked first (it names none).
    """

    sheet: str
    row: int
    facts: dict[str, Any]
    died: dt.date | None
    paper: str
    fault: Text | None
    no_death: Text | None = None
    asks: Text | None = None


def read(path: Path, *, name: str, on: dt.date, stopped: bool = False) -> list[Said]:
    """Return the rows of the list at ``path``, as read on the day ``on``.

    ``stopped``: a list of allowances that ended; only a row that says it ended with the death tells of one, and the
    day on which it ended stands for the day of death where no other is written; a row without a reason is asked about.
    Raises :class:`InputError` where it is no list of people, has no column for the day of death, or of a list of
    stopped allowances none that says why.
    """
    from payung.rosters.book import open_book
    from payung.rosters.headings import plain
    from payung.rosters.reader import Asked, read_book

    book = open_book(path)
    reading = read_book(book, name, Asked(as_of=on, kind="insured"))
    meanings = [("died", _DAY), ("paper", _PAPER)]
    if stopped:
        meanings += [("stopped", _STOPPED), ("why", _WHY)]
    tables = []
    for table in reading.tables:
        found: dict[str, int] = {}
        for column in table.columns:
            for part in column.heading.split(" / "):
                for meaning, known in meanings:
                    if plain(part) in known:
                        found.setdefault(meaning, column.at)
        tables.append((table.sheet, table.first_row, found))
    days = {"died", "stopped"}
    if not any(days & set(found) for *_, found in tables):
        raise InputError(
            Text(
                f"{name}: tidak ada kolom tanggal meninggal; periksa judul kolomnya (mis. “Tanggal Meninggal”).",
                f"{name}: no column holds the day of death; check the headings (e.g. “Tanggal Meninggal”).",
            )
        )
    if stopped and not any({"died", "why"} & set(found) for *_, found in tables):
        raise InputError(
            Text(
                f"{name}: tidak ada kolom sebab berhenti, jadi tidak ada baris yang mengatakan kematian. Minta daftar "
                "dengan kolom “Alasan”, atau tambahkan kolom itu (mis. meninggal, pindah, habis masa jabatan).",
                f"{name}: no column says why it stopped, so no row tells of a death. Ask for a list with a column "
                "“Alasan”, or add it (e.g. meninggal, pindah, habis masa jabatan).",
            )
        )
    sheets = {sheet.name: sheet for sheet in book.sheets}
    said = []
    for listing in reading.rows.iter_rows(named=True):
        sheet = sheets[listing["sheet"]]
        cells = sheet.cells.row(listing["row"] - 1 - sheet.first_row, named=True)
        mine = [found for at, first, found in tables if (at, first <= listing["row"]) == (sheet.name, True)]
        beside = {meaning: (cells.get(f"c{at}") or "").strip() for meaning, at in (mine or [{}])[-1].items()}
        died = dates.read(beside.get("died") or beside.get("stopped", ""), on=on)
        said.append(
            Said(
                (listing["sheet"] or "")[:80],
                listing["row"],
                listing,
                died,
                beside.get("paper", "")[:120],
                _fault(listing, died, on),
                *(_stopped(beside) if stopped and not beside.get("died") else (None, None)),
            )
        )
    return said


def _stopped(beside: dict[str, str]) -> tuple[Text | None, Text | None]:
    """Return why a stopped allowance tells of no death, and what has to be asked where no reason is written."""
    why = beside.get("why", "").strip(" -–.?")
    if not why:
        return None, Text(
            "Sebab berhenti tidak tertulis: tanyakan ke desa apakah orangnya meninggal.",
            "Why it stopped is not written: ask the village whether the person died.",
        )
    if read_life(why) == "meninggal":
        return None, None
    said = shortened(why, LONGEST_WHY)
    return Text(f"Berhenti karena “{said}”: bukan kematian.", f"Stopped because “{said}”: no death."), None


def _fault(listing: dict[str, Any], died: dt.date | None, on: dt.date) -> Text | None:
    if not listing["name"] and listing["nik_state"] != "valid":
        return Text("Tidak ada nama maupun NIK yang sah.", "There is neither a name nor a valid NIK.")
    if died is None:
        return Text("Tanggal meninggal tidak dapat dibaca.", "The day of death cannot be read.")
    if died > on:
        return Text("Tanggal meninggal belum tiba.", "The day of death has not come yet.")
    if listing["birth_date"] and died < listing["birth_date"]:
        return Text("Meninggal sebelum lahir: periksa kedua tanggal.", "Died before birth: check both days.")
    return None
