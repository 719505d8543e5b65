"""Fills down what a list writes once for several rows: merged cells, and the family number on its first member."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from payung.rosters.mapping import Column

FAMILY = frozenset(
    {
        "kk",
        "rt",
        "rw",
        "rt_rw",
        "address",
        "hamlet",
        "village",
        "district",
        "regency",
        "household_head",
        "sls",
    }
)
LEAST = 3
# written once for several rows below it, where a list is written that way
_WRITTEN_ONCE = ("village", "district", "regency", "hamlet", "rt", "rw", "rt_rw")
_MAY_REPEAT = FAMILY | {"job", "position", "birth_place", "religion", "category", "note"}
_DITTO = r"(?i)^(?:[\s\-.]*(?:\"|''|,,|”|“|〃|``)[\s\-.]*|s\.?\s?d\.?\s?a\.?|idem|sama (?:di )?atas(?:nya)?)$"


def fill_merged(
    body: pl.DataFrame, columns: Sequence[Column], merges: Sequence[tuple[int, int, int, int]], first: int
) -> pl.DataFrame:
    """Return ``body`` with the value of a merged cell in all its rows, in columns that families share.

    ``first`` is the row number (from 0, in the sheet) of the first row of ``body``.
    """
    shared = {column.at: f"c{column.at}" for column in columns if column.field in FAMILY}
    values: dict[str, list[str | None]] = {}
    for top, left, bottom, right in merges:
        if (
            bottom <= top
            or right > left
            or left not in shared
            or bottom < first
            or top - first >= body.height
        ):
            continue
        name = shared[left]
        column = values.setdefault(name, body[name].to_list())
        start = max(0, top - first)
        for at in range(start + 1, min(bottom - first + 1, body.height)):
            if column[at] is None:
                column[at] = column[start]
    if not values:
        return body
    return body.with_columns(pl.Series(name, column, dtype=pl.String) for name, column in values.items())


def repeat_dittos(body: pl.DataFrame, columns: Sequence[Column], people: pl.Series) -> pl.DataFrame:
    """Return ``body`` with what stands above in place of signs that say so (``"``, sda, idem), from person to person.

    Not for names and numbers: there a sign like that says nothing.
    """
    names = [f"c{column.at}" for column in columns if column.field in _MAY_REPEAT]
    shown = body.select(pl.col(name).unique().str.contains(_DITTO).any() for name in dict.fromkeys(names))
    used = [name for name in names if shown[name][0]]
    if not used:
        return body
    signs = body.select(
        pl.when(people).then(pl.col(name).str.contains(_DITTO)).fill_null(False).alias(name) for name in used
    )
    carried = body.select(used).with_columns(
        people.alias("person"), *(signs[name].alias(f"{name}?") for name in used)
    )
    return body.with_columns(
        carried.select(
            pl.when(pl.col(f"{name}?"))
            .then(pl.when(pl.col("person") & ~pl.col(f"{name}?")).then(pl.col(name)).forward_fill())
            .otherwise(pl.col(name))
            .alias(name)
            for name in used
        ).get_columns()
    )


def fill_areas(
    body: pl.DataFrame, columns: Sequence[Column], people: pl.Series
) -> tuple[pl.DataFrame, list[Column]]:
    """Return ``body`` with village, hamlet and neighbourhood in every row where the list writes them once, and which.

    That is taken to be so where the first person has one, at most six in ten have, and no two that follow each other
    say the same: a list in which some are just missing repeats them.
    """
    filled: list[pl.Series] = []
    used: list[Column] = []
    for column in columns:
        name = f"c{column.at}"
        if column.field not in _WRITTEN_ONCE:
            continue
        said = body[name].filter(people)
        written = said.drop_nulls()
        if not written.len() or said[0] is None or said.len() < LEAST or written.len() > 0.6 * said.len():
            continue
        once = written.len() == 1 and column.field in ("village", "district", "regency")
        changes = written.len() >= LEAST - 1 and not (written == written.shift(1)).fill_null(False).any()
        alone = said.is_not_null() & said.shift(-1).is_not_null().fill_null(False)
        if once or (changes and alone.sum() * 4 <= written.len()):
            text, person = pl.col("text"), pl.col("person")
            carried = pl.when(person).then(text).forward_fill()
            cells = pl.DataFrame({"text": body[name], "person": people})
            filled.append(cells.select(pl.when(person).then(carried).otherwise(text).alias(name)).to_series())
            used.append(column)
    return (body.with_columns(filled) if filled else body), used


def fill_families(body: pl.DataFrame, columns: Sequence[Column], people: pl.Series) -> pl.DataFrame:
    """Return ``body`` with the family number on every member, where the list writes it on the first member only.

    That is taken to be so where every number stands once, the first person has one, and most rows have none.
    """
    name = next((f"c{column.at}" for column in columns if column.field == "kk"), None)
    if name is None:
        return body
    numbers = body[name].filter(people)
    filled = numbers.drop_nulls()
    once = filled.len() >= LEAST and filled.n_unique() == filled.len() and numbers[0] is not None
    if not once or not 0.1 <= filled.len() / numbers.len() <= 0.6:
        return body
    return body.with_columns(pl.col(name).fill_null(strategy="forward"))
