"""Reporting a change and deciding on it. Nothing is deleted; from the month of effect on nobody bills the person."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from payung.errors import InputError
from payung.law import months
from payung.office.access.apart import keep_apart
from payung.office.changes import quarters
from payung.office.changes.models import Change, Refresh
from payung.office.changes.states import EFFECTS, ChangeKind, ChangeState
from payung.office.face import follow
from payung.office.history.actions import Entry, record
from payung.office.history.again import looks_again
from payung.office.people.models import DEAD, Person
from payung.text import Text


@dataclass(frozen=True, slots=True)
class Reported:
    """A change, and whether it is new: the same event of a person is reported once."""

    change: Change
    new: bool


@transaction.atomic
def report(
    *, by: str, person: Person, kind: ChangeKind, on: dt.date, evidence: str, note: str = ""
) -> Reported:
    """Report that something happened to ``person`` on a day, with its evidence. The same event is the same change.

    Raises :class:`InputError` for a day that has not come or is before the birth, or missing evidence.
    """
    if on > timezone.localdate():
        raise InputError(Text("Hari itu belum tiba.", "That day has not come yet."), at="on")
    if person.birth_date is not None and on < person.birth_date:
        raise InputError(
            Text(
                f"Hari itu sebelum {person.name} lahir ({person.birth_date}): periksa tanggalnya.",
                f"That day is before {person.name} was born ({person.birth_date}): check the day.",
            ),
            at="on",
        )
    effect = EFFECTS[kind]
    if not evidence.strip():
        raise InputError(
            Text(f"Sebutkan buktinya: {effect.evidence.id}.", f"Name the evidence: {effect.evidence.en}."),
            at="evidence",
        )
    open_ = Change.objects.filter(person=person, kind=kind, on=on, state__in=["reported", "approved"])
    if (known := open_.first()) is not None:
        return Reported(known, False)
    stops = months.index(months.month_of(on)) + 1 if effect.stops else None
    try:
        with transaction.atomic():
            change = Change.objects.create(
                person=person,
                kind=kind,
                on=on,
                segment=effect.segment,
                stops_from=stops,
                evidence=evidence.strip()[:200],
                note=note[:300],
                village_code=person.village_code,
                by=by,
            )
    except IntegrityError:
        return Reported(open_.get(), False)
    record(by=by, entries=[_entry("change.report", change)])
    return Reported(change, True)


@transaction.atomic
def approve(*, by: str, change: Change) -> Change:
    """Put a change into effect; somebody else than who reported it. A death sets the person's life status.

    Raises :class:`InputError` where it is decided already, or the person's death is recorded with another day.
    """
    held = _held(change, ChangeState.REPORTED)
    keep_apart(by, earlier={Text("melaporkan", "reported"): held.by})
    other = Change.objects.filter(
        person=held.person_id, kind=ChangeKind.MENINGGAL, state=ChangeState.APPROVED
    )
    if held.kind == ChangeKind.MENINGGAL and (death := other.first()) is not None:
        raise InputError(
            Text(
                f"Kematian orang ini sudah berlaku per {death.on}: tarik dahulu yang itu bila keliru.",
                f"The death of this person is in effect as of {death.on}: withdraw that one first if it is wrong.",
            )
        )
    held.state, held.decided_by, held.decided_at = ChangeState.APPROVED, by, timezone.now()
    held.save(update_fields=["state", "decided_by", "decided_at"])
    entries = [_entry("change.approve", held)]
    if held.kind == ChangeKind.MENINGGAL and held.person.life_status != DEAD:
        before = held.person.life_status
        held.person.life_status = DEAD
        held.person.save(update_fields=["life_status"])
        entries.append(
            Entry(
                "person.change",
                f"person:{held.person_id}",
                person=held.person_id,
                region_code=held.village_code,
                reason=held.evidence,
                before={"life_status": before},
                after={"life_status": DEAD},
            )
        )
    record(by=by, entries=entries)
    follow("change.approve", by=by, change=held)
    return held


@looks_again
@transaction.atomic
def refresh(*, by: str, village_code: str, quarter: str, note: str = "") -> Refresh:
    """Note that a village went through its list in a quarter, with who stays, comes and leaves as it is now.

    Again in the same quarter it is the same one. Raises :class:`InputError` for a quarter that has not begun.
    """
    first, _ = quarters.months_of(quarter)
    if first > months.month_of(timezone.localdate()):
        raise InputError(Text("Triwulan itu belum tiba.", "That quarter has not come yet."), at="quarter")
    if (known := Refresh.objects.filter(village_code=village_code, quarter=quarter).first()) is not None:
        return known
    found = quarters.counted({village_code}, quarter)[village_code]
    made = Refresh.objects.create(
        village_code=village_code,
        quarter=quarter,
        stays=found.stays,
        comes=found.comes,
        leaves=found.leaves,
        reasons=found.reasons,
        note=note.strip()[:300],
        by=by,
    )
    after = {"quarter": quarter, "stays": made.stays, "comes": made.comes, "leaves": made.leaves}
    record(
        by=by, entries=[Entry("change.refresh", f"refresh:{made.pk}", region_code=village_code, after=after)]
    )
    return made


@transaction.atomic
def refuse(*, by: str, change: Change, reason: str) -> Change:
    """Refuse a report, with a reason; it stays readable."""
    return _end(by, change, ChangeState.REPORTED, ChangeState.REFUSED, "change.refuse", reason)


@transaction.atomic
def withdraw(*, by: str, change: Change, reason: str) -> Change:
    """Take a change that is in effect back, with a reason: billing goes on. A life status stays as it is: mend it by
    hand."""
    return _end(by, change, ChangeState.APPROVED, ChangeState.WITHDRAWN, "change.withdraw", reason)


def _end(
    by: str, change: Change, before: ChangeState, after: ChangeState, action: str, reason: str
) -> Change:
    if not reason.strip():
        raise InputError(Text("Tulis alasannya.", "Write the reason."), at="reason")
    held = _held(change, before)
    held.state, held.reason = after, reason[:300]
    held.decided_by, held.decided_at = by, timezone.now()
    held.save(update_fields=["state", "reason", "decided_by", "decided_at"])
    record(by=by, entries=[_entry(action, held, reason)])
    return held


def _held(change: Change, state: ChangeState) -> Change:
    held = Change.objects.select_for_update(of=("self",)).select_related("person").get(pk=change.pk)
    if held.state != state:
        raise InputError(
            Text(
                f"Perubahan ini sudah {held.state.text.id.lower()}: muat ulang halamannya.",
                f"This change is {held.state.text.en.lower()} already: load the page again.",
            )
        )
    return held


def _entry(action: str, change: Change, reason: str = "") -> Entry:
    after: dict[str, Any] = {
        "change": str(change.kind),
        "on": change.on.isoformat(),
        "evidence": change.evidence,
        "stops": change.stops,
    }
    return Entry(
        action,
        change.subject,
        person=change.person_id,
        region_code=change.village_code,
        reason=reason,
        after=after,
    )
