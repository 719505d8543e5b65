"""The way of a submission after acceptance: padan_dukcapil → padan_sosial → padan_bpjs → selesai.

The dinas moves it on; each move judges every row again by the latest results so far, so that a later answer or a
text that was mapped otherwise counts. Officials need no welfare data (domain 2b): they skip padan_sosial.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Count
from django.utils import timezone

from payung.codes import Agency
from payung.errors import InputError
from payung.office.answers.actions import staff
from payung.office.answers.agencies import BPJS, DTSEN, DUKCAPIL, NAMES, STAFF
from payung.office.answers.models import Allowance, Outcome, Result
from payung.office.answers.queries import WAITS_FOR, landed
from payung.office.answers.states import (
    DECIDABLE,
    MISSING,
    PASSED,
    REFUSED,
    TWICE,
    WITHOUT_KK_RULE,
    WITHOUT_WELFARE_TEST,
    refuses,
)
from payung.office.desk.words import number
from payung.office.history.actions import Entry, record
from payung.office.people.models import Person
from payung.office.submissions.actions import StateError
from payung.office.submissions.models import Row, Submission
from payung.office.submissions.states import ACCEPTED, FINISHED, INSURER, SOCIAL
from payung.text import Text

# state → the agency whose answer it waits for, and everybody who has been asked by then
ASKED = {
    ACCEPTED: (DUKCAPIL,),
    SOCIAL: (DUKCAPIL, STAFF, DTSEN),
    **dict.fromkeys((INSURER, FINISHED), (DUKCAPIL, STAFF, DTSEN, BPJS)),
}


@dataclass(frozen=True, slots=True)
class Verdict:
    """How a row stands: refused (with a class of result), waiting for ``agency``, or neither: it goes on.

    ``unmapped`` says that the agency did answer, in words that nobody has mapped yet.
    """

    refused: str = ""
    agency: str = ""
    unmapped: bool = False

    @property
    def waits(self) -> bool:
        """Whether an answer is missing or not understood yet."""
        return not self.refused and bool(self.agency)


@dataclass(frozen=True, slots=True)
class Judged:
    """All rows of a submission: row and its person → how it stands."""

    verdicts: Mapping[tuple[int, int], Verdict]

    @property
    def refused(self) -> int:
        """How many rows are refused."""
        return sum(bool(one.refused) for one in self.verdicts.values())

    @property
    def unmapped(self) -> int:
        """How many rows wait for a text to be mapped."""
        return sum(one.waits and one.unmapped for one in self.verdicts.values())

    @property
    def unanswered(self) -> int:
        """How many rows wait for an answer."""
        return sum(self.silent.values())

    @property
    def silent(self) -> Counter[str]:
        """The agencies that have not answered → for how many rows."""
        return Counter(one.agency for one in self.verdicts.values() if one.waits and not one.unmapped)


def next_state(submission: Submission) -> str | None:
    """Return the state after this one, or ``None`` where there is no matching (yet, or any more)."""
    if submission.state == ACCEPTED and submission.kind == "aparatur":
        return INSURER
    return {ACCEPTED: SOCIAL, SOCIAL: INSURER, INSURER: FINISHED}.get(submission.state)


def judge(submission: Submission) -> Judged:
    """Return how the rows of ``submission`` stand after the answers of its state and those before; three queries.

    Whoever was refused because an agency did not answer stays refused until that agency answers.
    """
    asked = ASKED[submission.state]
    allowed = dict(submission.allowances.values_list("row", "code"))
    people = landed(submission).values("person")
    results = {
        (result.person_id, result.agency): result.code
        for result in Result.objects.filter(person__in=people, agency__in=asked, latest=True)
    }
    verdicts: dict[tuple[int, int], Verdict] = {}
    seen: set[int] = set()
    fields = ("pk", "person_id", "category", "outcome__code", "outcome__agency")
    for key, person, category, ended, by in landed(submission).values_list(*fields):
        assert person is not None
        refused_without = by if ended == MISSING else None
        answers = {agency: results.get((person, agency)) for agency in asked if _concerns(agency, category)}
        verdicts[key, person] = (
            Verdict(TWICE) if person in seen else _verdict(answers, allowed.get(key), refused_without)
        )
        seen.add(person)
    return Judged(verdicts)


def advance(
    *, by: str, submission: Submission, refuse_unanswered: bool = False, reason: str = ""
) -> Submission:
    """Move ``submission`` on by one state and put down which rows are refused, and at the end which passed.

    Whoever is not answered for stops the submission; with ``refuse_unanswered`` and a ``reason`` they end refused
    with ``data_kurang`` instead. A text that is not mapped stops it always. Raises :class:`StateError` where
    somebody moved it first or its rows are not in the register yet, :class:`InputError` where something is missing.
    """
    seen = submission.state
    with transaction.atomic():
        submission = Submission.objects.select_for_update().get(pk=submission.pk)
        target = next_state(submission)
        if target is None or submission.state != seen:
            raise StateError(
                Text(
                    f"Usulan ini sudah “{submission.state.text.id}”: muat ulang halamannya.",
                    f"This submission is now “{submission.state.text.en}”: load the page again.",
                )
            )
        if not submission.landed:
            raise StateError(
                Text(
                    "Barisnya sedang dimasukkan ke register: coba lagi sebentar.",
                    "Its rows are being entered in the register: try again in a moment.",
                )
            )
        staff.refresh(by=by, people=Person.objects.filter(pk__in=landed(submission).values("person")))
        judged = judge(submission)
        _complete(judged, refuse_unanswered, reason)
        changed = put_down(by, submission, judged, ended=target == FINISHED)
        before = {"state": submission.state}
        submission.state, submission.since, submission.touched = target, timezone.now(), timezone.now()
        submission.save(update_fields=["state", "since", "touched"])
        ends = dict(submission.outcomes.order_by().values_list("end").annotate(Count("pk")))
        after = {"state": target, "passed": ends.get(PASSED, 0), "refused": ends.get(REFUSED, 0)}
        entry = Entry(
            "submission.match",
            f"submission:{submission.pk}",
            region_code=submission.village_code,
            reason=reason.strip(),
            before=before,
            after=after,
        )
        record(by=by, entries=[entry, *changed])
    return submission


def allow(*, by: str, row: Row, reason: str) -> None:
    """Let ``row`` pass although it is on double cover: lawful, but somebody must decide it (domain 2e).

    Raises :class:`StateError` where its submission is not being matched or nothing of the kind refuses it,
    :class:`InputError` where the reason is missing.
    """
    if not reason.strip():
        raise InputError(Text("Tulis alasan meloloskan.", "Write why it may pass."))
    with transaction.atomic():
        submission = Submission.objects.select_for_update().get(pk=row.submission_id)
        code = decidable(submission, row)
        if code is None:
            raise StateError(
                Text(
                    "Baris ini tidak menunggu keputusan: muat ulang halamannya.",
                    "This row waits for no decision: load the page again.",
                )
            )
        Allowance.objects.update_or_create(
            row=row, defaults={"submission": submission, "code": code, "reason": reason.strip(), "by": by}
        )
        entry = Entry(
            "match.allow",
            f"submission:{submission.pk}",
            person=row.person_id,
            region_code=submission.village_code,
            reason=reason.strip(),
            after={"result": code},
        )
        record(by=by, entries=[entry])


def decidable(submission: Submission, row: Row) -> str | None:
    """Return the class that refuses ``row`` and that the dinas may let pass, or ``None``."""
    if submission.state not in WAITS_FOR or row.person_id is None:
        return None
    verdict = judge(submission).verdicts.get((row.pk, row.person_id))
    return verdict.refused if verdict and verdict.refused in DECIDABLE else None


def _verdict(
    answers: Mapping[Agency, str | None], allowed: str | None, refused_without: str | None
) -> Verdict:
    """Return how a row stands by what each agency said; the first that refuses is named, else the first that waits.

    A class that the dinas ``allowed`` for this row refuses it no more. A row that was ``refused_without`` the answer
    of an agency stays so while that agency is silent.
    """
    for agency, code in answers.items():
        if code and code != allowed and refuses(code):
            return Verdict(code, agency)
    if refused_without and answers.get(Agency.member(refused_without), "") is None:
        return Verdict(MISSING, refused_without)
    for agency, code in answers.items():
        if not code and agency != STAFF:
            return Verdict("", agency, unmapped=code is not None)
    return Verdict()


def _concerns(agency: str, category: str) -> bool:
    if agency == DTSEN:
        return category not in WITHOUT_WELFARE_TEST
    return agency != STAFF or category not in WITHOUT_KK_RULE


def _complete(judged: Judged, refuse_unanswered: bool, reason: str) -> None:
    """Refuse to go on where an answer is missing."""
    if judged.unmapped:
        many = number(judged.unmapped)
        raise InputError(
            Text(
                f"{many} orang dijawab dengan teks yang belum dikenal: petakan dahulu di “Teks jawaban”.",
                f"{many} people were answered in words that are not known yet: map them first under “Texts”.",
            )
        )
    if not judged.unanswered:
        return
    if not refuse_unanswered:
        lines = [(number(many), NAMES[agency]) for agency, many in judged.silent.items()]
        said = ", ".join(f"{many} orang belum dijawab {agency.id}" for many, agency in lines)
        told = ", ".join(f"{many} people are not answered for by {agency.en} yet" for many, agency in lines)
        raise InputError(
            Text(
                f"{said}: unggah jawabannya, atau tolak mereka dengan alasan.",
                f"{told}: upload the answer, or refuse them with a reason.",
            )
        )
    if not reason.strip():
        raise InputError(
            Text("Tulis alasan menolak yang belum dijawab.", "Write why those without an answer are refused.")
        )


def put_down(by: str, submission: Submission, judged: Judged, *, ended: bool) -> list[Entry]:
    """Save the ends of rows as judged now; return an event for every one that changed. A constant number of queries."""
    present = {outcome.row_id: outcome for outcome in submission.outcomes.all()}
    wanted: dict[int, Outcome] = {}
    for (row, person), verdict in judged.verdicts.items():
        code = verdict.refused or (MISSING if verdict.waits else "")
        if code or ended:
            wanted[row] = Outcome(
                row_id=row,
                submission=submission,
                person_id=person,
                end=REFUSED if code else PASSED,
                code=code,
                agency=verdict.agency,
            )
    fresh = [one for row, one in wanted.items() if row not in present or _said(present[row]) != _said(one)]
    gone = [row for row, one in present.items() if row not in wanted or _said(one) != _said(wanted[row])]
    submission.outcomes.filter(row__in=gone).delete()
    Outcome.objects.bulk_create(fresh)
    reopened = [present[row] for row in gone if row not in wanted]
    return [
        *(
            _entry(submission, one, {"end": one.end, "result": one.code, "agency": one.agency})
            for one in fresh
        ),
        *(_entry(submission, one, {"end": ""}, {"end": one.end, "result": one.code}) for one in reopened),
    ]


def _said(outcome: Outcome) -> tuple[str, str, str]:
    return outcome.end, outcome.code, outcome.agency


def _entry(
    submission: Submission,
    outcome: Outcome,
    after: Mapping[str, str],
    before: Mapping[str, str] | None = None,
) -> Entry:
    return Entry(
        "match.end",
        f"submission:{submission.pk}",
        person=outcome.person_id,
        region_code=submission.village_code,
        before=before,
        after=after,
    )
