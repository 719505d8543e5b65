"""Reads a staff list in the background, and judges the households again."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from payung.errors import InputError
from payung.office.answers.actions.staff import refresh, remove_file, touched
from payung.office.answers.models import StaffList, StaffMember
from payung.office.answers.states import READ_STAFF
from payung.office.history.actions import Entry, record
from payung.office.jobs.queue import Ticket
from payung.office.people.models import Person
from payung.office.regions.tree import below
from payung.office.submissions.papers import files
from payung.office.vault.sealed import blind
from payung.people.nik import LENGTH

KIND = READ_STAFF
CHUNK = 500


def work(ticket: Ticket) -> None:
    """Read the list of ``ticket``, let it replace the older one of its source, and judge the households again."""
    staff = StaffList.objects.get(pk=ticket.arguments["staff"])
    if not staff.read:
        _read(ticket, staff)
    remove_file(staff)
    people = Person.objects.filter(below(staff.region_code, "village_code"))
    keys = list(touched(people).order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(keys), CHUNK):
        with transaction.atomic():
            ticket.report(start, len(keys))
            refresh(by=ticket.asked_by, people=Person.objects.filter(pk__in=keys[start : start + CHUNK]))
    ticket.report(len(keys), len(keys))


def _read(ticket: Ticket, staff: StaffList) -> None:
    try:
        numbers, rows = _numbers(staff)
    except InputError:
        remove_file(staff)
        raise
    with transaction.atomic():
        ticket.hold()
        staff.members.all().delete()
    for start in range(0, len(numbers), CHUNK):
        with transaction.atomic():
            ticket.report(start, len(numbers))
            StaffMember.objects.bulk_create(
                StaffMember(staff=staff, nik_index=nik, kk_index=kk)
                for nik, kk in numbers[start : start + CHUNK]
            )
    with transaction.atomic():
        ticket.report(len(numbers), len(numbers))
        staff.read, staff.rows, staff.unusable = True, rows, rows - len(numbers)
        same = StaffList.objects.select_for_update().filter(
            region_code=staff.region_code, source=staff.source, employer=staff.employer, read=True
        )
        newest = max([*same, staff], key=lambda one: (one.version_on, one.pk))
        older = same.exclude(pk=newest.pk)
        older.update(current=False)
        StaffMember.objects.filter(staff__in=older).delete()
        staff.current = newest.pk == staff.pk
        staff.save(update_fields=["read", "rows", "unusable", "current"])
        if not staff.current:
            staff.members.all().delete()
        after = {"source": staff.label, "rows": rows, "unusable": staff.unusable}
        entry = Entry("staff.read", f"staff:{staff.pk}", region_code=staff.region_code, after=after)
        record(by=ticket.asked_by, entries=[entry])


def _numbers(staff: StaffList) -> tuple[list[tuple[str | None, str | None]], int]:
    """Return the blind indexes of every row with a valid NIK or KK, and how many rows there are."""
    from payung.rosters import read

    with files.opened(staff.path) as path:
        reading = read(path, as_of=timezone.localdate(staff.at), kind="insured")
    found = []
    for row in reading.rows.iter_rows(named=True):
        nik = row["nik"] if row["nik_state"] == "valid" else None
        kk = row["kk"] if row["kk"] and len(row["kk"]) == LENGTH and row["kk"].isdecimal() else None
        if nik or kk:
            found.append((blind(nik, "nik"), blind(kk, "kk")))
    return found, reading.rows.height
