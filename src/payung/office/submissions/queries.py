"""Reads that count: the rows of submissions, and what stands behind one."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from payung.codes import Verdict
from payung.office.access.permissions import Permission
from payung.office.accounts.models import User
from payung.office.jobs.models import Job
from payung.office.people.models import FormerNik, Person
from payung.office.regions.models import Region
from payung.office.submissions.models import Meaning, Row, Submission, Upload
from payung.office.submissions.rules import twins
from payung.office.submissions.states import IDLE, LAND, MATCHING, OPEN_TO_VILLAGE, Version

# What the village still has to mend: needs the columns of :func:`counted`.
OPEN_AND_FAULTY = Q(faulty__gt=0, state__in=OPEN_TO_VILLAGE)
# What the village must answer first: a file that may be a new version of another.
ASKED = Exists(
    Upload.objects.filter(
        submission=OuterRef("pk"),
        version=Version.ASKED,
        compared_with__isnull=False,
        replaced_by__isnull=True,
    )
) & Q(state__in=OPEN_TO_VILLAGE)
MANY_ELSEWHERE = 5  # rows of one list that name people of other villages: more than people who moved
MANY_OF_OTHERS = Q(elsewhere__gte=MANY_ELSEWHERE)


def late() -> Q:
    """Return the condition that a submission has been in its state for longer than it should."""
    return Q(since__lt=timezone.now() - IDLE)


def counted(submissions: QuerySet[Submission]) -> QuerySet[Submission, Any]:
    """Return ``submissions`` with ``village_name``, and ``ready``, ``faulty`` and ``elsewhere`` rows.

    ``elsewhere`` are those that were left out because they name people of other villages.
    """
    rows = Row.objects.filter(submission=OuterRef("pk"), replaced=False).order_by().values("submission")
    village = Region.objects.filter(code=OuterRef("village_code")).values("name")[:1]
    return submissions.annotate(
        village_name=Subquery(village),
        ready=Subquery(rows.exclude(verdict=Verdict.RETURNED).annotate(n=Count("pk")).values("n")),
        faulty=Subquery(rows.filter(verdict=Verdict.RETURNED).annotate(n=Count("pk")).values("n")),
        elsewhere=Subquery(
            rows.filter(reasons__contains=twins.OURS[twins.ELSEWHERE]).annotate(n=Count("pk")).values("n")
        ),
    )


def of_elsewhere(submission: Submission) -> QuerySet[Row]:
    """Return the rows of ``submission`` whose NIK the register has, or had, in another village.

    For camat and dinas, as a number, before landing and after it: the village learns of it when its list was
    accepted.
    """
    others = Person.everybody.exclude(village_code=submission.village_code)
    former = FormerNik.objects.exclude(person__village_code=submission.village_code)
    known = Q(
        Exists(others.filter(nik_index=OuterRef("nik_index")))
        | Exists(former.filter(nik_index=OuterRef("nik_index")))
    )
    return submission.rows.filter(known, person__isnull=True, replaced=False, nik_index__isnull=False)


def asked_about(submission: Submission) -> QuerySet[Upload]:
    """Return the files of ``submission`` of which somebody must say whether they are new versions of earlier ones."""
    return submission.uploads.filter(
        version=Version.ASKED, compared_with__isnull=False, replaced_by__isnull=True
    ).order_by("pk")


def passed_before(submission: Submission) -> QuerySet[Row]:
    """Return the rows of ``submission`` that count and whose people passed in another submission already."""
    return submission.rows.filter(replaced=False, reasons__contains=f" {twins.OURS[twins.PASSED]} ")


def meanings_of(village_code: str) -> dict[str, str]:
    """Return plain heading → field as somebody corrected it in earlier lists of this village."""
    return dict(Meaning.objects.filter(village_code=village_code).values_list("heading", "field"))


def decides(user: User, submission: Submission) -> bool:
    """Tell whether ``user`` endorses, accepts or examines lists like this one."""
    ways = (Permission.SUBMISSION_ENDORSE, Permission.SUBMISSION_ACCEPT, Permission.LOG_EXPORT)
    return any(reaches(user, permission, submission) for permission in ways)


def row_counts(submission: Submission) -> dict[str, Any]:
    """Return how many rows have each verdict, and how many each reason, commonest first; three queries."""
    rows = submission.rows.filter(replaced=False)
    verdicts = dict(rows.order_by().values_list("verdict").annotate(Count("pk")))
    reasons: Counter[str] = Counter()
    for text, many in rows.order_by().exclude(reasons="").values_list("reasons").annotate(Count("pk")):
        for code in text.split():
            reasons[code] += many
    return {
        "rows": sum(verdicts.values()),
        "dropped": submission.rows.exclude(dropped="").count(),
        **{verdict.value: verdicts.get(verdict, 0) for verdict in Verdict},
        "reasons": sorted(reasons.items(), key=lambda item: (-item[1], item[0])),
    }


def stopped_landing(submission: Submission) -> Job | None:
    """Return the work that was given up before all rows of an accepted submission were in the register."""
    if submission.landed or submission.state not in MATCHING:
        return None
    found = Job.objects.filter(kind=LAND, subject=f"submission:{submission.pk}").last()
    return found if found is not None and found.state == Job.State.FAILED else None


def reaches(user: User, permission: Permission, submission: Submission) -> bool:
    """Tell whether ``permission`` of ``user`` reaches ``submission``."""
    condition = user.scope(permission).condition(Submission)
    return Submission.objects.filter(condition, pk=submission.pk).exists()
