"""Reads of policies: what is in force, whose state a proposal changes, and what that is worth by line of money."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl
from django.db.models import Count, Exists, Min, OuterRef, Q, QuerySet

from payung.codes.category import OFFICIALS
from payung.engine.contributions import price
from payung.law import default_income, months
from payung.office.access.scope import Scope
from payung.office.answers.queries import standards
from payung.office.answers.rules import Facts, refused_by
from payung.office.face import Standards
from payung.office.insight.rules import hidden, small
from payung.office.jobs.models import Job
from payung.office.people.models import DEAD, Person, Standing
from payung.office.policies.models import Effect, Policy
from payung.office.policies.states import PolicyState, Verdict
from payung.office.programme.models import DecreePerson, Line
from payung.office.programme.queries.prices import priced
from payung.office.programme.states import IN_FORCE
from payung.office.regions.tree import below

CHUNK = 20_000  # people who are judged at once


def policies(scope: Scope) -> QuerySet[Policy]:
    """Return the policies that hold where ``scope`` reaches: those of its districts and of the district above it."""
    above = Q(pk__in=[])
    for place in scope.places:
        parts = place.split(".")
        above |= Q(region_code__in=[".".join(parts[: length + 1]) for length in range(1, len(parts))])
    return Policy.objects.filter(scope.in_places("region_code") | above)


def in_force(place: str, month: str) -> Policy | None:
    """Return the policy that holds at ``place`` for covers that begin in ``month``: the latest that has begun."""
    parts = place.split(".")
    codes = [".".join(parts[: length + 1]) for length in range(len(parts))]
    rows = Policy.objects.filter(region_code__in=codes, state=PolicyState.APPROVED, from_month__lte=month)
    return rows.order_by("-from_month").first()


def as_standards(policy: Policy) -> Standards:
    """Return what ``policy`` asks, as the rules of eligibility take it."""
    off = tuple(policy.rules_off)
    return Standards(policy.max_decile, off, policy.youngest, policy.below, policy.basis)


def standing(place: str, month: str) -> Standards | None:
    """Return what the district of ``place`` decided for ``month``; ``None`` where it decided nothing."""
    found = in_force(place, month)
    return as_standards(found) if found else None


@dataclass(frozen=True, slots=True)
class Changed:
    """Somebody whose state changes: who, where, as what, from which verdict to which."""

    person: int
    village_code: str
    category: str
    before: Verdict
    after: Verdict


def judged(policy: Policy) -> QuerySet[Person]:
    """Return who is judged, each once: everybody alive in the district with a category."""
    with_category = Q(Exists(Standing.objects.filter(person=OuterRef("pk"))))
    return Person.objects.filter(below(policy.region_code, "village_code"), with_category).exclude(
        life_status=DEAD
    )


def changed(policy: Policy, told: Callable[[int], None] = lambda _: None) -> Iterator[Changed]:
    """Yield everybody alive in the district whom ``policy`` admits and the standards before it do not, or the other
    way round, in the order of the villages. Judged are people with a category; of several, an office first.

    ``told`` is told now and then how many were judged.
    """
    first_day = months.first_day(policy.from_month)
    now, then = standards(policy.region_code, policy.from_month), as_standards(policy)
    people = (
        judged(policy)
        .annotate(
            office=Min("standings__category", filter=Q(standings__category__in=sorted(OFFICIALS))),
            other=Min("standings__category"),
        )
        .order_by("village_code", "pk")
        .values_list("pk", "village_code", "birth_date", "decile", "office", "other")
    )
    many, rows = 0, list[tuple[Any, ...]]()
    for row in people.iterator(chunk_size=CHUNK):
        rows.append(row)
        if len(rows) == CHUNK:
            yield from _judged(rows, first_day, now, then)
            many, rows = many + CHUNK, []
            told(many)
    yield from _judged(rows, first_day, now, then)
    told(many + len(rows))


def _judged(
    rows: Sequence[tuple[Any, ...]], first_day: Any, now: Standards, then: Standards
) -> Iterator[Changed]:
    facts = {key: Facts(born, decile, str(office or other)) for key, _, born, decile, office, other in rows}
    before, after = (_verdicts(facts, first_day, one) for one in (now, then))
    for key, village, *_ in rows:
        old, new = before.get(key, Verdict.ADMITTED), after.get(key, Verdict.ADMITTED)
        if (old == Verdict.ADMITTED) != (new == Verdict.ADMITTED):
            yield Changed(key, village, facts[key].category, old, new)


def _verdicts(facts: Mapping[int, Facts], first_day: Any, held: Standards) -> dict[int, Verdict]:
    refused = refused_by(
        facts,
        first_day,
        max_decile=held.max_decile,
        off=held.off,
        youngest=held.youngest,
        below=held.below,
    )
    return {key: Verdict.member(rules[0].name) for key, rules in refused.items()}


def held_then(policy: Policy) -> QuerySet[DecreePerson]:
    """Return the rows of decrees in force that pay for somebody in the first month of ``policy`` or later."""
    return DecreePerson.objects.filter(
        held=True, decree__state__in=IN_FORCE, last_month__gte=policy.from_month
    )


def lines_of(policy: Policy, people: Iterable[int]) -> dict[int, list[int]]:
    """Return person → keys of the lines whose decrees name them then; one query for each :data:`CHUNK` people."""
    wanted, found = list(people), defaultdict(list)
    for at in range(0, len(wanted), CHUNK):
        rows = held_then(policy).filter(person__in=wanted[at : at + CHUNK]).order_by("line")
        for person, line in rows.values_list("person", "line").distinct():
            found[person].append(line)
    return dict(found)


def costs(policy: Policy) -> dict[str, Any]:
    """Return what the effects of the latest round are worth, in rupiah, by the law of each month.

    ``lines``: of whom a line pays for and the policy does not admit: line, people, rupiah of the first month, rupiah
    until the end of their decrees. ``fresh``: people whom it admits and no line pays for; ``fresh_month``: what they
    would cost in its first month if all were enrolled as BPU on the regional budget; ``unpriced``: officials among
    them, whose wage nobody stated yet.
    """
    mine = Effect.objects.filter(policy=policy, round=policy.round)
    lost = mine.exclude(after=Verdict.ADMITTED)
    rows = held_then(policy).filter(person__in=lost.values("person"))
    day = months.first_day(policy.from_month)
    income = int(default_income(day).value)
    first: Counter[int] = Counter()
    total: Counter[int] = Counter()
    for group in priced(rows, since=policy.from_month, default=income):
        first[group.line] += group.monthly.get(policy.from_month, 0) * group.many
        total[group.line] += group.total
    people = (
        rows.order_by().values_list("line").annotate(many=Count("person", distinct=True)).order_by("line")
    )
    fresh = mine.filter(after=Verdict.ADMITTED, lines="")
    counted = fresh.aggregate(
        all=Count("pk"), officials=Count("pk", filter=Q(category__in=sorted(OFFICIALS)))
    )
    each = _each(policy.from_month, income)
    return {
        "lines": [[line, many, first[line], total[line]] for line, many in people],
        "fresh": counted["all"],
        "fresh_month": (counted["all"] - counted["officials"]) * each,
        "unpriced": counted["officials"],
    }


def _each(month: str, income: int) -> int:
    one = {"person": [1], "segment": ["bpu"], "income": [income], "sector": ["other"], "risk": [1]}
    return int(price(pl.DataFrame(one), [month], "apbd")["total"].sum())


# What a page shows


def counting(policy: Policy) -> Job | None:
    """Return the job that counts ``policy``, or that gave up and was not followed by a count; ``None`` without one."""
    open_ = Q(state__in=[Job.State.QUEUED, Job.State.RUNNING])
    gave_up = Q(state=Job.State.FAILED)
    if policy.round:
        gave_up &= Q(finished__gt=policy.counted_at)
    return Job.objects.filter(open_ | gave_up, kind="policy.count", subject=policy.subject).last()


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the people who change: ``number`` is ``None`` where it is not told to whoever looks."""

    key: str
    lost: int | None
    gained: int | None

    @property
    def told(self) -> bool:
        """Whether its numbers are told."""
        return self.lost is not None


