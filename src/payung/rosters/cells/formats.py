"""What a file is, by its first bytes; its name is not believed."""

from __future__ import annotations

import re
from pathlib import Path

from payung.rosters.cells.refusal import RefusalError

ZIP = b"PK\x03\x04"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
BIFF = (b"\x09\x08", b"\x09\x04", b"\x09\x02", b"\x09\x00")
OTHER = {
    b"%PDF": "PDF",
    b"\x89PNG": "PNG",
    b"\xff\xd8\xff": "JPEG",
    b"Rar!": "RAR",
    b"7z\xbc\xaf": "7-Zip",
    b"\x1f\x8b": "GZIP",
    b"{\\rtf": "RTF",
    b"MZ": "EXE",
    b"\x7fELF": "ELF",
    b"MIME-Version:": "halaman web (MHTML)",
}
# a file that only says where the real one is
SHORTCUT = re.compile(
    rb'^\s*(?:\xef\xbb\xbf)?\{[^{}]*"(?:doc_id|url)"\s*:|^\[InternetShortcut\]|^\s*https?://\S+\s*$|^\[Desktop Entry\]'
)


def kind_of(path: Path) -> str:
    """Return ``zip``, ``ole``, ``html`` or ``text``. Raises :class:`RefusalError` for anything else."""
    with path.open("rb") as file:
        head = file.read(8192)
    if not head:
        raise RefusalError("empty")
    if head.startswith(ZIP):
        return "zip"
    if head.startswith(OLE) or head[:2] in BIFF:
        return "ole"
    for magic, name in OTHER.items():
        if head.startswith(magic):
            raise RefusalError("other_format", format=name)
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "text"
    if wide_text(head):
        return "text"
    if b"\0" in head:
        raise RefusalError("not_workbook")
    if SHORTCUT.search(head):
        raise RefusalError("shortcut")
    if head.startswith(b"ID;P"):
        raise RefusalError("other_format", format="SYLK")
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if start.startswith(b"<?xml") and b"urn:schemas-microsoft-com:office:spreadsheet" in start:
        raise RefusalError("other_format", format="XML Spreadsheet 2003")
    if start.startswith(b"<") and any(
        tag in start for tag in (b"<html", b"<table", b"<!doctype html", b"<body")
    ):
        return "html"
    if start.startswith(b"<?xml") or b"<!entity" in start:
        raise RefusalError("other_format", format="XML")
    return "text"


def wide_text(head: bytes) -> str | None:
    """Return ``utf-16-le`` or ``utf-16-be`` where a file begins with Latin text of two bytes a letter and no mark."""
    for empty, name in ((1, "utf-16-le"), (0, "utf-16-be")):
        blank, letters = head[empty::2], head[1 - empty :: 2]
        if blank.count(0) > 0.9 * len(blank) > 3 and letters.isascii() and not letters.count(0):
            return name
    return None
