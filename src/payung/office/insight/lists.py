"""The lists that figures open: one a figure, made from its declaration; the same rows that are counted."""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar

from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.utils import timezone

from payung.codes import Category, Occupation, Segment
from payung.office.access.permissions import Permission
from payung.office.access.requests import scope_of, user_of
from payung.office.access.scope import NOTHING, Scope
from payung.office.desk.lists import Filter, ListPage, place_choices
from payung.office.desk.words import say
from payung.office.insight.figures import FIGURES, Cut, Figure, reached, seen_categories
from payung.office.insight.figures.cases import AGE_WORDS
from payung.office.insight.figures.people import BASES, YEARS
from payung.office.insight.queries import NO_CATEGORY
from payung.office.programme.models import Line
from payung.text import Text

DAY = "hari"
NOT_FILLED = Text("belum diisi", "not filled in")


def asked_day(request: HttpRequest) -> dt.date:
    """Return the day that the address asks for, today where it names none; there is no page of what is no day."""
    text = request.GET.get(DAY, "")
    if not text:
        return timezone.localdate()
    try:
        found = dt.date.fromisoformat(text)
    except ValueError:
        raise Http404 from None
    if not 2015 <= found.year <= timezone.localdate().year + 1:
        raise Http404
    return found


def choices_of(cut: Cut, request: HttpRequest) -> list[tuple[str, str]] | None:
    """Return what can be chosen of a cut; ``None`` where it is written."""
    if cut in (Cut.SUBDISTRICT, Cut.VILLAGE):
        level = 2 if cut is Cut.SUBDISTRICT else 3
        return [(code, name) for code, name in place_choices(request) if code.count(".") == level]
    if cut is Cut.CATEGORY:
        seen = seen_categories(scope_of(request))
        return [
            *((str(one), say(one.text)) for one in Category if not seen or one in seen),
            (NONE, say(NO_CATEGORY)),
        ]
    if cut is Cut.LINE:
        lines = scope_of(request).of(Line)
        return [(str(key), f"{name} ({year})") for key, name, year in lines.values_list("pk", "name", "year")]
    words = {Cut.SEGMENT: {str(one): one.text for one in Segment}, Cut.BASIS: BASES, Cut.AGE: AGE_WORDS}
    words |= {
        Cut.YEARS: {**YEARS, NONE: NOT_FILLED},
        Cut.OCCUPATION: {**Occupation.words(), NONE: NOT_FILLED},
    }
    return [(key, say(text)) for key, text in words[cut].items()] if cut in words else None


class FigureRows(ListPage[Any]):
    """The rows behind a figure. Subclasses are made by :func:`rows_of`."""

    figure: ClassVar[Figure]
    empty_title = Text("Tidak ada satu pun", "None at all")
    empty_advice = Text("Angka ini nol di wilayah Anda.", "This number is zero in your region.")
    template = "insight/rows.html"

    def rows(self, request: HttpRequest) -> QuerySet[Any]:
        """Return the rows of the figure within the scope, on the day that is asked for."""
        return self.figure.rows(self.reach(request), asked_day(request))

    def reach(self, request: HttpRequest) -> Scope:
        """Return what this person reaches of the figure: as far as it is counted for them."""
        found = reached(user_of(request), self.figure)
        return found[0] if found else NOTHING

    def narrowed(self, request: HttpRequest) -> QuerySet[Any]:
        """Return the rows that the address asks for, by every cut of the figure."""
        rows, scope = self.rows(request), self.reach(request)
        for cut in self.figure.parted_by:
            if key := request.GET.get(cut.value, "").replace("\x00", ""):
                rows = self.figure.narrowed(rows, cut, key[:100].removeprefix(NONE), scope)
        for cut, expression in self.figure.further.items():
            if key := request.GET.get(cut.value, "").replace("\x00", ""):
                name = f"_{cut.value}"
                rows = rows.alias(**{name: expression(asked_day(request))})
                rows = rows.filter(**{name: key[:100].removeprefix(NONE)})
        return rows.order_by(*self._order(request), "pk")

    def may_export(self, request: HttpRequest) -> bool:
        """Tell whether this person may take lists out."""
        return user_of(request).may(Permission.REPORT_EXPORT)

    def extra(self, request: HttpRequest) -> dict[str, Any]:
        """Return the figure and the day."""
        return {"figure": self.figure, "on": asked_day(request)}


NONE = "~"  # what an address says for the part without a key: "~"


def _as_narrowed(rows: QuerySet[Any], key: str) -> QuerySet[Any]:
    """Return ``rows`` as they are: :meth:`FigureRows.narrowed` knows the scope that a cut needs."""
    return rows


def _filter(cut: Cut) -> Filter:
    written = cut is Cut.MONTH
    return Filter(
        cut.value,
        cut.text,
        _as_narrowed,
        choices=None if written else lambda request: choices_of(cut, request) or [],
        hint=Text("2026-09", "2026-09") if written else Text("", ""),
    )


def rows_of(figure: Figure) -> type[FigureRows]:
    """Return the list page of a figure."""
    return type(
        f"RowsOf{figure.code}",
        (FigureRows,),
        {
            "__doc__": f"The rows of the figure {figure.code}.",
            "figure": figure,
            "title": figure.name,
            "help": figure.definition,
            "columns": figure.columns,
            "filters": tuple(_filter(cut) for cut in (*figure.parted_by, *figure.further)),
            "order": figure.order,
            "export_name": figure.code.replace("_", "-"),
        },
    )


LISTS = {code: rows_of(figure) for code, figure in FIGURES.items()}
