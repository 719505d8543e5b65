"""Suggesting a name, and deciding on those that were suggested."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from payung.errors import InputError
from payung.office.access.requests import scope_of, user_of
from payung.office.desk.act import act
from payung.office.desk.numbers import key_of
from payung.office.desk.words import typed
from payung.office.people.pages.changes import village_choices
from payung.office.submissions.models import Submission
from payung.office.submissions.states import Kind
from payung.office.suggestions import actions, queries
from payung.office.suggestions.forms import SuggestForm
from payung.office.suggestions.models import Suggestion
from payung.text import Text


def new(request: HttpRequest) -> HttpResponse:
    """Suggest a name; opens and saves without a signal, and is sent once."""
    user, scope = user_of(request), scope_of(request)
    villages, kind = village_choices(scope), queries.kind_of(user)
    agent = queries.last_agent(user) if kind is Kind.MANDIRI else None
    form = SuggestForm(request.POST or None, villages=villages, agent=agent)

    def do() -> Suggestion:
        values = form.cleaned_data
        return actions.suggest(
            by=user.username,
            village_code=values.get("village") or villages[0][0],
            kind=kind,
            cells=form.cells,
            once=values["once"],
            agent=values.get("agent", ""),
        )

    def told(made: Suggestion) -> Text:
        return Text(
            f"{made.name} terkirim ke desa. Usulkan yang berikutnya?",
            f"{made.name} was sent to the village. Suggest the next one?",
        )

    here = reverse("suggestion_new")
    return act(request, do, to=here, form=form, told=told) or render(
        request, "suggestions/new.html", {"form": form}
    )


def decide(request: HttpRequest) -> HttpResponse:
    """Put the ticked names on a list of their village, or refuse them."""
    user, here = user_of(request), reverse("suggestion_list")
    keys = [key for text in request.POST.getlist("pilih") if (key := key_of(text)) is not None]
    chosen = list(queries.waiting_for(user).filter(pk__in=keys))

    def do() -> list[Submission]:
        if not chosen:
            raise InputError(Text("Tandai dahulu nama yang masih menunggu.", "Tick names that wait first."))
        if request.POST.get("step") == "refuse":
            actions.refuse(by=user.username, suggestions=chosen, reason=typed(request.POST, "reason", 200))
            return []
        return actions.put_on_list(by=user.username, suggestions=chosen)

    def to(made: list[Submission]) -> str:
        return reverse("submission_show", args=[made[0].pk]) if len(made) == 1 else here

    def told(made: list[Submission]) -> Text:
        if not made:
            return Text("Ditolak; alasannya terlihat oleh pengusul.", "Refused; whoever suggested sees why.")
        return Text(
            f"{len(chosen)} nama masuk usulan dan sedang dibaca.",
            f"{len(chosen)} names are on a list, being read.",
        )

    return act(request, do, to=to, told=told, back=here) or redirect(here)
