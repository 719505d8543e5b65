"""Acts on policies of the district: proposing one, deciding on one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from payung.office.access.permissions import Permission
from payung.office.accounts.models import User
from payung.office.api.acts.declared import CONTENT, Act, Field, covers, one
from payung.office.policies import actions, queries
from payung.office.policies.models import Policy

EDIT, DECIDE = (Permission.QUOTA_EDIT,), (Permission.QUOTA_DECIDE,)
_STATE = {
    "policy": "integer",
    "state": "string",
    "round": "integer",
    "from_month": "string",
    "people": "integer",
}


def _said(policy: Policy) -> dict[str, Any]:
    return {
        "policy": policy.pk,
        "state": str(policy.state),
        "round": policy.round,
        "from_month": policy.from_month,
        "people": policy.people,
    }


def _propose(user: User, values: Mapping[str, Any]) -> dict[str, Any]:
    covers(user, EDIT, values["region_code"])
    made = actions.propose(by=user.username, region_code=values["region_code"], content=values["content"])
    return _said(made)


def _of(user: User, values: Mapping[str, Any]) -> Policy:
    found = one(queries.policies(user.scope(Permission.QUOTA_DECIDE)), values["policy"])
    covers(user, DECIDE, found.region_code)
    return found


def _approve(user: User, values: Mapping[str, Any]) -> dict[str, Any]:
    return _said(actions.approve(by=user.username, policy=_of(user, values), round=values["round"]))


def _refuse(user: User, values: Mapping[str, Any]) -> dict[str, Any]:
    return _said(actions.refuse(by=user.username, policy=_of(user, values), reason=values["reason"]))


_ONE = Field("policy", "integer", "key of the policy")
ACTS = (
    Act(
        "policy_propose", "/policies", "Propose a policy of the district; who changes is counted, nothing counts yet.",
        EDIT, (Field("region_code", "text", "code of the district", most=5), CONTENT), _STATE, _propose,
    ),
    Act(
        "policy_approve", "/policies/approve", "Put a proposal in force from its month on; never one's own.", DECIDE,
        (_ONE, Field("round", "integer", "the count that was looked at")), _STATE, _approve,
    ),
    Act(
        "policy_refuse", "/policies/refuse", "Refuse a proposal.", DECIDE,
        (_ONE, Field("reason", "text", "why")), _STATE, _refuse,
    ),
)  # fmt: skip
