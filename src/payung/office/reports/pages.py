"""The reports there are, one of them, the exceptions with their pack, the dossier of a year."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from payung.errors import InputError
from payung.law import months
from payung.office.access.permissions import Permission
from payung.office.access.requests import scope_of, user_of
from payung.office.desk.words import typed
from payung.office.history.actions import Entry, record
from payung.office.insight import rules as telling
from payung.office.letters.kinds import kinds
from payung.office.reports import papers, queries, rules
from payung.office.reports.exceptions import EXCEPTIONS
from payung.office.reports.forms import Pack
from payung.office.reports.letter_kinds import dossier_values

SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
YEARS = 5


def home(request: HttpRequest) -> HttpResponse:
    """The periods that can be reported, and the other reports."""
    user = user_of(request)
    context = {
        "periods": queries.available(scope_of(request)),
        "sees_exceptions": any(user.may(one) for one in _EXCEPTIONS),
        "sees_dossier": user.may(Permission.DECREE_VIEW),
    }
    return render(request, "reports/home.html", context)


_EXCEPTIONS = tuple(
    dict.fromkeys(one for found in EXCEPTIONS.values() for one in (*found.figure.sees, *found.figure.counts))
)


def show(request: HttpRequest) -> HttpResponse:
    """One report, as frozen; the latest where the address names none."""
    user = user_of(request)
    key, there = request.GET.get("waktu", ""), queries.available(scope_of(request))
    period = rules.period(key) if key else (there[0] if there else None)
    if key and (period is None or all(one.key != period.key for one in there)):
        raise Http404
    found = queries.for_user(user, period) if period else None
    if request.method == "POST" and found is not None:
        if not user.may(Permission.REPORT_EXPORT):
            raise PermissionDenied("figures cannot be taken out by this person")
        after = {"rows": len(found.lines), "filter": f"waktu={found.period.key}", "format": "xlsx"}
        with transaction.atomic():
            entry = Entry("list.export", "list:laporan", reason=typed(request.POST, "alasan"), after=after)
            record(by=user.get_username(), entries=[entry])
        return _file(papers.report_book(found), SHEET, f"laporan-{found.period.key}.xlsx")
    context = {
        "found": found,
        "period": period,
        "periods": there,
        "can_export": user.may(Permission.REPORT_EXPORT),
        "least": telling.LEAST,
    }
    return render(request, "reports/show.html", context)


def exceptions(request: HttpRequest) -> HttpResponse:
    """Every class of what should not be, with its number and its rows; and the pack for an inspection."""
    user, today = user_of(request), timezone.localdate()
    month, on = _month(request, today)
    counted = queries.exceptions(user, on)
    may_pack = user.may(Permission.REPORT_EXPORT) and any(one.open for one in counted.values())
    form = Pack(request.POST or None, initial={"seed": month}) if may_pack else None
    if request.method == "POST":
        if form is None:
            raise PermissionDenied("the findings cannot be taken out by this person")
        if form.is_valid():
            return _packed(request, counted, on, form.cleaned_data)
    rows = [
        (EXCEPTIONS[code], one, f"report_{code}_rows" if one.open else "") for code, one in counted.items()
    ]
    context = {"rows": rows, "on": on, "month": month, "form": form, "least": telling.LEAST}
    return render(request, "reports/exceptions.html", context)


def _packed(request: HttpRequest, counted: Any, on: dt.date, given: dict[str, Any]) -> HttpResponse:
    user = user_of(request)
    with transaction.atomic():
        made = papers.pack(user, counted, on, seed=given["seed"], many=given["many"])
        after = {"rows": made.rows, "papers": made.papers, "seed": given["seed"], "many": given["many"]}
        entry = Entry("exceptions.export", "list:pengecualian", reason=given["reason"], after=after)
        record(by=user.get_username(), entries=[entry])
    return _file(made.content, "application/zip", f"pengecualian-{on.isoformat()}.zip")


def _month(request: HttpRequest, today: dt.date) -> tuple[str, dt.date]:
    """Return the month that the address asks for and its day: the last, or today."""
    asked = request.GET.get("bulan", "")
    if not asked:
        return months.month_of(today), today
    try:
        month = months.parse_month(asked)
    except InputError:
        raise Http404 from None
    if month > months.month_of(today):
        raise Http404
    return month, min(months.last_day(month), today)


def dossier(request: HttpRequest) -> HttpResponse:
    """What the Paritrana dossier of a year says; its letter is made beside it."""
    today = timezone.localdate()
    key = request.GET.get("tahun", f"{today.year}")
    years = [f"{today.year - back}" for back in range(YEARS)]
    period = rules.period(key)
    if key not in years or period is None:
        raise Http404
    if not scope_of(request).areas:
        return redirect("report_list")
    found = dossier_values(scope_of(request), period)
    context = {"found": found, "year": key, "years": years, "kind": kinds()["paritrana_dossier"]}
    return render(request, "reports/dossier.html", context)


def _file(content: bytes, kind: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
