"""What a list writes in several columns and a listing holds in one: sex by a tick under L or P, day, month and year of
birth, first and last name. Put together before values are read.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final

import polars as pl

from payung.rosters.headings import plain
from payung.rosters.mapping import Column

_MEN: Final = ("l", "lk", "laki", "laki laki", "pria")
_WOMEN: Final = ("p", "pr", "perempuan", "wanita")
_DAY, _MONTH, _YEAR = ("tgl", "hari", "hr"), ("bln",), ("thn",)
_FIRST: Final = ("nama depan", "first name")
_MIDDLE: Final = ("nama tengah", "middle name")
_LAST: Final = ("nama belakang", "nama keluarga", "last name", "surname", "marga", "fam")
# the words of a heading row that only divides the heading above it
DIVISIONS: Final = (
    *((man, woman) for man in _MEN for woman in _WOMEN),
    *((day, month, year) for day in _DAY for month in _MONTH for year in _YEAR),
    *(
        (man, woman, day, month, year)
        for man in _MEN
        for woman in _WOMEN
        for day in _DAY
        for month in _MONTH
        for year in _YEAR
    ),
)

_TICK = r"(?i)^(v+|x|√|✓|✔|☑|\*|1(\.0)?|ya|l|lk|p|pr)$"
_ABOUT_SEX = re.compile(r"kelamin|\bj\W?k\b|\bsex\b|\bgender\b", re.I)
_ABOUT_BIRTH = re.compile(r"lahir|lhr|birth", re.I)


def join_parts(
    cells: pl.DataFrame, named: Mapping[int, str]
) -> tuple[pl.DataFrame, dict[int, str], frozenset[int]]:
    """Return ``cells`` with such columns put together in the first of them, the headings, and which that were.

    The other columns are left empty. Ticks count only where each row has at most one of the two.
    """
    headings = dict(named)
    joined = set()
    for at in sorted(named):
        span = [place for place in range(at, at + 3) if place in headings and f"c{place}" in cells.columns]
        words = [_last(headings[place]) for place in span]
        over = headings[at].rpartition(" / ")[0]
        pair, three = tuple(words[:2]), tuple(words)
        whole: pl.Expr | None = None
        if len(pair) == 2 and pair[0] in _MEN and pair[1] in _WOMEN and (not over or _ABOUT_SEX.search(over)):
            span, whole = span[:2], _ticked(cells, at)
            heading = over or "Jenis kelamin"
        elif (
            len(three) == 3
            and three[0] in _DAY
            and three[1] in _MONTH
            and three[2] in _YEAR
            and _ABOUT_BIRTH.search(over)
        ):
            day, month, year = (pl.col(f"c{place}").str.replace(r"\.0+$", "") for place in span)
            whole = pl.concat_str([day, month, year], separator="-")
            heading = "Tanggal lahir"
        elif words[0] in _FIRST and len(words) > 1:
            if len(words) == 3 and words[1] in _MIDDLE and words[2] in _LAST:
                heading = "Nama lengkap"
            elif words[1] in _LAST:
                span, heading = span[:2], "Nama lengkap"
            else:
                continue
            whole = pl.concat_str([pl.col(f"c{place}") for place in span], separator=" ", ignore_nulls=True)
            whole = pl.when(whole != "").then(whole)
        if whole is None:
            continue
        rest = [pl.lit(None, dtype=pl.String).alias(f"c{place}") for place in span[1:]]
        cells = cells.with_columns(whole.alias(f"c{at}"), *rest)
        headings[at] = heading
        joined.add(at)
    return cells, headings, frozenset(joined)


def spell_men(cells: pl.DataFrame, columns: Sequence[Column]) -> pl.DataFrame:
    """Return ``cells`` with "Pria" for P in a column of sex that knows P and W only: there P is no woman."""
    name = next((f"c{column.at}" for column in columns if column.field == "sex"), None)
    if name is None:
        return cells
    letters = {text.lower() for text in set(cells[name].to_list()) if text is not None}
    if not {"p", "w"} <= letters or letters & {*_MEN, "laki-laki", "m"}:
        return cells
    return cells.with_columns(
        pl.when(pl.col(name).str.to_lowercase() == "p")
        .then(pl.lit("Pria"))
        .otherwise(pl.col(name))
        .alias(name)
    )


def _ticked(cells: pl.DataFrame, at: int) -> pl.Expr | None:
    """Return ``L`` or ``P`` by which of the columns ``at`` and the next has a tick; ``None`` where they hold more."""
    man, woman = pl.col(f"c{at}"), pl.col(f"c{at + 1}")
    plain_ticks = pl.all_horizontal(one.str.contains(_TICK).fill_null(True) for one in (man, woman))
    once = man.is_null() | woman.is_null()
    filled = man.is_not_null() | woman.is_not_null()
    seen = cells.select(
        (plain_ticks & once & filled).sum().alias("ticked"), filled.sum().alias("filled")
    ).row(0)
    if not seen[0] or seen[0] < 0.8 * seen[1]:
        return None
    ticked = plain_ticks & once
    return (
        pl.when(ticked & man.is_not_null())
        .then(pl.lit("L"))
        .when(ticked & woman.is_not_null())
        .then(pl.lit("P"))
    )


def _last(heading: str) -> str:
    return plain(heading.rpartition(" / ")[2])
