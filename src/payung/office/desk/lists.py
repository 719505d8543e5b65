"""The list page: filters, sorting and paging in the address, a constant number of queries, two exports.

A list is declared once::

    class People(ListPage[Person]):
        title = Text("Orang", "People")
        columns = (field_column("nama", Text("Nama", "Name"), "name"), ...)

A search for a number of a person stands sealed in the address (:mod:`payung.office.desk.numbers`); its form is posted
and answered with that address. The rows of an export are those of the filter on the screen; each export is recorded
with its reason and size.
"""

from __future__ import annotations

import itertools
import tempfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from operator import attrgetter
from pathlib import Path
from typing import Any, ClassVar, Generic, TypeVar

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import redirect, render

from payung.codes import Code
from payung.office.access.permissions import Permission
from payung.office.access.requests import scope_of, user_of
from payung.office.desk.exports import workbook_bytes, write_csv
from payung.office.desk.numbers import opened, sealed, without_numbers
from payung.office.desk.words import say, typed
from payung.office.history import marks
from payung.office.history.actions import Entry, record
from payung.office.regions.models import Region
from payung.office.regions.tree import below
from payung.text import Text

Rows = TypeVar("Rows", bound=Model)
Later = Callable[["ListPage[Any]", HttpRequest, str, str], HttpResponse]
NO_HINT = Text("", "")
PAGE_SIZE = 50
CHUNK = 2000
LONGEST = 200  # signs of a filter that are looked at
LONGEST_SEALED = 400  # signs of one that is sealed
SEARCH = "saring"  # says that a form was sent to search, not to take the list out
DIRECT = 5000  # rows that are taken out at once; more are prepared in the background
NUMBERS = frozenset({"number", "money"})
ACCOUNT = "account"  # a column of user names: a page shows name and office, an export the user name
COUNT_LIMIT = 10_000  # beyond it a list says "more than", so that it opens as fast with a million rows


_later: list[Later] = []


def long_exports(by: Later) -> None:
    """Let ``by`` answer whoever takes out a list of more rows than are written while they wait.

    It is given the list, the request, the reason and the kind of file (``xlsx`` or ``csv``).
    """
    _later[:] = [by]


@dataclass(frozen=True, slots=True)
class Column:
    """A column.

    Fields
        key: name in the address and of the cell in templates.
        label: heading.
        value: returns what the export writes; the screen shows it too unless ``template`` is given.
        sort: fields to sort by, empty where it does not sort. The primary key always breaks ties.
        template: template of the cell; gets ``row``.
        phone: whether it shows at 390 pixels. screen: whether a page shows it at all; else it is in exports only, and
            another cell says it.
        kind: text, number or money, for the workbook; or :data:`ACCOUNT`.
        link: returns where the cell leads, empty where it leads nowhere.

    A value that is a code (payung.codes) shows as a badge with its words and tone; an export writes its words.
    """

    key: str
    label: Text
    value: Callable[[Any], Any]
    sort: tuple[str, ...] = ()
    template: str = ""
    phone: bool = True
    kind: str = "text"
    link: Callable[[Any], str] | None = None
    screen: bool = True

    @property
    def classes(self) -> str:
        """Return the classes of its cells: numbers to the right; ``wide`` shows on a desk only."""
        return " ".join(("num" * (self.kind in NUMBERS), "wide" * (not self.phone))).strip()

    def written(self, row: Any) -> Any:
        """Return what an export writes: a code by its words."""
        value = self.value(row)
        return (
            say(value.text) if isinstance(value, Code) else say(value) if isinstance(value, Text) else value
        )


def field_column(key: str, label: Text, field: str, **more: Any) -> Column:
    """Return a column that shows ``field`` of the row (``a__b`` is b of its a) and sorts by it."""
    return Column(key, label, attrgetter(field.replace("__", ".")), (field,), **more)


@dataclass(frozen=True, slots=True)
class Filter:
    """A choice or a search box above the list.

    ``apply`` narrows the rows to a value; ``choices`` (empty for a search box) lists value and
    label: text, or a sentence that is read when it is shown.
    """

    key: str
    label: Text
    apply: Callable[[QuerySet[Any], str], QuerySet[Any]]
    choices: Callable[[HttpRequest], Iterable[tuple[str, str | Text]]] | None = None
    hint: Text = NO_HINT

    def shown(self, request: HttpRequest) -> dict[str, Any] | None:
        """Return what the template needs; nothing where there is one place only: it is not asked which."""
        value = opened(request.GET.get(self.key, ""))
        choices = list(self.choices(request)) if self.choices else None
        if self.choices is place_choices and len(choices or ()) < 2 and not value:
            return None
        return {"key": self.key, "label": self.label, "hint": self.hint, "value": value, "choices": choices}


def code_filter(key: str, label: Text, field: str, codes: Iterable[Code]) -> Filter:
    """Return a choice among ``codes`` that narrows ``field`` to the one chosen."""
    found = tuple(codes)
    return Filter(
        key,
        label,
        lambda rows, value: rows.filter(**{field: value}),
        choices=lambda _: [(code.value, code.text) for code in found],
    )


