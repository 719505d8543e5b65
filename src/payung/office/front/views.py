"""The first page, the health endpoint, the page of all components."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from payung.office.access.requests import user_of
from payung.office.accounts.forms import NewGrant
from payung.office.desk.icons import ICONS
from payung.office.face import Figure, faces
from payung.office.jobs.health import look

LAST = 1000  # apps without a place in the menu come last


def home(request: HttpRequest) -> HttpResponse:
    """What waits for me, what is late, and the numbers of my region; each number opens its rows."""
    user = user_of(request)
    told = sorted(faces(), key=lambda face: min((entry.order for entry in face.menu), default=LAST))
    late: list[Figure] = []
    figures: list[Figure] = []
    for face in told:
        late += list(face.late(user)) if face.late else []
        for line in face.figures(user) if face.figures else []:
            (late if line.late else figures).append(line)
    context = {
        "waiting": [task for face in told if face.waits for task in face.waits(user)],
        "late": [line for line in late if line.value],
        "figures": figures,
    }
    return render(request, "front/home.html", context)


def health(request: HttpRequest) -> HttpResponse:
    """Tell a monitor whether the database answers and whether work is stuck; no names, no numbers of people."""
    works, told = look()
    return JsonResponse(told, status=200 if works else 503)


def components(request: HttpRequest) -> HttpResponse:
    """Show every component once."""
    return render(request, "desk/components.html", {"form": NewGrant(), "icons": sorted(ICONS)})
