"""Many accounts from one list: every row is judged, and where one cannot be used none is made."""

from __future__ import annotations

import csv
import datetime as dt
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils import timezone

from payung.errors import InputError
from payung.office.access.roles import ROLES
from payung.office.accounts import actions
from payung.office.accounts.models import User
from payung.office.regions.models import Region
from payung.text import Text

# What a column may be called (lower-case letters only) → field.
HEADINGS = {
    **dict.fromkeys(("namapengguna", "pengguna", "username", "user"), "username"),
    **dict.fromkeys(("nama", "namalengkap", "name", "fullname"), "name"),
    **dict.fromkeys(("peran", "role"), "role"),
    **dict.fromkeys(("wilayah", "kodewilayah", "kode", "region", "code"), "region"),
    **dict.fromkeys(("mulai", "start", "starts", "from"), "starts"),
    **dict.fromkeys(("sampai", "berakhir", "hariterakhir", "ends", "until"), "ends"),
    **dict.fromkeys(("surat", "nosk", "sk", "letter", "decree"), "letter"),
    **dict.fromkeys(("email", "surel", "posel"), "email"),
}
NEEDED = ("username", "name", "role", "region")
LEVELS = {"regency": 1, "subdistrict": 2, "village": 3}
MOST = 5000  # rows


class Fault(NamedTuple):
    """Why one row cannot be used: its number as a spreadsheet counts, the field, and the sentence."""

    row: int
    field: str
    sentence: Text


@dataclass(frozen=True, slots=True)
class Account:
    """One row of the list: an account with its first role."""

    row: int
    username: str
    name: str
    role: str
    region: str
    starts: dt.date
    ends: dt.date | None
    letter: str
    email: str


def read(path: Path, called: str = "") -> list[tuple[int, dict[str, str]]]:
    """Return the rows of a CSV file or of the first sheet of a workbook, by field, with their numbers.

    ``called`` is what its sender calls the file, where that is not ``path``. Raises :class:`InputError` where the file
    cannot be read or lacks a column.
    """
    name = called or path
    try:
        rows = _cells(path)
    except (OSError, UnicodeDecodeError, csv.Error, ValueError) as error:
        raise InputError(
            Text(
                f"{name} tidak dapat dibaca ({type(error).__name__}): kirim CSV (UTF-8) atau Excel.",
                f"{name} cannot be read ({type(error).__name__}): send CSV (UTF-8) or Excel.",
            )
        ) from None
    head = [HEADINGS.get(re.sub(r"[^a-z]", "", cell.lower()), "") for cell in rows[0]] if rows else []
    lacking = [field for field in NEEDED if field not in head]
    if lacking or len(rows) > MOST:
        raise InputError(
            Text(
                f"{name}: baris pertama harus berisi judul kolom nama pengguna, nama, peran, wilayah "
                "(boleh juga mulai, "
                f"sampai, surat, email); paling banyak {MOST} baris.",
                f"{name}: the first row must hold the headings username, name, role, region (starts, ends, letter and "
                f"email may follow); {MOST} rows at most.",
            )
        )
    found = []
    for number, cells in enumerate(rows[1:], start=2):
        values = {field: cell.strip() for field, cell in zip(head, cells, strict=False) if field}
        if any(values.values()):
            found.append((number, values))
    return found


def _cells(path: Path) -> list[list[str]]:
    if path.suffix.lower() in {".csv", ".txt"}:
        text = path.read_text(encoding="utf-8-sig")
        first = text.partition("\n")[0]
        sign = max(";,\t", key=first.count)
        return list(csv.reader(text.splitlines(), delimiter=sign))
    import python_calamine

    from payung.rosters.cells import archive
    from payung.rosters.cells.refusal import RefusalError

    try:
        if path.suffix.lower() != ".xls":
            archive.inspect(path)  # a small file may unfold to more than the machine holds
        book = python_calamine.CalamineWorkbook.from_path(path)
        rows = book.get_sheet_by_index(0).to_python(skip_empty_area=False)
    except (python_calamine.CalamineError, RefusalError) as error:
        raise ValueError(str(error)) from None
    return [[_text(cell) for cell in row] for row in rows]


