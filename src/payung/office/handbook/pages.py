"""Pages of the handbook."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from payung.office.access.requests import user_of
from payung.office.handbook.glossary import words
from payung.office.handbook.rules import guide_for, guides


def home(request: HttpRequest) -> HttpResponse:
    """Lead to the chapter about the page that one comes from, in the guide of one's role."""
    roles = [grant.role for grant in user_of(request).grants_now]
    page, code = request.GET.get("dari", "")[:60], guide_for(roles)
    for one in (code, "umum"):
        chapter = guides()[one].chapter_of(page) if page else None
        if chapter is not None:
            return redirect(f"{reverse('handbook_guide')}?untuk={one}#{chapter.key}")
    return redirect(f"{reverse('handbook_guide')}?untuk={code}")


def guide(request: HttpRequest) -> HttpResponse:
    """One guide; any of them, for whoever wants to know what others do."""
    found = guides().get(request.GET.get("untuk", "umum"))
    if found is None:
        raise Http404
    return render(request, "handbook/guide.html", {"guide": found, "guides": list(guides().values())})


def glossary(request: HttpRequest) -> HttpResponse:
    """The words of the field, said plainly."""
    return render(request, "handbook/words.html", {"words": words()})
