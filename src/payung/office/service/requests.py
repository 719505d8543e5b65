"""Around every request: its number, where it came from, and answers to what no page should have to look at."""

from __future__ import annotations

import ipaddress
import logging
import re
import secrets
import time
from collections.abc import Callable, Mapping
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from payung.office.service import faults
from payung.office.service.logs import REQUEST
from payung.text import Text

METHODS = frozenset({"GET", "HEAD", "POST"})
LOG = logging.getLogger("payung.access")
_ID = re.compile(r"[A-Za-z0-9-]{8,64}")
_WITH_PORT = re.compile(r"\[([^\]]+)\](?::[0-9]+)?|([^:]+):[0-9]+")

Next = Callable[[HttpRequest], HttpResponse]


class Numbered:
    """Gives the request a number that stands in its log lines and its answer, and finds who asks.

    With ``PAYUNG_PROXIES=n`` the address is the n-th from the right of X-Forwarded-For: what stands left of it
    anybody can write. With 0 that header means nothing.
    """

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on, and log it where that is asked for."""
        proxies = settings.ENVIRONMENT.proxies
        given = request.META.get("HTTP_X_REQUEST_ID", "")
        number = given if proxies and _ID.fullmatch(given) else secrets.token_hex(6)
        request.META["REMOTE_ADDR"] = forwarded(request.META, proxies)
        request.META.pop("HTTP_X_FORWARDED_FOR", None)
        token, began = REQUEST.set(number), time.monotonic()
        try:
            response = self.get_response(request)
            if settings.ENVIRONMENT.access_log:
                took = (time.monotonic() - began) * 1000
                # The path without its query: a search may hold a name or a number.
                LOG.info("%s %s %s %.0f ms", request.method, request.path, response.status_code, took)
        finally:
            REQUEST.reset(token)
        response.headers["X-Request-ID"] = number
        return response


class Answers:
    """Refuses unknown methods, and forms and files that are larger than any page takes, before they are read."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Refuse, or pass the request on."""
        if request.method not in METHODS:
            told = Text("Cara ini tidak dikenal di sini.", "This method is not known here.")
            return faults.page(405, told, headers={"Allow": ", ".join(sorted(METHODS))})
        return self.get_response(request)


def forwarded(meta: Mapping[str, Any], proxies: int) -> str:
    """Return the address of who asks by the variables ``meta`` of a request behind ``proxies`` proxies."""
    direct = str(meta.get("REMOTE_ADDR") or "")
    told = [part.strip() for part in str(meta.get("HTTP_X_FORWARDED_FOR", "")).split(",")]
    if not proxies or len(told) < proxies:
        return direct
    return _address(told[-proxies]) or direct


def address_of(request: HttpRequest) -> str:
    """Return the address that :class:`Numbered` found; what the lock counts by."""
    return str(request.META.get("REMOTE_ADDR") or "")


def _address(text: str) -> str:
    """Return the address in ``text``, which may carry a port; empty where it is none."""
    found = _WITH_PORT.fullmatch(text)
    for part in (text, *(found.groups(default="") if found else ())):
        try:
            return str(ipaddress.ip_address(part))
        except ValueError:
            continue
    return ""
