import polars as pl
import pytest

from payung.enrolment.decisions import already_insured, hold_back, numbers_of_others, remark, suspicions

PAIRS = {
    "left": pl.String,
    "right": pl.String,
    "probability": pl.Float64,
    "decision": pl.String,
    "why": pl.String,
}


NUMBERS = {"person": pl.Int64, "held": pl.String, "held_with": pl.String, "held_why": pl.String}
NOBODY = pl.DataFrame(schema=NUMBERS)


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
    found = hold_back(candidates, suspicions(open_pairs, names, pl.Series(["i"])), NOBODY)
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
    found = hold_back(candidates, suspicions(pairs(), names, pl.Series(["i"])), NOBODY)
    assert found["held"].to_list() == ["DATA_KURANG"]


def numbered(*rows):
    columns = {"person": pl.Int64, "rank": pl.Int64, "record": pl.String, "nik": pl.String, "name": pl.String}
    frame = pl.DataFrame([row[:5] for row in rows], schema=columns, orient="row")
    return frame.with_columns(pl.Series("reasons", [list(row[5:]) for row in rows], dtype=pl.List(pl.String)))


INSURED = pl.DataFrame(
    {"record": ["i"], "nik": ["6203990101800001"], "name": ["RUSDI"], "nik_state": ["valid"]}
)
LINKS = pl.DataFrame({"record": ["a", "b", "i"], "person": [1, 2, 9]})


def test_nobody_is_enrolled_under_the_number_of_an_insured_person():
    candidates = numbered((1, 1, "a", "6203990101800001", "MASRANI"), (2, 2, "b", "6203990101800002", "SITI"))
    found = numbers_of_others(candidates, INSURED, LINKS)
    assert found.rows() == [(1, "NAMA_BEDA", "i", "NIK ini atas nama RUSDI")]
    assert numbers_of_others(candidates, INSURED, LINKS.with_columns(person=pl.lit(1))).is_empty()


def test_of_two_people_with_one_number_the_one_whose_birth_date_agrees_goes_on():
    two = [(1, 1, "a", "6203990101800002", "HARTATI"), (2, 2, "b", "6203990101800002", "TINUS")]
    assert numbers_of_others(numbered(*two), INSURED, LINKS)["person"].to_list() == [2]
    two[0] = (*two[0], "LAHIR_BEDA")
    found = numbers_of_others(numbered(*two), INSURED, LINKS)
    assert found.rows() == [(1, "GANDA_USULAN", "b", "NIK yang sama tertulis untuk TINUS")]


def test_hold_back_names_whose_number_it_is():
    numbers = pl.DataFrame([(2, "NAMA_BEDA", "i", "NIK ini atas nama RUSDI")], schema=NUMBERS, orient="row")
    candidates = pl.DataFrame(
        {"person": [1, 2], "rank": [1, 2], "held": pl.Series([None, None], dtype=pl.String)}
    )
    names = pl.DataFrame({"record": ["a"], "person": [1]})
    found = hold_back(candidates, suspicions(pairs(), names, pl.Series(["i"])), numbers)
    assert found.select("held", "held_with", "held_why").rows()[1] == (
        "NAMA_BEDA",
        "i",
        "NIK ini atas nama RUSDI",
    )


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
    now, later = (frame.with_columns(pl.lit(ends).alias("starts_later")) for ends in (False, True))
    assert already_insured(now, ["bpd"])["insured_state"].to_list() == [state]
    # a membership that ends within the period: planned for afterwards, but two segments stay a question
    found = already_insured(later, ["bpd"])["insured_state"].to_list()
    assert found == [None if state == "insured" else state]


def test_owner_of_a_number_is_not_stopped_by_who_waits_for_it():
    numbers = pl.DataFrame([(1, "GANDA_USULAN", "b", "NIK yang sama")], schema=NUMBERS, orient="row")
    names = pl.DataFrame({"record": ["a", "b"], "person": [1, 2]})
    candidates = pl.DataFrame(
        {"person": [1, 2], "rank": [1, 2], "held": pl.Series([None, None], dtype=pl.String)}
    )
    found = hold_back(candidates, suspicions(pairs(("a", "b", "review")), names, pl.Series(["i"])), numbers)
    assert found["held"].to_list() == ["GANDA_USULAN", None]


@pytest.mark.parametrize(
    ("reasons", "held"),
    [
        ([], None),
        (["NIK_ANGKA"], None),
        (["NIK_ANGKA", "MERANTAU"], "MERANTAU"),
        (["MUNDUR", "SUDAH_BPU"], "SUDAH_BPU"),
    ],
)
def test_remark_of_the_village_lets_somebody_look_first(reasons, held):
    frame = pl.DataFrame({"reasons": [reasons]}, schema={"reasons": pl.List(pl.String)})
    assert frame.select(remark().alias("held")).item() == held
