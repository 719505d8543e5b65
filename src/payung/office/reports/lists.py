"""The lists of exceptions: one a class, made from its declaration as those of all figures are."""

from __future__ import annotations

from payung.office.insight.lists import FigureRows, rows_of
from payung.office.reports.exceptions import EXCEPTIONS
from payung.text import Text


def _list(code: str) -> type[FigureRows]:
    found = rows_of(EXCEPTIONS[code].figure)
    found.template = "reports/rows.html"
    found.empty_advice = Text(
        "Tidak ada temuan kelas ini di wilayah Anda.", "Nothing of this class in your region."
    )
    return found


LISTS = {code: _list(code) for code in EXCEPTIONS}
