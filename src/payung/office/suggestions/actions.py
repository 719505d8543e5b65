"""The writes of suggestions: made once, put on a list of the village, or refused with a reason."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.utils import timezone

from payung.errors import InputError
from payung.office.desk.words import shortened
from payung.office.history.actions import Entry, record
from payung.office.submissions import actions as submissions
from payung.office.submissions.models import Submission
from payung.office.submissions.states import Kind
from payung.office.suggestions.models import Suggestion
from payung.office.suggestions.rules import ASKED, as_list
from payung.office.suggestions.states import SuggestionState
from payung.text import Text

MOST = 500  # suggestions of one file


def suggest(
    *, by: str, village_code: str, kind: Kind, cells: Mapping[str, str], once: str, agent: str = ""
) -> Suggestion:
    """Keep a suggested name; the same ``once`` again returns what was kept, however often it is sent.

    Raises :class:`InputError` where there is no name, or that mark is somebody else's.
    """
    told = {field: cells[field].strip() for field in ASKED if cells.get(field, "").strip()}
    if "name" not in told:
        raise InputError(Text("Isi namanya.", "Write the name."), at="name")
    with transaction.atomic():
        found, new = Suggestion.objects.get_or_create(
            once=once,
            defaults={
                "village_code": village_code,
                "kind": kind,
                "name": shortened(told["name"], 150),
                "content": json.dumps(told, ensure_ascii=False),
                "agent": agent.strip()[:40],
                "by": by,
            },
        )
        if not new and found.by != by:
            raise InputError(
                Text("Halaman ini sudah dipakai: buka lagi.", "This page was used already: open it again.")
            )
        if new:
            after = {"name": found.name, "kind": kind, **({"agent": found.agent} if found.agent else {})}
            record(by=by, entries=[_entry("suggestion.make", found, after=after)])
    return found


def put_on_list(*, by: str, suggestions: Sequence[Suggestion]) -> list[Submission]:
    """Send ``suggestions`` that wait as files of the open drafts of their villages; return those drafts.

    Each becomes a row by the same rules as any list. What was decided meanwhile is left out.
    """
    with transaction.atomic():
        keys = [one.pk for one in suggestions][:MOST]
        rows = Suggestion.objects.select_for_update().filter(pk__in=keys, state=SuggestionState.WAITING)
        lists: dict[tuple[str, str], list[Suggestion]] = defaultdict(list)
        for one in rows.order_by("pk"):
            lists[one.village_code, one.kind].append(one)
        if not lists:
            raise InputError(Text("Tandai dahulu nama yang masih menunggu.", "Tick names that wait first."))
        made = []
        for (village, kind), found in lists.items():
            draft = submissions.begin(by=by, village_code=village, kind=kind)
            content = as_list([one.cells for one in found])
            file = SimpleUploadedFile(f"usulan warga {found[0].pk}-{found[-1].pk}.csv", content)
            submissions.upload(by=by, submission=draft, file=file)
            _decide(by, found, SuggestionState.TAKEN, "", draft)
            made.append(draft)
    return made


def refuse(*, by: str, suggestions: Sequence[Suggestion], reason: str) -> int:
    """Say of ``suggestions`` that wait that they go on no list, and why; return how many. The reason must be told."""
    if not reason.strip():
        raise InputError(Text("Tulis alasannya.", "Write the reason."), at="reason")
    with transaction.atomic():
        keys = [one.pk for one in suggestions][:MOST]
        rows = Suggestion.objects.select_for_update().filter(pk__in=keys, state=SuggestionState.WAITING)
        found = list(rows.order_by("pk"))
        _decide(by, found, SuggestionState.REFUSED, reason.strip()[:200], None)
    return len(found)


def _decide(
    by: str, found: Sequence[Suggestion], state: SuggestionState, reason: str, draft: Submission | None
) -> None:
    Suggestion.objects.filter(pk__in=[one.pk for one in found]).update(
        state=state, reason=reason, decided_by=by, decided_at=timezone.now(), submission=draft
    )
    action = "suggestion.take" if draft else "suggestion.refuse"
    after = {"submission": draft.pk} if draft else {"state": state}
    record(
        by=by,
        entries=[_entry(action, one, reason=reason, after={"name": one.name, **after}) for one in found],
    )


def _entry(action: str, one: Suggestion, *, after: Mapping[str, object], reason: str = "") -> Entry:
    return Entry(
        action, f"suggestion:{one.pk}", region_code=one.village_code, reason=reason, after=dict(after)
    )
