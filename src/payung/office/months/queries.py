"""What the register of months answers. One person: out of the rows, in two clocks. Many: out of pasts and counts."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import Exists, Max, OuterRef, Q, QuerySet
from django.utils import timezone

from payung.codes import Segment
from payung.law import Cover as LawCover
from payung.law import Payment, cover, months
from payung.office.access.facts import once
from payung.office.access.scope import Scope
from payung.office.history.models import Event
from payung.office.months import pasts
from payung.office.months.models import Cover, Day, Month, MonthSum, Past, Place, Posting, StateSum
from payung.office.months.states import SEGMENT_OF, SEGMENTS, Protection, Verdict, verdict
from payung.office.people.models import Person
from payung.office.programme.models import DecreePerson
from payung.office.programme.queries.prices import law_source

PROTECTED = (Protection.AKTIF, Protection.TENGGANG)
EMPLOYER = {Segment.PU: "state", Segment.BPU: None}  # villages and offices: no article for their arrears


@dataclass(frozen=True, slots=True)
class Paid:
    """A month that somebody paid for a person: which segment, which line, on which day, by which bill."""

    month: str
    segment: Segment
    line: int
    paid_on: dt.date
    bill: int
    posting: int
    jkk: int
    jkm: int


@dataclass(frozen=True, slots=True)
class Answer:
    """How a person is protected in one segment on a day.

    Fields
        segment: PU or BPU. cover: the law's answer. line: the line that paid the latest month that counts by that
        day, 0 where none did. months: every paid month that was known.
    """

    segment: Segment
    cover: LawCover
    line: int
    months: tuple[Paid, ...]


def cover_on(person_id: int, on: dt.date, known: dt.datetime | dt.date | None = None) -> list[Answer]:
    """Return how a person is protected on the day ``on``, one answer a segment that anything was paid in.

    ``known``: as the office knew it at that moment (a day: at its end); default: as it knows now. Empty where
    nothing was ever paid (known). The law judges (:func:`payung.law.cover`).
    """
    by_segment: dict[Segment, list[Paid]] = defaultdict(list)
    for paid in paid_months(person_id, known=known):
        by_segment[paid.segment].append(paid)
    answers = []
    for segment, found in sorted(by_segment.items()):
        reached = [one for one in found if one.month <= months.month_of(on) and one.paid_on <= on]
        line = reached[-1].line if reached else 0
        answers.append(Answer(segment, judged(person_id, segment, found, on), line, tuple(found)))
    return answers


def judged(person_id: int, segment: Segment, paid: Sequence[Paid], on: dt.date) -> LawCover:
    """Return what the law says on the day ``on`` of a person whose ``paid`` months of a segment these are.

    The one answer of the office: `payung cover`, the person's page, cases and families read it. What is owed is priced
    as the bills of this person are (income, sector, source and month), so relief months cost what was billed.
    """
    payments = [Payment(one.month, one.paid_on) for one in paid]
    found = cover(payments, on, segment.value, employer=EMPLOYER[segment])
    if found.arrears is None:
        return found
    return cover(
        payments, on, segment.value, employer=EMPLOYER[segment], **_priced_by(person_id, segment, on)
    )


def _priced_by(person_id: int, segment: Segment, on: dt.date) -> dict[str, Any]:
    """Return income, sector and source of the latest decree that takes a person in by the day ``on``, for prices."""
    row = (
        DecreePerson.objects.filter(person=person_id, segment=segment, held=True)
        .filter(from_month__lte=months.month_of(on))
        .order_by("-from_month", "-pk")
        .values_list("income", "sector", "line__source")
        .first()
    )
    if row is None:
        return {}
    income, sector, source = row
    if income is None and segment is Segment.PU:
        income = Person.everybody.filter(pk=person_id).values_list("income", flat=True).first()
    return {"income": income, "sector": sector, "source": law_source(source)}


def paid_months(person_id: int, *, known: dt.datetime | dt.date | None = None) -> list[Paid]:
    """Return the months that are paid for a person (and for records merged into it), in order."""
    live: dict[tuple[int, int, int], tuple[Month, Posting]] = {}
    last = None if known is None else known_number(known)
    rows = list(_rows(*_reach(person_id)))
    postings = Posting.objects.in_bulk({row.posting for row in rows}) if rows else {}
    for row in rows:
        if last is not None and row.posting > last:
            continue
        key = (row.month, row.segment, row.person)
        if row.seq % 2:
            live[key] = (row, postings[row.posting])
        else:
            live.pop(key, None)
    found = [
        Paid(
            months.from_index(row.month),
            SEGMENT_OF[row.segment],
            row.line,
            posting.paid_on,
            posting.bill,
            posting.pk,
            row.jkk,
            row.jkm,
        )
        for row, posting in live.values()
    ]
    return sorted(found, key=lambda one: (one.month, one.segment, one.posting))


def paid_now(people: Collection[int]) -> set[int]:
    """Return those of ``people`` for whom this month is paid."""
    now = timezone.localdate()
    rows = Month.objects.filter(month=now.year * 12 + now.month - 1, person__in=people).order_by()
    last = rows.values_list("person", "segment").annotate(last=Max("seq"))
    return {person for person, _, seq in last if seq % 2}


def records(person_id: int) -> list[int]:
    """Return the keys of a person's records: its own and those merged into it."""
    merged = Person.everybody.filter(merged_into=person_id).order_by("pk")
    return [person_id, *merged.values_list("pk", flat=True)]


