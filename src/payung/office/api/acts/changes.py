"""Acts on what happens to people."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from payung.office.access.permissions import Permission
from payung.office.accounts.models import User
from payung.office.api.acts.declared import Act, Field, covers, one
from payung.office.changes import actions
from payung.office.changes.models import Change
from payung.office.changes.states import ChangeKind
from payung.office.people.models import Person

REPORT, DECIDE = (Permission.CHANGE_EDIT,), (Permission.CHANGE_APPROVE,)
WAYS = ("approve", "refuse", "withdraw")


def _report(user: User, values: Mapping[str, Any]) -> dict[str, Any]:
    person = one(user.scope(Permission.CHANGE_EDIT).of(Person), values["person"])
    done = actions.report(
        by=user.username,
        person=person,
        kind=ChangeKind.member(values["kind"]),
        on=values["on"],
        evidence=values["evidence"],
        note=values["note"] or "",
    )
    return {"change": done.change.pk, "state": str(done.change.state), "new": done.new}


def _decide(user: User, values: Mapping[str, Any]) -> dict[str, Any]:
    reach = user.scope(Permission.CHANGE_APPROVE)
    change = one(reach.of(Change), values["change"])
    covers(user, DECIDE, change.village_code)
    by, reason = user.username, values["reason"] or ""
    if values["way"] == "approve":
        done = actions.approve(by=by, change=change)
    else:
        do = actions.refuse if values["way"] == "refuse" else actions.withdraw
        done = do(by=by, change=change, reason=reason)
    return {"change": done.pk, "state": str(done.state)}


ACTS = (
    Act(
        "change_report", "/changes", "Report that something happened to a person; twice is one change.", REPORT,
        (
            Field("person", "integer", "key of the person"),
            Field("kind", "text", "what happened", one_of=tuple(map(str, ChangeKind))),
            Field("on", "day", "the day"),
            Field("evidence", "text", "what shows it", most=200),
            Field("note", "text", "more of it", required=False),
        ),
        {"change": "integer", "state": "string", "new": "boolean"}, _report,
    ),
    Act(
        "change_decide", "/changes/decide", "Approve, refuse or withdraw a change; not by whoever reported it.", DECIDE,
        (
            Field("change", "integer", "key of the change"),
            Field("way", "text", "which decision", one_of=WAYS),
            Field("reason", "text", "why it is refused or withdrawn", required=False),
        ),
        {"change": "integer", "state": "string"}, _decide,
    ),
)  # fmt: skip
