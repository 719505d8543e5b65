"""The first page, the health endpoint, the page of all components."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from payung.office.accounts.forms import NewGrant
from payung.office.front.figures import figures, late
from payung.office.front.waiting import waiting
from payung.office.jobs.health import look
from payung.office.register.views import user_of
from payung.office.ui.icons import ICONS


def home(request: HttpRequest) -> HttpResponse:
    """What waits for me, what is late, and the numbers of my region; each number opens its rows."""
    user = user_of(request)
    context = {"waiting": waiting(user), "late": late(user), "figures": figures(user)}
    return render(request, "front/home.html", context)


def health(request: HttpRequest) -> HttpResponse:
    """Tell a monitor whether the database answers and whether work is stuck; no names, no numbers of people."""
    works, told = look()
    return JsonResponse(told, status=200 if works else 503)


def components(request: HttpRequest) -> HttpResponse:
    """Show every component once."""
    return render(request, "ui/components.html", {"form": NewGrant(), "icons": sorted(ICONS)})
