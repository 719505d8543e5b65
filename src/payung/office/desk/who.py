"""Whoever did something, by name and office: a user name means nothing to a village."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

from django.contrib.auth import get_user_model
from django.db.models import OuterRef, Subquery
from django.http import HttpRequest
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from payung.office.access.facts import once
from payung.office.access.roles import ROLES
from payung.office.desk.words import say
from payung.office.history.actions import BY_ITSELF
from payung.office.regions.models import Region
from payung.text import Text

ITSELF = Text("Payung, dengan sendirinya", "Payung, by itself")
KEPT = "accounts_by_user_name"  # where a request that may write keeps what it asked once


class Account(NamedTuple):
    """What somebody who signs in is called: name, code of the role held today, name of its place."""

    name: str
    role: str = ""
    place: str = ""

    @property
    def office(self) -> str:
        """Return the office in words; empty where there is none, or where the name says it already."""
        if self.role not in ROLES:
            return ""
        role = say(ROLES[self.role].name)
        if role.split()[0].casefold() in self.name.casefold():
            return ""
        return f"{role} {self.place}".rstrip()


@once
def accounts() -> dict[str, Account]:
    """Return every account by its user name, in one query; of several roles of today the one that began last."""
    today: dt.date = timezone.localdate()
    place = (
        Region.objects.filter(code=OuterRef("grants__region_code")).exclude(level="regency").values("name")
    )
    rows = (
        get_user_model()
        .objects.annotate(place=Subquery(place[:1]))
        .order_by("grants__starts")
        .values_list("username", "name", "grants__role", "grants__starts", "grants__ends", "place")
    )
    found: dict[str, Account] = {}
    for user, name, role, starts, ends, in_place in rows:
        if starts and starts <= today and (ends is None or ends >= today):
            found[user] = Account(name or user, role, in_place or "")
        else:
            found.setdefault(user, Account(name or user))
    return found


def named(user: str, request: HttpRequest | None = None) -> str:
    """Return name and office of the account ``user``; what is no account stays as it is."""
    if not user or user == BY_ITSELF:
        return say(ITSELF) if user else ""
    account = _accounts(request).get(user)
    return ", ".join(part for part in (account.name, account.office) if part) if account else user


def shown(user: str, request: HttpRequest | None = None) -> SafeString:
    """Return name and office as a page shows them; the user name stands behind them."""
    name = named(user, request)
    return format_html("{}", name) if name == user else format_html('<span title="{}">{}</span>', user, name)


def like(text: str) -> list[str]:
    """Return the user names of ``text``: the account called so, or those with it in their name."""
    wanted = text.casefold()
    return [user for user, one in accounts().items() if wanted == user or wanted in one.name.casefold()]


def _accounts(request: HttpRequest | None) -> dict[str, Account]:
    if request is None:
        return accounts()
    if not hasattr(request, KEPT):
        setattr(request, KEPT, accounts())
    found: dict[str, Account] = getattr(request, KEPT)
    return found
