"""Of a workbook that comes back the worker looks at little."""

from __future__ import annotations

import tracemalloc
import zipfile
from pathlib import Path

from payung.office.submissions.rules.versions import is_repaired

MEGABYTE = 1 << 20


def padded(path: Path, part: str, megabytes: int) -> Path:
    """A workbook whose ``part`` unfolds to so much, at the ratio that the door lets through."""
    line = b"".join(f"<!-- {n:08x} -->".encode() for n in range(0, 1 << 16, 7))
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as file:
        with file.open(part, "w") as target:
            for _ in range(megabytes * MEGABYTE // len(line) + 1):
                target.write(line)
        if part != "xl/workbook.xml":
            file.writestr("xl/workbook.xml", "<workbook/>")
    return path


def test_worker_looks_at_the_first_megabyte_only(tmp_path: Path) -> None:
    path = padded(tmp_path / "b.xlsx", "xl/workbook.xml", 60)
    tracemalloc.start()
    assert not is_repaired(path)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 8 * MEGABYTE
