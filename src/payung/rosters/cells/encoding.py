"""How cells travel: for every column one byte a cell for its kind, and all texts with a separator between.

Kinds: ``e`` empty, ``s`` text, ``n`` number, ``d`` date or time, ``b`` true or false.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice

from payung.rosters.cells.refusal import RefusalError

SEPARATOR = "\x1f"
CHUNK = 20_000
WIDEST = 1_000  # columns with something in them: no list of people has so many

_KINDS = {
    str: "s",
    float: "n",
    int: "n",
    bool: "b",
    dt.date: "d",
    dt.datetime: "d",
    dt.time: "d",
    dt.timedelta: "d",
}


@dataclass(slots=True)
class RawSheet:
    """One sheet as it leaves the reader.

    Fields
        first_row, first_column: where the block of cells begins, from 0.
        kinds, texts: one entry a column; ``texts`` joined by :data:`SEPARATOR`.
        merges: (top, left, bottom, right), all from 0 and inclusive.
        hidden_rows: from 0.
        struck: (row, column) from 0 of the cells whose text is crossed out.
    """

    name: str
    hidden: bool
    rows: int
    first_row: int
    first_column: int
    kinds: list[bytes]
    texts: list[bytes]
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)
    hidden_rows: list[int] = field(default_factory=list)
    struck: list[tuple[int, int]] = field(default_factory=list)


def text_of(value: object) -> str:
    """Return what a cell says as text: whole numbers without a point, dates as YYYY-MM-DD."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e20 else repr(value)
    if isinstance(value, dt.datetime):
        midnight = value.time() == dt.time()
        return value.date().isoformat() if midnight else value.isoformat(" ", "seconds")
    if isinstance(value, dt.date):
        return value.isoformat()
    return str(value)


def pack(rows: Iterable[Sequence[object]], width: int) -> tuple[int, list[bytes], list[bytes]]:
    """Return (number of rows, kinds, texts) of ``rows``, each padded or cut to ``width`` cells."""
    kinds: list[list[str]] = [[] for _ in range(width)]
    texts: list[list[str]] = [[] for _ in range(width)]
    total = 0
    for chunk in _chunks(rows):
        total += len(chunk)
        even = [row if len(row) == width else (*row[:width], *[""] * (width - len(row))) for row in chunk]
        for at, column in enumerate(zip(*even, strict=True)):
            kinds[at].append(
                "".join([_KINDS.get(type(value), "s") if value != "" else "e" for value in column])
            )
            words = [value if type(value) is str else text_of(value) for value in column]
            joined = SEPARATOR.join(words)
            if joined.count(SEPARATOR) != len(words) - 1:
                joined = SEPARATOR.join([word.replace(SEPARATOR, " ") for word in words])
            texts[at].append(joined)
    return (
        total,
        ["".join(parts).encode("ascii") for parts in kinds],
        [SEPARATOR.join(parts).encode("utf-8", "replace") for parts in texts],
    )


def refuse_wide(rows: int, kinds: Iterable[bytes]) -> None:
    """Raise :class:`RefusalError` where more columns hold something than a list of people has."""
    filled = sum(1 for column in kinds if column.strip(b"e"))
    if filled > WIDEST:
        raise RefusalError("too_wide", rows=rows, columns=filled)


def _chunks(rows: Iterable[Sequence[object]]) -> Iterator[list[Sequence[object]]]:
    walk = iter(rows)
    while chunk := list(islice(walk, CHUNK)):
        yield chunk
