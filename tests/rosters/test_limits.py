"""What reading a file may cost, in the process that reads it and in the one that asked for it."""

from __future__ import annotations

import resource
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from payung.rosters.cells import __main__ as reader
from payung.rosters.cells import archive
from payung.rosters.cells.refusal import RefusalError
from payung.rosters.corrected.package import LARGEST, Package

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


def limits_of(hard: int, size: int) -> tuple[int, int]:
    """Return the limits of memory that a reader has after it was told of a file of ``size`` bytes."""
    code = (
        "import resource\nfrom payung.rosters.cells.__main__ import limit\n"
        f"resource.setrlimit(resource.RLIMIT_AS, ({hard}, {hard}))\nlimit({size})\n"
        "print(*resource.getrlimit(resource.RLIMIT_AS))"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    soft, most = told.stdout.split()
    return int(soft), int(most)


def test_limit_that_the_machine_gave_stays() -> None:
    given = 1 << 30
    soft, hard = limits_of(given, 300 * MEGABYTE)
    assert (soft, hard) == (given, given)


def test_no_file_may_use_more_than_a_small_machine_has() -> None:
    soft, _ = limits_of(resource.RLIM_INFINITY, archive.LARGEST_TOTAL)
    assert soft < reader.MOST_MEMORY + (1 << 30)


@pytest.mark.parametrize("part", ["xl/workbook.xml", "xl/styles.xml", "xl/sharedStrings.xml"])
def test_parts_that_are_read_whole_are_small(part: str, tmp_path: Path) -> None:
    megabytes = {"xl/sharedStrings.xml": 130, "xl/styles.xml": 34}.get(part, 25)
    with pytest.raises(RefusalError) as caught:
        archive.inspect(padded(tmp_path / "b.xlsx", part, megabytes))
    assert caught.value.why == "bomb"


def test_corrected_copy_holds_no_large_part_in_memory(tmp_path: Path) -> None:
    path = padded(tmp_path / "b.xlsx", "xl/drawings/vmlDrawing1.vml", LARGEST // MEGABYTE + 1)
    with zipfile.ZipFile(path) as book, pytest.raises(ValueError, match="larger than"):
        Package(book).read("xl/drawings/vmlDrawing1.vml")
