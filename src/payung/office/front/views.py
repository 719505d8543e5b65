"""The first page, the health endpoint, the page of all components."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render

from payung.office.access.requests import user_of
from payung.office.accounts.forms import NewGrant
from payung.office.accounts.models import User
from payung.office.desk.icons import ICONS
from payung.office.face import Figure, faces
from payung.office.face.counts import counted
from payung.office.jobs.health import look
from payung.text import Text

LAST = 1000  # apps without a place in the menu come last


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a way as it is shown: ``state`` is done, now or to come; ``part`` says how many came there."""

    label: Text
    state: str
    part: Text | None = None


def home(request: HttpRequest) -> HttpResponse:
    """What I do next, what else waits, where my lists stand, what is late, and the numbers of my region."""
    user = user_of(request)
    told = sorted(faces(), key=lambda face: min((entry.order for entry in face.menu), default=LAST))
    late: list[Figure] = []
    figures: list[Figure] = []
    for face in told:
        late += list(face.late(user)) if face.late else []
        for line in face.figures(user) if face.figures else []:
            (late if line.late else figures).append(line)
    waits = (task for face in told if face.waits for task in face.waits(user))
    waiting, (late, figures) = counted(waits, late, figures)
    first = max(waiting, key=lambda task: task.late > 0, default=None)  # what is late, else what comes first
    begins = [one for face in told if face.begins for one in face.begins(user)]
    if not waiting and not begins:
        answers = (face.home(user) for face in told if face.home)
        page = next((page for page in answers if page), None)
        if page:
            return redirect(page)
    context = {
        "waiting": waiting,
        "next": first,
        "others": [task for task in waiting if task is not first],
        "begins": begins,
        "ways": _ways(user),
        "late": [line for line in late if line.value],
        "figures": figures,
    }
    return render(request, "front/home.html", context)


def _ways(user: User) -> list[dict[str, Any]]:
    """Return the ways of the lists of ``user`` with the steps that later apps add; one query a stage."""
    ways = [way for face in faces() if face.ways for way in face.ways(user)]
    people = {person for way in ways for person in way.people}
    stages = [stage for face in faces() for stage in face.stages]
    reached = [stage.reached(people) if people else set() for stage in stages]
    shown = []
    for way in ways:
        steps = [
            Step(label, "done" if at < way.at else "now" if at == way.at else "")
            for at, label in enumerate(way.steps)
        ]
        whose, open_ = way.whose, way.at < len(way.steps)
        for stage, there in zip(stages, reached, strict=True):
            many, of = len(there & way.people), len(way.people)
            state = "done" if of and many == of else "" if open_ else "now"
            if state == "now":
                whose, open_ = stage.whose, True
            part = Text(f"{many} dari {of}", f"{many} of {of}") if of else None
            steps.append(Step(stage.label, state, part))
        if not open_:
            whose = Text("semua langkah selesai", "all steps are done")
        at = next((number for number, step in enumerate(steps) if step.state == "now"), len(steps) - 1)
        now = steps[at] if steps[at].state == "now" else None
        shown.append({"way": way, "steps": steps, "whose": whose, "now": now, "at": at + 1})
    return shown


def health(request: HttpRequest) -> HttpResponse:
    """Tell a monitor whether the database answers and whether work is stuck; no names, no numbers of people."""
    works, told = look()
    return JsonResponse(told, status=200 if works else 503)


def components(request: HttpRequest) -> HttpResponse:
    """Show every component once."""
    return render(request, "desk/components.html", {"form": NewGrant(), "icons": sorted(ICONS)})
