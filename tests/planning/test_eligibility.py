import datetime as dt

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from payung.errors import InputError
from payung.planning.eligibility import RULE_NAMES, RULES, Circumstances, age_on, judge, rules_without

OFFICES = ["bpd", "kepala_desa"]
FIT = {
    "nik_state": "valid",
    "birth_date": dt.date(1980, 5, 5),
    "life_status": "hidup",
    "household_official": False,
    "occupation": "petani",
    "category": "rentan",
    "decile": 2,
    "village_code": "62.03.01.2001",
    "district_code": "62.03.01",
}
TYPES = {"decile": pl.Int64, "birth_date": pl.Date, "household_official": pl.Boolean}


def circumstances(first_day=dt.date(2026, 11, 1), **more):
    return Circumstances(first_day=first_day, minimum_age=18, age_limit=65, **more)


def refused_by(change, rules=RULES, c=None):
    person = FIT | change
    schema = {name: TYPES.get(name, pl.String) for name in person}
    frame = pl.DataFrame({name: [value] for name, value in person.items()}, schema=schema)
    return judge(frame, rules, c or circumstances(), OFFICES)["refused_by"].to_list()[0]


def test_judge_lets_a_fit_person_pass():
    assert refused_by({}) == []


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ({"nik_state": "malformed"}, "nik_known"),
        ({"nik_state": None}, "nik_known"),
        ({"birth_date": None}, "birth_date_known"),
        ({"life_status": "meninggal"}, "alive"),
        ({"life_status": "pindah"}, "resident"),
        ({"birth_date": dt.date(2008, 11, 2)}, "minimum_age"),
        ({"birth_date": dt.date(1961, 11, 1)}, "age_limit"),
        ({"household_official": True}, "household_without_official"),
        ({"occupation": "asn"}, "other_regime"),
        ({"occupation": "tni_polri"}, "other_regime"),
        ({"occupation": "bumn_bumd"}, "household_without_official"),
        ({"occupation": "pelajar"}, "is_worker"),
        ({"occupation": "rumah_tangga"}, "is_worker"),
    ],
)
def test_judge_refuses_by_the_rule_that_fits(change, rule):
    assert refused_by(change) == [rule]
    assert refused_by(change, rules_without([rule])) == []


@pytest.mark.parametrize(
    ("birth_date", "passes"),
    [
        (dt.date(2008, 11, 1), True),  # 18 on the first day
        (dt.date(2008, 11, 2), False),
        (dt.date(1961, 11, 2), True),  # 64 on the first day, 65 a day later
        (dt.date(1961, 11, 1), False),
    ],
)
def test_judge_counts_age_on_the_first_day(birth_date, passes):
    assert (refused_by({"birth_date": birth_date}) == []) is passes


def test_judge_refuses_the_65th_birthday_itself():
    # domain 10.6 no. 6: born 1961-11-21, refused from 2026-11-21 on
    born = {"birth_date": dt.date(1961, 11, 21)}
    assert refused_by(born, c=circumstances(dt.date(2026, 11, 1))) == []
    assert refused_by(born, c=circumstances(dt.date(2026, 12, 1))) == ["age_limit"]


@pytest.mark.parametrize("rule", ["household_without_official", "other_regime", "is_worker"])
def test_judge_asks_no_welfare_of_office_holders(rule):
    change = {"category": "bpd", "household_official": True, "occupation": "pensiunan"}
    assert rule not in refused_by(change)


def test_judge_uses_the_decile_only_where_the_district_set_a_limit():
    assert refused_by({"decile": 9}) == []
    assert refused_by({"decile": 9}, c=circumstances(max_decile=5)) == ["welfare_decile"]
    assert refused_by({"decile": None}, c=circumstances(max_decile=5)) == []


def test_judge_refuses_what_the_source_may_not_pay():
    banned = circumstances(banned_categories=frozenset({"kepala_desa"}))
    assert refused_by({"category": "kepala_desa"}, c=banned) == ["source_may_pay"]
    village_money = circumstances(kelurahan_excluded=True)
    assert refused_by({"village_code": "62.03.01.1001"}, c=village_money) == ["source_may_pay"]
    assert refused_by({}, c=village_money) == []


def test_rules_without_names_what_it_does_not_know():
    with pytest.raises(InputError) as fault:
        rules_without(["umur"])
    assert "umur" in fault.value.read("id")
    assert "minimum_age" in fault.value.read("en")


def test_every_rule_has_a_basis_a_sentence_and_a_remedy():
    assert len(set(RULE_NAMES)) == len(RULES)
    for rule in RULES:
        assert rule.basis
        assert all(rule.sentence)
        assert all(rule.remedy)
        assert all(rule.title)


@given(
    born=st.dates(dt.date(1930, 1, 1), dt.date(2020, 12, 31)),
    on=st.dates(dt.date(2021, 1, 1), dt.date(2030, 1, 1)),
)
def test_age_on_counts_birthdays(born, on):
    age = pl.DataFrame({"birth_date": [born]}).select(age_on(on)).item()
    birthday_this_year = (born.month, born.day) <= (on.month, on.day)
    assert age == len(range(born.year, on.year)) - (not birthday_this_year)


def test_rules_ask_for_occupations_that_lists_can_have():
    from payung.people import occupations

    assert set(occupations.CODES) >= occupations.NOT_WORKING | occupations.PUBLIC_SERVANTS


@pytest.mark.parametrize(
    ("area", "change", "rules"),
    [
        ("62.03", {}, []),
        ("62", {}, []),
        (None, {}, []),
        ("62.10", {}, ["own_area"]),
        ("62.10", {"village_code": None}, ["own_area"]),  # an office of a sub-district elsewhere
        ("62.10", {"village_code": None, "district_code": None}, []),  # not known: nobody is refused for it
    ],
)
def test_judge_refuses_people_of_another_district(area, change, rules):
    assert refused_by(change, c=circumstances(area=area)) == rules
