"""`payung arrears`, `deaths` and `forecast` say what the pages say."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest
from billsworld import EACH, arrive, bill_of, decree, line_of
from officeworld import FAR, VILLAGE, listing
from typer.testing import CliRunner

from payung.cli.app import build
from payung.errors import InputError
from payung.office.arrears.models import Rung
from payung.office.changes.models import Change

pytestmark = pytest.mark.django_db


def call(*words: str) -> Any:
    """Return what a command printed as JSON."""
    done = CliRunner().invoke(build(), [*words, "--json"], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return json.loads(done.stdout)


def test_arrears_climb_letter_and_skip(make_people: Any, make_user: Any) -> None:
    line = line_of(source="apbdes", region_code=VILLAGE)
    decree(line, make_people(listing(1)))
    arrive(4 * EACH, bill_of(line, "2026-01", "2026-04"), on="2026-01-10")
    for month in (5, 6, 7):
        bill_of(line, f"2026-0{month}")
    make_user("dpmd")
    make_user("kades", FAR)
    assert call("arrears", "climb", "--on", "2026-07-20", "--by", "dpmd")["climbed"] == 3
    (payer,) = call("arrears", "--on", "2026-07-20", "--by", "dpmd")["payers"]
    assert (payer["payer"], payer["amount"], payer["lose"]) == (VILLAGE, 3 * EACH, 1)
    assert call("arrears", "--on", "2026-07-20", "--by", "kades")["payers"] == []
    rung = payer["rungs"][0]["rung"]
    with pytest.raises(InputError, match="kades"):
        CliRunner().invoke(build(), ["arrears", "climb", "--by", "kades"], catch_exceptions=False)
    assert call("arrears", "skip", str(rung), "--reason", "dibayar tunai")["state"] == "skipped"
    letter = call("arrears", "issue", VILLAGE, "--number", "005/1", "--on", "2026-07-20", "--by", "dpmd")
    assert (letter["amount"], len(letter["rows"])) == (3 * EACH, 3)
    assert Rung.objects.filter(state="issued").count() == 2


def test_deaths_are_matched_and_reported(make_people: Any, make_user: Any, tmp_path: Path) -> None:
    line = line_of()
    people = make_people(listing(1))
    decree(line, people)
    arrive(10 * EACH, bill_of(line, "2026-01", "2026-10"), on="2026-01-10")
    make_user("dinsos")
    file = tmp_path / "kematian.csv"
    file.write_text(
        f"NAMA;NIK;TANGGAL LAHIR;TANGGAL MENINGGAL\nOrang 1;{people[0].nik};05-03-1989;05-08-2026\n"
    )
    make_user("inspektorat")  # sees cases, and neither matches nor reports
    with pytest.raises(InputError, match="inspektorat"):
        CliRunner().invoke(build(), ["deaths", str(file), "--by", "inspektorat"], catch_exceptions=False)
    (row,) = call("deaths", str(file), "--by", "dinsos")["deaths"]
    assert row["match"] == "nik"
    assert (row["to_do"], row["refund"], row["claim"]) == (["stop", "refund", "claim"], 2 * EACH, 42_000_000)
    assert people[0].nik not in json.dumps(row)
    again = call("deaths", str(file), "--report", "--by", "dinsos")
    assert (again["same"], again["reported"]) == (True, 1)
    assert Change.objects.get().on == dt.date(2026, 8, 5)


def test_forecast_of_every_line(make_people: Any) -> None:
    line = line_of(ceiling=EACH)
    decree(line, make_people(listing(1)))
    bill_of(line, "2026-11")
    (row,) = call("forecast", "--on", "2026-11-28")["lines"]
    assert (row["left"], row["ahead"], row["end"]) == (0, {"2026-12": EACH}, -EACH)
    assert (row["exhausted"], row["alarm"]) == ("2026-12-15", True)
