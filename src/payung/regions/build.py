"""Loads the regions of the npm package ``idn-area-data`` into the compact file that the gazetteer reads."""

from __future__ import annotations

import csv
import json
import os
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from payung.errors import InputError, MissingDataError
from payung.regions.codes import LEVELS, Level, level_of, parent
from payung.regions.gazetteer import COMPACT_FILE
from payung.regions.names import keys
from payung.text import Text

#: Villages in the annex of Kepmendagri 300.2.2-2430/2025; another number means another edition of the list.
VILLAGES_EXPECTED = 83_762

_FILES: dict[Level, str] = {
    "province": "provinces.csv",
    "regency": "regencies.csv",
    "subdistrict": "districts.csv",
    "village": "villages.csv",
}


@dataclass(frozen=True, slots=True)
class Built:
    """What was loaded.

    Fields
        path: the compact file.
        source: name and version of the npm package.
        counts: regions of each level.
    """

    path: Path
    source: str
    counts: dict[Level, int]


def build(
    package: Path, target: Path = COMPACT_FILE, *, expect_villages: int | None = VILLAGES_EXPECTED
) -> Built:
    """Write the compact file ``target`` from the folder of the npm package: same package, same bytes.

    The file appears whole or not at all. ``expect_villages`` is the number of villages that must be there;
    ``None`` takes any number.

    Raises :class:`MissingDataError` where the package is not there and :class:`InputError` where it is not
    what it should be (a column is missing, a code is malformed or twice, a parent or a village is missing).
    """
    source = _source(package)
    rows: list[tuple[str, str, list[str]]] = []
    counts: dict[Level, int] = {}
    for level, name in _FILES.items():
        found = _read(package / "data" / name, level)
        counts[level] = len(found)
        rows += [(code, label, list(keys(label, level))) for code, label in found]
    _check_tree([code for code, _, _ in rows])
    if expect_villages is not None and counts["village"] != expect_villages:
        raise InputError(
            Text(
                f"{package}: ada {counts['village']} desa/kelurahan, seharusnya {expect_villages}; "
                "paket idn-area-data ini edisi lain. Jalankan `npm ci` untuk memasang versi yang dikunci.",
                f"{package}: {counts['village']} villages where {expect_villages} are expected; this is "
                "another edition of idn-area-data. Run `npm ci` to install the locked version.",
            )
        )
    table = pl.DataFrame(
        sorted(rows),
        schema={"code": pl.String, "name": pl.String, "keys": pl.List(pl.String)},
        orient="row",
    )
    target.parent.mkdir(parents=True, exist_ok=True)
    unfinished = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        table.write_parquet(unfinished, compression="zstd", metadata={"source": source})
        unfinished.replace(target)
    finally:
        unfinished.unlink(missing_ok=True)
    return Built(target, source, counts)


def _source(package: Path) -> str:
    try:
        about = json.loads((package / "package.json").read_text(encoding="utf-8"))
        return f"{about['name']} {about['version']}"
    except FileNotFoundError:
        raise MissingDataError(
            Text(
                f"Paket npm daftar wilayah tidak ada di {package}: jalankan `make setup`, "
                "atau `npm ci` lalu ulangi.",
                f"The npm package is not at {package}: run `make setup`, or `npm ci`, and try again.",
            )
        ) from None
    except (ValueError, KeyError, TypeError):
        raise InputError(
            Text(
                f"{package / 'package.json'} bukan keterangan paket npm yang utuh: jalankan `npm ci`.",
                f"{package / 'package.json'} is not a whole description of an npm package: run `npm ci`.",
            )
        ) from None


def _read(path: Path, level: Level) -> list[tuple[str, str]]:
    """Return (code, name) of every line of one csv file of the package."""
    if not path.is_file():
        raise MissingDataError(
            Text(
                f"Berkas {path} tidak ada: jalankan `npm ci`.", f"The file {path} is not there: run `npm ci`."
            )
        )
    with path.open(encoding="utf-8-sig", newline="") as stream:
        reader = csv.DictReader(stream)
        missing = {"code", "name"} - set(reader.fieldnames or ())
        if missing:
            raise InputError(
                Text(
                    f"{path}: kolom {sorted(missing)} tidak ada; bentuk paket berubah.",
                    f"{path}: column {sorted(missing)} is missing; the shape of the package has changed.",
                )
            )
        found = [(line["code"].strip(), line["name"].strip()) for line in reader]
    for number, (code, name) in enumerate(found, start=2):
        digits = code.replace(".", "")
        if not name or not digits.isdigit() or LEVELS.get(len(digits)) != level:
            raise InputError(
                Text(
                    f"{path}, baris {number}: kode {code!r} atau nama {name!r} tidak dapat dipakai.",
                    f"{path}, line {number}: the code {code!r} or the name {name!r} cannot be used.",
                )
            )
    return found


def _check_tree(codes: list[str]) -> None:
    """Refuse a code that is there twice or whose parent is not there."""
    known = set(codes)
    if len(known) != len(codes):
        twice = sorted({code for code in codes if codes.count(code) > 1})[:3]
        raise InputError(
            Text(
                f"Kode wilayah ganda dalam paket: {', '.join(twice)}.",
                f"Region codes twice in the package: {', '.join(twice)}.",
            )
        )
    orphans = sorted(code for code in codes if level_of(code) != "province" and parent(code) not in known)
    if orphans:
        raise InputError(
            Text(
                f"Wilayah tanpa induk dalam paket: {', '.join(orphans[:3])}.",
                f"Regions without a parent in the package: {', '.join(orphans[:3])}.",
            )
        )
