"""Reads the tables of a text document (.docx)."""

from __future__ import annotations

import zipfile
from pathlib import Path

from lxml import etree

from payung.rosters.cells.encoding import RawSheet, pack
from payung.rosters.cells.refusal import RefusalError

LARGEST = 64 << 20
WIDEST = 512
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def read(path: Path) -> list[RawSheet]:
    """Return one sheet for every table of the document. Raises :class:`RefusalError` where there is none."""
    with zipfile.ZipFile(path) as book:
        name = next(part for part in book.namelist() if part.replace("\\", "/") == "word/document.xml")
        if book.getinfo(name).file_size > LARGEST:
            raise RefusalError("too_big", megabytes=book.getinfo(name).file_size >> 20)
        data = book.read(name)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    try:
        tree = etree.fromstring(data, parser)
    except etree.XMLSyntaxError:
        raise RefusalError("truncated") from None
    sheets: list[RawSheet] = []
    for table in tree.iter(f"{_W}tbl"):
        if next(table.iterdescendants(f"{_W}tbl"), None) is not None:
            continue
        rows, merges = _cells(table)
        width = max((len(row) for row in rows), default=0)
        if width > WIDEST:
            raise RefusalError("too_wide", rows=len(rows), columns=width)
        total, kinds, texts = pack(rows, width)
        sheets.append(RawSheet(f"Tabel {len(sheets) + 1}", False, total, 0, 0, kinds, texts, merges))
    if not sheets:
        raise RefusalError("text_document")
    return sheets


def _cells(table: etree._Element) -> tuple[list[list[str]], list[tuple[int, int, int, int]]]:
    """Return the cells of a table row by row, and the cells that reach over several columns."""
    rows: list[list[str]] = []
    merges: list[tuple[int, int, int, int]] = []
    for at, line in enumerate(table.iterchildren(f"{_W}tr")):
        row: list[str] = []
        for cell in line.iterchildren(f"{_W}tc"):
            span = cell.find(f"{_W}tcPr/{_W}gridSpan")
            across = int(span.get(f"{_W}val", "1")) if span is not None else 1
            if across > 1:
                merges.append((at, len(row), at, len(row) + across - 1))
            text = "\n".join(
                "".join(run.text or "" for run in paragraph.iter(f"{_W}t"))
                for paragraph in cell.iter(f"{_W}p")
            )
            row.extend([text.strip(), *[""] * (min(across, WIDEST) - 1)])
        rows.append(row)
    return rows, merges
