"""What is owed and what is due, by month, with the article. Pure Python: no tables, no network, no clock.

One person: :func:`bill`, with every step explained. Many: ``payung.engine.contributions``. Both run the rules in
``payung.law.rules`` on the dated values in ``payung/law/parameters``.
"""

from __future__ import annotations

from payung.law.bill import Bill, bill
from payung.law.explanation import Step, explain
from payung.law.facts import SECTORS, SOURCES
from payung.law.loading import ParameterError, load, load_with
from payung.law.parameter import Book, Law, Parameter, Value
from payung.law.policy import (
    Answer,
    Source,
    age_on,
    age_refusal,
    default_income,
    look_up,
    minimum_siltap,
    relief_of,
    segment_of,
    source_refusal,
    sources,
)
from payung.law.reading import Reading
from payung.law.rule import Rule

__all__ = [
    "SECTORS",
    "SOURCES",
    "Answer",
    "Bill",
    "Book",
    "Law",
    "Parameter",
    "ParameterError",
    "Reading",
    "Rule",
    "Source",
    "Step",
    "Value",
    "age_on",
    "age_refusal",
    "bill",
    "default_income",
    "explain",
    "load",
    "load_with",
    "look_up",
    "minimum_siltap",
    "relief_of",
    "segment_of",
    "source_refusal",
    "sources",
]
