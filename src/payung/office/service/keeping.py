"""Files that nothing refers to any more are removed after PAYUNG_KEEP_FILES days: withdrawn lists, broken uploads.

A model that refers to a file below the folder of uploads says so in a field ``path`` or ``..._path``.
"""

from __future__ import annotations

import datetime as dt
import logging
import re
from collections.abc import Iterator
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.core.mail import send_mail
from django.db import models

from payung.office.history import marks
from payung.office.jobs import clearing
from payung.office.submissions.papers.files import APART, remove_apart
from payung.office.vault import binding
from payung.text import Text

LOG = logging.getLogger("payung.keeping")
_HASH = re.compile(r"[0-9a-f]{64}")


def register() -> None:
    """Add the rule to those that run once a day."""
    from payung.office.cases.actions.papers import let_go

    clearing.add("case_papers", let_go)  # first: what they let go of is removed by the next
    clearing.add("files", files)
    clearing.also("history", link_of_the_day)
    clearing.also("vault", binding.bind)


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


def referred() -> Iterator[str]:
    """Yield every path below the folder of uploads that a row of any model names."""
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            if isinstance(field, models.CharField) and (field.name == "path" or field.name.endswith("_path")):
                values = model._base_manager.exclude(**{field.name: ""}).values_list(field.name, flat=True)
                yield from (value for value in values.iterator() if value)
