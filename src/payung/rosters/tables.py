"""Judges lists: values, places, faults, verdicts. Lists of one shape are judged together, however small each is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import polars as pl

from payung.people import categories, listing
from payung.people.values import by_distinct, present
from payung.rosters import checks, column_tests, membership, places, values
from payung.rosters.column_tests import Fault
from payung.rosters.findings import cell_findings, column_findings, refused_column
from payung.rosters.gathered import Gathered
from payung.rosters.model import Table
from payung.rosters.reasons import PROGRAMME_CODE

CUT_BY_EXCEL = ("KOLOM_NIK_TERPOTONG", "KOLOM_NIK_ILMIAH")


@dataclass(frozen=True, slots=True)
class Part:
    """What one list gives to the reading of its file."""

    rows: pl.DataFrame
    findings: pl.DataFrame
    raw: pl.DataFrame
    table: Table


def judge(lists: Sequence[Gathered]) -> list[Part]:
    """Return what each of ``lists`` gives, in their order."""
    groups: dict[object, list[int]] = {}
    for number, one in enumerate(lists):
        groups.setdefault(_shape(one), []).append(number)
    parts: dict[int, Part] = {}
    for numbers in groups.values():
        parts.update(zip(numbers, _judge_alike([lists[number] for number in numbers]), strict=True))
    return [parts[number] for number in range(len(lists))]


def _shape(one: Gathered) -> object:
    """Return what lists must share to be judged together: their fields, and how their files are to be read."""
    asked = one.job.asked
    return (
        tuple(one.raw.columns),
        values.holds_percentiles(one.columns),
        (asked.as_of, asked.kind, asked.village, asked.within, id(asked.regions)),
        frozenset(one.job.weights.items()),
    )


def _judge_alike(lists: list[Gathered]) -> list[Part]:
    raw = pl.concat([one.raw for one in lists])
    kinds = pl.concat([one.kinds for one in lists])
    around = pl.concat([one.context for one in lists])
    clean = values.clean(
        raw,
        kinds,
        around,
        percent=values.holds_percentiles(lists[0].columns),
        on=lists[0].job.asked.as_of,
    ).with_columns(_numbers_of(lists))
    clean, foreign = places.find(clean, [one.columns for one in lists], lists[0].job.asked)
    clean = _with_home(_with_staff(clean, raw)).with_columns(around["marks"])
    written = raw.select(present(pl.all()))
    asked = lists[0].job.asked
    if asked.kind == "insured":
        clean = membership.add(clean, written, around["title_member"], on=asked.as_of)
    faults = [
        [*column_tests.find_faults(written[rows], kinds[rows], clean[rows]), *foreign[number]]
        for number, rows in enumerate(_spans(lists))
    ]
    # A refused column changes what is asked of every row of its list: such a list is finished alone.
    together = [number for number, found in enumerate(faults) if not found]
    done: dict[int, Part] = {}
    if together:
        chosen = pl.Series([number in set(together) for number in range(len(lists))]).gather(clean["list"])
        fit = clean.filter(chosen).with_columns(_numbers_of([lists[number] for number in together]))
        parts = _finish([lists[number] for number in together], fit, raw.filter(chosen), [])
        done.update(zip(together, parts, strict=True))
    for number, rows in enumerate(_spans(lists)):
        if faults[number]:
            alone = clean[rows].with_columns(pl.lit(0, dtype=pl.Int64).alias("list"))
            done[number] = next(_finish([lists[number]], alone, raw[rows], faults[number]))
    return [done[number] for number in range(len(lists))]


def _numbers_of(lists: Sequence[Gathered]) -> pl.Series:
    """Return ``list``: for every people row the number of its list."""
    heights = [one.raw.height for one in lists]
    return pl.concat(
        [pl.repeat(number, height, dtype=pl.Int64, eager=True) for number, height in enumerate(heights)]
    ).alias("list")


def _spans(lists: Sequence[Gathered]) -> Iterator[slice]:
    start = 0
    for one in lists:
        yield slice(start, start + one.raw.height)
        start += one.raw.height


def _finish(
    lists: list[Gathered], clean: pl.DataFrame, raw: pl.DataFrame, faults: list[Fault]
) -> Iterator[Part]:
    """Return the part of each list from the values of them all; ``faults`` are those of the only list, or none."""
    clean = _without_refused(clean, faults)
    job = lists[0].job
    found = checks.judge(raw, clean, faults, job.weights, insured=job.asked.kind == "insured")
    where = pl.DataFrame(
        {
            "list": clean["list"],
            "row": pl.concat([one.numbers for one in lists]),
            "file": pl.Series([one.job.file for one in lists], dtype=pl.String).gather(clean["list"]),
            "sheet": pl.Series([one.sheet.name for one in lists], dtype=pl.String).gather(clean["list"]),
            "suffix": pl.Series([one.suffix for one in lists], dtype=pl.String).gather(clean["list"]),
        }
    ).with_row_index("at")
    letters = pl.DataFrame(
        [(number, field, at) for number, one in enumerate(lists) for field, at in one.letters.items()],
        schema={"list": pl.Int64, "field": pl.String, "column": pl.String},
        orient="row",
    )
    findings = cell_findings(found, where, letters).partition_by("list", as_dict=True, include_key=False)
    rows = _rows(clean, found, faults, where)
    for number, (one, span) in enumerate(zip(lists, _spans(lists), strict=True)):
        of_columns = column_findings(faults, one.columns, one.sheet, one.block, one.job)
        of_cells = findings.get((number,))
        yield Part(
            rows[span],
            of_columns if of_cells is None else pl.concat([of_columns, of_cells]),
            raw[span].insert_column(0, rows["record"][span]),
            _table(one, faults),
        )


def _table(one: Gathered, faults: list[Fault]) -> Table:
    sheet, block = one.sheet, one.block
    return Table(
        sheet.name,
        sheet.first_row + block.top + 1 if block.depth else 0,
        sheet.first_row + block.first + 1,
        one.columns,
        tuple(refused_column(fault, one.columns) for fault in faults),
        one.raw.height,
        one.others,
        one.area,
        one.notes,
        one.samples,
    )


def _with_home(clean: pl.DataFrame) -> pl.DataFrame:
    """Add ``home``: the district that most rows of the list lie in (the lowest code of several)."""
    most = pl.col("regency_code").drop_nulls().mode().min()
    homes = clean.group_by("list").agg(most.alias("home"))
    return clean.join(homes, on="list", how="left", maintain_order="left")


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
        elif fault.dates is not None:
            clean = clean.with_columns(fault.dates.alias("cell_date"))
        elif fault.field in ("kk", "kpj", "phone", "mother", "email", "heir", "heir_nik", "heir_phone"):
            empty = pl.lit(None, dtype=pl.String)
            clean = clean.with_columns(empty.alias("heir_name" if fault.field == "heir" else fault.field))
    return clean


def _rows(clean: pl.DataFrame, found: pl.DataFrame, faults: list[Fault], where: pl.DataFrame) -> pl.DataFrame:
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
            where["file"],
            where["sheet"],
            where["row"],
            where.select(
                pl.concat_str("file", pl.lit("#"), "sheet", pl.lit("!"), "row", "suffix").alias("record")
            ).to_series(),
            pl.when(pl.col("back")).then(pl.lit("returned")).when(pl.col("reasons").is_not_null()).then(pl.lit("noted"))
            .otherwise(pl.lit("accepted")).alias("verdict"),
            pl.col("reasons").fill_null([]),
            pl.col("subdistrict_code").alias("district_code"),
            *checks.date_of(clean, refused),
        )
    )  # fmt: skip
    return listing.conform(frame.select(name for name in listing.SCHEMA if name in frame.columns))
