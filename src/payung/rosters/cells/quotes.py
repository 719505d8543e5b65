"""Delimited text in which a quote was opened and never closed: it swallows all rows up to the next quote, or the end.

Such text is read line by line: a quote that does not close before the next row begins is a sign like any other.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Sequence

LONGEST_CELL = 40  # lines that one cell may have
LEAST = 2  # delimiters in a line that make it a row and no line of a cell


def swallowed(rows: Sequence[Sequence[str]], delimiter: str) -> bool:
    """Return whether a cell of ``rows`` holds lines that are rows themselves."""
    if not any("\n" in cell for row in rows for cell in row):
        return False
    usual = _usual(Counter(len(row) for row in rows if any(row)))
    return any(
        "\n" in cell and any(_is_row(line, delimiter, usual) for line in cell.split("\n")[1:])
        for row in rows
        for cell in row
    )


def broken(rows: Sequence[Sequence[str]]) -> bool:
    """Return whether a row is too short and holds a quote: the rest of it stands in another line."""
    short = [row for row in rows if any('"' in cell for cell in row)]
    usual = _usual(Counter(len(row) for row in rows if any(row))) if short else 0
    return any(len(row) < usual for row in short)


def by_lines(text: str, delimiter: str) -> list[list[str]]:
    """Return the rows of ``text``, read line by line; a cell of several lines stays one where its quote closes."""
    lines = text.splitlines()
    usual = _usual(Counter(line.count(delimiter) + 1 for line in lines if line.strip()))
    rows: list[list[str]] = []
    at = 0
    while at < len(lines):
        if found := _with_a_stray(lines, at, delimiter, usual):
            row, at = found
            rows.append(row)
            continue
        end = _end(lines, at, delimiter, usual)
        whole = "\n".join(lines[at:end])
        if whole.count('"') % 2:
            rows.append([_bare(cell) for cell in whole.split(delimiter)])
        else:
            rows.extend(csv.reader([line + "\n" for line in whole.split("\n")], delimiter=delimiter))
        at = end
    return rows


def _usual(widths: Counter[int]) -> int:
    """Return how many cells most rows have."""
    return max(widths.items(), key=lambda pair: pair[1] * (pair[0] > 1), default=(2, 0))[0]


def _end(lines: Sequence[str], at: int, delimiter: str, usual: int) -> int:
    """Return behind which line the row that begins in line ``at`` ends."""
    quotes = lines[at].count('"')
    end = at + 1
    while quotes % 2 and end < len(lines) and end - at < LONGEST_CELL:
        line = lines[end]
        if _is_row(line.partition('"')[0], delimiter, usual):
            return at + 1
        quotes += line.count('"')
        end += 1
    return end if quotes % 2 == 0 else at + 1


def _with_a_stray(lines: Sequence[str], at: int, delimiter: str, usual: int) -> tuple[list[str], int] | None:
    """Return the row of several lines that begins in line ``at`` and holds one quote too many, and the line behind it.

    It has the delimiters of a row over its lines, and becomes a row of the usual cells without one of its quotes.
    """
    end, met = at, lines[at].count(delimiter)
    if met >= usual - 1 or '"' not in lines[at]:
        return None
    while met < usual - 1 and end + 1 < len(lines) and end - at < LONGEST_CELL:
        end += 1
        met += lines[end].count(delimiter)
    whole = "\n".join(lines[at : end + 1])
    if met != usual - 1 or whole.count('"') % 2 == 0:
        return None
    for place in (place for place, sign in enumerate(whole) if sign == '"'):
        without = whole[:place] + whole[place + 1 :]
        found = list(csv.reader([line + "\n" for line in without.split("\n")], delimiter=delimiter))
        if len(found) == 1 and len(found[0]) == usual:
            return found[0], end + 1
    return None


def _is_row(line: str, delimiter: str, usual: int) -> bool:
    return line.count(delimiter) >= max(LEAST, usual // 2)


def _bare(cell: str) -> str:
    """Return a cell without the quotes around it, or the one that stands open before or behind it."""
    return cell.strip().strip('"').replace('""', '"')
