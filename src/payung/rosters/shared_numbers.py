"""One NIK beside several people: a number that was put in for all who have none, or copied down.

Whose it is nobody knows, unless the birth date of exactly one of two agrees with it. The same person listed twice,
also under a name spelt another way, is something else. It is judged over all rows that are read together: the lists of
one file, or all files of a run, so that it does not matter how the rows are spread over them.
"""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from payung.codes import Verdict
from payung.people import names
from payung.rosters.findings import cell_findings
from payung.rosters.model import FINDINGS, Table, letter
from payung.rosters.reasons import PROGRAMME_CODE

CODE = "NIK_BERSAMA"
_HEAVIER = {verdict.value: weight for weight, verdict in enumerate(Verdict)}


def ask(
    rows: pl.DataFrame, tables: Sequence[tuple[str, Table]], *, severity: str = "note"
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Return the listings ``rows`` with those asked about whose number is several people's, and the findings of that.

    ``tables`` are the lists that the rows come from, each with its file; ``severity`` is the weight of the code.
    """
    people = find(rows)
    if people.null_count() == people.len():
        return rows, pl.DataFrame(schema=FINDINGS)
    asked = people.is_not_null()
    heavier = "returned" if severity == "return" else "noted"
    told = rows.with_columns(
        pl.when(asked)
        .then(pl.concat_list("reasons", pl.lit(PROGRAMME_CODE.get(CODE, CODE))).list.unique().list.sort())
        .otherwise("reasons")
        .alias("reasons"),
        pl.when(asked & (pl.col("verdict").replace_strict(_HEAVIER) < _HEAVIER[heavier]))
        .then(pl.lit(heavier))
        .otherwise("verdict")
        .alias("verdict"),
    )
    return told, _findings(rows.filter(asked), people.filter(asked), tables, severity)


def _findings(
    rows: pl.DataFrame, people: pl.Series, tables: Sequence[tuple[str, Table]], severity: str
) -> pl.DataFrame:
    """Return one finding for each of ``rows``, at the cell of its number."""
    by_sheet: dict[tuple[str, str], list[tuple[int, int, str | None]]] = {}
    for file, table in tables:
        letters = {column.field: letter(column.at) for column in reversed(table.columns)}
        held = next((letters[field] for field in _NUMBERED if field in letters), None)
        left = min((column.at for column in table.columns), default=0)
        by_sheet.setdefault((file, table.sheet), []).append((table.first_row, left, held))
    cells = [
        _cell(by_sheet.get((file, sheet), []), row, record)
        for file, sheet, row, record in rows.select("file", "sheet", "row", "record").iter_rows()
    ]
    at_row = pl.int_range(rows.height, dtype=pl.UInt32, eager=True)
    faults = pl.DataFrame(
        {
            "at": at_row,
            "field": pl.repeat("nik", rows.height, eager=True),
            "code": pl.repeat(CODE, rows.height, eager=True),
            "value": rows["nik"],
            "other": people.cast(pl.String),
            "severity": pl.repeat(severity, rows.height, eager=True),
        }
    )
    places = rows.select("file", "sheet", "row").with_columns(
        at_row.alias("at"), at_row.cast(pl.Int64).alias("list")
    )
    letters_of = pl.DataFrame(
        {"list": places["list"], "field": faults["field"], "column": pl.Series(cells, dtype=pl.String)}
    )
    return cell_findings(faults, places, letters_of).drop("list")


def _cell(lists: Sequence[tuple[int, int, str | None]], row: int, record: str) -> str | None:
    """Return the column of the number in the list that ``row`` stands in; of lists side by side the record says which.

    ``lists`` are first row, leftmost column and column of the number.
    """
    above = [one for one in lists if one[0] <= row] or list(lists)
    if not above:
        return None
    begun = max(first for first, _, _ in above)
    beside = sorted((one for one in above if one[0] == begun), key=lambda one: one[1])
    named = record.rpartition("!")[2].partition(":")[2]
    if not named:
        return beside[0][2]
    return next(
        (held for _, left, held in beside if letter(left) >= named and len(letter(left)) >= len(named)),
        beside[-1][2],
    )


_NUMBERED = ("nik", "nik_or_kpj", "nik_or_kk", "nik_kk", "kk_nik", "name_nik")


def find(rows: pl.DataFrame) -> pl.Series:
    """Return for each listing how many people share its NIK where it is to be asked whose it is, else null."""
    valid = (pl.col("nik_state") == "valid") & pl.col("name").is_not_null()
    own = pl.col("nik")
    of_women = own.str.slice(6, 1).is_in(["4", "5", "6", "7"])
    day = (
        pl.when(of_women)
        .then(own.str.slice(6, 2).cast(pl.Int32, strict=False) - 40)
        .otherwise(own.str.slice(6, 2).cast(pl.Int32, strict=False))
    )
    inside = pl.concat_str(day.cast(pl.String).str.zfill(2), own.str.slice(8, 4))
    frame = rows.select("nik", "nik_state", "name", "birth_date", "birth_date_from").with_row_index("at")
    several = (
        frame.filter(valid)
        .filter(pl.col("nik").is_duplicated())
        .filter(pl.col("name").str.to_lowercase().n_unique().over("nik") > 1)
    )
    none = pl.repeat(None, rows.height, dtype=pl.Int64, eager=True).alias("shared")
    if several.is_empty():
        return none
    agrees = (pl.col("birth_date_from") == "cell") & (pl.col("birth_date").dt.strftime("%d%m%y") == inside)
    several = several.with_columns(
        pl.Series("heard", _heard(several["name"]), dtype=pl.String), agrees.fill_null(False).alias("agrees")
    )
    of_number = several.group_by("nik").agg(
        pl.col("heard").n_unique().alias("people"),
        pl.col("heard").filter("agrees").n_unique().alias("owners"),
        pl.col("heard").filter("agrees").first().alias("owner"),
    )
    asked = several.join(of_number, on="nik", how="left").filter(
        (pl.col("people") > 1)
        & ~((pl.col("owners") == 1) & ((pl.col("people") == 2) | (pl.col("heard") == pl.col("owner"))))
    )
    if asked.is_empty():
        return none
    found = pl.DataFrame({"at": pl.int_range(rows.height, eager=True)}).join(
        asked.select(pl.col("at").cast(pl.Int64), pl.col("people").cast(pl.Int64).alias("shared")), on="at", how="left",
        maintain_order="left",
    )  # fmt: skip
    return found["shared"]


def _heard(written: pl.Series) -> list[str]:
    """Return how each name sounds, its words in one order."""
    known: dict[str, str] = {}
    heard = []
    for words in names.words_of(written).to_list():
        for word in words or []:
            if word not in known:
                known[word] = names.sound(word)
        heard.append(" ".join(sorted({known[word] for word in words or []})))
    return heard
