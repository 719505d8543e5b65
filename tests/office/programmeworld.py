"""Invented lines and agreements for the tests of the programme."""

from __future__ import annotations

from typing import Any

from payung.office.programme.actions import book
from payung.office.programme.models import Line


def line_of(amount: int, *, name: str = "APBD", **values: Any) -> Line:
    """Return a line of the district with ``amount`` rupiah for all of 2027."""
    given: dict[str, Any] = {
        "source": "apbd",
        "year": 2027,
        "region_code": "62.03",
        "from_month": "2027-01",
        "until_month": "2027-12",
        "by": "t",
        **values,
    }
    line = Line.objects.create(name=name, **given)
    if amount:
        book(by="t", line=line, kind="ceiling", amount=amount, subject=line.subject)
    return line
