"""What a decree does to the ledgers: frozen it puts aside, signed it takes, dropped it gives back."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Count, QuerySet

from payung.office.programme.actions.money import PEOPLE, Booking, book_all
from payung.office.programme.models import Balance, Decree, DecreePerson, LedgerEntry, Line, Quota, QuotaEntry
from payung.office.programme.queries.money import of_subjects
from payung.office.programme.queries.prices import cost_by_line
from payung.office.programme.states import EntryKind, Stage
from payung.office.regions.tree import contains


def hold_money(*, by: str, decree: Decree) -> int:
    """Reserve what the annex costs and its places of the quota; return the rupiah. Inside a transaction.

    What the leaving people still had committed is freed first, as far as it is not billed: it may pay for whoever
    comes. Raises :class:`OverspentError`.
    """
    mine = DecreePerson.objects.filter(decree=decree.pk)
    leaving = DecreePerson.objects.filter(removed_by=decree.pk)
    freed = cost_by_line(leaving, since=decree.from_month)
    costs = cost_by_line(mine)
    lines = {line.pk: line for line in Line.objects.filter(pk__in={*freed, *costs})}
    committed = dict(Balance.objects.filter(line__in=freed).values_list("line", "committed"))
    bookings = [
        Booking(lines[key], EntryKind.RELEASE, amount, decree.subject, "keluar", Stage.COMMITTED)
        for key, amount in sorted((key, min(freed[key], committed[key])) for key in freed)
        if amount
    ]
    bookings += [
        Booking(lines[key], EntryKind.RESERVE, amount, decree.subject)
        for key, amount in sorted(costs.items())
        if amount
    ]
    if bookings:
        book_all(by=by, bookings=bookings)
    hold_places(by=by, decree=decree)
    return sum(costs.values())


def take_money(*, by: str, decree: Decree) -> None:
    """Commit what the decree has reserved, rupiah and places. Inside a transaction."""
    _move(by, decree, EntryKind.COMMIT)


def give_back(*, by: str, decree: Decree) -> None:
    """Release what the decree has reserved; what it had freed is committed again. Inside a transaction."""
    freed = LedgerEntry.objects.filter(
        subject=decree.subject, kind=EntryKind.RELEASE, stage=Stage.COMMITTED
    ).select_related("line")
    before = [(entry.line, entry.amount) for entry in freed]
    places = QuotaEntry.objects.filter(
        subject=decree.subject, kind=EntryKind.RELEASE, stage=Stage.COMMITTED
    ).select_related("quota")
    seats = [(entry.quota, entry.amount) for entry in places]
    _move(by, decree, EntryKind.RELEASE)
    if before:
        again = [Booking(line, EntryKind.COMMIT, amount, decree.subject) for line, amount in before]
        book_all(by=by, bookings=again)
    if seats:
        back = [Booking(quota, EntryKind.COMMIT, people, decree.subject) for quota, people in seats]
        book_all(by=by, bookings=back, books=PEOPLE)


def _move(by: str, decree: Decree, kind: EntryKind) -> None:
    """Commit or release everything that ``decree`` has reserved."""
    stage = Stage.RESERVED if kind == EntryKind.RELEASE else ""
    lines = {line.pk: line for line in Line.objects.filter(entries__subject=decree.subject).distinct()}
    reserved = of_subjects(LedgerEntry, "line", lines, [decree.subject])
    bookings = [
        Booking(lines[key], kind, amount, decree.subject, "", stage)
        for (key, _), amount in sorted(reserved.items())
        if amount > 0
    ]
    if bookings:
        book_all(by=by, bookings=bookings)
    quotas = {quota.pk: quota for quota in Quota.objects.filter(entries__subject=decree.subject).distinct()}
    seats = of_subjects(QuotaEntry, "quota", quotas, [decree.subject])
    places = [
        Booking(quotas[key], kind, people, decree.subject, "", stage)
        for (key, _), people in sorted(seats.items())
        if people > 0
    ]
    if places:
        book_all(by=by, bookings=places, books=PEOPLE)


def hold_places(*, by: str, decree: Decree) -> None:
    """Reserve the places of the quotas of the agreement for whoever comes; free those of who leaves first."""
    quotas = list(Quota.objects.filter(agreement=decree.agreement_id)) if decree.agreement_id else []
    if not quotas:
        return
    taken = _by_place(DecreePerson.objects.filter(decree=decree.pk))
    freed = _by_place(DecreePerson.objects.filter(removed_by=decree.pk))
    out = [(quota, _within(quota, freed)) for quota in quotas]
    come = [(quota, _within(quota, taken)) for quota in quotas]
    bookings = [
        Booking(quota, EntryKind.RELEASE, people, decree.subject, "keluar", Stage.COMMITTED)
        for quota, people in out
        if people
    ]
    bookings += [
        Booking(quota, EntryKind.RESERVE, people, decree.subject) for quota, people in come if people
    ]
    if bookings:
        book_all(by=by, bookings=bookings, books=PEOPLE)


def _by_place(rows: QuerySet[DecreePerson]) -> list[tuple[str, str, int]]:
    counted = (
        rows.order_by().values_list("village_code", "category").annotate(many=Count("person", distinct=True))
    )
    return [(village, str(category), many) for village, category, many in counted]


def _within(quota: Quota, counted: Iterable[tuple[str, str, int]]) -> int:
    return sum(
        many
        for village, category, many in counted
        if contains(quota.region_code, village) and (not quota.category or quota.category == category)
    )
