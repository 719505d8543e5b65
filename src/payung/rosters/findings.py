"""The faulty cells with their addresses and sentences."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import polars as pl

from payung.rosters.book import Sheet
from payung.rosters.column_tests import Fault
from payung.rosters.layout import Block
from payung.rosters.mapping import Column
from payung.rosters.model import FINDINGS, Job, letter
from payung.rosters.reasons import REASONS
from payung.said import text_of


def cell_findings(found: pl.DataFrame, places: pl.DataFrame, letters: pl.DataFrame) -> pl.DataFrame:
    """Return the findings with their cells and sentences, and ``list``, the number of their list.

    ``places`` says of every people row (``at``) its ``list``, ``file``, ``sheet`` and ``row``; ``letters`` in which
    ``column`` a ``list`` keeps a ``field``.
    """
    where = found.join(places, on="at", how="left", maintain_order="left").join(
        letters, on=["list", "field"], how="left", maintain_order="left"
    )
    named = {other: text_of(other).id for other in where["other"].drop_nulls().unique(maintain_order=True)}
    remedies = {code: reason.remedy.id for code, reason in REASONS.items()}
    told = where.with_columns(
        pl.col("other").replace_strict(named, default=None, return_dtype=pl.String).alias("other_words")
    ).with_columns(
        _sentence().alias("message"),
        pl.col("code").replace_strict(remedies, return_dtype=pl.String).alias("remedy"),
    )
    return told.select("list", *FINDINGS).cast({"list": pl.Int64} | FINDINGS)  # type: ignore[operator]


def _sentence() -> pl.Expr:
    """Return the message of every finding with its blanks filled; the row stands where no column holds the field."""
    of_a_cell = {code: reason.message.id for code, reason in REASONS.items()}
    of_a_row = {code: reason.of_row.id for code, reason in REASONS.items()}
    row = pl.col("row").cast(pl.String)
    of_row = (
        pl.col("code")
        .replace_strict(of_a_row, return_dtype=pl.String)
        .str.replace("{row}", row, literal=True)
    )
    of_cell = (
        pl.col("code")
        .replace_strict(of_a_cell, return_dtype=pl.String)
        .str.replace("{cell}", pl.col("column") + row, literal=True)
    )
    return (
        pl.when(pl.col("column").is_null())
        .then(of_row)
        .otherwise(of_cell)
        .str.replace("{other}", pl.col("other_words").fill_null(""), literal=True)
        .str.replace("{value}", pl.col("value").fill_null("").str.slice(0, 60), literal=True)
    )


def column_findings(
    faults: Sequence[Fault], columns: Sequence[Column], sheet: Sheet, block: Block, job: Job
) -> pl.DataFrame:
    rows: list[dict[str, Any]] = []
    for fault in faults:
        weight = job.weights[fault.code]
        column = _column_of(fault, columns)
        if weight == "off" or column is None:
            continue
        told = refused_column(fault, columns)
        rows.append(
            {
                "file": job.file,
                "sheet": sheet.name,
                "row": sheet.first_row + block.first,
                "column": letter(column.at),
                "field": fault.field,
                "value": column.heading,
                "other": told["other"],
                "code": fault.code,
                "severity": weight,
                "message": told["message"],
                "remedy": told["remedy"],
            }
        )
    return pl.DataFrame(rows, schema=FINDINGS)


def refused_column(fault: Fault, columns: Sequence[Column]) -> dict[str, str]:
    column = _column_of(fault, columns)
    reason = REASONS[fault.code]
    cell = column.cell if column else "-"
    return {
        "cell": cell,
        "heading": column.heading if column else "",
        "field": fault.field,
        "code": fault.code,
        "other": fault.other.kept(),
        "message": reason.told(cell=cell, other=fault.other.kept()).id,
        "remedy": reason.remedy.id,
    }


def _column_of(fault: Fault, columns: Sequence[Column]) -> Column | None:
    """Return the column that a fault is about; a birth date may stand beside its place in one column."""
    fields = ("birth_date", "birth_place_date") if fault.field == "birth_date" else (fault.field,)
    return next((one for field in fields for one in columns if one.field == field), None)
