"""Looks through a zipped workbook before anything opens it: sizes, entities, passwords, how far its cells reach."""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from payung.rosters.cells import details, opendocument
from payung.rosters.cells.refusal import RefusalError

LISTS = (".xlsx", ".xls", ".xlsm", ".ods", ".csv", ".txt", ".docx")
MOST_PARTS = 20_000
LARGEST_TOTAL = 400 << 20  # bytes that one workbook may unfold to: some 400 000 rows of a wide list
# Parts that are read as a whole, here and where the corrected copy is written: what an honest program writes, tenfold.
LARGEST_PARTS = {
    "xl/workbook.xml": 4 << 20,
    "xl/styles.xml": 32 << 20,
    "[content_types].xml": 4 << 20,
    "meta-inf/manifest.xml": 4 << 20,
}
LARGEST_RELATIONS = 4 << 20
LARGEST_TEXTS = 128 << 20  # the texts that cells share
RATIO_FROM = 24 << 20  # small books may be packed as tightly as they like
MOST_RATIO = 120
MOST_CELLS = 4_000_000  # rows times columns of a sheet, unless it is well filled
EMPTIEST = 40  # at most so many cells of area for one cell with a value
LONG_TEXT = 250  # bytes; texts that many cells share are words and places, not pages
MOST_LONG_TEXT = 64 << 20  # bytes that cells may unfold to by sharing long texts, beyond their own size
LONGEST_TAG = 1 << 16
LONGEST_ROW = 8 << 20
CHUNK = 1 << 20

_ROW = re.compile(rb"<(?:\w+:)?row\b([^>]*)>")
_ROW_START = re.compile(rb"<(?:\w+:)?row\b")
_ROW_NUMBER = re.compile(rb'\br="(\d+)"')
_FAR = re.compile(rb'<(?:\w+:)?c r="([A-Z]{2,})(\d+)"')
_FILLED = re.compile(rb'<(?:\w+:)?c r="([A-Z]+)(\d+)"[^>]*>\s*<(?:\w+:)?(?:v|is|f)\b')
_FROM_1904 = re.compile(rb'<(?:\w+:)?workbookPr\b[^>]*\bdate1904="(?:1|true|on)"')
_SHARED_TEXT = re.compile(rb"<(?:\w+:)?si\b")
_SHARING = re.compile(rb'<(?:\w+:)?c\b[^>]*\bt="s"[^>]*>\s*<(?:\w+:)?v>(\d+)<')
_ODS_TABLE = b"<table:table "
_ODS_REPEAT = re.compile(rb'number-(rows|columns)-repeated="(\d+)"')


@dataclass(slots=True)
class Archive:
    """What the directory of the zip and a quick look at its sheets say.

    Fields
        kind: ``xlsx`` or ``ods``.
        unpacked: bytes of all parts together.
        hidden_rows: part name (of .ods: name of the sheet) -> rows from 0.
        macros, links: whether the book carries a macro project, or links to other books.
        from_1904: whether it counts days from 1 January 1904.
        cells: part name (of .ods: name of the sheet) -> what the reader of cells does not tell
            (:mod:`payung.rosters.cells.details`).
    """

    kind: str
    unpacked: int
    hidden_rows: dict[str, list[int]] = field(default_factory=dict)
    macros: bool = False
    links: bool = False
    from_1904: bool = False
    cells: dict[str, details.Details] = field(default_factory=dict)


def inspect(path: Path) -> Archive:
    """Return what is inside. Raises :class:`RefusalError` for bombs, entities, passwords and broken zips."""
    try:
        with zipfile.ZipFile(path) as book, path.open("rb") as file:
            return _inspect(book, file)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, ValueError):
        raise RefusalError("truncated") from None


