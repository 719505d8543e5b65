"""Text without a delimiter: Data Interchange Format, columns of a fixed width, people as blocks of labelled lines.

Each becomes rows of cells, or ``None`` where the text is none of them.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter

LOOK = 400  # lines that show what a text is
HEAD = 200_000  # characters
LEAST_PEOPLE = 2
LEAST_COLUMNS = 3
LEAST_ROWS = 3
_RULE = re.compile(r"^[\s\-=_+|.:*]*$")
_LABELLED = re.compile(r"^[\W\d_]*([^\W\d_][\w /.'-]{0,30}?)[*_\s]*[:=][*_\s]*(\S.*?)\s*$")
_STAMP = re.compile(
    r"^\[?\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4},?\s+\d{1,2}[.:]\d{2}(?:[.:]\d{2})?(?:\s?[ap]\.?m\.?)?\]?\s*(?:-\s*)?[^:]{1,40}:\s*"
)
_GAP = re.compile(r"\S\s{2,}\S")
_WHO = re.compile(r"(?i)\b(?:nama|nik|ktp)\b")


def read(text: str) -> list[list[str]] | None:
    """Return the rows of a text that is none with a delimiter, or ``None``."""
    if text.startswith(("TABLE\n0,1", "TABLE\r\n0,1")):
        return interchange(text)
    head = _lines(text[:HEAD])[:LOOK]
    if _looks_like_blocks(head):
        return _blocks(_lines(text))
    return _fixed(_lines(text)) if _looks_fixed(head) else None


def _lines(text: str) -> list[str]:
    return [_STAMP.sub("", line.replace("\u200e", "")) for line in text.splitlines()]


def interchange(text: str) -> list[list[str]]:
    """Return the rows of a file in Data Interchange Format: pairs of lines, number and text."""
    lines = text.splitlines()
    rows: list[list[str]] = []
    try:
        at = lines.index("DATA") + 3
    except ValueError:
        return rows
    while at + 1 < len(lines):
        kind, _, number = lines[at].partition(",")
        shown = lines[at + 1].strip()
        at += 2
        if kind == "-1":
            if shown == "EOD":
                break
            rows.append([])
        elif rows:
            quoted = shown[1:-1].replace('""', '"') if shown[:1] == '"' == shown[-1:] else shown
            rows[-1].append(quoted if kind == "1" else number.strip())
    return rows


def _looks_like_blocks(head: list[str]) -> bool:
    """Return whether most lines are "label: value" with few labels, one of them for a name or number."""
    labels = Counter(match[1].strip().lower() for line in head if (match := _LABELLED.match(line)))
    often = [label for label, many in labels.items() if many >= LEAST_PEOPLE]
    written = sum(1 for line in head if line.strip())
    if sum(labels[label] for label in often) < 0.6 * max(1, written):
        return False
    return any(_WHO.search(label) for label in often) and len(often) >= LEAST_PEOPLE


def _blocks(lines: list[str]) -> list[list[str]]:
    """Return people written as blocks of "label: value" lines as rows under their labels."""
    found = [_LABELLED.match(line) for line in lines]
    people: list[dict[str, str]] = []
    one: dict[str, str] = {}
    for match in found:
        if match is None:
            continue
        label = match[1].strip().lower()
        if label in one:
            people.append(one)
            one = {}
        one[label] = match[2]
    people.append(one)
    asked = list(dict.fromkeys(label for one in people for label in one))
    return [[label.upper() for label in asked], *([one.get(label, "") for label in asked] for one in people)]


def _looks_fixed(head: list[str]) -> bool:
    """Return whether most lines have parts with blanks between and no delimiter."""
    filled = [line for line in head if not _RULE.match(line)]
    if sum("\t" in line for line in head) * 2 > len(head):
        return False
    look = [line for line in filled if _GAP.search(line)]
    if len(look) < LEAST_ROWS or len(look) < 0.6 * len(filled):
        return False
    return not any(sum(line.count(sign) >= LEAST_COLUMNS for line in look) > len(look) / 2 for sign in ";|,")


def _fixed(lines: list[str]) -> list[list[str]] | None:
    """Return a text whose columns stand below each other with blanks between, cut into them."""
    filled = [line.expandtabs().rstrip() for line in lines if not _RULE.match(line)]
    look = [line for line in filled[:LOOK] if _GAP.search(line)]
    width = max(map(len, look))
    blank = [all(at >= len(line) or line[at] == " " for line in look) for at in range(width)]
    starts = [at for at in range(width) if not blank[at] and (at == 0 or blank[at - 1])]
    if len(starts) < LEAST_COLUMNS:
        return None
    edges = [*starts, None]
    return [[line[left:right].strip() for left, right in itertools.pairwise(edges)] for line in filled]
