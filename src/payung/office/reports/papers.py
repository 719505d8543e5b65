"""Files that leave the house: the figures of a report as a workbook, and the pack of exceptions for an inspection."""

from __future__ import annotations

import datetime as dt
import io
import tempfile
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

from payung.codes import Code
from payung.office.access.permissions import Permission
from payung.office.accounts.models import User
from payung.office.history import demonstration
from payung.office.insight.counted import Counted
from payung.office.insight.figures import Figure, reached
from payung.office.letters import papers as letter_papers
from payung.office.letters import queries as letter_queries
from payung.office.letters.kinds import kinds
from payung.office.letters.models import Letter
from payung.office.reports import rules
from payung.office.reports.exceptions import EXCEPTIONS, Defect
from payung.office.reports.queries import Part, Report
from payung.papers.tables import Column, Kind, Table, write_workbook
from payung.text import Text

MOST_PAPERS = 200
KINDS: Mapping[str, Kind] = {"number": "number", "money": "money"}
MOMENT = (1980, 1, 1, 0, 0, 0)  # of every file of a pack: the same rows give the same bytes


def report_book(found: Report) -> bytes:
    """Return a report as the bytes of an .xlsx: figures with their difference, coverage, money."""
    title = f"Laporan {found.period.name.id}"
    then = found.before.month if found.before else "–"
    note = f"Per {found.snapshot.on:%d-%m-%Y}, dibekukan {found.snapshot.at:%d-%m-%Y}; dibandingkan dengan {then}."
    figures = _table(
        "Angka", title, note,
        [
            ("Kode", "text", 22), ("Angka", "text", 36), ("Satuan", "text", 14), ("Kini", "number", 20),
            ("Sebelumnya", "number", 20), ("Selisih", "number", 20), ("Bagian", "share", 10), ("Arti", "text", 90),
        ],
        [
            (
                one.figure.code, one.figure.name.id, one.figure.unit.text.id, one.now, one.before, one.more,
                None if one.share is None else one.share / 1000, one.figure.definition.id,
            )
            for one in found.lines
        ],
    )  # fmt: skip
    money = _table(
        "Dana", title, note,
        [
            ("Baris dana", "text", 36), ("Pagu", "money", 20), ("Dibayar", "money", 20), ("Ditagih", "money", 20),
            ("Terikat", "money", 20), ("Bebas", "money", 20),
        ],
        [(name.id, *one.values()) for name, one in found.money],
    )  # fmt: skip
    tables = [figures, _coverage("Kecamatan", title, note, found.places)]
    return _book([*tables, _coverage("Kategori", title, note, found.categories), money])


def _coverage(sheet: str, title: str, note: str, parts: Iterable[Part]) -> Table:
    return _table(
        sheet, title, note,
        [
            (sheet, "text", 36), ("Orang", "number", 14), ("Terlindungi", "number", 14), ("Bagian", "share", 10),
            ("Terlindungi sebelumnya", "number", 16),
        ],
        [
            (one.name.id, one.people, one.covered, None if one.share is None else one.share / 1000, one.before)
            for one in parts
        ],
    )  # fmt: skip


# The pack of exceptions


@dataclass(frozen=True, slots=True)
class Pack:
    """A pack as bytes of a .zip; ``rows``: findings in it; ``papers``: letters that lie beside the workbook."""

    content: bytes
    rows: int
    papers: int


def pack(user: User, counted: Mapping[str, Counted], on: dt.date, *, seed: str, many: int) -> Pack:
    """Return the findings of every class whose rows ``user`` may open, a sample of each, and its letters.

    The sample is drawn by ``seed`` (:func:`payung.office.reports.rules.sample`). Letters with whole numbers are named
    and stay in the office, where they open with a reason.
    """
    tables: list[Table] = [_classes(counted, on, seed, many)]
    subjects: dict[str, None] = {}
    drawn: list[tuple[Any, ...]] = []
    total = 0
    for code, one in counted.items():
        if not one.open:
            continue
        declared = EXCEPTIONS[code]
        rows = list(_rows(user, declared.figure, on))
        total += len(rows)
        tables.append(_listed(declared.figure, rows))
        by_key = {str(row.pk): row for row in rows}
        for key in rules.sample(by_key, f"{seed}|{code}", many):
            about = declared.papers(by_key[key])
            subjects |= dict.fromkeys(about)
            drawn.append((declared, key, by_key[key], about))
    letters = _letters(user, list(subjects))
    tables.insert(1, _sample(drawn, letters))
    files = {"pengecualian.xlsx": _book(tables)}
    for letter in [one for found in letters.values() for one in found if not _whole(one)][:MOST_PAPERS]:
        files[f"surat/{_safe(letter.number)}.pdf"] = letter_papers.content_of(letter.path)
    return Pack(_zip(files), total, len(files) - 1)


