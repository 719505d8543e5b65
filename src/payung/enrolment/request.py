"""What the main job is asked to do, checked before any file is opened."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal

from payung.errors import InputError
from payung.law.rupiah import parse_rupiah
from payung.people.values import LEAST_PAY
from payung.regions import Gazetteer
from payung.text import Text

ROSTER_ENDINGS = frozenset({".xlsx", ".xlsm", ".xls", ".ods", ".csv"})
# Read when named; in a folder they may as well be notes or pages, so that one without a list stops nobody.
PERHAPS_ENDINGS = frozenset({".txt", ".tsv", ".html", ".htm"})
# What villages send and nobody can read as a list: told, so that it is asked for again.
FOREIGN_ENDINGS = frozenset(
    {
        ".xlsb",
        ".pdf",
        ".doc",
        ".docx",
        ".rtf",
        ".odt",
        ".zip",
        ".rar",
        ".7z",
        ".jpg",
        ".jpeg",
        ".png",
        ".heic",
    }
    | {".numbers", ".mdb", ".accdb", ".dbf", ".gsheet", ".wps", ".et"}
)
_MONTH = re.compile(r"20[0-9]{2}-(0[1-9]|1[0-2])")


@dataclass(frozen=True, slots=True)
class Request:
    """One run of the main job.

    Fields
        rosters: files, sorted, each with the folder that its name is told from.
        insured: the insurer's list of insured people.
        first_month: "YYYY-MM", the first month of cover.
        months: how many months are paid.
        source: code of the funding source.
        budget: rupiah for the whole period.
        out: folder of the results.
        floor: people a village who go first, whatever their rank in the district.
        officials: whether office-holders come before or after the welfare ranking.
        max_decile: highest welfare decile admitted, or none.
        without: names of eligibility rules that are switched off.
        pay: the district's own pay table, category -> rupiah a month, for lists that do not state the wage.
        answers: copies of perlu-ditinjau.xlsx in which somebody decided pairs.
        area: code of the district or province whose people are covered, or none: the district of more than
            three quarters of the rows.
        skip_unreadable: go on without the rosters that cannot be read, and say so in the summary.
        foreign: names of files among the rosters that are lists perhaps, but of no kind that can be read.
    """

    rosters: tuple[RosterFile, ...]
    insured: Path
    first_month: str
    months: int
    source: str
    budget: int
    out: Path
    floor: int = 1
    officials: Literal["first", "last"] = "first"
    max_decile: int | None = None
    without: tuple[str, ...] = field(default=())
    pay: Mapping[str, int] = field(default_factory=dict)
    answers: tuple[Path, ...] = ()
    area: str | None = None
    skip_unreadable: bool = False
    foreign: tuple[str, ...] = ()

    @property
    def first_day(self) -> dt.date:
        """The first day of the first month of cover."""
        return dt.date.fromisoformat(f"{self.first_month}-01")

    @property
    def period(self) -> list[str]:
        """All months of the period, as "YYYY-MM"."""
        start = self.first_day.year * 12 + self.first_day.month - 1
        return [f"{n // 12:04d}-{n % 12 + 1:02d}" for n in range(start, start + self.months)]


@dataclass(frozen=True, slots=True, order=True)
class RosterFile:
    """A roster and the name by which people know it.

    Fields
        name: the path below the folder that was given, with forward slashes.
        path: where it is.
        perhaps: whether it may be something else than a list, such as a note in the folder.
    """

    name: str
    path: Path
    perhaps: bool = False


def parse_month(text: str) -> str:
    """Return ``text`` where it is a month such as 2027-01; raise ``InputError`` otherwise."""
    if not _MONTH.fullmatch(text):
        raise InputError(
            Text(
                f"Bulan '{text}' tidak dikenal: tulis TAHUN-BULAN, misalnya 2027-01.",
                f"The month '{text}' is not one: write YEAR-MONTH, for example 2027-01.",
            )
        )
    return text


def parse_area(code: str) -> str | None:
    """Return the code of a district or province, or ``None`` for no text; raise ``InputError`` for another code."""
    if not code:
        return None
    region = Gazetteer.load().find(code)
    if region is None or region.level not in ("province", "regency"):
        raise InputError(
            Text(
                f"--district '{code}' bukan kode kabupaten atau provinsi: lihat payung regions find, misalnya 62.03.",
                f"--district '{code}' is no code of a district or province: see payung regions find, e.g. 62.03.",
            )
        )
    return region.code


def parse_pay(items: Sequence[str], categories: Collection[str]) -> dict[str, int]:
    """Return the pay table of ``CATEGORY=RUPIAH`` items; raise ``InputError`` for anything else."""
    table: dict[str, int] = {}
    for item in items:
        category, equals, amount = item.partition("=")
        if not equals or category not in categories:
            known = ", ".join(sorted(categories))
            raise InputError(
                Text(
                    f"--pay '{item}' tidak dikenal: tulis KATEGORI=RUPIAH, kategori salah satu dari {known}.",
                    f"--pay '{item}' is not known: write CATEGORY=RUPIAH, the category being one of {known}.",
                )
            )
        pay = parse_rupiah(amount)
        if pay < LEAST_PAY or category in table:
            raise InputError(
                Text(
                    f"--pay '{item}': sebutkan upah sebulan tiap kategori satu kali, dalam rupiah penuh, paling "
                    f"sedikit {LEAST_PAY}.",
                    f"--pay '{item}': give the monthly pay of each category once, in whole rupiah, at least "
                    f"{LEAST_PAY}.",
                )
            )
        table[category] = pay
    return table


def check_count(value: int, option: str, *, least: int, most: int) -> int:
    """Return ``value`` where it lies from ``least`` to ``most``; raise ``InputError`` otherwise."""
    if not least <= value <= most:
        raise InputError(
            Text(
                f"{option} harus {least} sampai {most}, bukan {value}.",
                f"{option} must be {least} to {most}, not {value}.",
            )
        )
    return value


def collect_rosters(
    paths: Sequence[Path], *, leave_out: Sequence[Path] = (), endings: Collection[str] = ROSTER_ENDINGS
) -> tuple[RosterFile, ...]:
    """Return the roster files among ``paths`` (files, or folders that are searched through), sorted by name.

    In folders the files with one of ``endings`` are taken.
    ``leave_out`` are files that are not rosters though they lie in the folder, such as the insured list.
    Hidden files and the lock files that spreadsheet programs leave behind (``~$...``) are passed over. Raises
    ``InputError`` where a path does not exist or no roster is found.
    """
    skipped = {path.resolve() for path in leave_out}
    found: dict[Path, RosterFile] = {}
    for path in paths:
        if not path.exists():
            raise InputError(
                Text(
                    f"'{path}' tidak ada: periksa nama berkas atau folder daftar.",
                    f"'{path}' does not exist: check the name of the roster file or folder.",
                )
            )
        for file, name in _files_of(path):
            ending = file.suffix.lower()
            perhaps = path.is_dir() and ending in PERHAPS_ENDINGS
            wanted = path.is_file() or perhaps or ending in endings
            if wanted and file.resolve() not in skipped:
                found.setdefault(file.resolve(), RosterFile(name, file, perhaps))
    if all(file.perhaps for file in found.values()):
        shown = ", ".join(f"'{path}'" for path in paths)
        listed = " ".join(sorted(endings))
        raise InputError(
            Text(
                f"Tidak ada daftar di {shown}: berikan berkas {listed} atau folder yang berisi berkas itu.",
                f"There is no roster in {shown}: give files ({listed}) or a folder that holds some.",
            )
        )
    return _with_unique_names(sorted(found.values()))


def foreign_files(paths: Sequence[Path], *, leave_out: Sequence[Path] = ()) -> tuple[str, ...]:
    """Return the names of files in the folders ``paths`` that may be lists but cannot be read as such, sorted."""
    skipped = {path.resolve() for path in leave_out}
    return tuple(
        sorted(
            name
            for path in paths
            if path.is_dir()
            for file, name in _files_of(path)
            if file.suffix.lower() in FOREIGN_ENDINGS and file.resolve() not in skipped
        )
    )


def check_apart(rosters: Sequence[Path], out: Path) -> None:
    """Refuse to write the results among the rosters: the next run would take them for lists of villages."""
    target = out.resolve()
    for path in rosters:
        folder = path.resolve()
        if path.is_dir() and (target == folder or target.is_relative_to(folder)):
            raise InputError(
                Text(
                    f"--out '{out}' ada di dalam folder daftar '{path}': pilih folder di luarnya, supaya hasilnya "
                    "tidak terbaca sebagai daftar desa.",
                    f"--out '{out}' lies inside the folder of rosters '{path}': choose a folder outside, so that "
                    "results are not read as lists of villages.",
                )
            )


def _files_of(path: Path) -> Iterator[tuple[Path, str]]:
    """Yield the files below a folder with their names from there, hidden ones left out; a file yields itself."""
    if not path.is_dir():
        yield path, path.name
        return
    for file in sorted(path.rglob("*")):
        if file.is_file() and not any(part.startswith((".", "~$")) for part in file.parts[-2:]):
            yield file, file.relative_to(path).as_posix()


def _with_unique_names(files: list[RosterFile]) -> tuple[RosterFile, ...]:
    """Tell files of one name apart by the folder before it; the order stays that of the names."""
    count: dict[str, int] = {}
    for file in files:
        count[file.name.lower()] = count.get(file.name.lower(), 0) + 1
    named = [
        file
        if count[file.name.lower()] == 1
        else replace(file, name=f"{file.path.resolve().parent.name}/{file.name}")
        for file in files
    ]
    seen: dict[str, int] = {}
    result = []
    for file in named:
        key = file.name.lower()
        seen[key] = seen.get(key, 0) + 1
        name = file.name if seen[key] == 1 else f"{seen[key]}/{file.name}"
        result.append(replace(file, name=name))
    return tuple(result)
