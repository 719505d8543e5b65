"""What of the programme somebody sees: their own places, and what of the district concerns them."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, QuerySet

from payung.law import months
from payung.office.access.scope import Scope
from payung.office.programme.models import Agreement, Balance, Decree, DecreePerson, Line
from payung.office.programme.queries.pricing import priced


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
    held = DecreePerson.objects.filter(line=line, held=True)
    last = held.order_by("-last_month").values_list("last_month", flat=True).first()
    if last is None:
        return None
    now = priced(held.filter(from_month__lte=last, last_month__gte=last), since=last)
    monthly = sum(group.monthly[last] * group.many for group in now)
    if not monthly:
        return None
    free: int = Balance.objects.get(line=line).free
    month = months.add(last, free // monthly + 1)
    return month if month <= line.until_month else None
