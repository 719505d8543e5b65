"""The writes of posts: keyword only, by whom, with history, in one transaction."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from payung.errors import InputError
from payung.office.history.actions import Entry, record
from payung.office.people.models import Person, Standing
from payung.office.posts.models import Holding, Post
from payung.office.regions.actions import hold
from payung.text import Text


def appoint(
    *,
    by: str,
    post: Post,
    person: Person,
    starts: dt.date | None,
    ends: dt.date | None = None,
    decree: str = "",
    pay: int | None = None,
    on: dt.date | None = None,
) -> Holding:
    """Let ``person`` hold ``post``; the term of a holder that still runs then ends the day before.

    Raises :class:`InputError` where the term ends before it starts, or reaches into a term that is recorded: one
    that begins on that day or later, or one that is over on the day ``on`` (today).
    """
    if starts and ends and ends < starts:
        raise InputError(Text("Akhir masa jabatan mendahului mulainya.", "The term ends before it starts."))
    with transaction.atomic():
        Post.objects.select_for_update().get(pk=post.pk)
        ended = _end_former(post, starts, ends, on or timezone.localdate()) if starts else []
        holding = Holding.objects.create(
            post=post, person=person, starts=starts, ends=ends, decree=decree, pay=pay
        )
        Standing.objects.get_or_create(
            person=person, category=post.category, defaults={"village_code": post.region_code}
        )
        record(by=by, entries=[*ended, _holding_entry("holding.start", holding)])
    return holding


def _end_former(post: Post, starts: dt.date, ends: dt.date | None, on: dt.date) -> list[Entry]:
    """End the terms at ``post`` that still run when the one from ``starts`` begins; return the events.

    A term that is over is history: nobody is put into it or before it.
    """
    reached = post.holdings.filter(Q(ends__isnull=True) | Q(ends__gte=starts)).select_related("person")
    if ends:
        reached = reached.filter(Q(starts__isnull=True) | Q(starts__lte=ends))
    entries = []
    for former in reached.order_by("starts", "pk"):
        begun_later = former.starts is not None and former.starts >= starts
        if begun_later or (former.ends is not None and former.ends < on):
            raise InputError(_taken(former, starts))
        before = {"ends": former.ends.isoformat() if former.ends else None}
        former.ends = starts - dt.timedelta(days=1)
        former.save(update_fields=["ends"])
        entries.append(_holding_entry("holding.end", former, before=before))
    return entries


def _taken(former: Holding, starts: dt.date) -> Text:
    since, until = (f"{day:%d-%m-%Y}" if day else "…" for day in (former.starts, former.ends))
    return Text(
        f"Jabatan ini sudah dipegang {former.person.name} dari {since} sampai {until}: pejabat baru tidak dapat mulai "
        f"{starts:%d-%m-%Y}. Periksa tanggal mulainya (TMT).",
        f"{former.person.name} held this post from {since} until {until}: a new holder cannot begin on "
        f"{starts:%d-%m-%Y}. Check the day of taking office.",
    )


def end_term(*, by: str, holding: Holding, on: dt.date, reason: str) -> None:
    """Let the term of ``holding`` end with the day ``on``."""
    if holding.starts and on < holding.starts:
        raise InputError(Text("Akhir masa jabatan mendahului mulainya.", "The term ends before it starts."))
    with transaction.atomic():
        holding.ends = on
        holding.save(update_fields=["ends"])
        record(by=by, entries=[_holding_entry("holding.end", holding, reason)])


def _holding_entry(
    action: str, holding: Holding, reason: str = "", *, before: Mapping[str, Any] | None = None
) -> Entry:
    after = {
        "post": holding.post.label,
        "starts": holding.starts.isoformat() if holding.starts else None,
        "ends": holding.ends.isoformat() if holding.ends else None,
        "pay": holding.pay,
    }
    return Entry(
        action,
        f"post:{holding.post_id}",
        person=holding.person_id,
        letter=holding.decree,
        region_code=holding.post.region_code,
        reason=reason,
        before=before,
        after=after,
    )


def open_post(*, by: str, region_code: str, category: str, label: str) -> Post:
    """Make a post that the village has; one more of the same name gets the next number."""
    with transaction.atomic():
        hold(region_code)
        alike = Post.objects.filter(region_code=region_code, category=category, label=label)
        number = max([found.number for found in alike], default=0) + 1
        made = Post.objects.create(region_code=region_code, category=category, label=label, number=number)
        entry = Entry("post.create", f"post:{made.pk}", region_code=region_code, after={"post": label})
        record(by=by, entries=[entry])
    return made
