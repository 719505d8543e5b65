"""The page of deaths to expect and reported."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from payung.law import months
from payung.office.access.permissions import Permission
from payung.office.access.requests import user_of
from payung.office.desk.words import typed
from payung.office.mortality import queries, rules
from payung.office.mortality.states import Standing

SPANS = (12, 24, 36)
DRAWN = 20  # parts of the drawing


def compared(request: HttpRequest) -> HttpResponse:
    """Deaths to expect and reported over the last full months."""
    user = user_of(request)
    reach = user.reach(Permission.CASE_VIEW, Permission.CASE_COUNT)
    if reach is None:
        raise PermissionDenied("this role counts no cases")
    asked = typed(request.GET, "bulan")
    span = int(asked) if asked in {str(one) for one in SPANS} else SPANS[0]
    last = months.add(months.month_of(timezone.localdate()), -1)
    found = queries.compared(reach, months.add(last, 1 - span), last, open_=user.may(Permission.CASE_VIEW))
    told = [(line.name.id, line.part) for line in found.villages if line.part is not None]
    context = {
        "found": found,
        "spans": SPANS,
        "span": span,
        "drawing": rules.drawing(told[:DRAWN]) if told else None,
        "below": sum(part.standing is Standing.BELOW for _, part in told),
        "tables": (("desa", found.villages), ("kategori", found.categories)),
    }
    return render(request, "mortality/compared.html", context)
