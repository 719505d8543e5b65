"""Who stands in a decree, for whom it pays, until when, and what a new decree changes."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from payung.law import look_up, months
from payung.office.access.scope import Scope
from payung.office.people.models import DEAD
from payung.office.programme.models import Decree, DecreePerson, Reserve
from payung.office.programme.states import HOLDING, IN_FORCE, DecreeState, Exit
from payung.office.regions.tree import contains


def people_in(line_id: int, month: str) -> QuerySet[DecreePerson]:
    """Return the rows of signed decrees for which the line pays in ``month`` (``YYYY-MM``), each person once a segment.

    A row counts from its first month until the last one before a later signed decree takes the person out.
    """
    return held_in(month).filter(line=line_id)


def held_in(month: str) -> QuerySet[DecreePerson]:
    """Return the rows of signed decrees that count in ``month``, whoever pays."""
    return DecreePerson.objects.filter(
        held=True, decree__state__in=IN_FORCE, from_month__lte=month, last_month__gte=month
    )


def in_decrees(people: Collection[int]) -> set[int]:
    """Return those of ``people`` who stand in a signed decree, whenever it pays."""
    rows = DecreePerson.objects.filter(held=True, decree__state__in=IN_FORCE, person__in=people)
    return set(rows.values_list("person", flat=True))


def chain_of(decree: Decree) -> list[int]:
    """Return the keys of the decrees that ``decree`` follows up, the first of all first, itself last."""
    if decree.root_id is None:
        return [decree.pk]
    steps = dict(
        Decree.objects.filter(Q(pk=decree.root_id) | Q(root=decree.root_id)).values_list("pk", "previous_id")
    )
    found, at = [decree.pk], decree.previous_id
    while at is not None:
        found.append(at)
        at = steps.get(at)
    return found[::-1]


def annex(decree: Decree) -> QuerySet[DecreePerson]:
    """Return the rows of the annex of ``decree``: who was put in by it or before it and was not taken out so far."""
    chain = chain_of(decree)
    rows = DecreePerson.objects.filter(decree__in=chain)
    if len(chain) > 1:
        rows = rows.filter(Q(decree=decree.pk) | Q(decree__state__in=HOLDING))
    return rows.filter(Q(removed_by__isnull=True) | ~Q(removed_by__in=chain)).order_by("decree_id", "number")


@dataclass(frozen=True, slots=True)
class Difference:
    """What a decree changes: who comes in, who leaves (with the reason), who stays. Adds up:
    former = stays + leaves, and the annex = stays + comes in."""

    comes: QuerySet[DecreePerson]
    leaves: QuerySet[DecreePerson]
    stays: QuerySet[DecreePerson]

    def counts(self) -> dict[str, int]:
        """Return how many are masuk, keluar and tetap."""
        return {"masuk": self.comes.count(), "keluar": self.leaves.count(), "tetap": self.stays.count()}


def difference(decree: Decree) -> Difference:
    """Return the difference list of ``decree`` against the one it follows up; of a first one, all come in."""
    return Difference(
        comes=DecreePerson.objects.filter(decree=decree.pk).order_by("number"),
        leaves=DecreePerson.objects.filter(removed_by=decree.pk).order_by("decree_id", "number"),
        stays=annex(decree).exclude(decree=decree.pk),
    )


def lapsing(decree: Decree) -> QuerySet[DecreePerson]:
    """Return the rows whose person is without cover from the first month of ``decree`` on, once it is signed.

    Whom it lets go, and of the same payer whose last month is the one before it and who goes on nowhere. Without the
    dead, and whoever the insurer never accepted.
    """
    before = months.add(decree.from_month, -1)
    on = DecreePerson.objects.filter(
        Q(held=True) & (Q(removed_by__isnull=True) | ~Q(removed_by=decree.pk)) | Q(decree=decree.pk),
        person=OuterRef("person"),
        segment=OuterRef("segment"),
        last_month__gte=decree.from_month,
    ).order_by()
    rows = DecreePerson.objects.filter(
        Q(removed_by=decree.pk, last_month__gte=decree.from_month)
        | Q(last_month=before, decree__region_code=decree.region_code),
        held=True,
        decree__state__in=IN_FORCE,
        person__merged_into__isnull=True,
    )
    gone = rows.exclude(Exists(on)).exclude(person__life_status=DEAD)
    return gone.exclude(exit__in=[Exit.MENINGGAL, Exit.DITOLAK_BPJS])


def hash_of(decree: Decree) -> str:
    """Return the SHA-256 of the annex: of every row its place, NIK, name, village, category, segment, line, months."""
    digest = hashlib.sha256()
    columns = ("nik", "name", "village_code", "category", "segment", "line", "from_month", "until_month")
    for place, row in enumerate(annex(decree).values_list(*columns).iterator(chunk_size=2000), 1):
        digest.update("|".join([str(place), *(str(value) for value in row)]).encode() + b"\n")
    return digest.hexdigest()


def waiting_in_reserve(decree: Decree) -> QuerySet[Reserve]:
    """Return who may follow in ``decree``, in the fixed order of the reserves of its chain.

    Left out are the dead, and whoever is covered already from the first month of ``decree`` on or stands in it.
    """
    taken = DecreePerson.objects.filter(person=OuterRef("person"), segment=OuterRef("segment")).filter(
        Q(held=True, last_month__gte=decree.from_month) | Q(decree=decree.pk)
    )
    rows = Reserve.objects.filter(~Exists(taken), decree__in=chain_of(decree))
    return rows.exclude(person__life_status=DEAD).select_related("person").order_by("decree_id", "rank")


@dataclass(frozen=True, slots=True)
class Clocks:
    """When the clocks of a newcomer are through: the first month of full JKM, of the scholarship out of JKM."""

    full_jkm: str
    scholarship: str


def clocks_from(first: str) -> Clocks:
    """Return the clocks of somebody whose first paid month is ``first``, if no month is missed (law, by date)."""
    day = months.first_day(first)
    waiting, paid = (int(look_up(name, day).value) for name in ("jkm_waiting_months", "scholarship_months"))
    # Full where every reading of the waiting time agrees: after it, not within it.
    return Clocks(months.add(first, waiting), months.add(first, paid - 1))


@dataclass(frozen=True, slots=True)
class Ending:
    """People whose cover stops: the decrees say nothing after ``last_month``.

    Fields
        decree: key; number: what it is called. month: the first month without cover. on: its first day. people.
    """

    decree: int
    number: str
    month: str
    on: dt.date
    people: int

    def days(self, today: dt.date) -> int:
        """Days until then."""
        return (self.on - today).days


def ending_rows(scope: Scope, today: dt.date, within: int = 90) -> QuerySet[DecreePerson]:
    """Return the rows of decrees whose person is without cover within so many days: no decree has a month after."""
    months_ = [months.add(months.month_of(today), -1)]
    while months.first_day(months.add(months_[-1], 2)) <= today + dt.timedelta(days=within):
        months_.append(months.add(months_[-1], 1))
    lasts = [month for month in months_ if months.first_day(months.add(month, 1)) >= today]
    following = DecreePerson.objects.filter(
        person=OuterRef("person"),
        segment=OuterRef("segment"),
        held=True,
        last_month__gt=OuterRef("last_month"),
    )
    return (
        scope.of(DecreePerson)
        .filter(held=True, decree__state__in=IN_FORCE, last_month__in=lasts, last_month=F("until_month"))
        .exclude(Exists(following))
        .order_by()
    )


def endings(scope: Scope, today: dt.date, within: int = 90) -> list[Ending]:
    """Return whose cover stops within so many days and has no month after it in any decree, soonest first."""
    found = []
    rows = ending_rows(scope, today, within).values_list("decree", "decree__number", "last_month")
    for decree, number, month, people in rows.annotate(people=Count("pk")):
        after = months.add(month, 1)
        found.append(Ending(decree, number, after, months.first_day(after), people))
    return sorted(found, key=lambda one: (one.on, one.decree))


def covers(areas: list[str], village_code: str) -> bool:
    """Tell whether a line with these ``areas`` pays in ``village_code``; none restricts nothing."""
    return not areas or any(contains(area, village_code) for area in areas)


def frozen_with(line_id: int, from_month: str, until_month: str, people: Collection[int]) -> Decree | None:
    """Return the frozen, unsigned decree of a line whose annex is these people for these months, or ``None``."""
    rows = Decree.objects.filter(
        line=line_id, state=DecreeState.FROZEN, from_month=from_month, until_month=until_month, previous=None
    )
    for decree in rows.order_by("-pk"):
        if set(annex(decree).values_list("person_id", flat=True)) == set(people):
            return decree
    return None
