"""Settles which rows of a submission count, and which share a NIK; the rules are in ``rules/twins.py``."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Q, QuerySet

from payung.office.face import passed_before
from payung.office.history.actions import Entry, record
from payung.office.people.models import FormerNik, Person
from payung.office.submissions.models import Row, Submission
from payung.office.submissions.rules.twins import OURS, Line, compared, judge_with, other_name, passed, taken

CHUNK = 500


def settle(*, by: str, submission: Submission) -> None:
    """Decide which rows of ``submission`` count and which share a NIK; must be called inside a transaction.

    Running it again changes nothing. Rows that are in the register already stay as they are.
    """
    Submission.objects.select_for_update().filter(pk=submission.pk).values_list("pk").get()
    rows = submission.rows.filter(person__isnull=True)
    out = ~Q(dropped="") | Q(upload__replaced_by__isnull=False)
    rows.filter(out, replaced=False).update(replaced=True)
    inside = submission.rows.filter(dropped="", upload__replaced_by__isnull=True)
    inside.filter(replaced=True, nik_index__isnull=True).update(replaced=False)
    counting = inside.filter(nik_index__isnull=False)
    lines = [
        Line(*values)
        for values in counting.order_by("upload_id", "sheet", "row", "pk").values_list(
            "pk", "upload_id", "upload__name", "sheet", "row", "nik_index", "name", "reasons", "replaced"
        )
    ]
    superseded, findings = compared(lines)
    holders = _holders(counting, submission.village_code)
    before = passed_before({key for key, _ in holders.values()}, submission.pk)
    for line in lines:
        key, holder = holders.get(line.nik or "", (0, ""))
        if holder and other_name(line.name, holder):
            findings[line.pk].append(taken())
        elif key in before:
            findings[line.pk].append(passed(before[key]))
    _mark(line.pk for line in lines if line.pk in superseded and not line.replaced)
    _mark((line.pk for line in lines if line.pk not in superseded and line.replaced), replaced=False)
    reasons = set(OURS.values())
    verdicts = _judge(
        [line.pk for line in lines if line.pk in findings or reasons & set(line.reasons.split())], findings
    )
    if verdicts:
        entry = Entry(
            "submission.twins",
            f"submission:{submission.pk}",
            region_code=submission.village_code,
            after=dict(sorted(verdicts.items())),
        )
        record(by=by, entries=[entry])


def _holders(rows: QuerySet[Row], village_code: str) -> dict[str, tuple[int, str]]:
    """Return by blind index of a NIK of ``rows`` who has it in the register: key and name, former numbers too.

    Only of people in ``village_code``: what a village is told about its list says nothing of anybody elsewhere.
    """
    niks = rows.order_by().values("nik_index")
    people = Person.objects.filter(
        pk__in=FormerNik.objects.filter(nik_index__in=niks).values("person"), village_code=village_code
    )
    former = FormerNik.objects.filter(nik_index__in=niks, person__in=people).order_by("until", "pk")
    known = {nik: (key, name) for nik, key, name in former.values_list("nik_index", "person", "person__name")}
    here = Person.objects.filter(nik_index__in=niks, village_code=village_code)
    now = here.values_list("nik_index", "pk", "name")
    return {**known, **{nik: (key, name) for nik, key, name in now if nik}}


def _mark(keys: Iterable[int], *, replaced: bool = True) -> None:
    wanted = list(keys)
    for start in range(0, len(wanted), CHUNK):
        of_these = Row.objects.filter(pk__in=wanted[start : start + CHUNK], person__isnull=True)
        of_these.update(replaced=replaced)


def _judge(keys: Sequence[int], findings: dict[int, list[dict[str, Any]]]) -> Counter[str]:
    """Give the rows ``keys`` their own findings and these; return how many rows came to each verdict."""
    verdicts: Counter[str] = Counter()
    for start in range(0, len(keys), CHUNK):
        changed = []
        for row in Row.objects.filter(pk__in=keys[start : start + CHUNK], person__isnull=True):
            before = row.verdict
            if judge_with(row, findings.get(row.pk, [])):
                changed.append(row)
                verdicts[row.verdict] += row.verdict != before
        Row.objects.bulk_update(changed, ["verdict", "reasons", "content"], batch_size=100)
    return +verdicts
