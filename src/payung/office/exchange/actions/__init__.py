"""The only writes of batches, answers and replacements: keyword only, ``by=``, one transaction, recorded."""

from payung.office.exchange.actions.answers import Taken, take_answer
from payung.office.exchange.actions.batches import (
    ENROL,
    MANY,
    ask_to_enrol,
    edit_template,
    enrol,
    send,
    send_again,
    send_changes,
)
from payung.office.exchange.actions.decisions import decide, settle
from payung.office.exchange.actions.replacements import replace_rejected

__all__ = [
    "ENROL",
    "MANY",
    "Taken",
    "ask_to_enrol",
    "decide",
    "edit_template",
    "enrol",
    "replace_rejected",
    "send",
    "send_again",
    "send_changes",
    "settle",
    "take_answer",
]
