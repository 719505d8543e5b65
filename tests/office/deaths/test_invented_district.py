"""Unclaimed deaths over the invented district: how many the registry's list finds, misses, and names falsely."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from django.db import transaction
from monthsworld import pay
from officeworld import VILLAGE

from payung.district.maker import make
from payung.law import months
from payung.office.access.scope import Area, Scope
from payung.office.cases.actions import Told, report
from payung.office.cases.queries import unclaimed
from payung.office.cases.states import Happening
from payung.office.deaths import actions
from payung.office.deaths.models import Death
from payung.office.deaths.states import Match, Origin
from payung.office.people import actions as register
from payung.people.nik import parse

TODAY, DIED = dt.date(2026, 11, 28), dt.date(2026, 10, 20)
EVERYWHERE = Scope((Area(""),))
HEAD = "NO;NAMA;NIK;TANGGAL LAHIR;TANGGAL MENINGGAL;NO AKTA KEMATIAN"


@pytest.fixture
def truth(tmp_path: Path) -> pl.DataFrame:
    """One row a person of an invented district: as they are, and as a list wrote them."""
    make(tmp_path / "kapuas", district="62.03", people=900, seed=11, on=TODAY)
    rows = pl.read_parquet(tmp_path / "kapuas/truth.parquet").filter(
        pl.col("list") == "roster", pl.col("birth_date").is_not_null(), pl.col("nik").is_not_null()
    )
    return rows.unique("entity", keep="last", maintain_order=True).sort("entity")


@pytest.mark.django_db
def test_unclaimed_deaths_of_the_invented_district(truth: pl.DataFrame, regions: None) -> None:
    people = [one for one in truth.iter_rows(named=True) if parse(one["nik"], on=TODAY)]
    members, strangers = people[: len(people) // 2], people[len(people) // 2 :]
    listings = [
        {**{key: one[key] for key in ("nik", "name", "birth_date", "sex")}, "category": "rentan"}
        for one in members
    ]
    with transaction.atomic():
        landed = register.land(by="t", listings=listings, village_code=VILLAGE, source="tests:1")
    keys = {one["entity"]: outcome.person for one, outcome in zip(members, landed, strict=True)}
    lapsed = {one["entity"] for place, one in enumerate(members) if place % 5 == 4}
    for month in months.between("2026-01", "2026-10"):
        who = [keys[one["entity"]].pk for one in members if month <= "2026-05" or one["entity"] not in lapsed]
        pay(who, [month], f"{month}-01")
    dead = [one for place, one in enumerate(members) if place % 4 == 0]
    reported = {one["entity"] for place, one in enumerate(dead) if place % 6 == 5}
    for one in dead:
        if one["entity"] in reported:
            person = keys[one["entity"]]
            report(
                by="t",
                told=Told(Happening.DEATH, DIED, person.name, "rumah", VILLAGE, "RT", person=person),
            )
    # The registry writes as lists do: faults of numbers and names; and most of its dead were nobody's members.
    lines = [HEAD]
    for number, one in enumerate((*dead, *strangers), 1):
        written = (one["name_written"], one["nik_written"] or "", f"{one['birth_date']:%d-%m-%Y}")
        lines.append(f"{number};{';'.join(written)};{DIED:%d-%m-%Y};6203-KM-{number}")
    actions.take(
        by="dukcapil",
        name="kematian.csv",
        content="\n".join(lines).encode(),
        origin=Origin.REGISTRY,
        home=VILLAGE,
        on=TODAY,
    )
    true = {keys[one["entity"]].pk for one in dead if one["entity"] not in reported | lapsed}
    said = {row.person.pk for row in unclaimed(EVERYWHERE, TODAY)}
    doubtful = set(Death.objects.filter(match=Match.DOUBT).values_list("person", flat=True))
    found, missed, false = len(true & said), true - said, said - true
    told: dict[str, Any] = {
        "members": len(members),
        "rows": len(lines) - 1,
        "true": len(true),
        "found": found,
        "doubtful": len(missed & doubtful),
        "missed": len(missed - doubtful),
        "false": len(false),
    }
    assert told["false"] == 0, told
    assert told["missed"] == 0, told
    assert told["found"] + told["doubtful"] == told["true"] > 50, told
