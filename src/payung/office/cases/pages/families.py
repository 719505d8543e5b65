"""The page for a family, and how a district words its labels in the languages of its villages."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from payung.office.access.permissions import Permission
from payung.office.access.requests import scope_of, user_of
from payung.office.cases import actions, queries
from payung.office.cases.forms import WordsForm
from payung.office.cases.pages.one import case_of, known_of
from payung.office.cases.states import FamilyLabel, Tongue
from payung.office.desk.act import act, values_of
from payung.office.regions.queries import names


def family(request: HttpRequest, key: int) -> HttpResponse:
    """One page in large type that explains to the family what they may receive, and what to do next."""
    case = case_of(request, key)
    known = known_of(request, case)
    code = case.incident.village_code
    said = queries.labels(code)
    message = queries.message(names([code]).get(code, code), known["missing"])
    context = {
        **known,
        "case": case,
        "labels": {label.name.lower(): {"label": label, "said": said[label.value]} for label in FamilyLabel},
        "message": message,
        "whatsapp": queries.whatsapp(message),
        "words": user_of(request).may(Permission.CLINIC_EDIT),
    }
    return render(request, "cases/family.html", context)


def words(request: HttpRequest) -> HttpResponse:
    """How the district says the labels of that page in one language of its villages."""
    scope = scope_of(request)
    code = scope.places[0][:5] if scope.places else ""
    tongue = Tongue.known(request.GET.get("bahasa", "")) or next(iter(Tongue))
    form = WordsForm(request.POST or None, initial=queries.words_of(code, tongue))
    answered = act(
        request,
        lambda: actions.word(
            by=user_of(request).username, region_code=code, tongue=tongue, words=values_of(form)
        ),
        form=form,
        to=f"{reverse('case_words')}?bahasa={tongue}",
    )
    context = {"form": form, "tongue": tongue, "tongues": list(Tongue)}
    return answered or render(request, "cases/words.html", context)
