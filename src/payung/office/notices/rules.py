"""What a notice says, and the words that carry it elsewhere: names a place and a thing, never a person."""

from __future__ import annotations

import re
from urllib.parse import quote

from django.urls import reverse

from payung.office.face import telling_of
from payung.text import Text

_NUMBER = re.compile(r"\d(?:[ .'-]?\d){9,}")  # a NIK, KK, KPJ or phone
LONGEST_REASON = 300


def key_of(subject: str) -> int | None:
    """Return the key of a subject (``submission:12``), or ``None`` where it has none."""
    key = subject.rpartition(":")[2]
    return int(key) if key.isascii() and key.isdigit() and len(key) < 19 else None


def without_numbers(text: str) -> str:
    """Return ``text`` with the numbers of people left out: it may go into a mail or a message.

    >>> without_numbers("NIK 6203990503890001 salah")
    'NIK … salah'
    """
    return _NUMBER.sub("…", text)[:LONGEST_REASON]


def sentence(action: str, place: str, reason: str = "") -> Text | None:
    """Return what a notice of ``action`` says, or ``None`` where no app knows that deed any more."""
    telling = telling_of(action)
    if telling is None:
        return None
    said = Text(telling.text.id.format(place=place), telling.text.en.format(place=place))
    return Text(f"{said.id} “{reason}”", f"{said.en} “{reason}”") if reason else said


def address(action: str, subject: str) -> str:
    """Return the page to which a notice leads; the first page where that is not known any more."""
    telling, key = telling_of(action), key_of(subject)
    if telling is None or (telling.keyed and key is None):
        return reverse("home")
    return reverse(telling.page, args=[key] if telling.keyed else [])


def whatsapp(text: str, url: str) -> str:
    """Return the address that opens WhatsApp with ``text`` and ``url`` ready to be sent to whom one chooses."""
    return f"https://wa.me/?text={quote(f'{text} {url}')}"
