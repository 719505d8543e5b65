"""Named reads of the pairs. Each starts from a scope: a pair is in reach where one of its two is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from payung.codes import Category
from payung.office.access.scope import Scope
from payung.office.desk.words import day, say
from payung.office.duplicates.models import Pair
from payung.office.duplicates.rules import FACTS, OPEN_TO_ALL, Side
from payung.office.duplicates.states import DIFFERENT, SAME, WAITING
from payung.office.people.models import Membership, Person, Standing
from payung.office.posts.models import Holding
from payung.office.regions import queries as regions
from payung.office.submissions.models import Row, Submission
from payung.office.submissions.rules.rows import listing_of
from payung.office.vault.sealed import blind
from payung.text import Text

if TYPE_CHECKING:
    import polars as pl

    from payung.linkage.decisions import Measured


def pairs(scope: Scope) -> QuerySet[Pair, Any]:
    """Return the pairs in reach, each with ``sees_left`` and ``sees_right``: whether ``scope`` reaches that side."""
    people = scope.of(Person.everybody.order_by())
    lists = scope.of(Submission.objects.order_by())
    return Pair.objects.annotate(
        sees_left=Exists(people.filter(pk=OuterRef("left"))),
        sees_right=Exists(people.filter(pk=OuterRef("right")))
        | Exists(lists.filter(pk=OuterRef("row__submission"))),
    ).filter(Q(sees_left=True) | Q(sees_right=True))


def waiting(scope: Scope) -> QuerySet[Pair, Any]:
    """Return the pairs in reach that nobody has decided, the likeliest first."""
    return pairs(scope).filter(state=WAITING).order_by("-probability", "pk")


def free(rows: QuerySet[Pair, Any], *, by: str, at: dt.datetime) -> QuerySet[Pair, Any]:
    """Narrow to the pairs that nobody but ``by`` has open at the moment ``at``."""
    return rows.filter(Q(held_by="") | Q(held_by=by) | Q(held_until__isnull=True) | Q(held_until__lt=at))


def with_sides(rows: QuerySet[Pair, Any]) -> QuerySet[Pair, Any]:
    """Return ``rows`` with both sides fetched along."""
    return rows.select_related("left", "right", "row__submission")


def last_decided(scope: Scope, by: str) -> Pair | None:
    """Return what ``by`` decided last, while it can be undone."""
    mine = pairs(scope).filter(decided_by=by, state__in=[SAME, DIFFERENT])
    return with_sides(mine).order_by("-decided_at").first()


def measured(scope: Scope) -> Measured:
    """Return how often people found two where the machine had said "probably the same"."""
    from payung.linkage.decisions import Measured

    decided = pairs(scope).filter(suggestion="same", state__in=[SAME, DIFFERENT])
    counted = decided.aggregate(looked=Count("pk"), wrong=Count("pk", filter=Q(state=DIFFERENT)))
    return Measured(counted["looked"], counted["wrong"])


def marks_of(rows: Sequence[Row]) -> dict[int, str]:
    """Return by key of each row the blind index of what it says and where; equal rows have equal marks."""
    from payung.linkage import fingerprints

    if not rows:
        return {}
    said = fingerprints(listings_of([{"record": str(row.pk), **_bare(row)} for row in rows]))
    return {
        row.pk: blind(f"{row.submission.village_code}:{mark}", "review.row") or ""
        for row, mark in zip(rows, said, strict=True)
    }


def alike(row: Row) -> list[Row]:
    """Return the rows that landed nowhere yet and say what ``row`` says, itself included."""
    near = Row.objects.filter(
        submission__village_code=row.submission.village_code,
        submission__landed=True,
        replaced=False,
        person__isnull=True,
        nik_index__isnull=True,
        name=row.name,
    )
    found = {one.pk: one for one in [row, *near.select_related("submission", "upload")]}
    marks = marks_of(list(found.values()))
    return [found[key] for key, mark in sorted(marks.items()) if mark == marks[row.pk]]


def listings_of(rows: Sequence[dict[str, object]]) -> pl.DataFrame:
    """Return ``rows`` (fields of ``payung.people.listing``) as a frame of listings."""
    import polars as pl

    from payung.people import listing

    if not rows:
        return listing.empty()
    known = {name: kind for name, kind in listing.SCHEMA.items() if any(name in row for row in rows)}
    told = [{name: row.get(name) for name in known} for row in rows]
    return listing.conform(pl.DataFrame(told, schema=known))


def _bare(row: Row) -> dict[str, object]:
    """Return what a row says, without where it stands in its file."""
    told = listing_of(row)
    return {name: told.get(name) for name in ("name", "nik", "kk", "birth_date", "sex", "village", "phone")}


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
