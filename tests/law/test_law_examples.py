"""The worked examples of the reference sheet. ``published``: the figure was printed somewhere; ``computed``: it
follows from a rule and only says that the code agrees with the sheet."""

from __future__ import annotations

import datetime as dt
from typing import Any, Literal, NamedTuple

import pytest

from payung.law import bill, load
from payung.law.rules import contribution

PP = ("jkk", "jkm")
ALL = ("jkk", "jkm", "jht", "jp")
Kind = Literal["published", "computed"]


class Owed(NamedTuple):
    """Number on the sheet, what is given, what is owed, and whether it was published."""

    number: str
    given: dict[str, Any]
    expected: dict[str, Any]
    kind: Kind


def bpu(
    income: int, month: str, source: str, sector: str = "other", programmes: tuple[str, ...] = PP
) -> dict[str, Any]:
    return {
        "segment": "bpu",
        "income": income,
        "month": month,
        "source": source,
        "sector": sector,
        "programmes": programmes,
    }


def pu(
    wage: int, month: str, risk: int = 1, programmes: tuple[str, ...] = PP, sector: str = "other"
) -> dict[str, Any]:
    return {
        "segment": "pu",
        "income": wage,
        "month": month,
        "source": "mandiri",
        "sector": sector,
        "risk": risk,
        "programmes": programmes,
    }


