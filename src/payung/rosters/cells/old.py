"""What an old binary workbook (.xls) says of its rows and cells besides their values: hidden, crossed out."""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator

import xlrd.book
import xlrd.compdoc

from payung.rosters.cells.details import MOST, Details

STREAMS = ("Workbook", "Book")
_BOF = frozenset({0x0009, 0x0209, 0x0409, 0x0809})
_EOF, _CONTINUE, _SHEET = 0x000A, 0x003C, 0x0085
_FONT, _FORMAT, _TEXTS, _ROW = 0x0031, 0x00E0, 0x00FC, 0x0208
_NUMBERS = 0x00BD  # several numbers of a row in one record
_SHARED = 0x00FD
_FILLED = frozenset({0x0006, 0x0206, 0x0406, 0x0203, 0x0204, 0x0205, 0x027E, 0x00D6, _SHARED})
_NO_FONT = 4  # a number that the format leaves out
_STRUCK, _HIDDEN = 0x08, 0x20

Looks = tuple[list[int], Details]  # hidden rows from 0, and what the cells say


def look(data: bytes) -> list[Looks]:
    """Return for each sheet, in the order of the book, its hidden rows and its crossed-out cells.

    A book that does not keep to the format says nothing: its cells are read by another reader.
    """
    try:
        return _look(_stream(data))
    except (xlrd.XLRDError, xlrd.compdoc.CompDocError, AssertionError, LookupError, ValueError, struct.error):
        return []


def _stream(data: bytes) -> bytes:
    document = xlrd.compdoc.CompDoc(data, logfile=io.StringIO())
    for name in STREAMS:
        stream, start, size = document.locate_named_stream(name)
        if stream is not None:
            return bytes(stream[start : start + size])
    return b""


def _records(stream: bytes, at: int) -> Iterator[tuple[int, int, int]]:
    """Yield (code, start, size) of the records from ``at`` to the end of that part of the book."""
    depth = 0
    while at + 4 <= len(stream):
        code, size = struct.unpack_from("<HH", stream, at)
        if code in _BOF:
            depth += 1
        elif code == _EOF:
            depth -= 1
            if depth <= 0:
                return
        yield code, at + 4, size
        at += 4 + size


def _look(stream: bytes) -> list[Looks]:
    fonts: list[bool] = []
    styles: list[int] = []
    sheets: list[int] = []
    texts: list[bytes] = []
    count = last = 0
    for code, start, size in _records(stream, 0):
        if code == _FONT:
            if len(fonts) == _NO_FONT:
                fonts.append(False)
            fonts.append(bool(stream[start + 2] & _STRUCK))
        elif code == _FORMAT:
            styles.append(int.from_bytes(stream[start : start + 2], "little"))
        elif code == _SHEET:
            sheets.append(int.from_bytes(stream[start : start + 4], "little"))
        elif code == _TEXTS:
            count = int.from_bytes(stream[start + 4 : start + 8], "little")
            texts.append(stream[start : start + size])
        elif code == _CONTINUE and last in {_TEXTS, _CONTINUE} and texts:
            texts.append(stream[start : start + size])
        last = code
    crossed = frozenset(at for at, font in enumerate(fonts) if font)
    struck = frozenset(at for at, font in enumerate(styles) if font in crossed)
    rich = _crossed_runs(texts, count, crossed) if crossed and texts else {}
    return [_of_sheet(stream, start, struck, rich) for start in sheets]


def _crossed_runs(texts: list[bytes], count: int, crossed: frozenset[int]) -> dict[int, bool]:
    """Return number -> whether its looks begin in the first letter, of the shared texts with crossed-out runs only."""
    _, runs = xlrd.book.unpack_SST_table(texts, count)
    return {
        number: parts[0][0] == 0
        for number, parts in runs.items()
        if parts and all(font in crossed for _, font in parts)
    }


def _of_sheet(stream: bytes, at: int, struck: frozenset[int], rich: dict[int, bool]) -> Looks:
    hidden: list[int] = []
    found = Details()
    for code, start, size in _records(stream, at):
        if code == _ROW:
            if stream[start + 12] & _HIDDEN:
                hidden.append(int.from_bytes(stream[start : start + 2], "little"))
        elif not struck and not rich:
            continue
        elif code in _FILLED:
            row, column, style = struct.unpack_from("<HHH", stream, start)
            text = int.from_bytes(stream[start + 6 : start + 10], "little") if code == _SHARED else -1
            if style in struck or rich.get(text, False):
                found.struck.append((row, column))
        elif code == _NUMBERS:
            row, first = struct.unpack_from("<HH", stream, start)
            for number in range((size - 6) // 6):
                (style,) = struct.unpack_from("<H", stream, start + 4 + 6 * number)
                if style in struck:
                    found.struck.append((row, first + number))
        if len(found.struck) > MOST:
            break
    return hidden, found
