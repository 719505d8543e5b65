"""Named reads of matching. Each starts from a scope."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import replace
from typing import Any

from django.conf import settings
from django.db.models import Count, Exists, F, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from payung.office.access.permissions import Permission
from payung.office.access.scope import Scope
from payung.office.accounts.models import User
from payung.office.answers.agencies import BPJS, DTSEN, DUKCAPIL, agencies_of, dinas_scope
from payung.office.answers.models import Answer, Inquiry, Line, Outcome, Phrase, Result
from payung.office.answers.rules import PASSED_BEFORE, Facts, refused_by, told
from payung.office.answers.states import MENDABLE, PASSED, REFUSED
from payung.office.face import Standards, standards_of
from payung.office.people.models import Person
from payung.office.regions.models import Region
from payung.office.submissions.models import Row, Submission, Upload
from payung.office.submissions.states import ACCEPTED, AFTER_ACCEPTANCE, FINISHED, INSURER, MATCHING, SOCIAL
from payung.text import Text

MOST_KEYS = 5000  # of people that one query names
BEFORE = Text("Sudah lolos di usulan lain.", "Passed in another submission already.")
# state of a submission → the agency that it waits for
WAITS_FOR = {ACCEPTED: DUKCAPIL, SOCIAL: DTSEN, INSURER: BPJS}


def _many(rows: QuerySet[Any], group: str) -> Coalesce:
    """Return the number of ``rows`` as a column."""
    counted = rows.order_by().values(group).annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


def answers(scope: Scope) -> QuerySet[Answer, Any]:
    """Return the answers that ``scope`` holds whole, or that speak of somebody in it.

    Each with ``matched``, ``unknown`` and ``unusable``: its rows within ``scope``.
    """
    lines = scope.of(Line.objects.filter(answer=OuterRef("pk")))
    found = Answer.objects.filter(scope.condition(Answer) | Q(Exists(lines)))
    return found.annotate(
        **{
            name: _many(lines.filter(outcome=name), "answer")
            for name in (Line.MATCHED, Line.UNKNOWN, Line.UNUSABLE)
        }
    )


def phrases(scope: Scope, agencies: Collection[str]) -> QuerySet[Phrase, Any]:
    """Return the texts of ``agencies`` that stand in rows within ``scope``, each with ``many`` rows."""
    lines = scope.of(Line.objects.filter(phrase=OuterRef("pk")))
    return Phrase.objects.filter(Exists(lines), agency__in=agencies).annotate(many=_many(lines, "phrase"))


def results(scope: Scope) -> QuerySet[Result, Any]:
    """Return the results of people within ``scope`` with the person and ``village_name``."""
    village = Region.objects.filter(code=OuterRef("person__village_code")).values("name")[:1]
    return scope.of(Result).select_related("person").annotate(village_name=Subquery(village))


def to_mend(rows: QuerySet[Result, Any]) -> QuerySet[Result, Any]:
    """Narrow to the latest answers that refused somebody in a submission that ended for what their village can mend,
    and who passed in none. A NIK that was corrected is asked about anew: its former answer counts no more."""
    ended = Outcome.objects.filter(person=OuterRef("person"))
    return rows.filter(
        Exists(ended.filter(end=REFUSED, submission__state=FINISHED)),
        ~Exists(ended.filter(end=PASSED)),
        latest=True,
        code__in=MENDABLE,
    )


def result_counts(scope: Scope) -> dict[tuple[str, str], int]:
    """Return agency and class → how many people the latest answer says it of."""
    rows = scope.of(Result).filter(latest=True).order_by().values_list("agency", "code").annotate(Count("pk"))
    return {(agency, code): many for agency, code, many in rows}


def state_counts(scope: Scope) -> dict[str, int]:
    """Return state → how many submissions after acceptance are in it."""
    rows = scope.of(Submission).filter(state__in=AFTER_ACCEPTANCE)
    return dict(rows.order_by().values_list("state").annotate(Count("pk")))


def was_asked(person: str) -> Q:
    """Return the condition that the insurer was asked about the person at the path ``person``.

    By a request that was handed out, or by a submission that waits for the insurer or is through.
    """
    asked = Inquiry.objects.filter(agency=BPJS, person=OuterRef(person))
    others = Outcome.objects.filter(row=OuterRef("pk"), end=REFUSED).exclude(agency=BPJS)
    rows = Row.objects.filter(
        ~Exists(others), submission__state__in=[INSURER, FINISHED], replaced=False, person=OuterRef(person)
    )
    return Q(Exists(asked)) | Q(Exists(rows.order_by()))


def standards(place: str, month: str) -> Standards:
    """Return what people of ``place`` are held against whose cover begins in ``month``: what the district decided,
    else what the office has as settings (PAYUNG_MAX_DECILE, PAYUNG_RULES_OFF). Whether somebody passed on another
    list is a setting alone."""
    office = settings.ENVIRONMENT
    decided = standards_of(place, month)
    if decided is None:
        return Standards(office.max_decile, office.rules_off)
    return replace(decided, off=(*decided.off, *({PASSED_BEFORE} & set(office.rules_off))))


def doubts(submission: Submission, today: dt.date) -> dict[int, list[Text]]:
    """Return row → why somebody of ``submission`` could not be enrolled by the rules of the main job, or passed before.

    For whoever decides, before the submission ends; a constant number of queries. By what the district decided for
    that month (:func:`standards`). The first month of cover is the one after ``today``.
    """
    rows = landed(submission).order_by()
    facts = {
        key: Facts(born, decile, str(category))
        for key, born, decile, category in rows.values_list(
            "pk", "person__birth_date", "person__decile", "category"
        )
    }
    first_day = (today.replace(day=1) + dt.timedelta(days=32)).replace(day=1)
    held = standards(submission.village_code, f"{first_day:%Y-%m}")
    refused = refused_by(
        facts,
        first_day,
        max_decile=held.max_decile,
        off=held.off,
        youngest=held.youngest,
        below=held.below,
    )
    found = {key: [told(rule, held) for rule in rules] for key, rules in refused.items()}
    if PASSED_BEFORE in held.off:
        return found
    others = Outcome.objects.filter(person=OuterRef("person"), end=PASSED).exclude(submission=submission)
    for key in rows.filter(Exists(others)).values_list("pk", flat=True):
        found.setdefault(key, []).append(BEFORE)
    return found


def passed_before(people: Collection[int], submission: int) -> dict[int, int]:
    """Return those of ``people`` who passed in another submission than this one, each with the latest; nobody where
    the office has switched that off."""
    found: dict[int, int] = {}
    if PASSED_BEFORE in settings.ENVIRONMENT.rules_off:
        return found
    keys = sorted(people)
    for start in range(0, len(keys), MOST_KEYS):
        some = keys[start : start + MOST_KEYS]
        ends = Outcome.objects.filter(person__in=some, end=PASSED).exclude(submission=submission)
        found.update(ends.order_by("submission").values_list("person", "submission"))
    return found


def submissions(scope: Scope) -> QuerySet[Submission, Any]:
    """Return the accepted submissions with ``village_name``, ``file_name``, ``people``, ``passed``, ``refused``."""
    file = Upload.objects.filter(submission=OuterRef("pk")).order_by(
        F("replaced_by").asc(nulls_first=True), "-pk"
    )
    rows = Row.objects.filter(submission=OuterRef("pk"), replaced=False, person__isnull=False)
    ends = Outcome.objects.filter(submission=OuterRef("pk"))
    village = Region.objects.filter(code=OuterRef("village_code")).values("name")[:1]
    return (
        scope.of(Submission)
        .filter(state__in=AFTER_ACCEPTANCE)
        .annotate(
            village_name=Subquery(village),
            file_name=Subquery(file.values("name")[:1]),
            people=_many(rows, "submission"),
            passed=_many(ends.filter(end=PASSED), "submission"),
            refused=_many(ends.filter(end=REFUSED), "submission"),
        )
    )


def to_ask(
    scope: Scope, agency: str, submission: Submission | None, *, only_unanswered: bool
) -> QuerySet[Person]:
    """Return whom ``agency`` is asked about: people of ``submission``, or of all that wait for this agency's answer.

    Those who are refused already are left out; so are, where ``only_unanswered``, those whom it has answered for.
    """
    if submission:
        rows = landed(submission)
    else:
        waiting = [state for state in MATCHING if WAITS_FOR[state] == agency]
        rows = Row.objects.filter(
            submission__in=scope.of(Submission).filter(state__in=waiting),
            replaced=False,
            person__isnull=False,
        )
    rows = rows.exclude(outcome__end=REFUSED)
    people = scope.of(Person).filter(pk__in=rows.order_by().values("person"))
    if only_unanswered:
        answered = Result.objects.filter(person=OuterRef("pk"), agency=agency, latest=True).exclude(code="")
        people = people.filter(~Exists(answered))
    return people.order_by("village_code", "name_key", "pk")


def waiting(user: User, before: dt.datetime) -> dict[str, tuple[int, int]]:
    """Return state → submissions that wait for ``user`` to bring an answer or to move them on, and since ``before``."""
    agencies = agencies_of(user)
    states = [state for state in MATCHING if WAITS_FOR[state] in agencies]
    scope = dinas_scope(user) if dinas_scope(user).areas else user.scope(Permission.ANSWER_EDIT)
    rows = scope.of(Submission).filter(state__in=states).order_by().values_list("state")
    counted = rows.annotate(many=Count("pk"), late=Count("pk", filter=Q(since__lt=before)))
    found = {state: (many, late) for state, many, late in counted}
    return {state: found[state] for state in states if state in found}


def texts_waiting(user: User) -> QuerySet[Phrase] | None:
    """Return the texts that wait for ``user`` to map them; ``None`` for whoever maps none."""
    scope = user.scope(Permission.ANSWER_EDIT)
    return phrases(scope, agencies_of(user)).filter(code="") if scope.areas else None


def landed(submission: Submission) -> QuerySet[Row]:
    """Return the rows of ``submission`` that have their person in the register, in their order."""
    return submission.rows.filter(replaced=False, person__isnull=False)
