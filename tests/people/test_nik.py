import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from payung.people import nik

ON = dt.date(2026, 11, 22)


@given(
    region=st.integers(1, 98).flatmap(lambda p: st.just(f"{p + 1:02d}0399")).filter(lambda r: r[0] != "0"),
    born=st.dates(dt.date(1927, 1, 1), ON),
    sex=st.sampled_from(["L", "P"]),
    serial=st.integers(1, 9999),
)
def test_parse_gives_back_what_was_built(region, born, sex, serial):
    parsed = nik.parse(nik.build(region, born, sex, serial), on=ON)
    assert parsed == nik.Nik(nik.build(region, born, sex, serial), region, born, sex, serial)


@given(st.text(max_size=20))
def test_parse_never_raises_and_believes_only_sixteen_digits(text):
    parsed = nik.parse(text, on=ON)
    assert parsed is None or (len(text) == 16 and text.isdigit() and text.isascii())


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("6203993102800001", "31 February"),
        ("6203990013800001", "day 0"),
        ("6203990113800001", "month 13"),
        ("6203997201800001", "day 72"),
        ("6203990101800000", "serial 0"),
        ("0203990101800001", "region begins with 0"),
        ("6200990101800001", "regency 00"),
        ("620399010180001", "15 digits"),
        ("62039901018000011", "17 digits"),
        ("٦٢٠٣٩٩٠١٠١٨٠٠٠٠١", "not ASCII digits"),
    ],
)
def test_parse_refuses_what_cannot_be_true(text, why):
    assert nik.parse(text, on=ON) is None, why


def test_parse_takes_leap_day_in_the_century_that_has_it():
    parsed = nik.parse("6203992902000001", on=ON)
    assert parsed is not None
    assert parsed.birth_date == dt.date(2000, 2, 29)


def test_parse_does_not_put_a_birth_into_the_future():
    parsed = nik.parse("6203992311260001", on=ON)
    assert parsed is not None
    assert parsed.birth_date == dt.date(1926, 11, 23)


def test_mask_shows_first_six_and_last_two():
    assert nik.mask("6203990101800001") == "620399••••••••••"
    assert nik.mask("123") == "123"


@pytest.mark.parametrize(
    ("region", "serial"), [("62039", 1), ("6203a9", 1), ("620399", 0), ("620399", 10000)]
)
def test_build_refuses_parts_that_do_not_fit(region, serial):
    with pytest.raises(ValueError, match="must be"):
        nik.build(region, ON, "L", serial)
