"""`payung plan` without the command line: candidates and wishes in, the plan, the ranking and the figures out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import polars as pl

from payung.law import Book
from payung.planning import order, why_not
from payung.planning.figures import ROWS, below_floor, figures, more_money
from payung.planning.optimum.limits import value as value_of
from payung.planning.optimum.problem import Ints, Problem
from payung.planning.optimum.rest import money_left
from payung.planning.optimum.solution import SECONDS, Solution, solve
from payung.planning.projection import project
from payung.planning.question import Question, pose, with_risk_and_basis
from payung.planning.standing import Standing, covered_until, standing
from payung.planning.wishes import Wishes
from payung.text import Text

NO_PAYER = Text(
    " Tidak ada sumber dana yang boleh membayar seluruh bulannya.", " No line may pay for all of the months."
)


@dataclass(frozen=True)
class Plan:
    """What was decided.

    Fields
        rows: ``id, line, month, amount`` (rupiah), in that order.
        ranking: ``id, rank, weight, why``; who is not eligible has no rank and weighs nothing.
        report: what the command prints.
        summary: the figures of the plan beside those of the greedy one, and the projection.
    """

    rows: pl.DataFrame
    ranking: pl.DataFrame
    report: dict[str, Any]
    summary: dict[str, Any]


def make_plan(
    people: pl.DataFrame, wishes: Wishes, *, seconds: float = SECONDS, book: Book | None = None
) -> Plan:
    """Return the best plan for ``people`` (of :mod:`payung.planning.people_file`) within ``wishes``."""
    settings = order.settings_on(wishes.first_day, wishes.ranking)
    people = with_risk_and_basis(people, day_month=wishes.months[0], book=book)
    ranked, where = ranked_candidates(people, wishes, settings, book)
    question = pose(ranked, where, wishes, book=book)
    clear = why_not.before_solving(question, wishes)
    solution = None if clear else solve(question.problem, seconds=seconds)
    rows = _rows(question, ranked, wishes, None if solution is None else solution.plan)
    report = _report(ranked, wishes, question, solution, rows, clear)
    return Plan(
        rows,
        _ranking(ranked, question),
        report,
        _summary(ranked, wishes, question, solution, rows, report, settings, book),
    )


def ranked_candidates(
    people: pl.DataFrame, wishes: Wishes, settings: order.Settings, book: Book | None
) -> tuple[pl.DataFrame, Standing]:
    """Return the candidates, the eligible in their order before the others, and where each stands.

    ``people`` has ``price_basis`` and ``risk`` beside the columns of :mod:`payung.planning.people_file`.
    """
    people = people.sort("id")
    first = standing(people, wishes, book=book)
    able = pl.Series(first.starts.any(axis=1))
    why = pl.Series(
        "refused", [None if text is None else text.read() for text in first.refused], dtype=pl.String
    )
    numbered = people.with_columns(why).with_row_index("_at")
    chosen = order.ranked(numbered.filter(able), settings)
    others = numbered.filter(~able).with_columns(
        pl.lit(None, dtype=pl.Int64).alias("rank"),
        pl.lit(0, dtype=pl.Int64).alias("weight"),
        pl.col("refused").alias("why"),
    )
    both = pl.concat([chosen, others.select(chosen.columns)])
    at = both["_at"].to_numpy()
    moved = Standing(first.starts[at], [first.refused[one] for one in at])
    return both.drop("_at", "refused"), moved


def _rows(question: Question, ranked: pl.DataFrame, wishes: Wishes, plan: Ints | None) -> pl.DataFrame:
    if plan is None:
        return pl.DataFrame(schema=ROWS)
    problem = question.problem
    person, month = np.nonzero(plan >= 0)
    line = plan[person, month]
    amount = problem.cost[problem.kind[person], line, month]
    return pl.DataFrame(
        {
            "id": ranked["id"].gather(question.asked[person]),
            "line": pl.Series([one.id for one in wishes.lines], dtype=pl.String).gather(line),
            "month": pl.Series(wishes.months, dtype=pl.String).gather(month),
            "amount": pl.Series(amount, dtype=pl.Int64),
        },
        schema=ROWS,
    ).sort("id", "month")


def _ranking(ranked: pl.DataFrame, question: Question) -> pl.DataFrame:
    nobody_pays = pl.Series(question.eligible & ~question.payable)
    return ranked.select(
        "id",
        "rank",
        "weight",
        pl.when(nobody_pays).then(pl.col("why") + NO_PAYER.read()).otherwise("why").alias("why"),
    )


def _report(
    ranked: pl.DataFrame,
    wishes: Wishes,
    question: Question,
    solution: Solution | None,
    rows: pl.DataFrame,
    clear: tuple[list[str], Text] | None,
) -> dict[str, Any]:
    status = "infeasible" if solution is None else solution.status
    worth, top = (0, 0) if solution is None or status == "infeasible" else (solution.value, solution.bound)
    villages, why = clear or _why(question, wishes, solution)
    spent = {line.id: 0 for line in wishes.lines} | dict(
        rows.group_by("line").agg(pl.col("amount").sum()).iter_rows()
    )
    short = villages if status == "infeasible" else below_floor(ranked, rows, wishes.floor)
    return {
        "status": status,
        "value": worth,
        "bound": top,
        "gap": (top - worth) / top if top else 0.0,
        "people": rows["id"].n_unique(),
        "person_months": rows.height,
        "cost": spent,
        "below_floor": short,
        "why": why.read(),
    }


def _why(question: Question, wishes: Wishes, solution: Solution | None) -> tuple[list[str], Text]:
    assert solution is not None
    if solution.status == "infeasible":
        return why_not.after_solving(question, wishes, solution.prices, proven=solution.proven)
    if question.eligible.any() and not question.payable.any():
        return [], Text(
            f"Tidak seorang pun dari {int(question.eligible.sum())} orang yang memenuhi syarat boleh dibayar untuk "
            f"{wishes.length} bulan: longgarkan bulan, wilayah, kategori, pekerjaan atau per_head sumber dana, atau "
            "turunkan months_each.",
            f"Of {int(question.eligible.sum())} eligible people nobody may be paid for {wishes.length} months: loosen "
            "months, areas, categories, occupations or per_head of the lines, or lower months_each.",
        )
    if not question.eligible.any():
        return [], Text(
            "Tidak seorang pun memenuhi syarat: alasannya di ranking.parquet.",
            "Nobody is eligible: the reasons stand in ranking.parquet.",
        )
    if solution.status == "optimal":
        return [], Text(
            "Terbukti: tidak ada rencana yang bernilai lebih dalam batas ini.",
            "Proven: no plan within these limits is worth more.",
        )
    return [], Text(
        f"Rencana sah; yang terbaik pun tidak akan bernilai lebih dari {solution.bound} (batas yang terbukti).",
        f"The plan keeps all limits; not even the best can be worth more than {solution.bound} (a proven bound).",
    )


def _summary(
    ranked: pl.DataFrame,
    wishes: Wishes,
    question: Question,
    solution: Solution | None,
    rows: pl.DataFrame,
    report: dict[str, Any],
    settings: order.Settings,
    book: Book | None,
) -> dict[str, Any]:
    summary: dict[str, Any] = {
        "plan": report,
        "months": list(wishes.months),
        "ranking": {"rules": list(settings.rules), "basis": settings.basis},
        "eligible": int(question.eligible.sum()),
        "not_eligible": int((~question.eligible).sum()),
        "nobody_may_pay": int((question.eligible & ~question.payable).sum()),
    }
    if solution is None or solution.status == "infeasible":
        return summary
    problem = question.problem
    by_hand = _rows(question, ranked, wishes, solution.greedy)
    summary["scenarios"] = {
        "plan": {"value": solution.value}
        | figures(ranked, rows, wishes.months, floor=wishes.floor, book=book),
        "greedy": {"value": value_of(problem, solution.greedy), "keeps_limits": solution.greedy_keeps}
        | figures(ranked, by_hand, wishes.months, floor=wishes.floor, book=book),
    }
    ends = summary["scenarios"]["plan"]
    summary["guard"] = {
        "ends_cover_of": ends["clocks_broken"],
        "must_be_answered": ends["clocks_broken"] > 0,
        "who": ends["clocks_broken_who"],
    }
    summary["rp100_million_more_buys"] = _more(question, ranked, wishes, solution.plan)
    summary["projection"] = _projection(ranked, wishes, rows, book)
    return summary


def _more(question: Question, ranked: pl.DataFrame, wishes: Wishes, plan: Ints) -> dict[str, dict[str, int]]:
    problem = question.problem
    rest = np.nonzero(~(plan >= 0).any(axis=1))[0]
    price = price_of_a_cover(problem)
    left = dict(zip((line.id for line in wishes.lines), money_left(problem, plan).tolist(), strict=True))
    reserve = ranked[question.asked[rest]]
    return more_money(reserve, wishes.lines, left, price[problem.kind[rest]], problem.length)


def price_of_a_cover(problem: Problem) -> Ints:
    """Return rupiah that the cheapest whole cover of [kind] takes of [line] alone, negative where it cannot pay one."""
    price = np.full((len(problem.cost), problem.lines), -1, dtype=np.int64)
    for start in range(problem.cost.shape[2] - problem.length, -1, -1):
        span = problem.cost[:, :, start : start + problem.length]
        able = (span >= 0).all(axis=2) & problem.starts[:, start][:, None]
        total = span.sum(axis=2)
        able &= (problem.cap < 0)[None, :] | (total <= problem.cap[None, :])
        price = np.where(able & ((price < 0) | (total < price)), total, price)
    return price


def _projection(
    ranked: pl.DataFrame, wishes: Wishes, rows: pl.DataFrame, book: Book | None
) -> dict[str, Any] | None:
    if rows.is_empty():
        return None
    sources = {line.id: line.source for line in wishes.lines}
    last = rows.sort("id", "month").group_by("id", maintain_order=True).agg(pl.col("line").last())
    covered = ranked.join(last, on="id", how="inner", maintain_order="left").with_columns(
        pl.col("line").replace_strict(sources, return_dtype=pl.String).alias("source")
    )
    running = pl.Series(covered_until(covered) > 0)
    return project(
        covered.with_columns(pl.when(running).then("paid_months").otherwise(0).alias("waited")),
        wishes.months[0],
        book=book,
    )
