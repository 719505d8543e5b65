"""Forms that are refused because the proxy in front names another address than the browser: said as what it is."""

from __future__ import annotations

import logging

from django.core.exceptions import DisallowedHost
from django.http import HttpRequest

from payung.text import Text

_OF_ORIGIN = ("Origin checking failed", "Referer checking failed")
LOG = logging.getLogger("payung.origins")


def sentence(request: HttpRequest, reason: str) -> Text | None:
    """Return what to say where ``reason`` (of Django's CSRF check) is about addresses; ``None`` for any other.

    Both addresses are named, and the header of the proxy that makes them the same.
    """
    if not reason.startswith(_OF_ORIGIN):
        return None
    browser = str(request.META.get("HTTP_ORIGIN") or request.META.get("HTTP_REFERER") or "?")[:200]
    try:
        office = f"{request.scheme}://{request.get_host()}"
    except DisallowedHost:
        office = f"{request.scheme}://?"
    header = "X-Forwarded-Proto $scheme" if _scheme(browser) != request.scheme else "Host $http_host"
    LOG.warning("a form of %s was refused, the office takes itself for %s: see %s", browser, office, header)
    return Text(
        f"Alamat peramban ({browser}) bukan alamat yang diterima kantor ({office}), jadi belum "
        "tersimpan. Admin: periksa "
        f"'proxy_set_header {header}' pada proxy, PAYUNG_HTTPS dan PAYUNG_HOSTS.",
        f"The address of the browser ({browser}) is not the one that reached the office ({office}), "
        "so nothing was saved. "
        f"Administrator: check 'proxy_set_header {header}' in the proxy, PAYUNG_HTTPS and PAYUNG_HOSTS.",
    )


def _scheme(address: str) -> str:
    return address.partition("://")[0]
