"""Files that nothing refers to any more are removed after PAYUNG_KEEP_FILES days: withdrawn lists, broken uploads.

A model that refers to a file below the folder of uploads says so in a field ``path`` or ``..._path``.
"""

from __future__ import annotations

import datetime as dt
import logging
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.core.mail import send_mail
from django.db import models, transaction
from django.utils import timezone

from payung.errors import InputError
from payung.office.history import marks
from payung.office.history.actions import Entry, record
from payung.office.jobs import retention
from payung.office.submissions.papers.files import APART, remove_apart
from payung.office.vault import bindings
from payung.text import Text

LOG = logging.getLogger("payung.keeping")
FRESH = dt.timedelta(hours=1)  # an upload has its row within that
SHOWN = 12  # digits of a hash that name a file
_HASH = re.compile(r"[0-9a-f]{64}")


def register() -> None:
    """Add the rule to those that run once a day."""
    from payung.office.cases.actions.papers import let_go

    retention.add("case_papers", let_go)  # first: what they let go of is removed by the next
    retention.add("files", files)
    retention.also("history", link_of_the_day)
    retention.also("vault", bindings.bind)


def link_of_the_day() -> None:
    """Note the end of the history in the file of links, and mail it where mail is set up."""
    noted, server = marks.daily(), settings.ENVIRONMENT.mail
    if noted is None or server is None:
        return
    told = Text(
        f"Riwayat sampai catatan {noted.number}, mata rantai {noted.link}. Simpan surat ini; uji kelak dengan "
        f"payung verify-history --since {noted.number} {noted.link}",
        f"History up to event {noted.number}, link {noted.link}. Keep this mail; try it later with "
        f"payung verify-history --since {noted.number} {noted.link}",
    )
    title = Text(f"Payung: riwayat {noted.number}", f"Payung: history {noted.number}").read()
    try:
        send_mail(title, told.read(), server.sender, list(server.receivers))
    except OSError:
        LOG.warning("the link of the day was not mailed", exc_info=True)


def files(now: dt.datetime) -> int:
    """Remove old files that no row names; return how many. Only files below their own hash are looked at."""
    old = (now - dt.timedelta(days=settings.ENVIRONMENT.keep_files)).timestamp()
    named, many = set(referred()), 0
    root = Path(settings.MEDIA_ROOT)
    for path in root.glob("*/*"):
        if not _HASH.fullmatch(path.parent.name) or not path.is_file():
            continue
        if path.relative_to(root).as_posix() in named or path.stat().st_mtime >= old:
            continue
        path.unlink(missing_ok=True)
        many += 1
        if not any(path.parent.iterdir()):
            path.parent.rmdir()
    for path in root.glob(f"{APART}/*/*"):
        if path.relative_to(root).as_posix() not in named and path.stat().st_mtime < now.timestamp() - 86400:
            remove_apart(path.relative_to(root).as_posix())
            many += 1
    for part in root.glob(".part-*"):  # of an upload that was cut off
        if part.stat().st_mtime < now.timestamp() - 86400:
            part.unlink(missing_ok=True)
            many += 1
    return many


@dataclass(frozen=True, slots=True)
class Loose:
    """A file that no row names any more: its list was withdrawn, or its upload was refused.

    Fields
        print: first digits of the hash of what it holds. path: below the folder of uploads.
        size: bytes, sealed. since, until: when it came, and when the rule of keeping removes it.
    """

    print: str
    path: str
    size: int
    since: dt.datetime
    until: dt.datetime

    @property
    def digest(self) -> str:
        """The whole hash; the name of a file may name people."""
        return self.path.partition("/")[0]


def loose(now: dt.datetime) -> list[Loose]:
    """Return the files that were withdrawn and are still there, oldest first."""
    named, root, found = set(referred()), Path(settings.MEDIA_ROOT), []
    keep = dt.timedelta(days=settings.ENVIRONMENT.keep_files)
    for path in root.glob("*/*"):
        where = path.relative_to(root).as_posix()
        if not _HASH.fullmatch(path.parent.name) or not path.is_file() or where in named:
            continue
        kept = path.stat()
        since = dt.datetime.fromtimestamp(kept.st_mtime, dt.UTC)
        if since < now - FRESH:  # else its row may be on the way
            found.append(Loose(path.parent.name[:SHOWN], where, kept.st_size, since, since + keep))
    return sorted(found, key=lambda one: (one.since, one.path))


def erase(*, by: str, print: str, reason: str, now: dt.datetime | None = None) -> int:
    """Remove the withdrawn files whose hash begins with ``print`` before their time; return how many.

    The history keeps who did it, why, and the hash; nothing of what they held. Backups that were made meanwhile hold
    them until these go too. Raises :class:`InputError` without a reason, and where no row has let go of such a file.
    """
    if not reason.strip():
        raise InputError(Text("Tulis alasannya.", "Write the reason."), at="reason")
    found = [one for one in loose(now or timezone.now()) if print and one.path.startswith(print)]
    if not found:
        raise InputError(
            Text(
                "Berkas itu tidak ada di antara yang ditarik: muat ulang halamannya.",
                "That file is not among those that were withdrawn: load the page again.",
            )
        )
    with transaction.atomic():
        entries = [
            Entry("file.erase", f"file:{one.print}", reason=reason.strip()[:300], after={"size": one.size})
            for one in found
        ]
        record(by=by, entries=entries)
        for one in found:
            path = Path(settings.MEDIA_ROOT) / one.path
            path.unlink(missing_ok=True)
            with suppress(OSError):
                path.parent.rmdir()
    return len(found)


def referred() -> Iterator[str]:
    """Yield every path below the folder of uploads that a row of any model names."""
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            if isinstance(field, models.CharField) and (field.name == "path" or field.name.endswith("_path")):
                values = model._base_manager.exclude(**{field.name: ""}).values_list(field.name, flat=True)
                yield from (value for value in values.iterator() if value)
