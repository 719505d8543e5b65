"""The writes of donors: a donor, who looks for it, a pledge, a line of money made of a pledge."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone

from payung.codes import Category, Occupation, Source
from payung.errors import InputError
from payung.office.access.roles import RoleCode
from payung.office.accounts.models import User
from payung.office.donors import rules
from payung.office.donors.models import Donor, DonorAccount, Pledge, PledgeLine
from payung.office.donors.states import GIVERS, Scheme
from payung.office.history.actions import Entry, record
from payung.office.programme import actions as programme
from payung.office.programme.actions.money import RUPIAH
from payung.office.programme.models import Line
from payung.office.programme.states import EntryKind
from payung.office.regions.models import Region
from payung.text import Text


@dataclass(frozen=True, slots=True)
class Promise:
    """What the letter of a donor says; see :class:`payung.office.donors.models.Pledge`."""

    number: str
    scheme: Scheme
    source: Source
    signed_on: dt.date
    amount: int
    from_month: str
    until_month: str
    people: int | None = None
    months: int | None = None
    areas: Sequence[str] = ()
    categories: Sequence[str] = ()
    occupations: Sequence[str] = ()
    per_head: int | None = None
    note: str = ""


def add(*, by: str, name: str, region_code: str) -> Donor:
    """Record a donor of a district. Raises :class:`InputError` for a name that is taken or a place that is not."""
    plain = " ".join(name.split())[:150]
    if not plain:
        raise InputError(Text("Tulis nama donatur.", "Write the name of the donor."), at="name")
    if not Region.objects.filter(code=region_code).exists():
        raise InputError(
            Text(f"Wilayah {region_code} tidak ada.", f"There is no region {region_code}."), at="region_code"
        )
    with transaction.atomic():
        donor, new = Donor.objects.get_or_create(region_code=region_code, name=plain, defaults={"by": by})
        if not new:
            raise InputError(
                Text(f"Donatur {plain} sudah ada.", f"The donor {plain} is there already."), at="name"
            )
        record(
            by=by,
            entries=[Entry("donor.add", donor.subject, region_code=region_code, after={"donor": plain})],
        )
    return donor


def link(*, by: str, donor: Donor, user: User) -> DonorAccount:
    """Let ``user`` look for ``donor``; from now on they see its numbers, and no other's.

    Raises :class:`InputError` where the user has not the role of a donor in this place, or looks for another one.
    """
    if not user.is_active or not any(
        grant.role == RoleCode.DONATUR and grant.region_code == donor.region_code for grant in user.grants_now
    ):
        raise InputError(
            Text(
                f"{user.username} tidak memegang peran Donatur di {donor.region_code}: minta admin memberi perannya.",
                f"{user.username} has not the role of a donor in {donor.region_code}: ask an administrator for it.",
            ),
            at="user",
        )
    with transaction.atomic():
        account, new = DonorAccount.objects.get_or_create(user=user, defaults={"donor": donor, "by": by})
        if account.donor_id != donor.pk:
            raise InputError(
                Text(
                    f"{user.username} sudah melihat {account.donor}: lepaskan dari sana dahulu.",
                    f"{user.username} looks for {account.donor} already: take them off there first.",
                ),
                at="user",
            )
        if new:
            record(by=by, entries=[_of_account("donor.link", donor, user)])
    return account


def unlink(*, by: str, account: DonorAccount) -> None:
    """Let a user look for no donor any more; twice is once."""
    with transaction.atomic():
        if DonorAccount.objects.filter(pk=account.pk).delete()[0]:
            record(by=by, entries=[_of_account("donor.unlink", account.donor, account.user)])


def pledge(*, by: str, donor: Donor, promise: Promise) -> Pledge:
    """Record what a donor promised.

    Raises :class:`InputError` for a number that is taken, months that end before they begin or that are fewer than
    promised, money that is no donor's, and places outside of the district.
    """
    number = promise.number.strip()[:120]
    rules.check(promise, donor.region_code)
    if promise.source not in GIVERS:
        named = ", ".join(one.text.id for one in GIVERS)
        raise InputError(Text(f"Sumber dana donatur: {named}.", f"Money of a donor is {named}."), at="source")
    areas = sorted({str(area) for area in promise.areas})
    known = set(Region.objects.filter(code__in=areas).values_list("code", flat=True))
    if unknown := [area for area in areas if area not in known]:
        raise InputError(
            Text(f"Tidak ada wilayah {', '.join(unknown)}.", f"There is no region {', '.join(unknown)}."),
            at="areas",
        )
    with transaction.atomic():
        made, new = Pledge.objects.get_or_create(
            donor=donor,
            number=number,
            defaults={
                "scheme": promise.scheme,
                "source": promise.source,
                "signed_on": promise.signed_on,
                "amount": promise.amount,
                "from_month": promise.from_month,
                "until_month": promise.until_month,
                "people": promise.people,
                "months": promise.months,
                "areas": areas,
                "categories": sorted({str(Category.read(str(one))) for one in promise.categories}),
                "occupations": sorted({str(Occupation.read(str(one))) for one in promise.occupations}),
                "per_head": promise.per_head,
                "note": promise.note.strip()[:300],
                "by": by,
            },
        )
        if not new:
            raise InputError(
                Text(
                    f"Janji {number} dari {donor} sudah ada: tambahan dicatat sebagai janji bernomor lain.",
                    f"The pledge {number} of {donor} is there already: more money is a pledge with another number.",
                ),
                at="number",
            )
        after = {
            "donor": donor.name,
            "amount": made.amount,
            "from": made.from_month,
            "until": made.until_month,
            "people": made.people,
        }
        record(by=by, entries=[_of_pledge("pledge.add", made, after=after)])
    return made


def withdraw(*, by: str, pledge: Pledge, reason: str) -> Pledge:
    """Withdraw a pledge of which no line was made; a line that has money is taken back in its ledger first."""
    if not reason.strip():
        raise InputError(Text("Tulis alasannya.", "Write why."), at="reason")
    with transaction.atomic():
        held = Pledge.objects.select_for_update().get(pk=pledge.pk)
        if held.withdrawn_at:
            return held
        if held.placed or held.lines.exists():
            raise InputError(
                Text(
                    f"Janji {held} sudah menjadi baris dana: tidak dapat ditarik lagi.",
                    f"A line was made of the pledge {held}: it cannot be withdrawn.",
                ),
                at="reason",
            )
        held.withdrawn_at, held.withdrawn_by, held.reason = timezone.now(), by, reason.strip()[:300]
        held.save(update_fields=["withdrawn_at", "withdrawn_by", "reason"])
        record(by=by, entries=[_of_pledge("pledge.withdraw", held, reason=held.reason)])
    return held


def open_line(
    *, by: str, pledge: Pledge, name: str, amount: int, from_month: str = "", until_month: str = ""
) -> Line:
    """Make a line of money of ``pledge``: its source, payer, months (where no others are given) and restrictions.

    Raises :class:`InputError` where less is left of the pledge, it was withdrawn, or the months are not its own.
    """
    first, last = from_month or pledge.from_month, until_month or pledge.until_month
    with transaction.atomic():
        held = Pledge.objects.select_for_update(of=("self",)).select_related("donor").get(pk=pledge.pk)
        if held.withdrawn_at:
            raise InputError(Text(f"Janji {held} sudah ditarik.", f"The pledge {held} was withdrawn."))
        if first < held.from_month or last > held.until_month:
            raise InputError(
                Text(
                    f"Janji {held} untuk {held.from_month} sampai {held.until_month}: pilih bulan di dalamnya.",
                    f"The pledge {held} is for {held.from_month} to {held.until_month}: choose months within.",
                ),
                at="from_month" if first < held.from_month else "until_month",
            )
        if amount > held.left:
            raise _beyond(held, amount)
        line = programme.add_line(
            by=by,
            source=held.source,
            name=name,
            amount=amount,
            region_code=held.donor.region_code,
            from_month=first,
            until_month=last,
            areas=held.areas,
            categories=held.categories,
            occupations=held.occupations,
            per_head=held.per_head,
            payer=held.donor.name,
        )
        PledgeLine.objects.create(pledge=held, line=line)
        after = {"line": line.name, "amount": amount}
        record(by=by, entries=[_of_pledge("pledge.line", held, after=after)])
    return line


def keep_within(*, by: str, bookings: Sequence[Any]) -> None:
    """Refuse what would place more than was pledged, or take a donor's money to a line that is not of its pledge.

    Follows every booking that changes a ceiling, in its transaction.
    """
    lines = {booking.account.pk for booking in bookings}
    of = dict(PledgeLine.objects.filter(line__in=lines).values_list("line", "pledge"))
    if not of:
        return
    moved: dict[int, int] = defaultdict(int)
    for booking in bookings:
        if booking.account.pk in of:
            moved[of[booking.account.pk]] += booking.amount
    shifted = {of.get(one.account.pk) for one in bookings if one.kind == EntryKind.SHIFT}
    if len(shifted) > 1:
        raise InputError(
            Text(
                "Uang donatur hanya dapat digeser ke baris dana dari janji yang sama.",
                "Money of a donor is shifted to a line of the same pledge only.",
            ),
            at="target",
        )
    for held in Pledge.objects.select_for_update().filter(pk__in=moved).order_by("pk"):
        if moved[held.pk] > held.left:
            raise _beyond(held, moved[held.pk])


def _beyond(pledge: Pledge, amount: int) -> InputError:
    wanted, left = RUPIAH.shown(amount), RUPIAH.shown(pledge.left)
    return InputError(
        Text(
            f"Janji {pledge}: diminta {wanted.id}, sisa {left.id}. Kurangi jumlahnya, atau catat janji tambahan.",
            f"The pledge {pledge}: {wanted.en} asked for, {left.en} left. Take less, or record a further pledge.",
        ),
        at="amount",
    )


def _of_account(action: str, donor: Donor, user: User) -> Entry:
    return Entry(
        action,
        donor.subject,
        region_code=donor.region_code,
        after={"donor": donor.name, "account": user.username},
    )


def _of_pledge(
    action: str, pledge: Pledge, *, reason: str = "", after: dict[str, Any] | None = None
) -> Entry:
    return Entry(
        action,
        pledge.subject,
        letter=pledge.number,
        region_code=pledge.donor.region_code,
        reason=reason,
        after=after,
    )
