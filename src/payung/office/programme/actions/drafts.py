"""A decree while it is drawn up: who is put in, who leaves, who of the reserve follows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Max

from payung.codes import Category, Segment
from payung.errors import InputError, PayungError
from payung.law import months
from payung.office.history.actions import Entry, record
from payung.office.people.models import DEAD, Person
from payung.office.programme.models import Decree, DecreePerson, Line, Reserve
from payung.office.programme.queries.agreements import pks_for
from payung.office.programme.queries.people import annex, waiting_in_reserve
from payung.office.programme.states import DecreeState, Exit
from payung.office.regions.tree import contains, district_of
from payung.text import Text


class FrozenError(PayungError):
    """The decree is not in a state in which this can be done."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A person as they are put into an annex.

    ``income`` in rupiah a month; ``None`` where a wage is not known, which keeps the decree from being frozen.
    """

    person: Person
    segment: Segment
    category: Category
    village_code: str
    income: int | None
    sector: str = "other"
    risk: int = 1
    occupation: str = ""
    rank: int | None = None
    why: str = ""


def begin(
    *,
    by: str,
    line: Line,
    from_month: str,
    until_month: str,
    region_code: str = "",
    title: str = "",
    previous: Decree | None = None,
) -> Decree:
    """Begin a draft that pays from ``line``, from the first to the last month (``YYYY-MM``).

    With ``previous`` it follows up a signed decree: everybody of that one stays until they are taken out
    (:func:`let_go`). Raises :class:`InputError` for months in the wrong order, or a ``previous`` that is not signed.
    """
    if until_month < from_month:
        raise InputError(
            Text(
                f"Bulan terakhir {until_month} mendahului bulan pertama {from_month}.",
                f"The last month {until_month} comes before the first month {from_month}.",
            ),
            at="until_month",
        )
    if previous is not None and previous.state != DecreeState.SIGNED:
        raise FrozenError(
            Text(
                f"{previous}: hanya SK yang sudah ditetapkan dan belum diganti dapat diubah dengan SK baru.",
                f"{previous}: only a decree that is signed and not replaced can be followed up.",
            )
        )
    region = region_code or (previous.region_code if previous else line.region_code)
    with transaction.atomic():
        decree = Decree.objects.create(
            title=title.strip()[:200],
            region_code=region,
            line=line,
            agreement=line.agreement or pks_for(region, months.first_day(from_month)),
            from_month=from_month,
            until_month=until_month,
            previous=previous,
            root_id=(previous.root_id or previous.pk) if previous else None,
            created_by=by,
        )
        after = {"line": line.name, "from": from_month, "until": until_month}
        record(by=by, entries=[entry_of("decree.begin", decree, after)])
    return decree


def put_in(
    *,
    by: str,
    decree: Decree,
    candidates: Sequence[Candidate],
    line: Line | None = None,
    from_month: str = "",
    until_month: str = "",
) -> int:
    """Put ``candidates`` into a draft, in their order, a thousand at a time; return how many.

    Without ``line`` and months, those of the decree. Whoever stands in it already for such months is refused later,
    when the decree is frozen.
    """
    with transaction.atomic():
        decree = locked(decree, DecreeState.DRAFT)
        first, last = from_month or decree.from_month, until_month or decree.until_month
        if last < first:
            raise InputError(Text("Masanya berakhir sebelum mulai.", "The months end before they begin."))
        _at_home(decree, candidates)
        number = decree.people.aggregate(most=Max("number"))["most"] or 0
        DecreePerson.objects.bulk_create(
            [
                DecreePerson(
                    decree=decree,
                    person=one.person,
                    number=number + place,
                    line_id=line.pk if line else decree.line_id,
                    segment=one.segment,
                    category=one.category,
                    village_code=one.village_code,
                    from_month=first,
                    until_month=last,
                    last_month=last,
                    income=one.income,
                    sector=one.sector,
                    risk=one.risk,
                    occupation=one.occupation,
                    name=one.person.name,
                    nik=one.person.nik,
                    rank=one.rank,
                    why=one.why[:300],
                )
                for place, one in enumerate(candidates, 1)
            ],
            batch_size=1000,
        )
        record(by=by, entries=[entry_of("decree.put_in", decree, {"people": len(candidates)})])
    return len(candidates)


def _at_home(decree: Decree, candidates: Sequence[Candidate]) -> None:
    """Raise :class:`InputError` where somebody lives in another district than that of the decree."""
    home = district_of(decree.region_code)
    away = sum(not contains(home, one.village_code) for one in candidates if one.village_code)
    if away:
        raise InputError(
            Text(
                f"{away} orang bukan warga kabupaten SK ini ({home}): SK hanya memuat orang kabupatennya sendiri.",
                f"{away} people do not live in the district of this decree ({home}): a decree holds people of its own "
                "district only.",
            )
        )


def put_in_reserve(*, by: str, decree: Decree, candidates: Sequence[Candidate]) -> int:
    """Put ``candidates`` at the end of the reserve of a draft, in their order; return how many."""
    with transaction.atomic():
        decree = locked(decree, DecreeState.DRAFT)
        _at_home(decree, candidates)
        last = decree.reserve.aggregate(most=Max("rank"))["most"] or 0
        Reserve.objects.bulk_create(
            [
                Reserve(
                    decree=decree,
                    person=one.person,
                    rank=last + place,
                    segment=one.segment,
                    category=one.category,
                    village_code=one.village_code,
                    income=one.income,
                    sector=one.sector,
                    why=one.why[:300],
                )
                for place, one in enumerate(candidates, 1)
            ],
            batch_size=1000,
        )
        record(by=by, entries=[entry_of("decree.reserve", decree, {"people": len(candidates)})])
    return len(candidates)


def replace_from_reserve(*, by: str, decree: Decree, many: int) -> list[Reserve]:
    """Put the first ``many`` of the reserve into a draft, in their order; return them.

    Raises :class:`InputError` where fewer wait.
    """
    with transaction.atomic():
        decree = locked(decree, DecreeState.DRAFT)
        found = list(waiting_in_reserve(decree)[:many])
        if many < 1 or len(found) < many:
            raise InputError(
                Text(
                    f"Cadangan yang dapat masuk tinggal {len(found)} orang: minta paling banyak sebanyak itu.",
                    f"Only {len(found)} people of the reserve may follow: ask for no more.",
                ),
                at="many",
            )
        chosen = [
            Candidate(
                person=one.person,
                segment=one.segment,
                category=one.category,
                village_code=one.village_code,
                income=one.income,
                sector=one.sector,
                occupation=one.person.occupation,
                rank=one.rank,
                why=f"cadangan no. {one.rank}",
            )
            for one in found
        ]
        put_in(by=by, decree=decree, candidates=chosen)
    return found


def take_out(*, by: str, decree: Decree, rows: Sequence[int], reason: str) -> int:
    """Take rows (keys) out of a draft again; return how many."""
    with transaction.atomic():
        decree = locked(decree, DecreeState.DRAFT)
        many, _ = decree.people.filter(pk__in=rows).delete()
        record(by=by, entries=[entry_of("decree.take_out", decree, {"people": many}, reason)])
    return many


def let_go(*, by: str, decree: Decree, leaving: Mapping[int, Exit]) -> int:
    """Let people of the former decree leave with this draft: key of their row → why; return how many.

    They count until the month before this decree begins, from the day it is signed. Raises :class:`InputError` where
    a row does not stand in the former annex.
    """
    with transaction.atomic():
        decree = locked(decree, DecreeState.DRAFT)
        if decree.previous is None:
            raise FrozenError(
                Text(
                    "SK ini tidak mengubah SK lain, jadi tidak ada yang keluar.",
                    "This decree follows up no other, so nobody leaves.",
                )
            )
        standing = annex(decree.previous).filter(pk__in=leaving)
        if standing.count() != len(leaving):
            raise InputError(
                Text(
                    f"Ada baris yang tidak berdiri dalam lampiran {decree.previous}: muat ulang daftarnya.",
                    f"Some rows do not stand in the annex of {decree.previous}: load the list again.",
                )
            )
        for reason in sorted(set(leaving.values())):
            keys = [key for key, why in leaving.items() if why == reason]
            DecreePerson.objects.filter(pk__in=keys).update(removed_by=decree, exit=reason)
        record(by=by, entries=[entry_of("decree.let_go", decree, {"people": len(leaving)})])
    return len(leaving)


def follow_up(
    *,
    by: str,
    previous: Decree,
    candidates: Sequence[Candidate],
    line: Line,
    from_month: str,
    until_month: str,
    title: str = "",
) -> Decree:
    """Begin the draft that makes ``candidates`` the whole new list of ``previous`` from ``from_month`` on.

    Who stands in the former annex and not in the list leaves (as dead where the register says so), who is new comes
    in, who stands in both stays as they are.
    """
    with transaction.atomic():
        decree = begin(
            by=by,
            line=line,
            from_month=from_month,
            until_month=until_month,
            title=title,
            previous=previous,
        )
        wanted = {(one.person.pk, str(one.segment)) for one in candidates}
        former = annex(previous).filter(last_month__gte=from_month)
        standing, leaving = set(), {}
        for key, person, segment, life in former.values_list(
            "pk", "person", "segment", "person__life_status"
        ):
            if (person, str(segment)) in wanted:
                standing.add((person, str(segment)))
            else:
                leaving[key] = Exit.MENINGGAL if life == DEAD else Exit.TIDAK_DIUSULKAN
        if leaving:
            let_go(by=by, decree=decree, leaving=leaving)
        fresh = [one for one in candidates if (one.person.pk, str(one.segment)) not in standing]
        put_in(by=by, decree=decree, candidates=fresh)
    return decree


def locked(decree: Decree, *states: DecreeState) -> Decree:
    """Return the decree locked. Raises :class:`FrozenError` where it is in none of ``states``."""
    found = Decree.objects.select_for_update().get(pk=decree.pk)
    if found.state not in states:
        raise FrozenError(
            Text(
                f"{found} sudah {found.state.text.id.lower()}: langkah ini tidak dapat dilakukan lagi.",
                f"{found} is {found.state.text.en.lower()}: this step cannot be taken any more.",
            )
        )
    return found


def entry_of(action: str, decree: Decree, after: Mapping[str, object], reason: str = "") -> Entry:
    """Return an event about a decree."""
    return Entry(
        action,
        decree.subject,
        letter=decree.number,
        region_code=decree.region_code,
        reason=reason,
        after=dict(after),
    )
