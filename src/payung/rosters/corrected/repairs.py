"""The sheet of repairs: one line for every faulty cell, with a link to it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import IO

from payung.rosters.corrected.marks import HEADINGS, WIDTHS, Repair, clean
from payung.rosters.corrected.sheet import letters

MOST_LINKS = 60_000  # Excel allows 65,530 a sheet
MOST_LINES = 1_000_000
LINE = 15  # points
INTRODUCTION = (
    "Betulkan sel yang berwarna, simpan, lalu kirim ulang berkas ini. Merah: baris dikembalikan. "
    "Kuning: catatan."
)


def write(
    out: IO[bytes],
    repairs: Sequence[Repair],
    *,
    namespace: str,
    heading: int,
    text: int,
    link: int,
    wrapped: int,
) -> None:
    """Write the sheet's XML; the last four are style numbers."""
    widths = "".join(
        f'<col min="{at}" max="{at}" width="{width}" customWidth="1"/>' for at, width in enumerate(WIDTHS, 1)
    )
    last = letters(len(HEADINGS) - 1)
    out.write(
        (
            f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<worksheet xmlns="{namespace}">'
            '<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>'
            '<sheetViews><sheetView workbookViewId="0"><pane ySplit="2" topLeftCell="A3" '
            'activePane="bottomLeft" state="frozen"/>'
            f"</sheetView></sheetViews><cols>{widths}</cols><sheetData>"
            f'<row r="1"><c r="A1" s="{text}" t="inlineStr"><is><t>{clean(INTRODUCTION)}</t></is></c></row>'
            f'<row r="2">{"".join(_text(at, 2, word, heading) for at, word in enumerate(HEADINGS))}</row>'
        ).encode()
    )
    styles = (wrapped, text, link, wrapped, wrapped, wrapped, text, text)
    for number, repair in enumerate(repairs[:MOST_LINES], 3):
        cells = [
            f'<c r="{letters(at)}{number}" s="{styles[at]}"><v>{value}</v></c>'
            if isinstance(value, int)
            else _text(at, number, value, styles[at])
            for at, value in enumerate(repair.cells())
        ]
        height = LINE * lines_of(repair)
        out.write(f'<row r="{number}" ht="{height}" customHeight="1">{"".join(cells)}</row>'.encode())
    end = len(repairs[:MOST_LINES]) + 2
    out.write(f'</sheetData><autoFilter ref="A2:{last}{end}"/>'.encode())
    links = list(_links(repairs))
    if links:
        out.write(("<hyperlinks>" + "".join(links) + "</hyperlinks>").encode())
    out.write(
        b'<pageMargins left="0.4" right="0.4" top="0.5" bottom="0.5" header="0.3" footer="0.3"/>'
        b'<pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/></worksheet>'
    )


def lines_of(repair: Repair) -> int:
    """Return how many lines of text the longest cell takes."""
    texts = (repair.value, repair.reason, repair.remedy)
    return max(1, *(-(-len(text) // (width - 4)) for text, width in zip(texts, WIDTHS[3:6], strict=True)))


def _text(at: int, row: int, value: str, style: int) -> str:
    if not value:
        return ""
    return (
        f'<c r="{letters(at)}{row}" s="{style}" t="inlineStr"><is><t '
        f'xml:space="preserve">{clean(value)}</t></is></c>'
    )


def _links(repairs: Sequence[Repair]) -> Iterator[str]:
    for number, repair in enumerate(repairs[:MOST_LINKS], 3):
        sheet = repair.sheet.replace("'", "''")
        place = clean(f"'{sheet}'!{repair.column or 'A'}{repair.row}").replace('"', "&quot;")
        yield f'<hyperlink ref="C{number}" location="{place}" display="{repair.column}{repair.row}"/>'
