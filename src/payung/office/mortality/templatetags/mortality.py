"""Tags of mortality: tenths, and ranges."""

from __future__ import annotations

from django import template

from payung.office.desk import words

register = template.Library()


@register.simple_tag
def tenth(number: int) -> str:
    """Return tenths as people write them: ``3,4``."""
    comma = "." if words.language() == "en" else ","
    return f"{words.number(number // 10)}{comma}{number % 10}"


@register.simple_tag
def span_of(ends: tuple[int, int]) -> str:
    """Return a range of whole numbers: ``0–5``."""
    return f"{words.number(ends[0])}–{words.number(ends[1])}"
