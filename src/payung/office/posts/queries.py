"""Named reads of posts. Each starts from a scope."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import Case, CharField, Count, Exists, F, OuterRef, Q, QuerySet, Subquery, Value, When

from payung.office.access.scope import Scope
from payung.office.people.queries import covered_on
from payung.office.posts.models import Holding, Post
from payung.office.posts.states import PostState
from payung.office.regions.models import Region


def posts(scope: Scope, on: dt.date) -> QuerySet[Post, Any]:
    """Return the posts within ``scope``, each with ``holding`` (key, on the day ``on``) and ``state``.

    ``state`` is ``covered``, ``uncovered``, ``ended`` (the term of the last holder is over) or ``vacant``.
    """
    current = holding_on(on).filter(post=OuterRef("pk"))
    over = Holding.objects.filter(post=OuterRef("pk"), ends__lt=on)
    return (
        scope.of(Post)
        .annotate(holding=Subquery(current.values("pk")[:1]), holder=Subquery(current.values("person")[:1]))
        .annotate(
            state=Case(
                When(
                    covered_on(on, "holder"),
                    then=Value("covered"),
                ),
                When(holding__isnull=False, then=Value("uncovered")),
                When(Exists(over), then=Value("ended")),
                default=Value("vacant"),
                output_field=CharField(),
            ),
        )
    )


def posts_for_list(scope: Scope, on: dt.date) -> QuerySet[Post, Any]:
    """Return :func:`posts` with ``village_name``, and ``name`` and ``ends`` of the holder on the day ``on``.

    Where nobody is in office any more, ``ends`` is the day on which the last term ended.
    """
    village = Region.objects.filter(code=OuterRef("region_code")).values("name")[:1]
    last = Holding.objects.filter(post=OuterRef("pk"), ends__lt=on).order_by("-ends", "-pk")
    held = Holding.objects.filter(pk=OuterRef("holding"))
    return posts(scope, on).annotate(
        village_name=Subquery(village),
        name=Subquery(held.values("person__name")[:1]),
        ends=Case(
            When(holding__isnull=False, then=Subquery(held.values("ends")[:1])),
            default=Subquery(last.values("ends")[:1]),
        ),
    )


def holding_on(on: dt.date) -> QuerySet[Holding]:
    """Return the terms that run on the day ``on``; of one post the latest first, an unknown beginning last."""
    return Holding.objects.filter(
        Q(starts__isnull=True) | Q(starts__lte=on), Q(ends__isnull=True) | Q(ends__gte=on)
    ).order_by(F("starts").desc(nulls_last=True), "-pk")


def post_counts(scope: Scope, on: dt.date) -> dict[str, dict[PostState, int]]:
    """Return for each region code how many of its posts are in each of :class:`PostState`, in one query."""
    found: dict[str, dict[PostState, int]] = {}
    grouped: Any = posts(scope, on).order_by().values("region_code", "state")  # type: ignore[misc]
    for line in grouped.annotate(many=Count("pk")):
        found.setdefault(line["region_code"], dict.fromkeys(PostState, 0))[
            PostState.member(line["state"])
        ] = line["many"]
    return found
