"""Where the output of a command goes to: a full disk, and a reader that goes away."""

import subprocess
import sys
from pathlib import Path


def test_full_disk_behind_the_output_is_one_sentence() -> None:
    payung = Path(sys.executable).parent / "payung"
    with Path("/dev/full").open("w") as full:
        done = subprocess.run([payung, "law", "list"], stdout=full, stderr=subprocess.PIPE, text=True)
    assert (done.returncode, done.stderr) == (2, "Disk penuh: kosongkan tempat, lalu ulangi.\n")


def test_reader_that_goes_away_is_no_fault() -> None:
    payung = Path(sys.executable).parent / "payung"
    listing = subprocess.Popen([payung, "law", "list"], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert listing.stdout is not None
    listing.stdout.close()
    assert listing.communicate(timeout=30)[1] == b""
