"""Who of the register is worth comparing with some people and rows: asked of the database, never read whole.

Blocks: everybody in the same villages; whoever was born on one of the days and shares a word of the name or the
sub-district; a whole name that few people have; a shared family card. The number of queries does not depend on
how many are compared or how many there are.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from payung.office.duplicates.queries import listings_of
from payung.office.people.models import NameWord, Person
from payung.office.people.queries import name_key
from payung.office.regions.models import Region
from payung.office.regions.tree import below
from payung.office.submissions.models import Row
from payung.office.submissions.rules.rows import listing_of
from payung.office.vault.sealed import blind

if TYPE_CHECKING:
    import polars as pl

    from payung.linkage import Whole

FEW = 40  # people of one name; more of them, and the name alone says too little to look at them all


@dataclass(frozen=True, slots=True)
class Compared:
    """What is compared: listings of the new people and rows, those they may be, and how common things are."""

    listings: pl.DataFrame
    part: pl.DataFrame
    whole: Whole


def compared(people: Sequence[Person], rows: Sequence[Row]) -> Compared:
    """Return what to compare ``people`` and ``rows`` with. Records are ``p<key>`` and ``r<key>``."""
    told = [_of_person(person) for person in people] + [_of_row(row) for row in rows]
    return compared_told(told, but=[person.pk for person in people])


def compared_told(told: list[dict[str, Any]], *, but: Sequence[int] = ()) -> Compared:
    """Return what to compare ``told`` with: rows of any list, ``record``, ``village_code`` and the facts of a listing
    each. ``but``: people that are not looked up.
    """
    others = list(_looked_up(told).exclude(pk__in=but))
    known = [_of_person(person) for person in others]
    places = _places({line["village_code"] for line in (*told, *known)})
    for line in (*told, *known):
        code = line["village_code"]
        line["village"] = line.get("village") or places.get(code)
        line["district_code"] = code.rpartition(".")[0]
        line["district"] = places.get(line["district_code"])
    return Compared(listings_of(told), listings_of(known), _whole(told, places))


def everything(people: QuerySet[Person]) -> QuerySet[Person]:
    """Return ``people`` with what a comparison needs, fetched along."""
    return people.select_related("household").order_by("pk")


def _of_person(person: Person) -> dict[str, Any]:
    return {
        "record": f"p{person.pk}",
        "name": person.name,
        "nik": person.nik,
        "kk": person.household.kk if person.household else None,
        "birth_date": person.birth_date,
        "birth_date_from": "cell",
        "birth_place": person.birth_place or None,
        "sex": person.sex or None,
        "mother": person.mother or None,
        "phone": person.phone,
        "village_code": person.village_code,
    }


def _of_row(row: Row) -> dict[str, Any]:
    told = listing_of(row)
    names = (
        "name", "nik", "kk", "birth_date", "birth_date_from", "birth_place", "sex", "mother", "phone", "village",
    )  # fmt: skip
    code = told.get("village_code") or row.submission.village_code
    return {"record": f"r{row.pk}", **{name: told.get(name) for name in names}, "village_code": code}


def _looked_up(told: Sequence[dict[str, Any]]) -> QuerySet[Person]:
    names = {name_key(line["name"] or "") for line in told} - {""}
    dates = {line["birth_date"] for line in told if line["birth_date"]}
    cards = {blind(line["kk"], "kk") for line in told if line["kk"]}
    keys = Person.objects.order_by().values("pk")
    near = Q(pk__in=[])
    for code in sorted({line["village_code"].rpartition(".")[0] for line in told}):
        near |= below(code, "village_code")
    shares = NameWord.objects.filter(person=OuterRef("pk"), word__in=_words(names))
    rare = (
        Person.objects.filter(name_key__in=names)
        .order_by()
        .values("name_key")
        .annotate(many=Count("pk"))
        .filter(many__lte=FEW)
        .values("name_key")
    )
    found = keys.filter(village_code__in={line["village_code"] for line in told}).union(
        keys.filter(Q(Exists(shares)) | near, birth_date__in=dates),
        keys.filter(name_key__in=rare),
        keys.filter(household__kk_index__in=cards),
    )
    return everything(Person.objects.filter(pk__in=found))


def _words(names: set[str]) -> set[str]:
    return {word[:60] for name in names for word in name.split()}


def _places(codes: set[str]) -> dict[str, str]:
    """Return the names of villages and of their sub-districts."""
    wanted = codes | {code.rpartition(".")[0] for code in codes}
    return dict(Region.objects.filter(code__in=wanted).values_list("code", "name"))


def _whole(told: Sequence[dict[str, Any]], places: dict[str, str]) -> Whole:
    """Return how common the words, dates and villages of ``told`` are in the register."""
    from payung.linkage import Whole

    words = _words({name_key(line["name"] or "") for line in told})
    dates: set[dt.date] = {line["birth_date"] for line in told if line["birth_date"]}
    here = {line["village_code"] for line in told}
    villages: dict[str, int] = {}
    for code, many in _counts(Person.objects.filter(village_code__in=here), "village_code"):
        if code in places:
            villages[places[code]] = villages.get(places[code], 0) + many
    return Whole(
        people=Person.objects.count(),
        words=dict(_counts(NameWord.objects.filter(word__in=words), "word")),
        births=dict(_counts(Person.objects.filter(birth_date__in=dates), "birth_date")),
        villages=villages,
    )


def _counts(rows: QuerySet[Any], field: str) -> list[tuple[Any, int]]:
    return list(rows.order_by().values_list(field).annotate(many=Count("pk")))
