"""The tables that `payung run` prints stay readable on a terminal of any width."""

import io

import polars as pl
import pytest
from rich.console import Console

from payung.cli.tables import villages_table

VILLAGES = pl.DataFrame(
    {
        "village_code": ["62.03.09.2008"], "village_name": ["Mantangai Hulu"], "district_name": ["Mantangai"],
        "people": [1234], "insured": [100], "chosen": [1000], "reserve": [34], "unprotected": [1134],
        "cost": [201_600_000],
    }
)  # fmt: skip
ASKED = {"months": ["2027-01", "2027-12"], "source": "apbd"}


@pytest.mark.parametrize("width", [46, 60, 79, 80, 91, 92, 120])
def test_villages_table_shows_village_and_money_whole(width):
    page = io.StringIO()
    Console(file=page, width=width).print(villages_table(VILLAGES, ASKED, width))
    shown = page.getvalue()
    for word in ("Mantangai Hulu", "1.000", "Rp201.600.000"):
        assert word in shown, shown
    assert "…" not in shown
    assert ("Kecamatan" in shown) is (width >= 92)
