"""What covering a person for the period costs, by the law of each month."""

from __future__ import annotations

import polars as pl

from payung.engine.contributions import price

PRICE_KEY = ["segment", "income", "sector", "risk"]


def cost_of_period(people: pl.DataFrame, months: list[str], source: str) -> pl.DataFrame:
    """Return ``people`` with ``cost`` (rupiah for all ``months``), ``first_month`` (rupiah) and ``law``.

    ``people`` has ``segment``, ``income``, ``sector`` and ``risk``, none of them null. People who share these
    four pay the same, so the law is asked once for each combination, whatever the number of people.
    """
    kinds = people.select(PRICE_KEY).unique().sort(PRICE_KEY).with_row_index("person")
    monthly = price(kinds.with_columns(pl.col("person").cast(pl.Int64)), months, source)
    costs = (
        monthly.sort("person", "month")
        .group_by("person", maintain_order=True)
        .agg(
            pl.col("total").sum().alias("cost"),
            pl.col("total").first().alias("first_month"),
            pl.col("jkk").first().alias("first_month_jkk"),
            pl.col("jkm").first().alias("first_month_jkm"),
            pl.col("law").first(),
        )
    )
    table = kinds.with_columns(pl.col("person").cast(pl.Int64)).join(costs, on="person").drop("person")
    return people.join(table, on=PRICE_KEY, how="left", maintain_order="left")
