"""Invented letters."""

from __future__ import annotations

import datetime as dt
from typing import Any

from officeworld import VILLAGE

from payung.office.letters import actions
from payung.office.letters.models import Letter, Order

ON = dt.date(2026, 11, 20)


def count_values(**values: Any) -> dict[str, Any]:
    """Return what the inventory of a village says."""
    given: dict[str, Any] = {
        "village": "Pulau Telo",
        "month": "2026-11",
        "rows": {
            "headings": ["Kategori", "Ada", "Terlindungi", "Belum"],
            "rows": [["Ketua RT", "8", "6", "2"]],
        },
        "total": 8,
        "open": 2,
        "note": "",
    }
    return {**given, **values}


def order_of(village: str = VILLAGE, on: dt.date = ON, **values: Any) -> Order:
    """Ask for the inventory of a village."""
    return actions.issue(
        by="operator",
        kind="village_count",
        subject=f"village:{village}",
        values=count_values(**values),
        on=on,
        region_code=village,
        about="Pulau Telo",
    )


def letter_of(village: str = VILLAGE, on: dt.date = ON, **values: Any) -> Letter:
    """Issue the inventory of a village."""
    made = actions.make(order=order_of(village, on, **values))
    assert made is not None
    return made
