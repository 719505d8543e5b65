"""Puts the offices that a list names in place: posts, their holders, and the terms of holders who are there already."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence

from django.utils import timezone

from payung.office.history.actions import Entry, record
from payung.office.people.models import Person
from payung.office.posts.models import Holding, Post
from payung.office.submissions.models import Row
from payung.office.submissions.rules.offices import Office, office_of
from payung.office.submissions.rules.rows import listing_of


def office_in(row: Row, person: Person) -> Office:
    """Return the office that ``row`` says ``person`` holds."""
    facts = row.facts
    on = timezone.localdate(row.upload.at)
    return office_of(str(row.category), listing_of(row), facts.get("raw", {}), person, on)


def fill_offices(by: str, village_code: str, offices: Sequence[Office]) -> None:
    """Put a post and its holder in place for every office of ``offices`` that nobody here is known to hold.

    Of a holder who is there already an unknown first or last day and number of the decree are filled in; what the
    office knows stays. A post of the same name that is free is filled before a further one is made. A constant number
    of queries; must be called inside a transaction.
    """
    if not offices:
        return
    today = timezone.localdate()
    posts = {post.pk: post for post in Post.objects.filter(region_code=village_code).order_by("number", "pk")}
    alike: dict[tuple[str, str], list[Post]] = defaultdict(list)
    for post in posts.values():
        alike[post.category, post.label].append(post)
    held: dict[tuple[int, str], list[Holding]] = defaultdict(list)
    terms: dict[Post, list[Holding]] = defaultdict(list)
    for holding in Holding.objects.filter(post__in=posts):
        holding.post = posts[holding.post_id]
        held[holding.person_id, holding.post.category].append(holding)
        terms[holding.post].append(holding)
    made: list[tuple[Holding, Office]] = []
    filled: list[Holding] = []
    entries: list[Entry] = []
    for office in offices:
        mine = held[office.person.pk, office.category]
        if same := next((one for one in mine if _same_term(one, office, today)), None):
            if before := _complete(same, office):
                filled.append(same)
                entries.append(_entry("holding.complete", same, office, before))
            continue
        free = [
            post
            for post in alike[office.category, office.label]
            if post.pk is not None and all(_is_over(one, office, today) for one in terms[post])
        ]
        own = [post for post in free if any(one.post_id == post.pk for one in mine)]
        post = next(iter([*own, *free]), None) or _further(village_code, office, alike)
        holding = Holding(
            post=post, person=office.person, starts=office.starts, ends=office.ends, decree=office.decree
        )
        made.append((holding, office))
        mine.append(holding)
        if post.pk is not None:
            terms[post].append(holding)
    Post.objects.bulk_create([holding.post for holding, _ in made if holding.post.pk is None])
    for holding, _ in made:
        post = holding.post
        holding.post = post  # with the key that it has now
    Holding.objects.bulk_create([holding for holding, _ in made])
    Holding.objects.bulk_update(filled, ["starts", "ends", "decree"], batch_size=200)
    record(by=by, entries=[*entries, *(_entry("holding.start", one, office) for one, office in made)])


def _same_term(holding: Holding, office: Office, today: dt.date) -> bool:
    """Tell whether ``office`` speaks of ``holding`` or of a time before it: only what follows it is a new term."""
    return holding.ends is None or holding.ends >= (office.starts or office.ends or today)


def _complete(holding: Holding, office: Office) -> dict[str, str | None] | None:
    """Fill in what is not known of ``holding``; return what was there, or ``None`` where nothing was missing.

    A list that has another first day speaks of another term: nothing of it is filled in.
    """
    if holding.pk is None or (holding.starts and office.starts and holding.starts != office.starts):
        return None
    before = {name: day.isoformat() if day else None for name, day in _days(holding)}
    starts, ends = holding.starts or office.starts, holding.ends or office.ends
    if starts and ends and ends < starts:
        starts, ends = holding.starts, holding.ends
    decree = holding.decree or office.decree
    if (starts, ends, decree) == (holding.starts, holding.ends, holding.decree):
        return None
    holding.starts, holding.ends, holding.decree = starts, ends, decree
    return before


def _is_over(holding: Holding, office: Office, today: dt.date) -> bool:
    return holding.ends is not None and holding.ends < (office.starts or today)


def _days(holding: Holding) -> tuple[tuple[str, dt.date | None], ...]:
    return ("starts", holding.starts), ("ends", holding.ends)


def _further(village_code: str, office: Office, alike: dict[tuple[str, str], list[Post]]) -> Post:
    """Return a post, not saved yet, of this name with the next number."""
    there = alike[office.category, office.label]
    number = max((post.number for post in there), default=0) + 1
    post = Post(region_code=village_code, category=office.category, label=office.label, number=number)
    there.append(post)
    return post


def _entry(
    action: str, holding: Holding, office: Office, before: dict[str, str | None] | None = None
) -> Entry:
    days = {name: day.isoformat() if day else None for name, day in _days(holding)}
    return Entry(
        action,
        f"post:{holding.post_id}",
        person=holding.person_id,
        letter=holding.decree,
        region_code=holding.post.region_code,
        reason=office.unread,
        before=before,
        after={"post": holding.post.label, **days},
    )
