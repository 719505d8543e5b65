import datetime as dt

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from payung.district.draws import Draws
from payung.district.names import full_names
from payung.district.spelling import misspell
from payung.district.words import given_names, spellings

WORDS = sorted({word for by_sex in given_names().values() for words in by_sex.values() for word in words})


@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=3), st.floats(0, 0.999))
def test_misspell_is_another_name_with_letters(words, chance):
    name = " ".join(words)
    other = misspell(name, chance)
    assert other != name
    assert any(letter.isalpha() for letter in other)
    assert misspell(name, chance) == other


def test_misspell_uses_known_spellings_of_a_word():
    for group in spellings():
        for word in group:
            assert misspell(word + " Noorani", 0.1).split()[0] in group


def test_names_of_a_culture_with_family_names_share_them_in_a_household():
    persons = pl.DataFrame(
        {
            "culture": ["dayak_christian"] * 400,
            "sex": ["L", "P"] * 200,
            "household": [n // 2 for n in range(400)],
        }
    )
    names = full_names(persons, Draws(3)).to_list()
    pairs = [(a.split(), b.split()) for a, b in zip(names[::2], names[1::2], strict=True)]
    both = [(a, b) for a, b in pairs if len(a) > 1 and len(b) > 1]
    assert len(both) > 50
    assert all(a[-1] == b[-1] for a, b in both)


@pytest.mark.parametrize(
    ("style", "written"),
    [("spaced", "620399 040794 0001"), ("dotted", "620399.040794.0001"), ("apostrophe", "'6203990407940001")],
)
def test_written_niks_keep_the_digits(district, style, written):
    _, truth = district
    plain = truth.filter(
        (pl.col("list") == "roster")
        & ~pl.col("faults").list.eval(pl.element().str.starts_with("nik_")).list.any()
    ).with_columns(digits=pl.col("nik_written").str.replace_all(r"[^0-9]", ""))
    assert (plain["digits"] == plain["nik"]).all()
    shape = "".join("9" if letter.isdigit() else letter for letter in written)
    assert shape in set(plain["nik_written"].str.replace_all(r"[0-9]", "9"))


def test_written_dates_are_the_true_dates(district, sheets):
    _, truth = district
    told = truth.filter(pl.col("layout") == "siak").head(50)
    for row in told.iter_rows(named=True):
        assert row["birth_date"] in sheets[row["file"], row["sheet"]][row["row"] - 1]
    assert isinstance(told["birth_date"][0], dt.date)
