"""What of the programme somebody sees: their own places, and what of the district concerns them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from django.db.models import Exists, Max, OuterRef, Q, QuerySet

from payung.law import months
from payung.office.access.scope import Scope
from payung.office.programme.models import Agreement, Balance, Decree, DecreePerson, Line
from payung.office.programme.queries.prices import priced


def agreements(scope: Scope) -> QuerySet[Agreement]:
    """Return the agreements of the places within ``scope``, and those of the district above them."""
    above = Q(pk__in=[])
    for place in scope.places:
        parts = place.split(".")
        above |= Q(region_code__in=[".".join(parts[: length + 1]) for length in range(1, len(parts))])
    return Agreement.objects.filter(scope.in_places("region_code") | above)


def decrees(scope: Scope) -> QuerySet[Decree]:
    """Return the decrees within ``scope``, and those of the district that name somebody within it."""
    named = scope.of(DecreePerson).filter(decree=OuterRef("pk"))
    # A draft has nobody yet and names no category: it is seen where it belongs.
    return Decree.objects.filter(scope.in_places("region_code") | Exists(named)).select_related(
        "line", "agreement"
    )


def lines(scope: Scope) -> QuerySet[Line]:
    """Return the lines within ``scope``, each with its sums."""
    return Line.objects.filter(scope.in_places("region_code")).select_related("balance")


def runs_out(line: Line) -> str | None:
    """Return the first month (``YYYY-MM``) that ``line`` cannot pay where whoever it covers now stays, or ``None``.

    ``None`` says that the money lasts to the end of its months, or that it pays for nobody.
    """
    return run_out([line]).get(line.pk)


def run_out(lines_: Iterable[Line]) -> dict[int, str]:
    """Return :func:`runs_out` of many lines by key, only of those that run out; a constant number of queries."""
    found = {line.pk: line for line in lines_}
    held = DecreePerson.objects.filter(line__in=list(found), held=True)
    last = dict(held.order_by().values_list("line").annotate(last=Max("last_month")))
    if not last:
        return {}
    later = DecreePerson.objects.filter(
        line=OuterRef("line"), held=True, last_month__gt=OuterRef("last_month")
    )
    monthly: dict[int, int] = defaultdict(int)
    for group in priced(held.exclude(Exists(later)), since=min(last.values())):
        monthly[group.line] += group.monthly[last[group.line]] * group.many
    free = dict(Balance.objects.filter(line__in=list(monthly)).values_list("line", "free"))
    out = {key: months.add(last[key], free[key] // each + 1) for key, each in monthly.items() if each}
    return {key: month for key, month in out.items() if month <= found[key].until_month}
