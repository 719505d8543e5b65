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


def _district(user: User, permission: Permission, values: Mapping[str, Any]) -> str:
    """Return the district that is meant: one that this user sees whole, the only one where none is named."""
    there = user.scope(permission).whole_districts
    asked = values.get("district") or (there[0] if len(there) == 1 else "")
    if asked not in there:
        raise Problem("not-found")
    return str(asked)


def _said(closing: Closing) -> dict[str, Any]:
    return {
        "district": closing.district,
        "month": closing.month,
        "state": str(closing.state),
        "digest": closing.digest,
    }


def _sign(user: User, values: Mapping[str, Any]) -> dict[str, Any]:
    district = _district(user, Permission.RECONCILIATION_APPROVE, values)
    signed = actions.sign(by=user.username, month=values["month"], side=side_of(user), district=district)
    return _said(signed)


def _reopen(user: User, values: Mapping[str, Any]) -> dict[str, Any]:
    district = _district(user, Permission.RECONCILIATION_APPROVE, values)
    opened = actions.reopen(
        by=user.username, month=values["month"], reason=values["reason"], district=district
    )
    return _said(opened)


def _insurer(user: User, values: Mapping[str, Any]) -> dict[str, Any]:
    made = actions.load_insurer(
        by=user.username,
        month=values["month"],
        name=plain_name(values),
        content=values["content"],
        district=_district(user, Permission.RECONCILIATION_EDIT, values),
    )
    return {"list": made.pk, "rows": made.rows, "unknown": made.unknown}


_MONTH = Field("month", "month", "the month")
_DISTRICT = Field(
    "district", "text", "code of the district; needed by whoever sees several", required=False, most=5
)
_STATE = {"district": "string", "month": "string", "state": "string", "digest": "string"}
ACTS = (
    Act(
        "month_sign", "/months/sign", "Sign the figures of a month for one's side; the second side closes it.", APPROVE,
        (_MONTH, _DISTRICT), _STATE, _sign,
    ),
    Act(
        "month_reopen", "/months/reopen", "Open a closed month again.", APPROVE,
        (_MONTH, REASON, _DISTRICT), _STATE, _reopen,
    ),
    Act(
        "month_insurer", "/months/insurer", "Take the branch's list of a month.", EDIT,
        (_MONTH, NAME, CONTENT, _DISTRICT), {"list": "integer", "rows": "integer", "unknown": "integer"}, _insurer,
    ),
)  # fmt: skip
