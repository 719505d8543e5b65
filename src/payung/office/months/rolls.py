"""Whom each posting was for, packed: its people and their places, a month and segment at a time, in columns.

About two bytes a person-month beside the rows, and derived from them (:func:`.proofs.rolls` compares). They answer what
rows cannot answer fast: how *everybody* stood on any day, as the office knew it on any other (:mod:`.knowledge`).
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence

import numpy as np
from django.db.backends.utils import CursorWrapper
from numpy.typing import NDArray

Keys = NDArray[np.int32]


class Roll:
    """The rows of one posting, gathered in order of their key."""

    def __init__(self) -> None:
        self._blocks: list[Keys] = []

    def add(
        self, month: Sequence[int], segment: Sequence[int], person: Sequence[int], place: Sequence[int]
    ) -> None:
        """Add rows, in order."""
        self._blocks.append(np.array([month, segment, person, place], dtype=np.int32))

    def write(self, cursor: CursorWrapper, number: int) -> list[int]:
        """Write what was gathered as that of the posting ``number``, in a statement; return its months, rising."""
        if not self._blocks:
            return []
        rows = np.concatenate(self._blocks, axis=1)
        bounds = np.flatnonzero(np.any(np.diff(rows[:2], axis=1) != 0, axis=0)) + 1
        cursor.executemany(
            "INSERT INTO months_roll (posting, people, month, segment, packed) VALUES (%s, %s, %s, %s, %s)",
            [
                (number, part.shape[1], int(part[0, 0]), int(part[1, 0]), pack(part[2], part[3]))
                for part in np.split(rows, bounds, axis=1)
            ],
        )
        return [int(month) for month in np.unique(rows[0])]


def pack(people: Keys, places: Keys) -> bytes:
    """Return the keys of people, rising, and of their places as bytes; see :func:`unpack`."""
    steps = np.diff(people, prepend=np.int32(0))
    planes = np.concatenate([steps, places]).astype("<i4").view(np.uint8).reshape(-1, 4).T
    return zlib.compress(np.ascontiguousarray(planes).tobytes(), 1)


def unpack(packed: bytes) -> tuple[Keys, Keys]:
    """Return people and places of :func:`pack`."""
    planes = np.frombuffer(zlib.decompress(packed), dtype=np.uint8).reshape(4, -1)
    found = np.ascontiguousarray(planes.T).view("<i4").ravel().astype(np.int32, copy=False)
    half = len(found) // 2
    return np.cumsum(found[:half], dtype=np.int32), found[half:]