def records_of(people: Iterable[int]) -> dict[int, int]:
    """Return by key of each record of ``people`` (their own and those merged into them) whose it is."""
    keys = list(people)
    owners = {key: key for key in keys}
    for merged, kept in Person.everybody.filter(merged_into__in=keys).values_list("pk", "merged_into"):
        owners[merged] = kept or merged
    return owners


def known_number(known: dt.datetime | dt.date) -> int:
    """Return the number of the last event that the office had written by ``known`` (a day: by its end)."""
    if not isinstance(known, dt.datetime):
        known = dt.datetime.combine(known + dt.timedelta(days=1), dt.time(), timezone.get_current_timezone())
        found = Event.objects.filter(at__lt=known)
    else:
        found = Event.objects.filter(at__lte=known)
    return found.order_by("-number").values_list("number", flat=True).first() or 0


def range_of_months() -> tuple[int, int] | None:
    """Return the first and last month that anything was paid for, or ``None``."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT MIN(month), MAX(month) FROM months_monthsum")
        first, last = cursor.fetchone()
    return None if first is None else (first, last)


def _reach(person_id: int) -> tuple[list[int], tuple[int, int] | None]:
    """Return what :func:`records` and :func:`range_of_months` say; one query."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT MIN(month), MAX(month), 0 FROM months_monthsum UNION ALL "
            "SELECT NULL, NULL, id FROM people_person WHERE merged_into_id = %s",
            [person_id],
        )
        (first, last, _), *merged = sorted(cursor.fetchall(), key=lambda line: int(line[2]))
    return [person_id, *(int(key) for *_, key in merged)], None if first is None else (first, last)


def _rows(people: list[int], reach: tuple[int, int] | None) -> Iterable[Month]:
    """Return the rows of ``people`` in order of their key: a probe a month, as the key begins with it."""
    if reach is None:
        return []
    wanted = list(range(reach[0], reach[1] + 1))
    return Month.objects.filter(month__in=wanted, segment__in=SEGMENT_OF, person__in=people).order_by(
        "month", "segment", "person", "seq"
    )


# Many people


def verdicts(on: dt.date) -> dict[int, Verdict]:
    """Return by past what the law says on the day ``on``: as kept where that is the kept day, else judged now."""
    if kept_day() == on:
        return {key: verdict(number) for key, number in Past.objects.values_list("pk", "verdict")}
    return _judged(on)


def _judged(on: dt.date) -> dict[int, Verdict]:
    rows = list(Past.objects.values_list("pk", "segment", "text"))
    found = pasts.judged([(segment, text) for _, segment, text in rows], on)
    said = {number: verdict(number) for number in set(found)}
    return {key: said[number] for (key, _, _), number in zip(rows, found, strict=True)}


@once
def kept_day() -> dt.date | None:
    """Return the day of the kept verdicts, ``None`` before the first posting."""
    return Day.objects.values_list("on", flat=True).first()


