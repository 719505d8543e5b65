"""Endorsements of many lists at once, and taking them back; for one list see :func:`.submissions.move`."""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

from django.db import transaction
from django.utils import timezone

from payung.errors import InputError
from payung.office.history.actions import record
from payung.office.history.models import Event
from payung.office.submissions.actions.submissions import TOUCHES, entry_of
from payung.office.submissions.models import Submission, Upload
from payung.office.submissions.states import ENDORSED, SUBMITTED
from payung.text import Text

RETURN = "submission.return"
NONE_TICKED = Text("Tandai daftarnya dahulu.", "Tick the lists first.")


class Moved(NamedTuple):
    """What became of the lists that were ticked: those that moved, and those that somebody else has to decide on."""

    done: list[Submission]
    own: list[Submission]


def endorse_many(*, by: str, keys: Collection[int]) -> Moved:
    """Endorse those of the submissions ``keys`` that wait for it; what ``by`` touched or submitted is left.

    Each has an event of its own; a constant number of queries for any number of lists. Raises :class:`InputError`
    where none is named or none waits any more.
    """
    with transaction.atomic():
        found = _waiting(keys, SUBMITTED)
        touched = _touched(by, [one.pk for one in found])
        own = [one for one in found if one.pk in touched or one.submitted_by == by]
        done = [one for one in found if one not in own]
        _move(by, done, "endorse", ENDORSED, by)
    return Moved(done, own)


def recall_many(*, by: str, keys: Collection[int]) -> Moved:
    """Take the endorsement of those of the submissions ``keys`` back on which the agency has not acted.

    Raises as :func:`endorse_many` does.
    """
    with transaction.atomic():
        done = _waiting(keys, ENDORSED)
        _move(by, done, "recall", SUBMITTED, "")
    return Moved(done, [])


def _waiting(keys: Collection[int], state: str) -> list[Submission]:
    """Return the submissions ``keys`` in ``state``; nobody else moves them before the commit."""
    if not keys:
        raise InputError(NONE_TICKED)
    rows = Submission.objects.select_for_update().filter(pk__in=keys, state=state).order_by("pk")
    if not (found := list(rows)):
        raise InputError(
            Text(
                "Tidak ada yang berubah: daftar itu sudah berpindah. Muat ulang halamannya.",
                "Nothing was changed: those lists have moved on. Load the page again.",
            )
        )
    return found


def _touched(by: str, keys: Collection[int]) -> set[int]:
    """Return which of the submissions ``by`` filled or changed since the last return, or has a file in; two queries."""
    subjects = {f"submission:{key}": key for key in keys}
    deeds = Event.objects.filter(subject__in=list(subjects), action__in=[*TOUCHES, RETURN])
    since: dict[str, bool] = {}
    for subject, action, actor in deeds.order_by("number").values_list("subject", "action", "actor"):
        since[subject] = False if action == RETURN else since.get(subject, False) or actor == by
    files = Upload.objects.filter(submission__in=keys, replaced_by=None, by=by)
    sent = set(files.order_by().values_list("submission", flat=True))
    return {subjects[subject] for subject, own in since.items() if own} | sent


def _move(by: str, found: Collection[Submission], name: str, target: str, endorsed_by: str) -> None:
    now = timezone.now()
    entries = [
        entry_of(f"submission.{name}", one, before={"state": one.state}, after={"state": target})
        for one in found
    ]
    keys = [one.pk for one in found]
    Submission.objects.filter(pk__in=keys).update(
        state=target, since=now, touched=now, endorsed_by=endorsed_by
    )
    if entries:
        record(by=by, entries=entries)
