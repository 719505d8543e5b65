"""Prepares an export in the background; killed and started again, it ends with one file and one event."""

from __future__ import annotations

import secrets
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone, translation

from payung.errors import InputError
from payung.office.accounts.models import User
from payung.office.desk.exports import write_csv, write_long_workbook
from payung.office.desk.lists import ListPage
from payung.office.desk.numbers import without_numbers
from payung.office.exports import queries
from payung.office.exports.models import Export
from payung.office.history import marks
from payung.office.history.actions import Entry, record
from payung.office.jobs.queue import Ticket
from payung.office.vault.files import PIECE, sealing
from payung.text import Text

FOLDER = "ekspor"  # below the folder of uploads
STEP = 1000  # rows between two reports of how far it is


def work(ticket: Ticket) -> None:
    """Write the list of the export of ``ticket`` as its person sees it now, and keep it sealed."""
    export = Export.objects.filter(pk=int(ticket.subject.partition(":")[2])).first()
    if export is None or export.made is not None:
        return
    user = User.objects.filter(username=export.by, is_active=True).first()
    found = queries.list_at(export.address)
    if user is None or found is None:
        raise _changed()
    page, rule = found
    request = queries.request_of(user, rule, export.address, export.query)
    if queries.print_of(request.scope) != export.reach or not page.may_export(request):  # type: ignore[attr-defined]
        raise _changed()
    with translation.override(export.language), tempfile.TemporaryDirectory(prefix="payung-") as folder:
        rows = page.narrowed(request)
        total = rows.order_by().count()
        plain = Path(folder) / f"list.{export.kind}"
        many = _written(plain, page, _reporting(page.cells(rows), ticket, total), export.kind)
        path = _kept(plain, export.kind)
        try:
            _finish(ticket, export, page, request.GET, many, plain.stat().st_size, path)
        except BaseException:
            (Path(settings.MEDIA_ROOT) / path).unlink(missing_ok=True)
            raise


def _changed() -> InputError:
    return InputError(
        Text(
            "Wewenang orang yang meminta sudah berubah; tidak ada yang dibuat.",
            "What the person who asked may see has changed; nothing was made.",
        )
    )


def _written(plain: Path, page: ListPage[Any], cells: Iterable[list[Any]], kind: str) -> int:
    headings = [column.label.id for column in page.columns]
    if kind == "csv":
        return write_csv(plain, headings, cells)
    return write_long_workbook(
        plain, page.title.id, headings, [column.kind for column in page.columns], cells
    )


def _reporting(cells: Iterable[list[Any]], ticket: Ticket, total: int) -> Iterator[list[Any]]:
    """Yield ``cells``, and say now and then how far it is; it stops where another worker took the job over."""
    for number, line in enumerate(cells):
        if number % STEP == 0:
            ticket.report(min(number, total), total)
        yield line


def _kept(plain: Path, kind: str) -> str:
    """Keep the open file sealed in a folder of its own; return its path below the folder of uploads."""
    path = f"{FOLDER}/{secrets.token_hex(16)}/daftar.{kind}"
    target = Path(settings.MEDIA_ROOT) / path
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    part = target.with_name(".part")
    with plain.open("rb") as source, part.open("wb") as sealed:
        part.chmod(0o600)
        for piece in sealing(iter(lambda: source.read(PIECE), b"")):
            sealed.write(piece)
    part.replace(target)
    return path


def _finish(
    ticket: Ticket, export: Export, page: ListPage[Any], asked: Any, many: int, size: int, path: str
) -> None:
    after = {"rows": many, "filter": without_numbers(asked), "format": export.kind}
    with transaction.atomic():
        ticket.report(many, many)
        record(
            by=export.by,
            entries=[Entry("list.export", f"list:{page.export_name}", reason=export.reason, after=after)],
        )
        proof = marks.end()  # the name of the file proves the history up to here
        export.name = "-".join(part for part in (page.export_name, proof) if part) + f".{export.kind}"
        export.made, export.lines, export.size, export.path = timezone.now(), many, size, path
        export.save(update_fields=["name", "made", "lines", "size", "path"])
