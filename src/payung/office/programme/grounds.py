"""What a decree names under "Mengingat": dated instruments of ``data/grounds.yaml``, a proposal for the lawyers."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import yaml

from payung.codes import Source


@dataclass(frozen=True, slots=True)
class Ground:
    """One instrument.

    Fields
        cite: as a decree names it. first, last: days on which it counts (``None``: still). sources: whose money it is
        about, empty for all. mark: ``confirmed`` by two sources, or ``periksa``: to be checked.
    """

    cite: str
    first: dt.date
    last: dt.date | None
    sources: frozenset[Source]
    mark: str


@cache
def _all() -> tuple[Ground, ...]:
    text = files("payung.office.programme").joinpath("data/grounds.yaml").read_text("utf-8")
    return tuple(
        Ground(
            " ".join(one["cite"].split()),
            one["from"],
            one.get("until"),
            frozenset(Source.read(code) for code in one.get("sources", ())),
            one["mark"],
        )
        for one in yaml.safe_load(text)
    )


def grounds(source: Source, on: dt.date) -> list[Ground]:
    """Return what a decree about money of ``source`` names on a day, in the order of the file."""
    return [
        one
        for one in _all()
        if one.first <= on
        and (one.last is None or on <= one.last)
        and (not one.sources or source in one.sources)
    ]