def _inspect(book: zipfile.ZipFile, file: BinaryIO) -> Archive:
    parts = book.infolist()
    for part in parts:
        part.filename = part.filename.replace("\\", "/")  # some programs write the paths of their own system
    names = {part.filename for part in parts}
    if len(parts) > MOST_PARTS or len(names) < len(parts):
        raise RefusalError("bomb", megabytes=0)
    if any(part.flag_bits & 1 for part in parts):
        raise RefusalError("password")
    total = sum(part.file_size for part in parts)
    packed = max(1, sum(part.compress_size for part in parts))
    if total > LARGEST_TOTAL or (total > RATIO_FROM and total / packed > MOST_RATIO):
        raise RefusalError("bomb", megabytes=total >> 20)
    for part in parts:
        if part.file_size > _largest(part.filename.lower()):
            raise RefusalError("bomb", megabytes=part.file_size >> 20)
    if "content.xml" in names:
        kind = "ods"
    elif "word/document.xml" in names:
        kind = "docx"
    elif any(name.startswith("ppt/") for name in names):
        raise RefusalError("other_format", format="PowerPoint")
    elif any(name.startswith("xl/") for name in names):
        kind = "xlsx"
    elif any(name.lower().endswith(LISTS) for name in names):
        raise RefusalError("zip_of_files", files=sum(name.lower().endswith(LISTS) for name in names))
    else:
        raise RefusalError("other_format", format="ZIP")
    found = Archive(kind, total)
    found.macros = any(name.lower().endswith("vbaproject.bin") for name in names)
    found.links = any(name.startswith("xl/externalLinks/") for name in names)
    long = _long_texts(file, parts)
    struck = details.struck_styles(b"".join(_whole(file, parts, "xl/styles.xml")))
    struck_texts: frozenset[bytes] = frozenset()
    if any(b"<strike" in chunk for chunk in _whole(file, parts, "xl/sharedStrings.xml")):
        struck_texts = details.struck_texts(b"".join(_whole(file, parts, "xl/sharedStrings.xml")))
    for part in parts:
        name = part.filename
        if name.startswith("xl/worksheets/") and name.endswith(".xml"):
            found.hidden_rows[name], notable = _look_through_sheet(file, part)
            if notable or struck or struck_texts:
                found.cells[name] = details.look(_at_rows(_unpack(file, part)), struck, struck_texts)
            if long:
                _sharing_no_more(file, part, long)
        elif name == "content.xml":
            notable = _look_through_ods(file, part) or any(
                opendocument.NOTABLE.search(chunk) for chunk in _whole(file, parts, "styles.xml")
            )
            if kind == "ods" and _ods_password(book, names):
                raise RefusalError("password")
            if kind == "ods" and notable:
                _looks_of_ods(file, parts, part, found)
        elif name.endswith((".xml", ".rels")):
            for chunk in _unpack(file, part):
                _no_entities(chunk)
                if name == "xl/workbook.xml":
                    found.from_1904 = _FROM_1904.search(chunk) is not None
                break
    return found


def _largest(name: str) -> int:
    """Return the bytes that a part of this name may unfold to."""
    if name.endswith(".rels"):
        return LARGEST_RELATIONS
    return LARGEST_TEXTS if name == "xl/sharedstrings.xml" else LARGEST_PARTS.get(name, LARGEST_TOTAL)


