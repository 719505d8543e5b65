"""Compares the people of a submission with the register, in the background; nothing is found twice."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from payung.office.duplicates.actions import rows as linking
from payung.office.duplicates.models import Pair
from payung.office.duplicates.queries import marks_of
from payung.office.duplicates.states import DIFFERENT, SAME
from payung.office.duplicates.work.candidates import compared, compared_told, everything
from payung.office.history.actions import Entry, record
from payung.office.jobs.queue import Ticket
from payung.office.people.models import Person
from payung.office.submissions.models import Row, Submission

KIND = "duplicates.find"
CHUNK = 500


@dataclass(frozen=True, slots=True)
class Found:
    """Two that may be one: the keys of the people, the smaller first, or of a person and a row."""

    left: int
    right: int | None
    row: int | None
    probability: float
    suggestion: str
    why: str


def work(ticket: Ticket) -> None:
    """Compare everybody of the submission of ``ticket``, and its rows without a usable NIK, with the register.

    A chunk is compared outside of any transaction and kept in a short one; a pair that is there already is
    passed over, so that an attempt after a kill ends with the same pairs.
    """
    submission = Submission.objects.get(pk=ticket.arguments["submission"])
    listed = Row.objects.filter(submission=submission, replaced=False)
    landed = Person.objects.filter(pk__in=listed.filter(person__isnull=False).values("person"))
    nameless = listed.filter(person__isnull=True, nik_index__isnull=True).exclude(name="")
    people = sorted(landed.values_list("pk", flat=True))
    rows = sorted(nameless.values_list("pk", flat=True))
    total = len(people) + len(rows)
    for start in range(0, total, CHUNK):
        ticket.report(start, total)
        end = start + CHUNK
        these = list(everything(Person.objects.filter(pk__in=people[start:end])))
        those = Row.objects.filter(pk__in=rows[max(0, start - len(people)) : max(0, end - len(people))])
        found = find(these, list(those.select_related("submission", "upload").order_by("pk")))
        with transaction.atomic():
            ticket.hold()
            keep(by=ticket.asked_by, submission=submission, found=found)
    ticket.report(total, total)


def find(people: Sequence[Person], rows: Sequence[Row]) -> list[Found]:
    """Return whom of the register each of ``people`` and ``rows`` may be, as :mod:`payung.linkage` sees it."""
    from payung.linkage import link_part

    if not people and not rows:
        return []
    both = compared(people, rows)
    linked = link_part(both.listings, both.part, whole=both.whole, as_of=timezone.localdate())
    new = set(both.listings["record"])
    found = []
    for pair in linked.pairs.iter_rows(named=True):
        kinds = sorted((record[0], int(record[1:])) for record in (pair["left"], pair["right"]))
        if not {pair["left"], pair["right"]} & new or kinds[0][0] != "p":
            continue
        (_, left), (kind, right) = kinds
        told = (pair["probability"], pair["decision"], pair["why"])
        found.append(Found(left, right if kind == "p" else None, right if kind == "r" else None, *told))
    return found


def find_told(told: list[dict[str, Any]]) -> dict[str, list[Found]]:
    """Return by record of ``told`` (rows of a list that stands in no submission) whom of the register it may be, the
    most probable first. The keys of ``told`` begin with ``d``.
    """
    from payung.linkage import link_part

    if not told:
        return {}
    both = compared_told(told)
    linked = link_part(both.listings, both.part, whole=both.whole, as_of=timezone.localdate())
    found: dict[str, list[Found]] = {}
    for pair in linked.pairs.iter_rows(named=True):
        records = {record[0]: record for record in (pair["left"], pair["right"])}
        if set(records) == {"d", "p"}:
            one = Found(int(records["p"][1:]), None, None, pair["probability"], pair["decision"], pair["why"])
            found.setdefault(records["d"], []).append(one)
    return {record: sorted(ones, key=lambda one: -one.probability) for record, ones in found.items()}


def keep(*, by: str, submission: Submission, found: Sequence[Found]) -> int:
    """Put those of ``found`` in the queue that nobody has decided yet; return how many are new.

    A row that says what an earlier one said of whom somebody decided is linked to the same person at once. Must
    be called inside a transaction; a constant number of queries beside that.
    """
    keys = {one.left for one in found} | {one.right for one in found if one.right}
    people = {
        person.pk: person for person in Person.objects.select_for_update().filter(pk__in=keys).order_by("pk")
    }
    wanted = Row.objects.filter(pk__in={one.row for one in found if one.row}, person__isnull=True)
    rows = {row.pk: row for row in wanted.select_related("submission", "upload").order_by("pk")}
    marks = marks_of(list(rows.values()))
    known = Pair.objects.filter(
        Q(left__in=keys) | Q(right__in=keys) | Q(left__merged_into__in=keys) | Q(right__merged_into__in=keys)
        | Q(mark__in=set(marks.values()))
    ).select_related("left", "right")  # fmt: skip
    settled: set[tuple[int, int | str]] = set()
    owners: dict[str, Pair] = {}
    for pair in known:
        settled |= _asked(pair)
        if pair.mark and pair.state == SAME:
            owners[pair.mark] = pair
    _link_again(by, owners, [(row, marks[row.pk]) for row in rows.values()])
    fresh: dict[tuple[int, int | str], Pair] = {}
    for one in found:
        mark = marks.get(one.row, "") if one.row else ""
        if one.left not in people or (one.right and one.right not in people) or mark in owners:
            continue
        if one.row and not mark:
            continue
        question = (one.left, one.right or mark)
        if question not in settled:
            facts = {"probability": one.probability, "suggestion": one.suggestion, "why": one.why}
            fresh.setdefault(
                question,
                Pair(
                    left_id=one.left,
                    right_id=one.right,
                    row_id=one.row,
                    mark=mark,
                    submission=submission,
                    **facts,
                ),
            )
    made = Pair.objects.bulk_create(fresh.values(), batch_size=500)
    record(by=by, entries=[entry for pair in made for entry in _entries(pair, people, rows)])
    return len(made)


def _asked(pair: Pair) -> set[tuple[int, int | str]]:
    """Return what ``pair`` asks or has settled, as it was put and for those who the two are now."""
    first = {pair.left_id, pair.left.merged_into_id or pair.left_id}
    if pair.right is None:
        return {(left, pair.mark) for left in first}
    found: set[tuple[int, int | str]] = {(pair.left_id, pair.right.pk)}
    if pair.state == DIFFERENT:
        second = pair.right.merged_into_id or pair.right.pk
        found |= {(min(left, second), max(left, second)) for left in first}
    return found


def _link_again(by: str, owners: dict[str, Pair], rows: Sequence[tuple[Row, str]]) -> None:
    for mark, pair in owners.items():
        same = [row for row, other in rows if other == mark]
        if same:
            person = Person.everybody.get(pk=pair.left.merged_into_id or pair.left_id)
            told = linking.link(by=by, person=person, rows=same, subject=pair.subject, reason=pair.reason)
            pair.memory = {**(pair.memory or {}), "linked": linking.both(pair.memory["linked"], told)}  # type: ignore[index]
            pair.save(update_fields=["memory"])


def _entries(pair: Pair, people: dict[int, Person], rows: dict[int, Row]) -> list[Entry]:
    """Return an event for each person of ``pair``, that names the other side."""
    left = people[pair.left_id]
    other = people[pair.right_id] if pair.right_id else rows[pair.row_id]  # type: ignore[index]
    sides = [(left, other)] + ([(other, left)] if isinstance(other, Person) else [])
    return [
        Entry(
            "pair.find",
            pair.subject,
            person=person.pk,
            region_code=person.village_code,
            after={"name": told.name, "nik": told.masked},
        )
        for person, told in sides
    ]
