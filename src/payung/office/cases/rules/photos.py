"""What a photo says beside its picture: where and when it was taken, with which phone. None of it is kept.

A JPEG or PNG is walked part by part; what is no part of the picture is left out, and how to turn it (orientation) is
written anew by itself. The picture is not touched: nothing is decoded here, so its width and height cost nothing. Of a
PDF goes what follows its end (another file may hang there). Values in, values out.
"""

from __future__ import annotations

import re
import struct
import zlib

EOI, SOS, EXIF, JFIF, ADOBE = 0xD9, 0xDA, 0xE1, 0xE0, 0xEE
# Parts of a JPEG that make the picture: frames, tables, scans, restarts.
PICTURE = frozenset({*range(0xC0, 0xC8), *range(0xC9, 0xD0), *range(0xDA, 0xE0)})
# Parts that its colours need, and how they begin: JFIF, colour profile, Adobe's transform. All others go.
KEPT = {JFIF: b"JFIF\0", 0xE2: b"ICC_PROFILE\0", ADOBE: b"Adobe"}
# Parts of a PNG that make the picture, and how long each is at most; all others (eXIf, tEXt, iTXt, tIME, …) go.
CHUNKS = {
    b"IHDR": 13,
    b"PLTE": 768,
    b"IDAT": 2**31,
    b"IEND": 0,
    b"tRNS": 256,
    b"gAMA": 4,
    b"cHRM": 32,
    b"sRGB": 1,
    b"iCCP": 2**20,
    b"pHYs": 9,
    b"sBIT": 4,
}
MOST_PARTS = 20_000  # of one photo; a camera writes some hundreds
_FILL = re.compile(rb"\xff+")
_MARKER = re.compile(rb"\xff[^\x00\xff\xd0-\xd7]")  # one that ends a scan
_PDF_END = re.compile(rb"%%EOF\r?\n?")
PNG = b"\x89PNG\r\n\x1a\n"
ORIENTATION = 0x0112


class BrokenError(ValueError):
    """The file is cut off, or is no picture of its kind."""


def cleaned(kind: str, content: bytes) -> bytes:
    """Return a photo of ``kind`` (``jpg``, ``png``) without what it says beside its picture, a ``pdf`` to its end.

    What was cleaned before stays as it is, byte for byte. Raises :class:`BrokenError`.
    """
    return {"jpg": _jpeg, "png": _png, "pdf": _pdf}[kind](content)


def _jpeg(content: bytes) -> bytes:
    parts, at, orientation, pictures = [b"\xff\xd8"], 2, 1, 0
    for _ in range(MOST_PARTS):
        fill = _FILL.match(content, at)
        if fill is None:
            raise BrokenError("no marker")
        at = fill.end() - 1  # fill bytes go
        marker = _byte(content, at + 1)
        if marker == EOI:
            break  # whatever follows (a second picture, a film) goes
        length = int.from_bytes(content[at + 2 : at + 4], "big")
        end = at + 2 + length
        if length < 2 or end > len(content):
            raise BrokenError("cut off")
        data = content[at + 4 : end]
        if marker == EXIF and data.startswith(b"Exif\0\0"):
            orientation = _orientation(data[6:]) or orientation
        elif marker in PICTURE or (marker in KEPT and data.startswith(KEPT[marker])):
            parts.append(_segment(marker, _needed(marker, data)))
        at = end
        if marker == SOS:
            pictures += 1
            following = _MARKER.search(content, at)
            if following is None:
                raise BrokenError("cut off")
            parts.append(content[at : following.start()])
            at = following.start()
    else:
        raise BrokenError("too many parts")
    if not pictures:
        raise BrokenError("no picture")
    if orientation != 1:
        parts.insert(1, _turned(orientation))
    return b"".join((*parts, b"\xff\xd9"))


def _needed(marker: int, data: bytes) -> bytes:
    """Return of a part what its colours need: no small picture within JFIF, nothing behind Adobe's transform."""
    if marker == JFIF:
        return data[:12].ljust(12, b"\0") + b"\0\0"
    return data[:12] if marker == ADOBE else data


def _segment(marker: int, data: bytes) -> bytes:
    return bytes((0xFF, marker)) + struct.pack(">H", len(data) + 2) + data


def _pdf(content: bytes) -> bytes:
    ends = list(_PDF_END.finditer(content))
    if not ends:
        raise BrokenError("cut off")
    return content[: ends[-1].end()]


def _orientation(tiff: bytes) -> int:
    """Return how the picture is to be turned (1 to 8), 0 where it is not said."""
    order = {b"II": "<", b"MM": ">"}.get(tiff[:2])
    if order is None or len(tiff) < 8:
        return 0
    (start,) = struct.unpack(order + "I", tiff[4:8])
    if start + 2 > len(tiff):
        return 0
    (many,) = struct.unpack(order + "H", tiff[start : start + 2])
    for place in range(min(many, 200)):
        entry = tiff[start + 2 + place * 12 : start + 14 + place * 12]
        if len(entry) < 12:
            return 0
        tag, _, _, value = struct.unpack(order + "HHIH2x", entry)
        if tag == ORIENTATION:
            return int(value) if 1 <= value <= 8 else 0
    return 0


def _turned(orientation: int) -> bytes:
    """Return the part of a JPEG that says how to turn it, and nothing else."""
    tiff = b"MM\0*" + struct.pack(">IHHHIHHI", 8, 1, ORIENTATION, 3, 1, orientation, 0, 0)
    return _segment(EXIF, b"Exif\0\0" + tiff)


def _png(content: bytes) -> bytes:
    parts, at, pictures = [PNG], len(PNG), 0
    for _ in range(MOST_PARTS):
        head = content[at : at + 8]
        if len(head) < 8:
            raise BrokenError("cut off")
        length, name = struct.unpack(">I4s", head)
        end = at + 12 + length
        if end > len(content):
            raise BrokenError("cut off")
        if zlib.crc32(content[at + 4 : end - 4]) != int.from_bytes(content[end - 4 : end], "big"):
            raise BrokenError("damaged")
        pictures += name == b"IDAT"
        if length <= CHUNKS.get(name, -1):
            parts.append(content[at:end])
        at = end
        if name == b"IEND":
            break
    else:
        raise BrokenError("too many parts")
    if not pictures:
        raise BrokenError("no picture")
    return b"".join(parts)


def _byte(content: bytes, at: int) -> int:
    if at >= len(content):
        raise BrokenError("cut off")
    return content[at]
