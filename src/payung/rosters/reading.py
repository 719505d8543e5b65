"""Reads one workbook: its lists, their rows as listings with verdicts, and every faulty cell."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import polars as pl

from payung.people import categories, listing
from payung.people.values import present, tidy
from payung.rosters import checks, column_tests, content, context, values
from payung.rosters.book import Book, Sheet, open_book
from payung.rosters.column_tests import Fault
from payung.rosters.fields import PERSON
from payung.rosters.filling import fill_families, fill_merged
from payung.rosters.headings import meaning
from payung.rosters.layout import DATA, Block, find_blocks
from payung.rosters.mapping import Column, map_columns
from payung.rosters.reasons import PROGRAMME_CODE, REASONS, severities
from payung.rosters.refusals import refusal
from payung.rosters.rows import sort_rows

if TYPE_CHECKING:
    from payung.regions.gazetteer import Gazetteer

FINDINGS: dict[str, pl.DataType | type[pl.DataType]] = {
    "file": pl.String,
    "sheet": pl.String,
    "row": pl.Int64,
    "column": pl.String,  # letter; null where the list has no such column
    "field": pl.String,
    "value": pl.String,  # as written
    "code": pl.String,
    "severity": pl.String,  # "note" or "return"
    "message": pl.String,  # Indonesian
    "remedy": pl.String,
}
TITLE_ROWS = 25
Kind = Literal["roster", "insured"]


@dataclass(frozen=True, slots=True)
class Table:
    """One list that was recognised.

    Fields
        sheet, header_row: where its heading begins (row from 1; 0 where it has none).
        first_row: the first row below the heading.
        columns: what every column was taken for.
        refused: columns that are not used, with code, sentence and remedy.
        rows: how many people rows it has.
        others: what the other rows are: word of :data:`payung.rosters.rows.KINDS` -> how many.
        area: village, district, regency as the rows above name them.
    """

    sheet: str
    header_row: int
    first_row: int
    columns: tuple[Column, ...]
    refused: tuple[dict[str, str], ...]
    rows: int
    others: dict[str, int]
    area: dict[str, str]


@dataclass(frozen=True, slots=True)
class Reading:
    """What one file says.

    Fields
        path: the file that was read; file: its name in all outputs.
        rows: listings (:data:`payung.people.listing.SCHEMA`), one for every people row, returned ones included.
        findings: :data:`FINDINGS`, one for every faulty cell, and one per refused column at its heading.
        raw: ``record`` and the text of every used cell as written, a column a field.
        tables: the lists that were recognised.
        notes: (Indonesian) what else there is to know: macros, links, sheets that hold no list.
    """

    path: Path
    file: str
    kind: str
    rows: pl.DataFrame
    findings: pl.DataFrame
    raw: pl.DataFrame
    tables: tuple[Table, ...]
    notes: tuple[str, ...] = field(default=())

    @property
    def counts(self) -> dict[str, int]:
        """Return rows, accepted, noted and returned."""
        verdicts = Counter(self.rows["verdict"].to_list())
        return {"rows": self.rows.height, **{verdict: verdicts[verdict] for verdict in listing.VERDICTS}}


def read(
    path: Path,
    *,
    as_of: dt.date,
    base: Path | None = None,
    regions: Gazetteer | None = None,
    kind: Kind = "roster",
    severity: Mapping[str, str] | None = None,
    corrections: Mapping[str, str] | None = None,
    village: str | None = None,
    within: str | None = None,
) -> Reading:
    """Return what the file at ``path`` says on the date ``as_of``.

    ``base`` is the folder that names in the output are relative to. ``kind`` ``insured`` is the insurer's list:
    missing facts are notes there. ``severity`` changes how heavy codes are; ``corrections`` maps plain headings
    to fields (see :mod:`payung.rosters.corrections`); ``village`` is the Kemendagri code of the village that
    sent the list, ``within`` that of the area it must lie in.

    Raises :class:`payung.errors.InputError` where nothing in the file can be used.
    """
    name = path.relative_to(base).as_posix() if base and path.is_relative_to(base) else path.name
    weights = severities(severity)
    asked = _Asked(name, as_of, regions, kind, weights, corrections or {}, village, within)
    return _judge_book(open_book(path, shown_as=name), asked)


def _judge_book(book: Book, asked: _Asked) -> Reading:
    parts = [
        part for sheet in book.sheets for block in find_blocks(sheet) if (part := _read_list(sheet, block, asked))
    ]
    if not parts:
        raise _nothing(book, asked.file)
    return Reading(
        book.path,
        asked.file,
        book.kind,
        pl.concat([part.rows for part in parts]),
        pl.concat([part.findings for part in parts]),
        pl.concat([part.raw for part in parts], how="diagonal"),
        tuple(part.table for part in parts),
        _notes(book, {part.table.sheet for part in parts}),
    )


@dataclass(frozen=True, slots=True)
class _Asked:
    file: str
    as_of: dt.date
    regions: Gazetteer | None
    kind: Kind
    weights: Mapping[str, str]
    corrections: Mapping[str, str]
    village: str | None
    within: str | None


@dataclass(frozen=True, slots=True)
class _Part:
    rows: pl.DataFrame
    findings: pl.DataFrame
    raw: pl.DataFrame
    table: Table


def _read_list(sheet: Sheet, block: Block, asked: _Asked) -> _Part | None:
    """Return the rows and findings of one list, or ``None`` where it holds no people."""
    span = sheet.cells.columns[block.left : block.right]
    cells = sheet.cells[block.first : block.last].select(tidy(pl.col(span)))
    kinds = sheet.kinds[block.first : block.last]
    profiles = {at: content.profile(cells[f"c{at}"]) for at, _ in block.headings}
    headings = [(at, f"{letter(at)}{sheet.first_row + block.top + 1}", text) for at, text in block.headings]
    columns = map_columns(headings, profiles, asked.corrections)
    fields = {column.field for column in columns}
    if not fields & {*PERSON, "nik_or_kpj", "nik_or_kk"}:
        return None
    cells = fill_merged(cells, columns, sheet.merges, sheet.first_row + block.first)
    sorted_rows = sort_rows(cells, columns)
    people = sorted_rows.kinds == "person"
    count = int(people.sum())
    if not count:
        return None
    cells = fill_families(cells, columns, people)
    numbers = pl.Series(
        "row", range(sheet.first_row + block.first + 1, sheet.first_row + block.last + 1), dtype=pl.Int64
    ).filter(people)
    raw = values.raw_columns(cells, columns).filter(people)
    kind_of = kinds.filter(people).select(
        pl.col(at).alias(used) for used, at in values.places(columns).items()
    )
    lines = _title_lines(sheet, block)
    area = {**context.section([*lines[:3], sheet.name]), **context.area([*lines, sheet.name])}
    around = values.Around(area, _title_category(lines))
    clean = values.clean(raw, kind_of, sorted_rows.context.filter(people), columns, around, on=asked.as_of)
    clean = _with_region(clean, asked)
    faults = column_tests.find_faults(raw.select(present(pl.all())), kind_of, clean)
    clean = _without_refused(clean, faults)
    regency = next(iter(clean["regency_code"].drop_nulls().mode().sort().to_list()), None)
    found = checks.judge(raw, clean, faults, asked.weights, insured=asked.kind == "insured", regency=regency)
    place = {column.field: letter(column.at) for column in reversed(columns)}
    place["name"] = place.get("name") or place.get("household_head") or ""
    place["nik"] = place.get("nik") or place.get("nik_or_kpj") or ""
    place["life_status"] = place.get("life_status") or place.get("note") or ""
    findings = pl.concat(
        [
            _column_findings(faults, columns, sheet, block, asked),
            _cell_findings(found, numbers, place, sheet.name, asked.file),
        ]
    )
    suffix = f":{letter(block.left)}" if block.beside else ""
    rows = _rows(clean, found, faults, numbers, sheet.name, asked.file, suffix)
    others = Counter(kind for kind in sorted_rows.kinds.to_list() if kind != "person")
    table = Table(
        sheet.name,
        sheet.first_row + block.top + 1 if block.depth else 0,
        sheet.first_row + block.first + 1,
        columns,
        tuple(
            _refused(fault, columns, asked.weights) for fault in faults if fault.code != "KOLOM_SATU_NILAI"
        ),
        count,
        dict(sorted(others.items())),
        area,
    )
    return _Part(rows, findings, raw.insert_column(0, rows["record"]), table)


def _title_lines(sheet: Sheet, block: Block) -> list[str]:
    """Return the lines above a list, the nearest first, without the people of a list above it."""
    above = sheet.cells[max(0, block.top - TITLE_ROWS) : block.top].select(sheet.cells.columns[block.left : block.right])
    rows = [[text or "" for text in row] for row in above.iter_rows()]
    titles = [row for row in reversed(rows) if not any(DATA.search(text) for text in row)]
    return context.title_lines(titles)


def _title_category(lines: list[str]) -> str | None:
    for line in lines:
        if found := categories.read(line):
            return found
    return None


def _with_region(clean: pl.DataFrame, asked: _Asked) -> pl.DataFrame:
    """Add ``village_code``, ``district_code``, ``regency_code`` and how sure they are."""
    if asked.regions is None:
        nothing = pl.lit(None, dtype=pl.String)
        return clean.with_columns(
            nothing.alias(name)
            for name in ("village_code", "subdistrict_code", "regency_code", "region_status", "region_reason")
        )
    return asked.regions.match_frame(
        clean,
        village="village",
        subdistrict="district",
        regency="regency",
        code="code",
        within=asked.village or asked.within,
    )


def _without_refused(clean: pl.DataFrame, faults: list[Fault]) -> pl.DataFrame:
    """Mark the NIKs of a refused column as damaged; drop its KK numbers."""
    for fault in faults:
        if fault.field == "nik" and fault.code != "KOLOM_SATU_NILAI":
            damaged = (
                pl.when(pl.col("nik_state") != "blank").then(pl.lit("damaged")).otherwise(pl.col("nik_state"))
            )
            clean = clean.with_columns(damaged.alias("nik_state"), pl.lit(False).alias("nik_ok"))
        if fault.field == "kk" and fault.code == "KOLOM_KK_TERPOTONG":
            clean = clean.with_columns(pl.lit(None, dtype=pl.String).alias("kk"))
    return clean


def _rows(
    clean: pl.DataFrame, found: pl.DataFrame, faults: list[Fault], numbers: pl.Series, sheet: str, file: str, suffix: str
) -> pl.DataFrame:
    """Return the listings of the people rows."""
    judged = (
        found.lazy()
        .with_columns(pl.col("code").replace(PROGRAMME_CODE))
        .group_by("at")
        .agg(
            pl.col("code").unique().sort().alias("reasons"),
            (pl.col("severity") == "return").any().alias("back"),
        )
        .collect()
    )
    refused = {fault.field: fault for fault in faults if fault.code not in ("KOLOM_SATU_NILAI",)}
    frame = (
        clean.with_row_index("at")
        .join(judged, on="at", how="left", maintain_order="left")
        .with_columns(
            pl.lit(file).alias("file"),
            pl.lit(sheet).alias("sheet"),
            numbers.alias("row"),
            (pl.lit(f"{file}#{sheet}!") + numbers.cast(pl.String) + pl.lit(suffix)).alias("record"),
            pl.when(pl.col("back")).then(pl.lit("returned")).when(pl.col("reasons").is_not_null()).then(pl.lit("noted"))
            .otherwise(pl.lit("accepted")).alias("verdict"),
            pl.col("reasons").fill_null([]),
            pl.col("subdistrict_code").alias("district_code"),
            *checks.date_of(clean, refused),
        )
    )  # fmt: skip
    return listing.conform(frame.select(name for name in listing.SCHEMA if name in frame.columns))


def _cell_findings(
    found: pl.DataFrame, numbers: pl.Series, place: Mapping[str, str], sheet: str, file: str
) -> pl.DataFrame:
    """Return the findings with their cells and sentences."""
    where = found.with_columns(
        numbers.gather(found["at"]).alias("row"),
        pl.col("field").replace_strict(place, default=None, return_dtype=pl.String).alias("column"),
    ).with_columns(pl.when(pl.col("column") != "").then(pl.col("column")))
    cell = (
        pl.when(pl.col("column").is_null())
        .then(pl.lit("baris ") + pl.col("row").cast(pl.String))
        .otherwise(pl.col("column") + pl.col("row").cast(pl.String))
    )
    return where.select(
        pl.lit(file).alias("file"),
        pl.lit(sheet).alias("sheet"),
        "row",
        "column",
        "field",
        "value",
        "code",
        "severity",
        _sentence(cell).alias("message"),
        pl.col("code")
        .replace_strict({code: reason.remedy.id for code, reason in REASONS.items()}, return_dtype=pl.String)
        .alias("remedy"),
    ).cast(FINDINGS)  # type: ignore[arg-type]


def _sentence(cell: pl.Expr) -> pl.Expr:
    """Return the message of every finding with its blanks filled."""
    template = pl.col("code").replace_strict(
        {code: reason.message.id for code, reason in REASONS.items()}, return_dtype=pl.String
    )
    shown = pl.col("value").fill_null("").str.slice(0, 60)
    return (
        template.str.replace("{cell}", cell, literal=True)
        .str.replace("{other}", pl.col("other").fill_null(""), literal=True)
        .str.replace("{value}", shown, literal=True)
        .str.replace("sel baris ", "baris ", literal=True)
    )


def _column_findings(
    faults: list[Fault], columns: tuple[Column, ...], sheet: Sheet, block: Block, asked: _Asked
) -> pl.DataFrame:
    rows: list[dict[str, Any]] = []
    for fault in faults:
        weight = asked.weights[fault.code]
        column = next((one for one in columns if one.field == fault.field), None)
        if weight == "off" or column is None:
            continue
        told = _refused(fault, columns, asked.weights)
        rows.append(
            {
                "file": asked.file,
                "sheet": sheet.name,
                "row": sheet.first_row + block.first,
                "column": letter(column.at),
                "field": fault.field,
                "value": column.heading,
                "code": fault.code,
                "severity": weight,
                "message": told["message"],
                "remedy": told["remedy"],
            }
        )
    return pl.DataFrame(rows, schema=FINDINGS)


def _refused(fault: Fault, columns: tuple[Column, ...], weights: Mapping[str, str]) -> dict[str, str]:
    column = next((one for one in columns if one.field == fault.field), None)
    reason = REASONS[fault.code]
    cell = column.cell if column else "-"
    return {
        "cell": cell,
        "heading": column.heading if column else "",
        "field": fault.field,
        "code": fault.code,
        "message": reason.message.id.format(cell=cell, other=fault.other, value=""),
        "remedy": reason.remedy.id,
    }


def _nothing(book: Book, name: str) -> Exception:
    """Return the fault for a book without a list of people."""
    regional = {"village", "village_code", "district", "regency", "province"}
    rows = [
        {found.field for text in row if text and (found := meaning(text))}
        for sheet in book.sheets
        for row in sheet.cells[:60].iter_rows()
    ]
    if any(fields & {"nik", "name"} and len(fields) >= 3 for fields in rows):
        return refusal("no_rows", name)
    if any(fields & regional and not fields & set(PERSON) for fields in rows):
        return refusal("aggregate", name)
    return refusal("no_table", name)


def _notes(book: Book, used: set[str]) -> tuple[str, ...]:
    notes = []
    if book.macros:
        notes.append("Berkas memuat makro; makro tidak dijalankan dan tidak ikut dalam berkas balasan.")
    if book.links:
        notes.append("Berkas bertaut ke buku kerja lain; tautan tidak diikuti.")
    for sheet in book.sheets:
        if sheet.name not in used and sheet.cells.height:
            notes.append(f"Lembar “{sheet.name}” tidak berisi daftar orang.")
        elif sheet.name in used and sheet.hidden:
            notes.append(f"Lembar “{sheet.name}” tersembunyi; isinya tetap dibaca.")
        if sheet.name in used and sheet.hidden_rows:
            notes.append(
                f"Lembar “{sheet.name}” punya {len(sheet.hidden_rows)} baris tersembunyi; isinya tetap dibaca."
            )
    return tuple(notes)


def letter(at: int) -> str:
    """Return the letter of a column number from 0.

    >>> letter(0), letter(27)
    ('A', 'AB')
    """
    text = ""
    at += 1
    while at:
        at, rest = divmod(at - 1, 26)
        text = chr(65 + rest) + text
    return text
