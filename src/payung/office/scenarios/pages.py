"""The page of choices."""

from __future__ import annotations

from typing import Any

import polars as pl
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from payung.law import months
from payung.office.access.permissions import Permission
from payung.office.access.requests import scope_of, user_of
from payung.office.access.scope import Scope
from payung.office.desk.words import typed
from payung.office.scenarios import queries
from payung.office.scenarios.forms import Wished
from payung.planning.scenarios import Choice, Compared, compare
from payung.planning.told import LINES
from payung.text import Text

NAMED = 20  # whose cover ends, by name
EXAMPLE = "kapuas"
KAPUAS = (  # what the district bought: SK Bupati 96/Dinsos/2025, and the PKS of January 2026
    Choice("2025", tuple(months.between("2025-03", "2025-09")), people=9_960),
    Choice("2026", tuple(months.between("2026-01", "2026-12")), people=5_000, after="2025"),
)


def compared(request: HttpRequest) -> HttpResponse:
    """Choices of people and months side by side; asked by the address, so it can be sent to a colleague."""
    example = typed(request.GET, "contoh") == EXAMPLE
    asked = bool(request.GET) and not example
    form = Wished(request.GET) if asked else Wished(initial=_first_asked())
    found: list[Compared] = []
    people = pl.DataFrame()
    if example:
        people = queries.kapuas()
        found = compare(people, KAPUAS)
    elif asked and form.is_valid():
        choices = form.cleaned_data["choices"]
        people = queries.candidates(scope_of(request), min(one.months[0] for one in choices))
        found = compare(people, choices)
    user = user_of(request)
    names = user.scope(Permission.PERSON_VIEW) if user.may(Permission.PERSON_VIEW) and not example else None
    context = {
        "form": form,
        "example": example,
        "found": found,
        "candidates": people.height,
        "table": [(line.label, [line.of(one) for one in found]) for line in LINES],
        "months": [(one, _by_month(one)) for one in found],
        "who": [(one, *_who(names, one)) for one in found if one.figures["clocks_broken"]] if names else [],
        "short": [(one, one.figures["below_floor"]) for one in found if one.figures["below_floor"]],
    }
    return render(request, "scenarios/compared.html", context)


def _first_asked() -> dict[str, Any]:
    """Return what an empty form offers: the next year whole, or its first seven months for as much money."""
    year = timezone.localdate().year + 1
    return {
        "source": "apbd",
        "people_A": 5_000,
        "from_A": f"{year}-01",
        "until_A": f"{year}-12",
        "people_B": 8_500,
        "from_B": f"{year}-01",
        "until_B": f"{year}-07",
    }


def _by_month(one: Compared) -> list[tuple[str, str, int]]:
    """Return source, month and rupiah."""
    by_line: dict[str, dict[str, int]] = one.figures["cost_by_line_and_month"]
    return [(line, month, cost) for line, costs in by_line.items() for month, cost in costs.items()]


def _who(names: Scope, one: Compared) -> tuple[list[tuple[Any, str, str]], Text | None]:
    """Return person, village and month of the first whose cover ends, and how many more there are."""
    broken = one.figures["clocks_broken_who"]
    first = {row["id"]: row["month"] for row in broken[:NAMED]}
    more = len(broken) - len(first)
    rest = Text(f"dan {more} orang lagi", f"and {more} more people") if more else None
    return [(person, place, first[str(person.pk)]) for person, place in queries.named(names, first)], rest
