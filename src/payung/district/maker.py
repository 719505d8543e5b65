"""Makes an invented district on disk: rosters in many layouts, the insurer's list, the truth."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import polars as pl
from xlsxwriter.exceptions import FileCreateError

from payung.district import insurer, truth
from payung.district.books import write
from payung.district.faults import plant
from payung.district.layouts import AFTER, BEFORE, LAYOUTS
from payung.district.layouts.common import Heading
from payung.district.lists import plan_lists, rows_of
from payung.district.people import populate
from payung.district.places import Place, choose
from payung.district.sheets import Book, Sheet
from payung.district.spelling import write_down
from payung.errors import InputError
from payung.regions import Gazetteer
from payung.text import Text

#: Serial numbers of the one sub-district that does not exist suffice for about this many people.
PEOPLE_AT_MOST = 5_000_000
_MARK = "Kabupaten rekaan Payung / an invented district of Payung"
_OURS = frozenset({"rosters", insurer.FILE, truth.FILE, "README.txt"})

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Made:
    """What was written.

    Fields
        folder: where.
        regency: name of the district.
        people, rows: on rosters.
        insured: rows of the insurer's list.
        villages, files: that were written.
    """

    folder: Path
    regency: str
    people: int
    rows: int
    insured: int
    villages: int
    files: int


def make(
    out: Path,
    *,
    district: str,
    people: int,
    seed: int,
    on: dt.date,
    gazetteer: Gazetteer | None = None,
    progress: Progress = lambda done, total: None,
) -> Made:
    """Write the invented district ``district`` (code) with ``people`` people on its rosters to the folder ``out``.

    ``on`` is the day that ages are counted on. The same arguments give the same bytes. The folder appears whole or
    not at all; an earlier invented district in it is replaced, anything else is not touched.

    Raises :class:`InputError` for an unknown district, a number of people or a seed that cannot be, a folder in use,
    and one that cannot be written.
    """
    if not 1 <= people <= PEOPLE_AT_MOST:
        raise InputError(
            Text(
                f"--people {people}: jumlah orang harus 1 sampai {PEOPLE_AT_MOST}.",
                f"--people {people}: the number of people must be 1 to {PEOPLE_AT_MOST}.",
            )
        )
    if seed < 0:
        raise InputError(
            Text(
                f"--seed {seed}: benih acak harus 0 atau lebih.",
                f"--seed {seed}: the seed must be 0 or more.",
            )
        )
    _refuse_folder_in_use(out)
    place = choose(gazetteer or Gazetteer.load(), district, people)
    unfinished = out.absolute().with_name(f".{out.absolute().name}.baru")
    shutil.rmtree(unfinished, ignore_errors=True)
    try:
        made = _make(unfinished, out, place, people, seed, on, progress)
        _put_in_place(unfinished, out)
    except (OSError, FileCreateError) as error:
        raise InputError(
            Text(
                f"Kabupaten rekaan tidak dapat ditulis ke {out} ({error}): kosongkan tempat di disk atau pilih folder "
                "lain.",
                f"The invented district cannot be written to {out} ({error}): make room on the disk or choose another "
                "folder.",
            )
        ) from error
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)
    return made


def _make(
    folder: Path, out: Path, place: Place, people: int, seed: int, on: dt.date, progress: Progress
) -> Made:
    persons = plant(populate(place, people, round(people * insurer.OTHERS), seed, on), place, seed, on)
    listed = persons.filter("listed")
    workers = listed.filter(pl.col("category") == "rentan")["village"].value_counts()
    many = dict(workers.iter_rows())
    lists = plan_lists(place, people, [many.get(at, 0) for at in range(len(place.villages))], seed)
    lines = rows_of(listed, lists, place, seed)
    book, insured = insurer.insured_list(persons, place, seed)
    total, done, files = lines.height + insured.height, 0, 0
    told: list[pl.DataFrame] = []
    for roster, rows in _books(write_down(lines, listed, lists, place, seed), place, on.year):
        write(roster, folder)
        told.append(truth.truth_of_rosters(rows))
        done, files = done + rows.height, files + 1
        progress(done, total)
    write(book, folder)
    progress(total, total)
    truth.truth(pl.concat(told), insured, persons, place, on).write_parquet(
        folder / truth.FILE, compression="zstd"
    )
    made = Made(out, place.regency.name, people, lines.height, insured.height, len(place.villages), files)
    (folder / "README.txt").write_text(_about(made, place, seed, on), encoding="utf-8")
    return made


def _books(table: pl.DataFrame, place: Place, year: int) -> Iterator[tuple[Book, pl.DataFrame]]:
    """Yield every roster with its rows, which then know their row number. Rows of one sheet lie together."""
    runs = table.select("file", "sheet").group_by("file", "sheet", maintain_order=True).len()
    starts = (runs["len"].cum_sum() - runs["len"]).to_list()
    pages = list(zip(runs["file"], starts, runs["len"], strict=True))
    position = 0
    while position < len(pages):
        book = pages[position][0]
        parts: list[pl.DataFrame] = []
        while position < len(pages) and pages[position][0] == book:
            parts.append(table.slice(pages[position][1], pages[position][2]))
            position += 1
        sheets = [(_sheet(part, place, year), part) for part in parts]
        rows = pl.concat(
            [
                part.with_columns(row=pl.Series(sheet.row_numbers(), dtype=pl.Int64))
                for (_, sheet, _), part in sheets
            ]
        )
        text = parts[0]["layout"][0] == "semicolon"
        yield (
            Book(
                parts[0]["file"][0],
                [one for (before, sheet, after), _ in sheets for one in (*before, sheet, *after)],
                ";" if text else ",",
                "cp1252" if text else "utf-8-sig",
            ),
            rows,
        )


def _sheet(rows: pl.DataFrame, place: Place, year: int) -> tuple[list[Sheet], Sheet, list[Sheet]]:
    """Return the worksheet of these rows, and the worksheets before and after it in its book."""
    layout = rows["layout"][0]
    village = rows["list_village"][0]
    one = None if village is None else place.villages[village]
    heading = Heading(
        one.name if one else "",
        place.subdistricts[rows["list_subdistrict"][0]],
        place.regency.name.partition(" ")[2],
        place.province.name,
        (one.kind or "desa").capitalize() if one else "Desa",
        place.regency.name.partition(" ")[0],
        year,
        rows["nik_style"][0] in ("number", "damaged"),
        rows["date_style"][0] == "cell",
    )
    before = [BEFORE[layout](heading)] if layout in BEFORE else []
    after = [AFTER[layout](heading)] if layout in AFTER else []
    return before, LAYOUTS[layout](rows, heading), after


def _refuse_folder_in_use(out: Path) -> None:
    if out.is_dir() and (not any(out.iterdir()) or _is_ours(out)):
        return
    if out.exists():
        raise InputError(
            Text(
                f"{out} sudah ada dan bukan kabupaten rekaan: pilih folder lain atau kosongkan.",
                f"{out} exists and is not an invented district: choose another folder or empty it.",
            )
        )


def _is_ours(folder: Path) -> bool:
    about = folder / "README.txt"
    if not about.is_file() or not about.read_text(encoding="utf-8", errors="replace").startswith(_MARK):
        return False
    return {path.name for path in folder.iterdir()} <= _OURS


def _put_in_place(finished: Path, out: Path) -> None:
    """Move the folder to its name; an earlier one leaves only after the new one is whole."""
    earlier = finished.with_name(finished.name + ".old")
    if out.exists():
        out.rename(earlier)
    finished.rename(out)
    shutil.rmtree(earlier, ignore_errors=True)


def _about(made: Made, place: Place, seed: int, on: dt.date) -> str:
    return f"""{_MARK}

{made.regency} ({place.regency.code}), seed {seed}, umur dihitung pada / ages counted on {on.isoformat()}

Semua orang di sini rekaan. NIK memakai kecamatan nomor 99 yang tidak ada; nomor telepon 0812-0000-xxxx dan
0840-xxxx-xxxx tidak sampai kepada siapa pun. Nama dan kode desa benar.
Everybody here is invented. NIKs use sub-district number 99, which does not exist; the phone numbers
0812-0000-xxxx and 0840-xxxx-xxxx reach nobody. Village names and codes are true.

rosters/       {made.files} berkas dari {made.villages} desa/kelurahan, {made.rows} baris, {made.people} orang
               {made.files} files from {made.villages} villages, {made.rows} rows, {made.people} people
insured.xlsx   {made.insured} peserta menurut penyelenggara / people on the insurer's list
truth.parquet  satu baris untuk tiap baris di atas: orang sebenarnya dan cacat yang ditanam
               one row for every row above: the true person and the planted faults
"""
