"""Staff lists and the same-KK rule: people of vulnerable categories in whose household somebody is on a staff list.

Of a list only blind indexes are kept, with employer, source and day; its file is removed once it is read. Of each
source the newest list counts. A hit names the source, never the member of staff.
"""

from __future__ import annotations

from typing import Any

from django.db.models import Case, Exists, OuterRef, Q, QuerySet, Subquery, When
from django.db.models.functions import Coalesce
from django.utils import timezone

from payung.office.access.roles import CATEGORIES
from payung.office.answers.agencies import STAFF
from payung.office.answers.models import Result, StaffList, StaffMember
from payung.office.answers.states import PADAN, STAFF_IN_HOUSEHOLD, WITHOUT_KK_RULE
from payung.office.history.actions import Entry, record
from payung.office.people.models import Household, Person, Standing
from payung.office.submissions.papers import files

UNDER_KK_RULE = sorted(CATEGORIES - WITHOUT_KK_RULE)


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
