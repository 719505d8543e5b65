"""The only writes of bills and payments: keyword only, ``by=``, one transaction, recorded."""

from payung.office.bills.actions.drafts import Drawn, draw_up
from payung.office.bills.actions.issue import PayerError, note_insurer, send, void
from payung.office.bills.actions.payments import Arrival, Received, pay, receive
from payung.office.bills.actions.uses import Settled, give_back, settle, use_rest

__all__ = [
    "Arrival",
    "Drawn",
    "PayerError",
    "Received",
    "Settled",
    "draw_up",
    "give_back",
    "note_insurer",
    "pay",
    "receive",
    "send",
    "settle",
    "use_rest",
    "void",
]
