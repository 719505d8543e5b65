"""The pages of policies: proposing one, and one with whom it changes and the decision on it."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from payung.codes import Category
from payung.law import months
from payung.office.access.permissions import Permission
from payung.office.access.requests import scope_of, user_of
from payung.office.access.scope import Scope
from payung.office.desk.act import act, must_cover, must_reach
from payung.office.desk.once import taken
from payung.office.history.queries import of_subject
from payung.office.insight.rules import LEAST
from payung.office.policies import actions, queries
from payung.office.policies.forms import NewPolicy, Refusal
from payung.office.policies.lists import LINE
from payung.office.policies.models import Policy
from payung.office.policies.states import PolicyState, Verdict
from payung.office.regions.queries import names
from payung.text import Text

APPROVED = Text("Disetujui: berlaku mulai bulannya.", "Approved: it counts from its month on.")
COUNTED = Text("Dihitung ulang.", "Counted again.")
EXAMPLE = """from: {month}
basis: Perbup 12 Tahun 2026 pasal 4
max_decile: 5            # 1..10, none
rules_off: []            # minimum_age, age_limit, welfare_decile
ages: {{from: 18, below: 60}}
"""


def new(request: HttpRequest) -> HttpResponse:
    """Propose a policy: its file is read, and who changes is counted."""
    user = user_of(request)
    codes = queries.district_of(scope_of(request))
    known = names(codes)
    places = [(code, known.get(code, code)) for code in codes]
    form = NewPolicy(request.POST or None, request.FILES or None, places=places)

    def do() -> Policy:
        values = form.cleaned_data
        must_cover(request, values["region_code"])
        content = values["file"].read()
        return actions.propose(by=user.username, region_code=values["region_code"], content=content)

    def to(made: Policy) -> str:
        return reverse("policy_show", args=[made.pk])

    month = months.add(months.month_of(timezone.localdate()), 1)
    context = {"form": form, "example": EXAMPLE.format(month=month), "places": places}
    if taken(request, form):
        return redirect("policy_list")
    return act(request, do, to=to, form=form) or render(request, "policies/new.html", context)


def show(request: HttpRequest, key: int) -> HttpResponse:
    """One policy: what it asks, whose state it changes, what that is worth, and the decision on it."""
    policy = get_object_or_404(queries.policies(scope_of(request)), pk=key)
    user, refusal = user_of(request), Refusal()
    decides = user.scope(Permission.QUOTA_DECIDE).covers(policy.region_code)
    proposes = user.scope(Permission.QUOTA_EDIT).covers(policy.region_code)
    if request.method == "POST":
        if answer := _act(request, policy):
            return answer
        refusal = Refusal(request.POST)
    open_ = user.may(Permission.PERSON_VIEW) and user.may(Permission.QUOTA_VIEW)
    scope = user.scope(Permission.PERSON_VIEW if open_ else Permission.PERSON_COUNT)
    found = queries.shown(policy, scope, open_=open_)
    waits = policy.state == PolicyState.WAITING
    job = queries.counting(policy) if waits else None
    context = {
        "policy": policy,
        "found": found,
        "open": open_,
        "people_url": reverse("policy_people", args=[key]) if open_ else "",
        "categories": [(Category.member(part.key).text, part) for part in found.categories],
        "villages": _named(found.villages),
        "lines": _lines(policy, scope_of(request), scope, open_=open_),
        # Numbers of the whole district: open to whoever sees its people by name, not to one village of it.
        "costs": queries.fresh(policy, open_=open_ and scope.covers(policy.region_code)),
        "admitted": Verdict.ADMITTED,
        "least": LEAST,
        "holds": queries.holds(policy, months.add(months.month_of(timezone.localdate()), 1)),
        "job": job,
        "busy": job is not None and job.open,
        "may_decide": waits and policy.round and decides and policy.by != user.username,
        "may_count": waits and (decides or proposes) and not (job is not None and job.open),
        "may_withdraw": waits and policy.by == user.username,
        "refusal": refusal,
        "events": of_subject(f"policy:{key}")[:20],
    }
    response = render(request, "policies/show.html", context)
    if request.headers.get("HX-Request") and not context["busy"]:
        response["HX-Refresh"] = "true"  # whoever waited for the count sees it
    return response


def _act(request: HttpRequest, policy: Policy) -> HttpResponse | None:
    """Carry out what was pressed; ``None`` where the form of refusing is shown again."""
    by, here = user_of(request).username, reverse("policy_show", args=[policy.pk])
    what = request.POST.get("what", "")
    if what == "withdraw":
        return act(request, lambda: actions.withdraw(by=by, policy=policy), to=here) or redirect(here)
    if what == "count":
        if not user_of(request).scope(Permission.QUOTA_DECIDE).covers(policy.region_code):
            must_reach(request, Permission.QUOTA_EDIT, policy.region_code)
        again = lambda: actions.recount(by=by, policy=policy)  # noqa: E731
        told = lambda done: COUNTED if done.round > policy.round else None  # noqa: E731
        return act(request, again, to=here, told=told) or redirect(here)
    if what == "approve":
        must_reach(request, Permission.QUOTA_DECIDE, policy.region_code)
        round_ = request.POST.get("round", "")
        seen = int(round_) if round_.isdecimal() and len(round_) < 6 else 0
        approve = lambda: actions.approve(by=by, policy=policy, round=seen)  # noqa: E731
        return act(request, approve, to=here, told=APPROVED) or redirect(here)
    if what == "refuse":
        must_reach(request, Permission.QUOTA_DECIDE, policy.region_code)
        form = Refusal(request.POST)
        refuse = lambda: actions.refuse(by=by, policy=policy, reason=form.cleaned_data["reason"])  # noqa: E731
        return act(request, refuse, to=here, form=form)
    return redirect(here)


def _named(parts: tuple[queries.Part, ...]) -> list[tuple[str, queries.Part]]:
    known = names([part.key for part in parts])
    return [(known.get(part.key, part.key), part) for part in parts]


def _lines(policy: Policy, seen: Scope, people: Scope, *, open_: bool) -> list[tuple[Any, str]]:
    """Return the lines with the address of their people, where whoever looks reaches all of these."""
    whole = people.covers(policy.region_code) and not any(one.categories or one.sent for one in people.areas)
    base = reverse("policy_people", args=[policy.pk])
    return [
        (one, f"{base}?{urlencode({LINE: one.key})}" if open_ and whole else "")
        for one in queries.cost_lines(policy, seen, open_=open_)
    ]
