"""From candidates, wishes and the law to the arrays of the optimiser."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from payung.engine.contributions import price
from payung.errors import InputError
from payung.law import Book, load
from payung.law.facts import SECTORS
from payung.law.months import first_day
from payung.planning.legal import LOWEST_RISK
from payung.planning.optimum.problem import NOBODY, Bools, Ints, Problem
from payung.planning.standing import Standing
from payung.planning.wishes import Line, Wishes
from payung.regions.codes import kind_of
from payung.text import Text

PRICE_KEY = ("segment", "price_basis", "sector", "risk")


@dataclass(frozen=True)
class Question:
    """What the optimiser is asked, and who its numbers are.

    Fields
        problem: the arrays; its people are the rows of ``asked``.
        asked: row numbers (of the ranked candidates) of those who are eligible and whom some line may pay.
        eligible: whether each ranked candidate may be covered at all, whoever pays.
        payable: whether some line or lines may pay for a whole cover of each ranked candidate.
        villages: codes, by number. categories: with a quota, by number.
    """

    problem: Problem
    asked: Ints
    eligible: Bools
    payable: Bools
    villages: list[str]
    categories: list[str]


def with_risk_and_basis(people: pl.DataFrame, *, day_month: str, book: Book | None = None) -> pl.DataFrame:
    """Return ``people`` with ``price_basis`` (rupiah a month, null where the law needs a wage nobody stated), ``risk``.

    A BPU who declares no income is priced on the lowest band; a wage earner on the minimum pay of the office, where
    the law names one (docs/decisions/0008).
    """
    law = (book or load()).on(first_day(day_month))
    minimum: dict[str, int] = law.minimum_siltap or {}
    return people.with_columns(
        pl.when(pl.col("income") > 0)
        .then(pl.col("income"))
        .when(pl.col("segment") == "bpu")
        .then(pl.lit(law.bpu_default_income, dtype=pl.Int64))
        .otherwise(pl.col("category").replace_strict(minimum, default=None, return_dtype=pl.Int64))
        .alias("price_basis"),
        pl.lit(LOWEST_RISK, dtype=pl.Int64).alias("risk"),
    )


def pose(ranked: pl.DataFrame, where: Standing, wishes: Wishes, *, book: Book | None = None) -> Question:
    """Return the question for ``ranked`` candidates, whose standing is ``where``."""
    law_book = book or load()
    _check_occupations(ranked, wishes)
    eligible: Bools = np.any(where.starts, axis=1)
    village_codes, village = np.unique(ranked["village_code"].to_numpy(), return_inverse=True)
    price_of, cost = _prices(ranked, wishes, law_book)
    pays_of, pays = _who_pays_whom(ranked, wishes, law_book)
    starts_rows, starts_of = np.unique(where.starts, axis=0, return_inverse=True)
    key = np.stack([price_of, pays_of, starts_of.ravel()], axis=1)
    kinds, kind = np.unique(key[eligible], axis=0, return_inverse=True)
    table = np.where(pays[kinds[:, 1]], cost[kinds[:, 0]], NOBODY)
    starts = starts_rows[kinds[:, 2]]
    counted = np.bincount(village[eligible], minlength=len(village_codes))
    floor = np.where(counted >= max(wishes.floor, 1), wishes.floor, 0)
    limited = [category for category, _ in wishes.quotas]
    group = ranked["category"].replace_strict(
        {category: at for at, category in enumerate(limited)}, default=NOBODY, return_dtype=pl.Int64
    )
    rows = np.nonzero(eligible)[0]
    problem = Problem(
        weight=ranked["weight"].to_numpy().astype(np.int64)[rows],
        kind=kind.ravel().astype(np.int64),
        village=village[rows].astype(np.int64),
        group=group.to_numpy().astype(np.int64)[rows],
        cost=table.reshape(len(kinds), len(wishes.lines), len(wishes.months)),
        starts=starts.reshape(len(kinds), len(wishes.months)),
        length=wishes.length,
        budget=np.array([line.amount for line in wishes.lines], dtype=np.int64),
        cap=np.array(
            [NOBODY if line.per_head is None else line.per_head for line in wishes.lines], dtype=np.int64
        ),
        floor=floor.astype(np.int64),
        quota=np.array([number for _, number in wishes.quotas], dtype=np.int64),
    )
    payable = np.zeros(ranked.height, dtype=bool)
    payable[rows] = problem.shape.payable[problem.kind] if len(rows) else False
    return Question(problem, rows, eligible, payable, village_codes.tolist(), limited)


def _check_occupations(ranked: pl.DataFrame, wishes: Wishes) -> None:
    for line in wishes.lines:
        codes = [code for code in line.occupations if code not in SECTORS]
        if codes and ranked["occupation"].null_count() == ranked.height:
            raise InputError(
                Text(
                    f"Sumber {line.id} hanya untuk pekerjaan {', '.join(codes)}, tetapi calon tidak punya kolom "
                    "occupation: isi kolom itu atau hapus batas pekerjaan.",
                    f"The line {line.id} is for the occupations {', '.join(codes)} only, but the candidates have no "
                    "column occupation: fill it or take the restriction away.",
                )
            )


def _prices(ranked: pl.DataFrame, wishes: Wishes, book: Book) -> tuple[Ints, Ints]:
    """Return the price class of each candidate, and rupiah by [class, line, month]."""
    keyed = ranked.select(PRICE_KEY).with_columns(pl.col("price_basis").fill_null(0))
    kinds = keyed.unique().sort(PRICE_KEY).with_row_index("person")
    kinds = kinds.with_columns(pl.col("person").cast(pl.Int64), income="price_basis")
    sources = sorted({line.source for line in wishes.lines})
    by_source: dict[str, Ints] = {}
    for source in sources:
        rows = price(kinds, list(wishes.months), source, book=book)
        by_source[source] = (
            rows["total"].to_numpy().astype(np.int64).reshape(kinds.height, len(wishes.months))
        )
    cost = np.stack([by_source[line.source] for line in wishes.lines], axis=1)
    different, same = np.unique(cost.reshape(kinds.height, -1), axis=0, return_inverse=True)
    of = keyed.join(kinds, on=PRICE_KEY, how="left", maintain_order="left")["person"].to_numpy()
    return same.ravel()[of], different.reshape(-1, *cost.shape[1:])


def _who_pays_whom(ranked: pl.DataFrame, wishes: Wishes, book: Book) -> tuple[Ints, Bools]:
    """Return the class of each candidate, and whether [line] may pay for [class] in [month]."""
    traits = ranked.select("village_code", "category", "occupation", "sector").with_columns(
        pl.col("occupation").fill_null("")
    )
    kinds = traits.unique().sort(traits.columns).with_row_index("number")
    villages, at_village = _areas(kinds["village_code"], wishes.lines)
    columns = [
        _may(line, kinds, villages[:, at][at_village], wishes, book) for at, line in enumerate(wishes.lines)
    ]
    may = np.stack(columns, axis=1)
    different, same = np.unique(may.reshape(kinds.height, -1), axis=0, return_inverse=True)
    of = traits.join(kinds, on=traits.columns, how="left", maintain_order="left")["number"].to_numpy()
    return same.ravel()[of], different.reshape(-1, *may.shape[1:])


def _areas(codes: pl.Series, lines: tuple[Line, ...]) -> tuple[Bools, Ints]:
    """Return whether each different village lies in the areas of [line], and the village of each of ``codes``."""
    villages, at = np.unique(codes.to_numpy(), return_inverse=True)
    inside = np.array(
        [
            [
                not line.areas or any(f"{code}.".startswith(f"{area}.") for area in line.areas)
                for line in lines
            ]
            for code in villages.tolist()
        ],
        dtype=bool,
    ).reshape(len(villages), len(lines))
    return inside, at


def _may(line: Line, kinds: pl.DataFrame, inside: Bools, wishes: Wishes, book: Book) -> Bools:
    """Return whether ``line`` may pay for each of ``kinds`` in each month, by its restrictions and by the law."""
    category = kinds["category"]
    fits = inside.copy()
    if line.categories:
        fits &= category.is_in(list(line.categories)).to_numpy()
    if line.occupations:
        wanted = list(line.occupations)
        fits &= (kinds["occupation"].is_in(wanted) | kinds["sector"].is_in(wanted)).to_numpy()
    in_kelurahan = np.array(
        [kind_of(code) == "kelurahan" for code in kinds["village_code"].to_list()], dtype=bool
    )
    found = np.zeros((kinds.height, len(wishes.months)), dtype=bool)
    for at, month in enumerate(wishes.months):
        if month not in line.months:
            continue
        law = book.on(first_day(month))
        banned = (law.source_bans or {}).get(line.source, ())
        found[:, at] = fits & ~category.is_in(list(banned)).to_numpy()
        if line.source in (law.village_money or {}).get("kelurahan", ()):
            found[:, at] &= ~in_kelurahan
    return found
