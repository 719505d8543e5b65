"""The writes of the register: keyword only, by whom, with history, in one transaction."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from payung.errors import InputError
from payung.office.history.actions import Entry, changed, record
from payung.office.regions.actions import hold
from payung.office.register.merging import meant
from payung.office.register.models import Holding, Household, Membership, NameWord, Person, Post, Standing
from payung.office.register.queries import name_key
from payung.office.register.sealed import blind
from payung.people.nik import mask
from payung.text import Text

# What a list may say about a person, beside NIK, KK and village.
FACTS = (
    *("name", "birth_date", "birth_place", "sex", "mother", "phone", "address", "rt", "rw", "job"),
    *("occupation", "income", "disability", "decile", "life_status"),
)
SHORT = {field.name: field.max_length for field in Person._meta.fields if field.max_length}


@dataclass(frozen=True, slots=True)
class Landed:
    """What became of one listing: the person it is, and whether the person is new."""

    person: Person
    new: bool


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
    Constant number of queries for any number of listings.
    """
    indexes = [blind(listing["nik"], "nik") for listing in listings]
    known = meant(indexes)
    households = households_of(listings, village_code)
    before = {index: picture(person) for index, person in known.items()}
    new: dict[str | None, Person] = {}
    for listing, index in zip(listings, indexes, strict=True):
        if index is None:
            raise ValueError("a listing without NIK cannot land")
        person = known.get(index) or new.setdefault(
            index, Person(nik=listing["nik"], nik_index=index, village_code=village_code)
        )
        _apply(person, listing, households)
        if listing.get("decile") is not None:
            person.decile_version = decile_version
        if index in known:
            person.village_code = listing.get("village_code") or person.village_code
    Person.objects.bulk_create(new.values(), batch_size=500)
    fields = [*FACTS, "name_key", "household", "village_code", "decile_version"]
    Person.objects.bulk_update(set(known.values()), fields, batch_size=200)
    everybody: dict[str | None, Person] = {**known, **new}
    index_names(everybody.values())
    _stand(listings, indexes, everybody, village_code, source)
    record(by=by, entries=_entries(everybody, before, source, reason))
    return [Landed(everybody[index], index in new) for index in indexes]


def _apply(person: Person, listing: Mapping[str, Any], households: Mapping[str, Household]) -> None:
    for fact in FACTS:
        value = listing.get(fact)
        if value is not None and value != "":
            limit = SHORT.get(fact)
            setattr(person, fact, value[:limit] if limit and isinstance(value, str) else value)
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
    wanted = {(word[:60], person.pk) for person in people for word in person.name_key.split()}
    present = set(
        NameWord.objects.filter(person__in={key for _, key in wanted}).values_list("word", "person_id")
    )
    gone = present - wanted
    if gone:
        NameWord.objects.filter(
            person__in={key for _, key in gone}, word__in={word for word, _ in gone}
        ).delete()
        present = set(
            NameWord.objects.filter(person__in={key for _, key in wanted}).values_list("word", "person_id")
        )
    NameWord.objects.bulk_create(
        [NameWord(word=word, person_id=key) for word, key in sorted(wanted - present)], batch_size=500
    )


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
    return {"nik": person.masked, "village": person.village_code, **values, "has_phone": bool(person.phone)}


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


def appoint(
    *,
    by: str,
    post: Post,
    person: Person,
    starts: dt.date | None,
    ends: dt.date | None = None,
    decree: str = "",
    pay: int | None = None,
    on: dt.date | None = None,
) -> Holding:
    """Let ``person`` hold ``post``; the term of a holder that still runs then ends the day before.

    Raises :class:`InputError` where the term ends before it starts, or reaches into a term that is recorded: one
    that begins on that day or later, or one that is over on the day ``on`` (today).
    """
    if starts and ends and ends < starts:
        raise InputError(Text("Akhir masa jabatan mendahului mulainya.", "The term ends before it starts."))
    with transaction.atomic():
        Post.objects.select_for_update().get(pk=post.pk)
        ended = _end_former(post, starts, ends, on or timezone.localdate()) if starts else []
        holding = Holding.objects.create(
            post=post, person=person, starts=starts, ends=ends, decree=decree, pay=pay
        )
        Standing.objects.get_or_create(
            person=person, category=post.category, defaults={"village_code": post.region_code}
        )
        record(by=by, entries=[*ended, _holding_entry("holding.start", holding)])
    return holding


