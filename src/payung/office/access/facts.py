"""What many parts of one page ask for is asked once."""

from __future__ import annotations

import functools
from collections.abc import Callable
from contextvars import ContextVar
from typing import Any, ParamSpec, TypeVar

from django.http import HttpRequest, HttpResponse

Asked = ParamSpec("Asked")
Known = TypeVar("Known")
_KEPT: ContextVar[dict[Any, Any] | None] = ContextVar("facts", default=None)


def once(ask: Callable[Asked, Known]) -> Callable[Asked, Known]:
    """Keep what ``ask`` returns until the page that is being read is made; its arguments must be hashable, and nobody
    may change what it returns. A request that can write, a job and a command ask each time."""

    @functools.wraps(ask)
    def asked(*args: Asked.args, **values: Asked.kwargs) -> Known:
        kept = _KEPT.get()
        if kept is None:
            return ask(*args, **values)
        key = (ask, args, tuple(sorted(values.items())))
        if key not in kept:
            kept[key] = ask(*args, **values)
        found: Known = kept[key]
        return found

    return asked


class AskedOnce:
    """Opens what :func:`once` keeps, for a request that only reads."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on."""
        if request.method not in ("GET", "HEAD"):
            return self.get_response(request)
        token = _KEPT.set({})
        try:
            return self.get_response(request)
        finally:
            _KEPT.reset(token)
