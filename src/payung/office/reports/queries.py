"""Reports out of snapshots, exceptions out of the tables: numbers of declared figures, never counted a second time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from payung.law import months
from payung.office.access.permissions import Permission
from payung.office.access.scope import Scope
from payung.office.insight import rules as telling
from payung.office.insight.actions import freeze
from payung.office.insight.counted import Counted
from payung.office.insight.figures import Cut, Figure, reached
from payung.office.insight.queries import (
    Frozen,
    closed_months,
    count,
    districts_of,
    frozen_for_user,
    frozen_in,
    labels,
    snapshots,
)
from payung.office.months.models import MonthSum, Place
from payung.office.months.queries import places_of
from payung.office.programme.models import Line
from payung.office.reports import rules
from payung.office.reports.exceptions import EXCEPTIONS
from payung.text import Text

MONEY = ("pagu", "dibayar", "ditagih", "terikat", "bebas")


@dataclass(frozen=True, slots=True)
class Compared:
    """A figure of a report. ``now``, ``before``: ``None`` where not told or not kept; ``more``: the difference."""

    figure: Figure
    now: int | None
    before: int | None
    more: int | None
    share: int | None  # tenths of a percent of its denominator


@dataclass(frozen=True, slots=True)
class Part:
    """A line of a table of coverage: people, covered now, covered before, share in tenths of a percent."""

    name: Text
    people: int | None
    covered: int | None
    before: int | None
    share: int | None


@dataclass(frozen=True, slots=True)
class Report:
    """What a report says. ``before``: the snapshots that it is compared with, where there are any."""

    period: rules.Period
    snapshot: Frozen
    before: Frozen | None
    lines: tuple[Compared, ...]
    places: tuple[Part, ...]
    categories: tuple[Part, ...]
    money: tuple[tuple[Text, dict[str, int]], ...]  # line → rupiah by stage


def available(scope: Scope) -> list[rules.Period]:
    """Return the periods that can be reported: those whose last month every district of ``scope`` closed."""
    return rules.periods(closed_months(districts_of(scope)))


def frozen(month: str, scope: Scope) -> Frozen | None:
    """Return the snapshots of a closed month, making those of months that were closed before there were any."""
    closings = closed_months(districts_of(scope)).get(month)
    return Frozen(tuple(freeze(closing=closing) for closing in closings)) if closings else None


def before(period: rules.Period, scope: Scope) -> Frozen | None:
    """Return the latest snapshots of a month before ``period``."""
    return next((one for one in snapshots(districts_of(scope)) if one.month <= period.before), None)


def for_user(user: Any, period: rules.Period) -> Report | None:
    """Return the report of ``period`` as ``user`` may see it; ``None`` where its last month is not closed."""
    scope = user.scope(Permission.INSIGHT_READ)
    now = frozen(period.last, scope)
    if now is None:
        return None
    then = before(period, scope)
    return _report(period, now, frozen_for_user(user, now), then, frozen_for_user(user, then) if then else {})


def for_paper(scope: Scope, period: rules.Period) -> Report | None:
    """Return the same as a paper that leaves the house says it: within ``scope``, small cells not told."""
    now = frozen(period.last, scope)
    if now is None:
        return None
    then = before(period, scope)
    return _report(period, now, frozen_in(scope, now), then, frozen_in(scope, then) if then else {})


def _report(
    period: rules.Period,
    now: Frozen,
    counted: Mapping[str, Counted],
    then: Frozen | None,
    former: Mapping[str, Counted],
) -> Report:
    same_year = then is not None and then.on.year == now.on.year
    lines = []
    for code, one in counted.items():
        told, old = one.told, former[code].told if code in former else None
        whole = counted.get(one.figure.whole)
        more = rules.difference(
            told, old, of_the_year=one.figure.of_the_year, same_year=same_year, span=period.span
        )
        share = telling.share(told, whole.number) if whole is not None and told is not None else None
        lines.append(Compared(one.figure, told, old, more, share))
    places, categories = (_parts(counted, former, cut) for cut in (Cut.SUBDISTRICT, Cut.CATEGORY))
    return Report(period, now, then, tuple(lines), places, categories, _money(counted))


def _parts(counted: Mapping[str, Counted], former: Mapping[str, Counted], cut: Cut) -> tuple[Part, ...]:
    """Return people and covered by ``cut``; what follows from one of them is told of none."""
    if "orang" not in counted:
        return ()
    hidden = counted["orang"].hidden(cut) | (former["orang"].hidden(cut) if former else frozenset())
    people, covered = counted["orang"].parts(cut), counted["terlindungi"].parts(cut)
    old = former["terlindungi"].parts(cut) if former else None
    called = labels(cut, people)
    found = []
    for key, many in people.items():
        told = key not in hidden
        found.append(
            Part(
                called[key],
                many if told or not telling.small(many) else None,
                covered.get(key, 0) if told else None,
                old.get(key, 0) if told and old is not None else None,
                telling.share(covered.get(key, 0), many) if told else None,
            )
        )
    return tuple(found)


def _money(counted: Mapping[str, Counted]) -> tuple[tuple[Text, dict[str, int]], ...]:
    if any(code not in counted for code in MONEY):
        return ()
    parts = {code: counted[code].parts(Cut.LINE) for code in MONEY}
    called = labels(Cut.LINE, parts["pagu"])
    return tuple((called[key], {code: parts[code].get(key, 0) for code in MONEY}) for key in parts["pagu"])


# Exceptions


def exceptions(user: Any, on: dt.date) -> dict[str, Counted]:
    """Return the classes of findings that ``user`` may see, counted for the day ``on``."""
    found: dict[str, Counted] = {}
    for one in EXCEPTIONS.values():
        if (reach := reached(user, one.figure)) is not None:
            found |= count([one.figure], reach[0], on, open_=reach[1])
    return found


# What a line of money bought


def bought(line: Line, scope: Scope) -> dict[str, Any]:
    """Return what a line of money bought within ``scope``, by the register of months."""
    rows = MonthSum.objects.filter(line=line.pk, place__in=list(places_of(scope))).exclude(people=0)
    sums = list(rows.values_list("month", "place", "people", "jkk", "jkm"))
    villages = Place.objects.filter(pk__in={place for _, place, *_ in sums}).values_list(
        "village_code", flat=True
    )
    listed = [month for month, *_ in sums]
    return {
        "months": sum(people for _, _, people, _, _ in sums),
        "amount": sum(jkk + jkm for *_, jkk, jkm in sums),
        "villages": sorted(set(villages)),
        "first": months.from_index(min(listed)) if listed else "",
        "last": months.from_index(max(listed)) if listed else "",
    }
