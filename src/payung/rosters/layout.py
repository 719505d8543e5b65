"""Where the lists stand in a sheet: heading rows, the rows between, and where each list ends."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import polars as pl

from payung.rosters import content, parts, whose
from payung.rosters.book import Sheet
from payung.rosters.fields import PERSON
from payung.rosters.forms import recognise
from payung.rosters.headings import is_known, meaning, plain
from payung.rosters.mapping import read_heading

LOOK = 60  # rows from the top in which any row may be a heading
LEAST_SCORE = 1.8
LONGEST = 300  # characters of a cell that are looked at
DEEPEST = 3  # rows of one heading
LEAST_WITHOUT_HEADING = 3
LEAST_WORDS = 2  # known as headings, in a row that may be one further down
MOST_CANDIDATES = 2_000
FEW_CELLS = 30_000  # that a loop goes through sooner than a table operation begins

_NUMBER_LIKE = re.compile(r"\d{5,}|^\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}$|^[-+]?\d+([.,]\d+)?$")
DATA = re.compile(r"\d{9,}|\d{6} \d{6} \d{4}|^\d{4}-\d\d-\d\d|^\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}$")
_NUMBERING = re.compile(r"^\(?-?(\d{1,3})(?:\s*=[\d\s+\-*x:/()]+)?\)?$")


@dataclass(frozen=True, slots=True)
class Block:
    """One list in a sheet.

    Fields
        top, depth: first heading row (from 0, in the block of cells) and how many rows the heading takes;
            depth 0 where the list has no heading.
        headings: (column number, heading), the parts of a heading over several rows joined by `` / ``.
        first, last: the rows below the heading that belong to the list, ``last`` exclusive.
        left, right: the columns that belong to the list, ``right`` exclusive.
        beside: whether another list stands left of it in the same rows.
    """

    top: int
    depth: int
    headings: tuple[tuple[int, str], ...]
    first: int
    last: int
    left: int
    right: int
    beside: bool = False


def find_blocks(sheet: Sheet) -> list[Block]:
    """Return the lists of a sheet, from the top."""
    height = sheet.cells.height
    if not height or not sheet.cells.width:
        return []
    found: list[Found] = []
    at = 0
    head = _rows(sheet, 0, min(height, LOOK + DEEPEST))
    best = _best_heading(sheet, head, 0)
    while best is not None and (earlier := _earlier_list(sheet, head, best[0])):
        best = earlier
    while best is not None:
        found.append(best)
        at = best[0] + best[1]
        best = _next_heading(sheet, at, best[2])
    if not found:
        return _without_heading(sheet)
    blocks = []
    for number, (top, depth, headings) in enumerate(found):
        below = found[number + 1][0] if number + 1 < len(found) else height
        parts = _side_by_side(headings)
        edges = [0, *(part[0][0] for part in parts[1:]), sheet.cells.width]
        for part, (left, right) in zip(parts, pairwise(edges), strict=True):
            blocks.append(Block(top, depth, part, top + depth, below, left, right, beside=left > 0))
    return blocks


def _side_by_side(headings: tuple[tuple[int, str], ...]) -> list[tuple[tuple[int, str], ...]]:
    """Return the headings cut where the same heading of a list begins again further right."""
    fields = [found.field if (found := read_heading(text)) else "" for _, text in headings]
    starts = [at for at, field in enumerate(fields) if field == "seq"]
    wanted: tuple[set[str], ...] = {"name"}, {"nik"}
    if len(starts) < 2 or starts[0] > 1:
        # without numbers: the first heading again, and name and NIK both times
        first = next(
            (plain(text) for at, (_, text) in enumerate(headings) if fields[at] in ("name", "nik")), None
        )
        starts = [at for at, (_, text) in enumerate(headings) if first is not None and plain(text) == first]
        wanted = ({"name", "nik"},)
    if len(starts) < 2:
        return [headings]
    edges = [0, *starts[1:], len(headings)]
    pieces = [slice(left, right) for left, right in pairwise(edges)]
    related = sum("relation" in fields[piece] for piece in pieces)
    heirs = 0 < related < len(pieces)  # "Nama, NIK, Hubungan, Nama, NIK" are a worker and the heir
    if not heirs and all(any(fieldset <= set(fields[piece]) for fieldset in wanted) for piece in pieces):
        return [headings[piece] for piece in pieces]
    return [headings]


def _without_heading(sheet: Sheet) -> list[Block]:
    """Return the whole sheet as a list where its cells alone show people: a NIK, or a name beside a date, "
    "sex or phone."""
    if sheet.cells.height < LEAST_WITHOUT_HEADING:
        return []
    seen = [content.profile(sheet.cells[name]) for name in sheet.cells.columns]
    rows = sheet.cells.height
    shown = [one for one in seen if one.filled and one.filled >= min(rows, content.SAMPLE) * 0.3]
    niks = any(one.nik > 0.8 and one.woman_day > 0 for one in shown)
    names = any(one.name > 0.85 and one.distinct > 0.5 and one.length >= 4 for one in shown)
    facts = sum(max(one.date, one.sex, one.phone, one.place_date) > 0.8 for one in shown)
    if not niks and not (names and facts):
        return []
    for top, row in enumerate(_rows(sheet, 0, LEAST_WITHOUT_HEADING)):
        if _may_be_heading(row) and any(is_known(text) and _person(text) for text in row if text):
            words = tuple((at, text) for at, text in enumerate(row) if text)
            return [Block(top, 1, words, top + 1, rows, 0, sheet.cells.width)]
    headings = tuple((at, "") for at in range(sheet.cells.width))
    return [Block(0, 0, headings, 0, rows, 0, sheet.cells.width)]


