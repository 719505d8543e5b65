import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from payung.planning.allocation import allocate

people = st.lists(
    st.tuples(st.sampled_from("ABCD"), st.sampled_from([100_800, 201_600, 225_600])), max_size=40
)


def frame(rows):
    return pl.DataFrame(
        {
            "rank": list(range(1, len(rows) + 1)),
            "village_key": [village for village, _ in rows],
            "cost": [cost for _, cost in rows],
        },
        schema={"rank": pl.Int64, "village_key": pl.String, "cost": pl.Int64},
    )


@given(rows=people, budget=st.integers(0, 6_000_000), floor=st.integers(0, 4))
def test_allocate_keeps_everybody_and_the_budget(rows, budget, floor):
    result = allocate(frame(rows), budget=budget, floor=floor)
    assert result.people.height == len(rows)
    assert result.people["rank"].to_list() == list(range(1, len(rows) + 1))
    assert 0 <= result.committed <= budget
    assert result.left == budget - result.committed


@given(rows=people, budget=st.integers(0, 6_000_000))
def test_allocate_without_floor_takes_a_prefix_of_the_ranking(rows, budget):
    decisions = allocate(frame(rows), budget=budget, floor=0).people["decision"].to_list()
    assert decisions == sorted(decisions, key=["chosen", "reserve"].index)


@given(rows=people, budget=st.integers(0, 6_000_000), floor=st.integers(0, 4))
def test_allocate_passes_nobody_over_who_could_be_paid_next(rows, budget, floor):
    result = allocate(frame(rows), budget=budget, floor=floor)
    reserve = result.people.filter(pl.col("decision") == "reserve")
    if result.floor_met and reserve.height:
        assert reserve["cost"][0] > result.left


@given(rows=people, budget=st.integers(0, 6_000_000), floor=st.integers(0, 4))
def test_allocate_gives_more_to_nobody_less_when_the_budget_grows(rows, budget, floor):
    small = allocate(frame(rows), budget=budget, floor=floor).people
    large = allocate(frame(rows), budget=budget + 500_000, floor=floor).people
    chosen = set(small.filter(pl.col("decision") == "chosen")["rank"])
    assert chosen <= set(large.filter(pl.col("decision") == "chosen")["rank"])


@given(rows=people, floor=st.integers(0, 4))
def test_allocate_meets_every_floor_when_money_is_plenty(rows, floor):
    result = allocate(frame(rows), budget=10**12, floor=floor)
    assert result.floor_met
    assert set(result.people["decision"]) <= {"chosen"}


def test_allocate_serves_every_village_first_before_any_second():
    rows = [("A", 10), ("A", 10), ("A", 10), ("B", 10)]
    result = allocate(frame(rows), budget=20, floor=2)
    assert result.people["decision"].to_list() == ["chosen", "reserve", "reserve", "chosen"]
    assert not result.floor_met


def test_allocate_numbers_chosen_and_reserve_from_one():
    result = allocate(frame([("A", 10), ("B", 10), ("A", 10)]), budget=20, floor=1)
    assert result.people["list_place"].to_list() == [1, 2, 1]


@pytest.mark.parametrize(("budget", "floor"), [(-1, 0), (0, -1)])
def test_allocate_refuses_negative_numbers(budget, floor):
    with pytest.raises(ValueError, match="negative"):
        allocate(frame([]), budget=budget, floor=floor)


def test_allocate_refuses_an_unknown_cost():
    unknown = frame([("A", 10)]).with_columns(pl.lit(None, dtype=pl.Int64).alias("cost"))
    with pytest.raises(ValueError, match="cost"):
        allocate(unknown, budget=10, floor=0)
