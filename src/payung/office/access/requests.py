"""What a page asks of its request: who is at the keyboard, and what the rule of the page reaches."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django.http import Http404, HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme

from payung.office.access.scope import Scope

if TYPE_CHECKING:
    from payung.office.accounts.models import User


def scope_of(request: HttpRequest) -> Scope:
    """Return what the rule of this page reaches."""
    found: Scope = request.scope  # type: ignore[attr-defined]
    return found


def user_of(request: HttpRequest) -> User:
    """Return who is at the keyboard; pages without a rule never come here."""
    assert request.user.is_authenticated
    return request.user


def district_asked(request: HttpRequest) -> str:
    """Return the code of the district that a page is about: that of who looks; of several the one that the address
    names (``kabupaten``), else the first.

    There is no page of a district that the rule of the page does not reach.
    """
    there = scope_of(request).districts
    asked = request.POST.get("kabupaten") or request.GET.get("kabupaten", "")
    if asked and asked not in there:
        raise Http404
    return asked or (there[0] if there else "")


def page_before(request: HttpRequest, otherwise: str = "/") -> str:
    """Return the path of the page of this office from which a form was sent, ``otherwise`` where that is not known."""
    referer = request.headers.get("Referer", "")
    known = bool(referer) and url_has_allowed_host_and_scheme(referer, {request.get_host()})
    return (urlsplit(referer).path if known else "") or otherwise
