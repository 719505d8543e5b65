"""How a request gets to an office and back, and what a refusal is."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: the status, the headers (names in lower case), the body."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    def json(self) -> Any:
        """Return the body as JSON says it."""
        return json.loads(self.body)


# Takes method, address, headers and body (or none); raises ``OSError`` where nothing came back.
Wire = Callable[[str, str, Mapping[str, str], bytes | None], Answer]


@dataclass
class RefusedError(Exception):
    """The office refused: ``code`` is the last word of the problem's type, ``detail`` its sentence, ``fields`` what is
    wrong with which field. ``retry_after``: seconds to wait, 0 where waiting does not help."""

    status: int
    code: str
    detail: str
    fields: Mapping[str, str] = field(default_factory=dict)
    retry_after: int = 0

    def __str__(self) -> str:
        said = "; ".join(f"{name}: {text}" for name, text in self.fields.items())
        return f"{self.status} {self.code}: {self.detail}" + (f" ({said})" if said else "")


def refusal(answer: Answer) -> RefusedError:
    """Return what a problem says."""
    try:
        said = answer.json()
        fields = {one["field"]: one["detail"] for one in said.get("fields", ())}
        code, detail = str(said["type"]).rpartition(":")[2], str(said["detail"])
    except (ValueError, KeyError, TypeError, AttributeError):
        code, detail, fields = "unknown", answer.body[:200].decode("utf-8", "replace"), {}
    after = answer.headers.get("retry-after", "")
    return RefusedError(answer.status, code, detail, fields, int(after) if after.isdecimal() else 0)


def over_the_net(method: str, url: str, headers: Mapping[str, str], body: bytes | None) -> Answer:
    """Send a request with the standard library; a refusal is an answer too."""
    request = urllib.request.Request(url, data=body, headers=dict(headers), method=method)
    try:
        with urllib.request.urlopen(request, timeout=SECONDS) as found:
            return Answer(
                found.status, {name.lower(): value for name, value in found.headers.items()}, found.read()
            )
    except urllib.error.HTTPError as error:
        with error:
            named = {name.lower(): value for name, value in error.headers.items()}
            return Answer(error.code, named, error.read())