def choice_filter(
    key: str, label: Text, value: str, words: Text, narrow: Callable[[QuerySet[Any]], QuerySet[Any]]
) -> Filter:
    """Return one choice, ``value`` said as ``words``, that narrows the rows; any other value leaves them."""
    return Filter(
        key,
        label,
        lambda rows, given: narrow(rows) if given == value else rows,
        choices=lambda _: [(value, words)],
    )


def region_filter(field: str, key: str = "wilayah") -> Filter:
    """Return a choice among the sub-districts and villages within the scope of the page, for the code ``field``."""
    return Filter(
        key,
        Text("Wilayah", "Region"),
        lambda rows, code: rows.filter(below(code, field)),
        choices=place_choices,
    )


def subdistrict_filter(field: str = "code") -> Filter:
    """Return a choice among the sub-districts within the scope of the page, for a list of villages."""
    return Filter(
        "kecamatan",
        Text("Kecamatan", "Sub-district"),
        lambda rows, code: rows.filter(below(code, field)),
        choices=lambda request: [
            (region.code, region.name)
            for region in Region.objects.filter(scope_of(request).in_places("code"), level="subdistrict")
        ],
    )


def place_choices(request: HttpRequest) -> list[tuple[str, str]]:
    """Return the sub-districts and villages within the scope of this page, for a filter."""
    places = Region.objects.filter(scope_of(request).in_places("code")).exclude(level="regency")
    return [
        (place.code, place.name if place.level == "subdistrict" else f"– {place.name}") for place in places
    ]


