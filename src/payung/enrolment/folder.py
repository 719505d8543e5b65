"""A folder of results that appears whole or not at all."""

from __future__ import annotations

import shutil
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path

from payung.errors import InputError
from payung.text import Text

MARK = "ringkasan.json"
REVIEW_LIST = "perlu-ditinjau.xlsx"
RESULTS = frozenset(
    {"usulan.xlsx", "cadangan.xlsx", REVIEW_LIST, "ringkasan.xlsx", MARK, "baris.parquet", "perbaikan"}
)
# What office programs and desktops leave behind in a folder that somebody looked into.
_TRACES = (".~lock.", "~$", ".DS_Store", "Thumbs.db", "desktop.ini")


def check_target(out: Path, results: Collection[str] = RESULTS, *, mark: str = MARK) -> None:
    """Refuse a folder that holds something other than earlier ``results``, so that nothing foreign is lost.

    ``mark`` is the one by which earlier results are known.

    A folder in which somebody stands cannot change places with a new one, and is refused too.
    """
    upward = next((path for path in out.absolute().parents if path.exists()), None)
    for path in (out, upward):
        if path is not None and path.exists() and not path.is_dir():
            raise InputError(
                Text(
                    f"'{path}' adalah berkas, bukan folder: pilih nama folder lain untuk --out.",
                    f"'{path}' is a file, not a folder: choose another folder for --out.",
                )
            )
    if not out.exists():
        return
    held = sorted(path.name for path in out.iterdir() if not path.name.startswith(_TRACES))
    foreign = [name for name in held if name not in results] if mark in held else held
    if foreign:
        raise InputError(
            Text(
                f"Folder '{out}' berisi berkas lain ('{foreign[0]}'): pilih folder kosong atau folder hasil "
                "sebelumnya, atau pindahkan berkas itu.",
                f"The folder '{out}' holds other files ('{foreign[0]}'): choose an empty folder or one of earlier "
                "results, or move that file away.",
            )
        )
    if Path.cwd().is_relative_to(out.resolve()):
        raise InputError(
            Text(
                f"--out '{out}' adalah folder tempat Anda bekerja: sebutkan nama folder baru di dalamnya.",
                f"--out '{out}' is the folder that you are in: name a new folder inside it.",
            )
        )


@contextmanager
def whole_folder(out: Path, results: Collection[str] = RESULTS, *, mark: str = MARK) -> Iterator[Path]:
    """Give a folder to write into; it takes the place of ``out`` only when the block ends well.

    ``results`` are the names that it may hold. Earlier results at ``out`` stay until then. Where the block fails
    nothing of it is left. A disk that is full and a place that may not be written become an :class:`InputError`.
    """
    check_target(out, results, mark=mark)
    try:
        with _whole_folder(out.resolve()) as folder:
            yield folder
    except OSError as error:
        if error.filename and not Path(error.filename).resolve().is_relative_to(out.resolve().parent):
            raise  # some other file's fault
        raise InputError(
            Text(
                f"Hasil tidak dapat ditulis ke '{out}' ({error.strerror or error}): kosongkan tempat di disk atau "
                "pilih folder lain untuk --out. Tidak ada yang berubah.",
                f"The results cannot be written to '{out}' ({error.strerror or error}): make room on the disk or "
                "choose another folder for --out. Nothing was changed.",
            )
        ) from error


@contextmanager
def _whole_folder(out: Path) -> Iterator[Path]:
    out.parent.mkdir(parents=True, exist_ok=True)
    fresh, earlier = out.with_name(f".{out.name}.baru"), out.with_name(f".{out.name}.lama")
    if earlier.exists() and not out.exists():  # killed between the two renames of an earlier run
        earlier.rename(out)
    for leftover in (fresh, earlier):
        shutil.rmtree(leftover, ignore_errors=True)
    fresh.mkdir()
    try:
        yield fresh
        if out.exists():
            out.rename(earlier)
        fresh.rename(out)
    except BaseException:
        shutil.rmtree(fresh, ignore_errors=True)
        if earlier.exists() and not out.exists():
            earlier.rename(out)
        raise
    shutil.rmtree(earlier, ignore_errors=True)
