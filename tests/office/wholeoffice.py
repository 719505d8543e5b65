"""Run by the browser tests: adds something of everything, and writes who opens which page into ``pages.json``.

Of each page: its name and address, the role that opens it, whether it is a list, and how many rows it has there.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from payung.office.service import start

start.load()

from django.conf import settings
from django.db import transaction
from django.test import Client
from django.test.utils import setup_test_environment
from django.urls import URLPattern
from insightworld import fill
from officeworld import PLACES, listing
from thingsworld import PAGES, address_of, things_of

from payung.office.access.roles import ROLES
from payung.office.accounts.models import User
from payung.office.insight import actions as insight
from payung.office.jobs.worker import run_all
from payung.office.people import actions as register
from payung.office.reconciliation.actions import sign
from payung.office.reconciliation.states import Side
from payung.office.regions.models import Region

VILLAGE = "62.03.01.1008"
FIRST = ("operator", "kades", "camat", "dpmd", "dinsos", "bkad", "admin", "inspektorat")
DISTRICT = ("dpmd", "dinsos", "inspektorat", "admin")
LEAVES = {"account_logout", "language"}  # opening it changes who looks, or how


def _clients() -> dict[str, Client]:
    found = {}
    for role in (*FIRST, *(code for code in ROLES if code not in FIRST)):
        found[role] = Client(HTTP_HOST="127.0.0.1")
        found[role].force_login(User.objects.get(username=role), backend=settings.AUTHENTICATION_BACKENDS[1])
    return found


def _opened(page: URLPattern, address: str, roles: Iterable[str]) -> dict[str, Any] | None:
    """Return who of ``roles`` opens a page: of a list the first who sees rows, else whoever opens it at all."""
    rule, best = page.callback.rule, None  # type: ignore[attr-defined]
    is_list = getattr(page.callback, "list_page", None) is not None
    for role in roles:
        if rule.kind == "permission" and not set(rule.permissions) & ROLES[role].permissions:
            continue
        response = clients[role].get(address)
        if response.status_code != 200 or b"<!DOCTYPE html>" not in getattr(response, "content", b""):
            continue  # what is fetched into a page is no page
        rows = len(response.context["rows"]) if is_list else 0
        found = {"name": page.name, "address": address, "role": role, "list": is_list, "rows": rows}
        if rows or not is_list:
            return found
        best = best or found
    return best


Region.objects.bulk_create(
    [Region(code=code, name=name, level=level) for code, (name, level) in PLACES.items()],
    ignore_conflicts=True,
)
with transaction.atomic():
    listings = [listing(1, kk="6203990101100001"), listing(11, category="kepala_desa")]
    landed = register.land(by="t", listings=listings, village_code=VILLAGE, source="t:1")
things = things_of(VILLAGE, *(one.person for one in landed))
fill()
insight.add_denominator(by="t", source="BPS", year=2025, definition="pekerja", parts={"62.03": 1000})
for who, side in (("dinas", Side.DISTRICT), ("cabang", Side.BRANCH)):
    sign(by=who, month="2026-09", side=side)
run_all()
setup_test_environment()  # answers keep what their templates were given
clients = _clients()
pages: list[dict[str, Any]] = []
for page in PAGES:
    if page.name in LEAVES:
        continue
    address = address_of(page, things)
    first = _opened(page, address, clients)
    # A list once more, as somebody of the district sees it: with more to filter by and more to do.
    other = (
        _opened(page, address, DISTRICT)
        if first and first["list"] and first["role"] not in DISTRICT
        else None
    )
    pages += [found for found in (first, other) if found]
(Path(os.environ["PAYUNG_HOME"]) / "pages.json").write_text(json.dumps(pages))
