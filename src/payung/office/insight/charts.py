"""Drawings of numbers: where each bar and label stands. The templates write them as SVG with a table beside."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

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


@dataclass(frozen=True, slots=True)
class Band:
    """A line with a band around it over months; coordinates are those of its drawing.

    Fields
        area: outline of the band. line: the middle. others: further lines, dashed. ticks: below: x and label.
        levels: at the left: y and number. ends: x, y of the last point of the middle.
    """

    width: int
    height: int
    area: str
    line: str
    others: tuple[str, ...]
    ticks: tuple[tuple[int, str], ...]
    levels: tuple[tuple[int, int], ...]
    ends: tuple[int, int]


WIDE, TALL, MARGIN = 640, 240, 44
STEPS = (1, 2, 5)  # of a scale, times a power of ten
UNIT = 100  # values of a band are hundredths


def band(
    labels: Sequence[str],
    *,
    middle: Sequence[int],
    low: Sequence[int],
    high: Sequence[int],
    others: Sequence[Sequence[int]] = (),
) -> Band:
    """Return the drawing of a line with its band over months ``labels`` (``YYYY-MM``); values in hundredths, from 0.

    The scale is marked at four whole numbers at most; each January has a label, and the first month.
    """
    most = max(UNIT, *high, *(max(one) for one in others))
    step = _step(most)
    top = -(-most // step) * step
    right, room = WIDE - 12, TALL - BOTTOM - TOP
    across = max(len(labels) - 1, 1)

    def x(at: int) -> int:
        return MARGIN + at * (right - MARGIN) // across

    def y(value: int) -> int:
        return TALL - BOTTOM - value * room // top

    def path(values: Sequence[int]) -> str:
        return " ".join(f"{x(at)},{y(value)}" for at, value in enumerate(values))

    back = " ".join(f"{x(at)},{y(low[at])}" for at in reversed(range(len(low))))
    ticks = [(x(at), label) for at, label in enumerate(labels) if at == 0 or label.endswith("-01")]
    if len(ticks) > 1 and ticks[1][0] - ticks[0][0] < STEP:
        del ticks[0]
    levels = tuple((y(value), value // UNIT) for value in range(0, top + 1, step))
    return Band(
        WIDE,
        TALL,
        f"{path(high)} {back}",
        path(middle),
        tuple(path(one) for one in others),
        tuple(ticks),
        levels,
        (x(len(middle) - 1), y(middle[-1])),
    )


def _step(most: int) -> int:
    """Return the smallest step of 1, 2 or 5 times a power of ten that marks ``most`` at four places at most."""
    power = UNIT
    while True:
        for one in STEPS:
            if one * power * 4 >= most:
                return one * power
        power *= 10


def svg(drawing: Band, label: str) -> str:
    """Return a band as SVG for page and paper alike: what tells its parts apart is the kind of line, not the colour."""
    base = drawing.height - BOTTOM
    grid = "".join(
        f'<line class="grid" x1="{MARGIN}" x2="{drawing.width - 12}" y1="{y}" y2="{y}" stroke="#c8ccd4"/>'
        f'<text class="level" x="{MARGIN - 6}" y="{y + 4}" text-anchor="end" {_TEXT}>'
        f"{_grouped(number)}</text>"
        for y, number in drawing.levels
    )
    ticks = "".join(
        f'<text class="below" x="{x}" y="{base + 17}" text-anchor="middle" {_TEXT}>{text}</text>'
        for x, text in drawing.ticks
    )
    others = "".join(
        f'<polyline class="other" points="{one}" fill="none" stroke="#444" stroke-width="1.2" '
        'stroke-dasharray="5 4"/>'
        for one in drawing.others
    )
    x, y = drawing.ends
    return (
        f'<svg class="band" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {drawing.width} {drawing.height}" '
        f'role="img" aria-label="{escape(label)}">{grid}{ticks}'
        f'<polygon class="area" points="{drawing.area}" fill="#9ec5e8" fill-opacity="0.6"/>{others}'
        f'<polyline class="middle" points="{drawing.line}" fill="none" stroke="#0b4f9e" stroke-width="2.5"/>'
        f'<circle class="end" cx="{x}" cy="{y}" r="4" fill="#0b4f9e"/></svg>'
    )


_TEXT = 'font-size="12" font-family="sans-serif" fill="#333"'


def _grouped(number: int) -> str:
    return f"{number:,}".replace(",", ".")
