"""Answers were given for a NIK: when it is corrected they count no more, and the person is asked about again.

Nothing is deleted of what an agency said: older results stay, no longer the latest. What they put into the register
is taken back, a row that passed by them is open again, and a submission that was over goes back to its last step.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.db.models import Q
from django.utils import timezone

from payung.office.answers.actions.results import FIELDS, UNKNOWN_WORD
from payung.office.answers.agencies import NAMES
from payung.office.answers.models import Allowance, Outcome, Result
from payung.office.answers.states import PASSED, REFUSED
from payung.office.history.actions import Entry, record
from payung.office.people.models import Person
from payung.office.submissions.models import Submission
from payung.office.submissions.states import FINISHED, INSURER
from payung.text import Text


def forget(*, by: str, person: Person, reason: str) -> list[Text]:
    """Let no answer of an agency count for ``person``, whose NIK was corrected; return what to tell.

    Must be called inside a transaction.
    """
    results = list(person.results.filter(latest=True, agency__in=NAMES))
    if not results:
        return []
    entries = [*_take_back(person, results), *_reopen(person, {result.agency for result in results})]
    Result.objects.filter(pk__in=[result.pk for result in results]).update(latest=False)
    record(by=by, entries=[replace(entry, reason=reason) for entry in entries])
    agencies = [NAMES[agency] for agency in NAMES if agency in {result.agency for result in results}]
    told = [
        Text(
            f"Jawaban {', '.join(one.id for one in agencies)} untuk NIK lama tidak dihitung lagi: "
            "orang ini harus ditanyakan lagi.",
            f"What {', '.join(one.en for one in agencies)} answered for the former NIK counts no more: "
            "this person must be asked about again.",
        )
    ]
    if person.memberships.exists():
        told.append(
            Text(
                "Kepesertaan yang tercatat tetap ada: tanyakan kepada BPJS apakah memang milik NIK yang baru.",
                "The recorded membership stays: ask the insurer whether it belongs to the new NIK.",
            )
        )
    return told


def _take_back(person: Person, results: Sequence[Result]) -> list[Entry]:
    """Put back what ``results`` changed on ``person``, where nobody changed it since; return the events."""
    before = {field: getattr(person, field) for field in FIELDS}
    for result in results:
        for field, (was, put) in result.former.items():
            if getattr(person, field) == put:
                setattr(person, field, was)
    after = {field: getattr(person, field) for field in FIELDS if before[field] != getattr(person, field)}
    entries = [
        _entry(
            "match.forget",
            f"person:{person.pk}",
            person,
            {"result": result.code or UNKNOWN_WORD},
            {"agency": result.agency, "result": ""},
        )
        for result in results
    ]
    if after:
        person.save(update_fields=list(after))
        old = {field: before[field] for field in after}
        entries.append(_entry("person.change", f"person:{person.pk}", person, old, after))
    return entries


def _reopen(person: Person, agencies: set[str]) -> list[Entry]:
    """Open the rows of ``person`` that ended by what ``agencies`` said; return the events."""
    over = Q(end=PASSED) | Q(end=REFUSED, agency__in=agencies) & ~Q(submission__state=FINISHED)
    ends = list(Outcome.objects.filter(over, person=person).order_by("pk"))
    passed = {one.submission_id for one in ends if one.end == PASSED}
    back = list(Submission.objects.select_for_update().filter(pk__in=passed, state=FINISHED))
    Outcome.objects.filter(pk__in=[one.pk for one in ends]).delete()
    allowances = Allowance.objects.filter(row__person=person, submission__in=[*passed, *_open(person)])
    entries = [
        _entry("match.allow", f"submission:{one.submission_id}", person, {"result": one.code}, {"result": ""})
        for one in allowances
    ]
    allowances.delete()
    now = timezone.now()
    Submission.objects.filter(pk__in=[one.pk for one in back]).update(state=INSURER, since=now, touched=now)
    entries += [
        _entry(
            "match.end",
            f"submission:{one.submission_id}",
            person,
            {"end": one.end, "result": one.code},
            {"end": ""},
        )
        for one in ends
    ]
    entries += [
        Entry(
            "submission.match",
            f"submission:{one.pk}",
            region_code=one.village_code,
            before={"state": FINISHED},
            after={"state": INSURER},
        )
        for one in back
    ]
    return entries


def _open(person: Person) -> list[int]:
    rows = Submission.objects.filter(rows__person=person).exclude(state=FINISHED)
    return list(rows.values_list("pk", flat=True))


def _entry(action: str, subject: str, person: Person, before: dict[str, Any], after: dict[str, Any]) -> Entry:
    place = {"person": person.pk, "region_code": person.village_code}
    return Entry(action, subject, before=before, after=after, **place)  # type: ignore[arg-type]
