"""Targets of universal coverage (UCJ): published ones and the office's own, and what is missing to each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from payung.law.parameter import MARKS, Mark
from payung.office.insight import rules
from payung.office.insight.models import Target
from payung.office.regions.models import Region
from payung.text import Text

NATION = Text("Nasional", "National")
PROVINCE = Text("Provinsi", "Province")
NOT_SAID = Text("tidak disebut dalam sumbernya", "not said by its source")


@dataclass(frozen=True, slots=True)
class Aim:
    """A target: ``share`` in hundredths of a percent that should be covered by the end of ``year``.

    Fields
        name: whose target. source: the paper that sets it. definition: of whom it is a share. mark: how sure that is,
        ``None`` where this office entered it. missing: how many more people must be covered to reach it among those of
        the chosen denominator; ``None`` where that is not known.
    """

    name: Text
    year: int
    share: int
    source: Text
    definition: Text
    mark: Text | None
    missing: int | None


def aims(regions: Sequence[Region], covered: int | None, whole: int | None) -> list[Aim]:
    """Return the targets of the nation, of the provinces and of the districts ``regions``, by year, the widest first.

    What these districts entered counts before what was published, and of that the last. ``covered`` and ``whole`` are
    people, ``None`` where they are not told.
    """
    named = {"": NATION, **{one.code[:2]: PROVINCE for one in regions}}
    named |= {one.code: Text(one.name, one.name) for one in regions}
    found: dict[tuple[int, str], tuple[int, Text, Text, Text | None]] = {}
    for row in _published():
        mark: Mark = row["mark"]
        found[row["year"], row["place"]] = (row["share"], Text(**row["source"]), NOT_SAID, MARKS[mark])
    for own in Target.objects.filter(district__in=[one.code for one in regions]).order_by("pk"):
        written = Text(own.source, own.source), Text(own.definition, own.definition)
        found[own.year, own.place] = (own.share, *written, None)
    return [
        Aim(
            named[place],
            year,
            share,
            source,
            definition,
            sure,
            None if covered is None or not whole else rules.short_of(covered, whole, share),
        )
        for (year, place), (share, source, definition, sure) in sorted(found.items())
        if place in named
    ]


@cache
def _published() -> list[dict[str, Any]]:
    text = files("payung.office.insight").joinpath("data/targets.yaml").read_text(encoding="utf-8")
    found: list[dict[str, Any]] = yaml.safe_load(text)
    return found
