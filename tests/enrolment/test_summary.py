import polars as pl

from payung.enrolment import summary
from payung.planning.eligibility import RULES

PLACE = {"village_code": "62.03.09.2008", "village_name": "Mantangai Hulu", "district_name": "Mantangai"}
NOWHERE = dict.fromkeys(PLACE)


def frames():
    rows = pl.DataFrame(
        [
            PLACE | {"file": "a", "verdict": "accepted", "outcome": "chosen"},
            PLACE | {"file": "a", "verdict": "noted", "outcome": "duplicate"},
            PLACE | {"file": "b", "verdict": "returned", "outcome": "returned"},
            NOWHERE | {"file": "b", "verdict": "accepted", "outcome": "insured"},
        ]
    )
    people = pl.DataFrame(
        [
            PLACE | {"state": "chosen", "cost": 201_600, "codes": [], "refused_by": []},
            PLACE | {"state": "returned", "cost": None, "codes": ["NIK_FORMAT"], "refused_by": []},
            NOWHERE | {"state": "insured", "cost": None, "codes": ["SUDAH_BPU"], "refused_by": []},
        ],
        schema_overrides={"codes": pl.List(pl.String), "refused_by": pl.List(pl.String)},
    )
    return rows, people


def test_per_village_counts_rows_and_people_and_loses_nobody():
    rows, people = frames()
    table = summary.per_village(rows, people)
    assert table["rows"].sum() == rows.height
    assert table["people"].sum() == people.height
    first, nowhere = table.to_dicts()
    assert (first["rows"], first["rows_returned"], first["chosen"], first["cost"]) == (3, 1, 1, 201_600)
    assert first["people"] == first["insured"] + first["unprotected"]
    assert (nowhere["village_code"], nowhere["insured"], nowhere["unprotected"]) == (None, 1, 0)


def test_per_file_names_a_file_without_rows():
    rows, _ = frames()
    table = summary.per_file(rows, ["a", "b", "kosong"], {"b": "perbaikan/b.xlsx"}).to_dicts()
    assert [(row["read"], row["accepted"], row["noted"], row["returned"]) for row in table] == [
        (2, 1, 1, 0),
        (2, 1, 0, 1),
        (0, 0, 0, 0),
    ]
    assert [row["corrected"] for row in table] == [None, "perbaikan/b.xlsx", None]


def test_per_reason_counts_rows_and_people():
    _, people = frames()
    reasons = pl.DataFrame({"reasons": [["NIK_FORMAT", "DATA_KURANG"], [], ["NIK_FORMAT"]]})
    table = {
        row["code"]: row for row in summary.per_reason(reasons, people, {"SUDAH_BPU": "sudah"}).to_dicts()
    }
    assert {code: (row["rows"], row["people"]) for code, row in table.items()} == {
        "DATA_KURANG": (1, 0),
        "NIK_FORMAT": (2, 0),
        "SUDAH_BPU": (0, 1),
    }
    assert table["SUDAH_BPU"]["meaning"] == "sudah"


def test_per_rule_shows_every_rule_and_whether_it_was_on():
    _, people = frames()
    table = summary.per_rule(people, RULES, RULES[1:]).to_dicts()
    assert [row["used"] for row in table] == ["tidak"] + ["ya"] * (len(RULES) - 1)
    assert sum(row["refused"] for row in table) == 0


def test_totals_add_up():
    rows, people = frames()
    counts = summary.totals(rows, people)
    assert counts["rows"] == {"read": 4, "accepted": 2, "noted": 1, "returned": 1}
    assert sum(counts["rows_by_outcome"].values()) == 4
    states = {name: count for name, count in counts["people"].items() if name not in ("total", "unprotected")}
    assert sum(states.values()) == counts["people"]["total"] == 3
    assert counts["people"]["unprotected"] == 2
