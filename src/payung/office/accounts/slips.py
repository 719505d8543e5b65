"""First passwords of many accounts, on slips that are folded and handed over closed."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterable
from html import escape
from typing import NamedTuple

from django.conf import settings

from payung.office.accounts.actions import LETTERS
from payung.text import Text

TITLE = Text("Sandi pertama", "First passwords")
TOLD = Text(
    "Lipat dan serahkan tertutup. Sandi ini harus diganti saat pertama masuk.",
    "Fold it and hand it over closed. This password must be changed when signing in first.",
)


class Slip(NamedTuple):
    """What is handed over to one person."""

    username: str
    name: str
    role: Text
    place: str
    password: str


def password_of(mark: str, username: str) -> str:
    """Return the first password of one account of the list ``mark``: four groups of four, 79 bits.

    The same list and name give the same password as long as the office has its secret; nobody without it finds one.
    So a list that is sent again on a bad line gives the same slips.
    """
    key = settings.ENVIRONMENT.key("first passwords")
    left = int.from_bytes(hmac.digest(key, f"{mark}:{username}".encode(), hashlib.sha256))
    signs = []
    for _ in range(16):
        left, place = divmod(left, len(LETTERS))
        signs.append(LETTERS[place])
    return "-".join("".join(signs[start : start + 4]) for start in range(0, 16, 4))


def slips_page(slips: Iterable[Slip]) -> str:
    """Return a page to print: one slip a person, to be folded and handed over; nothing on it comes from elsewhere."""
    title, told = TITLE.read(), TOLD.read()
    style = (
        "body{font:11pt sans-serif;margin:1cm}div{border:1px dashed #666;padding:6mm;margin:0 0 4mm;"
        "break-inside:avoid}b{font:bold 14pt monospace}"
    )
    parts = [
        f"<div>{escape(slip.name)} · {escape(slip.role.read())} · {escape(slip.place)}"
        f"<p><b>{escape(slip.username)}</b></p><p><b>{escape(slip.password)}</b></p><small>{escape(told)}</small></div>"
        for slip in slips
    ]
    head = f'<!doctype html><html lang="id"><meta charset="utf-8"><title>{escape(title)}</title><style>{style}</style>'
    return "\n".join([head, *parts, "</html>", ""])
