"""What a photo says beside its picture: where and when it was taken, with which phone. None of it is kept.

A JPEG or PNG is walked part by part; what is no part of the picture is left out, and how to turn it (orientation) is
written anew by itself. The picture is not touched: nothing is decoded here. Values in, values out.
"""

from __future__ import annotations

import struct
import zlib

SOI, EOI, SOS, COM = 0xD8, 0xD9, 0xDA, 0xFE
ALONE = frozenset({0x01, *range(0xD0, 0xD8)})  # markers without a length
# Parts of a JPEG that its colours need: JFIF, colour profile, Adobe's transform.
KEPT = {0xE0: b"JFIF\0", 0xE2: b"ICC_PROFILE\0", 0xEE: b"Adobe"}
# Parts of a PNG that make the picture; all others (eXIf, tEXt, iTXt, tIME, …) go.
CHUNKS = frozenset(
    {b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"pHYs", b"sBIT"}
)
PNG = b"\x89PNG\r\n\x1a\n"
ORIENTATION = 0x0112


class BrokenError(ValueError):
    """The file is cut off, or is no picture of its kind."""


def cleaned(kind: str, content: bytes) -> bytes:
    """Return a photo of ``kind`` (``jpg``, ``png``) without what it says beside its picture; a PDF as it is.

    What was cleaned before stays as it is, byte for byte. Raises :class:`BrokenError`.
    """
    if kind == "jpg":
        return _jpeg(content)
    return _png(content) if kind == "png" else content


def _jpeg(content: bytes) -> bytes:
    parts, at, orientation, pictures = [b"\xff\xd8"], 2, 1, 0
    while True:
        if content[at : at + 1] != b"\xff":
            raise BrokenError("no marker")
        while content[at + 1 : at + 2] == b"\xff":  # fill bytes
            at += 1
        marker = _byte(content, at + 1)
        if marker == EOI:
            break  # whatever follows (a second picture, a film) goes
        if marker in ALONE:
            parts.append(content[at : at + 2])
            at += 2
            continue
        length = int.from_bytes(content[at + 2 : at + 4], "big")
        end = at + 2 + length
        if length < 2 or end > len(content):
            raise BrokenError("cut off")
        part, data = content[at:end], content[at + 4 : end]
        if marker == 0xE1 and data.startswith(b"Exif\0\0"):
            orientation = _orientation(data[6:]) or orientation
        elif (marker not in KEPT or data.startswith(KEPT[marker])) and not (
            marker == COM or (0xE0 <= marker <= 0xEF and marker not in KEPT)
        ):
            parts.append(part)
        at = end
        if marker == SOS:
            pictures += 1
            end = _scan(content, at)
            parts.append(content[at:end])
            at = end
    if not pictures:
        raise BrokenError("no picture")
    if orientation != 1:
        parts.insert(1, _turned(orientation))
    return b"".join((*parts, b"\xff\xd9"))


def _scan(content: bytes, at: int) -> int:
    """Return where the picture's own bytes end: at the next marker that is none of theirs."""
    while True:
        at = content.find(b"\xff", at)
        if at < 0:
            raise BrokenError("cut off")
        following = _byte(content, at + 1)
        if following != 0 and following != 0xFF and not 0xD0 <= following <= 0xD7:
            return at
        at += 1 if following == 0xFF else 2


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
    data = b"Exif\0\0" + tiff
    return b"\xff\xe1" + struct.pack(">H", len(data) + 2) + data


def _png(content: bytes) -> bytes:
    parts, at, pictures = [PNG], len(PNG), 0
    while True:
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
        if name in CHUNKS:
            parts.append(content[at:end])
        at = end
        if name == b"IEND":
            break
    if not pictures:
        raise BrokenError("no picture")
    return b"".join(parts)


def _byte(content: bytes, at: int) -> int:
    if at >= len(content):
        raise BrokenError("cut off")
    return content[at]
