"""Figures counted: one grouped query for all figures that share their rows; everything else is sums of its cells."""

from __future__ import annotations

import datetime as dt
import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, TypeVar

from django.db.models import Count, IntegerField, QuerySet, Sum, Value

from payung.codes import Category, Segment
from payung.office.access.facts import once
from payung.office.access.scope import Scope
from payung.office.insight import rules, tallies
from payung.office.insight.counted import Cell, Counted
from payung.office.insight.figures import FIGURES, Cut, Figure, reached, seen_categories
from payung.office.insight.figures.cases import AGE_WORDS
from payung.office.insight.figures.people import BASES
from payung.office.insight.kept import kept
from payung.office.insight.models import Denominator, Snapshot, SnapshotCell
from payung.office.programme.models import Line
from payung.office.reconciliation.models import Closing
from payung.office.reconciliation.states import ClosingState
from payung.office.regions.queries import districts, names
from payung.office.regions.tree import contains
from payung.text import Text

Round = TypeVar("Round", Closing, Snapshot)
NO_CATEGORY = Text("tanpa kategori", "no category")


def count(figures: Iterable[Figure], scope: Scope, on: dt.date, *, open_: bool = True) -> dict[str, Counted]:
    """Return ``figures`` within ``scope`` on the day ``on``, by code: one query for those that share their rows."""
    found: dict[str, Counted] = {}
    alike: dict[Any, list[Figure]] = defaultdict(list)
    for figure in figures:
        alike[figure.rows, figure.places, tuple(figure.cuts.items()), figure.heads].append(figure)
    seen = seen_categories(scope)
    groups = list(alike.values())
    asked = _asked([_rows(group, scope, on) for group in groups], [_shape(group) for group in groups])
    for group, rows in zip(groups, asked, strict=True):
        first, columns = group[0], 1 + len(group[0].cuts)
        lines = [
            (
                str(line[0] or ""),
                tuple(first.key(cut, value) for cut, value in zip(first.cuts, line[1:], strict=False)),
                line[columns:],
            )
            for line in rows
        ]
        for place, figure in enumerate(group):
            cells = tuple(
                Cell(where, keys, int(numbers[place] or 0), int(numbers[-1] or 0))
                for where, keys, numbers in lines
            )
            found[figure.code] = Counted(figure, on, seen, open_ or not figure.names, cells)
    return found


def _rows(group: list[Figure], scope: Scope, on: dt.date) -> QuerySet[Any, Any]:
    """Return the cells of figures that share their rows, as lines: place, keys, numbers, people."""
    first = group[0]
    sums = {
        f"_n{place}": Sum(figure.amount) if figure.amount else Count("*")
        for place, figure in enumerate(group)
    }
    places: QuerySet[Any, Any] = (
        first.rows(scope, on).order_by().values_list(first.places, *first.cuts.values())
    )
    rows: QuerySet[Any, Any] = places.annotate(**sums, _many=Sum(first.heads) if first.heads else Count("*"))
    return rows


def _shape(group: list[Figure]) -> Any:
    """Return what two groups share whose lines can come in one statement."""
    first = group[0]
    return first.places, tuple(first.cuts.items()), first.heads, [figure.amount for figure in group]


def _asked(rows: list[QuerySet[Any, Any]], shapes: list[Any]) -> list[list[tuple[Any, ...]]]:
    """Return the lines of each of ``rows``; those of one model and shape come in one statement."""
    found: list[list[tuple[Any, ...]]] = [[] for _ in rows]
    together: list[list[int]] = []
    for place, one in enumerate(rows):
        like = (one.model, shapes[place])
        group = next((group for group in together if (rows[group[0]].model, shapes[group[0]]) == like), None)
        together.append([place]) if group is None else group.append(place)
    for group in together:
        parts = [rows[place].annotate(_at=Value(place, IntegerField())) for place in group]
        for *line, place in parts[0].union(*parts[1:], all=True) if len(parts) > 1 else parts[0]:
            found[place].append(tuple(line))
    return found