def _text(cell: object) -> str:
    if isinstance(cell, dt.datetime):
        return cell.date().isoformat()
    if isinstance(cell, dt.date):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)


def judge(
    rows: Iterable[tuple[int, Mapping[str, str]]], *, known: bool = True
) -> tuple[list[Account], list[Fault]]:
    """Return the accounts that the rows ask for, and what stands in the way, row by row.

    Without ``known`` user names that the office has already are no fault.
    """
    rows = list(rows)
    places = dict(Region.objects.values_list("code", "name"))
    taken = set(User.objects.values_list("username", flat=True)) if known else set()
    accounts, faults = [], []
    for number, values in rows:
        account, wrong = _judged(number, values, places, taken)
        faults += wrong
        if account is not None:
            taken.add(account.username)
            accounts.append(account)
    return accounts, faults


def _judged(
    number: int, values: Mapping[str, str], places: Mapping[str, str], taken: set[str]
) -> tuple[Account | None, list[Fault]]:
    faults: list[Fault] = []

    def wrong(field: str, id_: str, en: str) -> None:
        faults.append(Fault(number, field, Text(id_, en)))

    username, region = values.get("username", "").lower(), values.get("region", "")
    role = _role(values.get("role", ""))
    if not actions.USER_NAME.match(username):
        faults.append(Fault(number, "username", actions.NOT_A_USER_NAME))
    elif username in taken:
        wrong("username", f"Nama pengguna {username} sudah ada.", f"The user name {username} is taken.")
    if not values.get("name"):
        wrong("name", "Tulis nama lengkapnya.", "Write the full name.")
    if role is None:
        known = ", ".join(ROLES)
        wrong(
            "role",
            f"Peran tidak dikenal: pakai salah satu dari {known}.",
            f"Unknown role: use one of {known}.",
        )
    if region not in places:
        wrong(
            "region",
            f"Kode wilayah {region!r} tidak ada di kantor ini.",
            f"There is no region {region!r} in this office.",
        )
    elif role is not None and region.count(".") != LEVELS[ROLES[role].level]:
        wrong(
            "region",
            f"Wilayah {region} tidak setingkat dengan peran {role}.",
            f"The region {region} is not on the level of the role {role}.",
        )
    starts = _day(values.get("starts", "")) if values.get("starts") else timezone.localdate()
    ends = _day(values.get("ends", "")) if values.get("ends") else None
    if starts is None or (values.get("ends") and ends is None):
        wrong("starts", "Tulis tanggal sebagai 2027-01-31.", "Write days as 2027-01-31.")
    elif ends is not None and ends < starts:
        wrong("ends", "Hari terakhir mendahului hari pertama.", "The last day comes before the first.")
    if values.get("email"):
        try:
            validate_email(values["email"])
        except ValidationError:
            wrong("email", "Alamat email salah.", "The e-mail address is wrong.")
    if faults or starts is None or role is None:
        return None, faults
    return (
        Account(
            row=number,
            username=username,
            name=values["name"][:150],
            role=role,
            region=region,
            starts=starts,
            ends=ends,
            letter=values.get("letter", "")[:120],
            email=values.get("email", ""),
        ),
        [],
    )


def _role(text: str) -> str | None:
    """Return the code of the role that ``text`` names, as code or in either language."""
    wanted = text.strip().lower()
    for code, role in ROLES.items():
        if wanted in (code, role.name.id.lower(), role.name.en.lower()):
            return code
    return None


def _day(text: str) -> dt.date | None:
    for form in ("%Y-%m-%d", "%d-%m-%Y", "%d/%m/%Y"):
        try:
            return dt.datetime.strptime(text, form).date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
    return None
