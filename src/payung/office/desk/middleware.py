"""Headers that every answer carries."""

from __future__ import annotations

import re
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware

from payung.office.history import demonstration

# Everything comes from this office; nothing is evaluated, nothing is embedded elsewhere.
POLICY = "; ".join(
    (
        "default-src 'self'",
        "img-src 'self' data:",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)

FILE_NAME = re.compile(r"""(filename="?|filename\*=[A-Za-z0-9-]+'[^']*')""")


class SecurityHeaders:
    """Sets the content security policy, keeps names out of shared caches, marks the files of a demonstration."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Add the headers on the way out."""
        response = self.get_response(request)
        response.headers.setdefault("Content-Security-Policy", POLICY)
        response.headers.setdefault("Permissions-Policy", "camera=(), microphone=(), geolocation=()")
        if "Cache-Control" not in response.headers:
            response.headers["Cache-Control"] = "no-store"
        if demonstration.is_demonstration() and "filename" in response.headers.get("Content-Disposition", ""):
            response.headers["Content-Disposition"] = FILE_NAME.sub(
                rf"\1{demonstration.BANNER}-", response.headers["Content-Disposition"]
            )
        return response


class Compressed(GZipMiddleware):
    """Sends pages compressed: on a bad line a list of fifty rows is there in a tenth of the time.

    How long a compressed page is tells nothing of what stands in it (BREACH): Django adds some bytes at random, the
    tokens of forms are another one each time, and the cookie of a session is not sent along from other sites. What is
    taken out is compressed already.
    """

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """Compress a page and nothing else."""
        if not response.headers.get("Content-Type", "").startswith("text/html"):
            return response
        return super().process_response(request, response)
