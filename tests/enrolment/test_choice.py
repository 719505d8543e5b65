"""Whatever the lists, the links and the money: nobody is lost, nobody insured is chosen, nobody is chosen twice."""

import datetime as dt
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from payung.enrolment.choice import choose
from payung.enrolment.decisions import STATES
from payung.enrolment.outcome import state_of_rows
from payung.enrolment.request import Request
from payung.linkage import PAIRS, Linkage
from payung.planning.eligibility import RULES
from payung.planning.legal import circumstances_of, office_categories

MONTH = "2026-11"
OFFICES = office_categories(MONTH)

row = st.fixed_dictionaries(
    {
        "person": st.integers(1, 8),
        "verdict": st.sampled_from(["accepted", "accepted", "noted", "returned"]),
        "nik_state": st.sampled_from(["valid", "valid", "valid", "malformed", "blank"]),
        "birth_date": st.one_of(st.none(), st.dates(dt.date(1955, 1, 1), dt.date(2012, 1, 1))),
        "category": st.sampled_from([None, "rentan", "ketua_rt", "damang", "kepala_desa", "bpd"]),
        "income": st.sampled_from([None, 0, 900_000, 1_500_000, 3_000_000]),
        "village_code": st.sampled_from([None, "62.03.09.2008", "62.03.09.2009", "62.03.01.1001"]),
        "decile": st.sampled_from([None, 1, 4, 9]),
        "life_status": st.sampled_from([None, "hidup", "meninggal", "pindah"]),
        "household_official": st.sampled_from([None, False, True]),
        "transport": st.sampled_from([None, False, True]),
    }
)
insured_row = st.tuples(st.integers(1, 10), st.sampled_from([None, "bpu", "pu"]))


@st.composite
def situations(draw):
    rows = draw(st.lists(row, min_size=1, max_size=16))
    insured = draw(st.lists(insured_row, max_size=5))
    records = [f"r{n}" for n in range(len(rows))] + [f"bpjs:{n}" for n in range(len(insured))]
    doubts = draw(st.lists(st.tuples(st.sampled_from(records), st.sampled_from(records)), max_size=6))
    budget = draw(st.sampled_from([0, 8_400, 50_000, 150_000, 10**9]))
    source = draw(st.sampled_from(["csr", "apbd", "dana-desa"]))
    floor = draw(st.integers(0, 3))
    return rows, insured, doubts, budget, source, floor


@pytest.fixture(scope="session")
def decide(make_listings):
    def do(situation):
        rows, insured, doubts, budget, source, floor = situation
        listings = make_listings(
            *[
                {name: value for name, value in one.items() if name != "person"} | {"record": f"r{n}"}
                for n, one in enumerate(rows)
            ]
        )
        known = make_listings(
            *[{"record": f"bpjs:{n}", "segment": segment} for n, (_, segment) in enumerate(insured)]
        )
        persons = [one["person"] for one in rows] + [person for person, _ in insured]
        records = listings["record"].to_list() + (known["record"].to_list() if insured else [])
        links = pl.DataFrame({"record": records, "person": pl.Series(persons, dtype=pl.Int64)})
        apart = sorted({tuple(sorted(pair)) for pair in doubts if pair[0] != pair[1]})
        told = [(left, right, 0.4, "review", "same_name") for left, right in apart]
        pairs = pl.DataFrame(told, schema=PAIRS, orient="row")
        request = Request((), Path("x"), MONTH, 2, source, budget, Path("y"), floor=floor)
        circumstances = circumstances_of(request.first_day, request.period, source, None)
        people, money = choose(
            request, listings, known, Linkage(pairs, links, pl.DataFrame()), RULES, circumstances, OFFICES
        )
        return listings, links, people, money, state_of_rows(listings, people, links)

    return do


@given(situation=situations())
def test_choose_loses_nobody_and_no_row(decide, situation):
    listings, links, people, _, rows = decide(situation)
    listed = links.filter(pl.col("record").is_in(listings["record"].implode()))
    assert sorted(people["person"]) == sorted(listed["person"].unique())
    assert set(people["state"]) <= set(STATES)
    assert rows["record"].to_list() == listings["record"].to_list()
    assert rows["outcome"].null_count() == 0
    assert people["reason"].null_count() == 0


@given(situation=situations())
def test_choose_never_chooses_whom_the_insurer_has_or_may_have(decide, situation):
    _, insured, doubts, *_ = situation
    _, links, people, _, _ = decide(situation)
    paid = set(people.filter(pl.col("state").is_in(["chosen", "reserve"]))["person"])
    assert not paid & {person for person, _ in insured}
    person_of = dict(links.iter_rows())
    for left, right in doubts:
        if left.startswith("bpjs:") != right.startswith("bpjs:"):
            roster_side = right if left.startswith("bpjs:") else left
            assert person_of[roster_side] not in paid


@given(situation=situations())
def test_choose_never_pays_both_of_two_who_may_be_one(decide, situation):
    doubts = situation[2]
    _, links, people, _, _ = decide(situation)
    paid = set(people.filter(pl.col("state").is_in(["chosen", "reserve"]))["person"])
    person_of = dict(links.iter_rows())
    for left, right in doubts:
        one, other = person_of[left], person_of[right]
        assert one == other or not {one, other} <= paid


@given(situation=situations())
def test_choose_pays_only_the_eligible_within_the_money(decide, situation):
    *_, budget, source, _ = situation
    _, _, people, money, _ = decide(situation)
    chosen = people.filter(pl.col("state") == "chosen")
    assert money.committed == (chosen["cost"].sum() or 0) <= budget
    assert set(chosen["nik_state"]) <= {"valid"}
    assert chosen["birth_date"].null_count() == 0
    first = dt.date(2026, 11, 1)
    for born in chosen["birth_date"]:
        age = first.year - born.year - ((born.month, born.day) > (first.month, first.day))
        assert 18 <= age < 65
    assert not set(chosen["life_status"]) & {"meninggal", "pindah"}
    if source == "dana-desa":
        assert not set(chosen["category"]) & {"kepala_desa", "perangkat_desa", "bpd"}
        assert not any((code or "").startswith("62.03.01.1") for code in chosen["village_code"])
    assert (chosen["reason"].str.starts_with("Terpilih nomor ")).all()
