"""Acts on events and cases, and on letters."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from payung.office.access.permissions import Permission
from payung.office.access.scope import NOTHING
from payung.office.accounts.models import User
from payung.office.api.acts.declared import Act, Field, covers, one
from payung.office.api.acts.lists import village
from payung.office.api.problems import Problem
from payung.office.cases import actions, queries
from payung.office.cases.forms import StepForm
from payung.office.cases.models import Case
from payung.office.cases.pages.one import deed_of
from payung.office.cases.states import CaseState, Channel, Happening, Refusal, StepKind
from payung.office.letters import actions as letters
from payung.office.letters.kinds import kinds
from payung.office.letters.pages import material_of, may_issue
from payung.office.people.models import Person
from payung.office.people.queries import with_nik
from payung.text import Text

REPORT = (Permission.CASE_EDIT, Permission.CASE_REPORT)
STEP = (Permission.CASE_EDIT, Permission.CASE_RESULT)


def _report(user: User, values: Mapping[str, Any]) -> dict[str, Any]:
    covers(user, REPORT, values["village_code"])
    village(values["village_code"])
    reach = next((user.scope(permission) for permission in REPORT if user.may(permission)), NOTHING)
    person = None
    if values["nik"]:
        person = reach.of(Person).filter(pk__in=with_nik(values["nik"])).first()
    told = actions.Told(
        Happening.member(values["happening"]),
        values["on"],
        values["name"],
        values["place"],
        values["village_code"],
        values["reporter"],
        phone=values["phone"] or "",
        nik=values["nik"] or "",
        person=person,
        story=values["story"] or "",
        channel=Channel.OFFICE,
        reaches=reach.covers,
    )
    made = actions.report(by=user.username, told=told)
    return {
        "incident": made.incident.number,
        "joined": made.joined,
        "cases": [case.pk for case in made.cases],
    }


def _step(user: User, values: Mapping[str, Any]) -> dict[str, Any]:
    case = one(queries.one(user.scope(Permission.CASE_VIEW)), values["case"])
    edits, results = (
        user.may(permission) and user.scope(permission).of(Case).filter(pk=case.pk).exists()
        for permission in STEP
    )
    if not (edits or results):
        raise Problem("forbidden")
    given = {name: value for name, value in values.items() if name != "case" and value is not None}
    form = StepForm(given, case=case, insurer_only=not edits)
    if not form.is_valid():
        wrong = {name: Text(str(errors[0]), str(errors[0])) for name, errors in form.errors.items()}
        raise Problem("validation", fields=wrong)
    actions.take(by=user.username, case=case, deed=deed_of(form))
    case.refresh_from_db()
    return {"case": case.pk, "state": str(case.state)}


def _letter(user: User, values: Mapping[str, Any]) -> dict[str, Any]:
    kind = kinds().get(values["kind"])
    found = material_of(user, values["kind"], values["subject"])
    if kind is None or found is None:
        raise Problem("not-found")
    if not may_issue(user, kind, found.region_code):
        raise Problem("forbidden")
    order = letters.issue(
        by=user.username,
        kind=kind.code,
        subject=values["subject"],
        values={**found.values, **{ask.name: "" for ask in kind.asks}},
        on=values["on"],
        region_code=found.region_code,
        about=found.about,
        categories=found.categories,
        of_one=found.of_one,
    )
    return {"order": order.pk, "state": str(order.state)}


_STEPS = tuple(dict.fromkeys((*map(str, CaseState), *map(str, StepKind))))
ACTS = (
    Act(
        "incident_report", "/incidents", "Report an accident or a death; twice is one incident.", REPORT,
        (
            Field("happening", "text", "what happened", one_of=tuple(str(one) for one in Happening)),
            Field("on", "day", "the day"),
            Field("name", "text", "who", most=150),
            Field("place", "text", "where", most=200),
            Field("village_code", "text", "where they live", most=13),
            Field("reporter", "text", "who tells it", most=150),
            Field("phone", "text", "of the reporter", required=False, most=30),
            Field("nik", "text", "of the person", required=False, most=16),
            Field("story", "text", "how it came about", required=False, most=2000),
        ),
        {"incident": "string", "joined": "boolean", "cases": "array"}, _report,
    ),
    Act(
        "case_step", "/cases/steps", "Record a step or a decision of a case.", STEP,
        (
            Field("case", "integer", "key of the case"),
            Field("to", "text", "the state it comes to, or the step beside its way", one_of=_STEPS),
            Field("on", "day", "the day"),
            Field("paper", "text", "number of the letter", required=False, most=120),
            Field("amount", "rupiah", "rupiah approved or paid", required=False),
            Field("holder", "text", "account holder, or who received it", required=False, most=150),
            Field("witness", "text", "who saw it handed over", required=False, most=150),
            Field("refusal", "text", "why it was refused", required=False, one_of=tuple(map(str, Refusal))),
            Field("note", "text", "more of it", required=False, most=500),
        ),
        {"case": "integer", "state": "string"}, _step,
    ),
    Act(
        "letter_issue", "/letters", "Ask for a letter; what is asked by hand is a line to write on.",
        (Permission.LETTER_ISSUE,),
        (
            Field("kind", "text", "which kind", most=40),
            Field("subject", "text", "what it is about: bill:7", most=60),
            Field("on", "day", "its day"),
        ),
        {"order": "integer", "state": "string"}, _letter,
    ),
)  # fmt: skip
