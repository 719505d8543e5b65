"""A figure as it was counted: cells, and everything that is sums of them."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from payung.office.insight import rules
from payung.office.insight.figures import Cut, Figure


@dataclass(frozen=True, slots=True)
class Cell:
    """The finest part of a figure: one place and one key of each of its cuts.

    Fields
        place: code. keys: in the order of the figure's cuts. number: what the figure counts. many: people (or rows).
    """

    place: str
    keys: tuple[str, ...]
    number: int
    many: int


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a figure by one cut: ``number`` is ``None`` where it is not told to whoever looks."""

    key: str
    number: int | None
    share: int  # tenths of a percent of the figure; of what is told


@dataclass(frozen=True, slots=True)
class Counted:
    """A figure within a scope on a day, as cells.

    Fields
        figure: what was counted. on: the day. seen: the categories that the scope reaches, empty for all.
        open: whether whoever looks may see names; if not, small parts are hidden. cells: the parts. joint: keys that
        are hidden because of other figures of the same people (see :func:`_jointly`). at: when they were counted,
        where that was not just now. sums: what was added up already.
    """

    figure: Figure
    on: dt.date
    seen: frozenset[str]
    open: bool
    cells: tuple[Cell, ...]
    joint: Mapping[Cut, frozenset[str]] = field(default_factory=dict)
    at: dt.datetime | None = None
    sums: dict[Cut, dict[str, int]] = field(default_factory=dict, compare=False, repr=False)

    @property
    def number(self) -> int:
        """The figure itself: what the rows come to."""
        return sum(cell.number for cell in self.cells)

    @property
    def told(self) -> int | None:
        """The figure, ``None`` where it is about so few people that whoever looks is not told."""
        return (
            None
            if not self.open and self.figure.names and rules.small(self._heads(self.cells))
            else self.number
        )

    def key(self, cell: Cell, cut: Cut) -> str:
        """Return the key of the part by ``cut`` that ``cell`` is in."""
        if cut is Cut.VILLAGE:
            return cell.place
        if cut is Cut.SUBDISTRICT:
            return ".".join(cell.place.split(".")[:3])
        key = cell.keys[list(self.figure.cuts).index(cut)]
        if cut is Cut.CATEGORY:
            return next((one for one in key.split("|") if not self.seen or one in self.seen), "")
        return key

    def parts(self, cut: Cut) -> dict[str, int]:
        """Return the number of every part by ``cut``; together they are :attr:`number`."""
        if cut not in self.sums:
            found: dict[str, int] = defaultdict(int)
            for cell in self.cells:
                found[self.key(cell, cut)] += cell.number
            self.sums[cut] = dict(sorted(found.items()))
        return dict(self.sums[cut])

    def hidden(self, cut: Cut) -> frozenset[str]:
        """Return the keys of the parts that whoever looks is not told."""
        if self.open or not self.figure.names:
            return frozenset()
        groups: dict[str, list[Cell]] = defaultdict(list)
        for cell in self.cells:
            groups[self.key(cell, cut)].append(cell)
        own = rules.hidden({key: self._heads(cells) for key, cells in groups.items()})
        return own | self.joint.get(cut, frozenset())

    def shown(self, cut: Cut, *, also: Iterable[str] = ()) -> list[Part]:
        """Return the parts by ``cut`` as whoever looks may see them, with shares that add up to 1000 (tenths of a
        percent) where all are told. ``also`` are hidden too."""
        parts, hidden = self.parts(cut), self.hidden(cut) | set(also)
        told = {key: number for key, number in parts.items() if key not in hidden}
        share = dict(zip(told, rules.shares(list(told.values())), strict=True)) if not hidden else {}
        return [
            Part(key, None if key in hidden else number, share.get(key, 0)) for key, number in parts.items()
        ]

    def within(self, cut: Cut, key: str) -> Counted:
        """Return the part ``key`` of ``cut`` as a figure of its own."""
        cells = tuple(cell for cell in self.cells if self.key(cell, cut) == key)
        return replace(self, cells=cells, sums={})

    def _heads(self, cells: Iterable[Cell]) -> int:
        """Return how many people (or rows) are behind ``cells``: of months that of the fullest month."""
        if Cut.MONTH not in self.figure.cuts or not self.figure.heads:
            return sum(cell.many for cell in cells)
        months: dict[str, int] = defaultdict(int)
        for cell in cells:
            months[self.key(cell, Cut.MONTH)] += cell.many
        return max(months.values(), default=0)