def _unpack(file: BinaryIO, part: zipfile.ZipInfo) -> Iterator[bytes]:
    """Yield the bytes of a part; stop the book that unfolds to more than its directory says."""
    file.seek(part.header_offset)
    header = file.read(30)
    if header[:4] != b"PK\x03\x04":
        raise RefusalError("truncated")
    file.seek(int.from_bytes(header[26:28], "little") + int.from_bytes(header[28:30], "little"), 1)
    left, out = part.compress_size, 0
    inflate = zlib.decompressobj(-15) if part.compress_type == zipfile.ZIP_DEFLATED else None
    if inflate is None and part.compress_type != zipfile.ZIP_STORED:
        raise RefusalError("truncated")
    while left > 0:
        packed = file.read(min(left, CHUNK // 8))
        if not packed:
            raise RefusalError("truncated")
        left -= len(packed)
        while packed:
            data = inflate.decompress(packed, CHUNK) if inflate else packed
            packed = inflate.unconsumed_tail if inflate else b""
            out += len(data)
            if out > part.file_size:
                raise RefusalError("bomb", megabytes=out >> 20)
            if data:
                yield data
    if inflate and (not inflate.eof or out < part.file_size):
        raise RefusalError("truncated")


def _at_tags(chunks: Iterator[bytes]) -> Iterator[bytes]:
    """Yield the same bytes, cut before a tag wherever one begins near the end of a chunk."""
    rest = b""
    for chunk in chunks:
        whole = rest + chunk
        cut = whole.rfind(b"<", max(1, len(whole) - LONGEST_TAG))
        rest = whole[cut:] if cut > 0 else b""
        yield whole[:cut] if cut > 0 else whole
    if rest:
        yield rest


def _long_texts(file: BinaryIO, parts: list[zipfile.ZipInfo]) -> dict[int, int]:
    """Return number -> bytes of the long ones among the texts that cells share."""
    long: dict[int, int] = {}
    for part in parts:
        if part.filename.lower() != "xl/sharedstrings.xml" or part.file_size < LONG_TEXT:
            continue
        number, size = -1, 0
        for chunk in _at_tags(_unpack(file, part)):
            before = 0
            for match in _SHARED_TEXT.finditer(chunk):
                size += match.start() - before
                if size > LONG_TEXT:
                    long[number] = size
                number, size, before = number + 1, 0, match.start()
            size += len(chunk) - before
        if size > LONG_TEXT:
            long[number] = size
        long.pop(-1, None)
    return long


def _sharing_no_more(file: BinaryIO, part: zipfile.ZipInfo, long: dict[int, int]) -> None:
    """Refuse the sheet whose cells together unfold to far more than the texts that they share."""
    unfolded = -part.file_size - sum(long.values())  # what the book holds anyway
    for chunk in _at_tags(_unpack(file, part)):
        unfolded += sum(long.get(int(found), 0) for found in _SHARING.findall(chunk))
        if unfolded > MOST_LONG_TEXT:
            raise RefusalError("bomb", megabytes=(unfolded + part.file_size) >> 20)


def _no_entities(chunk: bytes) -> None:
    if b"<!DOCTYPE" in chunk or b"<!ENTITY" in chunk:
        raise RefusalError("entities")


def _whole(file: BinaryIO, parts: list[zipfile.ZipInfo], name: str) -> Iterator[bytes]:
    """Yield the bytes of the part of that name, cut before a tag; nothing where there is none."""
    found = next((part for part in parts if part.filename.lower() == name.lower()), None)
    return _at_tags(_unpack(file, found)) if found else iter(())


def _at_rows(chunks: Iterator[bytes]) -> Iterator[bytes]:
    """Yield the same bytes, cut behind the end of a row wherever there is one."""
    rest = b""
    for chunk in chunks:
        whole = rest + chunk
        cut = whole.rfind(b"</row>") + 6
        if cut < 6 and len(whole) < LONGEST_ROW:
            rest = whole
            continue
        rest = whole[cut:] if cut >= 6 else b""
        yield whole[:cut] if cut >= 6 else whole
    if rest:
        yield rest


def _look_through_sheet(file: BinaryIO, part: zipfile.ZipInfo) -> tuple[list[int], bool]:
    """Return the hidden rows of a sheet, and whether it holds errors, formulas or struck text.

    Raises where a few cells span an area that no memory can hold.
    """
    hidden: list[int] = []
    notable = False
    rows = filled = 0
    last_row = widest = 0
    for chunk in _at_tags(_unpack(file, part)):
        if rows == 0:
            _no_entities(chunk)
        notable = notable or any(sign in chunk for sign in details.SIGNS)
        filled += chunk.count(b"<v>") + chunk.count(b"<is>")
        if b"hidden=" in chunk:
            for at, match in enumerate(_ROW.finditer(chunk), rows + 1):
                found = _ROW_NUMBER.search(match[1])
                if b'hidden="1"' in match[1] or b'hidden="true"' in match[1]:
                    hidden.append((int(found[1]) if found else at) - 1)
        rows += len(_ROW_START.findall(chunk))
        tail = chunk.rfind(b"<row ")
        number = _ROW_NUMBER.search(chunk, tail, tail + 200) if tail >= 0 else None
        last_row = max(last_row, int(number[1]) if number else rows)
        for letters in {match[1] for match in _FAR.finditer(chunk)}:
            widest = max(widest, column_number(letters))
    area = last_row * max(widest, 26)
    if area > MOST_CELLS and area > EMPTIEST * filled:
        _measure(file, part, filled)
    return hidden, notable


def _measure(file: BinaryIO, part: zipfile.ZipInfo, filled: int) -> None:
    """Refuse the sheet whose cells with a value span far more area than they fill."""
    tall = wide = 0
    rest = b""
    for chunk in _unpack(file, part):
        chunk = rest + chunk
        rest = chunk[-256:]
        for match in _FILLED.finditer(chunk):
            wide = max(wide, column_number(match[1]))
            tall = max(tall, int(match[2]))
    if tall * wide > MOST_CELLS and tall * wide > EMPTIEST * filled:
        raise RefusalError("too_wide", rows=tall, columns=wide)


def _looks_of_ods(
    file: BinaryIO, parts: list[zipfile.ZipInfo], content: zipfile.ZipInfo, found: Archive
) -> None:
    """Tell the archive which rows of the sheets are hidden and which cells crossed out."""
    own = b""
    for chunk in _unpack(file, content):
        own += chunk
        if _ODS_TABLE in own:
            break
    common = b"".join(_whole(file, parts, "styles.xml"))
    struck = opendocument.struck_styles(own.partition(_ODS_TABLE)[0], common)
    for name, (hidden, cells) in opendocument.look(_unpack(file, content), struck).items():
        found.hidden_rows[name], found.cells[name] = hidden, cells


def _look_through_ods(file: BinaryIO, part: zipfile.ZipInfo) -> bool:
    """Return whether rows are hidden or text crossed out, or may be by a style of the book.

    Refuses entities, and cells with a value that repeat over an area that no memory can hold.
    """
    rest = b""
    first, notable = True, False
    for chunk in _unpack(file, part):
        if first:
            _no_entities(chunk)
            first = False
        chunk = rest + chunk
        rest = chunk[-4096:]
        notable = notable or opendocument.NOTABLE.search(chunk) is not None
        for match in _ODS_REPEAT.finditer(chunk):
            if int(match[2]) < 2000:
                continue
            behind = chunk[match.end() : match.end() + 4096]
            value = behind.find(b"office:value")
            text = behind.find(b"<text:")
            close = behind.find(b"</table:table-row>" if match[1] == b"rows" else b"<table:table-")
            inside = [at for at in (value, text) if at >= 0]
            if inside and (close < 0 or min(inside) < close):
                raise RefusalError("too_wide", rows=int(match[2]), columns=1)
    return notable


def _ods_password(book: zipfile.ZipFile, names: set[str]) -> bool:
    if "META-INF/manifest.xml" not in names:
        return False
    with book.open("META-INF/manifest.xml") as file:
        return b"encryption-data" in file.read(1 << 20)


def column_number(letters: bytes) -> int:
    """Return 1 for ``A``, 27 for ``AA``."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
