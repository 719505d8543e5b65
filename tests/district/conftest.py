import csv
import datetime as dt
import io

import polars as pl
import pytest
from python_calamine import CalamineWorkbook

from payung.district import make

ON = dt.date(2027, 1, 1)


@pytest.fixture(scope="session")
def district(tmp_path_factory):
    """An invented district of 3,000 people: its folder and its truth."""
    out = tmp_path_factory.mktemp("district") / "kapuas"
    made = make(out, district="62.03", people=3000, seed=5, on=ON)
    return made, pl.read_parquet(out / "truth.parquet")


@pytest.fixture(scope="session")
def sheets(district):
    """Every sheet of every file as rows of values, by (file, sheet)."""
    made, truth = district
    found = {}
    for file, layout in truth.select("file", "layout").unique("file").iter_rows():
        path = made.folder / file
        if path.suffix == ".csv":
            found[file, ""] = read_csv(path.read_bytes(), layout)
            continue
        book = CalamineWorkbook.from_path(str(path))
        for name in book.sheet_names:
            found[file, name] = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
    return found


def read_csv(data, layout):
    text = data.decode("cp1252") if layout == "semicolon" else data.decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text), delimiter=";" if layout == "semicolon" else ","))
