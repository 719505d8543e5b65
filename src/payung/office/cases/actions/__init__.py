"""The writes of cases: keyword only, by whom, one transaction, with history."""

from payung.office.cases.actions.links import close_link, open_link, village_of
from payung.office.cases.actions.papers import add_paper
from payung.office.cases.actions.reports import Reported, Told, correct, report, sent_before
from payung.office.cases.actions.steps import Deed, set_facts, take
from payung.office.cases.actions.words import word

__all__ = [
    "Deed",
    "Reported",
    "Told",
    "add_paper",
    "close_link",
    "correct",
    "open_link",
    "report",
    "sent_before",
    "set_facts",
    "take",
    "village_of",
    "word",
]
