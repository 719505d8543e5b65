"""What people do and are: occupation, category, pay, segment."""

from __future__ import annotations

import re

import polars as pl

from payung.people import categories, occupations, values
from payung.people.values import LEAST_PAY, by_distinct
from payung.rosters.values.filled import Take, first

PER_MONTH = re.compile(
    r"(?i)^\s*(?:±|~|\+/-|kurang lebih|kira-kira|sekitar|rata-rata)\s*|\s*(?:/|per|se)\s*(?:bln|bulan)\.?\s*$"
)
# a rank within an office that only the title of the list names; any other position speaks for itself
RANK = r"(?i)^(wakil\s+)?(ketua|sekretaris|bendahara|anggota|kepala|staf|koordinator)\b[\s.,IVX\d]*$"


def read_work(take: Take, context: pl.DataFrame) -> dict[str, pl.Series]:
    """Return what somebody does as written and as codes, the category, pay in rupiah a month, and the segment."""
    written = by_distinct(take("job"), occupations.label, pl.String)
    position = first(take("position"), context["position"])
    job = first(written, position)
    code = first(
        by_distinct(written, occupations.read, pl.String), by_distinct(position, occupations.read, pl.String)
    )
    category = by_distinct(position, categories.read, pl.String)
    category = first(category, by_distinct(take("category"), categories.read, pl.String))
    office = by_distinct(written, _office, pl.String)
    category = first(category, office)
    silent = [
        pl.col(field).is_null() | pl.col(field).str.contains(RANK) for field in ("position", "category")
    ]
    told = pl.DataFrame(
        {"position": position, "category": take("category"), "title": context["title_category"]}
    )
    title = told.select(pl.when(pl.all_horizontal(silent)).then("title")).to_series()
    category = first(category, title)
    return {
        "job": job,
        "occupation": code,
        "transport": code.is_in(sorted(occupations.TRANSPORT)),
        "category": category,
        "income": by_distinct(take("income", "wage"), _month_pay, pl.Int64),
        "segment": by_distinct(take("segment", "status"), values.segment, pl.String),
    }


def _month_pay(text: str) -> int | None:
    """Return rupiah a month; less than :data:`LEAST_PAY` is written in thousands, by the day or wrong: not known."""
    amount = values.money(PER_MONTH.sub("", text))
    return None if amount is not None and amount < LEAST_PAY else amount


def _office(text: str) -> str | None:
    found = categories.read(text)
    return found if found in categories.OFFICES else None
