"""The writes of scholarships."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils import timezone

from payung.errors import InputError
from payung.office.cases.models import Case
from payung.office.history.actions import Entry, record
from payung.office.scholarships import rules
from payung.office.scholarships.models import Child, Year
from payung.office.scholarships.queries import ground
from payung.office.scholarships.states import Ending, Level
from payung.text import Text


@transaction.atomic
def add_child(
    *, by: str, case: Case, name: str, birth_date: dt.date, level: Level, letter: str = ""
) -> Child:
    """Give a child of an approved case a scholarship; ``letter`` is the number of the insurer's letter that gives it.

    Raises :class:`InputError` for one too many, or too old, and without a letter where the law does not give it by
    what this office knows (too few paid months, a disability that is not total).
    """
    held = Case.objects.select_for_update(of=("self",)).select_related("incident").get(pk=case.pk)
    event = held.incident.on
    why = ground(held)
    if birth_date > timezone.localdate():
        raise InputError(
            Text("Tanggal lahir itu belum tiba.", "That birth date has not come yet."), at="birth_date"
        )
    rules.rate(level, event)
    if not why.sure and not letter.strip():
        raise InputError(
            Text(
                f"{why.text.id} ({why.article}) Bila BPJS memberikannya juga, tulis nomor suratnya.",
                f"{why.text.en} ({why.article}) Where the insurer gives it all the same, write the number of its "
                "letter.",
            ),
            at="letter",
        )
    if rules.too_old(birth_date, event, event):
        raise InputError(
            Text("Anak ini sudah melewati batas umur.", "This child is past the age."), at="birth_date"
        )
    limit = rules.most_children(event)
    whose = {"person": held.incident.person} if held.incident.person_id else {"pk": held.incident_id}
    siblings = Child.objects.filter(**{f"case__incident__{name}": value for name, value in whose.items()})
    if siblings.filter(name=name.strip(), birth_date=birth_date).exists():
        raise InputError(Text("Anak ini sudah dicatat.", "This child is recorded already."), at="name")
    if siblings.count() >= limit:
        raise InputError(
            Text(
                f"Beasiswa untuk paling banyak {limit} anak dari satu peserta.",
                f"A scholarship is for {limit} children of a member at most.",
            )
        )
    child = Child.objects.create(
        case=held,
        name=name.strip()[:150],
        birth_date=birth_date,
        level=level,
        letter=letter.strip()[:120],
        by=by,
    )
    after = {"level": str(level), "sure": why.sure}
    record(by=by, entries=[_entry("scholarship.add", child, after, letter=child.letter)])
    return child


@transaction.atomic
def ask(*, by: str, child: Child, year: int, level: Level, letter: str, on: dt.date) -> Year:
    """Claim a year with the letter of the school.

    Raises :class:`InputError` where it ended, the child is too old, or the years of the level are used up.
    """
    held = _held(child)
    event = held.case.incident.on
    taken = list(held.years.values_list("year", "level"))
    if not letter.strip():
        raise InputError(
            Text("Tulis nomor surat sekolahnya.", "Write the number of the school's letter."), at="letter"
        )
    if on > timezone.localdate() or year > on.year:
        raise InputError(Text("Tahun itu belum tiba.", "That year has not come yet."), at="year")
    if year < event.year:
        raise InputError(Text("Tahun itu sebelum kejadian.", "That year is before the event."), at="year")
    if held.ended or rules.too_old(held.birth_date, on, event):
        raise InputError(
            Text("Beasiswa anak ini sudah berakhir.", "The scholarship of this child has ended."), at="year"
        )
    if year in {one for one, _ in taken}:
        raise InputError(Text(f"Tahun {year} sudah diajukan.", f"{year} is claimed already."), at="year")
    if sum(one == level for _, one in taken) >= rules.most(level, event):
        raise InputError(
            Text(
                f"Jatah {level.text.id} ({rules.most(level, event)} tahun) sudah habis.",
                f"All {rules.most(level, event)} years of {level.text.en} are used up.",
            ),
            at="level",
        )
    made = Year.objects.create(
        child=held,
        year=year,
        level=level,
        letter=letter.strip()[:120],
        amount=rules.rate(level, event),
        asked_on=on,
        by=by,
    )
    after = {"year": year, "level": str(level), "amount": made.amount}
    record(by=by, entries=[_entry("scholarship.ask", held, after, letter=made.letter)])
    return made


@transaction.atomic
def pay(*, by: str, year: Year, on: dt.date) -> Year:
    """Record that a year was paid."""
    held = (
        Year.objects.select_for_update(of=("self",)).select_related("child__case__incident").get(pk=year.pk)
    )
    if held.paid_on:
        raise InputError(Text(f"Tahun {held.year} sudah dibayar.", f"{held.year} is paid already."))
    if on > timezone.localdate() or on < held.asked_on:
        raise InputError(
            Text("Dibayar antara pengajuan dan hari ini.", "Paid between the claim and today."), at="on"
        )
    held.paid_on = on
    held.save(update_fields=["paid_on"])
    after = {"year": held.year, "amount": held.amount, "on": on}
    record(by=by, entries=[_entry("scholarship.pay", held.child, after)])
    return held


@transaction.atomic
def end(*, by: str, child: Child, ending: Ending, on: dt.date) -> Child:
    """End the scholarship of a child."""
    held = _held(child)
    if held.ended:
        raise InputError(Text("Sudah berakhir.", "It has ended already."))
    if on > timezone.localdate():
        raise InputError(Text("Hari itu belum tiba.", "That day has not come yet."), at="on")
    held.ended, held.ended_on = ending, on
    held.save(update_fields=["ended", "ended_on"])
    record(by=by, entries=[_entry("scholarship.end", held, {"ending": str(ending), "on": on})])
    return held


def _held(child: Child) -> Child:
    return Child.objects.select_for_update(of=("self",)).select_related("case__incident").get(pk=child.pk)


def _entry(action: str, child: Child, after: dict[str, object], *, letter: str = "") -> Entry:
    incident = child.case.incident
    return Entry(
        action,
        child.subject,
        person=incident.person_id,
        letter=letter or child.case.number,
        region_code=incident.village_code,
        after=after,
    )
