"""Reads of donors: who they are, what is left of their pledges, and what became of the money, without names."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from payung.codes import Occupation
from payung.law import months
from payung.office.access.roles import RoleCode
from payung.office.access.scope import Scope, in_force
from payung.office.accounts.models import User
from payung.office.cases.models import Step
from payung.office.cases.states import CaseState, StepKind
from payung.office.donors import rules
from payung.office.donors.models import Donor, Pledge
from payung.office.donors.rules import Paid, Row
from payung.office.letters.models import Letter
from payung.office.months.models import Month, MonthSum, Place
from payung.office.months.states import SEGMENTS
from payung.office.programme.models import DecreePerson, Line
from payung.text import Text

CERTIFICATE = "donor_certificate"  # the kind of letter, of the reports


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of some pledges. Rupiah; numbers of people are ``None`` where so few are not told.

    Fields
        pledged, placed: promised, and the ceilings of its lines. paid: what was paid of it; bound: what waits in
        decrees and bills; free: the rest. person_months, people: paid in all; paid for this month. by_month,
        by_village: see :class:`Row`. occupations: people of the decrees of this month. families, to_families: those
        whom the insurer paid after the death or accident of somebody in a month that this money paid.
    """

    pledged: int
    placed: int
    bound: int
    paid: int
    free: int
    person_months: int | None
    people: int | None
    by_month: tuple[Row, ...]
    by_village: tuple[Row, ...]
    occupations: tuple[tuple[Text, int], ...]
    families: int | None
    to_families: int | None


def donors(scope: Scope) -> QuerySet[Donor]:
    """Return the donors within ``scope`` with ``pledged`` and ``placed`` (rupiah) of what was not withdrawn."""
    standing = Q(pledges__withdrawn_at__isnull=True)
    return scope.of(Donor).annotate(
        pledged=Coalesce(Sum("pledges__amount", filter=standing), 0),
        placed=Coalesce(Sum("pledges__placed", filter=standing), 0),
        many=Count("pledges", filter=standing),
    )


def pledges(scope: Scope) -> QuerySet[Pledge]:
    """Return the pledges within ``scope``, the latest first."""
    return scope.of(Pledge).select_related("donor")


def donor_of(user: User) -> Donor | None:
    """Return the donor that ``user`` looks for, if any."""
    return Donor.objects.filter(accounts__user=user).first()


def lookers(donor: Donor, on: dt.date) -> list[User]:
    """Return the users with the role of a donor in its place who look for nobody yet."""
    users = User.objects.filter(
        is_active=True,
        donor_account__isnull=True,
        grants__role=RoleCode.DONATUR,
        grants__region_code=donor.region_code,
    )
    found = users.distinct().prefetch_related("grants")
    return [user for user in found if any(_holds(grant, donor) for grant in in_force(user.grants.all(), on))]


def _holds(grant: object, donor: Donor) -> bool:
    return (getattr(grant, "role", ""), getattr(grant, "region_code", "")) == (
        RoleCode.DONATUR,
        donor.region_code,
    )


def lines_of(pledges_: Sequence[Pledge]) -> dict[int, list[Line]]:
    """Return the lines of each pledge by its key, each with its sums; one query."""
    rows = Line.objects.filter(pledge_line__pledge__in=[one.pk for one in pledges_])
    found: dict[int, list[Line]] = defaultdict(list)
    for line in rows.select_related("balance", "pledge_line").order_by("from_month", "pk"):
        found[line.pledge_line.pledge_id].append(line)
    return found


def certificates(lines: Sequence[Line]) -> QuerySet[Letter]:
    """Return the certificates that were issued of ``lines`` and still count, the latest first."""
    subjects = [line.subject for line in lines]
    rows = Letter.objects.filter(kind=CERTIFICATE, subject__in=subjects, replaced_by__isnull=True)
    return rows.order_by("-on", "-pk")


def outcome(pledges_: Sequence[Pledge], lines: Sequence[Line], on: dt.date) -> Outcome:
    """Return what became of ``pledges_``, whose lines are ``lines``, by the day ``on``; constant queries."""
    keys = [line.pk for line in lines]
    paid = _paid(keys)
    month = months.month_of(on)
    families, to_families = _families(keys)
    bound = sum(one.balance.reserved + one.balance.committed + one.balance.billed for one in lines)
    pledged = sum(one.amount for one in pledges_ if not one.withdrawn_at)
    spent = sum(one.balance.paid for one in lines)
    return Outcome(
        pledged=pledged,
        placed=sum(one.placed for one in pledges_),
        bound=bound,
        paid=spent,
        free=pledged - bound - spent,
        person_months=rules.told(sum(one.people for one in paid)),
        people=rules.told(sum(one.people for one in paid if one.month == month)),
        by_month=tuple(rules.by_month(paid)),
        by_village=tuple(rules.by_village(paid)),
        occupations=_occupations(keys, month),
        families=rules.told(families),
        to_families=None if rules.told(families) is None else to_families,
    )


def _paid(lines: Sequence[int]) -> list[Paid]:
    rows = MonthSum.objects.filter(line__in=lines).exclude(people=0)
    sums = list(rows.values_list("month", "place", "people", "jkk", "jkm"))
    villages = dict(
        Place.objects.filter(pk__in={place for _, place, *_ in sums}).values_list("pk", "village_code")
    )
    return [
        Paid(months.from_index(month), villages[place], people, jkk + jkm)
        for month, place, people, jkk, jkm in sums
    ]


def _occupations(lines: Sequence[int], month: str) -> tuple[tuple[Text, int], ...]:
    """Return how many people of each occupation stand in the decrees of ``month``, without those that are few."""
    held = DecreePerson.objects.filter(
        line__in=lines, held=True, from_month__lte=month, last_month__gte=month
    )
    counted = dict(held.order_by().values_list("occupation").annotate(n=Count("person", distinct=True)))
    found = rules.told_parts({str(code or ""): many for code, many in counted.items()})
    unknown = Text("Pekerjaan lain", "Other work")
    return tuple((Occupation.member(code).text if code else unknown, many) for code, many in found)


def _families(lines: Sequence[int]) -> tuple[int, int]:
    """Return how many cases the insurer paid, and how much, of people whose month of the event these lines paid."""
    of = DecreePerson.objects.filter(line__in=lines, held=True).values("person")
    steps = Step.objects.filter(
        kind=StepKind.MOVE, state=CaseState.PAID, case__incident__void=False, case__incident__person__in=of
    )
    incident = "case__incident__"
    columns = ("case", "amount", "case__segment", f"{incident}person", f"{incident}on")
    rows = list(steps.values_list(*columns))
    wanted = {(months.index(months.month_of(on)), person) for *_, person, on in rows}
    last: dict[tuple[int, int, int], Month] = {}
    months_ = Month.objects.filter(
        month__in={month for month, _ in wanted}, person__in={person for _, person in wanted}
    )
    for row in months_.order_by("month", "segment", "person", "seq"):
        last[row.month, row.person, row.segment] = row
    ours = set(lines)
    here = {key for key, row in last.items() if row.seq % 2 and row.line in ours}
    cases: set[int] = set()
    amount = 0
    for case, paid, segment, person, on in rows:
        month = months.index(months.month_of(on))
        numbers = [SEGMENTS[str(segment)]] if segment else list(SEGMENTS.values())
        if any((month, person, number) in here for number in numbers):
            cases.add(case)
            amount += paid or 0
    return len(cases), amount
