"""What a page shows of a pair: both sides fact by fact, with the letters that differ marked, and why it was found."""

from __future__ import annotations

import functools
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from payung.linkage.explain import said
from payung.office.duplicates.models import Pair
from payung.people.nik import mask
from payung.said import Said, sentences
from payung.text import Text

Parts = list[tuple[str, bool]]  # text, and whether it differs from the other side

# Of a side outside of the scope nothing else is shown, and of the birth date its year: with the place of a NIK and the
# sex the day would give the number away.
OPEN_TO_ALL = {"name", "nik", "birth_date", "village"}
FACTS: dict[str, Text] = {
    "name": Text("Nama", "Name"),
    "nik": Text("NIK", "NIK"),
    "birth_date": Text("Tanggal lahir", "Birth date"),
    "village": Text("Desa", "Village"),
    "birth_place": Text("Tempat lahir", "Birth place"),
    "sex": Text("Jenis kelamin", "Sex"),
    "mother": Text("Ibu kandung", "Mother"),
    "kk": Text("Nomor KK", "KK number"),
    "phone": Text("Nomor HP", "Phone"),
    "address": Text("Alamat", "Address"),
    "job": Text("Pekerjaan", "Job"),
}
MASKED = {"nik", "kk", "phone"}
ALIKE = 0.6  # share of letters in common from which single letters are marked instead of the whole


@dataclass(slots=True)
class Side:
    """One of the two.

    Fields
        key: of the person, ``None`` for a row.
        name: as written.
        values: fact → what is said, whole; only :attr:`Line.parts` are shown.
        url: page of the person or row, empty where it does not open.
        seen: whether it lies within the scope; if not, only name, NIK, birth date and village are known here.
        holds: what stands behind it: categories, offices, cover, lists.
    """

    key: int | None
    name: str
    values: dict[str, str]
    url: str = ""
    seen: bool = True
    holds: list[Text | str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Line:
    """One fact of both sides."""

    label: Text
    left: Parts
    right: Parts
    differs: bool


@dataclass(frozen=True, slots=True)
class Reason:
    """One step of the waterfall: what was seen, and whether it speaks ``for``, ``against`` or neither (empty)."""

    text: Said
    speaks: str


def lines_of(left: Side, right: Side) -> list[Line]:
    """Return the facts that either side knows, with what differs marked; empty ones on both sides left out."""
    found = []
    for name, label in FACTS.items():
        ours, theirs = left.values.get(name, ""), right.values.get(name, "")
        if ours or theirs:
            # Of somebody out of reach no hidden digit may be learnt from where it differs.
            hidden = not (left.seen and right.seen) and name in {*MASKED, "birth_date"}
            parts = (
                (_whole(name, ours), _whole(name, theirs))
                if hidden
                else differences(ours, theirs, masked=name in MASKED)
            )
            found.append(
                Line(
                    label,
                    *parts,
                    differs=not hidden and bool(ours and theirs and ours.lower() != theirs.lower()),
                )
            )
    return found


def _whole(name: str, value: str) -> Parts:
    return [(mask(value) if name in MASKED else value, False)] if value else []


def differences(left: str, right: str, *, masked: bool = False) -> tuple[Parts, Parts]:
    """Return both texts cut where they begin and cease to differ; capitals do not count.

    Of ``masked`` numbers the digits stay hidden; only where they differ can be seen.
    """
    shown = (mask(left), mask(right)) if masked else (left, right)
    if not left or not right:
        return [(shown[0], False)] if left else [], [(shown[1], False)] if right else []
    ours: Parts = []
    theirs: Parts = []
    matcher = SequenceMatcher(None, left.lower(), right.lower(), autojunk=False)
    if matcher.ratio() < ALIKE:
        return [(shown[0], True)], [(shown[1], True)]
    for what, i, j, k, m in matcher.get_opcodes():
        if j > i:
            ours.append((shown[0][i:j], what != "equal"))
        if m > k:
            theirs.append((shown[1][k:m], what != "equal"))
    return ours, theirs


def reasons_of(pair: Pair) -> list[Reason]:
    """Return the waterfall of ``pair`` step by step."""
    speaks = _speaks()
    known = sentences("linkage")
    return [Reason(said(code)[0], speaks.get(code, "")) for code in pair.why.split() if code in known]


@functools.cache
def _speaks() -> dict[str, str]:
    """Return for the code of each level of the model whether it speaks for or against; not where it depends."""
    from payung.linkage.model import COMPARISONS

    found: dict[str, str] = {}
    for comparison in COMPARISONS:
        for level in comparison.levels:
            if level.code:
                speaks = "for" if level.rarity or level.m > level.u else "against"
                found[level.code] = speaks if found.get(level.code, speaks) == speaks else ""
    return found
