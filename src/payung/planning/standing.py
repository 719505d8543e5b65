"""In which months of a plan each candidate may begin a cover, and why not at all.

Whoever is covered already may begin the month after; nobody is paid for twice. The ages are those of enrolment on the
first day of the first month; whoever is a member still, by the law about gaps, goes on whatever the age.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import numpy as np
import polars as pl

from payung.law import Book, load
from payung.law.months import first_day, index
from payung.law.rules.membership import gap_keeps_membership
from payung.planning.optimum.problem import Bools, Ints
from payung.planning.wishes import Wishes
from payung.text import Text

NO_COVER = -(10**6)  # stands for "was never covered" among the numbers of months


@dataclass(frozen=True)
class Standing:
    """Of every candidate, in the order given.

    Fields
        starts: whether a cover may begin in [month] of the plan.
        refused: why none may begin in any, else ``None``.
    """

    starts: Bools
    refused: list[Text | None]


def standing(people: pl.DataFrame, wishes: Wishes, *, book: Book | None = None) -> Standing:
    """Return where each of ``people`` (of :mod:`payung.planning.people_file`) stands; ``price_basis`` may be null."""
    law_book = book or load()
    months = wishes.months
    last = len(months) - wishes.length
    born = people["birth_date"]
    known_birth = born.is_not_null().to_numpy()
    birth = born.fill_null(dt.date(1900, 1, 1)).to_numpy().astype("datetime64[D]")
    until = covered_until(people)
    first_month = index(months[0])
    starts = np.zeros((people.height, len(months)), dtype=bool)
    young, old, free = (np.zeros_like(starts) for _ in range(3))
    for start in range(last + 1):
        day = first_day(months[start])
        law = law_book.on(day)
        young[:, start] = birth > _birthday(day, law.enrolment_age_from)
        gap = np.maximum(first_month + start - until - 1, 0)
        goes_on = np.isin(gap, [one for one in range(12) if gap_keeps_membership(law, one) == "yes"])
        member = goes_on & (until > NO_COVER)
        old[:, start] = (birth <= _birthday(day, law.enrolment_age_below)) & ~member
        free[:, start] = until < first_month + start
    priced = people["price_basis"].is_not_null().to_numpy()
    starts = free & ~young & ~old & (known_birth & priced)[:, None]
    starts[:, last + 1 :] = False
    refused: list[Text | None] = [None] * people.height
    for at in np.nonzero(~starts.any(axis=1))[0]:
        row = people.row(int(at), named=True)
        refused[at] = _why(row, young[at], old[at], free[at], last, wishes)
    return Standing(starts, refused)


def covered_until(people: pl.DataFrame) -> Ints:
    """Return the number of the last month that each of ``people`` is covered, ``NO_COVER`` where none is known."""
    table = {month: index(month) for month in people["covered_until"].drop_nulls().unique().to_list()}
    found = people["covered_until"].replace_strict(table, default=NO_COVER, return_dtype=pl.Int64)
    return found.fill_null(NO_COVER).to_numpy().astype(np.int64)


def _birthday(day: dt.date, years: int) -> np.datetime64:
    """Return the latest birth date of somebody who is ``years`` old on ``day`` (born 29 February: from 1 March)."""
    year = day.year - years
    try:
        return np.datetime64(day.replace(year=year), "D")
    except ValueError:
        return np.datetime64(dt.date(year, 2, 28), "D")


def _why(row: dict[str, object], young: Bools, old: Bools, free: Bools, last: int, wishes: Wishes) -> Text:
    if row["birth_date"] is None:
        return Text(
            "Tidak memenuhi syarat: tanggal lahir belum diisi.", "Not eligible: the birth date is missing."
        )
    if row["price_basis"] is None:
        return Text(
            "Tidak memenuhi syarat: upah belum diisi dan hukum tidak menyebut upah minimum kategori ini.",
            "Not eligible: the wage is missing, and the law names no minimum for this category.",
        )
    span = f"{wishes.months[0]}..{wishes.months[-1]}"
    if not free[: last + 1].any():
        return Text(
            f"Tidak memenuhi syarat: sudah terlindungi sampai {row['covered_until']}, jadi tidak ada "
            f"{wishes.length} bulan berturut-turut yang bebas dalam {span}.",
            f"Not eligible: covered already until {row['covered_until']}, so no {wishes.length} months in a row are "
            f"free in {span}.",
        )
    if old[: last + 1].any() and (old | ~free)[: last + 1].all():
        return Text(
            "Tidak memenuhi syarat: sudah berusia 65 tahun atau lebih pada bulan pertama.",
            "Not eligible: 65 or older in the first month.",
        )
    if young[: last + 1].all():
        return Text(
            "Tidak memenuhi syarat: belum berusia 18 tahun pada bulan pertama.",
            "Not eligible: not yet 18 in the first month.",
        )
    return Text(
        f"Tidak memenuhi syarat: tidak ada bulan mulai dalam {span} yang memenuhi umur dan belum terlindungi.",
        f"Not eligible: no first month in {span} has the right age and no cover yet.",
    )
