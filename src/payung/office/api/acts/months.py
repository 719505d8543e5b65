"""Acts of reconciliation: signing a month, opening it again, the branch's list."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from payung.office.access.permissions import Permission
from payung.office.accounts.models import User
from payung.office.api.acts.declared import CONTENT, NAME, REASON, Act, Field, plain_name
from payung.office.api.problems import Problem
from payung.office.reconciliation import actions
from payung.office.reconciliation.models import Closing
from payung.office.reconciliation.pages import side_of

EDIT, APPROVE = (Permission.RECONCILIATION_EDIT,), (Permission.RECONCILIATION_APPROVE,)


def _whole(user: User, permission: Permission) -> None:
    """Refuse whoever does not see the whole district: its figures are signed by those alone."""
    if not any(code.count(".") <= 1 for code in user.scope(permission).places):
        raise Problem("not-found")


def _said(closing: Closing) -> dict[str, Any]:
    return {"month": closing.month, "state": str(closing.state), "digest": closing.digest}


def _sign(user: User, values: Mapping[str, Any]) -> dict[str, Any]:
    _whole(user, Permission.RECONCILIATION_APPROVE)
    return _said(actions.sign(by=user.username, month=values["month"], side=side_of(user)))


def _reopen(user: User, values: Mapping[str, Any]) -> dict[str, Any]:
    _whole(user, Permission.RECONCILIATION_APPROVE)
    return _said(actions.reopen(by=user.username, month=values["month"], reason=values["reason"]))


def _insurer(user: User, values: Mapping[str, Any]) -> dict[str, Any]:
    made = actions.load_insurer(
        by=user.username, month=values["month"], name=plain_name(values), content=values["content"]
    )
    return {"list": made.pk, "rows": made.rows, "unknown": made.unknown}


_MONTH = Field("month", "month", "the month")
_STATE = {"month": "string", "state": "string", "digest": "string"}
ACTS = (
    Act(
        "month_sign", "/months/sign", "Sign the figures of a month for one's side; the second side closes it.", APPROVE,
        (_MONTH,), _STATE, _sign,
    ),
    Act(
        "month_reopen", "/months/reopen", "Open a closed month again.", APPROVE, (_MONTH, REASON), _STATE, _reopen,
    ),
    Act(
        "month_insurer", "/months/insurer", "Take the branch's list of a month.", EDIT,
        (_MONTH, NAME, CONTENT), {"list": "integer", "rows": "integer", "unknown": "integer"}, _insurer,
    ),
)  # fmt: skip
