"""Whom an event tells, and what a person has been told."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence

from django.db.models import Q, QuerySet
from django.utils import timezone

from payung.office.access.permissions import Permission
from payung.office.access.roles import ROLES
from payung.office.accounts.models import Grant, User
from payung.office.face import Dated, Telling, faces, telling_of
from payung.office.history.models import Event
from payung.office.notices.models import Channel, Notice
from payung.office.notices.rules import key_of

AHEAD = dt.timedelta(days=366)  # how far a calendar looks
BEHIND = dt.timedelta(days=30)


def above(code: str) -> list[str]:
    """Return the codes of the places that hold ``code``, itself too.

    >>> above("62.03.01.2001")
    ['62', '62.03', '62.03.01', '62.03.01.2001']
    """
    parts = code.split(".")
    return [".".join(parts[: at + 1]) for at in range(len(parts))]


def told(events: Sequence[Event]) -> list[tuple[Event, int]]:
    """Return event and key of the user for everybody whom ``events`` tell; one query, and one a kind of thing."""
    telling = [
        (event, found)
        for event in events
        if event.region_code
        and (found := telling_of(event.action))
        and (found.when is None or found.when(event.after or {}))
    ]
    if not telling:
        return []
    permissions = {permission for _, found in telling for permission in found.to}
    grants = _grants(permissions, {code for event, _ in telling for code in above(event.region_code)})
    kinds = _categories(telling)
    out = []
    for event, found in telling:
        wanted = kinds.get((event.action, key_of(event.subject) or 0), frozenset())
        places = set(above(event.region_code))
        users = {
            grant.user_id
            for grant in grants
            if grant.region_code in places
            and grant.user.username != event.actor
            and any(_reaches(grant, permission, wanted) for permission in found.to)
        }
        out += [(event, user) for user in sorted(users)]
    return out


def _grants(permissions: Iterable[Permission], places: Iterable[str]) -> list[Grant]:
    wanted = set(permissions)
    roles = [code for code, role in ROLES.items() if wanted & role.permissions]
    today = timezone.localdate()
    rows = Grant.objects.filter(
        Q(ends__isnull=True) | Q(ends__gte=today),
        role__in=roles,
        region_code__in=set(places),
        starts__lte=today,
        user__is_active=True,
    )
    return list(rows.select_related("user"))


def _reaches(grant: Grant, permission: Permission, wanted: frozenset[str]) -> bool:
    """Tell whether ``permission`` of a grant reaches people of the categories ``wanted`` (empty: of any)."""
    if permission not in ROLES[grant.role].permissions:
        return False
    reached = grant.reaches(permission)
    return not reached or not wanted or bool(reached & wanted)


def _categories(telling: Sequence[tuple[Event, Telling]]) -> dict[tuple[str, int], frozenset[str]]:
    keys: dict[str, set[int]] = defaultdict(set)
    how = {}
    for event, found in telling:
        if found.categories and (key := key_of(event.subject)) is not None:
            keys[event.action].add(key)
            how[event.action] = found.categories
    return {
        (action, key): frozenset(categories)
        for action, of in how.items()
        for key, categories in of(keys[action]).items()
    }


def mine(user: User) -> QuerySet[Notice]:
    """Return what ``user`` was told, latest first."""
    return Notice.objects.filter(user=user)


def to_mail() -> QuerySet[Notice]:
    """Return the unread notices that wait to be mailed to people who want that."""
    return Notice.objects.filter(
        mailed_at__isnull=True, read_at__isnull=True, user__is_active=True, user__channel__mails=True
    ).order_by("user_id", "event")


def calendar_of(print_: str) -> Channel | None:
    """Return whose calendar stands at the address of this print; nobody's where the account is closed."""
    found = Channel.objects.select_related("user").filter(print=print_, user__is_active=True)
    return found.first()


def days_of(user: User, today: dt.date) -> list[Dated]:
    """Return the days of the calendar of ``user`` around ``today``, the earliest first."""
    first, last = today - BEHIND, today + AHEAD
    found = [one for face in faces() if face.days for one in face.days(user, first, last)]
    return sorted(found, key=lambda one: (one.on, one.key))