def for_user(user: Any, on: dt.date, codes: Iterable[str] = FIGURES) -> dict[str, Counted]:
    """Return the figures that ``user`` may see on the day ``on``, each within what they reach of it, by code."""
    groups: dict[tuple[Scope, bool], list[Figure]] = defaultdict(list)
    for code in codes:
        if (reach := reached(user, FIGURES[code])) is not None:
            groups[reach].append(FIGURES[code])
    moment = tallies.moment(on) if groups else None
    found: dict[str, Counted] = {}
    for (scope, open_), figures in groups.items():
        if not open_ and any(figure.code in PEOPLE for figure in figures):
            there = {figure.code for figure in figures}
            figures = [*figures, *(FIGURES[code] for code in PEOPLE if code not in there)]
        known = tuple(one.code for one in figures if moment is not None and _follows(one, scope))
        if moment is not None and known:
            told = partial(_told, known, scope, open_, moment)
            found |= kept((known, scope, open_), told, since=moment)
        if rest := tuple(one for one in figures if one.code not in known):
            asked = tuple(one.code for one in rest)
            found |= kept((asked, scope, on, open_), partial(count, rest, scope, on, open_=open_))
    found = _jointly(found)
    return {code: found[code] for code in codes if code in found}


def _follows(figure: Figure, scope: Scope) -> bool:
    """Tell whether the figure within ``scope`` follows from the tally: cells never say who was sent to the insurer, and
    the category only where the figure is parted by it."""
    bare = Cut.CATEGORY not in figure.cuts
    return figure.of_people and not any(area.sent or (area.categories and bare) for area in scope.areas)


def _told(codes: Iterable[str], scope: Scope, open_: bool, moment: tallies.Moment) -> dict[str, Counted]:
    """Return figures within ``scope`` out of the tally of ``moment``."""
    cells = kept("cells", tallies.cells, since=moment)
    seen, found = seen_categories(scope), {}
    for code in codes:
        figure = FIGURES[code]
        there = tuple(cell for cell in cells.get(code, ()) if _covers(scope, figure, cell.place, cell.keys))
        found[code] = Counted(figure, moment.on, seen, open_ or not figure.names, there, at=moment.at)
    return found


# Figures that count the same people: what one of them does not tell must not follow from another.
PEOPLE = ("orang", "terlindungi", "belum", "di_luar_usia", "orang_menunggak")


def _jointly(counted: dict[str, Counted]) -> dict[str, Counted]:
    """Return the figures with the same parts hidden in all figures of the same people; of villages within each
    sub-district, whose number is told too."""
    if not all(code in counted for code in PEOPLE) or counted["orang"].open:
        return counted
    joint = {}
    for cut in (Cut.SUBDISTRICT, Cut.VILLAGE, Cut.CATEGORY):
        whole = counted["orang"].parts(cut)
        others = [counted[code].parts(cut) for code in PEOPLE[1:]]
        groups: dict[str, dict[str, int]] = defaultdict(dict)
        for key, number in whole.items():
            groups[key.rpartition(".")[0] if cut is Cut.VILLAGE else ""][key] = number
        hidden: set[str] = set()
        for group in groups.values():
            siblings = {key: [part.get(key, 0) for part in others] for key in group}
            hidden |= rules.hidden(group, siblings=siblings)
        joint[cut] = frozenset(hidden)
    return {code: replace(one, joint=joint) if code in PEOPLE else one for code, one in counted.items()}


@dataclass(frozen=True, slots=True)
class Frozen:
    """The snapshots of one month: of every district that is looked at one."""

    snapshots: tuple[Snapshot, ...]

    @property
    def month(self) -> str:
        """The closed month."""
        return str(self.snapshots[0].month)

    @property
    def on(self) -> dt.date:
        """The day that the figures are for."""
        return self.snapshots[0].on

    @property
    def at(self) -> dt.datetime:
        """When the last of them was frozen."""
        return max(one.at for one in self.snapshots)

    @property
    def digest(self) -> str:
        """The digests of their cells."""
        return " ".join(one.digest for one in self.snapshots)


def frozen_for_user(
    user: Any, snapshot: Frozen | Snapshot, codes: Iterable[str] = FIGURES
) -> dict[str, Counted]:
    """Return the same out of the snapshots of a month, in one query."""
    wanted = dict.fromkeys((*codes, *PEOPLE))
    reach = {code: found for code in wanted if (found := reached(user, FIGURES[code])) is not None}
    return _frozen(reach, snapshot, codes)


def frozen_in(
    scope: Scope, snapshot: Frozen | Snapshot, codes: Iterable[str] = FIGURES
) -> dict[str, Counted]:
    """Return the figures of a snapshot within ``scope`` as a paper that leaves the house says them: no small cells."""
    wanted = dict.fromkeys((*codes, *PEOPLE))
    return _frozen({code: (scope, not FIGURES[code].names) for code in wanted}, snapshot, codes)


