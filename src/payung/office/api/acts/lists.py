"""Acts on the lists of villages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from payung.office.access.permissions import Permission
from payung.office.accounts.models import User
from payung.office.api.acts.declared import CONTENT, NAME, Act, Field, covers, file_of, one
from payung.office.api.problems import Problem
from payung.office.regions.models import Region
from payung.office.submissions import actions
from payung.office.submissions.models import Submission
from payung.office.submissions.states import STEPS, Kind
from payung.text import Text

EDIT = (Permission.SUBMISSION_EDIT,)
MOVE = tuple(dict.fromkeys(step.permission for step in STEPS))


def village(code: str) -> None:
    """Refuse a code that is no village of this office."""
    if not Region.objects.filter(code=code, level="village").exists():
        raise Problem("validation", fields={"village_code": Text("Desa tidak dikenal.", "No such village.")})


def _begin(user: User, values: Mapping[str, Any]) -> dict[str, Any]:
    covers(user, EDIT, values["village_code"])
    village(values["village_code"])
    made = actions.begin(by=user.username, village_code=values["village_code"], kind=values["kind"])
    return {"submission": made.pk, "state": str(made.state)}


def _upload(user: User, values: Mapping[str, Any]) -> dict[str, Any]:
    submission = one(user.scope(Permission.SUBMISSION_EDIT).of(Submission), values["submission"])
    made = actions.upload(by=user.username, submission=submission, file=file_of(values))
    return {"upload": made.pk, "submission": submission.pk, "sha256": made.sha256}


def _move(user: User, values: Mapping[str, Any]) -> dict[str, Any]:
    submission = one(user.scope(Permission.SUBMISSION_VIEW).of(Submission), values["submission"])
    step = actions.step_for(submission, values["step"])
    if step is not None and not user.scope(step.permission).of(Submission).filter(pk=submission.pk).exists():
        raise Problem("forbidden")
    moved = actions.move(
        by=user.username, submission=submission, name=values["step"], reason=values["reason"] or ""
    )
    return {"submission": moved.pk, "state": str(moved.state)}


_ONE = Field("submission", "integer", "key of the submission")
_STATE = {"submission": "integer", "state": "string"}
ACTS = (
    Act(
        "submission_begin", "/submissions", "Begin a village's list.", EDIT,
        (
            Field("village_code", "text", "code of the village", most=13),
            Field("kind", "text", "which list", one_of=tuple(str(kind) for kind in Kind)),
        ),
        _STATE, _begin,
    ),
    Act(
        "submission_file", "/submissions/files", "Send a file of a list; it is read in the background.", EDIT,
        (_ONE, NAME, CONTENT),
        {"upload": "integer", "submission": "integer", "sha256": "string"}, _upload,
    ),
    Act(
        "submission_move", "/submissions/steps", "Send a list on its way, or back with a reason.", MOVE,
        (
            _ONE,
            Field("step", "text", "which step", one_of=tuple(dict.fromkeys(step.name for step in STEPS))),
            Field("reason", "text", "why it is sent back", required=False),
        ),
        _STATE, _move,
    ),
)  # fmt: skip
