"""Deaths to expect among people who were covered, and what those that were reported come to. Values in, values out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import numpy as np

from payung.office.mortality.states import Standing
from payung.planning.intervals import poisson_range
from payung.planning.risks import MICRO, SCENARIOS, Risks, Scenario


@dataclass(frozen=True, slots=True)
class Exposed:
    """People alike, over the months that were paid for them.

    Fields
        key: of the part that they count in. sex: ``L``, ``P`` or empty. age: in years, in the middle of their months;
        ``None`` where no birth date is known. people: how many; months: person-months of all of them.
    """

    key: str
    sex: str
    age: int | None
    people: int
    months: int


@dataclass(frozen=True, slots=True)
class Part:
    """A village, a category, or all.

    Fields
        key: its code. people, months: who was covered, and for how many person-months. unaged: person-months of
        people without a birth date, of whom nothing is expected. expected: deaths in millionths by scenario.
        reported: deaths of these people with a case.
    """

    key: str
    people: int = 0
    months: int = 0
    unaged: int = 0
    expected: Mapping[Scenario, int] = field(default_factory=dict)
    reported: int = 0

    @property
    def middle(self) -> int:
        """Deaths to expect, in tenths, rounded half up."""
        return (self.expected.get("middle", 0) * 10 * 2 + MICRO) // (2 * MICRO)

    @property
    def range(self) -> tuple[int, int]:
        """The fewest and the most deaths that chance allows in 95 cases in 100, by the lowest and the highest table."""
        low, high = (self.expected.get(name, 0) / MICRO for name in ("low", "high"))
        return poisson_range(low)[0], poisson_range(high)[1]

    @property
    def standing(self) -> Standing:
        """What the reported deaths come to. Where no death at all would be no surprise, too few is not to be told."""
        low, high = self.range
        if self.reported > high:
            return Standing.ABOVE
        if low == 0:
            return Standing.FEW
        return Standing.BELOW if self.reported < low else Standing.WITHIN


def parts(exposed: Iterable[Exposed], reported: Mapping[str, int], risks: Risks) -> dict[str, Part]:
    """Return every part by its key: exposure, deaths to expect by ``risks``, and those ``reported``."""
    people: dict[str, list[int]] = {}
    expected: dict[str, dict[Scenario, int]] = {}
    for row in exposed:
        counts = people.setdefault(row.key, [0, 0, 0])
        sums = expected.setdefault(row.key, dict.fromkeys(SCENARIOS, 0))
        counts[0] += row.people
        counts[1] += row.months
        if row.age is None:
            counts[2] += row.months
            continue
        for scenario in SCENARIOS:
            monthly = risks.deaths(row.sex, np.array([row.age], dtype=np.int64), scenario)
            sums[scenario] += int(monthly[0]) * row.months
    keys = sorted(people.keys() | {key for key, many in reported.items() if many})
    found = {}
    for key in keys:
        many, months_, unaged = people.get(key, [0, 0, 0])
        found[key] = Part(key, many, months_, unaged, expected.get(key, {}), reported.get(key, 0))
    return found


def together(found: Iterable[Part], key: str = "") -> Part:
    """Return all of ``found`` as one part."""
    rows = list(found)
    expected: dict[Scenario, int] = {
        scenario: sum(row.expected.get(scenario, 0) for row in rows) for scenario in SCENARIOS
    }
    return Part(
        key,
        sum(row.people for row in rows),
        sum(row.months for row in rows),
        sum(row.unaged for row in rows),
        expected,
        sum(row.reported for row in rows),
    )


@dataclass(frozen=True, slots=True)
class Mark:
    """One line of the drawing: from where to where chance leads, what is expected, what was reported; in pixels."""

    label: str
    y: int
    low: int
    high: int
    middle: int
    dot: int
    standing: Standing


@dataclass(frozen=True, slots=True)
class Drawing:
    """The drawing of ranges: as wide as its greatest number, one line a part."""

    width: int
    height: int
    left: int
    most: int
    marks: tuple[Mark, ...]


LEFT, RIGHT, LINE = 150, 20, 26


def drawing(rows: Iterable[tuple[str, Part]], width: int = 640) -> Drawing:
    """Return where each part stands in a drawing ``width`` pixels wide; ``rows`` are name and part."""
    known = list(rows)
    most = max((max(part.range[1], part.reported) for _, part in known), default=0) or 1
    room = width - LEFT - RIGHT

    def at(tenths: int) -> int:
        return LEFT + tenths * room // (most * 10)

    marks = tuple(
        Mark(
            name,
            LINE * place + LINE // 2,
            at(part.range[0] * 10),
            at(part.range[1] * 10),
            at(part.middle),
            at(part.reported * 10),
            part.standing,
        )
        for place, (name, part) in enumerate(known)
    )
    return Drawing(width, LINE * max(len(known), 1) + 18, LEFT, most, marks)
