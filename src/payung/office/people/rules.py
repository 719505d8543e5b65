"""Judges what is typed about one person, by the same rules as the lists.

The cells are written as a list of one row with plain headings and read by :mod:`payung.rosters`, so that there is
one set of rules for a file and for a form.
"""

from __future__ import annotations

import csv
import datetime as dt
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from payung.office.desk.words import both
from payung.text import Text

# What a form may say, in its order: field of a listing → the heading that the reader knows, and the label.
FIELDS: dict[str, tuple[str, Any]] = {
    "nik": ("NIK", both("NIK", "NIK")),
    "name": ("NAMA LENGKAP", both("Nama lengkap", "Full name")),
    "birth_date": ("TANGGAL LAHIR", both("Tanggal lahir (HH-BB-TTTT)", "Birth date (DD-MM-YYYY)")),
    "birth_place": ("TEMPAT LAHIR", both("Tempat lahir", "Birth place")),
    "sex": ("JENIS KELAMIN", both("Jenis kelamin (L/P)", "Sex (L/P)")),
    "kk": ("NO KK", both("Nomor KK", "KK number")),
    "mother": ("NAMA IBU KANDUNG", both("Nama ibu kandung", "Mother's name")),
    "job": ("PEKERJAAN", both("Pekerjaan", "Job")),
    "income": ("PENGHASILAN", both("Penghasilan sebulan (rupiah)", "Income a month (rupiah)")),
    "address": ("ALAMAT", both("Alamat", "Address")),
    "rt": ("RT", both("RT", "RT")),
    "rw": ("RW", both("RW", "RW")),
    "phone": ("NO HP", both("Nomor HP", "Phone number")),
}
RETURN = "return"
# What a list may leave out but somebody who types it must mend: the value could not be read.
UNREADABLE = frozenset(
    {"KK_FORMAT", "LAHIR_FORMAT", "JK_FORMAT", "HP_FORMAT", "RT_FORMAT", "PENGHASILAN_FORMAT", "NAMA_JANGGAL"}
)


@dataclass(frozen=True, slots=True)
class Judged:
    """What the rules say about one row.

    Fields
        listing: the row as :data:`payung.people.listing.SCHEMA` has it.
        findings: one for every faulty cell, as :data:`payung.rosters.FINDINGS` has them.
    """

    listing: dict[str, Any]
    findings: list[dict[str, Any]]

    def faults(self) -> dict[str, Text]:
        """Return field → sentence for what somebody who types has to mend."""
        found: dict[str, Text] = {}
        for finding in self.findings:
            if _hinders(finding):
                found.setdefault(finding["field"] or "", sentence(finding))
        return found

    def notes(self) -> list[Text]:
        """Return the sentences of what somebody should look at."""
        return [sentence(finding) for finding in self.findings if not _hinders(finding)]


def judge(cells: Mapping[str, str], *, village: str, on: dt.date) -> Judged:
    """Return what the rules say on the day ``on`` about ``cells`` (field → text), sent by ``village`` (its code)."""
    from payung.regions import Gazetteer
    from payung.rosters import read

    fields = [field for field in FIELDS if field in cells]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "baris.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, delimiter=";")
            writer.writerow([FIELDS[field][0] for field in fields])
            writer.writerow([cells[field].strip() for field in fields])
        reading = read(
            path,
            as_of=on,
            regions=Gazetteer.load(),
            village=village,
            within=village.rpartition(".")[0].rpartition(".")[0],
        )
    return Judged(reading.rows.row(0, named=True), list(reading.findings.iter_rows(named=True)))


def _hinders(finding: Mapping[str, Any]) -> bool:
    return finding["severity"] == RETURN or finding["code"] in UNREADABLE


def sentence(finding: Mapping[str, Any]) -> Text:
    """Return what a finding says and what to do; a form has no cells."""
    from payung.rosters.reasons import REASONS

    known = REASONS[finding["code"]]
    told = known.told(value=finding["value"] or "", other=finding["other"] or "")
    return Text(f"{told.id} {known.remedy.id}", f"{told.en} {known.remedy.en}")
