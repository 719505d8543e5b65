"""What somebody sees when a request cannot be answered: one page a kind of fault, never a value or a setting."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponse
from django.utils.html import format_html
from django.views.debug import SafeExceptionReporterFilter
from django.views.defaults import bad_request, server_error

from payung.office.outages import passes, read_only
from payung.text import Text

RETRY_AFTER = "10"  # seconds
BUSY = Text(
    "Kantor sedang sibuk atau basis datanya tidak terjangkau. Isian terakhir belum tersimpan: coba lagi sebentar lagi.",
    "The office is busy or its database is away. The last entries were not saved: try again in a moment.",
)
FULL = Text(
    "Disk server penuh atau tidak dapat ditulisi. Isian terakhir belum tersimpan: beri tahu admin sistem.",
    "The disk of the server is full or cannot be written. The last entries were not saved: tell the administrator.",
)
_FULL = ("disk is full", "no space left", "readonly database", "disk i/o error", "read-only")
_OURS = ("no such table", "no such column", "syntax error")  # a fault of the program, not of the day


def page(status: int, told: Text, *, headers: Mapping[str, str] | None = None) -> HttpResponse:
    """Return a page that needs no database, no session and no template: one sentence in both languages."""
    body = format_html(
        '<!doctype html><html lang="id"><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        '<title>Payung</title><h1>Payung</h1><p>{}</p><p lang="en">{}</p><p><a href="/">Payung</a></p></html>',
        told.id,
        told.en,
    )
    return HttpResponse(body, status=status, headers=dict(headers or {}))


def broken(request: HttpRequest) -> HttpResponse:
    """Answer a fault: 503 with its own sentence where the database is busy or away, else the page of faults (500)."""
    error = sys.exc_info()[1]
    told = sentence(error)
    if told is None:
        return server_error(request)
    return page(503, told, headers={"Retry-After": RETRY_AFTER})


def sentence(error: BaseException | None) -> Text | None:
    """Return what to say of a database or disk that is busy, away or full; ``None`` for any other fault."""
    if not isinstance(error, OSError) and not passes(error):
        return None
    said = str(error).lower()
    if read_only(error) or any(part in said for part in _FULL):
        return FULL
    if isinstance(error, OSError) or any(part in said for part in _OURS):
        return None
    return BUSY


def refused(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer what Django refuses: a name that this office does not have is said, the rest is told to be unreadable."""
    if not isinstance(exception, DisallowedHost):
        return bad_request(request, exception)
    host = str(request.META.get("HTTP_HOST", ""))[:100]
    told = Text(
        f"Kantor ini tidak menjawab dengan nama {host!r}. Admin: tambahkan nama itu pada PAYUNG_HOSTS, atau perbaiki "
        "proxy_set_header Host pada proxy. Belum sampai ke kantor, jadi tidak ada yang tersimpan.",
        f"This office does not answer under the name {host!r}. Administrator: add it to PAYUNG_HOSTS, or correct "
        "proxy_set_header Host in the proxy. Nothing was saved.",
    )
    return page(400, told)


class ShowsNoValues(SafeExceptionReporterFilter):
    """A page or mail of a fault with its traceback, but without settings, variables, cookies and what was sent."""

    def get_safe_settings(self) -> dict[str, Any]:
        """Return nothing: settings hold the secret and the password of the database."""
        return {}

    def get_safe_request_meta(self, request: HttpRequest) -> dict[str, Any]:
        """Return the method and the path only."""
        known = ("REQUEST_METHOD", "PATH_INFO", "HTTP_HOST", "SERVER_NAME", "SERVER_PORT")
        return {name: request.META[name] for name in known if name in getattr(request, "META", {})}

    def get_safe_cookies(self, request: HttpRequest) -> dict[str, Any]:
        """Return nothing: a cookie opens a session."""
        return {}

    def get_post_parameters(self, request: HttpRequest | None) -> dict[str, Any]:
        """Return nothing: a form holds names, numbers and passwords."""
        return {}

    def get_traceback_frame_variables(self, request: Any, tb_frame: Any) -> Any:
        """Return nothing: variables hold rows."""
        return []

    def is_active(self, request: Any) -> bool:
        """Hold always, debugging or not."""
        return True
