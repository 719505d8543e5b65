"""Reads one list of a sheet: columns, people, values, faults, verdicts."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import polars as pl

from payung.people import categories, listing
from payung.people.values import by_distinct, present, tidy_cells
from payung.rosters import checks, column_tests, content, context, places, values
from payung.rosters.book import Sheet
from payung.rosters.column_tests import Fault
from payung.rosters.fields import PERSON
from payung.rosters.filling import fill_families, fill_merged
from payung.rosters.findings import cell_findings, column_findings, refused_column
from payung.rosters.layout import DATA, Block
from payung.rosters.mapping import map_columns
from payung.rosters.model import Job, Table, letter
from payung.rosters.reasons import PROGRAMME_CODE
from payung.rosters.rows import sort_rows

TITLE_ROWS = 25
CUT_BY_EXCEL = ("KOLOM_NIK_TERPOTONG", "KOLOM_NIK_ILMIAH")


@dataclass(frozen=True, slots=True)
class Part:
    """What one list gives to the reading of its file."""

    rows: pl.DataFrame
    findings: pl.DataFrame
    raw: pl.DataFrame
    table: Table


def read_table(sheet: Sheet, block: Block, job: Job) -> Part | None:
    """Return the rows and findings of one list, or ``None`` where it holds no people."""
    span = sheet.cells.columns[block.left : block.right]
    cells = tidy_cells(sheet.cells[block.first : block.last].select(span))
    kinds = sheet.kinds[block.first : block.last]
    named = dict(block.headings)
    profiles = {at: content.profile(cells[name]) for at, name in enumerate(span, block.left)}
    headings = [
        (at, f"{letter(at)}{sheet.first_row + block.top + 1}", named.get(at, ""))
        for at, seen in profiles.items()
        if at in named or seen.filled
    ]
    columns = map_columns(headings, profiles, job.asked.corrections)
    columns = tuple(
        column for column in columns if column.heading or column.field != "other" or not block.depth
    )
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
    clean = values.clean(
        raw, kind_of, sorted_rows.context.filter(people), columns, around, on=job.asked.as_of
    )
    clean, foreign = places.find(clean, columns, job.asked)
    clean = _with_staff(clean, raw)
    faults = [*column_tests.find_faults(raw.select(present(pl.all())), kind_of, clean), *foreign]
    clean = _without_refused(clean, faults)
    regency = next(iter(clean["regency_code"].drop_nulls().mode().sort().to_list()), None)
    found = checks.judge(
        raw, clean, faults, job.weights, insured=job.asked.kind == "insured", regency=regency
    )
    place = {column.field: letter(column.at) for column in reversed(columns)}
    place["name"] = place.get("name") or place.get("household_head") or ""
    place["nik"] = place.get("nik") or place.get("nik_or_kpj") or ""
    findings = pl.concat(
        [
            column_findings(faults, columns, sheet, block, job),
            cell_findings(found, numbers, place, sheet.name, job.file),
        ]
    )
    suffix = f":{letter(block.left)}" if block.beside else ""
    rows = _rows(clean, found, faults, numbers, sheet.name, job.file, suffix)
    others = Counter(kind for kind in sorted_rows.kinds.to_list() if kind != "person")
    table = Table(
        sheet.name,
        sheet.first_row + block.top + 1 if block.depth else 0,
        sheet.first_row + block.first + 1,
        columns,
        tuple(refused_column(fault, columns) for fault in faults),
        count,
        dict(sorted(others.items())),
        area,
    )
    return Part(rows, findings, raw.insert_column(0, rows["record"]), table)


def _title_lines(sheet: Sheet, block: Block) -> list[str]:
    """Return the lines above a list, the nearest first, without the people of a list above it."""
    above = sheet.cells[max(0, block.top - TITLE_ROWS) : block.top].select(
        sheet.cells.columns[block.left : block.right]
    )
    rows = [[text or "" for text in row] for row in above.iter_rows()]
    titles = [row for row in reversed(rows) if not any(DATA.search(text) for text in row)]
    return context.title_lines(titles)


def _title_category(lines: list[str]) -> str | None:
    for line in lines:
        if found := categories.read(line):
            return found
    return None


def _with_staff(clean: pl.DataFrame, raw: pl.DataFrame) -> pl.DataFrame:
    """Add the category of contract staff: of a kelurahan where the village code says so, else of a desa."""
    if "position" not in raw.columns:
        return clean
    staff = by_distinct(raw["position"], categories.is_staff, pl.Boolean).fill_null(False)
    ward = pl.col("village_code").str.slice(9, 1) == "1"
    kind = pl.when(ward).then(pl.lit("non_asn_kelurahan")).otherwise(pl.lit("non_asn_desa"))
    unknown = pl.col("category").is_null() & staff
    return clean.with_columns(pl.when(unknown).then(kind).otherwise(pl.col("category")).alias("category"))


def _without_refused(clean: pl.DataFrame, faults: list[Fault]) -> pl.DataFrame:
    """Leave out what refused columns say; their NIKs stay as written, as damaged or malformed ones."""
    for fault in faults:
        if fault.field == "nik":
            state = "damaged" if fault.code in CUT_BY_EXCEL else "malformed"
            given = pl.when(pl.col("nik_state") != "blank").then(pl.lit(state)).otherwise(pl.col("nik_state"))
            clean = clean.with_columns(given.alias("nik_state"), pl.lit(False).alias("nik_ok"))
        elif fault.field in ("kk", "kpj", "phone", "mother"):
            clean = clean.with_columns(pl.lit(None, dtype=pl.String).alias(fault.field))
    return clean


def _rows(
    clean: pl.DataFrame,
    found: pl.DataFrame,
    faults: list[Fault],
    numbers: pl.Series,
    sheet: str,
    file: str,
    suffix: str,
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
    refused = {fault.field: fault for fault in faults}
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
