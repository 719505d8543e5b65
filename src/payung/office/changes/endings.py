"""The watcher of terms: what ends within 60 and 30 days, and what has ended: posts, agreements, decrees, and the 65th
birthday of people who are covered."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, Subquery
from django.urls import reverse

from payung.codes import Code
from payung.law import look_up, months
from payung.law.months import add_to_date
from payung.office.access.scope import Scope
from payung.office.changes.models import Change
from payung.office.changes.states import ChangeKind, ChangeState
from payung.office.people.models import DEAD, Person
from payung.office.posts.models import Holding, Post
from payung.office.programme.models import Decree, DecreePerson
from payung.office.programme.queries.agreements import in_force_on
from payung.office.programme.states import IN_FORCE, DecreeState

AHEAD, SOON, BEHIND = 60, 30, 30  # days: how far ahead is looked, what is soon, how long what ended is shown
MOST = 500  # rows of a kind that are shown


class EndingKind(Code):
    """What ends."""

    HOLDING = "holding", "Masa jabatan", "Term of office", "info"
    BIRTHDAY = "birthday", "Usia 65 tahun", "65th birthday", "warn"
    DECREE = "decree", "SK penetapan", "Decree", "bad"
    AGREEMENT = "agreement", "Perjanjian", "Agreement", "bad"


@dataclass(frozen=True, slots=True)
class Ending:
    """Something that ends on ``on`` (the last day): what, whose or where, and where it is seen."""

    kind: EndingKind
    on: dt.date
    what: str
    place: str
    url: str
    thing: str = ""  # what it is without a person's name

    def days(self, today: dt.date) -> int:
        """Days that are left; 0 on the last day, below zero after it."""
        return (self.on - today).days

    def step(self, today: dt.date) -> int:
        """The warning that it has reached: 60, 30 or 0 (the last day, and after it)."""
        left = self.days(today)
        return 0 if left <= 0 else SOON if left <= SOON else AHEAD


def endings(scope: Scope, today: dt.date) -> list[Ending]:
    """Return what ends within ``scope`` from 30 days ago to 60 days ahead, the earliest first; constant queries.

    A post that somebody follows in, and a decree that another follows up, do not end.
    """
    first, last = today - dt.timedelta(days=BEHIND), today + dt.timedelta(days=AHEAD)
    found = [
        *_holdings(scope, first, last),
        *_birthdays(scope, today, first, last),
        *_decrees(scope, first, last),
        *_agreements(scope, first, last),
    ]
    return sorted(found, key=lambda one: (one.on, one.kind, one.place, one.what))


def between(scope: Scope, first: dt.date, last: dt.date) -> list[Ending]:
    """Return the terms, decrees and agreements that end within these days, each with ``thing``; no birthdays."""
    return [
        *_holdings(scope, first, last),
        *_decrees(scope, first, last),
        *_agreements(scope, first, last),
    ]


def _holdings(scope: Scope, first: dt.date, last: dt.date) -> list[Ending]:
    later = Holding.objects.filter(post=OuterRef("post"), starts__gt=OuterRef("ends"))
    rows = Holding.objects.filter(
        ~Exists(later), ends__range=(first, last), post__in=scope.of(Post).values("pk")
    ).select_related("post", "person")
    return [
        Ending(
            EndingKind.HOLDING,
            row.ends,
            f"{row.post.label}: {row.person.name}",
            row.post.region_code,
            reverse("post_show", kwargs={"key": row.post_id}),
            row.post.label,
        )
        for row in rows.order_by("ends", "pk")[:MOST]
        if row.ends is not None
    ]


def _birthdays(scope: Scope, today: dt.date, first: dt.date, last: dt.date) -> list[Ending]:
    years = int(look_up("enrolment_age_below", today).value)
    held = DecreePerson.objects.filter(
        person=OuterRef("pk"), held=True, decree__state__in=IN_FORCE, last_month__gte=months.month_of(today)
    )
    born = (add_to_date(first, -12 * years), add_to_date(last, -12 * years))
    rows = scope.of(Person).filter(Q(Exists(held)), birth_date__range=born).exclude(life_status=DEAD)
    return [
        Ending(
            EndingKind.BIRTHDAY,
            add_to_date(row.birth_date, 12 * years),
            row.name,
            row.village_code,
            reverse("person_show", kwargs={"key": row.pk}),
        )
        for row in rows.order_by("birth_date", "pk")[:MOST]
        if row.birth_date is not None
    ]


def _decrees(scope: Scope, first: dt.date, last: dt.date) -> list[Ending]:
    reach = (months.month_of(first), months.month_of(last))
    rows = scope.of(Decree).filter(state=DecreeState.SIGNED, until_month__range=reach).select_related("line")
    return [
        Ending(
            EndingKind.DECREE,
            months.last_day(row.until_month),
            f"{row.number} ({row.line.name})",
            row.region_code,
            reverse("decree_show", kwargs={"key": row.pk}),
            f"{row.number} ({row.line.name})",
        )
        for row in rows.order_by("until_month", "pk")[:MOST]
        if first <= months.last_day(row.until_month) <= last
    ]


def _agreements(scope: Scope, first: dt.date, last: dt.date) -> list[Ending]:
    found = {one.paper.pk: one for day in (first, last) for one in in_force_on(day, scope)}
    return [
        Ending(
            EndingKind.AGREEMENT,
            one.terms.ends,
            f"{one.paper.kind.text.id} {one.terms.number}",
            one.paper.region_code,
            reverse("agreement_show", kwargs={"key": one.paper.pk}),
            one.terms.number,
        )
        for one in found.values()
        if first <= one.terms.ends <= last
    ]


def died_on(person: str) -> Subquery:
    """Return the day on which the person at the path ``person`` died by a change that was reported, else null."""
    rows = Change.objects.filter(
        person=OuterRef(person),
        kind=ChangeKind.MENINGGAL,
        state__in=[ChangeState.REPORTED, ChangeState.APPROVED],
    )
    return Subquery(rows.order_by("state", "on").values("on")[:1])
