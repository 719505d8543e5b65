"""Named reads of the register. Each starts from a scope."""

from __future__ import annotations

import datetime as dt
import math
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import (
    BooleanField,
    Case,
    Exists,
    ExpressionWrapper,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Left, StrIndex
from django.db.models.lookups import GreaterThan, IsNull

from payung.office.access.permissions import Permission
from payung.office.access.scope import Scope
from payung.office.accounts.models import User
from payung.office.face import Sought, faces
from payung.office.people import spellings
from payung.office.people.models import DEAD, FormerNik, Heir, Household, Membership, NameWord, Person
from payung.office.regions.models import Region
from payung.office.vault.sealed import blind
from payung.people import phones

FEW = 5000  # people with a word; where one word has no more, they are looked up, and nobody counts further
COMMON = 60_000  # beyond it the number of people with a word is not counted further
LOOKED_UP = 2000  # people with a word that are looked up one by one, where a sub-district or less is searched


def alive(person: str = "") -> Q:
    """Return the condition that nobody told of the death of the person at the path ``person`` (empty: of the row).

    The register, a change that is reported, a list of deaths, a report of an event: after any of them nothing is sent
    to that person any more.
    """
    told = [IsNull(day(person or "pk"), True) for face in faces() for day in face.died]
    return Q(*told) & ~Q(**{f"{person}__life_status" if person else "life_status": DEAD})


def name_key(name: str) -> str:
    """Return ``name`` for sorting and searching: lower-case words of letters and digits."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return " ".join(re.findall(r"[a-z0-9]+", plain.replace("'", "")))[:150]


def matching(people: QuerySet[Person], text: str, *, wide: bool = False) -> QuerySet[Person]:
    """Return those of ``people`` whose NIK, former NIK, KPJ, KK or phone is ``text``, or whose name has all its words.

    Words come in any order, and each may be the beginning of a word of the name. Rare words are looked up one by
    one; common ones are met soon enough on a walk along the names. ``wide`` says that ``people`` live in a whole
    district: then the walk is in the order of names, and whether somebody is one of ``people`` is asked of
    those who match only (the answer is bare of what was annotated to ``people``).
    """
    if digits := number_in(text):
        # The few keys first: a condition with OR over several tables makes PostgreSQL walk through everybody.
        return people.filter(pk__in=[key for (key,) in _known_by(digits)])
    words = sorted(set(name_key(text).split()))
    if not words:
        return people.none()
    many = {word: _beginning(word)[:FEW].count() for word in words}
    if wide and len(words) > 1 and min(many.values()) == FEW:
        many = {word: _beginning(word)[:COMMON].count() for word in words}
    leading = min(words, key=lambda word: (many[word], -len(word), word))
    if not _walk(list(many.values()), wide=wide):
        found = people.filter(pk__in=_beginning(leading).values("person"))
        return _having(found, [word for word in words if word != leading])
    if wide:
        # A value for each, which no planner turns into a join that begins with all of `people` (as it does EXISTS).
        one = people.filter(pk=OuterRef("pk")).order_by().values("pk")[:1]
        return _having(Person.everybody.filter(pk=Subquery(one)), words)
    return _having(people, words)


def number_in(text: str) -> str:
    """Return the digits of ``text`` where it writes one number of a person (NIK, KK, KPJ, phone), else nothing."""
    digits = re.sub(r"[\s.\-+()]", "", text)
    return digits if re.fullmatch(r"[0-9]{8,}", digits) else ""


def with_nik(digits: str) -> QuerySet[Person, Any]:
    """Return the keys of whoever has, or was formerly recorded under, the NIK ``digits``."""
    index = blind(digits, "nik")
    former = FormerNik.objects.filter(nik_index=index, person__merged_into__isnull=True).order_by()
    return Person.objects.filter(nik_index=index).order_by().values("pk").union(former.values("person"))


def _known_by(digits: str) -> QuerySet[Any, Any]:
    """Return the keys of whoever has ``digits`` as NIK, KK, KPJ or phone, had them, or is known by them to another
    app."""
    memberships = Membership.objects.filter(kpj_index=blind(digits, "kpj")).order_by().values_list("person")
    found = [find(digits).order_by().values_list("person") for face in faces() for find in face.finds]
    index = blind(digits, "nik")
    former = FormerNik.objects.filter(nik_index=index).order_by().values_list("person")
    people = Person.everybody.filter(nik_index=index).order_by().values_list("pk")
    cards = Household.objects.filter(kk_index=blind(digits, "kk")).order_by()
    family = Person.objects.filter(household__in=cards.values("pk")).order_by().values_list("pk")
    called = Person.objects.filter(phone_index=blind(phones.read(digits) or "-", "phone"))
    return people.union(former, memberships, family, called.order_by().values_list("pk"), *found)


def _walk(many: list[int], *, wide: bool) -> bool:
    """Tell whether walking along the names is quicker than looking up those with the rarest of the words.

    ``many`` are the people with each word. The figures are those of docs/benchmarks-office.md: a look-up costs
    as much as twelve steps, and a page needs about two hundred and fifty matches.
    """
    rarest = min(many)
    if not wide:
        return rarest >= LOOKED_UP
    if rarest < FEW:
        return False
    last = Person.objects.order_by("-pk").values_list("pk", flat=True).first() or 1
    expected = last * math.prod(min(1.0, number / last) for number in many)
    return rarest * expected > 20 * last


def _having(people: QuerySet[Person], words: Iterable[str]) -> QuerySet[Person]:
    for word in words:
        # Whether the letters occur at all is told in half the time; most names are out with that.
        occurs = GreaterThan(StrIndex("name_key", Value(word)), 0)
        people = people.filter(occurs, Q(name_key__startswith=word) | Q(name_key__contains=f" {word}"))
    return people


def _beginning(word: str) -> QuerySet[NameWord]:
    return NameWord.objects.filter(spellings.beginning(word))


def covered_memberships(month: str) -> QuerySet[Membership]:
    """Return the memberships that cover somebody in ``month`` (``YYYY-MM``)."""
    return Membership.objects.filter(
        Q(until_month="") | Q(until_month__gte=month), from_month__lte=month
    ).order_by()


def is_member(person: str) -> Exists:
    """Return the condition that the person at the path ``person`` is or was a member, whom we or a bill named."""
    return Exists(Membership.objects.filter(person=OuterRef(person), claimed=False).order_by())


def covered_in(month: str, person: str = "pk") -> Exists:
    """Return the condition that a person has a membership in ``month`` (``YYYY-MM``)."""
    return Exists(covered_memberships(month).filter(person=OuterRef(person)))


def covered_on(on: dt.date, person: str = "pk") -> Q:
    """Return the condition that somebody is covered on the day ``on``: the one definition of the office.

    The register of months says it; where it knows nothing of a segment, what the insurer answered for that month
    does. ``person`` is the column that holds the key of the person.
    """
    found = Q()
    memberships = covered_memberships(f"{on:%Y-%m}").filter(person=OuterRef(person))
    for face in faces():
        if face.covers:
            found |= face.covers.yes(on, person)
            memberships = memberships.exclude(face.covers.judges(on))
    return found | Q(Exists(memberships))


def for_list(scope: Scope, on: dt.date, text: str = "") -> QuerySet[Person, Any]:
    """Return the people within ``scope`` that ``text`` finds (empty: all of them).

    Each has ``village_name``, ``covered`` on the day ``on``, and standings.
    """
    village = Region.objects.filter(code=OuterRef("village_code")).values("name")[:1]
    people = scope.of(Person)
    if text:
        people = matching(people, text, wide=any(code.count(".") < 2 for code in scope.places))
    return people.annotate(
        village_name=Subquery(village), covered=ExpressionWrapper(covered_on(on), output_field=BooleanField())
    ).prefetch_related("standings")


def found_by(scope: Scope, sought: Sought, most: int) -> tuple[list[Any], list[Any]]:
    """Return whom the list of people finds by what is sought (one more than ``most`` where there are more), and where
    they are few, at most ``most`` others whose names are only like it. Each has ``village_name``."""
    wide = any(code.count(".") < 2 for code in scope.places)
    people = scope.of(Person)
    rows = matching(people, sought.text, wide=wide).order_by("name_key", "pk")
    sure = list(rows.values_list("pk", flat=True)[: most + 1])
    alike: list[int] = []
    if len(sure) < most and not sought.digits and sought.words:
        near = spellings.carrying(people, sought.words, wide=wide)
        if near is not None:
            alike = list(
                near.exclude(pk__in=sure).order_by("name_key", "pk").values_list("pk", flat=True)[:most]
            )
    village = Region.objects.filter(code=OuterRef("village_code")).values("name")[:1]
    shown = Person.objects.filter(pk__in=[*sure, *alike]).annotate(village_name=Subquery(village))
    by_key = {person.pk: person for person in shown.order_by()}
    return [by_key[key] for key in sure if key in by_key], [by_key[key] for key in alike if key in by_key]


@dataclass(frozen=True, slots=True)
class Seen:
    """A person as their page shows them, in one query.

    Fields
        may: what of the permissions that were asked about reaches the person. place: names of village, sub-district
        and district. heirs, former: whether there are heirs, and former NIKs.
    """

    person: Person
    may: frozenset[Permission]
    place: tuple[str, ...]
    heirs: bool
    former: bool


def seen(user: User, scope: Scope, key: int, *permissions: Permission) -> Seen | None:
    """Return the person ``key`` within ``scope``, with those of ``permissions`` of ``user`` that reach them."""
    asked = {
        f"may_{permission.name.lower()}": Case(
            When(user.scope(permission).condition(Person), then=Value(True)), default=Value(False)
        )
        for permission in permissions
    }
    above = {
        f"place_{signs}": Subquery(
            Region.objects.filter(code=Left(OuterRef("village_code"), signs)).values("name")[:1]
        )
        for signs in (13, 8, 5)
    }
    rows = scope.of(Person).select_related("household").filter(pk=key)
    found = rows.annotate(
        **asked,
        **above,
        any_heirs=Exists(Heir.objects.filter(person=OuterRef("pk"))),
        any_former=Exists(FormerNik.objects.filter(person=OuterRef("pk"))),
    ).first()
    if found is None:
        return None
    told = vars(found)
    return Seen(
        found,
        frozenset(one for one in permissions if told[f"may_{one.name.lower()}"]),
        tuple(told[name] or "" for name in above),
        told["any_heirs"],
        told["any_former"],
    )
