"""Heirs (ahli waris): whom a person names, in the order of the law. Keyword-only writes, with history."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from payung.errors import FaultyError, InputError
from payung.law.heirs import order_of_heirs
from payung.office.history.actions import Entry, changed, record
from payung.office.people.actions.facts import MISSING_REASON
from payung.office.people.models import Heir, Person
from payung.office.vault.sealed import traced
from payung.people import phones
from payung.people.nik import parse
from payung.text import Text


@dataclass(frozen=True, slots=True)
class Relation:
    """A relation of the law's order of heirs: its code, its words, and its rank (1 excludes all others)."""

    code: str
    name: Text
    rank: int


@dataclass(frozen=True, slots=True)
class Named:
    """What is typed about an heir; ``has_account`` is ``None`` where nobody asked."""

    relation: str
    name: str
    nik: str = ""
    phone: str = ""
    has_account: bool | None = None


@dataclass(frozen=True, slots=True)
class Ranked:
    """An heir with what the law says of the relation; ``first`` are those who come before all others."""

    heir: Heir
    relation: Relation
    first: bool


def relations(on: dt.date) -> dict[str, Relation]:
    """Return the relations of the law in force on the day ``on``, in their order (PP 44/2015 art. 37(5))."""
    return {
        code: Relation(code, title, group.rank)
        for group in order_of_heirs(on)
        if group.rank is not None
        for code, title in zip(group.relations, group.titles, strict=True)
    }


def ranked(person: Person, on: dt.date) -> list[Ranked]:
    """Return the heirs of ``person`` in the order of the law on the day ``on``."""
    known = relations(on)
    found = sorted(person.heirs.all(), key=lambda heir: (known[heir.relation].rank, heir.pk))
    first = known[found[0].relation].rank if found else None
    return [Ranked(heir, known[heir.relation], known[heir.relation].rank == first) for heir in found]


def add(*, by: str, person: Person, named: Named, on: dt.date) -> Heir:
    """Write down an heir of ``person``. Raises :class:`FaultyError` where something typed cannot be used."""
    values = _checked(person, named, on)
    with transaction.atomic():
        heir = Heir.objects.create(person=person, **values)
        record(by=by, entries=[_entry("heir.add", heir, after=picture(heir))])
    return heir


def change(*, by: str, heir: Heir, named: Named, on: dt.date, reason: str) -> Heir:
    """Replace what is written about ``heir``. Raises as :func:`add`, and without a reason."""
    _reason(reason)
    values = _checked(heir.person, named, on)
    with transaction.atomic():
        heir = Heir.objects.select_for_update().get(pk=heir.pk)
        before = picture(heir)
        for field, value in values.items():
            setattr(heir, field, value)
        if difference := changed(before, picture(heir)):
            heir.save()
            entry = _entry("heir.change", heir, reason, before=difference[0], after=difference[1])
            record(by=by, entries=[entry])
    return heir


def remove(*, by: str, heir: Heir, reason: str) -> None:
    """Take ``heir`` off the list; who it was stays in the history."""
    _reason(reason)
    with transaction.atomic():
        record(by=by, entries=[_entry("heir.remove", heir, reason, before=picture(heir), after={})])
        heir.delete()


def picture(heir: Heir) -> dict[str, Any]:
    """Return what the history keeps of an heir; numbers masked."""
    return {
        "heir": heir.name,
        "relation": heir.relation,
        "nik": traced(heir.nik, "nik"),
        "phone": heir.masked_phone,
        "has_account": heir.has_account,
    }


def _checked(person: Person, named: Named, on: dt.date) -> dict[str, Any]:
    faults: dict[str, Text] = {}
    name = " ".join(named.name.split())
    if not re.search(r"[^\W\d_]", name):
        faults["name"] = Text("Tulis namanya seperti di KTP.", "Write the name as on the KTP.")
    if named.relation not in relations(on):
        faults["relation"] = Text("Pilih hubungannya.", "Choose the relation.")
    nik = re.sub(r"[\s.\-']", "", named.nik)
    if nik and parse(nik, on=on) is None:
        faults["nik"] = Text(
            "Bukan 16 angka NIK yang sah: ketik ulang dari KTP, atau kosongkan.",
            "Not 16 valid digits of a NIK: type it again from the KTP, or leave it empty.",
        )
    elif nik and nik == person.nik:
        faults["nik"] = Text("Ini NIK pesertanya sendiri.", "This is the member's own NIK.")
    phone = phones.read(named.phone) if named.phone.strip() else None
    if named.phone.strip() and phone is None:
        faults["phone"] = Text(
            "Nomor HP salah: mis. 0812xxxxxxxx, atau kosongkan.",
            "Not a phone number: e.g. 0812xxxxxxxx, or leave it empty.",
        )
    if faults:
        raise FaultyError(faults)
    return {
        "relation": named.relation,
        "name": name[:150],
        "nik": nik or None,
        "phone": phone,
        "has_account": named.has_account,
    }


def _reason(reason: str) -> None:
    if not reason.strip():
        raise InputError(MISSING_REASON)


def _entry(action: str, heir: Heir, reason: str = "", **values: Any) -> Entry:
    return Entry(
        action,
        f"heir:{heir.pk}",
        person=heir.person_id,
        region_code=heir.person.village_code,
        reason=reason.strip(),
        **values,
    )