def _rows(user: User, figure: Figure, on: dt.date) -> Iterable[Any]:
    reach = reached(user, figure)
    return figure.rows(reach[0], on).order_by("pk") if reach is not None and reach[1] else ()


def _letters(user: User, subjects: Sequence[str]) -> dict[str, list[Letter]]:
    found: dict[str, list[Letter]] = {}
    if not subjects or not user.may(Permission.LETTER_READ):
        return found
    readable = letter_queries.letters(user.scope(Permission.LETTER_READ), user).filter(subject__in=subjects)
    for letter in readable.order_by("pk"):
        found.setdefault(letter.subject, []).append(letter)
    return found


def _whole(letter: Letter) -> bool:
    kind = kinds().get(letter.kind)
    return kind is None or kind.whole or kind.medical


def _safe(number: str) -> str:
    return "".join(sign if sign.isalnum() or sign in "-_." else "_" for sign in number)


def _classes(counted: Mapping[str, Counted], on: dt.date, seed: str, many: int) -> Table:
    note = f"Per {on:%d-%m-%Y}. Sampel: {many} tiap kelas, benih “{seed}” (SHA-256 terkecil dari benih|kelas|kunci)."
    return _table(
        "Kelas", "Paket pengecualian", note,
        [
            ("Kelas", "text", 34), ("Jumlah", "number", 12), ("Satuan", "text", 14), ("Pertanyaan", "text", 60),
            ("Arti", "text", 90),
        ],
        [
            (
                one.figure.name.id, one.told, one.figure.unit.text.id, EXCEPTIONS[code].asks.id,
                one.figure.definition.id,
            )
            for code, one in counted.items()
        ],
    )  # fmt: skip


def _listed(figure: Figure, rows: Sequence[Any]) -> Table:
    columns = [(one.label.id, KINDS.get(one.kind, "text"), 22) for one in figure.columns]
    extra = [("Tanggapan", "text", 30), ("Tindak lanjut", "text", 30)]
    return _table(
        figure.name.id[:31], figure.name.id, figure.definition.id, [("Kunci", "text", 16), *columns, *extra],
        [
            (
                str(row.pk),
                *(_cell(one.value(row), KINDS.get(one.kind, "text")) for one in figure.columns),
                "",
                "",
            )
            for row in rows
        ],
    )  # fmt: skip


def _sample(
    drawn: Sequence[tuple[Defect, str, Any, tuple[str, ...]]], letters: Mapping[str, list[Letter]]
) -> Table:
    lines = []
    for declared, key, row, about in drawn:
        found = [letter for subject in about for letter in letters.get(subject, ())]
        lines.append(
            (
                declared.figure.name.id,
                key,
                "; ".join(
                    f"{one.label.id}: {_cell(one.value(row), 'text') or '–'}"
                    for one in declared.figure.columns
                ),
                ", ".join(about),
                ", ".join(one.number for one in found if not _whole(one)),
                ", ".join(one.number for one in found if _whole(one)),
                "",
                "",
            )
        )
    return _table(
        "Sampel", "Sampel untuk diperiksa", "Benih dan cara mengundi ada di lembar Kelas.",
        [
            ("Kelas", "text", 34), ("Kunci", "text", 16), ("Isi", "text", 90), ("Perihal", "text", 20),
            ("Surat dalam paket", "text", 40), ("Surat ber-NIK (buka di kantor)", "text", 40),
            ("Tanggapan", "text", 30), ("Tindak lanjut", "text", 30),
        ],
        lines,
    )  # fmt: skip


def _cell(value: Any, kind: str) -> Any:
    if value is None or kind in KINDS:
        return value if kind in KINDS else ""
    if isinstance(value, Code):
        return value.text.id
    if isinstance(value, Text):
        return value.id
    return f"{value:%d-%m-%Y}" if isinstance(value, dt.date) else str(value)


def _table(
    sheet: str,
    title: str,
    note: str,
    columns: Sequence[tuple[str, Any, int]],
    rows: Sequence[tuple[Any, ...]],
) -> Table:
    kinds_ = {"number": pl.Int64(), "money": pl.Int64(), "share": pl.Float64()}  # a share is shown only
    named = [
        Column(f"c{place}", heading, kind, width) for place, (heading, kind, width) in enumerate(columns)
    ]
    schema = {column.name: kinds_.get(column.kind, pl.String()) for column in named}
    return Table(sheet, title, note, named, pl.DataFrame(list(rows), schema=schema, orient="row"))


def _book(tables: Sequence[Table]) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "buku.xlsx"
        write_workbook(path, tables, banner=demonstration.banner())
        return path.read_bytes()


def _zip(files: Mapping[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in sorted(files.items()):
            archive.writestr(zipfile.ZipInfo(name, MOMENT), content, zipfile.ZIP_DEFLATED)
    return packed.getvalue()
