"""Comments of a sheet: the texts in one part, and the boxes that office programs draw them in in another."""

from __future__ import annotations

import re
from collections.abc import Iterable

from lxml import etree

from payung.rosters.corrected.marks import AUTHOR, clean
from payung.rosters.corrected.sheet import letters

Comment = tuple[int, int, str]  # row from 1, column from 0, text
FIRST_SHAPE = 700_001  # far from the numbers that office programs give

_CONTROL = re.compile(r"[\x00-\x08\x0B\x0C\x0E-\x1F\uFFFE\uFFFF]")
_SPACES = {
    b"v": b"urn:schemas-microsoft-com:vml",
    b"o": b"urn:schemas-microsoft-com:office:office",
    b"x": b"urn:schemas-microsoft-com:office:excel",
}
_HEAD = (
    '<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:x="urn:schemas-microsoft-com:office:excel">'
    '<o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="683"/></o:shapelayout>'
    '<v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe">'
    '<v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>'
)


def new_texts(comments: Iterable[Comment], namespace: str) -> bytes:
    """Return the part with the texts of a sheet that had no comments."""
    lines = [
        f'<comment ref="{letters(column)}{row}" authorId="0"><text><r><t '
        f'xml:space="preserve">{clean(text)}</t></r></text></comment>'
        for row, column, text in comments
    ]
    return (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<comments xmlns="{namespace}">'
        f"<authors><author>{AUTHOR}</author></authors><commentList>{''.join(lines)}</commentList></comments>"
    ).encode()


def new_boxes(comments: Iterable[Comment]) -> bytes:
    """Return the part with the boxes of a sheet that had no comments."""
    return (_HEAD + "".join(_boxes(comments)) + "</xml>").encode()


def merged_texts(root: etree._Element, comments: list[Comment]) -> set[tuple[int, int]]:
    """Add ``comments`` to the sheet's own, ours of an earlier round taken out; return (row, column) of "
    "those taken out."""
    namespace = etree.QName(root).namespace
    authors, listed = root.find(f"{{{namespace}}}authors"), root.find(f"{{{namespace}}}commentList")
    if authors is None or listed is None:
        raise ValueError("comments without authors or list")
    names = [one.text or "" for one in authors]
    ours = {str(at) for at, name in enumerate(names) if name == AUTHOR}
    gone = set()
    for comment in list(listed):
        if comment.get("authorId") in ours:
            listed.remove(comment)
            if place := re.fullmatch(r"([A-Z]+)(\d+)", comment.get("ref") or ""):
                gone.add((int(place[2]), _column(place[1])))
    if not ours:
        etree.SubElement(authors, f"{{{namespace}}}author").text = AUTHOR
        ours = {str(len(names))}
    own = {comment.get("ref"): comment for comment in listed}
    author = min(ours, key=int)
    for row, column, text in comments:
        reference = f"{letters(column)}{row}"
        if reference in own:  # the village's own comment stays, ours is written below it
            body = own[reference].find(f"{{{namespace}}}text")
            if body is not None:
                run = etree.SubElement(body, f"{{{namespace}}}r")
                etree.SubElement(run, f"{{{namespace}}}t").text = f"\n{AUTHOR}: {_CONTROL.sub(' ', text)}"
            continue
        comment = etree.SubElement(listed, f"{{{namespace}}}comment", ref=reference, authorId=author)
        run = etree.SubElement(etree.SubElement(comment, f"{{{namespace}}}text"), f"{{{namespace}}}r")
        etree.SubElement(run, f"{{{namespace}}}t").text = _CONTROL.sub(" ", text)
    return gone


def merged_boxes(old: bytes, comments: Iterable[Comment]) -> bytes:
    """Return the boxes of a sheet with ours added and those of an earlier round taken out."""
    kept = re.sub(rb'<v:shape\b[^>]*id="_x0000_s7\d{5}".*?</v:shape>', b"", old, flags=re.S)
    root, end = re.search(rb"<xml\b[^>]*>", kept), kept.rfind(b"</xml>")
    if root is None or end < 0:
        raise ValueError("boxes without a root")
    missing = b"".join(
        b" xmlns:" + short + b'="' + name + b'"'
        for short, name in _SPACES.items()
        if b"xmlns:" + short + b"=" not in root[0]
    )
    kept = kept[: root.end() - 1] + missing + kept[root.end() - 1 :]
    end += len(missing)
    return kept[:end] + "".join(_boxes(comments)).encode() + kept[end:]


def _boxes(comments: Iterable[Comment]) -> Iterable[str]:
    for number, (row, column, text) in enumerate(comments):
        lines = min(12, 2 + len(text) // 34 + text.count("\n"))
        yield (
            f'<v:shape id="_x0000_s{FIRST_SHAPE + number}" type="#_x0000_t202" style="position:absolute;width:220pt;'
            f'height:{lines * 14}pt;z-index:1;visibility:hidden" fillcolor="#ffffe1" o:insetmode="auto">'
            '<v:fill color2="#ffffe1"/><v:shadow on="t" color="black" obscured="t"/><v:path o:connecttype="none"/>'
            '<v:textbox style="mso-direction-alt:auto"><div style="text-align:left"></div></v:textbox>'
            '<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/>'
            f"<x:Anchor>{column + 1}, 12, {max(0, row - 2)}, 4, {column + 4}, 40, {row + lines - 2}, 4</x:Anchor>"
            f"<x:AutoFill>False</x:AutoFill><x:Row>{row - 1}</x:Row><x:Column>{column}</x:Column>"
            "</x:ClientData></v:shape>"
        )


def _column(name: str) -> int:
    number = 0
    for character in name:
        number = number * 26 + ord(character) - 64
    return number - 1
