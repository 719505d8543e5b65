"""A decree from its first draft to its number and date. People are frozen before money; a change is a new decree."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone

from payung.codes import Category, Segment
from payung.errors import InputError, PayungError
from payung.law import months
from payung.office.face import follow
from payung.office.history.actions import Entry, record
from payung.office.programme.actions.holding import (
    give_back,
    hold_money,
    hold_places,
    take_money,
)
from payung.office.programme.models import Agreement, Decree, DecreePerson, Line, Reserve
from payung.office.programme.queries.agreements import pks_for
from payung.office.programme.queries.faults import doubles, faults_of, warnings_of
from payung.office.programme.queries.people import annex, difference, hash_of
from payung.office.programme.states import NEEDS_AGREEMENT, DecreeState, Exit
from payung.office.regions.actions import hold
from payung.office.register.models import DEAD, Person
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
        record(by=by, entries=[_entry("decree.begin", decree, after)])
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
    """Put ``candidates`` into a draft, in their order; return how many. A constant number of queries.

    Without ``line`` and months, those of the decree. Whoever stands in it already for such months is refused later,
    when the decree is frozen.
    """
    with transaction.atomic():
        decree = _locked(decree, DecreeState.DRAFT)
        first, last = from_month or decree.from_month, until_month or decree.until_month
        if last < first:
            raise InputError(Text("Masanya berakhir sebelum mulai.", "The months end before they begin."))
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
        record(by=by, entries=[_entry("decree.put_in", decree, {"people": len(candidates)})])
    return len(candidates)


def put_in_reserve(*, by: str, decree: Decree, candidates: Sequence[Candidate]) -> int:
    """Put ``candidates`` at the end of the reserve of a draft, in their order; return how many."""
    with transaction.atomic():
        decree = _locked(decree, DecreeState.DRAFT)
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
        record(by=by, entries=[_entry("decree.reserve", decree, {"people": len(candidates)})])
    return len(candidates)


def take_out(*, by: str, decree: Decree, rows: Sequence[int], reason: str) -> int:
    """Take rows (keys) out of a draft again; return how many."""
    with transaction.atomic():
        decree = _locked(decree, DecreeState.DRAFT)
        many, _ = decree.people.filter(pk__in=rows).delete()
        record(by=by, entries=[_entry("decree.take_out", decree, {"people": many}, reason)])
    return many


def let_go(*, by: str, decree: Decree, leaving: Mapping[int, Exit]) -> int:
    """Let people of the former decree leave with this draft: key of their row → why; return how many.

    They count until the month before this decree begins, from the day it is signed. Raises :class:`InputError` where
    a row does not stand in the former annex.
    """
    with transaction.atomic():
        decree = _locked(decree, DecreeState.DRAFT)
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
        record(by=by, entries=[_entry("decree.let_go", decree, {"people": len(leaving)})])
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


def freeze(*, by: str, decree: Decree, despite: str = "") -> Decree:
    """Freeze the annex and put its money and its places of the quota aside, all or nothing.

    ``despite``: why it goes on although the law warns of the source. Raises :class:`InputError` that names who is
    in the way and what to do, :class:`OverspentError` with what is left of a line or a quota.
    """
    with transaction.atomic():
        hold(decree.region_code)
        decree = _locked(decree, DecreeState.DRAFT)
        _refuse_faults(decree)
        warned = warnings_of(decree)
        if warned and not despite.strip():
            raise InputError(
                Text(
                    f"{' '.join(text.id for text in warned)} Bila tetap dilanjutkan, tulis alasannya.",
                    f"{' '.join(text.en for text in warned)} To go on all the same, write why.",
                ),
                at="despite",
            )
        sha = hash_of(decree)
        Decree.objects.filter(pk=decree.pk).update(
            state=DecreeState.FROZEN,
            hash=sha,
            frozen_by=by,
            frozen_at=timezone.now(),
            despite=despite.strip()[:300] if warned else "",
        )
        try:
            with transaction.atomic():
                many = DecreePerson.objects.filter(decree=decree.pk).update(held=True)
        except IntegrityError:  # somebody else took one of them in the meantime
            names = ", ".join(doubles(decree).values_list("name", flat=True)[:3])
            raise InputError(
                Text(
                    f"Baru saja dibekukan SK lain yang juga membayar {names}: muat ulang, lalu keluarkan mereka.",
                    f"Another decree that pays for {names} was frozen just now: load again and take them out.",
                )
            ) from None
        decree.refresh_from_db()
        money = hold_money(by=by, decree=decree)
        after = {"people": many, "amount": money, "hash": sha[:12]}
        record(by=by, entries=[_entry("decree.freeze", decree, after, decree.despite)])
    return decree


def sign(
    *, by: str, decree: Decree, number: str, signed_on: dt.date, agreement: Agreement | None = None
) -> Decree:
    """Record number and day of a signed decree; its money is committed and who leaves leaves.

    Raises :class:`InputError` where the number is taken, or no PKS of the district was in force before that day.
    """
    number = number.strip()
    if not number:
        raise InputError(Text("Tulis nomor SK-nya.", "Write the number of the decree."), at="number")
    with transaction.atomic():
        hold(decree.region_code)
        decree = _locked(decree, DecreeState.FROZEN)
        if (
            Decree.objects.filter(region_code=decree.region_code, number=number)
            .exclude(pk=decree.pk)
            .exists()
        ):
            raise InputError(
                Text(f"Nomor SK {number} sudah dipakai.", f"The number {number} is taken."), at="number"
            )
        without = decree.agreement_id is None
        decree.agreement = agreement or decree.agreement or pks_for(decree.region_code, signed_on)
        _rests_on_pks(decree, number, signed_on)
        if without:  # its places of the quota are known only now
            hold_places(by=by, decree=decree)
        Decree.objects.filter(pk=decree.pk).update(
            state=DecreeState.SIGNED,
            number=number,
            signed_on=signed_on,
            signed_by=by,
            agreement=decree.agreement,
        )
        leaves = DecreePerson.objects.filter(removed_by=decree.pk, last_month__gte=decree.from_month)
        leaves.update(last_month=months.add(decree.from_month, -1))
        if decree.previous_id:
            Decree.objects.filter(pk=decree.previous_id, state=DecreeState.SIGNED).update(
                state=DecreeState.REPLACED
            )
        take_money(by=by, decree=decree)
        decree.refresh_from_db()
        after = {"number": number, "on": signed_on.isoformat(), **difference(decree).counts()}
        record(by=by, entries=[_entry("decree.sign", decree, after)])
        follow("decree.sign", by=by, decree=decree)
    return decree


def drop(*, by: str, decree: Decree, reason: str) -> Decree:
    """Give up a draft or a frozen decree; what it had put aside is free again."""
    if not reason.strip():
        raise InputError(Text("Tulis alasannya.", "Write why."), at="reason")
    with transaction.atomic():
        hold(decree.region_code)
        decree = _locked(decree, DecreeState.DRAFT, DecreeState.FROZEN)
        frozen = decree.state == DecreeState.FROZEN
        Decree.objects.filter(pk=decree.pk).update(state=DecreeState.DROPPED)
        DecreePerson.objects.filter(removed_by=decree.pk).update(removed_by=None, exit="")
        if frozen:
            DecreePerson.objects.filter(decree=decree.pk).update(held=False)
            give_back(by=by, decree=decree)
        decree.refresh_from_db()
        record(by=by, entries=[_entry("decree.drop", decree, {}, reason.strip())])
    return decree


def _rests_on_pks(decree: Decree, number: str, signed_on: dt.date) -> None:
    pks = decree.agreement
    if pks is not None and pks.signed_on > signed_on:
        raise InputError(
            Text(
                f"SK {number} bertanggal {signed_on}, sebelum {pks.kind.text.id} {pks.number} ({pks.signed_on}): "
                "periksa tanggalnya.",
                f"The decree {number} is of {signed_on}, before {pks.kind.text.en} {pks.number} ({pks.signed_on}): "
                "check the day.",
            ),
            at="signed_on",
        )
    if pks is None and decree.people.filter(line__source__in=NEEDS_AGREEMENT).exists():
        raise InputError(
            Text(
                f"Belum ada PKS yang berlaku pada {signed_on} untuk {decree.region_code}: SK yang dibayar anggaran "
                "kabupaten mengikuti PKS. Catat PKS-nya dahulu (payung agreement add).",
                f"No PKS is in force on {signed_on} for {decree.region_code}: a decree paid by the district follows a "
                "PKS. Record the PKS first (payung agreement add).",
            ),
            at="agreement",
        )


def _refuse_faults(decree: Decree) -> None:
    faults = faults_of(decree)
    if faults:
        raise InputError(
            Text(" ".join(fault.what.id for fault in faults), " ".join(fault.what.en for fault in faults))
        )


def _locked(decree: Decree, *states: DecreeState) -> Decree:
    found = Decree.objects.select_for_update().get(pk=decree.pk)
    if found.state not in states:
        raise FrozenError(
            Text(
                f"{found} sudah {found.state.text.id.lower()}: langkah ini tidak dapat dilakukan lagi.",
                f"{found} is {found.state.text.en.lower()}: this step cannot be taken any more.",
            )
        )
    return found


def _entry(action: str, decree: Decree, after: Mapping[str, object], reason: str = "") -> Entry:
    return Entry(
        action,
        decree.subject,
        letter=decree.number,
        region_code=decree.region_code,
        reason=reason,
        after=dict(after),
    )
