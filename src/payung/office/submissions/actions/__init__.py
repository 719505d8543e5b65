"""The only writes of submissions: keyword only, ``by=``, one transaction, recorded."""

from payung.office.submissions.actions.submissions import (
    StateError,
    begin,
    correct_columns,
    corrected,
    discard,
    drop,
    enter,
    mend,
    move,
    put_back,
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
    "enter",
    "mend",
    "move",
    "put_back",
    "step_for",
    "upload",
    "withdraw",
]
