"""Lists enter the register: keyword only, by whom, with history, in one transaction."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from payung.errors import InputError
from payung.office.desk.words import shortened
from payung.office.history.actions import Entry, changed, record
from payung.office.people import spellings
from payung.office.people.actions.merges import meant
from payung.office.people.models import Household, NameWord, Person, Standing
from payung.office.people.queries import name_key
from payung.office.vault.sealed import blind, traced
from payung.text import Text

# What a list may say about a person, beside NIK, KK and village.
FACTS = (
    *("name", "birth_date", "birth_place", "sex", "mother", "phone", "address", "rt", "rw", "job"),
    *("occupation", "income", "disability", "decile", "life_status"),
)
SHORT = {field.name: field.max_length for field in Person._meta.fields if field.max_length}


@dataclass(frozen=True, slots=True)
class Landed:
    """What became of one listing: the person it is, whether the person is new, or lives in another village.

    Of somebody ``elsewhere`` nothing was written: a list reaches its own village's people only.
    """

    person: Person
    new: bool
    elsewhere: bool = False


def land(
    *,
    by: str,
    listings: Sequence[Mapping[str, Any]],
    village_code: str,
    source: str,
    decile_version: str = "",
    reason: str = "",
) -> list[Landed]:
    """Enter ``listings`` (payung.people.listing, each with a valid NIK) into the register; the same NIK lands once.

    A former NIK means whoever was recorded under it (see merging.py). A fact that the list leaves empty keeps its
    former value. Each person gets the category of the listing and one event; must be called inside a transaction.
    Somebody whom the register has in another village than ``village_code`` is not touched and not moved: a move is
    an act of the dinas or of the village that has the person (``changes``).
    Constant number of queries for any number of listings.
    """
    indexes = [blind(listing["nik"], "nik") for listing in listings]
    if None in indexes:
        raise ValueError("a listing without NIK cannot land")
    known = meant(indexes)
    elsewhere = {index for index, person in known.items() if person.village_code != village_code}
    here = [(one, index) for one, index in zip(listings, indexes, strict=True) if index not in elsewhere]
    households = households_of([listing for listing, _ in here], village_code)
    before = {index: picture(person) for index, person in known.items() if index not in elsewhere}
    new: dict[str | None, Person] = {}
    for listing, index in here:
        person = known.get(index) or new.setdefault(
            index, Person(nik=listing["nik"], nik_index=index, village_code=village_code)
        )
        _apply(person, listing, households)
        if listing.get("decile") is not None:
            person.decile_version = decile_version
    Person.objects.bulk_create(new.values(), batch_size=500)
    fields = [*FACTS, "name_key", "household", "decile_version"]
    ours = {index: person for index, person in known.items() if index not in elsewhere}
    Person.objects.bulk_update(set(ours.values()), fields, batch_size=200)
    everybody: dict[str | None, Person] = {**ours, **new}
    index_names(everybody.values())
    _stand([one for one, _ in here], [index for _, index in here], everybody, village_code, source)
    record(by=by, entries=_entries(everybody, before, source, reason))
    found = {**known, **new}
    return [Landed(found[index], index in new, index in elsewhere) for index in indexes]


def _apply(person: Person, listing: Mapping[str, Any], households: Mapping[str, Household]) -> None:
    for fact in FACTS:
        value = listing.get(fact)
        if value is not None and value != "":
            limit = SHORT.get(fact)
            setattr(person, fact, shortened(value, limit) if limit and isinstance(value, str) else value)
    person.name_key = name_key(person.name)
    kk = blind(listing.get("kk"), "kk")
    if kk:
        person.household = households[kk]


def households_of(listings: Sequence[Mapping[str, Any]], village_code: str) -> dict[str, Household]:
    """Return the household of each KK by its blind index; makes those that are new."""
    numbers = {blind(listing["kk"], "kk"): listing["kk"] for listing in listings if listing.get("kk")}
    known = {house.kk_index: house for house in Household.objects.filter(kk_index__in=list(numbers))}
    made = [
        Household(kk=number, kk_index=index, village_code=village_code)
        for index, number in numbers.items()
        if index and index not in known
    ]
    Household.objects.bulk_create(made, batch_size=500)
    return {**known, **{house.kk_index: house for house in made}}


def index_names(people: Iterable[Person]) -> None:
    """Put the words of the names of ``people`` in the index, and take out those that are no longer theirs."""
    wanted = {
        (word[:60], person.name_key, person.pk) for person in people for word in person.name_key.split()
    }
    kept = NameWord.objects.filter(person__in={key for _, _, key in wanted})
    present = set(kept.values_list("word", "name_key", "person_id"))
    if renamed := {key for _, _, key in present - wanted}:
        NameWord.objects.filter(person__in=renamed).delete()
        present = {row for row in present if row[2] not in renamed}
    new = sorted(wanted - present)
    NameWord.objects.bulk_create(
        [NameWord(word=word, name_key=name, person_id=key) for word, name, key in new], batch_size=500
    )
    spellings.learn({word for word, _, _ in new})


def _stand(
    listings: Sequence[Mapping[str, Any]],
    indexes: Sequence[str | None],
    everybody: Mapping[str | None, Person],
    village_code: str,
    source: str,
) -> None:
    Standing.objects.bulk_create(
        [
            Standing(
                person=everybody[index],
                category=listing["category"],
                village_code=village_code,
                source=source,
            )
            for listing, index in zip(listings, indexes, strict=True)
            if listing.get("category")
        ],
        ignore_conflicts=True,
        batch_size=500,
    )


def _entries(
    everybody: Mapping[str | None, Person],
    before: Mapping[str | None, dict[str, Any]],
    source: str,
    reason: str,
) -> list[Entry]:
    entries = []
    # Two numbers of a list may mean one person, who changed once.
    for index, person in {person.pk: (index, person) for index, person in everybody.items()}.values():
        after = picture(person)
        place = {
            "subject": source,
            "person": person.pk,
            "region_code": person.village_code,
            "reason": reason,
        }
        if index not in before:
            entries.append(Entry("person.create", after=after, **place))  # type: ignore[arg-type]
        elif difference := changed(before[index], after):
            entries.append(Entry("person.change", before=difference[0], after=difference[1], **place))  # type: ignore[arg-type]
    return entries


def picture(person: Person) -> dict[str, Any]:
    """Return what the history keeps of a person; identifiers masked, a phone only as present or not."""
    values: dict[str, Any] = {fact: getattr(person, fact) for fact in FACTS if fact != "phone"}
    if isinstance(values["birth_date"], dt.date):
        values["birth_date"] = values["birth_date"].isoformat()
    values = {name: value for name, value in values.items() if value not in {None, ""}}
    return {
        "nik": traced(person.nik, "nik"),
        "village": person.village_code,
        **values,
        "has_phone": bool(person.phone),
    }


def unmask(*, by: str, person: Person, reason: str) -> str:
    """Return the whole NIK of ``person``, after recording who asked and why."""
    if not reason.strip():
        raise InputError(
            Text("Tulis alasan melihat NIK lengkap.", "Write why you need to see the whole NIK.")
        )
    with transaction.atomic():
        entry = Entry(
            "person.unmask", person=person.pk, region_code=person.village_code, reason=reason.strip()
        )
        record(by=by, entries=[entry])
    return person.nik or ""
