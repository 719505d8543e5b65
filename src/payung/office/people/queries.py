"""Named reads of the register. Each starts from a scope."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import (
    BooleanField,
    Case,
    Exists,
    ExpressionWrapper,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    Value,
    When,
)
from django.db.models.functions import Left, StrIndex
from django.db.models.lookups import GreaterThan, In, IsNull

from payung.office.access.permissions import Permission
from payung.office.access.scope import Scope
from payung.office.accounts.models import User
from payung.office.face import Sought, faces
from payung.office.people import spellings
from payung.office.people.models import (
    DEAD,
    FormerNik,
    Heir,
    Household,
    Membership,
    NameWord,
    Person,
    Standing,
)
from payung.office.regions.models import Region
from payung.office.vault.sealed import blind
from payung.people import phones

FEW = 5000  # people with a word; where one word has no more, they are looked up, and nobody counts further
COMMON = 30_000  # beyond it the number of people with a word is not counted further
FIRST = 10_000  # names that tell whether a walk along all of them meets a page of matches soon
ENOUGH = 25  # matches among them; if it goes on like that, a page is met within some 80,000 names
FIRST_KEYS = 1000  # people with several common words who are looked at first, where a page is enough
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


def matching(
    people: QuerySet[Person],
    text: str,
    *,
    wide: bool = False,
    stands: Collection[str] = (),
    most: int | None = None,
) -> QuerySet[Person]:
    """Return those of ``people`` whose NIK, former NIK, KPJ, KK or phone is ``text``, or whose name has all its words.

    Words come in any order, and each may be the beginning of a word of the name. Rare words are looked up one by
    one; common ones are met soon enough on a walk along the names. ``wide`` says that ``people`` live in a whole
    district: then the walk is in the order of names, and whether somebody is one of ``people`` is asked of
    those who match only (the answer is bare of what was annotated to ``people``). ``stands`` are the categories in one
    of which each of ``people`` stands, where that is so: it is asked first. ``most``: of more than these, the first
    by name are enough.
    """
    if digits := number_in(text):
        # The few keys first: a condition with OR over several tables makes PostgreSQL walk through everybody.
        return people.filter(pk__in=[key for (key,) in _known_by(digits)])
    words = sorted(set(name_key(text).split()))
    if not words:
        return people.none()
    counted = COMMON if wide and len(words) > 1 else FEW
    many = {word: _beginning(word)[:counted].count() for word in words}
    if _walk(words, min(many.values()), wide=wide):
        if not wide:
            return people.filter(_having(words))
        # A value for each, which no planner turns into a join that begins with all of `people` (as it does EXISTS).
        one = people.filter(pk=OuterRef("pk")).order_by().values("pk")[:1]
        rows = Person.everybody.filter(_having(words))
        if stands:
            rows = rows.filter(pk=Subquery(_standing(stands, "pk").values("person")[:1]))
        return rows.filter(pk=Subquery(one))
    if len(words) == 1:
        return people.filter(pk__in=_beginning(words[0]).values("person"))
    leading = min(words, key=lambda word: (many[word], -len(word), word))
    others = _having(word for word in words if word != leading)
    with_all = _beginning(leading).filter(others).values("person")
    if stands and Standing.objects.filter(category__in=sorted(stands))[:COMMON].count() < COMMON:
        with_all = with_all.filter(Exists(_standing(stands, "person")))
    if most is not None and many[leading] >= FEW:
        first = list(with_all.order_by("name_key", "person").values_list("person", flat=True)[:FIRST_KEYS])
        within = set(people.filter(pk__in=first).order_by().values_list("pk", flat=True))
        if len(first) < FIRST_KEYS or len(within) >= most:
            return Person.everybody.filter(pk__in=[key for key in first if key in within][:most])
    return people.filter(Among(F("pk"), with_all.query))


def _standing(categories: Collection[str], person: str) -> QuerySet[Standing]:
    """Return in which of ``categories`` somebody stands."""
    return Standing.objects.filter(person=OuterRef(person), category__in=sorted(categories)).order_by()


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
    # The card first: where no card is known yet, SQLite finds an index of them useless and reads everybody.
    cards = list(
        Household.objects.filter(kk_index=blind(digits, "kk")).order_by().values_list("pk", flat=True)
    )
    family = [Person.objects.filter(household__in=cards).order_by().values_list("pk")] if cards else []
    called = Person.objects.filter(phone_index=blind(phones.read(digits) or "-", "phone"))
    return people.union(former, memberships, called.order_by().values_list("pk"), *family, *found)


def _walk(words: Sequence[str], rarest: int, *, wide: bool) -> bool:
    """Tell whether walking along the names is quicker than going through those with the rarest of the words.

    ``rarest`` are the people with it. Of several common words it depends on whether names
    with all of them come soon: they may all begin with one of them, half a register further on.
    """
    if not wide:
        return rarest >= LOOKED_UP
    return rarest >= FEW and (len(words) == 1 or _soon(words))


def _soon(words: Sequence[str]) -> bool:
    """Tell whether a walk soon meets a page of names with all ``words``: whether enough of the first have them."""
    hit = Case(When(_having(words), then=1), default=0, output_field=IntegerField())
    first = Person.everybody.order_by("name_key", "pk").annotate(hit=hit).values("hit")[:FIRST]
    found: int = first.aggregate(found=Sum("hit"))["found"] or 0
    return found >= ENOUGH


def _having(words: Iterable[str]) -> Q:
    """Return the condition that ``name_key`` has all ``words``, each at the beginning of one of its own."""
    found = Q()
    for word in words:
        # Whether the letters occur at all is told in half the time; most names are out with that.
        occurs = GreaterThan(StrIndex("name_key", Value(word)), 0)
        found &= Q(occurs) & (Q(name_key__startswith=word) | Q(name_key__contains=f" {word}"))
    return found


class Among(In):
    """The condition that a key is one of those that a query finds, found first: PostgreSQL would else guess how many
    they are, and walk through everybody in the order of names asking of each."""

    def as_postgresql(self, compiler: Any, connection: Any) -> Any:
        """Return the condition on an array that is filled once."""
        column, given = self.process_lhs(compiler, connection)
        keys, more = self.process_rhs(compiler, connection)
        return f"{column} = ANY(ARRAY{keys})", (*given, *more)


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


def searched(scope: Scope, text: str = "", most: int | None = None) -> QuerySet[Person, Any]:
    """Return the people within ``scope`` that ``text`` finds (empty: all of them); ``most`` as in :func:`matching`."""
    people = scope.of(Person)
    if not text:
        return people
    return matching(people, text, wide=_wide(scope), stands=_categories(scope), most=most)


def told(people: QuerySet[Person, Any], on: dt.date) -> QuerySet[Person, Any]:
    """Return ``people``, each with ``village_name``, ``covered`` on the day ``on``, and standings."""
    village = Region.objects.filter(code=OuterRef("village_code")).values("name")[:1]
    covered = ExpressionWrapper(covered_on(on), output_field=BooleanField())
    return people.annotate(village_name=Subquery(village), covered=covered).prefetch_related("standings")


def _wide(scope: Scope) -> bool:
    return any(code.count(".") < 2 for code in scope.places)


def _categories(scope: Scope) -> frozenset[str]:
    """Return the categories in one of which everybody within ``scope`` stands; none where others are within too."""
    every = [area.categories for area in scope.areas]
    return frozenset().union(*every) if all(every) else frozenset()


def found_by(scope: Scope, sought: Sought, most: int) -> tuple[list[Any], list[Any]]:
    """Return whom the list of people finds by what is sought (one more than ``most`` where there are more), and where
    they are few, at most ``most`` others whose names are only like it. Each has ``village_name``."""
    wide = _wide(scope)
    people = scope.of(Person)
    rows = searched(scope, sought.text, most + 1).order_by("name_key", "pk")
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
