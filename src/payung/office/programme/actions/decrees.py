"""A decree is frozen, signed or given up. People are frozen before money; a change is a new decree."""

from __future__ import annotations

import datetime as dt

from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.utils import timezone

from payung.errors import InputError
from payung.law import months
from payung.office.face import follow
from payung.office.history.actions import record
from payung.office.programme.actions.drafts import entry_of, locked
from payung.office.programme.actions.reservations import (
    give_back,
    hold_money,
    hold_places,
    take_money,
)
from payung.office.programme.kept_files import name_of
from payung.office.programme.models import Agreement, Decree, DecreeFile, DecreePerson
from payung.office.programme.queries.agreements import pks_for
from payung.office.programme.queries.faults import asked_of, doubles, faults_of
from payung.office.programme.queries.people import difference, hash_of
from payung.office.programme.signatures import signatures_of
from payung.office.programme.states import IN_FORCE, NEEDS_AGREEMENT, DecreeState
from payung.office.regions.actions import hold
from payung.office.submissions.papers import files
from payung.text import Text


def freeze(*, by: str, decree: Decree, despite: str = "") -> Decree:
    """Freeze the annex and put its money and its places of the quota aside, all or nothing.

    ``despite``: why it goes on although the law warns of the source, or people who are covered lose something. Raises
    :class:`InputError` that names who is in the way and what to do, :class:`OverspentError` with what is left of a
    line or a quota.
    """
    with transaction.atomic():
        hold(decree.region_code)
        decree = locked(decree, DecreeState.DRAFT)
        _refuse_faults(decree)
        warned = asked_of(decree)
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
        record(by=by, entries=[entry_of("decree.freeze", decree, after, decree.despite)])
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
        decree = locked(decree, DecreeState.FROZEN)
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
        record(by=by, entries=[entry_of("decree.sign", decree, after)])
        follow("decree.sign", by=by, decree=decree)
    return decree


def drop(*, by: str, decree: Decree, reason: str) -> Decree:
    """Give up a draft or a frozen decree; what it had put aside is free again."""
    if not reason.strip():
        raise InputError(Text("Tulis alasannya.", "Write why."), at="reason")
    with transaction.atomic():
        hold(decree.region_code)
        decree = locked(decree, DecreeState.DRAFT, DecreeState.FROZEN)
        frozen = decree.state == DecreeState.FROZEN
        Decree.objects.filter(pk=decree.pk).update(state=DecreeState.DROPPED)
        DecreePerson.objects.filter(removed_by=decree.pk).update(removed_by=None, exit="")
        if frozen:
            DecreePerson.objects.filter(decree=decree.pk).update(held=False)
            give_back(by=by, decree=decree)
        decree.refresh_from_db()
        record(by=by, entries=[entry_of("decree.drop", decree, {}, reason.strip())])
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


def keep_signed(*, by: str, decree: Decree, file: UploadedFile[bytes]) -> DecreeFile:
    """Keep the signed file of a decree, sealed, with what its electronic signatures say; the same file twice is one.

    Raises :class:`InputError` for another kind of file, or a decree that is not signed.
    """
    name = name_of(file)
    if decree.state not in IN_FORCE:
        raise InputError(
            Text(
                f"{decree} belum ditetapkan: isi nomor dan tanggalnya dulu, lalu simpan berkas yang ditandatangani.",
                f"{decree} is not signed: enter number and day first, then keep the signed file.",
            ),
            at="file",
        )
    found = signatures_of(file.read())
    file.seek(0)
    sha256 = files.keep(file, name)
    with transaction.atomic():
        kept, new = DecreeFile.objects.get_or_create(
            decree=decree,
            sha256=sha256,
            defaults={
                "name": name,
                "path": f"{sha256}/{name}",
                "by": by,
                "signatures": [one.plain() for one in found],
            },
        )
        if new:
            after = {"file": name, "signatures": len(found), "sha256": sha256}
            record(by=by, entries=[entry_of("decree.file", decree, after)])
    return kept