def _frozen(
    reach: Mapping[str, tuple[Scope, bool]], snapshot: Frozen | Snapshot, codes: Iterable[str]
) -> dict[str, Counted]:
    cells: dict[str, list[Cell]] = defaultdict(list)
    kept = snapshot.snapshots if isinstance(snapshot, Frozen) else (snapshot,)
    for line in SnapshotCell.objects.filter(snapshot__in=kept, figure__in=list(reach)):
        figure, (scope, _) = FIGURES[line.figure], reach[line.figure]
        keys = tuple(str(key) for key in json.loads(line.keys))
        if _covers(scope, figure, line.place, keys):
            cells[line.figure].append(Cell(line.place, keys, line.number, line.many))
    counted = _jointly(
        {
            code: Counted(FIGURES[code], snapshot.on, seen_categories(scope), open_, tuple(cells[code]))
            for code, (scope, open_) in reach.items()
        }
    )
    return {code: counted[code] for code in codes if code in counted}


def _covers(scope: Scope, figure: Figure, place: str, keys: tuple[str, ...]) -> bool:
    """Tell whether a cell lies within ``scope``, one of its categories being enough."""
    if Cut.CATEGORY not in figure.cuts:
        return any(contains(area.code, place) for area in scope.areas)
    listed = keys[list(figure.cuts).index(Cut.CATEGORY)].split("|")
    return any(
        contains(area.code, place) and (not area.categories or any(one in area.categories for one in listed))
        for area in scope.areas
    )


def labels(cut: Cut, keys: Iterable[str]) -> Mapping[str, Text]:
    """Return what the keys of a cut are called; of places and lines in one query."""
    wanted = list(keys)
    if cut in (Cut.SUBDISTRICT, Cut.VILLAGE):
        known = names(wanted)
        return {key: Text(known.get(key, key or "–"), known.get(key, key or "–")) for key in wanted}
    if cut is Cut.LINE:
        lines = Line.objects.filter(
            pk__in=[int(key) for key in wanted if key.isascii() and key.isdecimal() and len(key) < 19]
        )
        called = {str(key): f"{name} ({year})" for key, name, year in lines.values_list("pk", "name", "year")}
        return {key: Text(called.get(key, key), called.get(key, key)) for key in wanted}
    words: dict[str, Text] = {
        Cut.CATEGORY: {str(one): one.text for one in Category} | {"": NO_CATEGORY},
        Cut.SEGMENT: {str(one): one.text for one in Segment},
        Cut.BASIS: dict(BASES),
        Cut.AGE: dict(AGE_WORDS),
    }.get(cut, {})
    return {key: words.get(key, Text(key, key)) for key in wanted}


# Denominators and snapshots


@once
def districts_of(scope: Scope) -> tuple[str, ...]:
    """Return the codes of the districts in which ``scope`` reaches anything; of a province its districts, in one
    query."""
    if all(code.count(".") for code in scope.places):
        return scope.districts
    return tuple(one.code for one in districts(scope.places))


def denominators(of: Collection[str]) -> list[Denominator]:
    """Return the denominators of one district, the latest year first; none where there are several in ``of``, as a
    denominator is that of one."""
    return list(Denominator.objects.filter(district__in=of)) if len(of) == 1 else []


def denominator_parts(denominator: Denominator) -> dict[str, int]:
    """Return the numbers of a denominator by place."""
    return {part.place: part.number for part in denominator.parts.all()}


def closed_months(of: Collection[str]) -> dict[str, tuple[Closing, ...]]:
    """Return by month, the latest first, the closings of the months that every district ``of`` closed: the latest round
    of each."""
    rounds = Closing.objects.filter(state=ClosingState.CLOSED, district__in=of).order_by("district", "round")
    return _of_all(rounds, of)


def snapshots(of: Collection[str]) -> list[Frozen]:
    """Return the latest snapshots of each month that every district ``of`` has, the latest month first."""
    rounds = Snapshot.objects.filter(district__in=of).order_by("district", "round")
    return [Frozen(found) for found in _of_all(rounds, of).values()]


def _of_all(rounds: Iterable[Round], of: Collection[str]) -> dict[str, tuple[Round, ...]]:
    """Return by month the last of ``rounds`` of each district, of months that all of them have."""
    latest: dict[str, dict[str, Round]] = defaultdict(dict)
    for one in rounds:
        latest[one.month][one.district] = one
    return {
        month: tuple(latest[month].values())
        for month in sorted(latest, reverse=True)
        if len(latest[month]) == len(of)
    }
