import datetime as dt

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from payung.planning.ranking import grounds, rank

OFFICES = ["bpd"]


def person(n, **change):
    return {
        "person": n, "category": "rentan", "welfare": None, "decile": None, "birth_date": dt.date(1980, 1, 1),
        "village_code": "62.03.01.2001", "nik": f"{n:016d}", "name": f"ORANG {n}", "record": f"r{n}",
    } | change  # fmt: skip


def order(people, **options):
    schema = {"person": pl.Int64, "decile": pl.Int64, "birth_date": pl.Date}
    frame = pl.DataFrame(people, schema_overrides={**schema, "welfare": pl.String})
    return rank(frame, OFFICES, **options)["person"].to_list()


def test_rank_takes_the_poorest_class_first_then_decile_then_the_oldest():
    people = [
        person(1, birth_date=dt.date(1970, 1, 1)),
        person(2, welfare="miskin", decile=1),
        person(3, welfare="miskin_ekstrem", decile=3),
        person(4, welfare="miskin", decile=2, birth_date=dt.date(1962, 1, 1)),
        person(5, birth_date=dt.date(1965, 1, 1)),
        person(6, decile=4),
    ]
    assert order(people) == [3, 2, 4, 6, 5, 1]


def test_rank_puts_office_holders_where_the_district_says():
    people = [person(1, welfare="miskin_ekstrem"), person(2, category="bpd")]
    assert order(people) == [2, 1]
    assert order(people, officials="last") == [1, 2]


def test_rank_asks_no_welfare_of_office_holders():
    people = [
        person(1, category="bpd", welfare="miskin", decile=1),
        person(2, category="bpd", birth_date=dt.date(1960, 1, 1)),
    ]
    assert order(people) == [2, 1]


@given(st.permutations(range(8)))
def test_rank_does_not_depend_on_the_order_of_the_rows(places):
    people = [person(n, decile=n % 3 or None, birth_date=dt.date(1970 + n % 2, 1, 1)) for n in range(8)]
    assert order([people[n] for n in places]) == order(people)


def test_rank_of_two_names_under_one_number_does_not_depend_on_where_they_stand():
    two = [person(1, nik="1", name="TINUS"), person(2, nik="1", name="HARTATI")]
    for records in (["a", "b"], ["b", "a"]):
        assert order([one | {"record": at} for one, at in zip(two, records, strict=True)]) == [2, 1]


def test_grounds_says_class_decile_and_birth():
    frame = rank(
        pl.DataFrame([person(1, welfare="miskin", decile=2)], schema_overrides={"decile": pl.Int64}), OFFICES
    )
    assert frame.select(grounds()).item() == "miskin, desil 2, lahir 01-01-1980"
    assert frame.select(grounds(language_id=False)).item() == "poor, decile 2, born 01-01-1980"
