"""Staff lists and the same-KK rule: people of vulnerable categories in whose household somebody is on a staff list.

Of a list only blind indexes are kept, with employer, source and day; its file is removed once it is read. Of each
source the newest list counts. A hit names the source, never the member of staff.
"""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import Case, Exists, OuterRef, Q, QuerySet, Subquery, When
from django.db.models.functions import Coalesce
from django.utils import timezone

from payung.errors import InputError
from payung.office.access.roles import CATEGORIES
from payung.office.answers.agencies import STAFF
from payung.office.answers.models import Result, StaffList, StaffMember
from payung.office.answers.states import PADAN, STAFF_IN_HOUSEHOLD, WITHOUT_KK_RULE
from payung.office.history.actions import Entry, record
from payung.office.jobs.queue import Ticket
from payung.office.people.models import Household, Person, Standing
from payung.office.regions.tree import below
from payung.office.submissions.papers import files
from payung.office.vault.sealed import blind
from payung.people.nik import LENGTH
from payung.text import Text

KIND = "answers.staff"
CHUNK = 500
EMPLOYERS: dict[str, Text] = {
    "asn": Text("ASN (PNS dan PPPK)", "Civil service (ASN)"),
    "tni": Text("TNI", "Armed forces (TNI)"),
    "polri": Text("Polri", "Police (Polri)"),
    "bumn": Text("BUMN", "State enterprise (BUMN)"),
    "bumd": Text("BUMD", "Regional enterprise (BUMD)"),
}
UNDER_KK_RULE = sorted(CATEGORIES - WITHOUT_KK_RULE)


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


def touched(people: QuerySet[Person]) -> QuerySet[Person]:
    """Return those of ``people`` whom the rule hits now, or who carry an earlier hit."""
    listed = StaffMember.objects.filter(staff__current=True)
    staff = Person.objects.filter(Exists(listed.filter(nik_index=OuterRef("nik_index"))))
    houses = Household.objects.filter(
        Q(Exists(listed.filter(kk_index=OuterRef("kk_index")))) | Q(pk__in=staff.values("household"))
    )
    had = Result.objects.filter(person=OuterRef("pk"), agency=STAFF, latest=True, code=STAFF_IN_HOUSEHOLD)
    hit = Q(household__in=houses) | Q(pk__in=staff.values("pk"))
    return people.filter((hit & Q(Exists(_under_rule()))) | Q(Exists(had)))


def hits(people: QuerySet[Person]) -> QuerySet[Person, Any]:
    """Return ``people`` with ``hit``: the key of the current staff list that their household is on, or null.

    By the KK of the list, or by the NIK of the person or of anybody in the same household. Only categories under
    the rule are looked at.
    """
    listed = StaffMember.objects.filter(staff__current=True).order_by("-staff__version_on", "-staff_id")
    together = Person.objects.filter(household=OuterRef(OuterRef("household")))
    found = [
        Subquery(one.values("staff")[:1])
        for one in (
            listed.filter(kk_index=OuterRef("household__kk_index")),
            listed.filter(nik_index=OuterRef("nik_index")),
            listed.filter(nik_index__in=together.values("nik_index")),
        )
    ]
    return people.annotate(hit=Case(When(Exists(_under_rule()), then=Coalesce(*found)), default=None))


def refresh(*, by: str, people: QuerySet[Person]) -> int:
    """Bring the results of the same-KK rule up to date for ``people``; return how many changed.

    Must be called inside a transaction; a constant number of queries for any number of people.
    """
    rows = list(hits(people))
    lists = StaffList.objects.in_bulk({person.hit for person in rows if person.hit})
    current = {
        result.person_id: result
        for result in Result.objects.filter(
            person__in=[person.pk for person in rows], agency=STAFF, latest=True
        )
    }
    made, entries, retired = [], [], []
    for person in rows:
        former, staff = current.get(person.pk), lists.get(person.hit)
        if (former.staff_id if former and former.code else None) == (staff.pk if staff else None):
            continue
        if former:
            retired.append(former.pk)
        code, detail = (STAFF_IN_HOUSEHOLD, staff.label) if staff else (PADAN, "")
        made.append(
            Result(
                person=person,
                agency=STAFF,
                code=code,
                detail=detail,
                staff=staff,
                answered_on=staff.version_on if staff else timezone.localdate(),
            )
        )
        entries.append(
            Entry(
                "match.result",
                f"staff:{staff.pk}" if staff else "",
                person=person.pk,
                region_code=person.village_code,
                before={"result": former.code} if former else None,
                after={"agency": STAFF, "result": code, "text": detail},
            )
        )
    Result.objects.filter(pk__in=retired).update(latest=False)
    Result.objects.bulk_create(made)
    record(by=by, entries=entries)
    return len(made)


def remove_file(staff: StaffList) -> None:
    """Remove the file of ``staff``: what is kept of it are blind indexes."""
    if staff.path:
        StaffList.objects.filter(pk=staff.pk).update(path="")
        files.remove_apart(staff.path)


def _under_rule() -> QuerySet[Standing]:
    return Standing.objects.filter(person=OuterRef("pk"), category__in=UNDER_KK_RULE)


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
