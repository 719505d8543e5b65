"""Goes through the XML of a sheet row by row: colours marked cells and leaves every other byte as it is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from typing import IO, Protocol

from payung.rosters.corrected.marks import Mark, Marks, clean, column_index

CHUNK = 1 << 20

_ROW = re.compile(rb"<((?:\w+:)?)row\b([^>]*?)(/>|>(.*?)</\1row>)", re.S)
_CELL = re.compile(rb"<((?:\w+:)?)c\b([^>]*?)(/>|>.*?</\1c>)", re.S)
_REFERENCE = re.compile(rb'(?<![\w:])r="([A-Z]*)(\d+)"')
_MERGE = re.compile(rb'<(?:\w+:)?mergeCell ref="([A-Z]+)(\d+):([A-Z]+)(\d+)"')
_STYLE = re.compile(rb'\ss="(\d+)"')
_DANGER = re.compile(
    rb"<((?:\w+:)?)f\b[^>]*>[^<]*(?:\||\[|HYPERLINK|WEBSERVICE|CALL\(|REGISTER|EXEC\(|IMPORT\w*\(|RTD\()[^<]*</\1f>",
    re.I,
)
_AFTER = (
    b"legacyDrawingHF",
    b"drawingHF",
    b"picture",
    b"oleObjects",
    b"controls",
    b"webPublishItems",
    b"tableParts",
    b"extLst",
)


class Colour(Protocol):
    """Gives the number of a style like ``style`` in the colour of ``mark``."""

    def __call__(self, style: int, mark: Mark) -> int: ...


class Change(Protocol):
    """Gives the number of the style to use instead, or ``None`` to leave the cell."""

    def __call__(self, style: int, /) -> int | None: ...


class SheetWriter:
    """Copies a sheet with its marked cells coloured.

    ``colour`` gives the style number for (old style, mark); ``clear`` the style number for a cell that carries
    a colour of an earlier round and is no longer marked, or ``None`` to leave it.
    """

    def __init__(self, marks: Marks, colour: Colour, clear: Change) -> None:
        self.marks = marks
        self.colour = colour
        self.clear = clear
        self.cut_formulas = 0
        self._row = 0

    def copy(self, source: IO[bytes], out: IO[bytes], drawing: bytes | None) -> None:
        """Copy the sheet; ``drawing`` is the relation of its comments where it did not have one."""
        rest = b""
        for chunk in iter(lambda: source.read(CHUNK), b""):
            rest = self._through(rest + chunk, out)
        out.write(_with_drawing(rest, drawing) if drawing else rest)

    def _through(self, data: bytes, out: IO[bytes]) -> bytes:
        """Write all whole rows of ``data`` and what stands before them; return the rest."""
        done = 0
        for match in _ROW.finditer(data):
            out.write(data[done : match.start()])
            out.write(self._row_of(match))
            done = match.end()
        return data[done:]

    def _row_of(self, match: re.Match[bytes]) -> bytes:
        number = _REFERENCE.search(match[2])
        self._row = int(number[2]) if number else self._row + 1
        whole = match[0]
        if b"<f" in whole or b":f" in whole:
            whole, cut = _DANGER.subn(b"", whole)
            self.cut_formulas += cut
        marks = self.marks.get(self._row)
        if not marks and not self._may_be_ours(whole):
            return whole
        body = match[4] if match[4] is not None else b""
        if cut_body := _DANGER.subn(b"", body)[0] if body else b"":
            body = cut_body
        inner = b"".join(self._cells(body, marks or {}, match[1]))
        if not inner:
            return whole
        return b"<" + match[1] + b"row" + match[2].rstrip(b"/") + b">" + inner + b"</" + match[1] + b"row>"

    def _may_be_ours(self, row: bytes) -> bool:
        return any(self.clear(int(style)) is not None for style in _STYLE.findall(row))

    def _cells(self, body: bytes, marks: dict[int, Mark], prefix: bytes) -> Iterator[bytes]:
        waiting = sorted(marks)
        at, done = -1, 0
        for match in _CELL.finditer(body):
            yield body[done : match.start()]
            reference = _REFERENCE.search(match[2])
            at = column_index(reference[1].decode()) if reference else at + 1
            while waiting and waiting[0] < at:
                yield self._new_cell(waiting.pop(0), marks, prefix)
            done = match.end()
            if waiting and waiting[0] == at:
                waiting.pop(0)
                if marks[at].value is not None:
                    found = _STYLE.search(match[2])
                    yield self._new_cell(at, marks, match[1], int(found[1]) if found else 0)
                else:
                    yield self._restyled(match, partial(self.colour, mark=marks[at]))
            else:
                yield self._restyled(match, self.clear)
        yield body[done:]
        for column in waiting:
            yield self._new_cell(column, marks, prefix)

    def _new_cell(self, column: int, marks: dict[int, Mark], prefix: bytes, base: int = 0) -> bytes:
        style = self.colour(base, marks[column])
        if value := marks[column].value:
            return (
                b'<%sc r="%s%d" s="%d" t="inlineStr"><%sis><%st xml:space="preserve">%s</%st></%sis></%sc>'
                % (
                    *(prefix, letters(column).encode(), self._row, style, prefix, prefix),
                    *(clean(value).encode(), prefix, prefix, prefix),
                )
            )
        return b'<%sc r="%s%d" s="%d"/>' % (prefix, letters(column).encode(), self._row, style)

    @staticmethod
    def _restyled(match: re.Match[bytes], change: Change) -> bytes:
        found = _STYLE.search(match[2])
        style = change(int(found[1]) if found else 0)
        if style is None:
            return match[0]
        attributes = _STYLE.sub(b"", match[2]).rstrip()
        return b"<" + match[1] + b"c" + attributes + b' s="%d"' % style + match[3]


def merged_areas(source: IO[bytes]) -> Iterator[tuple[int, int, int, int]]:
    """Yield the merged areas of a sheet: (top, left, bottom, right) from 0, inclusive."""
    rest = b""
    for chunk in iter(lambda: source.read(CHUNK), b""):
        data = rest + chunk
        for match in _MERGE.finditer(data):
            yield (
                int(match[2]) - 1,
                column_index(match[1].decode()),
                int(match[4]) - 1,
                column_index(match[3].decode()),
            )
        rest = data[data.rfind(b"<") :]


def _with_drawing(tail: bytes, drawing: bytes) -> bytes:
    """Return the end of a sheet with ``<legacyDrawing>`` in its place."""
    start = max(tail.find(b"</sheetData>"), tail.find(b":sheetData>"), tail.find(b"<sheetData/>"), 0)
    depth = 0
    place = tail.rfind(b"</")
    prefix = b""
    for tag in re.finditer(rb"<(/?)((?:\w+:)?)(\w+)\b[^>]*?(/?)>", tail[start:], re.S):
        if tag[1]:
            depth -= 1
            continue
        if depth <= 0 and tag[3] in _AFTER:
            place = start + tag.start()
            break
        depth += not tag[4]
    end = re.search(rb"</((?:\w+:)?)worksheet>\s*$", tail)
    if end:
        prefix = end[1]
    return tail[:place] + b"<" + prefix + b"legacyDrawing " + drawing + b"/>" + tail[place:]


def letters(column: int) -> str:
    """Return ``A`` for 0."""
    text, column = "", column + 1
    while column:
        column, rest = divmod(column - 1, 26)
        text = chr(65 + rest) + text
    return text