@dataclass(frozen=True, slots=True)
class CostLine:
    """A line of money: its people, and rupiah of the first month and until the end; ``None``: not told."""

    key: int
    name: str
    people: int | None
    month: int | None
    total: int | None


@dataclass(frozen=True, slots=True)
class Shown:
    """What somebody sees of whom a policy changes; ``people`` is ``None`` where it is too few to be told."""

    people: int | None
    lost: int | None
    gained: int | None
    categories: tuple[Part, ...]
    villages: tuple[Part, ...]


def effects(policy: Policy, scope: Scope) -> QuerySet[Effect]:
    """Return whom ``policy`` changes within ``scope``, as it was counted last."""
    return scope.of(Effect).filter(policy=policy, round=policy.round)


def shown(policy: Policy, scope: Scope, *, open_: bool) -> Shown:
    """Return the numbers of ``policy`` within ``scope``; small ones are left out for whoever sees no names (not
    ``open_``). One query."""
    rows = effects(policy, scope).order_by().values_list("category", "village_code", "after")
    cells = list(rows.annotate(many=Count("pk")))
    lost = sum(many for *_, after, many in cells if after != Verdict.ADMITTED)
    gained = sum(many for *_, many in cells) - lost
    parts = [_parts([(str(cell[at]), cell[2], cell[3]) for cell in cells], open_=open_) for at in (0, 1)]
    split = frozenset() if open_ else hidden({"lost": lost, "gained": gained})
    everybody: int | None = lost + gained
    if not open_ and small(lost + gained):
        everybody = None
    return Shown(
        everybody,
        None if "lost" in split else lost,
        None if "gained" in split else gained,
        parts[0],
        parts[1],
    )


