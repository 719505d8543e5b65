"""The only writes of submissions: keyword only, ``by=``, one transaction, recorded."""

from payung.office.submissions.actions.endorsements import endorse_many, recall_many
from payung.office.submissions.actions.questions import drop_passed, say_version
from payung.office.submissions.actions.rows import drop, drop_many, put_back, put_back_many
from payung.office.submissions.actions.submissions import (
    StateError,
    begin,
    correct_columns,
    corrected,
    discard,
    enter,
    mend,
    move,
    step_for,
    upload,
    withdraw,
)

__all__ = [
    "StateError",
    "begin",
    "correct_columns",
    "corrected",
    "discard",
    "drop",
    "drop_many",
    "drop_passed",
    "endorse_many",
    "enter",
    "mend",
    "move",
    "put_back",
    "put_back_many",
    "recall_many",
    "say_version",
    "step_for",
    "upload",
    "withdraw",
]
