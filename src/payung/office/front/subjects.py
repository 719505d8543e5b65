"""What the history says a deed was done to: in words, and where that is, for whoever may open it."""

from __future__ import annotations

import functools

from django.urls import NoReverseMatch, get_resolver, reverse

from payung.office.access.permissions import Permission
from payung.office.accounts.models import User
from payung.office.desk.who import named
from payung.office.desk.words import say
from payung.text import Text

NOUNS: dict[str, Text] = {
    "agreement": Text("perjanjian", "agreement"),
    "answer": Text("jawaban instansi", "answer of an agency"),
    "batch": Text("kiriman BPJS", "batch"),
    "bill": Text("tagihan", "bill"),
    "case": Text("kasus", "case"),
    "change": Text("mutasi", "change"),
    "child": Text("beasiswa anak", "scholarship"),
    "death": Text("kematian", "death"),
    "decree": Text("SK", "decree"),
    "donor": Text("donatur", "donor"),
    "letter": Text("surat", "letter"),
    "line": Text("baris dana", "line of money"),
    "pair": Text("pasangan", "pair"),
    "payment": Text("pembayaran", "payment"),
    "person": Text("orang", "person"),
    "pledge": Text("janji", "pledge"),
    "policy": Text("kebijakan", "policy"),
    "post": Text("jabatan", "post"),
    "sample": Text("sampel", "sample"),
    "submission": Text("usulan", "submission"),
    "suggestion": Text("usul nama", "suggestion"),
}


def words(subject: str) -> str:
    """Return what ``subject`` ("submission:12", "user:sari") is, in words; one that has none stays as it is."""
    noun, _, key = subject.partition(":")
    if noun == "user" and key:
        return named(key)
    return f"{say(NOUNS[noun])} {key}" if noun in NOUNS and key else subject


def address(subject: str, user: User) -> str:
    """Return the page of ``subject`` where ``user`` has a permission that opens it; else ``""``."""
    noun, _, key = subject.partition(":")
    if noun not in NOUNS or not key.isdecimal() or not user.permissions & _opens(f"{noun}_show"):
        return ""
    try:
        return reverse(f"{noun}_show", args=[int(key)])
    except NoReverseMatch:
        return ""


@functools.lru_cache(maxsize=100)
def _opens(page: str) -> frozenset[Permission]:
    """Return the permissions that open the page called ``page``; none where there is no such page."""
    found = next((one for one in get_resolver().url_patterns if getattr(one, "name", "") == page), None)
    rule = getattr(getattr(found, "callback", None), "rule", None)
    return frozenset(rule.permissions) if rule else frozenset()