JHT = (*PP, "jht")
OWED = [
    Owed("1", bpu(1_000_000, "2025-03", "apbd"), {"jkk": 10_000, "jkm": 6_800, "total": 16_800}, "published"),
    Owed(
        "2", bpu(1_000_000, "2025-03", "apbd", programmes=JHT), {"jht": 20_000, "total": 36_800}, "computed"
    ),
    Owed(
        "3",
        bpu(1_000_000, "2026-01", "mandiri", "transport"),
        {"jkk": 5_000, "jkm": 3_400, "total": 8_400},
        "published",
    ),
    Owed(
        "4",
        bpu(1_000_000, "2026-01", "mandiri", "transport", JHT),
        {"jkk": 5_000, "jkm": 3_400, "jht": 20_000, "total": 28_400},
        "computed",
    ),
    Owed("5", bpu(1_000_000, "2026-06", "apbd"), {"total": 16_800}, "computed"),
    Owed("6 Mar", bpu(1_000_000, "2026-03", "mandiri"), {"total": 16_800}, "computed"),
    Owed("6 Apr", bpu(1_000_000, "2026-04", "mandiri"), {"total": 8_400}, "computed"),
    Owed("6 Dec", bpu(1_000_000, "2026-12", "mandiri"), {"total": 8_400}, "computed"),
    Owed("6 Jan", bpu(1_000_000, "2027-01", "mandiri"), {"total": 16_800}, "computed"),
    Owed("7 Mar", bpu(1_000_000, "2027-03", "mandiri", "transport"), {"total": 8_400}, "computed"),
    Owed("7 Apr", bpu(1_000_000, "2027-04", "mandiri", "transport"), {"total": 16_800}, "computed"),
    Owed("9", bpu(1_500_000, "2025-03", "apbd"), {"jkk": 16_000}, "published"),
    Owed("11", bpu(20_200_000, "2025-03", "apbd"), {"jkk": 207_000}, "published"),
    Owed("12", bpu(1_000_000, "2020-09", "apbd"), {"jkk": 100, "jkm": 68, "total": 168}, "computed"),
    Owed("13", pu(1_000_000, "2025-03"), {"total": 5_400}, "published"),
    Owed("13 JHT", pu(1_000_000, "2025-03", programmes=JHT), {"total": 62_400}, "published"),
    Owed(
        "15",
        pu(3_000_000, "2025-03", programmes=JHT),
        {"jkk": 7_200, "jkm": 9_000, "jht": {"employer": 111_000, "worker": 60_000}},
        "computed",
    ),
    *(
        Owed(f"16 class {risk}", pu(10_000_000, "2025-03", risk), {"jkk": amount}, "published")
        for risk, amount in enumerate((24_000, 54_000, 89_000, 127_000, 174_000), 1)
    ),
    Owed(
        "17",
        pu(10_000_000, "2024-03", programmes=ALL),
        {
            "jkm": 30_000,
            "jht": {"employer": 370_000, "worker": 200_000},
            "jp": {"employer": 200_000, "worker": 100_000},
        },
        "published",
    ),
    Owed(
        "17, ceiling before",
        pu(10_000_000, "2024-02", programmes=ALL),
        {"jp": {"employer": 191_192, "worker": 95_596}},
        "computed",
    ),
    Owed(
        "17, 8 million",
        pu(8_000_000, "2024-03", programmes=("jp",)),
        {"jp": {"employer": 160_000, "worker": 80_000}},
        "published",
    ),
    Owed(
        "18",
        pu(4_900_000, "2024-03", programmes=ALL),
        {
            "jkk": 11_760,
            "jkm": 14_700,
            "jht": {"employer": 181_300, "worker": 98_000},
            "jp": {"employer": 98_000, "worker": 49_000},
        },
        "published",
    ),
    Owed(
        "20",
        pu(50_000_000, "2024-06", programmes=ALL),
        {
            "jkk": 120_000,
            "jkm": 150_000,
            "jht": {"employer": 1_850_000, "worker": 1_000_000},
            "jp": {"employer": 200_846, "worker": 100_423},
        },
        "published",
    ),
    Owed(
        "21",
        pu(20_000_000, "2025-02", programmes=("jp",)),
        {"jp": {"employer": 200_846, "worker": 100_423}},
        "published",
    ),
    Owed(
        "23",
        pu(20_000_000, "2026-03", programmes=("jp",)),
        {"jp": {"employer": 221_726, "worker": 110_863}},
        "published",
    ),
    Owed("24 JKK", pu(7_000_000, "2025-03"), {"jkk": 16_800, "jkm": 21_000}, "published"),
    Owed("25", pu(6_000_000, "2025-03"), {"jkk": 14_400, "jkm": 18_000}, "published"),
    Owed(
        "26",
        pu(30_000_000, "2025-06", programmes=("jp",)),
        {"jp": {"employer": 210_948, "worker": 105_474}},
        "published",
    ),
    Owed("27", pu(25_000_000, "2025-03"), {"jkm": 75_000}, "published"),
    Owed("28", pu(10_000_000, "2025-03", 5, sector="labour-intensive"), {"jkk": 87_000}, "computed"),
    # the worked examples of the domain sheet (10.6)
    Owed("domain 3a", bpu(1_000_000, "2026-11", "csr", "transport"), {"total": 8_400}, "computed"),
    Owed("domain 3b", bpu(1_000_000, "2026-11", "apbd", "transport"), {"total": 16_800}, "computed"),
    Owed("domain 3c", bpu(1_000_000, "2027-02", "csr", "transport"), {"total": 8_400}, "computed"),
    Owed("domain 3d", bpu(1_000_000, "2027-04", "csr", "transport"), {"total": 16_800}, "computed"),
    Owed("domain 4a", bpu(1_000_000, "2026-03", "csr"), {"total": 16_800}, "computed"),
    Owed("domain 4b", bpu(1_000_000, "2026-04", "csr"), {"total": 8_400}, "computed"),
    Owed("domain 4c", bpu(1_000_000, "2027-01", "csr"), {"total": 16_800}, "computed"),
    Owed("siltap", pu(2_022_200, "2026-03"), {"total": 10_920}, "computed"),
    # edges
    Owed("gap between bands", bpu(1_099_500, "2025-03", "apbd"), {"jkk": 10_000}, "computed"),
    Owed("band edge", bpu(1_100_000, "2025-03", "apbd"), {"jkk": 12_000}, "computed"),
    Owed(
        "labour-intensive before",
        pu(10_000_000, "2025-01", 5, sector="labour-intensive"),
        {"jkk": 174_000},
        "computed",
    ),
    Owed(
        "labour-intensive first",
        pu(10_000_000, "2025-02", 5, sector="labour-intensive"),
        {"jkk": 87_000},
        "computed",
    ),
    Owed(
        "labour-intensive last",
        pu(10_000_000, "2026-01", 5, sector="labour-intensive"),
        {"jkk": 87_000},
        "computed",
    ),
    Owed(
        "labour-intensive after",
        pu(10_000_000, "2026-02", 5, sector="labour-intensive"),
        {"jkk": 174_000},
        "computed",
    ),
    Owed("pandemic before", bpu(1_000_000, "2020-07", "apbd"), {"total": 16_800}, "computed"),
    Owed("pandemic first", bpu(1_000_000, "2020-08", "apbd"), {"total": 168}, "computed"),
    Owed("pandemic last", bpu(1_000_000, "2021-01", "apbd"), {"total": 168}, "computed"),
    Owed("pandemic after", bpu(1_000_000, "2021-02", "apbd"), {"total": 16_800}, "computed"),
    Owed("first month", bpu(1_000_000, "2015-07", "mandiri"), {"total": 16_800}, "computed"),
]


