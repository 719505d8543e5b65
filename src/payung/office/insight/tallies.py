"""The figures of people where there are too many to count for a page: counted by a job, of a known moment.

A snapshot of today: the cells of the whole office, one row that the next count replaces. What somebody sees of them
follows from the cells, as of a snapshot. The worker looks every few seconds whether there was a deed since, and rests
after each count ten times as long as it took (:mod:`payung.office.insight.work`). Lists behind the numbers are those of
now: the page says of when it is.
"""

from __future__ import annotations

import base64
import datetime as dt
import json
import zlib
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils import timezone

from payung.office.access.facts import once
from payung.office.insight import kept
from payung.office.insight.counted import Cell, Counted
from payung.office.insight.figures import FIGURES
from payung.office.insight.models import Tally


@dataclass(frozen=True, slots=True)
class Moment:
    """Of when a tally is: the day, the end of the history, and the time."""

    on: dt.date
    number: int
    chain: str
    at: dt.datetime
    took: int  # milliseconds


@once
def newest() -> Moment | None:
    """Return of when the tally is; ``None`` where there is none: then a page counts."""
    row = Tally.objects.values_list("on", "number", "chain", "at", "took").first()
    return Moment(*row) if row else None


def moment(on: dt.date) -> Moment | None:
    """Return of when the figures of the day ``on`` are, where they come from the tally: those of today, and of nobody
    who is about to write."""
    return newest() if on == timezone.localdate() and not kept.writing() else None


def cells() -> Mapping[str, tuple[Cell, ...]]:
    """Return the cells of every figure of the tally."""
    packed = Tally.objects.values_list("cells", flat=True).first() or ""
    lines = json.loads(zlib.decompress(base64.b64decode(packed))) if packed else {}
    return {
        code: tuple(Cell(place, tuple(keys), number, many) for place, keys, number, many in lines[code])
        for code in lines
        if code in FIGURES
    }


def packed(counted: Mapping[str, Counted]) -> str:
    """Return the cells of figures as the tally keeps them."""
    told = {
        code: [(cell.place, cell.keys, cell.number, cell.many) for cell in one.cells]
        for code, one in counted.items()
    }
    return base64.b64encode(zlib.compress(json.dumps(told, separators=(",", ":")).encode())).decode()
