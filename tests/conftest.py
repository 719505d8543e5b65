"""What tests of all rooms share."""

import datetime as dt
import os
import shutil
import warnings
from collections.abc import Iterator
from typing import Any

import polars as pl
import pytest
from hypothesis import settings

from payung.people import listing
from payung.people.nik import build

# A busy machine is no fault of the code: what takes how long is measured by `make bench`. The examples are the same
# on every machine, so that a change is judged by what it changes; `PAYUNG_SEARCH=1` looks for new ones.
settings.register_profile("payung", deadline=None, derandomize=not os.environ.get("PAYUNG_SEARCH"))
settings.load_profile("payung")


@pytest.fixture(scope="session")
def make_listings():
    """Return a maker of listings: one dict a row; what a dict leaves out is that of a fit invented person."""

    def make(*changes):
        rows = []
        for number, change in enumerate(changes, start=1):
            born = change.get("birth_date", dt.date(1980, 1, 1))
            serial = change.get("serial", number)
            row = {
                "record": f"daftar.xlsx#Sheet1!{number + 1}",
                "file": "daftar.xlsx",
                "sheet": "Sheet1",
                "row": number + 1,
                "verdict": "accepted",
                "reasons": [],
                "nik": build("620399", born, change.get("sex") or "L", serial) if born else None,
                "nik_state": "valid",
                "name": f"ORANG UJI {number}",
                "birth_date": born,
                "birth_date_from": "cell",
                "sex": "L",
                "village": "Mantangai Hulu",
                "village_code": "62.03.09.2008",
                "district_code": "62.03.09",
                "occupation": "petani",
                "transport": False,
            }
            rows.append(row | {name: value for name, value in change.items() if name != "serial"})
        return listing.conform(pl.DataFrame(rows, schema_overrides=_overrides(rows)))

    def _overrides(rows):
        names = {name for row in rows for name in row}
        return {name: kind for name, kind in listing.SCHEMA.items() if name in names}

    return make


@pytest.fixture(scope="session")
def spark() -> Iterator[Any]:
    """One small local Spark of a test process; skipped where Java or pyspark is missing."""
    pyspark = pytest.importorskip("pyspark.sql", reason="pyspark is not installed: Spark was not compared")
    if shutil.which("java") is None:
        pytest.skip("no Java on this machine: Spark was not compared")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        session = (
            pyspark.SparkSession.builder.master("local[1]")
            .appName("payung-tests")
            .config("spark.ui.enabled", "false")
            .config("spark.sql.shuffle.partitions", "1")
            .config("spark.driver.memory", "1g")
            .getOrCreate()
        )
        session.sparkContext.setLogLevel("ERROR")
        yield session
        session.stop()
