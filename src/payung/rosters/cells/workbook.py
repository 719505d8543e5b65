"""Reads .xlsx, .xlsm, .xls and .ods."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import python_calamine as calamine

from payung.rosters.cells import old
from payung.rosters.cells.archive import Archive
from payung.rosters.cells.details import Details
from payung.rosters.cells.encoding import RawSheet, pack, refuse_wide
from payung.rosters.cells.refusal import RefusalError

if TYPE_CHECKING:
    from python_calamine import CalamineSheet, CalamineWorkbook

MOST_CELLS = 40_000_000
MOST_SHEETS = 1_000


def read(path: Path, archive: Archive | None) -> list[RawSheet]:
    """Return the worksheets in their order. Raises :class:`RefusalError` where the book cannot be opened."""
    try:
        book = _open(path)
    except calamine.PasswordError:
        raise RefusalError("password") from None
    except (calamine.CalamineError, OSError) as error:
        # an OLE file with a password, or one that is no workbook at all
        why = "password" if _encrypted(path) else "not_workbook" if archive is None else "truncated"
        raise RefusalError(why, why_text=str(error)) from None
    with book:
        return list(_sheets(book, _looks(path, archive, book)))


def _open(path: Path) -> CalamineWorkbook:
    """Open a workbook by its name's ending, and where its content is another one by its content."""
    try:
        return calamine.CalamineWorkbook.from_path(path)
    except calamine.PasswordError:
        raise
    except (calamine.CalamineError, OSError, ValueError):
        with path.open("rb") as file:
            return calamine.CalamineWorkbook.from_filelike(file)


def _looks(path: Path, archive: Archive | None, book: CalamineWorkbook) -> dict[str, old.Looks]:
    """Return name of the sheet -> its hidden rows and what its cells say, where anything is known of them."""
    if archive is None:
        names = [data.name for data in book.sheets_metadata]
        looks = old.look(path.read_bytes())
        return dict(zip(names, looks, strict=True)) if len(names) == len(looks) else {}
    if not any(archive.hidden_rows.values()) and not archive.cells:
        return {}
    told = {
        name: (archive.hidden_rows.get(name, []), archive.cells.get(name, Details()))
        for name in {**archive.hidden_rows, **archive.cells}
    }
    if archive.kind == "ods":
        return told
    return {name: told[part] for name, part in _parts(path).items() if part in told}


def _sheets(book: CalamineWorkbook, looks: dict[str, old.Looks]) -> Iterator[RawSheet]:
    if len(book.sheets_metadata) > MOST_SHEETS:
        raise RefusalError("too_many_sheets", sheets=len(book.sheets_metadata))
    for data in book.sheets_metadata:
        if data.typ != calamine.SheetTypeEnum.WorkSheet:
            continue
        hidden = data.visible != calamine.SheetVisibleEnum.Visible
        try:
            sheet = book.get_sheet_by_name(data.name)
        except calamine.CalamineError as error:
            raise RefusalError("broken_sheet", sheet=data.name, why_text=str(error)) from None
        start = sheet.start or (0, 0)
        if sheet.height * sheet.width > MOST_CELLS:
            raise RefusalError("too_wide", rows=sheet.height, columns=sheet.width)
        rows_hidden, told = looks.get(data.name, ([], Details()))
        inside = {place: text for place, text in told.texts.items() if place[1] >= start[1]}
        width = max(sheet.width, *(column - start[1] + 1 for _, column in inside)) if inside else sheet.width
        total, kinds, texts = pack(_with_texts(_rows(sheet), inside, start, width), width)
        refuse_wide(total, kinds)
        merges = [(a, b, c, d) for (a, b), (c, d) in sheet.merged_cell_ranges or []]
        yield RawSheet(
            data.name, hidden, total, start[0], start[1], kinds, texts, merges, rows_hidden, told.struck
        )


def _with_texts(
    rows: Iterator[Sequence[object]], told: dict[tuple[int, int], str], start: tuple[int, int], width: int
) -> Iterator[Sequence[object]]:
    """Yield the rows with what is told of cells that the reader leaves empty."""
    if not told:
        yield from rows
        return
    of_row: dict[int, list[tuple[int, str]]] = {}
    for (row, column), text in told.items():
        of_row.setdefault(row, []).append((column - start[1], text))
    for at, line in enumerate(rows, start[0]):
        if at not in of_row:
            yield line
            continue
        cells = [*line, *[""] * (width - len(line))]
        for column, text in of_row[at]:
            if cells[column] == "":
                cells[column] = text
        yield cells


def _rows(sheet: CalamineSheet) -> Iterator[Sequence[object]]:
    """Yield the rows of the block of cells. (``iter_rows`` gives rows from the first of the sheet on.)"""
    first = (sheet.start or (0, 0))[0]
    return (row for at, row in enumerate(sheet.iter_rows()) if at >= first)


def _parts(path: Path) -> dict[str, str]:
    """Return sheet name -> part name, by way of the workbook's own list of parts."""
    with zipfile.ZipFile(path) as book:
        listed = book.read("xl/workbook.xml").decode("utf-8", "replace")
        links = book.read("xl/_rels/workbook.xml.rels").decode("utf-8", "replace")
    targets = {
        (re.search(r'\bId="([^"]*)"', link) or [""] * 2)[1]: (
            re.search(r'\bTarget="([^"]*)"', link) or [""] * 2
        )[1]
        for link in re.findall(r"<Relationship\b[^>]*>", links)
    }
    found = {}
    for tag in re.findall(r"<(?:\w+:)?sheet\b[^>]*>", listed):
        name, link = re.search(r'\bname="([^"]*)"', tag), re.search(r'\br:id="([^"]*)"', tag)
        if name and link:
            target = targets.get(link[1], "")
            part = target.lstrip("/") if target.startswith("/") else "xl/" + target
            found[_unescape(name[1])] = part
    return found


def _unescape(text: str) -> str:
    for mark, letter in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&apos;", "'"), ("&amp;", "&")):
        text = text.replace(mark, letter)
    return text


def _encrypted(path: Path) -> bool:
    with path.open("rb") as file:
        head = file.read(1 << 16)
    return "EncryptedPackage".encode("utf-16-le") in head or "EncryptionInfo".encode("utf-16-le") in head
