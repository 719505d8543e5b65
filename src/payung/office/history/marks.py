"""Links of the chain that are noted outside of it: in the database, and in a file that can be printed or mailed.

Whoever puts a former state of the database back as a whole cannot be seen inside of it; a link that was noted after
that state shows it. The file lies beside the uploads and grows by a line a day (``payung verify-history`` reads it).
"""

from __future__ import annotations

import logging
import os
import re
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from payung.office.history import chain
from payung.office.history.chain import LEAST, Noted
from payung.office.history.models import Event, Head, Mark

LOG = logging.getLogger("payung.history")
_LINE = re.compile(r"(\S+ \S+)\s+(\d+)\s+([0-9a-f]{16,64})\s+(\S+)")
_HEAD = """Rantai riwayat. Cetak, tandatangani, dan simpan di luar mesin ini; uji dengan: payung verify-history.
The chain of the history. Print, sign and keep it outside of this machine; try it with: payung verify-history.
"""


def path() -> Path:
    """Return the file of daily links."""
    return Path(settings.CHAIN_FILE)


def note(why: str, *, number: int | None = None, link: str = "") -> Mark | None:
    """Note the end of the chain (or the event ``number``) in the database; ``None`` where there is no event yet."""
    if number is None:
        found = head()
        number, link = (found.number, found.chain) if found else (0, "")
    elif not link:
        link = Event.objects.filter(number=number).values_list("chain", flat=True).first() or ""
    if not number or not link:
        return None
    return Mark.objects.create(number=number, chain=link, why=why[:60], at=timezone.now())


def write(why: str = "day") -> Noted | None:
    """Add the end of the chain to the file, unless it is its last line; a disk that is full or closed only warns."""
    found = head()
    if found is None or not chain.sealed(found):
        return None
    noted = Noted(found.number, found.chain, str(path()))
    last = list(written())[-1:]
    if last and (last[0].number, last[0].link) == (noted.number, noted.link):
        return noted
    try:
        _append(f"{timezone.localtime():%Y-%m-%d %H:%M}  {found.number:>9}  {found.chain}  {why}\n")
    except OSError:
        LOG.warning("the link of the day could not be written to %s", path(), exc_info=True)
    return noted


def daily() -> Noted | None:
    """Note the end of the chain once a day, in the database and in the file."""
    with transaction.atomic():
        note("day")
    return write()


def written() -> Iterator[Noted]:
    """Yield what stands in the file."""
    try:
        text = path().read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return
    for line in text.splitlines():
        if (found := _LINE.fullmatch(line.strip())) is not None:
            yield Noted(int(found[2]), found[3], f"{path().name} ({found[1]})")


def noted() -> list[Noted]:
    """Return every link that this machine has noted, in the database and in the file."""
    kept = Mark.objects.order_by("number").values_list("number", "chain", "why", "at")
    rows = [
        Noted(number, link, f"{why} {timezone.localtime(at):%Y-%m-%d}")
        for number, link, why, at in kept.iterator()
    ]
    return [*rows, *written()]


def of(why: str) -> Mark | None:
    """Return the latest link that was noted for ``why``."""
    return Mark.objects.filter(why=why).first()


def put_aside() -> Path | None:
    """Let the file of another state of the office stay beside the one that begins; return where it is now."""
    if not path().exists():
        return None
    aside = path().with_name(f"rantai-{timezone.now():%Y%m%d-%H%M%S}.txt")
    path().replace(aside)
    return aside


def head() -> Head | None:
    """Return the end of the chain, or ``None`` before the first event."""
    return Head.objects.filter(pk=1, number__gt=0).first()


def end() -> str:
    """Return the end of the chain as it stands in the name of a file: ``r1024-0123456789abcdef``; empty for none."""
    found = head()
    return f"r{found.number}-{found.chain[:LEAST]}" if found else ""


def _append(line: str) -> None:
    path().parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND
    with os.fdopen(os.open(path(), flags, 0o600), "a", encoding="utf-8") as file:
        if file.tell() == 0:
            file.write(_HEAD)
        file.write(line)
        file.flush()
        os.fsync(file.fileno())
