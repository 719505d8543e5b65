"""For migrations only: sentences that the database kept as Indonesian text become codes and values.

What is not known stays text, and shows as it is.
"""

from __future__ import annotations

import re
from functools import cache

from payung.codes import Field
from payung.said import Said, Value, sentences

# Blanks that hold a sentence of the same room; blanks that hold a number.
_SENTENCES = {"what", "whose", "shown"}
_NUMBERS = {"many", "all", "by", "texts"}


def coded(text: str, room: str) -> Said | None:
    """Return the sentence of ``room`` that ``text`` says in Indonesian, or ``None``.

    >>> coded("Lembar “A”: kolom B1 lebih cocok", "rosters").values["what"].code
    'rosters.other_column_better'
    """
    for code, pattern in _patterns(room):
        match = pattern.fullmatch(text)
        if match is None:
            continue
        values = {name: _value(name, found, code, room) for name, found in match.groupdict().items()}
        if None not in values.values():
            return Said(f"{room}.{code}", values)
    return None


def plain(text: object, room: str) -> object:
    """Return ``text`` as :attr:`payung.said.Said.plain`, or as it is where it is no known sentence."""
    found = coded(text, room) if isinstance(text, str) else None
    return text if found is None else found.plain


@cache
def _patterns(room: str) -> list[tuple[str, re.Pattern[str]]]:
    """Return code and pattern of every sentence, those with the most words of their own first."""
    found = []
    for code, text in sentences(room).items():
        seen: set[str] = set()
        parts = re.split(r"\{(\w+)\}", text.id)
        pattern = "".join(
            re.escape(part) if at % 2 == 0 else _blank(part, seen) for at, part in enumerate(parts)
        )
        found.append((sum(map(len, parts[::2])), code, re.compile(pattern)))
    return [(code, pattern) for _, code, pattern in sorted(found, key=lambda one: (-one[0], one[1]))]


def _blank(name: str, seen: set[str]) -> str:
    if name in seen:
        return f"(?P={name})"
    seen.add(name)
    return f"(?P<{name}>.+?)"


def _value(name: str, text: str, code: str, room: str) -> Value | Said:
    if name in _SENTENCES or (name, code) == ("heading", "and_content_fits"):
        return coded(text, room)
    if name in _NUMBERS:
        digits = text.replace(".", "")
        return int(digits) if digits.isdecimal() else None
    if name == "field":
        return Field.member(text) if text in Field.words() else None
    return text
