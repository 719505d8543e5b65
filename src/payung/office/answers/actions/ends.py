"""The end of matching is taken back until somebody acted on it: a decree, a batch, a paid month."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from payung.errors import InputError
from payung.office.answers.actions.steps import judge, put_down
from payung.office.answers.queries import landed
from payung.office.desk.words import number
from payung.office.face import faces
from payung.office.history.actions import Entry, record
from payung.office.submissions.actions import StateError
from payung.office.submissions.models import Submission
from payung.office.submissions.states import FINISHED, INSURER
from payung.text import Text


def acted_on(submission: Submission) -> tuple[Text, int] | None:
    """Return the step that people of ``submission`` have come to since it ended, and how many; ``None`` for none.

    One query for each step that later apps declare (:class:`payung.office.face.Stage`).
    """
    people = set(landed(submission).order_by().values_list("person", flat=True))
    for face in faces():
        for stage in face.stages if people else ():
            if reached := stage.reached(people):
                return stage.label, len(reached)
    return None


def take_back(*, by: str, submission: Submission, reason: str) -> Submission:
    """Let a submission that ended wait for its last decisions again; who had passed has no end any more.

    Raises :class:`InputError` without a reason, :class:`StateError` where it has not ended or somebody acted on it.
    """
    if not reason.strip():
        raise InputError(Text("Tulis alasan menarik kembali.", "Write why it is taken back."), at="reason")
    with transaction.atomic():
        submission = Submission.objects.select_for_update().get(pk=submission.pk)
        if submission.state != FINISHED:
            raise StateError(
                Text(
                    f"Usulan ini “{submission.state.text.id}”, belum selesai.",
                    f"This submission is “{submission.state.text.en}”, it has not ended.",
                )
            )
        if further := acted_on(submission):
            label, many = further
            raise StateError(
                Text(
                    f"Tidak dapat ditarik kembali: {number(many)} orang sudah sampai “{label.id}”.",
                    f"It cannot be taken back: {number(many)} people have come to “{label.en}”.",
                )
            )
        before = {"state": submission.state}
        submission.state, submission.since, submission.touched = INSURER, timezone.now(), timezone.now()
        submission.save(update_fields=["state", "since", "touched"])
        changed = put_down(by, submission, judge(submission), ended=False)
        entry = Entry(
            "submission.unmatch",
            f"submission:{submission.pk}",
            region_code=submission.village_code,
            reason=reason.strip(),
            before=before,
            after={"state": submission.state},
        )
        record(by=by, entries=[entry, *changed])
    return submission
