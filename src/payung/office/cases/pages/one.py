"""One case: covered or not, clocks, papers, estimate, decisions; and the steps from here."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from payung.law.insurer import ways_of_objection
from payung.office.access.permissions import Permission
from payung.office.access.requests import scope_of, user_of
from payung.office.cases import actions, queries
from payung.office.cases.actions import Deed
from payung.office.cases.actions.papers import TYPES
from payung.office.cases.forms import CorrectForm, FactsForm, PaperForm, StepForm
from payung.office.cases.models import Case, CasePaper
from payung.office.cases.rules.clocks import clocks
from payung.office.cases.rules.papers import lacking, unknown, wanted
from payung.office.cases.states import BY_INSURER, DECIDED, ROAD, SCHOLARSHIPS, CaseKind, CaseState, StepKind
from payung.office.clinics import queries as clinics
from payung.office.desk.act import act, must_cover, must_reach
from payung.office.history import queries as history
from payung.office.history.actions import Entry, record
from payung.office.submissions.papers.files import opened

SHOWN = 30


def show(request: HttpRequest, key: int) -> HttpResponse:
    """One case with everything that is known of it."""
    case = case_of(request, key)
    return _page(request, case)


def step(request: HttpRequest, key: int) -> HttpResponse:
    """Record a step or a decision."""
    case = case_of(request, key)
    if request.method != "POST":
        return redirect("case_show", key=key)
    edits = _reaches(request, Permission.CASE_EDIT, case)
    if not edits:
        must_reach(request, Permission.CASE_RESULT, case.incident.village_code)
    form = StepForm(request.POST, case=case, insurer_only=not edits)

    def take() -> object:
        return actions.take(by=user_of(request).username, case=case, deed=deed_of(form))

    answered = act(request, take, to=reverse("case_show", args=[key]), form=form)
    return answered or _page(request, case, step_form=form)


def paper(request: HttpRequest, key: int) -> HttpResponse:
    """Record a paper, with its file."""
    case = case_of(request, key)
    if request.method != "POST":
        return redirect("case_show", key=key)
    must_cover(request, case.incident.village_code)
    form = PaperForm(request.POST, request.FILES, case=case)
    answered = act(
        request,
        lambda: actions.add_paper(by=user_of(request).username, case=case, **form.cleaned_data),
        to=reverse("case_show", args=[key]) + "#berkas",
        form=form,
    )
    return answered or _page(request, case, paper_form=form)


def facts(request: HttpRequest, key: int) -> HttpResponse:
    """Write what the estimate goes by."""
    case = case_of(request, key)
    if request.method != "POST":
        return redirect("case_show", key=key)
    must_cover(request, case.incident.village_code)
    medical = _reaches(request, Permission.MEDICAL_VIEW, case)
    form = FactsForm(request.POST, medical=medical, on=case.incident.on)

    def write() -> Case:
        values = form.cleaned_data
        return actions.set_facts(
            by=user_of(request).username,
            case=case,
            children=tuple(values["children"]),
            months_off=values["months_off"],
            loss=values["loss"] if medical else case.loss,
        )

    answered = act(request, write, to=reverse("case_show", args=[key]) + "#perkiraan", form=form)
    return answered or _page(request, case, facts_form=form)


def correct(request: HttpRequest, key: int) -> HttpResponse:
    """Correct what was told of the event; only what was changed. A decided case says that it stays."""
    case = case_of(request, key)
    if request.method != "POST":
        return redirect("case_show", key=key)
    form = CorrectForm(request.POST, medical=_reaches(request, Permission.MEDICAL_VIEW, case))

    def write() -> object:
        values = dict(form.cleaned_data)
        reason = values.pop("reason")
        before = {name: getattr(case.incident, name) or "" for name in values}
        facts = {name: value for name, value in values.items() if (value or "") != before[name]}
        return actions.correct(by=user_of(request).username, incident=case.incident, reason=reason, **facts)

    answered = act(request, write, to=reverse("case_show", args=[key]), form=form)
    return answered or _page(request, case, correct_form=form)


def paper_file(request: HttpRequest, key: int) -> HttpResponse:
    """Hand out the file of a paper; a medical one only to whoever sees medical details. Recorded."""
    kept = get_object_or_404(CasePaper.objects.select_related("case__incident"), pk=key)
    case = case_of(request, kept.case_id)
    if kept.medical and not _reaches(request, Permission.MEDICAL_VIEW, case):
        raise PermissionDenied("medical details")
    if not kept.path:
        return redirect("case_show", key=case.pk)
    with transaction.atomic():
        entry = Entry(
            "case.paper_seen",
            case.subject,
            person=case.incident.person_id,
            letter=case.number,
            region_code=case.incident.village_code,
            after={"paper": kept.code},
        )
        record(by=user_of(request).username, entries=[entry])
    with opened(kept.path) as path:
        response = HttpResponse(path.read_bytes(), content_type=TYPES[path.suffix[1:]])
    response["Content-Disposition"] = f'attachment; filename="{kept.name}"'
    return response


def unclaimed(request: HttpRequest) -> HttpResponse:
    """Deaths that were covered and nobody claimed; the most urgent first."""
    rows = queries.unclaimed(scope_of(request), timezone.localdate())
    open_ = [row for row in rows if not row.over]
    context = {
        "rows": rows,
        "amount": sum(row.amount or 0 for row in open_),
        "unknown": sum(row.amount is None for row in open_),
        "many": len(open_),
    }
    return render(request, "cases/unclaimed.html", context)


def case_of(request: HttpRequest, key: int) -> Case:
    """Return the case ``key`` within the scope of the page, 404 where there is none."""
    case: Case | None = queries.one(scope_of(request)).filter(pk=key).first()
    if case is None:
        raise Http404("no such case")
    return case


def _reaches(request: HttpRequest, permission: Permission, case: Case) -> bool:
    user = user_of(request)
    return user.may(permission) and user.scope(permission).of(Case).filter(pk=case.pk).exists()


def deed_of(form: StepForm) -> Deed:
    """Return the step that a valid form describes."""
    values: dict[str, Any] = {
        name: value for name, value in form.cleaned_data.items() if value not in ("", None)
    }
    to = values.pop("to")
    kind = StepKind.known(to)
    if kind is not None and to not in CaseState.words():
        return Deed(**values, kind=kind)
    return Deed(**values, to=CaseState.member(to))


def known_of(request: HttpRequest, case: Case) -> dict[str, Any]:
    """Return what the pages of one case show of it."""
    incident = case.incident
    rights = queries.rights(incident.person, incident.on)
    right = next((one for one in rights if one.segment == case.segment), None)
    steps, done = queries.steps_of(case)
    now = timezone.localtime().replace(tzinfo=None)
    running = clocks(case.kind, incident.on, incident.hour, done, now)
    paid = next((one for one in reversed(steps) if one.state is CaseState.PAID and one.amount), None)
    estimate = queries.estimate(case, right)
    medical = _reaches(request, Permission.MEDICAL_VIEW, case)
    fine = next((clock.fine for clock in running if clock.code == "payment" and clock.fine), 0)
    there = list(case.papers.all())
    papers = wanted(case.kind, incident.on, incident.happening)
    codes = {one.code for one in there}
    return {
        "incident": incident,
        "right": right,
        "others": [one for one in rights if one is not right],
        "told": queries.told(estimate, case, medical=medical),
        "estimate": estimate,
        "difference": queries.compared(estimate, paid.amount, fine or 0) if paid and paid.amount else [],
        "heirs": queries.heirs_of(incident.person, incident.on),
        "steps": steps,
        "clocks": [
            replace(
                clock,
                until=timezone.make_aware(clock.until),
                done=timezone.make_aware(clock.done) if clock.done else None,
            )
            for clock in running
        ],
        "claimable": any(clock.code == "claim" for clock in running),
        "papers": [
            {
                "paper": one,
                "files": [file for file in there if file.code == one.code],
                "there": one.code in codes,
            }
            for one in papers
        ],
        "missing": lacking(papers, codes),
        "unknown": unknown(case.kind, incident.on),
        "paid": paid,
        "road": incident.happening in ROAD and case.kind is not CaseKind.JKM,
        "medical": medical,
    }


def _page(request: HttpRequest, case: Case, **forms: Any) -> HttpResponse:
    user = user_of(request)
    edits = _reaches(request, Permission.CASE_EDIT, case)
    results = user.may(Permission.CASE_RESULT)
    known = known_of(request, case)
    medical = known["medical"]
    refused = case.state is CaseState.REFUSED
    context = {
        **known,
        "case": case,
        "edits": edits,
        "reports": list(case.incident.reports.all()),
        "ways": ways_of_objection(timezone.localdate()) if refused else (),
        "roots": _roots(request, case, known) if refused else (),
        "gives": case.state in DECIDED and case.kind in SCHOLARSHIPS and not refused,
        "step_form": forms.get("step_form")
        or (StepForm(case=case, insurer_only=not edits) if edits or results else None),
        "paper_form": forms.get("paper_form") or (PaperForm(case=case) if edits else None),
        "facts_form": forms.get("facts_form") or (_facts_form(case, medical=medical) if edits else None),
        "correct_form": forms.get("correct_form")
        or (_correct_form(case, medical=medical) if edits else None),
        "events": history.of_subject(case.subject)[:SHOWN],
        "by_insurer": BY_INSURER,
        "desk": queries.desk_of(case),
        "named": queries.named(user.scope(Permission.PERSON_VIEW), case.incident),
        "days": max(0, (timezone.now() - case.since).days),
        "guarantee": next((one.guarantee for one in reversed(known["steps"]) if one.guarantee), None),
        "more": queries.beside(scope_of(request), case),
        "near": None if case.dead else clinics.near(case.incident.village_code, timezone.localdate()),
    }
    return render(request, "cases/case.html", context)


def _roots(request: HttpRequest, case: Case, known: dict[str, Any]) -> list[queries.Root]:
    last = next(
        (one for one in reversed(known["steps"]) if one.state is CaseState.REFUSED and one.refusal), None
    )
    if last is None:
        return []
    bills = user_of(request).scope(Permission.BILL_VIEW)
    return queries.roots(case, last.refusal, known["right"], bills=bills)


def _correct_form(case: Case, *, medical: bool) -> CorrectForm:
    names = ("on", "hour", "place", "story", "diagnosis")
    return CorrectForm(initial={name: getattr(case.incident, name) for name in names}, medical=medical)


def _facts_form(case: Case, *, medical: bool) -> FactsForm:
    initial = {"children": case.children, "months_off": case.months_off, "loss": case.loss}
    return FactsForm(initial=initial, medical=medical, on=case.incident.on)
