"""Payung: sums by village and month. `payung_sums.py PEOPLE OUT`."""

import sys
from pathlib import Path

from payung.engine.files import sum_file

MONTHS = [f"2026-{month:02d}" for month in range(1, 13)]
sum_file(Path(sys.argv[1]), MONTHS, "csr", "village", Path(sys.argv[2]))
