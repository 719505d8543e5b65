"""From the words of an agency to a class of result: the starting table, and what looks alike.

Only equal words are equal (:func:`key_of`); a likeness is shown to a person and never used by itself.
"""

from __future__ import annotations

import datetime as dt
import difflib
import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

import yaml

from payung.codes.category import OFFICIALS
from payung.office.answers.agencies import NAMES
from payung.office.answers.states import KINDS, Mark
from payung.text import Text

if TYPE_CHECKING:
    from payung.office.face import Standards
    from payung.planning.eligibility import Rule

# The rules of the main job that a submission is held against before it ends; what the agencies answer are the others.
HELD_AGAINST = ("minimum_age", "age_limit", "welfare_decile")
PASSED_BEFORE = "passed_before"  # the switch of what no rule of the main job says: passed on another list
LONGEST = 200  # characters of a text that are kept
_IDENTIFIER = re.compile(r"\d[\d ./\-]{4,}\d")  # a NIK, a KPJ, a date: six digits or more
_NOT_WORDS = re.compile(r"[^a-z0-9#]+")
YES, NO = Mark.YES, Mark.NO
_YES, _NO = (
    frozenset({"y", "ya", "yes", "1", "valid", "true"}),
    frozenset({"t", "tidak", "n", "no", "0", "false"}),
)


@dataclass(frozen=True, slots=True)
class Table:
    """The starting table.

    Fields
        version: the day that it was put together.
        codes: agency, status (Y, T or empty) and key → class of result.
        headings: heading as :func:`payung.rosters.headings.plain` writes it → meaning.
    """

    version: str
    codes: Mapping[tuple[str, str, str], str]
    headings: Mapping[str, str]


def shown(text: str) -> str:
    """Return ``text`` as it is kept and shown: spaces tidied, numbers of people and dates as ``#``."""
    return _IDENTIFIER.sub("#", " ".join(text.split()))[:LONGEST]


def key_of(text: str) -> str:
    """Return what equal texts share: lower-case words without punctuation.

    >>> key_of("NIK  tidak ditemukan."), key_of("Meninggal (12-03-2026)")
    ('nik tidak ditemukan', 'meninggal #')
    """
    plain = unicodedata.normalize("NFKD", shown(text)).encode("ascii", "ignore").decode().lower()
    return " ".join(_NOT_WORDS.sub(" ", plain).split())


def status_of(text: str | None) -> str | None:
    """Return ``Y``, ``T``, empty for an empty cell, or ``None`` where the cell says something else."""
    word = (text or "").strip().strip(".").lower()
    if not word:
        return ""
    return YES if word in _YES else NO if word in _NO else None


@cache
def table() -> Table:
    """Return the starting table. Raises ``ValueError`` where the file names an agency or class that does not exist."""
    found = yaml.load(files(__package__).joinpath("data/texts.yaml").read_text("utf-8"), yaml.CSafeLoader)
    codes: dict[tuple[str, str, str], str] = {}
    for agency, entries in found["texts"].items():
        for entry in entries:
            if agency not in NAMES or entry["code"] not in KINDS or entry["source"] not in found["sources"]:
                raise ValueError(f"texts.yaml: {agency} {entry} names what does not exist")
            for text in entry["texts"]:
                codes[agency, entry["status"], key_of(text)] = entry["code"]
                if text:
                    codes[agency, "", key_of(text)] = entry["code"]
    headings = {heading: field for field, known in found["headings"].items() for heading in known}
    return Table(f"{found['version']}", codes, headings)


def starting_code(agency: str, status: str, text: str) -> str:
    """Return the class that the starting table gives for exactly these words, or empty."""
    return table().codes.get((agency, status, key_of(text)), "")


def alike(agency: str, text: str, known: Iterable[tuple[str, str]]) -> tuple[str, str] | None:
    """Return the known (text, class) that looks most like ``text``, to show to a person; ``None`` where none does.

    ``known`` are texts that were mapped in this office; those of the starting table come on top.
    """
    pool = {key_of(other): code for other, code in known}
    pool |= {key: code for (of, _, key), code in table().codes.items() if of == agency and key}
    close = difflib.get_close_matches(key_of(text), [key for key in pool if key], n=1, cutoff=0.6)
    return (close[0], pool[close[0]]) if close else None


def told(rule: Rule, standards: Standards) -> Text:
    """Return why ``rule`` refuses somebody, with the regulation of the district where that is what it asks."""
    sentence, basis = rule.sentence, rule.basis
    if rule.name == "minimum_age" and standards.youngest:
        sentence = Text(
            f"Belum berusia {standards.youngest} tahun pada bulan pertama.",
            f"Not yet {standards.youngest} in the first month.",
        )
        basis = standards.basis
    elif rule.name == "age_limit" and standards.below:
        sentence = Text(
            f"Sudah berusia {standards.below} tahun atau lebih pada bulan pertama.",
            f"{standards.below} or older in the first month.",
        )
        basis = standards.basis
    elif rule.name == "welfare_decile":
        basis = standards.basis or rule.basis
    return Text(f"{sentence.id} ({basis})", f"{sentence.en} ({basis})")


@dataclass(frozen=True, slots=True)
class Facts:
    """What the rules of eligibility ask of somebody: birth date, decile, and as what the list has them."""

    birth_date: dt.date | None
    decile: int | None
    category: str


def refused_by(
    people: Mapping[int, Facts],
    first_day: dt.date,
    *,
    max_decile: int | None = None,
    off: Collection[str] = (),
    youngest: int | None = None,
    below: int | None = None,
) -> dict[int, list[Rule]]:
    """Return which rules of the main job would refuse whom, by the law of ``first_day`` (first day of cover).

    ``off`` are names of rules that are switched off; ``youngest`` and ``below`` take the place of the ages of the law.
    Whoever no rule refuses is left out; a missing fact refuses nobody.
    """
    import polars as pl

    from payung.planning.eligibility import RULES, judge
    from payung.planning.legal import circumstances_of

    if not people:
        return {}
    rules = [rule for rule in RULES if rule.name in HELD_AGAINST and rule.name not in off]
    schema = {"key": pl.Int64, "birth_date": pl.Date, "decile": pl.Int64, "category": pl.String}
    rows = [(key, one.birth_date, one.decile, one.category) for key, one in people.items()]
    frame = pl.DataFrame(rows, schema=schema, orient="row")
    law = circumstances_of(first_day, [f"{first_day:%Y-%m}"], "apbd", max_decile)
    law = replace(law, minimum_age=youngest or law.minimum_age, age_limit=below or law.age_limit)
    judged = judge(frame, rules, law, OFFICIALS)
    named = {rule.name: rule for rule in rules}
    return {
        key: [named[name] for name in names]
        for key, names in judged.select("key", "refused_by").iter_rows()
        if names
    }