def folding(filters: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Say of each filter whether it folds on a phone: all do but the first search box."""
    boxes = [filter_ for filter_ in filters if filter_["choices"] is None]
    return [{**filter_, "folds": filter_ not in boxes[:1]} for filter_ in filters]


class ListPage(Generic[Rows]):
    """A list of rows within the scope of whoever looks. Subclasses declare; :meth:`as_view` makes the view."""

    title: ClassVar[Text]
    help: ClassVar[Text]
    empty_title: ClassVar[Text]
    empty_advice: ClassVar[Text]
    empty_action: ClassVar[tuple[str, Text] | None] = None  # name of a page, and what its button says
    columns: ClassVar[Sequence[Column]]
    filters: ClassVar[Sequence[Filter]] = ()
    order: ClassVar[str] = ""  # key of a column, with "-" for descending
    template: ClassVar[str] = "desk/list.html"
    export_name: ClassVar[str] = ""  # empty: this list cannot be taken out
    export_by: ClassVar[Permission] = Permission.REPORT_EXPORT  # what takes it out
    count_limit: int = COUNT_LIMIT
    page_size: int = PAGE_SIZE

    def rows(self, request: HttpRequest) -> QuerySet[Rows]:
        """Return all rows that this person sees, with what the cells need fetched along."""
        raise NotImplementedError

    def may_export(self, request: HttpRequest) -> bool:
        """Return whether this person may take the list out."""
        return user_of(request).may(self.export_by)

    def shown(self, rows: list[Rows]) -> Sequence[Any]:
        """Return what the cells show, a line a row: the rows themselves, or a row with what goes with it."""
        return rows

    def extra(self, request: HttpRequest) -> dict[str, Any]:
        """Return what else the template needs; ``about``: whose rows they are, for the heading of a part of a thing."""
        return {}

    @classmethod
    def as_view(cls) -> Callable[..., HttpResponse]:
        """Return the view for a URL table."""

        def view(request: HttpRequest, **kwargs: Any) -> HttpResponse:
            page = cls()
            page.kwargs = kwargs
            request.GET = page.sealed(request.GET)  # type: ignore[assignment]
            if request.method != "POST":
                return page.show(request)
            return page.search(request) if SEARCH in request.POST else page.export(request)

        view.__name__ = cls.__name__
        view.__doc__ = cls.__doc__
        view.list_page = cls  # type: ignore[attr-defined]  # the API reads what is declared
        return view

    kwargs: dict[str, Any]

    def sealed(self, asked: QueryDict) -> QueryDict:
        """Return what an address asks with the numbers in its search boxes sealed."""
        told = asked.copy()
        for filter_ in self.filters:
            if filter_.choices is None and filter_.key in told:
                told[filter_.key] = sealed(str(told.get(filter_.key)))
        return told

    def search(self, request: HttpRequest) -> HttpResponse:
        """Lead to the address of what was filled in above the list."""
        asked = QueryDict(mutable=True)
        for key in (*(filter_.key for filter_ in self.filters), "urut"):
            if value := request.POST.get(key, "").strip():
                asked[key] = value
        query = self.sealed(asked).urlencode()
        return HttpResponseRedirect(f"{request.path}?{query}" if query else request.path)

    @staticmethod
    def asked(request: HttpRequest, key: str) -> str:
        """Return what the address asks of one filter."""
        return opened(typed(request.GET, key, LONGEST_SEALED))[:LONGEST]

    def narrowed(self, request: HttpRequest) -> QuerySet[Rows]:
        """Return the rows that the address asks for, in its order."""
        rows = self.rows(request)
        for filter_ in self.filters:
            if value := self.asked(request, filter_.key):
                rows = filter_.apply(rows, value)
        return rows.order_by(*self._order(request), "pk")

    def on_page(self, request: HttpRequest) -> QuerySet[Rows]:
        """Return the rows that pages show, in their order: those that the address asks for."""
        return self.narrowed(request)

    def counted(self, rows: QuerySet[Rows]) -> int:
        """Return how many rows there are; one more than is counted where there are more."""
        return rows.order_by()[: self.count_limit + 1].count()

    def show(self, request: HttpRequest) -> HttpResponse:
        """Return the page: one query for the count, one for the rows, and what the rows fetch along."""
        rows = self.on_page(request)
        asked = request.GET.get("hal", "1")
        number = max(1, int(asked)) if asked.isascii() and asked.isdigit() and len(asked) < 8 else 1
        total = self.counted(rows)
        if number > 1 and (number - 1) * self.page_size >= total <= self.count_limit:
            number = max(1, -(-total // self.page_size))
        first = (number - 1) * self.page_size
        found = list(rows[first : first + self.page_size + 1])
        lines = self.shown(found[: self.page_size])
        filters = folding([shown for filter_ in self.filters if (shown := filter_.shown(request))])
        context = {
            "page": self,
            "rows": lines,
            "total": total,
            "more_than_counted": total > self.count_limit,
            "count_limit": self.count_limit,
            "number": number,
            "first": first + 1,
            "last": first + min(len(found), self.page_size),
            "has_next": len(found) > self.page_size,
            "filters": filters,
            "columns": [column for column in self.columns if column.screen],
            "lead": next((column.key for column in self.columns if column.phone and column.screen), ""),
            "typing": any(filter_["choices"] is None for filter_ in filters),
            "filtered": any(filter_["value"] for filter_ in filters),
            "folded": sum(bool(filter_["value"]) for filter_ in filters if filter_["folds"]),
            "sorted_by": request.GET.get("urut", self.order),
            "can_export": bool(self.export_name) and self.may_export(request),
            **self.extra(request),
        }
        return render(request, self.template, context)

    def export(self, request: HttpRequest) -> HttpResponse:
        """Return the rows of the filter as .xlsx or .csv, after recording who took out how many and why."""
        if not self.export_name or not self.may_export(request):
            raise PermissionDenied("this list cannot be taken out")
        reason, kind = typed(request.POST, "alasan"), request.POST.get("bentuk", "xlsx")
        rows = self.narrowed(
            request
        )  # before anything is answered: what lies outside of the scope is not there
        if not reason:
            missing = Text("Tulis dahulu untuk apa berkas ini.", "First write what this file is for.")
            messages.error(request, say(missing))
            return redirect(request.get_full_path())
        if _later and rows.order_by()[: DIRECT + 1].count() > DIRECT:
            return _later[0](self, request, reason, "csv" if kind == "csv" else "xlsx")
        headings = [column.label.id for column in self.columns]
        cells = self.cells(rows)
        with tempfile.TemporaryDirectory() as folder:
            if kind == "csv":
                path = Path(folder) / f"{self.export_name}.csv"
                many = write_csv(path, headings, cells)
                content, content_type = path.read_bytes(), "text/csv; charset=utf-8"
            else:
                kinds = [column.kind for column in self.columns]
                content, many = workbook_bytes(self.title.id, headings, kinds, cells)
                content_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
        suffix = "csv" if kind == "csv" else "xlsx"
        after = {"rows": many, "filter": without_numbers(request.GET), "format": suffix}
        with transaction.atomic():
            entry = Entry("list.export", f"list:{self.export_name}", reason=reason, after=after)
            record(by=request.user.get_username(), entries=[entry])
            proof = marks.end()  # the name of the file proves the history up to here
        response = HttpResponse(content, content_type=content_type)
        name = f"{self.export_name}-{proof}.{suffix}" if proof else f"{self.export_name}.{suffix}"
        response["Content-Disposition"] = f'attachment; filename="{name}"'
        return response

    def cells(self, rows: QuerySet[Rows]) -> Iterable[list[Any]]:
        """Return what an export writes of each row, a chunk in memory at a time."""
        return ([column.written(row) for column in self.columns] for row in self._all(rows))

    def _all(self, rows: QuerySet[Rows]) -> Iterable[Any]:
        """Return the lines of all ``rows``, a chunk in memory at a time."""
        found = rows.iterator(chunk_size=CHUNK)
        while chunk := list(itertools.islice(found, CHUNK)):
            yield from self.shown(chunk)

    def _order(self, request: HttpRequest) -> list[str]:
        asked = request.GET.get("urut", self.order)
        known = {column.key: column.sort for column in self.columns if column.sort}
        sort = known.get(asked.removeprefix("-"), known.get(self.order.removeprefix("-"), ()))
        return [f"-{field}" if asked.startswith("-") else field for field in sort]
