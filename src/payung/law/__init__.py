"""What is owed and what is due, by month, with the article. Pure Python: no tables, no network, no clock.

One person: :func:`bill` (what is owed), :func:`cover` (whether protected on a day, and what settles arrears),
:func:`benefit` (what a family may receive), each with every step explained. What "covered on a day" means stands once,
in :mod:`payung.law.covered`. Many: ``payung.engine``. Both run the rules in ``payung.law.rules`` on
the dated values in ``payung/law/parameters``.
"""

from __future__ import annotations

from payung.law.arrears import Arrears, Payer
from payung.law.benefits import EVENTS, Benefit, Case, benefit
from payung.law.bill import PROGRAMMES, Bill, bill
from payung.law.calendar import Deadline, claim_expiry, due_date, payment_deadline, report_deadline
from payung.law.covered import ENDED_STATUSES, covered_by_standing, covers_in, covers_on
from payung.law.explanation import Step, explain
from payung.law.facts import EMPLOYERS, SECTORS, SOURCES
from payung.law.heirs import Heirs, heirs
from payung.law.history import Payment
from payung.law.interpreter import Reading
from payung.law.loader import load, load_with
from payung.law.losses import Loss, losses
from payung.law.membership import Cover, cover, parse_paid
from payung.law.parameter import Book, Law, Parameter, Value
from payung.law.policy import (
    Answer,
    Source,
    age_on,
    age_refusal,
    default_income,
    look_up,
    minimum_siltap,
    occupations_refusal,
    relief_of,
    segment_of,
    source_refusal,
    sources,
)
from payung.law.position import Position, position
from payung.law.rule import Rule
from payung.law.strict_yaml import ParameterError

__all__ = [
    "EMPLOYERS",
    "ENDED_STATUSES",
    "EVENTS",
    "PROGRAMMES",
    "SECTORS",
    "SOURCES",
    "Answer",
    "Arrears",
    "Benefit",
    "Bill",
    "Book",
    "Case",
    "Cover",
    "Deadline",
    "Heirs",
    "Law",
    "Loss",
    "Parameter",
    "ParameterError",
    "Payer",
    "Payment",
    "Position",
    "Reading",
    "Rule",
    "Source",
    "Step",
    "Value",
    "age_on",
    "age_refusal",
    "benefit",
    "bill",
    "claim_expiry",
    "cover",
    "covered_by_standing",
    "covers_in",
    "covers_on",
    "default_income",
    "due_date",
    "explain",
    "heirs",
    "load",
    "load_with",
    "look_up",
    "losses",
    "minimum_siltap",
    "occupations_refusal",
    "parse_paid",
    "payment_deadline",
    "position",
    "relief_of",
    "report_deadline",
    "segment_of",
    "source_refusal",
    "sources",
]
