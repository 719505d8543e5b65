"""One search box for everything: each app says in its face (``seeks``) what it finds; this page knows none by name."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from payung.office.access.requests import user_of
from payung.office.accounts.models import User
from payung.office.desk.lists import LONGEST, LONGEST_SEALED
from payung.office.desk.numbers import opened, sealed
from payung.office.desk.words import typed
from payung.office.face import Hits, Sought, faces
from payung.office.people.queries import name_key, number_in

MOST_WORDS = 5  # of a text; further ones are not looked at
SHORTEST = 2  # signs of a text that is searched for


def sought(text: str) -> Sought:
    """Return what ``text`` asks for."""
    plain = text.strip()
    words = tuple(dict.fromkeys(name_key(plain).split()))[:MOST_WORDS]
    codes = tuple(word for word in plain.split() if word.count(".") > 1)  # codes of villages keep their dots
    return Sought(plain, codes or words, number_in(plain) if not codes else "")


def seek(user: User, text: str) -> list[Hits]:
    """Return what ``user`` finds by ``text``: sure ones first, each kind in the order of the apps."""
    return sorted(_found(user, sought(text)), key=lambda hits: hits.unsure)


def _found(user: User, asked: Sought) -> Iterator[Hits]:
    for face in faces():
        for seeker in face.seeks:
            yield from seeker(user, asked)


def search(request: HttpRequest) -> HttpResponse:
    """What was found, by kind. A search is posted, and answered with an address in which no number can be read."""
    if request.method == "POST":
        text = typed(request.POST, "cari", LONGEST)
        query = urlencode({"cari": sealed(text)})
        return redirect(f"{reverse('search')}?{query}" if text else reverse("search"))
    asked = typed(request.GET, "cari", LONGEST_SEALED)
    text = opened(asked)[:LONGEST]
    if sealed(asked) != asked and asked == text:  # somebody wrote a number into the address
        return redirect(f"{reverse('search')}?{urlencode({'cari': sealed(text)})}")
    long_enough = len(text) >= SHORTEST or text.isdecimal()
    found = seek(user_of(request), text) if long_enough else []
    return render(request, "front/search.html", {"text": text, "found": found, "asked": long_enough})
