"""Asking for a long export, handing it out, removing old ones."""

from __future__ import annotations

import datetime as dt
from contextlib import suppress
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils import timezone, translation

from payung.errors import InputError
from payung.office.accounts.models import User
from payung.office.exports import queries
from payung.office.exports.models import Export
from payung.office.history.actions import Entry, record
from payung.office.jobs import queue
from payung.text import Text

KIND = "exports.make"
AT_ONCE = 3  # exports that are prepared for one person at the same time


def ask(*, by: User, address: str, query: str, kind: str, reason: str) -> Export:
    """Put a list in the queue to be prepared; the same asked for twice is one.

    What leaves is recorded when it is ready, with its rows, as for a short list. Raises :class:`InputError` where too
    many are being prepared for this person already.
    """
    found = queries.list_at(address)
    if found is None:
        raise InputError(Text("Daftar itu tidak ada.", "There is no such list."))
    page, rule = found
    with transaction.atomic():
        User.objects.select_for_update().get(pk=by.pk)  # two clicks ask one after the other
        waiting = list(queries.in_work(by.username))
        for one in waiting:
            if (one.address, one.query, one.kind) == (address, query, kind):
                return one
        if len(waiting) >= AT_ONCE:
            raise InputError(
                Text(
                    f"{AT_ONCE} unduhan Anda masih disiapkan: tunggu sampai salah satunya selesai.",
                    f"{AT_ONCE} of your exports are still being prepared: wait until one is ready.",
                )
            )
        export = Export.objects.create(
            by=by.username,
            title_id=page.title.id[:200],
            title_en=page.title.en[:200],
            address=address,
            query=query,
            kind=kind,
            reason=reason[:300],
            language=(translation.get_language() or "id")[:2],
            reach=queries.print_of(queries.scope_of_rule(by, rule)),
        )
        export.job = queue.ask(by=by.username, kind=KIND, subject=f"export:{export.pk}")
        export.save(update_fields=["job"])
    return export


def fetch(*, by: User, key: int) -> Export:
    """Hand an export out to whoever asked for it; recorded each time.

    Raises :class:`InputError` where it is not theirs or not ready, or where they reach something else by now.
    """
    with transaction.atomic():
        export = queries.of_person(by.username).filter(pk=key, made__isnull=False).first()
        if export is None:
            raise InputError(
                Text(
                    "Berkas itu tidak ada atau sudah dihapus: unduh lagi dari daftarnya.",
                    "That file is not there or was removed: take the list out again.",
                )
            )
        found = queries.list_at(export.address)
        scope = queries.scope_of_rule(by, found[1]) if found else None
        if found is None or scope is None or queries.print_of(scope) != export.reach:
            raise InputError(
                Text(
                    "Wewenang Anda sudah berubah sejak berkas ini diminta: unduh lagi dari daftarnya.",
                    "What you may see has changed since this file was asked for: take the list out again.",
                )
            )
        export.fetched = timezone.now()
        export.save(update_fields=["fetched"])
        after = {"rows": export.lines, "format": export.kind}
        record(by=by.username, entries=[Entry("export.fetch", f"export:{export.pk}", after=after)])
    return export


def clear(now: dt.datetime) -> int:
    """Remove exports that were asked for PAYUNG_KEEP_EXPORTS days ago, with their files; return how many."""
    old = Export.objects.filter(asked__lt=now - dt.timedelta(days=settings.ENVIRONMENT.keep_exports))
    many = 0
    for export in old:
        if export.path:
            remove(export.path)
        export.delete()
        many += 1
    return many


def remove(path: str) -> None:
    """Remove a file of an export and its folder."""
    kept = Path(settings.MEDIA_ROOT) / path
    kept.unlink(missing_ok=True)
    with suppress(OSError):
        kept.parent.rmdir()
