"""A client of the API that holds every answer against the document."""

from __future__ import annotations

import datetime as dt
import json
import re
from functools import cache
from typing import Any

from django.test import Client
from django.utils import timezone

from payung.office.accounts.models import User
from payung.office.api import tokens
from payung.office.api.document import ROOT, document

KINDS: dict[str, Any] = {
    "string": str,
    "integer": int,
    "boolean": bool,
    "array": list,
    "object": dict,
    "null": type(None),
}


@cache
def described() -> dict[str, Any]:
    """Return the document."""
    return document()


def resolved(schema: dict[str, Any]) -> dict[str, Any]:
    """Return what a schema refers to."""
    while "$ref" in schema:
        found: Any = described()
        for part in schema["$ref"].removeprefix("#/").split("/"):
            found = found[part]
        schema = found
    return schema


def faults(schema: dict[str, Any], value: Any, at: str = "") -> list[str]:
    """Return where ``value`` is not what ``schema`` says; fails for a word of JSON Schema that it does not know."""
    schema = resolved(schema)
    known = {
        *("type", "properties", "required", "additionalProperties", "items", "enum", "description", "format"),
        *("maxItems", "pattern", "maxLength", "minimum", "maximum", "contentEncoding", "default"),
    }
    assert set(schema) <= known, set(schema) - known
    kinds = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
    if not any(
        isinstance(value, KINDS[kind]) and (kind == "boolean") == isinstance(value, bool) for kind in kinds
    ):
        return [f"{at}: {value!r} is none of {kinds}"]
    if "enum" in schema and value not in schema["enum"]:
        return [f"{at}: {value!r} is not one of the values"]
    if schema.get("format") == "date" and isinstance(value, str):
        dt.date.fromisoformat(value)
    if "pattern" in schema and isinstance(value, str) and not re.search(schema["pattern"], value):
        return [f"{at}: {value!r} is not of the pattern"]
    if isinstance(value, dict):
        return _object(schema, value, at)
    if isinstance(value, list):
        return [
            fault
            for place, one in enumerate(value)
            for fault in faults(schema["items"], one, f"{at}[{place}]")
        ]
    return []


def _object(schema: dict[str, Any], value: dict[str, Any], at: str) -> list[str]:
    properties = schema["properties"]
    assert schema["additionalProperties"] is False, at
    found = [f"{at}.{name} is missing" for name in schema.get("required", ()) if name not in value]
    found += [f"{at}.{name} is not in the document" for name in value if name not in properties]
    for name in set(value) & set(properties):
        found += faults(properties[name], value[name], f"{at}.{name}")
    return found


class System:
    """Another system with a token."""

    def __init__(self, user: User, *, until: dt.date | None = None, **values: Any) -> None:
        self.token, self.word = tokens.make(
            by=user, name="uji", until=until or timezone.localdate(), **values
        )
        self.client = Client()

    def get(self, path: str, **query: Any) -> Any:
        """Read an address; the answer is held against the document."""
        answer = self.client.get(f"{ROOT}{path}", query, headers={"authorization": f"Bearer {self.word}"})
        return self.held("get", path, answer)

    def post(self, path: str, body: Any, key: str = "k1") -> Any:
        """Write; the answer is held against the document."""
        answer = self.client.post(
            f"{ROOT}{path}",
            json.dumps(body) if not isinstance(body, bytes) else body,
            content_type="application/json",
            headers={"authorization": f"Bearer {self.word}", "idempotency-key": key},
        )
        return self.held("post", path, answer)

    def held(self, method: str, path: str, answer: Any) -> Any:
        """Return the answer after holding it against the document."""
        operation = _operation(method, path)
        if operation is None:
            assert answer.status_code in (401, 404, 405, 429), (path, answer.status_code)
            return answer
        said = resolved(operation["responses"][str(answer.status_code)])
        kind = answer.headers["Content-Type"].split(";")[0]
        assert kind in said["content"], (path, kind)
        if answer.streaming:  # a file
            assert answer.headers["X-RateLimit-Limit"]
            return answer
        assert faults(said["content"][kind]["schema"], answer.json(), path) == []
        if answer.status_code in (409, 429):
            assert int(answer.headers["Retry-After"]) >= 1
        assert answer.headers["X-RateLimit-Limit"]
        return answer


def _operation(method: str, path: str) -> dict[str, Any] | None:
    for known, operations in described()["paths"].items():
        shape = re.sub(r"\{\w+\}", "[^/]+", known)
        if re.fullmatch(shape, path):
            found: dict[str, Any] | None = operations.get(method)
            return found
    return None