def _parts(cells: Iterable[tuple[str, Any, int]], *, open_: bool) -> tuple[Part, ...]:
    lost: Counter[str] = Counter()
    gained: Counter[str] = Counter()
    for key, after, many in cells:
        (gained if after == Verdict.ADMITTED else lost)[key] += many
    keys = sorted({*lost, *gained}, key=lambda key: (-(lost[key] + gained[key]), key))
    siblings = {key: [lost[key], gained[key]] for key in keys}
    dark = frozenset() if open_ else hidden({key: sum(siblings[key]) for key in keys}, siblings=siblings)
    return tuple(Part(key, None, None) if key in dark else Part(key, lost[key], gained[key]) for key in keys)


def cost_lines(policy: Policy, scope: Scope, *, open_: bool) -> list[CostLine]:
    """Return what leaves each line of money within ``scope``, of whoever sees no names without small numbers."""
    found: list[list[int]] = policy.costs.get("lines", [])
    lines = {
        line.pk: line
        for line in Line.objects.filter(pk__in=[one[0] for one in found])
        if scope.covers(line.region_code)
    }
    here = [one for one in found if one[0] in lines]
    dark: frozenset[int] = frozenset()
    if not open_:  # what stands on no line follows from the rest
        lost = effects(policy, scope).exclude(after=Verdict.ADMITTED).count()
        rest = max(lost - sum(one[1] for one in here), 0)
        dark = hidden({**{one[0]: one[1] for one in here}, 0: rest})
    return [
        CostLine(key, f"{lines[key].name} ({lines[key].year})", *((None,) * 3 if key in dark else rest))
        for key, *rest in here
    ]


def fresh(policy: Policy, *, open_: bool) -> dict[str, int] | None:
    """Return whom ``policy`` newly admits and no line pays for, as :func:`costs` says it; ``None`` where that is nobody
    or too few to be told."""
    many = policy.costs.get("fresh", 0)
    return None if not many or (not open_ and small(many)) else policy.costs


def holds(policy: Policy, month: str) -> bool:
    """Tell whether ``policy`` is what is in force for covers that begin in ``month``."""
    found = in_force(policy.region_code, month)
    return found is not None and found.pk == policy.pk


def district_of(scope: Scope) -> list[str]:
    """Return the districts that ``scope`` reaches whole, for which somebody may propose."""
    return [place for place in scope.places if place.count(".") == 1]
