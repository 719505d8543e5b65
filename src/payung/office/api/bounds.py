"""Every number and text of the document says how large it may be, and every answer says its limits (OWASP API4)."""

from __future__ import annotations

from typing import Any

WHOLE = 2**53 - 1  # the largest whole number that every reader of JSON keeps exact
TEXT = 100_000  # characters of one value
FILE = 2**31 - 1  # bytes of one bulk file
HEADERS: dict[str, Any] = {
    "X-RateLimit-Limit": {"schema": {"type": "integer"}, "description": "requests a minute"},
    "Access-Control-Allow-Origin": {
        "schema": {"type": "string"},
        "description": "the office itself: pages of other origins read nothing here",
    },
}


def bounded(part: Any) -> Any:
    """Return a part of the document in which each integer has format and bounds and each string a greatest length."""
    if isinstance(part, list):
        return [bounded(one) for one in part]
    if not isinstance(part, dict):
        return part
    made = {name: bounded(value) for name, value in part.items()}
    kinds = made.get("type")
    kinds = kinds if isinstance(kinds, list) else [kinds]
    if "integer" in kinds:
        made = {"format": "int64", "minimum": -WHOLE, "maximum": WHOLE, **made}
    if "string" in kinds and not {"enum", "const", "maxLength"} & made.keys():
        made["maxLength"] = TEXT
    return made


def limited(answer: dict[str, Any]) -> dict[str, Any]:
    """Return an answer of the document with the headers that every answer carries."""
    return {**answer, "headers": {**HEADERS, **answer.get("headers", {})}}