def states(scope: Scope, on: dt.date) -> dict[tuple[str, str, Segment], dict[Verdict, int]]:
    """Return by village, category and segment how many people have which verdict on the day ``on``."""
    seen = places_of(scope)
    found: dict[tuple[str, str, Segment], dict[Verdict, int]] = defaultdict(lambda: defaultdict(int))
    if kept_day() == on:
        kept = StateSum.objects.filter(place__in=list(seen)).exclude(people=0)
        lines: Iterable[tuple[int, int, Verdict, int]] = (
            (place, segment, verdict(number), people)
            for place, segment, number, people in kept.values_list("place", "segment", "verdict", "people")
        )
    else:
        rows, judged = _by_past(), verdicts(on)
        if any(
            past not in judged for _, _, past, _ in rows
        ):  # pasts went between the two statements (actions.turn)
            rows, judged = _by_past(), verdicts(on)
        lines = (
            (place, segment, judged[past], people) for place, segment, past, people in rows if place in seen
        )
    for place, segment, said, people in lines:
        found[(*seen[place], SEGMENT_OF[segment])][said] += people
    return {key: dict(counts) for key, counts in found.items()}


def _by_past() -> list[tuple[int, int, int, int]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT place, segment, past, COUNT(*) FROM months_cover GROUP BY place, segment, past"
        )
        return [(int(a), int(b), int(c), int(d)) for a, b, c, d in cursor.fetchall()]


def covered(scope: Scope, on: dt.date, states: Iterable[Protection] = PROTECTED) -> QuerySet[Person]:
    """Return the people of ``scope`` whose state on the day ``on`` is one of ``states`` in some segment."""
    wanted = set(states)
    keys = [key for key, said in verdicts(on).items() if said.state in wanted]
    return scope.of(Person).filter(pk__in=Cover.objects.filter(past__in=keys).values("person"))


def covered_condition(on: dt.date, person: str = "pk") -> Q:
    """Return the condition that somebody is covered on the day ``on`` by months that were paid; ``person`` is the
    column that holds their key. Months of a record that was merged count for the person it belongs to."""
    covered_ = Cover.objects.filter(past__in=pasts_in(on, PROTECTED)).values("person")
    merged = Person.everybody.filter(merged_into__isnull=False, pk__in=covered_).values("merged_into")
    return Q(**{f"{person}__in": covered_}) | Q(**{f"{person}__in": merged})


def pasts_in(on: dt.date, states: Iterable[Protection]) -> Any:
    """Return the keys of the pasts whose state on the day ``on`` is one of ``states``: out of the database where
    that is the kept day, else judged now."""
    wanted, kept = set(states), kept_day()
    if kept is None:
        return []  # nothing was ever paid
    if kept != on:
        return [key for key, said in _judged(on).items() if said.state in wanted]
    found = Q(pk__in=[])
    for state in wanted:
        found |= Q(verdict__gte=Verdict(state).number, verdict__lt=Verdict(state).number + 100)
    return Past.objects.filter(found).values("pk")


def judges(on: dt.date) -> Q:
    """Return the condition on a membership that the register of months knows about the segment of that person."""
    found = Q(pk__in=[])
    for code, number in SEGMENTS.items():
        kept = Cover.objects.filter(segment=number, person=OuterRef("person"))
        found |= Q(Exists(kept), segment=code)
    return found


def places_of(scope: Scope) -> dict[int, tuple[str, str]]:
    """Return the places within ``scope``: number → village code, category."""
    found = Place.objects.values_list("pk", "village_code", "category")
    return {key: (code, category) for key, code, category in found if scope.covers(code, category)}


def money(scope: Scope, month: str) -> dict[str, tuple[int, int]]:
    """Return by village the people and the rupiah that were paid for ``month``."""
    seen = places_of(scope)
    found: dict[str, tuple[int, int]] = {}
    sums: QuerySet[Any, Any] = MonthSum.objects.filter(month=months.index(month), place__in=list(seen))
    for place, people, jkk, jkm in sums.values_list("place", "people", "jkk", "jkm"):
        before = found.get(seen[place][0], (0, 0))
        found[seen[place][0]] = (before[0] + people, before[1] + jkk + jkm)
    return found
