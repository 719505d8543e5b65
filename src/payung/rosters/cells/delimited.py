"""Reads text with a delimiter: comma, semicolon, tab or pipe; UTF-8, UTF-16 or cp1252."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from pathlib import Path

from payung.rosters.cells import formats, plain, quotes
from payung.rosters.cells.encoding import RawSheet, pack, refuse_wide
from payung.rosters.cells.refusal import RefusalError

DELIMITERS = ";\t|,"
LARGEST = 1 << 30
LONGEST_LINE = 1 << 20  # bytes
SAMPLE_LINES = 60
_QUOTED = re.compile(r'^\s*="([^"]*)"\s*$')


def read(path: Path) -> list[RawSheet]:
    """Return the one sheet of a delimited text file. Raises :class:`RefusalError` where it is not text."""
    if path.stat().st_size > LARGEST:
        raise RefusalError("too_big", megabytes=path.stat().st_size >> 20)
    text = _decode(_whole(path))
    rows = plain.read(text) or _rows(text, _delimiter(text))
    width = min(max((len(row) for row in rows), default=0), 16_384)
    total, kinds, texts = pack(rows, width)
    refuse_wide(total, kinds)
    return [RawSheet(path.stem, False, total, 0, 0, kinds, texts)]


def _whole(path: Path) -> bytes:
    """Return the bytes of the file. Raises where a line is longer than any row of a list, before it is in memory."""
    chunks = []
    with path.open("rb") as file:
        while chunk := file.read(LONGEST_LINE):
            if len(chunk) == LONGEST_LINE and b"\n" not in chunk and b"\r" not in chunk:
                raise RefusalError("long_line", megabytes=LONGEST_LINE >> 20)
            chunks.append(chunk)
    return b"".join(chunks)


def _decode(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    if found := formats.wide_text(data[:8192]):
        return data.decode(found, "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def _delimiter(text: str) -> str:
    """Return the delimiter that cuts the first lines most evenly into most cells."""
    head = text[:65536].splitlines()[:SAMPLE_LINES]
    if head and head[0].lower().startswith("sep=") and len(head[0]) == 5:
        return head[0][4]
    best, best_score = ",", 0.0
    for delimiter in DELIMITERS:
        try:
            widths = [len(row) for row in csv.reader(head, delimiter=delimiter) if any(row)]
        except csv.Error:
            continue
        if not widths:
            continue
        width, often = max(Counter(widths).items(), key=lambda pair: (pair[1] * (pair[0] > 1), pair[0]))
        score = (width - 1) * often / len(widths)
        if score > best_score:
            best, best_score = delimiter, score
    return best


def _rows(text: str, delimiter: str) -> list[list[str]]:
    if text[:4].lower() == "sep=" and text[5:6] in "\r\n":
        text = text[5:].lstrip("\r\n")
    if "\0" in text:
        raise RefusalError("not_workbook")
    csv.field_size_limit(1 << 20)
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error as error:
        if '"' not in text:
            raise RefusalError("broken_text", why_text=str(error)) from None
        rows = quotes.by_lines(text, delimiter)
    if '"' in text and (quotes.swallowed(rows, delimiter) or quotes.broken(rows)):
        rows = quotes.by_lines(text, delimiter)
    # ="6203…" is how programs make Excel keep a number as text
    return (
        [[_QUOTED.sub(r"\1", cell) for cell in row] for row in rows]
        if '="' in text.replace('""', '"')
        else rows
    )