def _person(text: str) -> bool:
    said = meaning(text)
    return said is not None and said.field in PERSON


Found = tuple[int, int, tuple[tuple[int, str], ...]]  # row, depth, headings


def _rows(sheet: Sheet, first: int, last: int) -> list[list[str]]:
    """Return rows as lists of text, an empty cell as ``""``."""
    return [
        [text[:LONGEST].strip() if text else "" for text in row]
        for row in sheet.cells[first:last].iter_rows()
    ]


def _best_heading(sheet: Sheet, rows: Sequence[list[str]], offset: int) -> Found | None:
    """Return (row, depth, headings) of the best heading among the first rows, or ``None``."""
    best = None
    best_score = LEAST_SCORE
    for top in range(min(len(rows), LOOK)):
        if not _may_be_heading(rows[top]):
            continue
        for depth in range(1, DEEPEST + 1):
            if top + depth > len(rows) or (depth > 1 and not _continues(rows[top + depth - 1])):
                break
            headings = _join(sheet, rows[top : top + depth], top + offset)
            score = _score(headings) - _cost(rows[top : top + depth])
            if score > best_score + 1e-9:
                best, best_score = (top + offset, depth, headings), score
    if best is None:
        return None
    return _with_groups_above(sheet, rows, best, offset) or _with_row_above(rows, best, offset)


def _with_groups_above(sheet: Sheet, rows: Sequence[list[str]], found: Found, offset: int) -> Found | None:
    """Return a heading with the row above it that says whose facts the columns hold, or ``None`` where none does."""
    top, depth, _ = found
    above = rows[top - offset - 1] if top > offset else []
    filled = [text for text in above if text]
    if depth >= DEEPEST or len(filled) < 2 or any(DATA.search(text) or len(text) > 60 for text in filled):
        return None
    if not any(whose.role(text) for text in filled) or any(_NUMBER_LIKE.search(text) for text in filled):
        return None
    return top - 1, depth + 1, _join(sheet, rows[top - offset - 1 : top - offset + depth], top - 1)


def _with_row_above(rows: Sequence[list[str]], found: Found, offset: int) -> Found:
    """Return a heading with what stands above its empty places: NO and KET beside a heading of more rows."""
    top, depth, headings = found
    taken = {at for at, _ in headings}
    above = rows[top - offset - 1] if top > offset else []
    beside = [(at, text) for at, text in enumerate(above) if text and at not in taken and is_known(text)]
    if not beside or not _may_be_heading(above):
        return found
    return top, depth, tuple(sorted([*headings, *beside]))


def _earlier_list(sheet: Sheet, rows: Sequence[list[str]], top: int) -> Found | None:
    """Return a lesser heading above row ``top`` that has people of its own between, or ``None``."""
    found = _best_heading(sheet, rows[:top], 0)
    if found is None or not _names_people(found[2]):
        return None
    between = rows[found[0] + found[1] : top]
    people = sum(
        1
        for row in between
        if any(DATA.search(text) for text in row) or (row and re.fullmatch(r"\d{1,3}", row[0]))
    )
    return found if people >= 2 else None


