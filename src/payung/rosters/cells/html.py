"""Reads the tables of an HTML page that was saved under the name of a workbook."""

from __future__ import annotations

import re
from pathlib import Path

from lxml import etree, html

from payung.rosters.cells.encoding import RawSheet, pack
from payung.rosters.cells.refusal import RefusalError

LARGEST = 64 << 20
WIDEST = 512
MOST_CELLS = 20_000_000
_LINE, _CELL = re.compile(rb"(?i)<tr\b"), re.compile(rb"(?i)<t[dh]\b")

Merge = tuple[int, int, int, int]


def read(path: Path) -> list[RawSheet]:
    """Return one sheet for every table that holds no other table. Raises :class:`RefusalError`."""
    if path.stat().st_size > LARGEST:
        raise RefusalError("too_big", megabytes=path.stat().st_size >> 20)
    data = path.read_bytes()
    if b"<!entity" in data[:65536].lower():
        raise RefusalError("entities")
    lines, cells = len(_LINE.findall(data)), len(_CELL.findall(data))
    if cells > WIDEST and cells > WIDEST * max(1, lines):
        raise RefusalError("too_wide", rows=lines, columns=cells)
    parser = html.HTMLParser(huge_tree=False, no_network=True, remove_comments=True, encoding=_charset(data))
    try:
        tree = html.document_fromstring(data, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        raise RefusalError("not_workbook") from None
    for line in tree.iter("br"):
        line.tail = "\n" + (line.tail or "")
    sheets: list[RawSheet] = []
    for table in tree.iter("table"):
        if next(table.iterdescendants("table"), None) is None:
            rows, merges, struck = _cells(table)
            width = max((len(row) for row in rows), default=0)
            total, kinds, texts = pack(rows, width)
            sheets.append(
                RawSheet(f"Tabel {len(sheets) + 1}", False, total, 0, 0, kinds, texts, merges, struck=struck)
            )
    return sheets


def _charset(data: bytes) -> str:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"


def _cells(table: html.HtmlElement) -> tuple[list[list[str]], list[Merge], list[tuple[int, int]]]:
    """Return the cells of a table row by row, its merged areas, and the cells whose text is crossed out."""
    struck: list[tuple[int, int]] = []
    rows: list[list[str]] = []
    merges: list[Merge] = []
    below: dict[int, int] = {}  # column -> rows still covered by a cell from above
    cells = 0
    for at, line in enumerate(table.iter("tr")):
        row: list[str] = []
        for cell in line.iterchildren("td", "th"):
            while below.get(len(row), 0) > 0:
                below[len(row)] -= 1
                row.append("")
            across, down = _span(cell, "colspan"), _span(cell, "rowspan")
            if across > 1 or down > 1:
                merges.append((at, len(row), at + down - 1, len(row) + across - 1))
            if down > 1:
                below.update({len(row) + step: down - 1 for step in range(across)})
            if _is_struck(cell, line):
                struck.append((at, len(row)))
            row.append(" ".join(cell.text_content().split(" ")).strip())
            row.extend([""] * (across - 1))
            if len(row) > WIDEST:
                raise RefusalError("too_wide", rows=at + 1, columns=len(row))
        while below.get(len(row), 0) > 0:
            below[len(row)] -= 1
            row.append("")
        cells += len(row)
        if cells > MOST_CELLS:
            raise RefusalError("too_wide", rows=at + 1, columns=len(row))
        rows.append(row)
    return rows, merges, struck


def _is_struck(cell: html.HtmlElement, line: html.HtmlElement) -> bool:
    """Return whether all of a cell's text is crossed out, by its own style, its row's or a tag around the text."""
    if any("line-through" in str(one.get("style", "")).lower() for one in (cell, line)):
        return True
    inside = [one for one in cell.iterdescendants("s", "strike", "del", "span", "font") if _crosses(one)]
    return bool(inside) and inside[0].text_content().strip() == cell.text_content().strip() != ""


def _crosses(one: html.HtmlElement) -> bool:
    return one.tag in ("s", "strike", "del") or "line-through" in str(one.get("style", "")).lower()


def _span(cell: html.HtmlElement, name: str) -> int:
    digits = str(cell.get(name, "1")).strip()
    return max(1, min(int(digits), WIDEST + 1)) if digits.isdecimal() and len(digits) < 9 else 1
