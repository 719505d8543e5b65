"""A folder of results that appears whole or not at all."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from payung.errors import InputError
from payung.text import Text

MARK = "ringkasan.json"


def check_target(out: Path) -> None:
    """Refuse a folder that holds something other than earlier results, so that nothing foreign is lost."""
    if not out.exists():
        return
    if not out.is_dir():
        raise InputError(
            Text(
                f"'{out}' adalah berkas, bukan folder: pilih nama folder lain untuk --out.",
                f"'{out}' is a file, not a folder: choose another folder for --out.",
            )
        )
    if any(out.iterdir()) and not (out / MARK).exists():
        raise InputError(
            Text(
                f"Folder '{out}' berisi berkas lain: pilih folder kosong atau folder hasil sebelumnya.",
                f"The folder '{out}' holds other files: choose an empty folder or one of earlier results.",
            )
        )


@contextmanager
def whole_folder(out: Path) -> Iterator[Path]:
    """Give a folder to write into; it takes the place of ``out`` only when the block ends well.

    Earlier results at ``out`` stay until then. Where the block fails nothing of it is left.
    """
    check_target(out)
    out = out.resolve()
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