def _next_heading(sheet: Sheet, first: int, before: tuple[tuple[int, str], ...]) -> Found | None:
    """Return the next heading below row ``first`` that differs from the one ``before`` (a repeat is no new list)."""
    candidates = _candidate_rows(sheet, first)
    known = {text for _, text in before} | {part for _, text in before for part in text.split(" / ")}
    for top in candidates:
        rows = _rows(sheet, top, top + DEEPEST)
        if not _may_be_heading(rows[0]):
            continue
        filled = [text for text in rows[0] if text]
        if sum(text in known for text in filled) >= 0.6 * len(filled) and _same_places(rows[0], before):
            continue
        best = None
        best_score = LEAST_SCORE + 0.5
        for depth in range(1, len(rows) + 1):
            if depth > 1 and not _continues(rows[depth - 1]):
                break
            headings = _join(sheet, rows[:depth], top)
            score = _score(headings) - _cost(rows[:depth])
            if score > best_score + 1e-9 and _names_people(headings):
                best, best_score = (top, depth, headings), score
        if best is not None:
            return best
    return None


def _names_people(headings: tuple[tuple[int, str], ...]) -> bool:
    """Return whether most of these headings are known, one of them for a person."""
    found = [read_heading(text) for _, text in headings]
    known = [one.field for one in found if one]
    return len(known) * 2 >= len(found) and bool(set(known) & set(PERSON))


def _same_places(row: list[str], before: tuple[tuple[int, str], ...]) -> bool:
    places = dict(before)
    filled = [(at, text) for at, text in enumerate(row) if text]
    same = sum(1 for at, text in filled if text in places.get(at, "").split(" / "))
    return same >= 0.6 * len(filled)


def _candidate_rows(sheet: Sheet, first: int) -> list[int]:
    """Return rows that hold at least two words known as headings; found without a loop over many cells."""
    body = sheet.cells[first:]
    if not body.height:
        return []
    if body.height * body.width <= FEW_CELLS:
        rows = enumerate(body.iter_rows(), first)
        return [at for at, row in rows if _is_candidate(row)][:MOST_CANDIDATES]
    cells = body.with_row_index("row").unpivot(index="row", variable_name="column", value_name="text")
    known = cells.select("row", pl.col("text").str.strip_chars().str.to_lowercase()).join(
        _HEADING_WORDS, on="text", how="semi"
    )
    found = known.group_by("row").len().filter(pl.col("len") >= LEAST_WORDS)["row"].sort()
    return [first + row for row in found.to_list()][:MOST_CANDIDATES]


def _is_candidate(row: Sequence[str | None]) -> bool:
    known = sum(text is not None and text.strip().lower() in _HEADING_WORD for text in row)
    return known >= LEAST_WORDS


def _heading_words() -> list[str]:
    from payung.rosters.fields import PHRASES

    words = {phrase for phrases in PHRASES.values() for phrase in phrases}
    words |= {word.replace("no ", "nomor ", 1) for word in words if word.startswith("no ")}
    words |= {word.replace("no ", "no. ", 1) for word in words if word.startswith("no ")}
    words |= {word.replace("tgl", "tanggal") for word in words} | {word.replace(" ", "_") for word in words}
    words |= {
        "l/p",
        "rt/rw",
        "desa/kel",
        "desa/kelurahan",
        "tempat/tgl lahir",
        "tempat, tgl lahir",
        "tgl. lahir",
    }
    return sorted(words - {"laki laki perempuan"})


_HEADING_WORD = frozenset(_heading_words())
_HEADING_WORDS = pl.DataFrame({"text": sorted(_HEADING_WORD)})


def _may_be_heading(row: list[str]) -> bool:
    filled = [text for text in row if text]
    if len(filled) < 1 or (len(filled) == 1 and not is_known(filled[0])):
        return False
    if any(DATA.search(text) for text in filled):
        return False
    data = sum(
        1
        for text in filled
        if _NUMBER_LIKE.search(text) and meaning(text) is None and not re.fullmatch(r"4\d\d[ab]?", text)
    )
    return data <= 0.34 * len(filled) and sum(len(text) <= 80 for text in filled) >= 0.7 * len(filled)


