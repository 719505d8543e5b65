"""Many accounts from one list: sent, judged row by row, looked at, made, and printed as slips."""

from __future__ import annotations

import datetime as dt
import secrets
import tempfile
from collections import Counter
from collections.abc import Iterable
from functools import partial
from pathlib import Path
from typing import Any

from django.contrib import messages
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from payung.errors import InputError, PayungError
from payung.office.access.requests import user_of
from payung.office.access.roles import ROLES
from payung.office.accounts import bulk, confirmation, intake
from payung.office.accounts.forms import NewUsers
from payung.office.accounts.intake import Account
from payung.office.accounts.slips import TOLD, password_of
from payung.office.desk.words import say
from payung.office.regions import queries as regions
from payung.text import Text

KEPT = dt.timedelta(hours=1)  # from judging a list to making its accounts, and to printing its slips again
SHOWN = 300  # rows of a list that the page shows; all are made
GONE = Text(
    "Pemeriksaan daftar itu sudah lewat satu jam atau bukan milik Anda: unggah lagi daftarnya.",
    "That list was judged more than an hour ago, or by somebody else: send the list again.",
)


def begin(request: HttpRequest) -> HttpResponse:
    """Take a list and show how each row was judged; nothing is made yet."""
    form = NewUsers(request.POST or None, request.FILES or None)
    if request.method != "POST" or not form.is_valid():
        return render(request, "accounts/many.html", {"form": form})
    file = form.cleaned_data["file"]
    called = Path(file.name).name[:100]
    try:
        rows = _read(file, called)
    except PayungError as error:
        form.add_error("file", say(error.message))
        return render(request, "accounts/many.html", {"form": form})
    return _judged(request, rows, called, secrets.token_hex(8))


def make(request: HttpRequest) -> HttpResponse:
    """Make the accounts of a list that was looked at, and show their slips; within the hour the same ones again."""
    user = user_of(request)
    try:
        kept = signing.loads(request.POST.get("daftar", ""), salt=_salt(user.pk), max_age=KEPT)
    except signing.BadSignature:
        messages.error(request, say(GONE))
        return redirect("account_many")
    rows = [(number, dict(values)) for number, values in kept["rows"]]
    passwords = partial(password_of, kept["mark"])
    judged = intake.judge(rows, known=False)[0]
    if slips := bulk.again(by=user.username, accounts=judged, passwords=passwords):
        return render(request, "accounts/slips.html", {"slips": slips, "told": TOLD, "again": True})
    accounts, faults = intake.judge(rows)
    if faults:
        return _judged(request, rows, kept["called"], kept["mark"])
    try:
        made = bulk.make(by=user.username, accounts=accounts, passwords=passwords, called=kept["called"])
    except InputError as error:
        messages.error(request, say(error.message))
        return _judged(request, rows, kept["called"], kept["mark"])
    return render(
        request, "accounts/slips.html", {"slips": made.slips, "told": TOLD, "waiting": made.waiting}
    )


def _read(file: Any, called: str) -> list[tuple[int, dict[str, str]]]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"list{Path(called).suffix.lower()}"
        with path.open("wb") as kept:
            for piece in file.chunks():
                kept.write(piece)
        return intake.read(path, called)


def _salt(user: int) -> str:
    return f"accounts of {user}"


def _judged(
    request: HttpRequest, rows: list[tuple[int, dict[str, str]]], called: str, mark: str
) -> HttpResponse:
    accounts, faults = intake.judge(rows)
    by = user_of(request)
    context: dict[str, Any] = {"called": called, "rows": len(rows), "faults": faults, "form": NewUsers()}
    if accounts and not faults:
        others = confirmation.administrators().exclude(pk=by.pk).exists()
        context |= {
            "accounts": _shown(accounts[:SHOWN]),
            "more": max(0, len(accounts) - SHOWN),
            "roles": [
                (ROLES[role].name, many) for role, many in Counter(one.role for one in accounts).items()
            ],
            "waiting": sum(confirmation.needs_second(one.role) for one in accounts) if others else 0,
            "kept": signing.dumps(
                {"rows": rows, "called": called, "mark": mark}, salt=_salt(by.pk), compress=True
            ),
        }
    return render(request, "accounts/many.html", context)


def _shown(accounts: Iterable[Account]) -> list[dict[str, Any]]:
    found = list(accounts)
    places = regions.names(one.region for one in found)
    return [
        {"account": one, "role": ROLES[one.role].name, "place": places.get(one.region, one.region)}
        for one in found
    ]