@pytest.mark.parametrize("case", OWED, ids=lambda case: f"{case.number} ({case.kind})")
def test_contribution_of_the_sheet(case: Owed) -> None:
    found = bill(**case.given).plain()
    assert {name: found[name] for name in case.expected} == case.expected
    assert found["steps"][-1]["value"] == found["total"]


def test_the_pandemic_deferred_pensions_and_waived_nothing_of_them() -> None:
    found = bill(**pu(5_000_000, "2020-09", programmes=("jp",)))
    assert found.parts == {"jp": {"employer": 100_000, "worker": 50_000}}
    assert [step.value for step in found.steps if step.name == "pu_jp_deferrable"] == [148_500]
    assert not any(
        step.name == "pu_jp_deferrable" for step in bill(**pu(5_000_000, "2021-02", programmes=("jp",))).steps
    )


def test_the_fine_for_paying_late() -> None:
    for day, fine in ((dt.date(2026, 2, 1), 20_000), (dt.date(2020, 9, 1), 5_000)):
        assert contribution.late_fine(load().on(day), "pu", "private", 500_000, 2) == fine
        assert contribution.late_fine(load().on(day), "pu", "state", 500_000, 2) == 0  # PP 44/2015 Ps 22
        assert contribution.late_fine(load().on(day), "bpu", "none", 500_000, 2) == 0


def test_daily_wage_of_the_sheet() -> None:
    """Number 46: 100,000 a day is 2,500,000 a month (handbook p. 15)."""
    assert contribution.monthly_wage(load().on(dt.date(2026, 2, 1)), 100_000) == 2_500_000


def test_every_row_of_the_bpu_table() -> None:
    """The table of the reference sheet, one row a band: lower bound, upper bound, basis."""
    rows = [(0, 1_099_000, 1_000_000)]
    rows += [(low, low + 199_000, low + 100_000) for low in range(1_100_000, 2_700_000, 200_000)]
    rows += [(low, low + 499_000, low + 250_000) for low in range(2_700_000, 8_200_000, 500_000)]
    rows += [(low, low + 999_000, low + 500_000) for low in range(8_200_000, 21_000_000, 1_000_000)]
    assert len(rows) == 33
    for low, high, basis in rows:
        for income in (low, high, high + 999):
            found = bill(**bpu(income, "2025-03", "apbd", programmes=JHT))
            assert found.parts == {"jkk": basis // 100, "jkm": 6_800, "jht": basis // 50}


def test_every_row_of_the_pension_ceiling() -> None:
    ceilings = {
        "2015-07": 7_000_000,
        "2016-03": 7_335_300,
        "2017-03": 7_703_500,
        "2018-03": 8_094_000,
        "2019-03": 8_512_400,
        "2020-03": 8_939_700,
        "2021-03": 8_754_600,
        "2022-03": 9_077_600,
        "2023-03": 9_559_600,
        "2024-03": 10_042_300,
        "2025-03": 10_547_400,
        "2026-03": 11_086_300,
    }
    for month, ceiling in ceilings.items():
        found = bill(**pu(99_000_000, month, programmes=("jp",)))
        assert found.parts["jp"] == {"employer": ceiling * 2 // 100, "worker": ceiling // 100}
    before = bill(**pu(99_000_000, "2026-02", programmes=("jp",)))
    assert before.parts["jp"] == {"employer": 210_948, "worker": 105_474}
