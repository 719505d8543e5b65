"""The writes of this app: keyword only, by whom, one transaction, with history."""

from payung.office.programme.actions.agreements import Paper, add_agreement, add_line, attach
from payung.office.programme.actions.decrees import drop, freeze, keep_signed, sign
from payung.office.programme.actions.drafts import (
    Candidate,
    FrozenError,
    begin,
    follow_up,
    let_go,
    put_in,
    put_in_reserve,
    replace_from_reserve,
    take_out,
)
from payung.office.programme.actions.money import Booking, OverspentError, book, book_all, shift

__all__ = [
    "Booking",
    "Candidate",
    "FrozenError",
    "OverspentError",
    "Paper",
    "add_agreement",
    "add_line",
    "attach",
    "begin",
    "book",
    "book_all",
    "drop",
    "follow_up",
    "freeze",
    "keep_signed",
    "let_go",
    "put_in",
    "put_in_reserve",
    "replace_from_reserve",
    "shift",
    "sign",
    "take_out",
]
