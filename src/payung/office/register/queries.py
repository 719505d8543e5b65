"""Named reads of the register. Each starts from a scope."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from typing import Any

from django.db.models import Case, CharField, Count, Exists, OuterRef, Q, QuerySet, Subquery, Value, When

from payung.office.accounts.scope import Scope
from payung.office.regions.models import Region
from payung.office.register.models import Holding, Membership, NameWord, Person, Post
from payung.office.register.sealed import blind

SAMPLE = 2000


def name_key(name: str) -> str:
    """Return ``name`` for sorting and searching: lower-case words of letters and digits."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return " ".join(re.findall(r"[a-z0-9]+", plain.replace("'", "")))[:150]


def matching(people: QuerySet[Person], text: str) -> QuerySet[Person]:
    """Return those of ``people`` whose NIK or KPJ is ``text``, or whose name has all its words, in any order.

    Every word may be the beginning of a word of the name. Answered from indexes: of the words, the rarest
    leads and the others are looked for in the names that it finds.
    """
    digits = re.sub(r"[\s.\-]", "", text)
    if digits.isdecimal() and len(digits) >= 8:
        with_kpj = Membership.objects.filter(kpj_index=blind(digits, "kpj")).values("person")
        return people.filter(Q(nik_index=blind(digits, "nik")) | Q(pk__in=with_kpj))
    words = sorted(set(name_key(text).split()))
    if not words:
        return people.none()
    leading = min(words, key=lambda word: (_beginning(word)[:SAMPLE].count(), -len(word), word))
    found = people.filter(pk__in=_beginning(leading).values("person"))
    for word in words:
        if word != leading:
            found = found.filter(Q(name_key__startswith=word) | Q(name_key__contains=f" {word}"))
    return found


def _beginning(word: str) -> QuerySet[NameWord]:
    return NameWord.objects.filter(word__gte=word, word__lt=word + "{")


def covered_in(month: str, person: str = "pk") -> Exists:
    """Return the condition that a person has a membership in ``month`` (``YYYY-MM``)."""
    return Exists(
        Membership.objects.filter(
            Q(until_month="") | Q(until_month__gte=month), person=OuterRef(person), from_month__lte=month
        )
    )


def posts(scope: Scope, on: dt.date) -> QuerySet[Post, Any]:
    """Return the posts within ``scope``, each with ``holding`` (key, on the day ``on``) and ``state``.

    ``state`` is ``covered``, ``uncovered``, ``ended`` (the term of the last holder is over) or ``vacant``.
    """
    current = Holding.objects.filter(
        Q(starts__isnull=True) | Q(starts__lte=on),
        Q(ends__isnull=True) | Q(ends__gte=on),
        post=OuterRef("pk"),
    ).order_by("-starts", "-pk")
    insured = current.filter(covered_in(f"{on:%Y-%m}", "person"))
    return scope.of(Post).annotate(
        holding=Subquery(current.values("pk")[:1]),
        state=Case(
            When(Exists(insured), then=Value("covered")),
            When(Exists(current), then=Value("uncovered")),
            When(Exists(Holding.objects.filter(post=OuterRef("pk"))), then=Value("ended")),
            default=Value("vacant"),
            output_field=CharField(),
        ),
    )


STATES = ("covered", "uncovered", "ended", "vacant")


def post_counts(scope: Scope, on: dt.date) -> dict[str, dict[str, int]]:
    """Return for each region code how many of its posts are in each of :data:`STATES`, in one query."""
    found: dict[str, dict[str, int]] = {}
    grouped: Any = posts(scope, on).order_by().values("region_code", "state")  # type: ignore[misc]
    for line in grouped.annotate(many=Count("pk")):
        found.setdefault(line["region_code"], dict.fromkeys(STATES, 0))[line["state"]] = line["many"]
    return found


def for_list(scope: Scope, on: dt.date) -> QuerySet[Person, Any]:
    """Return the people within ``scope`` with ``village_name``, ``covered`` in the month of ``on``, and standings."""
    village = Region.objects.filter(code=OuterRef("village_code")).values("name")[:1]
    return (
        scope.of(Person)
        .annotate(village_name=Subquery(village), covered=covered_in(f"{on:%Y-%m}"))
        .prefetch_related("standings")
    )
