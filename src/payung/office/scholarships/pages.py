"""Pages of scholarships: the list, one child, a new child of a case."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone

from payung.errors import InputError
from payung.office.access.permissions import Permission
from payung.office.access.requests import scope_of, user_of
from payung.office.cases.models import Case
from payung.office.cases.queries import one
from payung.office.desk.act import act, must_reach, values_of
from payung.office.desk.lists import Column, ListPage, choice_filter, field_column, region_filter
from payung.office.desk.numbers import key_of
from payung.office.history import queries as history
from payung.office.scholarships import actions, queries
from payung.office.scholarships.forms import AskForm, ChildForm, EndForm, PayForm
from payung.office.scholarships.models import Child, Year
from payung.office.scholarships.queries import Ground, ground
from payung.text import Text

SHOWN = 30


def _next(child: Child, what: str) -> Any:
    """Return ``year``, ``level`` or ``amount`` of the next year that a child can claim, empty where there is none."""
    found = queries.coming(child, timezone.localdate())
    return getattr(found[0], what) if found else ""


def _state(child: Child) -> Text:
    if queries.coming(child, timezone.localdate()):
        return Text("berjalan", "running")
    return Text("habis atau lewat umur: akhiri", "used up or past the age: end it")


def ground_of(case: Case) -> Ground | None:
    """Return why ``case`` gives a scholarship, ``None`` where it gives none any more (opened again, refused since)."""
    try:
        return ground(case)
    except InputError:
        return None


class Children(ListPage[Child]):
    """The children with a scholarship."""

    title = Text("Beasiswa", "Scholarships")
    help = Text(
        "Anak peserta yang mendapat beasiswa; diajukan lagi setiap tahun dengan surat sekolah.",
        "Children of members with a scholarship; claimed anew each year with a letter of the school.",
    )
    empty_title = Text("Belum ada beasiswa", "No scholarship yet")
    empty_advice = Text(
        "Catat anak dari halaman klaim yang sudah disetujui.",
        "Record the children on the page of an approved case.",
    )
    order = "nama"
    columns = (
        field_column(
            "nama", Text("Anak", "Child"), "name", link=lambda c: reverse("child_show", args=[c.pk])
        ),
        Column(
            "klaim", Text("Klaim", "Case"), lambda c: c.case.number, ("case__incident__number",), phone=False
        ),
        field_column("lahir", Text("Lahir", "Born"), "birth_date", phone=False),
        Column(
            "tahun",
            Text("Tahun diajukan", "Years claimed"),
            lambda c: len(c.years.all()),
            kind="number",
            phone=False,
        ),
        Column("jenjang", Text("Jenjang berikut", "Next level"), lambda c: _next(c, "level"), phone=False),
        Column(
            "jumlah",
            Text("Jumlah setahun", "Sum of a year"),
            lambda c: _next(c, "amount"),
            kind="money",
            phone=False,
        ),
        Column(
            "sisa",
            Text("Sisa tahun", "Years left"),
            lambda c: len(queries.coming(c, timezone.localdate())),
            kind="number",
        ),
        field_column("surat_bpjs", Text("Surat BPJS", "Insurer's letter"), "letter", phone=False),
        Column("keadaan", Text("Keadaan", "State"), lambda c: c.ended or _state(c), ("ended",)),
        Column(
            "surat",
            Text("Surat tahun ini", "This year's letter"),
            lambda c: Text("Buat permohonan", "Make the request") if _next(c, "year") else "",
            link=lambda c: (
                reverse("letter_issue", args=["scholarship_request", f"child:{c.pk}"])
                if _next(c, "year")
                else ""
            ),
            phone=False,
        ),
    )
    filters = (
        choice_filter(
            "pada",
            Text("Menunggu", "Waits"),
            "kita",
            Text("pengajuan tahun ini", "this year's claim"),
            lambda rows: rows.filter(queries.due(timezone.localdate())),
        ),
        region_filter("case__incident__village_code"),
    )

    def rows(self, request: HttpRequest) -> QuerySet[Child]:
        """Return the children within the scope."""
        return queries.children(scope_of(request))


def show(request: HttpRequest, key: int) -> HttpResponse:
    """One child: the years that were claimed, those to come; claim, pay, end."""
    child = get_object_or_404(queries.children(scope_of(request)), pk=key)
    user = user_of(request)
    edits = user.may(Permission.CASE_EDIT) and user.scope(Permission.CASE_EDIT).covers(
        child.case.incident.village_code
    )
    posted = request.POST.get("langkah", "") if request.method == "POST" else ""
    if posted:
        must_reach(request, Permission.CASE_EDIT, child.case.incident.village_code)
    ask = AskForm(request.POST if posted == "ajukan" else None)
    pay = PayForm(request.POST if posted.startswith("bayar-") else None)
    end = EndForm(request.POST if posted == "akhiri" else None)
    answered = None
    if posted == "ajukan":
        answered = act(
            request,
            lambda: actions.ask(by=user.username, child=child, **values_of(ask)),
            to=request.path,
            form=ask,
        )
    elif posted.startswith("bayar-"):
        number = posted.removeprefix("bayar-")
        year = get_object_or_404(Year, pk=key_of(number) or 0, child=child)
        answered = act(
            request,
            lambda: actions.pay(by=user.username, year=year, **values_of(pay)),
            to=request.path,
            form=pay,
        )
    elif posted == "akhiri":
        answered = act(
            request,
            lambda: actions.end(by=user.username, child=child, **values_of(end)),
            to=request.path,
            form=end,
        )
    if answered:
        return answered
    years = list(child.years.all())
    coming = queries.coming(child, timezone.localdate())
    context = {
        "child": child,
        "ground": ground_of(child.case),
        "years": years,
        "coming": coming,
        "total": sum(one.amount for one in coming),
        "edits": edits and not child.ended,
        "ask": ask,
        "pay": pay,
        "end": end,
        "events": history.of_subject(child.subject)[:SHOWN],
    }
    return render(request, "scholarships/child.html", context)


def add(request: HttpRequest, key: int) -> HttpResponse:
    """Record a child of an approved case."""
    case = get_object_or_404(one(scope_of(request)), pk=key)
    form = ChildForm(request.POST or None)
    answered = act(
        request,
        lambda: actions.add_child(by=user_of(request).username, case=case, **values_of(form)),
        to=lambda child: reverse("child_show", args=[child.pk]),
        form=form,
    )
    return answered or render(
        request, "scholarships/add.html", {"form": form, "case": case, "ground": ground_of(case)}
    )
