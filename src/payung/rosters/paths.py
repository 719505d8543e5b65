"""Headings of survey programs, which name the group of a question: ``anggota/jk``, ``anggota/pekerjaan/petani``.

Other programs write ``anggota.jk`` or ``anggota:jk``.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import Final

CHOICE: Final = "\x1fpilihan"  # ends the heading of a column that is one choice of a question
LEAST = 2  # headings that share a group
_PATH = re.compile(r"[A-Za-z_][\w-]*(?:/[\w-]+)+")
_OTHER_PATH = re.compile(r"[A-Za-z_]\w*(?:([.:])\w+)(?:\1\w+)*")

Heading = tuple[int, str, str]  # column number, cell, heading


def as_groups(headings: Sequence[Heading]) -> list[Heading]:
    """Return the headings with paths written as a group over a heading (``anggota / jk``).

    A word before a stroke is a group where it stands before several headings ("L/P" and "RT/RW" are none). A column
    that is one choice of another column's question ends in :data:`CHOICE`.
    """
    headings = [(at, cell, _with_strokes(text)) for at, cell, text in headings]
    texts = [text.strip() for _, _, text in headings]
    found = [text for text in texts if _PATH.fullmatch(text)]
    groups = Counter(text.split("/")[0] for text in found)
    signed = sum(text.startswith(("_", "meta/")) for text in texts)  # "_index", "_uuid": the program's own
    known = {group for group, many in groups.items() if many >= LEAST or signed >= LEAST}
    whole = set(texts)
    mended = []
    for at, cell, heading in headings:
        text = heading.strip()
        if text in found and text.split("/")[0] in known:
            text = text.replace("/", " / ")
            if heading.strip().rsplit("/", 1)[0] in whole:
                text += CHOICE
            mended.append((at, cell, text))
        else:
            mended.append((at, cell, heading))
    return mended


def _with_strokes(heading: str) -> str:
    """Return a path of points or colons with strokes; small letters only: "Tgl.Lahir" and "No.KK" are short forms."""
    path = _OTHER_PATH.fullmatch(heading.strip())
    return heading.strip().replace(path[1], "/") if path and heading.islower() else heading
