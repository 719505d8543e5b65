"""Pages for paper: the office holders of one village, to sign and hang on the wall."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from payung.office.access.requests import scope_of
from payung.office.regions import queries as regions
from payung.office.regions.models import Region
from payung.office.register import queries
from payung.office.register.categories import CATEGORY_NAMES, POST_STATES
from payung.office.register.models import Holding
from payung.text import Text


def roster(request: HttpRequest, code: str) -> HttpResponse:
    """All posts of one village with their holders; NIK and KPJ masked, landscape A4, no menus."""
    region = get_object_or_404(Region, code=code, level="village")
    scope = scope_of(request)
    if not scope.covers(code):
        raise Http404("outside of the region of this user")
    today = timezone.localdate()
    found = list(queries.posts(scope, today).filter(region_code=code))
    holdings = (
        Holding.objects.select_related("person")
        .prefetch_related("person__memberships")
        .in_bulk([post.holding for post in found if post.holding])
    )
    lines = []
    for post in found:
        holding = holdings.get(post.holding)
        cover = [line for line in holding.person.memberships.all() if line.kpj] if holding else []
        category = CATEGORY_NAMES.get(post.category, Text(post.category, post.category))
        lines.append(
            {
                "post": post,
                "category_name": None if category.id == post.label else category,
                "holding": holding,
                "kpj": cover[-1].masked if cover else "",
                "state": POST_STATES[post.state][0],
            }
        )
    places = regions.names([code])
    context = {
        "region": region,
        "above": [places.get(code[:length], "") for length in (8, 5)],
        "lines": lines,
        "counts": [
            (POST_STATES[state][0], sum(post.state == state for post in found)) for state in queries.STATES
        ],
        "today": today,
    }
    return render(request, "register/roster_print.html", context)
