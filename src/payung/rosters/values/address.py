"""Where people live: neighbourhood, address, village, as their columns say or the rows around them."""

from __future__ import annotations

import polars as pl

from payung.people import values
from payung.people.values import by_distinct
from payung.rosters.values.filled import Take, first


def read_place(take: Take, context: pl.DataFrame) -> dict[str, pl.Series]:
    """Return neighbourhood, address, village, district, regency and the code of the village."""
    address = take("address")
    pair = pl.Struct({"rt": pl.String, "rw": pl.String})

    def both(column: pl.Series) -> pl.Series:
        return by_distinct(
            column, lambda text: dict(zip(("rt", "rw"), values.rt_and_rw(text), strict=True)), pair
        )

    rt_own, rw_own = take("rt"), take("rw")
    sources = [both(rt_own), both(take("rt_rw")), both(address), both(take("sls"))]
    alone = {
        "rt": by_distinct(rt_own, values.neighbourhood, pl.String),
        "rw": by_distinct(rw_own, values.neighbourhood, pl.String),
    }
    alone["rw"] = first(alone["rw"], both(rw_own).struct.field("rw"))
    out = {}
    for field in ("rt", "rw"):
        found = alone[field]
        for source in sources:
            found = first(found, source.struct.field(field))
        out[field] = first(found, context[field])
    out["address"] = first(first(address, context["address"]), first(take("hamlet"), context["hamlet"]))
    for field in ("village", "district", "regency"):
        out[field] = first(take(field), context[field])
    out["code"] = _dotted(take("village_code"))
    return out


def _dotted(code: pl.Series) -> pl.Series:
    """Return codes of ten digits with points, others as they are."""
    return code.str.replace(r"^(\d\d)\.?(\d\d)\.?(\d\d)\.?(\d{4})$", "$1.$2.$3.$4")
