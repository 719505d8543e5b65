"""Two records of the register are one person: what belongs to the one goes to the other, and back again.

The merged record stays in the database, is left out of lists, counts and searches (``Person.objects``), and its NIK
finds whoever was kept (``FormerNik``). Everything that refers to a person moves, of every app: Django is asked what
refers to one, so that nothing new is forgotten. A model whose rows belong to the record and not to the person says
``stays_when_merged = True``.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import Exists, ForeignKey, OuterRef, Q, QuerySet, UniqueConstraint

from payung.errors import PayungError
from payung.office.history.actions import Entry, record
from payung.office.people.models import FormerNik, Person
from payung.text import Text

# What makes a record this record; all else the kept one takes over where it has nothing itself.
OWN = {"id", "nik", "nik_index", "name", "name_key", "village_code", "merged_into_id"}
FILLED = tuple(field.attname for field in Person._meta.concrete_fields if field.attname not in OWN)
EMPTY = (None, "")

Memory = dict[str, Any]


class MergeError(PayungError):
    """These two records cannot be made one, or two, as they are now."""


def merge(*, by: str, kept: Person, gone: Person, subject: str, reason: str = "") -> Memory:
    """Make ``gone`` one person with ``kept``, and return what :func:`unmerge` needs to undo it.

    A row of ``gone`` that the kept one has already (the same category, the same membership) stays where it is.
    Must be called inside a transaction; a constant number of queries for any number of rows. Raises
    :class:`MergeError` where one of the two is merged already.
    """
    kept, gone = _locked(kept, gone)
    if kept.pk == gone.pk or kept.merged_into_id or gone.merged_into_id:
        raise MergeError(
            Text(
                f"{gone.name} sudah digabung oleh orang lain: muat ulang halamannya.",
                f"{gone.name} was merged by somebody else already: load the page again.",
            )
        )
    moved: dict[str, list[int]] = {}
    stayed = 0
    for field in references():
        rows = field.model._base_manager.filter(**{field.name: gone})
        keys = list(rows.exclude(_taken(field, kept)).values_list("pk", flat=True))
        if keys:
            field.model._base_manager.filter(pk__in=keys).update(**{field.name: kept})
            moved[_label(field)] = keys
        stayed += rows.count()
    filled = [name for name in FILLED if getattr(kept, name) in EMPTY and getattr(gone, name) not in EMPTY]
    for name in filled:
        setattr(kept, name, getattr(gone, name))
    kept.save(update_fields=filled)
    followed = list(Person.everybody.filter(merged_into=gone).values_list("pk", flat=True))
    Person.everybody.filter(pk__in=[*followed, gone.pk]).update(merged_into=kept)
    former = None
    if gone.nik_index:
        former = FormerNik.objects.create(person=kept, nik=gone.nik, nik_index=gone.nik_index).pk
    after = {"rows": sum(map(len, moved.values())), "stayed": stayed, "fields": ", ".join(filled)}
    record(by=by, entries=_entries("person.merge", "person.merged", kept, gone, subject, reason, after))
    return {"moved": moved, "filled": filled, "followed": followed, "former_nik": former}


def unmerge(*, by: str, kept: Person, gone: Person, memory: Memory, subject: str, reason: str = "") -> None:
    """Make ``gone`` a person of its own again, with everything that :func:`merge` took from it.

    What came to the kept one since then stays there. Must be called inside a transaction. Raises
    :class:`MergeError` where ``gone`` is not merged into ``kept``, or ``kept`` itself was merged since.
    """
    kept, gone = _locked(kept, gone)
    if gone.merged_into_id != kept.pk or kept.merged_into_id:
        raise MergeError(
            Text(
                f"{kept.name} sudah digabung lagi dengan orang lain: urungkan penggabungan itu dahulu.",
                f"{kept.name} was merged once more since: undo that first.",
            )
        )
    for label, keys in memory["moved"].items():
        app, model_name, name = label.split(".")
        rows = apps.get_model(app, model_name)._base_manager.filter(pk__in=keys)
        rows.filter(**{name: kept}).update(**{name: gone})
    filled = [name for name in memory["filled"] if getattr(kept, name) == getattr(gone, name)]
    for name in filled:
        setattr(kept, name, None if Person._meta.get_field(name.removesuffix("_id")).null else "")
    kept.save(update_fields=filled)
    Person.everybody.filter(pk__in=memory["followed"]).update(merged_into=gone)
    Person.everybody.filter(pk=gone.pk).update(merged_into=None)
    FormerNik.objects.filter(pk=memory["former_nik"]).delete()
    record(by=by, entries=_entries("person.unmerge", "person.unmerged", kept, gone, subject, reason, {}))


def records_of(people: QuerySet[Any]) -> QuerySet[Any]:
    """Return the keys of every record of ``people`` (keys): their own, and those merged into it."""
    own, merged = Person.everybody.filter(pk__in=people), Person.everybody.filter(merged_into__in=people)
    return own.order_by().values("pk").union(merged.order_by().values("pk"))


def references() -> Iterator[ForeignKey[Any, Any]]:
    """Yield every field, of any app, that refers to a person and moves when two become one."""
    for relation in Person._meta.get_fields(include_hidden=True):
        if isinstance(relation, models.ManyToOneRel):
            field = relation.field
            if field.model is not Person and not getattr(field.model, "stays_when_merged", False):
                yield field


def unique_with(field: ForeignKey[Any, Any]) -> Iterator[tuple[tuple[str, ...], Q]]:
    """Yield what may stand only once for a person: the other fields of each rule, and when the rule holds."""
    if field.unique:
        yield (), Q()
    for rule in field.model._meta.constraints:
        if isinstance(rule, UniqueConstraint) and field.name in rule.fields:
            yield tuple(name for name in rule.fields if name != field.name), rule.condition or Q()


def meant(indexes: Collection[str | None]) -> dict[str | None, Person]:
    """Return by blind index of a NIK whom it means: who has it now, or else whom it was recorded for before.

    Two numbers of one person give the same object.
    """
    wanted = {index for index in indexes if index}
    former = FormerNik.objects.filter(nik_index__in=wanted).order_by("until", "pk")
    of_former = dict(former.values_list("nik_index", "person_id"))
    people = Person.objects.filter(Q(nik_index__in=wanted) | Q(pk__in=set(of_former.values())))
    by_key = {person.pk: person for person in people}
    found: dict[str | None, Person] = {i: by_key[key] for i, key in of_former.items() if key in by_key}
    return found | {person.nik_index: person for person in by_key.values() if person.nik_index in wanted}


def corrected_away(indexes: Collection[str | None]) -> set[tuple[int, str]]:
    """Return person and blind index of those NIKs which the person no longer has because they were corrected.

    The number of a merged record is not one of them: it is still a number of the same person.
    """
    holder = Person.everybody.filter(nik_index=OuterRef("nik_index"))
    former = FormerNik.objects.filter(~Exists(holder), nik_index__in={index for index in indexes if index})
    return set(former.values_list("person_id", "nik_index"))


def _locked(kept: Person, gone: Person) -> tuple[Person, Person]:
    """Return both as they are now; nobody else changes them before the commit."""
    rows = Person.everybody.select_for_update().filter(pk__in=[kept.pk, gone.pk]).order_by("pk")
    found = {person.pk: person for person in rows}
    return found[kept.pk], found[gone.pk]


def _taken(field: ForeignKey[Any, Any], kept: Person) -> Q:
    """Return the condition that a row cannot go to ``kept``, who has one like it."""
    found = Q(pk__in=[])
    theirs = field.model._base_manager.filter(**{field.name: kept})
    for others, condition in unique_with(field):
        alike = theirs.filter(condition, **{name: OuterRef(name) for name in others})
        found |= Q(Exists(alike)) & condition
    return found


def _label(field: ForeignKey[Any, Any]) -> str:
    return f"{field.model._meta.label_lower}.{field.name}"


def _entries(
    ours: str, theirs: str, kept: Person, gone: Person, subject: str, reason: str, after: dict[str, Any]
) -> list[Entry]:
    """Return one event for each of the two, that names the other."""
    return [
        Entry(
            action,
            subject,
            person=person.pk,
            region_code=person.village_code,
            reason=reason,
            after={"name": other.name, "nik": other.masked, **after},
        )
        for action, person, other in ((ours, kept, gone), (theirs, gone, kept))
    ]
