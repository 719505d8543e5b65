"""What a page shows of a pair: both sides fact by fact, with the letters that differ marked, and why it was found."""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import Any

from django.urls import reverse
from django.utils import timezone

from payung.codes import Category
from payung.office.desk.words import day, say
from payung.office.duplicates.models import Pair
from payung.office.people.models import Membership, Person, Standing
from payung.office.posts.models import Holding
from payung.office.regions import queries as regions
from payung.office.submissions.models import Row
from payung.office.submissions.work.reading import listing_of
from payung.people.nik import mask
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

    text: str
    speaks: str


def sides_of(pair: Pair) -> tuple[Side, Side]:
    """Return both sides of ``pair`` (of :func:`queries.pairs`) in a constant number of queries."""
    people = [person for person in (pair.left, pair.right) if person is not None]
    codes = [person.village_code for person in people]
    if pair.row is not None:
        codes.append(pair.row.submission.village_code)
    names = regions.names(codes)
    held = _held([person.pk for person in people])
    left = _of_person(pair.left, bool(pair.sees_left), names, held)  # type: ignore[attr-defined]
    sees_right = bool(pair.sees_right)  # type: ignore[attr-defined]
    if pair.right is not None:
        return left, _of_person(pair.right, sees_right, names, held)
    assert pair.row is not None
    return left, _of_row(pair.row, sees_right, names)


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
    """Return the waterfall of ``pair`` step by step, in plain Indonesian."""
    speaks = _speaks()
    return [Reason(part, speaks.get(part, "")) for part in pair.why.split("; ") if part]


@functools.cache
def _speaks() -> dict[str, str]:
    """Return for what each level of the model says whether it speaks for or against; not where it depends."""
    from payung.linkage.model import COMPARISONS

    found: dict[str, str] = {}
    for comparison in COMPARISONS:
        for level in comparison.levels:
            if level.why:
                speaks = "for" if level.rarity or level.m > level.u else "against"
                found[level.why] = speaks if found.get(level.why, speaks) == speaks else ""
    return found


def _of_person(person: Person, seen: bool, names: dict[str, str], held: dict[int, list[Text | str]]) -> Side:
    values = {
        "name": person.name,
        "nik": person.nik or "",
        "birth_date": _date(person.birth_date),
        "village": names.get(person.village_code, person.village_code),
        "birth_place": person.birth_place,
        "sex": person.sex,
        "mother": person.mother,
        "kk": (person.household.kk or "") if person.household else "",
        "phone": person.phone or "",
        "address": _address(person.address, person.rt, person.rw),
        "job": person.job,
    }
    if not seen:
        return Side(person.pk, person.name, _open(values, person.birth_date), seen=False)
    url = "" if person.merged_into_id else reverse("person_show", args=[person.pk])
    return Side(person.pk, person.name, values, url, holds=held[person.pk])


def _of_row(row: Row, seen: bool, names: dict[str, str]) -> Side:
    told = {name: str(value) for name, value in listing_of(row).items() if name != "birth_date"}
    code = row.submission.village_code
    values = {name: told.get(name, "") for name in FACTS} | {
        "name": row.name,
        "birth_date": _date(listing_of(row).get("birth_date")),
        "village": told.get("village") or names.get(code, code),
        "address": _address(told.get("address", ""), told.get("rt", ""), told.get("rw", "")),
    }
    if not seen:
        return Side(None, row.name, _open(values, listing_of(row).get("birth_date")), seen=False)
    category = Category.words().get(row.category, Text(row.category, row.category))
    where = Text(
        f"Baris {row.row} dari {row.upload.name}, belum masuk register",
        f"Row {row.row} of {row.upload.name}, not in the register yet",
    )
    url = reverse("submission_row", args=[row.submission_id, row.pk])
    return Side(None, row.name, values, url, holds=[where, category])


def _open(values: dict[str, str], born: dt.date | None) -> dict[str, str]:
    found = {name: value for name, value in values.items() if name in OPEN_TO_ALL}
    return {**found, "birth_date": f"{born:%Y}" if born else ""}


def _held(people: Sequence[int]) -> dict[int, list[Text | str]]:
    """Return for each of ``people`` the categories, offices, cover and lists behind them."""
    today = timezone.localdate()
    found: dict[int, list[Text | str]] = {key: [] for key in people}
    for standing in Standing.objects.filter(person__in=people).order_by("category"):
        found[standing.person_id].append(
            Category.words().get(standing.category, Text(standing.category, standing.category))
        )
    for holding in Holding.objects.filter(person__in=people).select_related("post").order_by("pk"):
        over = holding.ends is not None and holding.ends < today
        until = (
            Text(f" (sampai {day(holding.ends)})", f" (until {day(holding.ends)})") if over else Text("", "")
        )
        found[holding.person_id].append(f"{holding.post.label}{say(until)}")
    for line in Membership.objects.filter(person__in=people).order_by("from_month", "pk"):
        months = f"{line.from_month} – {line.until_month or '…'}"
        found[line.person_id].append(f"{line.segment.upper()} · {line.source} · {months}")
    listed: Any = Row.objects.filter(person__in=people).select_related("upload").defer("content", "nik")
    for row in listed.order_by("pk"):
        found[row.person_id].append(
            Text(f"Baris {row.row} dari {row.upload.name}", f"Row {row.row} of {row.upload.name}")
        )
    return found


def _date(value: dt.date | None) -> str:
    return day(value) if value else ""


def _address(address: str, rt: str, rw: str) -> str:
    return " ".join([address, f"RT {rt}" if rt else "", f"RW {rw}" if rw else ""]).strip()
