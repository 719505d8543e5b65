"""Invented letters."""

from __future__ import annotations

import datetime as dt
import struct
import zlib
from typing import Any

from officeworld import VILLAGE

from payung.office.letters import actions
from payung.office.letters.models import Letter, Order

ON = dt.date(2026, 11, 20)


def count_values(**values: Any) -> dict[str, Any]:
    """Return what the inventory of a village says."""
    given: dict[str, Any] = {
        "village": "Pulau Telo",
        "month": "2026-11",
        "rows": {
            "headings": ["Kategori", "Ada", "Terlindungi", "Belum"],
            "rows": [["Ketua RT", "8", "6", "2"]],
        },
        "total": 8,
        "open": 2,
        "note": "",
    }
    return {**given, **values}


def order_of(village: str = VILLAGE, on: dt.date = ON, **values: Any) -> Order:
    """Ask for the inventory of a village."""
    return actions.issue(
        by="operator",
        kind="village_count",
        subject=f"village:{village}",
        values=count_values(**values),
        on=on,
        region_code=village,
        about="Pulau Telo",
    )


def letter_of(village: str = VILLAGE, on: dt.date = ON, **values: Any) -> Letter:
    """Issue the inventory of a village."""
    made = actions.make(order=order_of(village, on, **values))
    assert made is not None
    return made


def darkness(picture: bytes) -> list[int]:
    """Return how many dark points each tenth of a page has, from the top; ``picture`` is a PNG of 8-bit RGBA."""
    width, height = struct.unpack(">II", picture[16:24])
    assert picture[24:26] == b"\x08\x06", "8-bit RGBA"
    data, at = b"", 8
    while at < len(picture):
        (length,) = struct.unpack(">I", picture[at : at + 4])
        if picture[at + 4 : at + 8] == b"IDAT":
            data += picture[at + 8 : at + 8 + length]
        at += length + 12
    raw, stride = zlib.decompress(data), width * 4
    before, tenths = bytearray(stride), [0] * 10
    for row in range(height):
        start = row * (stride + 1)
        line = _unfiltered(raw[start], bytearray(raw[start + 1 : start + 1 + stride]), before)
        tenths[row * 10 // height] += sum(
            line[point] < 190 < line[point + 3] for point in range(0, stride, 4)
        )
        before = line
    return tenths


def _unfiltered(kind: int, line: bytearray, above: bytearray) -> bytearray:
    for at in range(len(line)):
        left = line[at - 4] if at >= 4 else 0
        corner = above[at - 4] if at >= 4 else 0
        up = above[at]
        guess = left + up - corner
        nearest = min((abs(guess - one), order, one) for order, one in enumerate((left, up, corner)))[2]
        line[at] = (line[at] + (0, left, up, (left + up) // 2, nearest)[kind]) & 255
    return line
