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


def cell_findings(found: pl.DataFrame, places: pl.DataFrame, letters: pl.DataFrame) -> pl.DataFrame:
    """Return the findings with their cells and sentences, and ``list``, the number of their list.

    ``places`` says of every people row (``at``) its ``list``, ``file``, ``sheet`` and ``row``; ``letters`` in which
    ``column`` a ``list`` keeps a ``field``.
    """
    where = found.join(places, on="at", how="left", maintain_order="left").join(
        letters, on=["list", "field"], how="left", maintain_order="left"
    )
    cell = (
        pl.when(pl.col("column").is_null())
        .then(pl.lit("baris ") + pl.col("row").cast(pl.String))
        .otherwise(pl.col("column") + pl.col("row").cast(pl.String))
    )
    return where.select(
        "list",
        "file",
        "sheet",
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
    ).cast({"list": pl.Int64} | FINDINGS)  # type: ignore[operator]


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
        .str.replace(
            r"^Sel (baris \d+) kosong: (.+) wajib diisi\.$",
            "Di $1 tidak ada $2: daftar ini tidak punya kolomnya.",
        )
    )


def column_findings(
    faults: Sequence[Fault], columns: Sequence[Column], sheet: Sheet, block: Block, job: Job
) -> pl.DataFrame:
    rows: list[dict[str, Any]] = []
    for fault in faults:
        weight = job.weights[fault.code]
        column = next((one for one in columns if one.field == fault.field), None)
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
                "code": fault.code,
                "severity": weight,
                "message": told["message"],
                "remedy": told["remedy"],
            }
        )
    return pl.DataFrame(rows, schema=FINDINGS)


def refused_column(fault: Fault, columns: Sequence[Column]) -> dict[str, str]:
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