def _end_former(post: Post, starts: dt.date, ends: dt.date | None, on: dt.date) -> list[Entry]:
    """End the terms at ``post`` that still run when the one from ``starts`` begins; return the events.

    A term that is over is history: nobody is put into it or before it.
    """
    reached = post.holdings.filter(Q(ends__isnull=True) | Q(ends__gte=starts)).select_related("person")
    if ends:
        reached = reached.filter(Q(starts__isnull=True) | Q(starts__lte=ends))
    entries = []
    for former in reached.order_by("starts", "pk"):
        begun_later = former.starts is not None and former.starts >= starts
        if begun_later or (former.ends is not None and former.ends < on):
            raise InputError(_taken(former, starts))
        before = {"ends": former.ends.isoformat() if former.ends else None}
        former.ends = starts - dt.timedelta(days=1)
        former.save(update_fields=["ends"])
        entries.append(_holding_entry("holding.end", former, before=before))
    return entries


def _taken(former: Holding, starts: dt.date) -> Text:
    since, until = (f"{day:%d-%m-%Y}" if day else "…" for day in (former.starts, former.ends))
    return Text(
        f"Jabatan ini sudah dipegang {former.person.name} dari {since} sampai {until}: pejabat baru tidak dapat mulai "
        f"{starts:%d-%m-%Y}. Periksa tanggal mulainya (TMT).",
        f"{former.person.name} held this post from {since} until {until}: a new holder cannot begin on "
        f"{starts:%d-%m-%Y}. Check the day of taking office.",
    )


def end_term(*, by: str, holding: Holding, on: dt.date, reason: str) -> None:
    """Let the term of ``holding`` end with the day ``on``."""
    if holding.starts and on < holding.starts:
        raise InputError(Text("Akhir masa jabatan mendahului mulainya.", "The term ends before it starts."))
    with transaction.atomic():
        holding.ends = on
        holding.save(update_fields=["ends"])
        record(by=by, entries=[_holding_entry("holding.end", holding, reason)])


def _holding_entry(
    action: str, holding: Holding, reason: str = "", *, before: Mapping[str, Any] | None = None
) -> Entry:
    after = {
        "post": holding.post.label,
        "starts": holding.starts.isoformat() if holding.starts else None,
        "ends": holding.ends.isoformat() if holding.ends else None,
        "pay": holding.pay,
    }
    return Entry(
        action,
        f"post:{holding.post_id}",
        person=holding.person_id,
        letter=holding.decree,
        region_code=holding.post.region_code,
        reason=reason,
        before=before,
        after=after,
    )


def enrol(
    *,
    by: str,
    people: Sequence[tuple[Person, str]],
    segment: str,
    source: str,
    from_month: str,
    until_month: str = "",
) -> int:
    """Record for ``people`` (with their KPJ) what the insurer said; return how many are new. Bulk, with history."""
    with transaction.atomic():
        had = set(
            Membership.objects.filter(
                person__in=[person for person, _ in people],
                segment=segment,
                source=source,
                from_month=from_month,
            ).values_list("person_id", flat=True)
        )
        fresh = [(person, kpj) for person, kpj in people if person.pk not in had]
        Membership.objects.bulk_create(
            [
                Membership(
                    person=person,
                    segment=segment,
                    source=source,
                    kpj=kpj or None,
                    kpj_index=blind(kpj, "kpj"),
                    from_month=from_month,
                    until_month=until_month,
                )
                for person, kpj in fresh
            ],
            batch_size=500,
        )
        after = {"segment": segment, "source": source, "from": from_month, "until": until_month}
        record(
            by=by,
            entries=[
                Entry(
                    "membership.start",
                    person=person.pk,
                    region_code=person.village_code,
                    after={**after, "kpj": mask(kpj)},
                )
                for person, kpj in fresh
            ],
        )
    return len(fresh)


def open_post(*, by: str, region_code: str, category: str, label: str) -> Post:
    """Make a post that the village has; one more of the same name gets the next number."""
    with transaction.atomic():
        hold(region_code)
        alike = Post.objects.filter(region_code=region_code, category=category, label=label)
        number = max([found.number for found in alike], default=0) + 1
        made = Post.objects.create(region_code=region_code, category=category, label=label, number=number)
        entry = Entry("post.create", f"post:{made.pk}", region_code=region_code, after={"post": label})
        record(by=by, entries=[entry])
    return made