def _cost(rows: Sequence[list[str]]) -> float:
    """Return what the further rows of a heading take from its score; rows that only divide the one above add to it."""
    return sum(-1.0 if _divides(row) else 0.25 for row in rows[1:])


def _divides(row: list[str]) -> bool:
    """Return whether a row only divides the heading above it: L and P, or day, month and year."""
    words = [plain(text) for text in row if text]
    if len(words) >= 4 and set(words) & whose.OWN_WORDS:  # "Pekerja | Ahli Waris | Pekerja | Ahli Waris"
        others = [text for text in row if text and plain(text) not in whose.OWN_WORDS]
        if others and len(set(words)) <= 3 and all(whose.role(text) for text in others):
            return True
    return len(words) >= 2 and any(sorted(words) == sorted(part) for part in parts.DIVISIONS)


def _continues(row: list[str]) -> bool:
    """Return whether a row can be the second or third row of a heading."""
    if _divides(row):
        return True
    filled = [text for text in row if text]
    if not filled or is_numbering(row) or any(_NUMBER_LIKE.search(text) for text in filled):
        return False
    return sum(1 for text in filled if meaning(text)) >= 0.4 * len(filled) and all(
        len(text) <= 60 for text in filled
    )


def is_numbering(row: Sequence[str]) -> bool:
    """Return whether a row only numbers the columns: (1) (2) (3), -1 -2 -3, or KOLOM 2 3 4."""
    filled = [text for text in row if text]
    if filled and filled[0].lower().strip(" :") in ("kolom", "kol", "col"):
        filled = filled[1:]
    letters = [text.strip("(). ").lower() for text in filled]
    if len(letters) >= 3 and letters == [chr(ord("a") + at) for at in range(min(len(letters), 26))]:
        return True
    numbers = [abs(int(match[1])) for text in filled if (match := _NUMBERING.match(text.removesuffix(".0")))]
    if len(numbers) < 3 or len(numbers) < len(filled):
        return False
    steps = [right - left for left, right in pairwise(numbers)]
    return numbers[0] in (1, 2, 3) and sum(1 for step in steps if step == 1) >= 0.8 * len(steps)


def _join(sheet: Sheet, rows: Sequence[list[str]], top: int) -> tuple[tuple[int, str], ...]:
    """Return the headings of the columns, a merged heading repeated over the columns that it covers."""
    width = max(len(row) for row in rows)
    grid = [row + [""] * (width - len(row)) for row in rows]
    first = sheet.first_row + top
    for up, left, _, right in sheet.merges:
        if right > left and first <= up < first + len(grid) and left < width:
            line = grid[up - first]
            below = grid[up - first + 1] if up - first + 1 < len(grid) else None
            for at in range(left + 1, min(right + 1, width)):
                if not line[at] and below is not None and below[at]:
                    line[at] = line[left]
    across = any(right > left and first <= up < first + len(grid) for up, left, _, right in sheet.merges)
    if not across and len(grid) > 1:
        for line, below in pairwise(grid):
            for at in range(1, width):
                if not line[at] and below[at] and line[at - 1] and below[at - 1]:
                    line[at] = line[at - 1]
    headings = []
    for at in range(width):
        parts: list[str] = []
        for line in grid:
            if line[at] and line[at] not in parts:
                parts.append(line[at])
        if parts:
            headings.append((at, " / ".join(parts)))
    return tuple(headings)


def _score(headings: tuple[tuple[int, str], ...]) -> float:
    """Return how much a row looks like the heading of a list of people."""
    texts = [text for _, text in headings]
    seen: dict[str, float] = {}
    for field, _ in recognise(texts).values():
        seen[field] = 0.9
    for text in texts:
        found = read_heading(text)
        if found:
            worth = found.score if found.field != "other" else 0.3
            if len(text) > 45:
                worth *= 0.3
            seen[found.field] = max(seen.get(found.field, 0.0), worth)
    seen.pop("seq", None)
    person = any(field in seen for field in PERSON)
    certain = (
        person and len(texts) > 1 and all(is_known(text) for text in texts)
    )  # "NO | NAMA" is a heading too
    return sum(seen.values()) + 0.4 * person + 0.5 * certain
