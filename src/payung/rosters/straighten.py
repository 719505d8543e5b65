"""Rows whose cells have shifted to the right: a delimiter inside a name or an address makes one cell into two.

Such a row is longer than the heading, or its numbers and dates stand below the headings of others. It is put right
where the kinds of its cells leave one way to do so; else it is marked, and returned as shifted.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations_with_replacement
from typing import Final

import polars as pl

from payung.people.values import BLANK
from payung.rosters.columns import Column

MOST_CUTS = 3  # cells that one row has too many
MOST_ROWS = 5_000
SAMPLE = 400
LEAST_ALIKE = 0.8  # of the other rows of a column
MOST_LONGER = 0.3  # of the rows of a list; where more are longer a column has no heading
MOST_SHARE = 0.7  # of the rows of a list; where more are odd it is the headings that are
LEAST_WRONG = 2
_DATE = re.compile(r"\d{1,4}\s*[-/. ]\s*(?:\d{1,2}|[A-Za-z]{3,9})\s*[-/. ]\s*\d{2,4}|^\d{5}$|^\d{8}$")
_LONG = re.compile(r"^[\d .\-']{14,22}$")
_SEX = re.compile(r"(?i)^(?:l|p|lk|pr|w|m|f|1|2|laki\W*laki|perempuan|pria|wanita)\.?$")
_NEIGHBOURHOOD = re.compile(r"(?i)^(?:r[tw]\W*)?\d{1,3}(?:\.0)?$")
_PHONE = re.compile(r"^[+\d][\d\s\-.()/]{6,}$")
_WORDS = re.compile(r"^[^\d]{2,}$")
_DEGREE = re.compile(
    r"(?i)^(?:[a-z]{1,4}\.)+\s?[a-z]{0,6}\.?(?:\s.*)?$|^(?:spd|amd|skom|sh|se|st|mm|ma|ba|skm|skep|ssos|mpd|drs?)\.?$"
)
_PLACE = re.compile(
    r"(?i)\b(?:jl|jln|jalan|gg|gang|rt|rw|dusun|dsn|desa|ds|handel|kampung|kp|blok|lingkungan|no|km)\b"
)


def _long(text: str) -> bool:
    return _LONG.match(text) is not None and sum(letter.isdigit() for letter in text) >= 14


# what cells of a field look like; fields that are not here may hold anything
_KINDS: Final[dict[str, Callable[[str], bool]]] = {
    "nik": _long,
    "kk": _long,
    "birth_date": lambda text: _DATE.search(text) is not None and not _long(text),
    "birth_place_date": lambda text: _DATE.search(text) is not None,
    "sex": lambda text: _SEX.match(text) is not None,
    "rt": lambda text: _NEIGHBOURHOOD.match(text) is not None,
    "rw": lambda text: _NEIGHBOURHOOD.match(text) is not None,
    "phone": lambda text: _PHONE.match(text) is not None and not _long(text),
    "birth_place": lambda text: _WORDS.match(text) is not None and _PLACE.search(text) is None,
    "mother": lambda text: _WORDS.match(text) is not None and _PLACE.search(text) is None,
    "name": lambda text: _WORDS.match(text) is not None and _PLACE.search(text) is None,
    "job": lambda text: _WORDS.match(text[:1] * 2) is not None and _PLACE.search(text) is None,
    "village": lambda text: _WORDS.match(text) is not None,
    "district": lambda text: _WORDS.match(text) is not None,
    "religion": lambda text: _WORDS.match(text) is not None,
    "marital": lambda text: _WORDS.match(text) is not None,
}
_STRONG: Final = frozenset({"nik", "kk", "birth_date", "sex", "rt", "rw", "phone"})
_MAY_BE_CUT: Final = (
    "name",
    "address",
    "job",
    "birth_place",
    "mother",
    "note",
    "other",
    "address_current",
    "hamlet",
)


@dataclass(frozen=True, slots=True)
class Straight:
    """The rows of a list after looking at them.

    Fields
        cells: with the shifted rows put right.
        mended, shifted: the rows (from 0) that were put right, and that could not be.
    """

    cells: pl.DataFrame
    mended: frozenset[int] = frozenset()
    shifted: frozenset[int] = frozenset()


def straighten(cells: pl.DataFrame, columns: Sequence[Column], *, delimited: bool) -> Straight:
    """Return ``cells`` (all columns of a list, below its heading) with shifted rows put right where one way is left.

    In a ``delimited`` file a row longer than the heading has shifted, whatever its cells hold; in a workbook it may
    have a remark beside it.
    """
    headed = [column for column in sorted(columns, key=lambda one: one.at) if column.heading]
    strong = [column.at for column in headed if column.field in _STRONG]
    if not headed or len(strong) < LEAST_WRONG:
        return Straight(cells)
    last = headed[-1].at
    suspects = _suspects(cells, headed, last, delimited=delimited)
    if not suspects:
        return Straight(cells)
    names = cells.columns
    places = [int(name[1:]) for name in names]
    kinds = _kinds(cells, headed, set(suspects))
    mended: dict[int, tuple[str | None, ...]] = {}
    shifted = set()
    for at, longer in suspects.items():
        row = dict(zip(places, cells.row(at), strict=True))
        wrong = _wrong(row, kinds)
        sure = longer and delimited
        if not sure and (len(wrong) < LEAST_WRONG or not any(place in wrong for place in strong)):
            continue
        if not any(_long(text) or _DATE.search(text) for text in row.values() if text):
            continue  # a heading again, or a line without a person
        ways = list(_ways(row, places, headed, kinds, last))
        if (
            not wrong
        ):  # all cells fit as they stand: what is beyond the last heading is a remark, or it is not certain
            if any(way.get(place) != row[place] for way in ways for place in places if place < last):
                shifted.add(at)
        elif len(ways) == 1:
            mended[at] = tuple(ways[0].get(place) for place in places)
        else:
            shifted.add(at)
    if mended:
        columns_of = {
            name: [
                mended[at][place] if at in mended else text for at, text in enumerate(cells[name].to_list())
            ]
            for place, name in enumerate(names)
        }
        cells = pl.DataFrame(columns_of, schema=dict.fromkeys(names, pl.String))
    return Straight(cells, frozenset(mended), frozenset(shifted))


def _kinds(
    cells: pl.DataFrame, headed: Sequence[Column], suspects: set[int]
) -> dict[int, Callable[[str], bool]]:
    """Return what cells look like, for the columns whose other rows do look so."""
    found = {}
    for column in headed:
        fits = _KINDS.get(column.field)
        if fits is None:
            continue
        texts = cells[f"c{column.at}"].head(SAMPLE).to_list()
        others = [
            text for at, text in enumerate(texts) if text and at not in suspects and text.lower() not in BLANK
        ]
        if sum(map(fits, others)) >= LEAST_ALIKE * len(others):
            found[column.at] = fits
    return found


def _suspects(
    cells: pl.DataFrame, headed: Sequence[Column], last: int, *, delimited: bool
) -> dict[int, bool]:
    """Return the rows that are longer than the heading, or whose numbers and dates do not look like what they are.

    The value says whether the row is longer.
    """
    beyond = [name for name in cells.columns if int(name[1:]) > last]
    longer = pl.any_horizontal(pl.col(beyond).is_not_null()) if beyond else pl.lit(False)
    odd = [
        pl.col(f"c{column.at}").str.contains(pattern).fill_null(False).cast(pl.UInt8)
        for column in headed
        if (pattern := _ODD.get(column.field)) and f"c{column.at}" in cells.columns
    ]
    strange = pl.sum_horizontal(odd) >= LEAST_WRONG if odd else pl.lit(False)
    found = cells.select(longer.alias("longer"), strange.alias("strange"))
    if not (found["longer"].any() or found["strange"].any()):
        return {}
    frame = cells.with_row_index("row").select("row").with_columns(found.get_columns())
    if not delimited or frame["longer"].sum() > max(3, MOST_LONGER * cells.height):
        frame = frame.filter("strange")
    found = frame.filter(pl.col("longer") | pl.col("strange"))
    if found.height > min(MOST_ROWS, max(3, MOST_SHARE * cells.height)):
        return {}
    return dict(zip(found["row"].to_list(), found["longer"].to_list(), strict=True))


# what a cell of a field certainly is not
_ODD: Final = {
    "birth_date": r"^[^\d]{3,}$|^\d{14,17}$",
    "kk": r"^\d{1,2}[-/. ]|[A-Za-z]{4}",
    "nik": r"^\d{1,2}[-/. ]|[A-Za-z]{6}",
    "rt": r"[A-Za-z]{4}|^\d{4,}",
    "rw": r"[A-Za-z]{4}|^\d{4,}",
    "sex": r"\d{3}|[A-Za-z]{12}",
    "job": r"^\d{14,17}$|^\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}$",
    "birth_place": r"^\d{1,4}$|^\d{14,17}$|^\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}$",
    "phone": r"[A-Za-z]{5}|^\d{16}$",
}


def _wrong(row: dict[int, str | None], kinds: dict[int, Callable[[str], bool]]) -> list[int]:
    """Return the columns whose cell in ``row`` does not look like what its heading asks."""
    return [
        place
        for place, fits in kinds.items()
        if (text := row.get(place)) is not None and text.lower() not in BLANK and not fits(text)
    ]


def _ways(
    row: dict[int, str | None],
    places: Sequence[int],
    headed: Sequence[Column],
    kinds: dict[int, Callable[[str], bool]],
    last: int,
) -> Iterator[dict[int, str | None]]:
    """Yield the rows that joining neighbouring cells again makes out of ``row`` and whose cells all fit."""
    texts = [row[place] for place in places]
    while texts and texts[-1] is None:
        texts.pop()
    inside = sum(place <= last for place in places)
    cuttable = [
        places.index(column.at) for column in headed if column.field in _MAY_BE_CUT and column.at in places
    ]
    name = {places.index(column.at) for column in headed if column.field == "name" and column.at in places}
    for many in range(max(1, len(texts) - inside), MOST_CUTS + 1):
        found = []
        for cuts in combinations_with_replacement(cuttable, many):
            joined = _joined(texts, cuts, name)
            if joined is None or len(joined) > inside:
                continue
            new = dict(zip(places, joined, strict=False))
            if not _wrong(new, kinds):
                found.append(new)
        if found:
            yield from found
            return


def _joined(texts: Sequence[str | None], cuts: Sequence[int], names: set[int]) -> list[str | None] | None:
    """Return ``texts`` with a cell joined to its next one at each of ``cuts`` (columns after joining), or ``None``.

    What follows a name behind a comma is a degree; a degree follows nothing else.
    """
    out: list[str | None] = []
    at = 0
    while at < len(texts):
        whole = texts[at]
        for _ in range(cuts.count(len(out))):
            at += 1
            more = texts[at] if at < len(texts) else None
            if whole is None or more is None or _is_degree(whole) or _is_degree(more) != (len(out) in names):
                return None
            whole = f"{whole}, {more}"
        out.append(whole)
        at += 1
    return out


def _is_degree(text: str) -> bool:
    return _DEGREE.match(text) is not None and _PLACE.search(text) is None
