"""What the history says a deed was done to: in words, and where that is, for whoever may open it."""

from __future__ import annotations

from django.urls import reverse

from payung.office.access.pages import opened_by
from payung.office.accounts.models import User
from payung.office.desk.words import say
from payung.office.face import noun_of


def words(subject: str) -> str:
    """Return what ``subject`` ("submission:12", "user:sari") is, in words; one that has none stays as it is."""
    name, _, key = subject.partition(":")
    noun = noun_of(name)
    if noun is None or not key:
        return subject
    return noun.called(key) if noun.called else f"{say(noun.text)} {key}"


def address(subject: str, user: User) -> str:
    """Return the page of ``subject`` where ``user`` has a permission that opens it; else ``""``."""
    name, _, key = subject.partition(":")
    noun = noun_of(name)
    if noun is None or not noun.page or not key.isdecimal() or not user.permissions & opened_by(noun.page):
        return ""
    return reverse(noun.page, args=[int(key)])
