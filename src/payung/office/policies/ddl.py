"""What the database refuses about policies."""

from __future__ import annotations

from payung.office.guards import append_only, refuse_when
from payung.office.policies.states import WAYS, PolicyState

FIXED = (
    *(
        "region_code",
        "from_month",
        "basis",
        "max_decile",
        "rules_off",
        "youngest",
        "below",
        "text",
        "by",
        "at",
    ),
)
COUNTED = ("round", "counted_at", "people", "costs")
_DECIDED = ("state", "decided_by", "decided_at", "reason")


def guards(vendor: str) -> list[str]:
    """Return the guards: a policy stays as it was proposed; once it is decided on, all of it stays."""
    ways = " OR ".join(
        f"(OLD.state = '{old}' AND NEW.state = '{new}')" for old, news in WAYS.items() for new in news
    )
    waiting = f"OLD.state = '{PolicyState.WAITING}'"
    fixed = " OR ".join(_changed(vendor, one) for one in FIXED)
    decided = " OR ".join(_changed(vendor, one) for one in (*COUNTED, *_DECIDED))
    open_ = (
        "EXISTS (SELECT 1 FROM policies_policy p WHERE p.id = NEW.policy_id "
        f"AND p.state = '{PolicyState.WAITING}')"
    )
    return [
        *append_only(vendor, "policies_effect"),
        *append_only(vendor, "policies_policy", ("delete",)),
        *refuse_when(
            vendor,
            "policies_policy_begins",
            "policies_policy",
            "INSERT",
            f"NEW.state <> '{PolicyState.WAITING}'",
            "a policy begins as a proposal",
        ),
        *refuse_when(
            vendor,
            "policies_policy_ways",
            "policies_policy",
            "UPDATE",
            f"({fixed}) OR (OLD.state <> NEW.state AND NOT ({ways})) OR (NOT {waiting} AND ({decided}))",
            "a policy stays as it was proposed and decided",
        ),
        *refuse_when(
            vendor,
            "policies_effect_open",
            "policies_effect",
            "INSERT",
            f"NOT {open_}",
            "only a proposal that waits is counted",
        ),
    ]


def _changed(vendor: str, column: str) -> str:
    """Return the condition that ``column`` changes, empty or not."""
    if vendor == "sqlite":
        return f'NEW."{column}" IS NOT OLD."{column}"'
    return f'NEW."{column}"::text IS DISTINCT FROM OLD."{column}"::text'
