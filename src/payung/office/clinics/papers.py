"""From a list of the insurer's branch to clinics: every row is read, or said why not."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from payung.errors import InputError
from payung.office.clinics.states import ClinicKind
from payung.people import dates
from payung.text import Text

# Headings, as payung.rosters.headings.plain writes them → what the column holds.
COLUMNS = {
    "name": ("nama", "nama faskes", "nama plkk", "nama rumah sakit", "faskes", "plkk", "rumah sakit", "name"),
    "kind": ("jenis", "jenis faskes", "tipe", "kind"),
    "subdistrict": ("kecamatan", "kec", "nama kecamatan", "sub district", "subdistrict"),
    "address": ("alamat", "alamat faskes", "alamat lengkap", "address"),
    "phone": ("telepon", "telp", "no telepon", "no telp", "nomor telepon", "no hp", "hp", "phone"),
    "day_and_night": ("24 jam", "ugd 24 jam", "igd 24 jam", "ugd", "igd"),
    "starts": ("mulai", "tgl mulai", "mulai pks", "berlaku mulai"),
    "ends": ("sampai", "berakhir", "tgl berakhir", "akhir pks", "berlaku sampai"),
}
YES = frozenset({"y", "ya", "ada", "v", "x", "1", "yes", "24", "24 jam", "✓"})
# How names begin → what they are, where no column says it. Longest first.
BEGINS = (
    ("puskesmas", ClinicKind.HEALTH_CENTRE),
    ("klinik", ClinicKind.CLINIC),
    ("rumah sakit", ClinicKind.HOSPITAL),
    ("rs", ClinicKind.HOSPITAL),
)


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the list. ``fault``: why it cannot be used."""

    row: int
    name: str
    kind: ClinicKind
    subdistrict_code: str
    address: str
    phone: str
    day_and_night: bool
    starts: dt.date | None
    ends: dt.date | None
    fault: Text | None = None


def read(path: Path, *, name: str, subdistricts: Mapping[str, str], on: dt.date) -> list[Line]:
    """Return the rows of the list at ``path``; ``subdistricts`` has plain name → code.

    Raises :class:`InputError` where no row holds the headings "Nama" and "Kecamatan".
    """
    from payung.rosters.book import open_book
    from payung.rosters.headings import plain

    headings = {plain(word): field for field, words in COLUMNS.items() for word in words}
    found = None
    for sheet in open_book(path).sheets:
        columns: dict[str, int] = {}
        for number, cells in enumerate(sheet.cells.iter_rows(), sheet.first_row + 1):
            if not {"name", "subdistrict"} <= set(columns):
                columns = {}
                for at, cell in enumerate(cells):
                    if (field := headings.get(plain(cell or ""))) is not None:
                        columns.setdefault(field, at)
                continue
            found = found if found is not None else []
            values = {field: (cells[at] or "").strip() for field, at in columns.items()}
            if any(values.values()):
                found.append(_line(number, values, subdistricts, on))
    if found is None:
        raise InputError(
            Text(
                f"{name}: tidak ada judul kolom “Nama” dan “Kecamatan”; tulis keduanya di satu baris.",
                f"{name}: no headings “Nama” and “Kecamatan”; write both in one row above the list.",
            ),
            at="file",
        )
    return found


def _line(row: int, values: Mapping[str, str], subdistricts: Mapping[str, str], on: dt.date) -> Line:
    def day(field: str) -> tuple[dt.date | None, bool]:
        written = values.get(field, "")
        read_ = dates.read(written, on=on.replace(year=on.year + 50)) if written else None
        return read_, bool(written) and read_ is None

    (starts, bad_start), (ends, bad_end) = day("starts"), day("ends")
    name, place = values.get("name", "")[:150], values.get("subdistrict", "")
    code = subdistricts.get(spoken(place), "")
    fault = None
    if not name:
        fault = Text("Namanya kosong.", "The name is empty.")
    elif not code:
        fault = Text(
            f"Kecamatan {place!r} tidak dikenal di kabupaten ini.",
            f"There is no sub-district {place!r} in this district.",
        )
    elif bad_start or bad_end:
        fault = Text("Tanggalnya tidak dapat dibaca.", "A day cannot be read.")
    elif starts and ends and ends < starts:
        fault = Text("Berakhir sebelum mulai.", "It ends before it starts.")
    return Line(
        row,
        name,
        kind_of(values.get("kind", ""), name),
        code,
        values.get("address", "")[:200],
        values.get("phone", "")[:40],
        values.get("day_and_night", "").lower() in YES,
        starts,
        ends,
        fault,
    )


def kind_of(said: str, name: str) -> ClinicKind:
    """Return what kind of place it is: as the list says, else by how its name begins."""
    if said and (known := ClinicKind.known(said)) is not None:
        return known
    for begin, kind in BEGINS:
        if any(text.strip().lower().startswith(begin) for text in (said, name)):
            return kind
    return ClinicKind.OTHER


def spoken(place: str) -> str:
    """Return the name of a sub-district without "Kecamatan", for comparing."""
    words = place.lower().replace(".", " ").split()
    return " ".join(word for word in words if word not in ("kecamatan", "kec"))
