"""The first page of matching, a submission on its way, requests, and what a person's page shows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from payung.errors import InputError
from payung.office.access.permissions import Permission
from payung.office.access.requests import scope_of, user_of
from payung.office.accounts.models import User
from payung.office.answers import queries
from payung.office.answers.actions import answers as actions
from payung.office.answers.actions import ends, steps
from payung.office.answers.agencies import NAMES as AGENCIES
from payung.office.answers.agencies import ORIGINS, agencies_of, dinas_scope, edit_scope
from payung.office.answers.forms import Allow, Ask
from payung.office.answers.lists.people import STANDS, UNANSWERED, UNMAPPED, Stand, stands
from payung.office.answers.models import Result
from payung.office.answers.papers import requests as asking
from payung.office.answers.states import DECIDABLE, REFUSED, kind
from payung.office.desk.act import act
from payung.office.desk.numbers import key_of
from payung.office.desk.words import day, number, say, typed
from payung.office.history import queries as history
from payung.office.people.models import Person
from payung.office.regions import queries as regions
from payung.office.submissions import actions as intake
from payung.office.submissions.models import Submission
from payung.office.submissions.states import AFTER_ACCEPTANCE, FINISHED, MATCHING, State
from payung.text import Text

WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
NAMED = 12  # of those who would be refused, on the page of the next step


def home(request: HttpRequest) -> HttpResponse:
    """What each agency said of how many people, how far the submissions are, and where to go on."""
    user, scope = user_of(request), scope_of(request)
    opens = user.may(Permission.ANSWER_VIEW)
    counted = queries.result_counts(scope)
    states = queries.state_counts(scope)
    agencies = [
        (
            name,
            [
                (kind(code), many, _address("result_list", instansi=agency, hasil=code or UNMAPPED))
                for (of, code), many in sorted(counted.items(), key=lambda item: (-item[1], item[0]))
                if of == agency
            ],
        )
        for agency, name in ORIGINS.items()
    ]
    context = {
        "agencies": [(name, lines) for name, lines in agencies if lines],
        "states": [
            (
                State.words()[state],
                states.get(state, 0),
                _address("submission_ways", keadaan=state),
                State.member(state).tone,
            )
            for state in State.words()
            if state in AFTER_ACCEPTANCE
        ],
        "opens": opens,
        "may_edit": user.may(Permission.ANSWER_EDIT),
        "texts": texts.count() if (texts := queries.texts_waiting(user)) is not None else 0,
        "answers": queries.answers(scope).count() if opens else 0,
    }
    return render(request, "answers/home.html", context)


def show(request: HttpRequest, key: int) -> HttpResponse:
    """One submission: who answered what of how many, the next step, and what was done."""
    submission = submission_of(request, key)
    user = user_of(request)
    names = regions.names([submission.village_code])
    moving = submission.state in MATCHING
    rows = stands(submission) if submission.state in AFTER_ACCEPTANCE else {}
    stood = list(rows.values())
    counted = Counter(one.word for one in stood)
    silent = Counter(one.silent for one in stood if one.word == UNANSWERED)
    target = steps.next_state(submission)
    decides = _decides(user, key)
    agency = next(iter(silent), queries.WAITS_FOR.get(submission.state, ""))
    people = _address("submission_people", key=key)
    context = {
        "submission": submission,
        "village": names.get(submission.village_code, submission.village_code),
        "agency": AGENCIES.get(agency),
        "asks": agency,
        "total": sum(counted.values()),
        "people": people,
        "doubts": len(queries.doubts(submission, timezone.localdate())) if moving else 0,
        "figures": [
            (name, counted.get(stand, 0), f"{people}?akhir={stand}", tone)
            for stand, (name, tone) in STANDS.items()
        ],
        "waits": [(AGENCIES[one], many) for one, many in silent.items()],
        "unmapped": counted.get(UNMAPPED, 0),
        "next": State.words()[target] if target and decides else None,
        "last": target == FINISHED,
        "refused": _refused(submission, rows) if target and decides else None,
        "may_take_back": decides and submission.state == FINISHED and ends.acted_on(submission) is None,
        "may_ask": moving and agency in agencies_of(user),
        "events": history.of_subject(f"submission:{submission.pk}").filter(action__startswith="submission.")[
            :60
        ],
    }
    return render(request, "answers/show.html", context)


def _refused(submission: Submission, rows: Mapping[int, Stand]) -> dict[str, Any]:
    """Return who ends refused with the next step: how many of which class, the first of them by name, and how many
    of them can still be decided otherwise."""
    found = {row: stand.code for row, stand in rows.items() if stand.word == REFUSED}
    named = submission.rows.filter(pk__in=list(found)).order_by("name", "pk").values_list("pk", "name")
    return {
        "many": len(found),
        "classes": [(kind(code).name, many) for code, many in Counter(found.values()).most_common()],
        "names": [(name, kind(found[row]).name) for row, name in named[:NAMED]],
        "decidable": sum(code in DECIDABLE for code in found.values()),
    }


def take_back(request: HttpRequest, key: int) -> HttpResponse:
    """Take the end of matching back, with a reason, until somebody acted on it."""
    submission = submission_of(request, key)
    here = reverse("submission_way", args=[key])
    if request.method == "POST":
        _must_decide(user_of(request), key)

    def do() -> None:
        ends.take_back(
            by=user_of(request).username, submission=submission, reason=typed(request.POST, "reason", 500)
        )

    told = Text(
        "Akhir pemadanan ditarik kembali; daftar ini menunggu keputusan dinas lagi.",
        "The end of matching is taken back; this list waits for the agency again.",
    )
    return act(request, do, to=here, told=told) or redirect(here)


def move(request: HttpRequest, key: int) -> HttpResponse:
    """Move a submission on."""
    submission = submission_of(request, key)
    user = user_of(request)
    here = reverse("submission_way", args=[key])
    if request.method == "POST":
        _must_decide(user, key)

    def do() -> None:
        if request.POST.get("state") != submission.state:
            raise InputError(Text("Usulan ini sudah dipindahkan orang lain.", "Somebody moved it already."))
        if submission.state in MATCHING and not submission.landed:
            intake.enter(by=user.username, submission=submission)  # the worker may have given it up
        steps.advance(
            by=user.username,
            submission=submission,
            refuse_unanswered=request.POST.get("step") == "refuse",
            reason=typed(request.POST, "reason"),
        )

    told = Text("Sudah. Langkah ini dicatat.", "Done. This step is recorded.")
    return act(request, do, to=here, told=told) or redirect(here)


def decide(request: HttpRequest, key: int, row: int) -> HttpResponse:
    """Let somebody with another cover pass, with a reason."""
    submission = submission_of(request, key)
    user = user_of(request)
    if request.method == "POST":
        _must_decide(user, key)
    found = get_object_or_404(submission.rows.select_related("person"), pk=row)
    code = steps.decidable(submission, found)
    if code is None or not _decides(user, key):
        return redirect("submission_people", key=key)
    form = Allow(request.POST or None)

    def do() -> None:
        steps.allow(by=user.username, row=found, reason=form.cleaned_data["reason"])

    told = Text("Orang ini boleh ikut; dicatat.", "This person may pass; recorded.")
    done = act(request, do, to=reverse("submission_way", args=[key]), form=form, told=told)
    context = {"submission": submission, "row": found, "kind": kind(code), "form": form}
    return done or render(request, "answers/decide.html", context)


def _decides(user: User, key: int) -> bool:
    """Tell whether ``user`` decides on this submission for the dinas."""
    return dinas_scope(user).of(Submission).filter(pk=key).exists()


def _must_decide(user: User, key: int) -> None:
    if not _decides(user, key):
        raise PermissionDenied("only the dinas moves a submission on and decides on double cover")


def ask(request: HttpRequest) -> HttpResponse:
    """Hand out the workbook that asks an agency, after recording who, why and how many."""
    user = user_of(request)
    agencies = agencies_of(user)
    submissions = queries.submissions(scope_of(request)).order_by("village_code", "kind")
    offered = [(str(one.pk), _label(one)) for one in submissions.filter(state__in=MATCHING)[:500]]
    chosen = request.GET.get("usulan", "")
    form = Ask(
        request.POST or None,
        agencies=agencies,
        submissions=offered,
        initial={
            "submission": chosen,
            "agency": request.GET.get("instansi", "") or _waits_for(submissions, chosen),
        },
    )
    if request.method == "POST" and form.is_valid():
        response = _asked(request, form.cleaned_data)
        if response:
            return response
        form.add_error(
            "agency", say(Text("Tidak ada orang yang perlu ditanyakan.", "There is nobody to ask about."))
        )
    return render(request, "answers/ask.html", {"form": form})


def _label(one: Any) -> str:
    """Return what tells a submission from another one of the same village and kind."""
    told = Text(
        f"{number(one.people)} orang, sejak {day(one.since)}",
        f"{number(one.people)} people, since {day(one.since)}",
    )
    village, file = one.village_name or one.village_code, one.file_name or "–"
    return f"{village} · {say(one.kind.text)} · no. {one.pk} · {file} · {say(told)} · {say(one.state.text)}"


def _waits_for(submissions: Any, chosen: str) -> str:
    asked = key_of(chosen)
    found = submissions.filter(pk=asked).first() if asked is not None else None
    return queries.WAITS_FOR.get(found.state, "") if found else ""


def _asked(request: HttpRequest, values: dict[str, Any]) -> HttpResponse | None:
    """Return the workbook, or ``None`` where there is nobody to ask about."""
    user = user_of(request)
    agency = values["agency"]
    scope = edit_scope(user, agency)
    submission = (
        get_object_or_404(scope.of(Submission), pk=values["submission"]) if values["submission"] else None
    )
    to_ask = queries.to_ask(scope, agency, submission, only_unanswered=values["only_unanswered"])
    people = list(to_ask.select_related("household"))
    content, many = asking.workbook(agency, people)
    if not many:
        return None
    actions.note_request(
        by=user.username,
        agency=agency,
        region_code=submission.village_code if submission else scope.places[0],
        reason=values["reason"].strip(),
        values={"rows": many, "submission": submission.pk if submission else None},
        people=people,
    )
    response = HttpResponse(content, content_type=WORKBOOK)
    name = f"permintaan-padan-{agency}-{timezone.localdate():%Y-%m-%d}.xlsx"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def submission_of(request: HttpRequest, key: int) -> Submission:
    """Return the submission with this key within the scope of this page."""
    return get_object_or_404(scope_of(request).of(Submission), pk=key)


def panel(request: HttpRequest, person: Person) -> tuple[str, dict[str, Any]] | None:
    """Return template and values of what a person's page shows of matching; ``None`` for who may not see it."""
    scope = user_of(request).scope(Permission.ANSWER_VIEW)
    if not scope.areas:
        return None
    found = list(scope.of(Result).filter(person=person).select_related("line"))
    latest = sorted((one for one in found if one.latest), key=lambda one: list(ORIGINS).index(one.agency))
    return "answers/panel.html", {"results": latest, "older": [one for one in found if not one.latest][:20]}


def _address(name: str, key: int | None = None, **parameters: str) -> str:
    address = reverse(name, kwargs={"key": key} if key else None)
    return address + (
        "?" + "&".join(f"{name}={value}" for name, value in parameters.items()) if parameters else ""
    )
