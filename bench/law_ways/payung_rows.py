"""Payung: one row for each person and month. `payung_rows.py PEOPLE OUT`."""

import sys
from pathlib import Path

from payung.engine.files import price_file

MONTHS = [f"2026-{month:02d}" for month in range(1, 13)]
price_file(Path(sys.argv[1]), MONTHS, "csr", Path(sys.argv[2]))
