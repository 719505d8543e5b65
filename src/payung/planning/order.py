"""The ranking of a plan: ordered, dated rules; a place, its weight, and one sentence that says why."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import polars as pl
import yaml

from payung.people.categories import OFFICES
from payung.planning.ranking import UNKNOWN_CLASS, UNKNOWN_DECILE, WELFARE_ORDER
from payung.text import Language, Text, current_language

FAR = dt.date(9999, 1, 1)
_FILE = "parameters/ranking.yaml"


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of the order.

    Fields
        name: what settings call it. title: what comes first by it.
        key: what is sorted by, the smallest first; never null.
        says: what it says of one person, as words.
    """

    name: str
    title: Text
    key: pl.Expr
    says: Text | None
    shown: pl.Expr


_OFFICE = pl.col("category").is_in(sorted(OFFICES))


def _date(name: str) -> pl.Expr:
    return pl.col(name).dt.strftime("%d-%m-%Y").fill_null("?")


RULES: dict[str, Rule] = {
    rule.name: rule
    for rule in (
        Rule(
            "office",
            Text("pemegang jabatan lebih dulu", "office-holders first"),
            pl.when(_OFFICE).then(0).otherwise(1),
            None,
            pl.when(_OFFICE).then(pl.lit("+")).otherwise(pl.lit("-")),
        ),
        Rule(
            "welfare",
            Text("kelas kesejahteraan termiskin lebih dulu", "the poorest class first"),
            pl.col("welfare").replace_strict(
                {name: place for place, name in enumerate(WELFARE_ORDER)},
                default=UNKNOWN_CLASS,
                return_dtype=pl.Int64,
            ),
            Text("kelas", "class"),
            pl.col("welfare").str.replace_all("_", " ").fill_null("?"),
        ),
        Rule(
            "decile",
            Text("desil terendah lebih dulu", "the lowest decile first"),
            pl.col("decile").fill_null(UNKNOWN_DECILE),
            Text("desil", "decile"),
            pl.col("decile").cast(pl.String).fill_null("?"),
        ),
        Rule(
            "oldest",
            Text("yang tertua lebih dulu", "the oldest first"),
            pl.col("birth_date").fill_null(FAR),
            Text("lahir", "born"),
            _date("birth_date"),
        ),
        Rule(
            "earliest",
            Text("yang diusulkan lebih awal lebih dulu", "the earliest proposal first"),
            pl.col("proposed_on").fill_null(FAR),
            Text("diusulkan", "proposed"),
            _date("proposed_on"),
        ),
        Rule(
            "disability",
            Text("penyandang disabilitas lebih dulu", "people with a disability first"),
            pl.when(pl.col("disability").fill_null(False)).then(0).otherwise(1),
            Text("disabilitas", "disability"),
            pl.when(pl.col("disability")).then(pl.lit("+")).otherwise(pl.lit("-")),
        ),
    )
}
RULE_NAMES = tuple(RULES)
WELFARE_ONLY = ("welfare", "decile")


@dataclass(frozen=True, slots=True)
class Settings:
    """What is in force: the order of the rules with its basis, and the weights of the first and the last place."""

    rules: tuple[str, ...]
    basis: str
    first: int
    last: int


@cache
def _file() -> dict[str, Any]:
    text = (files("payung.planning") / _FILE).read_text(encoding="utf-8")
    found: dict[str, Any] = yaml.safe_load(text)
    return found


def settings_on(day: dt.date, rules: Sequence[str] = ()) -> Settings:
    """Return the settings in force on ``day``; ``rules`` of a district's own take the place of the dated ones."""
    order, weights = (
        max((one for one in _file()[name] if one["from"] <= day), key=lambda one: one["from"])
        for name in ("order", "weights")
    )
    own = tuple(rules)
    return Settings(
        own or tuple(order["rules"]),
        "LINES.yaml" if own else order["basis"],
        weights["first"],
        weights["last"],
    )


def ranked(people: pl.DataFrame, settings: Settings) -> pl.DataFrame:
    """Return ``people`` in order with ``rank`` (from 1), ``weight`` and ``why`` (a sentence).

    Ties end with the code of the village and the id, so that no order of rows in a file matters.
    """
    rules = [RULES[name] for name in settings.rules]
    # where offices stand apart, no test of welfare tells one office-holder from another
    apart = _OFFICE & pl.lit("office" in settings.rules)
    keyed = people.with_columns(
        (pl.when(apart).then(0).otherwise(rule.key) if rule.name in WELFARE_ONLY else rule.key).alias(
            f"_{rule.name}"
        )
        for rule in rules
    )
    keys = [f"_{rule.name}" for rule in rules]
    ordered = keyed.sort([*keys, "village_code", "id"], maintain_order=True).with_row_index("rank", offset=1)
    ordered = ordered.with_columns(pl.col("rank").cast(pl.Int64))
    steps = max(ordered.height - 1, 1)
    weight = settings.first - (pl.col("rank") - 1) * (settings.first - settings.last) // steps
    return ordered.with_columns(weight.alias("weight"), _why(rules, ordered.height).alias("why")).drop(keys)


def _why(rules: Sequence[Rule], count: int) -> pl.Expr:
    language = current_language()
    place = Text("Urutan", "Place").read(language)
    of = Text("dari", "of").read(language)
    after = Text("setelah urutan", "after place").read(language)
    because = Text("menurut aturan", "by the rule").read(language)
    tie = Text(
        "sama menurut semua aturan, lalu menurut kode desa dan id",
        "equal by every rule, then by village and id",
    )
    decided = pl.lit(tie.read(language))
    for rule in reversed(rules):
        key = pl.col(f"_{rule.name}")
        decided = (
            pl.when(key != key.shift(1))
            .then(pl.lit(f"{because} {rule.title.read(language)}"))
            .otherwise(decided)
        )
    known = pl.concat_str([_said(rule, language) for rule in rules if rule.says], separator=", ")
    head = pl.concat_str(pl.lit(f"{place} "), "rank", pl.lit(f" {of} {count}: "), known)
    tail = (
        pl.when(pl.col("rank") == 1)
        .then(pl.lit("."))
        .otherwise(
            pl.concat_str(pl.lit(f"; {after} "), pl.col("rank") - 1, pl.lit(" "), decided, pl.lit("."))
        )
    )
    return pl.concat_str(head, tail)


def _said(rule: Rule, language: Language) -> pl.Expr:
    assert rule.says is not None
    yes, no = Text("ya", "yes").read(language), Text("tidak", "no").read(language)
    shown = rule.shown.replace({"+": yes, "-": no}) if rule.name == "disability" else rule.shown
    return pl.concat_str(pl.lit(f"{rule.says.read(language)} "), shown.fill_null(no))
