"""The first page, the health endpoint, the page of all components."""

from __future__ import annotations

from django.db import connection
from django.db.models import Q
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone

from payung import __version__
from payung.office.accounts.forms import NewGrant
from payung.office.front.figures import figures, late
from payung.office.front.waiting import waiting
from payung.office.jobs.models import Job
from payung.office.jobs.queue import STALE
from payung.office.register.views import user_of
from payung.office.ui.icons import ICONS


def home(request: HttpRequest) -> HttpResponse:
    """What waits for me, what is late, and the numbers of my region; each number opens its rows."""
    user = user_of(request)
    context = {"waiting": waiting(user), "late": late(user), "figures": figures(user)}
    return render(request, "front/home.html", context)


def health(request: HttpRequest) -> HttpResponse:
    """Tell a monitor whether the database answers and whether work is stuck; no names, no numbers of people."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    long_ago = timezone.now() - 10 * STALE
    forgotten = Q(state=Job.State.QUEUED, created__lt=long_ago)
    abandoned = Q(state=Job.State.RUNNING, heartbeat__lt=long_ago)
    stuck = Job.objects.filter(forgotten | abandoned).count()
    answer = {"ok": stuck == 0, "version": __version__, "jobs_waiting_long": stuck}
    return JsonResponse(answer, status=200 if stuck == 0 else 503)


def components(request: HttpRequest) -> HttpResponse:
    """Show every component once."""
    return render(request, "ui/components.html", {"form": NewGrant(), "icons": sorted(ICONS)})
