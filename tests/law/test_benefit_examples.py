"""The worked examples of benefits. ``published``: the figure was printed somewhere; ``computed``: it follows from a
rule and only says that the code agrees with the reference sheet."""

from __future__ import annotations

import datetime as dt
from typing import Any, Literal, NamedTuple

import pytest

from payung.law.benefits import Case, benefit

Kind = Literal["published", "computed"]


class Due(NamedTuple):
    """Number on the sheet, event, day, what is given, parts and total expected, and whether it was published."""

    number: str
    event: str
    date: str
    given: dict[str, Any]
    parts: dict[str, int]
    total: int
    kind: Kind


LONG_AGO = dt.date(2024, 1, 1)
BPU = {"segment": "bpu", "income": 1_000_000}
DUE = [
    Due("31", "work-death", "2026-02-01", BPU, {"lump_sum": 48_000_000}, 70_000_000, "computed"),
    Due(
        "31 with two children",
        "work-death",
        "2026-02-01",
        {**BPU, "children": 2},
        {},
        244_000_000,
        "published",
    ),
    Due(
        "32",
        "total-disability",
        "2026-02-01",
        BPU,
        {"lump_sum": 56_000_000, "periodic": 12_000_000},
        68_000_000,
        "published",
    ),
    Due(
        "34",
        "work-death",
        "2026-02-01",
        {"segment": "pu", "wage": 10_000_000},
        {"lump_sum": 480_000_000},
        502_000_000,
        "published",
    ),
    Due("35", "work-death", "2018-02-20", {"segment": "pu", "wage": 2_400_000}, {}, 123_000_000, "published"),
    Due(
        "38", "death", "2026-02-01", {"segment": "bpu", "member_since": LONG_AGO}, {}, 42_000_000, "published"
    ),
    Due(
        "38 by months",
        "death",
        "2026-02-01",
        {"segment": "bpu", "paid_months": 4},
        {},
        42_000_000,
        "published",
    ),
    Due(
        "38 in the third month",
        "death",
        "2026-02-01",
        {"segment": "bpu", "paid_months": 3},
        {},
        10_000_000,
        "computed",
    ),
    Due("40", "death", "2018-06-01", {"segment": "bpu"}, {}, 24_000_000, "published"),
    Due("41a", "incapacity", "2026-02-01", {**BPU, "months": 12}, {}, 12_000_000, "computed"),
    Due("41b", "incapacity", "2026-02-01", {**BPU, "months": 14}, {}, 13_000_000, "computed"),
    Due(
        "42",
        "disability",
        "2026-02-01",
        {"segment": "pu", "wage": 1_000_000, "loss": "right-arm-from-shoulder"},
        {},
        32_000_000,
        "computed",
    ),
    Due(
        "domain 1a",
        "death",
        "2025-05-20",
        {"segment": "bpu", "member_since": dt.date(2025, 3, 1)},
        {},
        10_000_000,
        "computed",
    ),
    Due(
        "domain 1b",
        "death",
        "2025-08-01",
        {"segment": "bpu", "member_since": dt.date(2025, 3, 1)},
        {},
        42_000_000,
        "computed",
    ),
    Due(
        "domain 2",
        "death",
        "2026-02-10",
        {"segment": "bpu", "member_since": dt.date(2026, 1, 1)},
        {},
        10_000_000,
        "computed",
    ),
    Due("wage earners do not wait", "death", "2026-02-01", {"segment": "pu"}, {}, 42_000_000, "computed"),
    Due("day before PP 82/2019", "death", "2019-12-01", {"segment": "bpu"}, {}, 24_000_000, "computed"),
    Due("day of PP 82/2019", "death", "2019-12-02", {"segment": "bpu"}, {}, 42_000_000, "computed"),
    Due("day before the wait", "death", "2025-02-23", {"segment": "bpu"}, {}, 42_000_000, "computed"),
    Due(
        "day of the wait",
        "death",
        "2025-02-24",
        {"segment": "bpu", "paid_months": 2},
        {},
        10_000_000,
        "computed",
    ),
    Due("two children", "scholarship", "2026-02-01", {"children": 2}, {}, 174_000_000, "published"),
    Due("one child", "scholarship", "2026-02-01", {"children": 1}, {}, 87_000_000, "published"),
    Due("three children", "scholarship", "2026-02-01", {"children": 3}, {}, 174_000_000, "computed"),
    Due("before PP 82/2019", "scholarship", "2019-12-01", {"children": 2}, {}, 12_000_000, "computed"),
    Due(
        "migrant, two years",
        "migrant",
        "2026-02-01",
        {"months": 24},
        {"before_departure": 37_500},
        370_000,
        "published",
    ),
    Due(
        "migrant, one year",
        "migrant",
        "2026-02-01",
        {"months": 12},
        {"placement": 189_000},
        226_500,
        "computed",
    ),
    Due(
        "project of 100 million",
        "project",
        "2026-02-01",
        {"contract": 100_000_000},
        {"jkk": 210_000, "jkm": 30_000},
        240_000,
        "computed",
    ),
    Due(
        "project of 6 billion",
        "project",
        "2026-02-01",
        {"contract": 6_000_000_000},
        {
            "jkk": 210_000 + 680_000 + 650_000 + 4_400_000 + 900_000,
            "jkm": 30_000 + 80_000 + 100_000 + 400_000 + 100_000,
        },
        7_550_000,
        "computed",
    ),
    Due(
        "project by wages",
        "project",
        "2026-02-01",
        {"wages": 10_000_000},
        {"jkk": 174_000, "jkm": 30_000},
        204_000,
        "computed",
    ),
]


@pytest.mark.parametrize("case", DUE, ids=lambda case: f"{case.number} ({case.kind})")
def test_benefit_of_the_sheet(case: Due) -> None:
    found = benefit(case.event, Case(**case.given), dt.date.fromisoformat(case.date))
    assert {name: found.parts[name] for name in case.parts} == case.parts
    assert found.total == case.total == sum(found.parts.values()) == found.steps[-1].value
