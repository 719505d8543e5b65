"""Sentences, numbers, money and dates in the language of the page."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.utils import timezone, translation
from django.utils.functional import lazy

from payung.text import Language, Text

MONTHS: dict[Language, tuple[str, ...]] = {
    "id": ("Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep", "Okt", "Nov", "Des"),
    "en": ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
}


def language() -> Language:
    """Return the language of this page."""
    return "en" if (translation.get_language() or "id").startswith("en") else "id"


def say(text: Text, **values: Any) -> str:
    """Return ``text`` in the language of this page, with ``{name}`` replaced; whole numbers are grouped."""
    sentence = text.read(language())
    if not values:
        return sentence
    return sentence.format(**{name: _shown(value) for name, value in values.items()})


def _later(id_: str, en: str) -> str:
    return say(Text(id_, en))


_lazy = lazy(_later, str)


def both(id_: str, en: str) -> Any:
    """Return a sentence that is read when it is shown; for labels and choices of forms."""
    return _lazy(id_, en)


# The first choice of a list in which nothing is to be chosen by leaving it as it is.
CHOOSE = ("", both("— pilih —", "— choose —"))


def typed(values: Mapping[str, Any], name: str, limit: int = 500) -> str:
    """Return what somebody typed as ``name`` of a form or an address: trimmed, and without the sign (NUL) that no
    database keeps."""
    return str(values.get(name, "")).replace("\x00", "").strip()[:limit]


def shortened(text: str, longest: int) -> str:
    """Return ``text`` in at most ``longest`` characters; what was left out is told by ``…``.

    >>> shortened("Siti Aminah", 8), shortened("Siti", 8)
    ('Siti Am…', 'Siti')
    """
    return text if len(text) <= longest else f"{text[: longest - 1].rstrip()}…"


def number(value: int | None) -> str:
    """Return a whole number grouped as people here write it: ``12.345``; a dash for nothing."""
    if value is None:
        return "–"
    grouped = f"{value:,}"
    return grouped if language() == "en" else grouped.replace(",", ".")


def rupiah(value: int | None) -> str:
    """Return whole rupiah: ``Rp12.345``."""
    return "–" if value is None else f"Rp{number(value)}"


def day(value: dt.date | None) -> str:
    """Return a date: ``5 Agu 2026``."""
    if value is None:
        return "–"
    return f"{value.day} {MONTHS[language()][value.month - 1]} {value.year}"


def moment(value: dt.datetime | None) -> str:
    """Return a moment in local time: ``5 Agu 2026, 14.05``."""
    if value is None:
        return "–"
    local = timezone.localtime(value)
    separator = ":" if language() == "en" else "."
    return f"{day(local.date())}, {local:%H}{separator}{local:%M}"


def size(value: int | None) -> str:
    """Return bytes as people read them: ``1,2 MB``."""
    if value is None:
        return "–"
    if value < 1_000_000:
        return f"{number(-(-value // 1000))} kB"
    tenths = value // 100_000
    return f"{tenths // 10}{'.' if language() == 'en' else ','}{tenths % 10} MB"


def _shown(value: Any) -> Any:
    if isinstance(value, bool):
        return value
    if isinstance(value, int):
        return number(value)
    if isinstance(value, Text):
        return say(value)
    if isinstance(value, dt.datetime):
        return moment(value)
    return day(value) if isinstance(value, dt.date) else value
