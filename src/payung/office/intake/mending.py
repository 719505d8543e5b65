"""Judges one row again after a person has changed its cells: by the same rules as the whole file.

The row is written as a list of one row with plain headings and read by :mod:`payung.rosters`, so that there is
one set of rules for a file and for a form.
"""

from __future__ import annotations

import csv
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.utils import timezone

from payung.office.intake.models import Row
from payung.office.intake.reading import row_of
from payung.office.ui.words import both

# The fields of the form, in its order, with the heading that the reader knows.
FIELDS: dict[str, tuple[str, Any]] = {
    "nik": ("NIK", both("NIK", "NIK")),
    "name": ("NAMA LENGKAP", both("Nama lengkap", "Full name")),
    "birth_date": ("TANGGAL LAHIR", both("Tanggal lahir (HH-BB-TTTT)", "Birth date (DD-MM-YYYY)")),
    "birth_place": ("TEMPAT LAHIR", both("Tempat lahir", "Birth place")),
    "sex": ("JENIS KELAMIN", both("Jenis kelamin (L/P)", "Sex (L/P)")),
    "kk": ("NO KK", both("Nomor KK", "KK number")),
    "job": ("PEKERJAAN", both("Pekerjaan", "Job")),
    "rt": ("RT", both("RT", "RT")),
    "rw": ("RW", both("RW", "RW")),
    "phone": ("NO HP", both("Nomor HP", "Phone number")),
}


def cells_of(row: Row) -> dict[str, str]:
    """Return what the form shows: the cells as written, or the clean value where the list says it elsewhere."""
    facts = row.facts
    raw, listing = facts.get("raw", {}), facts.get("listing", {})
    found = {}
    for field in FIELDS:
        value = raw.get(field)
        if value is None and listing.get(field) is not None:
            value = str(listing[field])
            if field == "birth_date":
                value = "-".join(reversed(value.split("-")))
        found[field] = value or ""
    return found


def judge(row: Row, values: Mapping[str, str]) -> Row:
    """Return an unsaved row: ``row`` with ``values`` in place of its cells, judged again."""
    from payung.regions import Gazetteer
    from payung.rosters import read

    cells = {**cells_of(row), **{field: text.strip() for field, text in values.items() if field in FIELDS}}
    village = row.submission.village_code
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "baris.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, delimiter=";")
            writer.writerow([heading for heading, _ in FIELDS.values()])
            writer.writerow([cells[field] for field in FIELDS])
        reading = read(
            path,
            as_of=timezone.localdate(row.upload.at),
            regions=Gazetteer.load(),
            village=village,
            within=village.rpartition(".")[0].rpartition(".")[0],
        )
    listing = reading.rows.row(0, named=True)
    kept = {
        name: value
        for name, value in row.facts.get("listing", {}).items()
        if name in {"category", "income", "segment", "disability", "decile", "welfare", "mother", "address"}
        and listing.get(name) is None
    }
    findings = list(reading.findings.iter_rows(named=True))
    return row_of({**listing, **kept}, cells, findings, row.upload)
