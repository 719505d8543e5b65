"""What a sheet says of its cells besides their values: errors, formulas without a stored result, crossed-out text."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Container, Iterator
from dataclasses import dataclass, field
from xml.sax.saxutils import unescape

SIGNS = (b't="e"', b"<f", b"<strike")
MOST = 200_000  # cells of a sheet
_CELL = rb'<(?:\w+:)?c r="([A-Z]{1,3})(\d+)"([^>]*[^/>])?>'
_ERROR = re.compile(_CELL + rb"(?:<f\b[^>]*/>|<f\b[^>]*>[^<]*</f>)?\s*<v>(#[^<]*)</v>")
_FORMULA = re.compile(
    _CELL + rb"\s*(?:<f\b[^>]*/>|<f\b[^>]*>([^<]*)</f>)\s*(?:<v\s*/>|<v>\s*</v>)?\s*</(?:\w+:)?c>"
)
_FILLED = re.compile(_CELL + rb"\s*<(?:v|is|f)\b[^>]*>([^<]*)")
_RICH = re.compile(_CELL + rb"\s*<is>((?:(?!</is>).)*)</is>", re.S)
_STRIKE = re.compile(rb"<strike(?:\s+val=\"(?:1|true)\")?\s*/>")
_STYLE = re.compile(rb'\bs="(\d+)"')
_SHARED = re.compile(rb"<si>((?:(?!</si>).)*)</si>", re.S)
_TEXT = r'"(?:[^"]|"")*"'
_JOINED = re.compile(rf"{_TEXT}(?:\s*&\s*{_TEXT})*")
_CALL = re.compile(rf"(?:CONCATENATE|CONCAT|T|TRIM)\(\s*({_TEXT}(?:\s*[,;]\s*{_TEXT})*)\s*\)", re.I)
_NUMBER = re.compile(r"\+?\d+(?:\.\d+)?")
_DATE = re.compile(r"DATE\(\s*(\d{4})\s*[,;]\s*(\d{1,2})\s*[,;]\s*(\d{1,2})\s*\)", re.I)

Place = tuple[int, int]  # row and column from 0


@dataclass(slots=True)
class Details:
    """What one sheet says of its cells.

    Fields
        texts: what to show in a cell that the reader leaves empty: an error (``#N/A``), the text that a formula is
            without being computed, or the formula itself (``=B2&C2``).
        struck: the cells whose text is crossed out.
    """

    texts: dict[Place, str] = field(default_factory=dict)
    struck: list[Place] = field(default_factory=list)


def struck_styles(styles: bytes) -> frozenset[bytes]:
    """Return the numbers of the cell styles whose font is crossed out."""
    fonts = re.search(rb"<fonts\b.*?</fonts>", styles, re.S)
    formats = re.search(rb"<cellXfs\b.*?</cellXfs>", styles, re.S)
    if fonts is None or formats is None or b"<strike" not in fonts[0]:
        return frozenset()
    struck = {
        b"%d" % at
        for at, font in enumerate(re.findall(rb"<font\s*/>|<font\b[^>]*>.*?</font>", fonts[0], re.S))
        if _STRIKE.search(font)
    }
    return frozenset(
        b"%d" % at
        for at, one in enumerate(re.findall(rb"<xf\b[^>]*>", formats[0]))
        if (font := re.search(rb'\bfontId="(\d+)"', one)) and font[1] in struck
    )


def struck_texts(shared: bytes) -> frozenset[bytes]:
    """Return the numbers of the shared texts all of whose runs are crossed out."""
    return frozenset(b"%d" % at for at, text in enumerate(_SHARED.findall(shared)) if _all_struck(text))


def _all_struck(text: bytes) -> bool:
    runs = re.findall(rb"<r>.*?</r>", text, re.S)
    return bool(runs) and all(_STRIKE.search(run) for run in runs)


def look(rows: Iterator[bytes], styles: Container[bytes], texts: Container[bytes]) -> Details:
    """Return what a sheet says of its cells. ``rows`` is its XML, cut between rows."""
    found = Details()
    for chunk in rows:
        if b't="e"' in chunk:
            for letters, row, _, error in _ERROR.findall(chunk):
                found.texts[_place(letters, row)] = error.decode("utf-8", "replace")
        if b"<f" in chunk:
            for letters, row, _, formula in _FORMULA.findall(chunk):
                found.texts[_place(letters, row)] = plain_text(
                    unescape(formula.decode("utf-8", "replace"), _QUOTES)
                )
        if b"<strike" in chunk:
            found.struck.extend(_place(a, b) for a, b, _, inner in _RICH.findall(chunk) if _all_struck(inner))
        for letters, row, marks, value in _FILLED.findall(chunk):
            style = _STYLE.search(marks)
            shared = b't="s"' in marks and value in texts
            if shared or (style and style[1] in styles):
                found.struck.append(_place(letters, row))
        if len(found.texts) + len(found.struck) > MOST:
            break
    return found


_QUOTES = {"&quot;": '"', "&apos;": "'"}


def plain_text(formula: str) -> str:
    """Return the text that a formula is without any other cell; else the formula as it is typed, with its ``=``.

    >>> plain_text('"6203"&"99"'), plain_text("DATE(1990,2,1)"), plain_text("B2&C2"), plain_text("")
    ('620399', '1990-02-01', '=B2&C2', '=')
    """
    bare = formula.strip()
    if _JOINED.fullmatch(bare):
        return _texts(bare)
    if call := _CALL.fullmatch(bare):
        return _texts(call[1])
    if _NUMBER.fullmatch(bare):
        return bare.lstrip("+")
    if date := _DATE.fullmatch(bare):
        try:
            return dt.date(int(date[1]), int(date[2]), int(date[3])).isoformat()
        except ValueError:
            pass
    return "=" + bare


def _texts(joined: str) -> str:
    return "".join(text[1:-1].replace('""', '"') for text in re.findall(_TEXT, joined))


def _place(letters: bytes, row: bytes) -> Place:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return int(row) - 1, number - 1
