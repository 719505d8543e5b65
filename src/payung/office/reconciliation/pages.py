"""The reconciliation of a month: figures, differences, the branch's list, signing, opening again, and its minutes."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from payung.errors import InputError
from payung.law import months
from payung.office.access.permissions import Permission
from payung.office.access.requests import district_asked, scope_of, user_of
from payung.office.desk.act import act
from payung.office.desk.fields import ReasonField, UploadField
from payung.office.desk.words import both
from payung.office.history import marks
from payung.office.history.queries import of_subject
from payung.office.people.models import Person
from payung.office.reconciliation import actions
from payung.office.reconciliation.models import Closing
from payung.office.reconciliation.queries import Differing, compare, current, late_changes
from payung.office.reconciliation.states import ClosingState, Difference, Side, mending
from payung.office.regions.queries import districts, names
from payung.text import Text

MOST = 300  # differences on one page; the export of the command line has all
SET_NAMES = {
    "decree": Text("Dalam SK", "In the decree"),
    "billed": Text("Ditagih", "Billed"),
    "paid": Text("Dibayar", "Paid"),
    "insurer": Text("Daftar cabang", "Branch's list"),
}


class BranchList(forms.Form):
    """The branch's list of a month."""

    file = UploadField(
        suffixes=(".csv", ".txt"), label=both("Daftar cabang (nik;segment;amount)", "Branch's list")
    )


class Again(forms.Form):
    """Why a closed month is opened again."""

    reason = ReasonField()


def home(request: HttpRequest) -> HttpResponse:
    """The last twelve months and where their reconciliation is."""
    this = f"{timezone.localdate():%Y-%m}"
    found: dict[str, Closing] = {}
    district = district_asked(request)
    rounds = Closing.objects.filter(district=district, month__gte=months.add(this, -12))
    for closing in rounds.order_by("round"):
        found[closing.month] = closing
    lines = [
        (month, _address(request, month, district), found.get(month))
        for month in reversed(months.between(months.add(this, -11), this))
    ]
    context = {"lines": lines, "district": district, "districts": _several(request)}
    return render(request, "reconciliation/home.html", context)


def _several(request: HttpRequest) -> list[Any]:
    """Return the districts that somebody chooses from; none for whoever sees one alone."""
    there = scope_of(request).districts
    return districts(there) if len(there) > 1 else []


def _address(request: HttpRequest, month: str, district: str) -> str:
    """Return what an address says of a month; of the district only to whoever sees several."""
    asked = {"bulan": month}
    if len(scope_of(request).districts) > 1:
        asked["kabupaten"] = district
    return urlencode(asked)


def show(request: HttpRequest) -> HttpResponse:
    """One month: the sets, each difference with owner and due day, and the signatures."""
    month, district = _month(request), district_asked(request)
    compared, closing = compare(month, district), current(month, district)
    scope, user = scope_of(request), user_of(request)
    seen = [one for one in compared.differences if scope.covers(one.village_code)]
    chosen = request.GET.get("jenis", "")
    shown = [one for one in seen if not chosen or one.kind == chosen][:MOST]
    people = Person.everybody.in_bulk({one.person for one in shown})
    known = names({one.village_code for one in shown})
    counts: dict[str, int] = {}
    for one in seen:
        counts[str(one.kind)] = counts.get(str(one.kind), 0) + 1
    context: dict[str, Any] = {
        "month": month,
        "of_month": _address(request, month, district),
        "district": district,
        "districts": _several(request),
        "closing": closing,
        "closed": closing is not None and closing.state == ClosingState.CLOSED,
        "totals": [(SET_NAMES[name], pair) for name, pair in compared.totals.items()]
        if district in scope.whole_districts
        else [],
        "counts": [(Difference.member(kind), many) for kind, many in counts.items()],
        "rows": [_row(one, people, known) for one in shown],
        "many": len(seen),
        "most": MOST,
        "corrections": compared.corrections if district in scope.whole_districts else (),
        "late": [change for change in late_changes(month, district) if scope.covers(change.village_code)],
        "may_sign": user.may(Permission.RECONCILIATION_APPROVE)
        and district in user.scope(Permission.RECONCILIATION_APPROVE).whole_districts,
        "may_load": district in user.scope(Permission.RECONCILIATION_EDIT).whole_districts,
        "side": side_of(user),
        "list": BranchList(),
        "again": Again(),
        "events": of_subject(closing.subject)[:20] if closing else [],
        "mark": marks.of(closing.subject) if closing else None,
    }
    return render(request, "reconciliation/show.html", context)


def _whole(request: HttpRequest) -> str:
    """Return the district that is asked for, where somebody sees all of it: it is signed by those alone."""
    district = district_asked(request)
    if district not in scope_of(request).whole_districts:
        raise Http404
    return district


def _row(one: Differing, people: dict[int, Person], known: dict[str, str]) -> dict[str, Any]:
    person = people.get(one.person)
    return {
        "one": one,
        "name": person.name if person else "–",
        "village": known.get(one.village_code, one.village_code),
        "how": mending(one.kind).how,
    }


def side_of(user: Any) -> Side:
    """Return the side that a user signs for: the branch for the insurer's officers, else the district."""
    return Side.BRANCH if any(grant.role == "bpjs" for grant in user.grants_now) else Side.DISTRICT


def sign(request: HttpRequest) -> HttpResponse:
    """Sign the figures of a month; the second side closes it."""
    user, month, district = user_of(request), _month(request), _whole(request)
    url = f"{reverse('reconcile_month')}?{_address(request, month, district)}"

    def do() -> Closing:
        return actions.sign(by=user.username, month=month, side=side_of(user), district=district)

    return act(request, do, to=url) or redirect(url)


def reopen(request: HttpRequest) -> HttpResponse:
    """Open a closed month again, with a reason."""
    user, month, district = user_of(request), _month(request), _whole(request)
    url = f"{reverse('reconcile_month')}?{_address(request, month, district)}"
    reason = request.POST.get("reason", "")

    def do() -> Closing:
        return actions.reopen(by=user.username, month=month, reason=reason, district=district)

    return act(request, do, to=url) or redirect(url)


def load(request: HttpRequest) -> HttpResponse:
    """Take the branch's list of a month."""
    month, district = _month(request), _whole(request)
    url = f"{reverse('reconcile_month')}?{_address(request, month, district)}"
    form = BranchList(request.POST or None, request.FILES or None)

    def take() -> Any:
        if not form.is_valid():
            raise InputError(Text("Pilih berkas CSV dari cabang.", "Choose the branch's CSV file."))
        file = form.cleaned_data["file"]
        return actions.load_insurer(
            by=user_of(request).username,
            month=month,
            name=file.name,
            content=file.read(),
            district=district,
        )

    return act(request, take, to=url) or redirect(url)


def _month(request: HttpRequest) -> str:
    """Return the month that is asked for, this one where none is; there is no page of what is no month."""
    text = request.POST.get("bulan") or request.GET.get("bulan") or f"{timezone.localdate():%Y-%m}"
    try:
        return months.parse_month(text)
    except InputError:
        raise Http404 from None
