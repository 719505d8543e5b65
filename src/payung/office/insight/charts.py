"""Drawings of numbers: where each bar and label stands. The templates write them as SVG with a table beside."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

HEIGHT, BOTTOM, TOP, LEFT = 200, 26, 18, 4
STEP = 50  # pixels of a bar with its gap


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: where it stands, what is written below and above, and where it leads."""

    x: int
    y: int
    width: int
    height: int
    label: str
    value: int | None  # None: not told
    url: str = ""

    @property
    def middle(self) -> int:
        """Where its labels are centred."""
        return self.x + self.width // 2

    @property
    def above(self) -> int:
        """Where the number stands."""
        return self.y - 5


@dataclass(frozen=True, slots=True)
class Bars:
    """A chart of bars; ``width`` and ``height`` are those of its drawing."""

    width: int
    height: int
    bars: tuple[Bar, ...]

    @property
    def base(self) -> int:
        """Where the bars stand."""
        return self.height - BOTTOM

    @property
    def foot(self) -> int:
        """Where the labels below stand."""
        return self.height - 8


def bars(values: Sequence[tuple[str, int | None, str]]) -> Bars:
    """Return the chart of ``values``: label, number, address; the highest fills the height."""
    most = max((number or 0 for _, number, _ in values), default=0) or 1
    room = HEIGHT - BOTTOM - TOP
    found = []
    for place, (label, number, url) in enumerate(values):
        high = max(number * room // most, 1) if number else 0
        found.append(Bar(LEFT + place * STEP, HEIGHT - BOTTOM - high, STEP - 10, high, label, number, url))
    return Bars(2 * LEFT + STEP * max(len(values), 1), HEIGHT, tuple(found))


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a stacked bar: from where, how wide (thousandths of the whole), its tone and words."""

    x: int
    width: int
    tone: str
    label: str
    value: int


def stacked(parts: Sequence[tuple[str, int, str]], shares: Sequence[int]) -> list[Piece]:
    """Return the pieces of one bar of 1000 for ``parts`` (label, number, tone) by their shares in thousandths."""
    found, x = [], 0
    for (label, number, tone), share in zip(parts, shares, strict=True):
        found.append(Piece(x, share, tone, label, number))
        x += share
    return found


def widths(numbers: Sequence[int]) -> list[int]:
    """Return how wide the bar of each number is, in hundredths of the widest."""
    most = max(numbers, default=0) or 1
    return [max(number * 100 // most, 1) if number > 0 else 0 for number in numbers]
