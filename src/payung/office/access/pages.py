"""Every page stands in a URL table with the rule that opens it; a page without a rule opens for nobody."""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponseBase
from django.urls import URLPattern, path

from payung.office.access.permissions import Permission

View = Callable[..., HttpResponseBase]
LARGEST = 2**63 - 1  # key of a row


@dataclass(frozen=True, slots=True)
class Rule:
    """Who may open a page: ``public``, ``signed in``, those with one of ``permissions``, or systems with a ``token``
    (which the page itself asks for: there is no session and no cookie).

    ``early`` pages open before the second factor and the new password are in place (they put them there).
    """

    kind: Literal["public", "signed in", "permission", "token"]
    permissions: tuple[Permission, ...] = ()
    early: bool = False


_rules: dict[str, Rule] = {}  # name of a page → its rule
PUBLIC = Rule("public", early=True)
SIGNED_IN = Rule("signed in")
EARLY = Rule("signed in", early=True)
TOKEN = Rule("token", early=True)


def needs(*permissions: Permission) -> Rule:
    """Return the rule of a page that opens with any one of ``permissions``."""
    return Rule("permission", permissions)


def page(route: str, view: View, rule: Rule, *, name: str, **kwargs: Any) -> URLPattern:
    """Return a line of a URL table: where, what, for whom, under which name."""

    @functools.wraps(view)
    def ruled(request: HttpRequest, *args: Any, **values: Any) -> HttpResponseBase:
        if any(isinstance(value, int) and value > LARGEST for value in values.values()):
            raise Http404("no table has a key of this size")
        return view(request, *args, **values)

    ruled.rule = rule  # type: ignore[attr-defined]
    _rules[name] = rule
    return path(
        route, login_not_required(ruled) if rule.kind in ("public", "token") else ruled, kwargs, name=name
    )


def opened_by(name: str) -> frozenset[Permission]:
    """Return the permissions that open the page called ``name``; none where none does, or no table has it."""
    rule = _rules.get(name)
    return frozenset(rule.permissions) if rule else frozenset()
