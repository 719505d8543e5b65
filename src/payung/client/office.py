"""An office as a program sees it: its lists, figures and acts by the names of its document."""

from __future__ import annotations

import base64
import json
import time
import uuid
from collections.abc import Callable, Iterator
from functools import cached_property
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from payung.client.wire import Answer, RefusedError, Wire, over_the_net, refusal

TRIES = 5  # of one request
PASSING = frozenset({409, 429, 502, 503, 504})  # whoever waits may try again
LONGEST = 60.0  # seconds between two tries


class Office:
    """An office at ``address``, opened with ``token``.

    ``wire`` sends requests (default: over the net), ``wait`` sleeps so many seconds. Every method raises
    :class:`RefusedError` for what the office refuses, and ``OSError`` where it does not answer.
    """

    def __init__(
        self,
        address: str,
        token: str,
        *,
        wire: Wire = over_the_net,
        wait: Callable[[float], None] = time.sleep,
    ) -> None:
        self.root = f"{address.rstrip('/')}/api/v1"
        self.token, self.wire, self.wait = token, wire, wait

    @cached_property
    def document(self) -> dict[str, Any]:
        """The OpenAPI document of this office."""
        found: dict[str, Any] = self._ask("GET", "/openapi.json").json()
        return found

    @cached_property
    def _operations(self) -> dict[str, tuple[str, str]]:
        return {
            operation["operationId"]: (method.upper(), path)
            for path, operations in self.document["paths"].items()
            for method, operation in operations.items()
        }

    @property
    def names(self) -> list[str]:
        """What can be asked and done here: the names of all operations."""
        return sorted(self._operations)

    def rows(
        self, name: str, /, *, key: int | None = None, page: int = 500, **filters: Any
    ) -> Iterator[dict[str, Any]]:
        """Yield the rows of a list; ``key`` where the list is of one thing, ``filters`` as the document names them."""
        path, cursor = self._path(name, key), None
        while True:
            query = {**filters, "limit": page, **({"cursor": cursor} if cursor else {})}
            found = self._ask("GET", path, query).json()
            yield from found["data"]
            cursor = found["next"]
            if cursor is None:
                return

    def take(self, name: str, target: Path, /, *, key: int | None = None, **filters: Any) -> None:
        """Write a whole list into the file ``target``: Parquet or CSV, by its ending."""
        query = {**filters, "format": target.suffix.lstrip(".")}
        target.write_bytes(self._ask("GET", self._path(f"{name}_bulk", key), query).body)

    def figures(self, **when: str) -> dict[str, dict[str, Any]]:
        """Return all figures by their code; ``hari`` for a day, ``per`` for a closed month."""
        return {one["code"]: one for one in self._ask("GET", "/figures", when).json()["data"]}

    def figure(self, code: str, **when: str) -> dict[str, Any]:
        """Return one figure with its parts."""
        found: dict[str, Any] = self._ask("GET", f"/figures/{code}", when).json()
        return found

    def act(self, name: str, /, *, once: str = "", **body: Any) -> dict[str, Any]:
        """Do an act and return what it answers; values of bytes are sent as base64, days as they are written.

        ``once`` is the key under which it is done once (default: a new one). It is sent again where the answer does
        not arrive.
        """
        method, path = self._operations[name]
        written = {field: _plain(value) for field, value in body.items() if value is not None}
        key = once or str(uuid.uuid4())
        found: dict[str, Any] = self._ask(method, path, body=json.dumps(written).encode(), key=key).json()
        return found

    def _path(self, name: str, key: int | None) -> str:
        return self._operations[name][1].replace("{key}", str(key))

    def _ask(
        self, method: str, path: str, query: Any = None, *, body: bytes | None = None, key: str = ""
    ) -> Answer:
        url = self.root + path + (f"?{urlencode(query)}" if query else "")
        headers = {"authorization": f"Bearer {self.token}"}
        if body is not None:
            headers |= {"content-type": "application/json", "idempotency-key": key}
        for left in reversed(range(TRIES)):
            try:
                answer = self.wire(method, url, headers, body)
            except OSError:
                if not left:
                    raise
                self.wait(1.0)
                continue
            if answer.status < 300:
                return answer
            refused = refusal(answer)
            if answer.status not in PASSING or not left:
                raise refused
            self.wait(min(float(refused.retry_after or 1), LONGEST))
        raise RefusedError(0, "unknown", "no answer")


def _plain(value: Any) -> Any:
    if isinstance(value, bytes):
        return base64.b64encode(value).decode()
    return value.isoformat() if hasattr(value, "isoformat") else value
