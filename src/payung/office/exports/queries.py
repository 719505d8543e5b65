"""Whose exports there are, and what a page reaches for somebody."""

from __future__ import annotations

import hashlib
from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest, QueryDict
from django.urls import Resolver404, resolve

from payung.office.access.pages import Rule
from payung.office.access.scope import NOTHING, Scope, joined
from payung.office.accounts.models import User
from payung.office.desk.lists import ListPage
from payung.office.exports.models import Export
from payung.office.jobs.models import Job


def of_person(username: str) -> QuerySet[Export]:
    """Return the exports that this person asked for, with their work."""
    return Export.objects.filter(by=username).select_related("job")


def in_work(username: str) -> QuerySet[Export]:
    """Return those that are still being prepared for this person."""
    busy = Q(job__state__in=[Job.State.QUEUED, Job.State.RUNNING])
    return Export.objects.filter(busy, by=username, made__isnull=True)


def list_at(address: str) -> tuple[ListPage[Any], Rule] | None:
    """Return the list that stands at ``address`` and its rule; ``None`` where there is none (any more)."""
    try:
        match = resolve(address)
    except Resolver404:
        return None
    declared = getattr(match.func, "list_page", None)
    if declared is None:
        return None
    page: ListPage[Any] = declared()
    page.kwargs = match.kwargs
    return page, match.func.rule  # type: ignore[attr-defined]


def request_of(user: User, rule: Rule, address: str, query: str) -> HttpRequest:
    """Return the request of the page as ``user`` would send it now, with what its rule reaches."""
    request = HttpRequest()
    request.method, request.path, request.path_info = "GET", address, address
    request.GET = QueryDict(query)
    request.user = user
    request.scope = scope_of_rule(user, rule)  # type: ignore[attr-defined]
    return request


def scope_of_rule(user: User, rule: Rule) -> Scope:
    """Return what a page with this rule reaches for ``user`` today."""
    return joined(user, rule.permissions) if rule.kind == "permission" else NOTHING


def print_of(scope: Scope) -> str:
    """Return what shows that two reaches are the same."""
    areas = [(area.code, sorted(area.categories), area.sent) for area in scope.areas]
    return hashlib.sha256(repr(areas).encode()).hexdigest()[:32]
