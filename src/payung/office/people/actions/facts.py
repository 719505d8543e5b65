"""The writes about one person by hand: add, change, correct the NIK. Judged by the rules of the lists."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone

from payung.errors import FaultyError, InputError
from payung.office.access.scope import Scope
from payung.office.face import follow
from payung.office.history.actions import Entry, changed, record
from payung.office.history.again import QuickerError, looks_again
from payung.office.people.actions import refusals
from payung.office.people.actions.listings import households_of, index_names, land, picture
from payung.office.people.actions.merges import meant
from payung.office.people.models import FormerNik, Person
from payung.office.people.queries import name_key
from payung.office.people.rules import FIELDS, Judged, judge
from payung.office.vault.sealed import blind, traced
from payung.people.nik import mask
from payung.text import Text

BY_HAND = "hand"

CHANGED_MEANWHILE = Text(
    "Data orang ini berubah selagi Anda mengisi: buka lagi halamannya, lalu ubah yang perlu.",
    "This person's data changed while you were typing: open the page again and change what is needed.",
)
MISSING_REASON = Text("Tulis alasannya.", "Write why.")


@dataclass(frozen=True, slots=True)
class Chosen:
    """What is chosen about a person, not typed.

    Fields
        occupation: code of :mod:`payung.people.occupations`; empty: as the job says.
        disability: yes, no, or ``None`` where nobody asked.
        decile: DTSEN, 1 the poorest, or ``None``; decile_version: the release that says so, with a decile always.
    """

    occupation: str = ""
    disability: bool | None = None
    decile: int | None = None
    decile_version: str = ""


@dataclass(frozen=True, slots=True)
class Done:
    """What became of a write: the person, whether anything is new, and what somebody should look at."""

    person: Person
    new: bool
    notes: tuple[Text, ...] = ()


def cells_of(person: Person) -> dict[str, str]:
    """Return what the form shows of ``person``; never NIK and KK, which have their own ways."""
    found = {}
    for field in FIELDS:
        value = None if field in {"nik", "kk"} else getattr(person, field)
        found[field] = f"{value:%d-%m-%Y}" if isinstance(value, dt.date) else str(value or "")
    del found["nik"]
    return found


def add(
    *,
    by: str,
    village_code: str,
    category: str,
    cells: Mapping[str, str],
    chosen: Chosen,
    reason: str,
    reach: Scope | None = None,
) -> Done:
    """Enter somebody into the register by hand. A NIK that is known is that person: then nothing is changed.

    Raises :class:`FaultyError` where a cell cannot be used, :class:`InputError` without a reason,
    :class:`refusals.ElsewhereError` (recorded) where the person lies outside of ``reach``.
    """
    _reason(reason)
    refusals.refuse_many(by=by)
    try:
        return _add(by, village_code, category, cells, chosen, reason, reach)
    except refusals.ElsewhereError as error:
        refusals.note(by=by, error=error, region_code=village_code, reason=reason)
        raise


@looks_again
def _add(
    by: str,
    village_code: str,
    category: str,
    cells: Mapping[str, str],
    chosen: Chosen,
    reason: str,
    reach: Scope | None,
) -> Done:
    judged = judge(cells, village=village_code, on=timezone.localdate())
    if faults := judged.faults() | _unversioned(chosen):
        raise FaultyError(faults)
    with transaction.atomic():
        index = blind(judged.listing["nik"], "nik")
        if known := meant([index]).get(index):
            refusals.refuse_elsewhere(known, judged.listing["nik"], reach)
            return Done(known, new=False)
        listing = {**judged.listing, "category": category, **_choices(chosen, judged)}
        landed = land(
            by=by,
            listings=[listing],
            village_code=village_code,
            source=BY_HAND,
            decile_version=chosen.decile_version,
            reason=reason.strip(),
        )
        if not landed[0].new:
            raise QuickerError(f"{mask(judged.listing['nik'])} was entered meanwhile")
    return Done(landed[0].person, new=True, notes=tuple(judged.notes()))


def change(
    *, by: str, person: Person, cells: Mapping[str, str], chosen: Chosen, reason: str, seen: str = ""
) -> Done:
    """Put ``cells`` (field → text; empty takes a fact away, but not the KK) and ``chosen`` in place.

    Only what was changed is judged. Raises :class:`FaultyError` where it cannot be used, :class:`InputError`
    without a reason, or where the person is no longer as ``seen`` (:func:`state_of`; empty: whatever they are).
    """
    _reason(reason)
    with transaction.atomic():
        person = Person.objects.select_for_update(of=("self",)).select_related("household").get(pk=person.pk)
        if seen and seen != state_of(person):
            raise InputError(CHANGED_MEANWHILE)
        shown = cells_of(person)
        typed = {field: text.strip() for field, text in cells.items() if text.strip() != shown[field]}
        judged = judge(
            {**shown, **typed, "nik": person.nik or ""}, village=person.village_code, on=timezone.localdate()
        )
        faults = {field: told for field, told in judged.faults().items() if field in typed}
        if faults := faults | _unversioned(chosen):
            raise FaultyError(faults)
        before = whole_picture(person)
        _apply(person, typed, judged, chosen)
        difference = changed(before, whole_picture(person))
        if difference is None:
            return Done(person, new=False)
        person.save()
        index_names([person])
        entry = Entry(
            "person.change",
            BY_HAND,
            person=person.pk,
            region_code=person.village_code,
            reason=reason.strip(),
            before=difference[0],
            after=difference[1],
        )
        record(by=by, entries=[entry])
    return Done(person, new=True, notes=tuple(judged.notes()))


def correct_nik(*, by: str, person: Person, nik: str, reason: str, reach: Scope | None = None) -> Done:
    """Give ``person`` another NIK; the former one still finds them, and stands masked in the history.

    What was answered for the former one counts no more (``follows`` in the faces of other apps).

    Raises :class:`FaultyError` where it is no NIK, :class:`InputError` without a reason, or where somebody
    else has it: those two records may be one person, which is decided by comparing them. Somebody outside of
    ``reach`` is :class:`refusals.ElsewhereError`, recorded.
    """
    _reason(reason)
    refusals.refuse_many(by=by)
    try:
        return _correct_nik(by, person, nik, reason, reach)
    except refusals.ElsewhereError as error:
        refusals.note(by=by, error=error, region_code=person.village_code, reason=reason)
        raise


@looks_again
def _correct_nik(by: str, person: Person, nik: str, reason: str, reach: Scope | None) -> Done:
    digits = re.sub(r"[\s.\-']", "", nik)
    with transaction.atomic():
        person = Person.objects.select_for_update().get(pk=person.pk)
        judged = judge(
            {**cells_of(person), "nik": digits}, village=person.village_code, on=timezone.localdate()
        )
        if fault := judged.faults().get("nik"):
            raise FaultyError({"nik": fault})
        index = blind(digits, "nik")
        if index == person.nik_index:
            raise FaultyError({"nik": Text("Sama dengan NIK sekarang.", "The same as the NIK now.")})
        if holder := Person.everybody.filter(nik_index=index).first():
            refusals.refuse_elsewhere(holder, digits, reach)
            raise FaultyError(
                {
                    "nik": Text(
                        "NIK ini sudah milik orang lain dalam register; bila keduanya satu orang, gabungkan.",
                        "Somebody else in the register has this NIK; if both are one person, merge them.",
                    )
                }
            )
        before = traced(person.nik, "nik")
        if person.nik and person.nik_index:
            FormerNik.objects.create(person=person, nik=person.nik, nik_index=person.nik_index)
        person.nik, person.nik_index = digits, index
        person.save(update_fields=["nik", "nik_index"])
        entry = Entry(
            "person.nik",
            person=person.pk,
            region_code=person.village_code,
            reason=reason.strip(),
            before={"nik": before},
            after={"nik": traced(person.nik, "nik")},
        )
        record(by=by, entries=[entry])
        told = follow("person.nik", by=by, person=person, reason=reason.strip())
    return Done(person, new=True, notes=(*judged.notes(), *told))


def state_of(person: Person) -> str:
    """Return a short name for what is known of ``person`` now; another one as soon as anything of it changes."""
    known = json.dumps(whole_picture(person), sort_keys=True, default=str)
    return hashlib.sha256(known.encode()).hexdigest()[:16]


def whole_picture(person: Person) -> dict[str, Any]:
    """Return what the history keeps of a change by hand: also which phone and which KK, masked."""
    household = person.household
    return {
        **dict.fromkeys(("job", "occupation", "income", "disability", "decile", "birth_date")),
        **dict.fromkeys(("birth_place", "sex", "mother", "address", "rt", "rw"), ""),
        **picture(person),
        "phone": mask(person.phone or ""),
        "kk": traced(household.kk, "kk") if household else "",
        "decile_version": person.decile_version,
    }


def _apply(person: Person, typed: Mapping[str, str], judged: Judged, chosen: Chosen) -> None:
    listing = judged.listing
    for field in typed:
        if field != "kk":
            empty = None if Person._meta.get_field(field).null else ""
            value = listing[field]
            setattr(person, field, empty if value is None else value)
    if typed.get("kk"):
        (household,) = households_of([listing], person.village_code).values()
        person.household = household
    person.name_key = name_key(person.name)
    choices = _choices(chosen, judged)
    person.occupation = choices["occupation"] or ""
    person.disability, person.decile = chosen.disability, chosen.decile
    person.decile_version = chosen.decile_version if chosen.decile else ""


def _choices(chosen: Chosen, judged: Judged) -> dict[str, Any]:
    return {
        "occupation": chosen.occupation or judged.listing["occupation"],
        "disability": chosen.disability,
        "decile": chosen.decile,
    }


def _unversioned(chosen: Chosen) -> dict[str, Text]:
    if chosen.decile is None or chosen.decile_version.strip():
        return {}
    told = Text(
        "Desil berubah tiap terbitan: tulis terbitannya, mis. DTSEN 2026-3.",
        "Deciles change with every release: write which, e.g. DTSEN 2026-3.",
    )
    return {"decile_version": told}


def _reason(reason: str) -> None:
    if not reason.strip():
        raise InputError(MISSING_REASON)
