import polars as pl
import pytest

from payung.enrolment.decisions import already_insured, hold_back, suspicions

PAIRS = {
    "left": pl.String,
    "right": pl.String,
    "probability": pl.Float64,
    "decision": pl.String,
    "why": pl.String,
}


def pairs(*rows):
    return pl.DataFrame(
        [(left, right, 0.5, decision, "NIK sama") for left, right, decision in rows],
        schema=PAIRS,
        orient="row",
    )


def held(open_pairs, ranks=(1, 2, 3), persons=(1, 2, 3, 4)):
    names = pl.DataFrame({"record": ["a", "b", "c", "i"], "person": list(persons)})
    candidates = pl.DataFrame(
        {"person": [1, 2, 3], "rank": list(ranks), "held": pl.Series([None] * 3, dtype=pl.String)}
    )
    found = hold_back(candidates, suspicions(open_pairs, names, pl.Series(["i"])))
    return found.sort("person")["held"].to_list()


def test_hold_back_stops_the_later_of_two_who_may_be_one():
    assert held(pairs(("a", "b", "review"))) == [None, "GANDA_USULAN", None]
    assert held(pairs(("a", "b", "review")), ranks=(2, 1, 3)) == ["GANDA_USULAN", None, None]


def test_hold_back_stops_whoever_may_be_insured():
    assert held(pairs(("i", "b", "review"))) == [None, "SUDAH_BPU", None]
    assert held(pairs(("c", "i", "review"), ("a", "c", "review"))) == [None, None, "SUDAH_BPU"]


def test_hold_back_ignores_what_is_decided_or_one_person():
    assert held(pairs(("a", "b", "same"))) == [None, None, None]
    assert held(pairs(("a", "b", "review")), persons=(1, 1, 3, 4)) == [None, None, None]


def test_hold_back_of_three_alike_lets_exactly_the_first_go_on():
    alike = pairs(("a", "b", "review"), ("b", "c", "review"), ("a", "c", "review"))
    assert held(alike) == [None, "GANDA_USULAN", "GANDA_USULAN"]


def test_hold_back_keeps_an_earlier_reason():
    names = pl.DataFrame({"record": ["a"], "person": [1]})
    candidates = pl.DataFrame({"person": [1], "rank": [1], "held": ["DATA_KURANG"]})
    found = hold_back(candidates, suspicions(pairs(), names, pl.Series(["i"])))
    assert found["held"].to_list() == ["DATA_KURANG"]


@pytest.mark.parametrize(
    ("category", "used", "insured_as", "state"),
    [
        ("rentan", "bpu", [], None),
        ("rentan", "bpu", ["bpu"], "insured"),
        ("rentan", "bpu", ["pu"], "insured"),  # a worker must not be a participant at all
        (None, "bpu", ["pu"], "insured"),
        ("bpd", "pu", ["pu"], "insured"),
        ("bpd", "pu", ["bpu"], "two_segments"),  # lawful, but a person decides
        ("bpd", "pu", ["?"], "insured"),
        ("bpd", "pu", ["bpu", "pu"], "insured"),
    ],
)
def test_already_insured_asks_for_the_segment_of_office_holders(category, used, insured_as, state):
    frame = pl.DataFrame(
        {"category": [category], "segment_used": [used], "insured_as": [insured_as]},
        schema={"category": pl.String, "segment_used": pl.String, "insured_as": pl.List(pl.String)},
    )
    assert already_insured(frame, ["bpd"])["insured_state"].to_list() == [state]
