"""Files of changes: ``nik;kind;date;evidence``, one event a row; a bad row stops only itself."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from dataclasses import dataclass

from django.utils import timezone

from payung.errors import InputError, PayungError
from payung.office.changes.actions import report
from payung.office.changes.states import ChangeKind
from payung.office.people.actions.merges import meant
from payung.office.people.models import Person
from payung.office.vault.sealed import blind
from payung.people import dates
from payung.text import Text

COLUMNS = ("nik", "kind", "date", "evidence")


@dataclass(frozen=True, slots=True)
class Line:
    """What became of a row: its number in the file, the change (0: none), whether it is new, why it waits."""

    row: int
    change: int
    new: bool
    why: Text | None = None


def read(
    *, by: str, name: str, content: bytes, reaches: Callable[[str], bool] = lambda code: True
) -> list[Line]:
    """Report every row of a file (headings ``nik;kind;date;evidence``); return what became of each.

    ``reaches`` tells whether ``by`` may report for a village. Raises :class:`InputError` for a file without headings.
    """
    text = content.decode("utf-8-sig", "replace")
    rows = [
        row for row in csv.reader(io.StringIO(text, newline=""), delimiter=";") if any(map(str.strip, row))
    ]
    heads = [cell.strip().lower() for cell in rows[0]] if rows else []
    if missing := [one for one in COLUMNS if one not in heads]:
        listed = ", ".join(missing)
        raise InputError(
            Text(
                f"{name}: kolom {listed} tidak ada. Judulnya: {';'.join(COLUMNS)}.",
                f"{name}: the columns {listed} are missing. Headings: {';'.join(COLUMNS)}.",
            )
        )
    places = {one: heads.index(one) for one in COLUMNS}
    cells = [
        {one: row[place].strip() if place < len(row) else "" for one, place in places.items()}
        for row in rows[1:]
    ]
    people = meant({blind(cell["nik"], "nik") for cell in cells})
    return [
        _line(by, number, cell, people.get(blind(cell["nik"], "nik")), reaches)
        for number, cell in enumerate(cells, 2)
    ]


def _line(
    by: str, number: int, cell: dict[str, str], person: Person | None, reaches: Callable[[str], bool]
) -> Line:
    if person is None or not reaches(person.village_code):
        return Line(
            number, 0, False, Text("NIK ini tidak ada dalam register.", "This NIK is not in the register.")
        )
    kind = ChangeKind.known(cell["kind"])
    if kind is None:
        allowed = ", ".join(ChangeKind)
        return Line(
            number,
            0,
            False,
            Text(
                f"Jenis {cell['kind']!r} tidak dikenal: {allowed}.",
                f"Unknown kind {cell['kind']!r}: {allowed}.",
            ),
        )
    day = dates.read(cell["date"], on=timezone.localdate())
    if day is None:
        return Line(number, 0, False, Text("Tanggalnya tidak dapat dibaca.", "The day cannot be read."))
    try:
        done = report(by=by, person=person, kind=kind, on=day, evidence=cell["evidence"])
    except PayungError as error:
        return Line(number, 0, False, error.message)
    return Line(number, done.change.pk, done.new)
