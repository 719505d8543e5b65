"""Names: titles off, spelling families to one sound."""

from __future__ import annotations

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from payung.people.names import TITLES, sound, sounds, words, words_of


@pytest.mark.parametrize(
    "family",
    [
        "muhammad mohammad muhamad mohamad muh moh mhd muhamat mochamad mukhamad",
        "ahmad achmad akhmad ahmat",
        "abdul abd abdoel",
        "siti sitti sity",
        "nur noor nor noer",
        "yusuf yusup jusuf yusof",
        "zainal jainal zaenal",
        "fatimah patimah fatima",
        "khairul hairul chairul",
        "sutrisno soetrisno",
        "djumiati jumiati jumiyati",
        "kristian christian kristyan",
        "setiawan setyawan",
        "rahmat rachmat rakhmat",
        "wahyudi wahjudi",
        "oktavia octavia oktafia",
        "ridwan riduan",
        "suwandi suandi",
        "umbing umbyng",
        "thomas tomas",
    ],
)
def test_family_has_one_sound(family: str) -> None:
    assert len({sound(word) for word in family.split()}) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [("hendri", "hendra"), ("rina", "rini"), ("ani", "adi"), ("wati", "yati"), ("narang", "tarung")],
)
def test_different_names_sound_different(one: str, other: str) -> None:
    assert sound(one) != sound(other)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("H. M. Ridwan, S.Pd", "muhammad ridwan"),
        ("Hj.SITI ROHANI", "siti rohani"),
        ("Drs. Ruben Asang S.Kom", "ruben asang"),
        ("Pdt. Yohanes Tarung, S.Th, M.Th", "yohanes tarung"),
        ("Siti Fatimah binti Ahmad", "siti fatimah"),
        ("Ruben b. Asang", "ruben"),
        ("Slamet als. Met", "slamet"),
        ("Yohanes (Pak Udin)", "yohanes"),
        ("M. Ali", "muhammad ali"),
        ("Pu'ut Narang", "puut narang"),
        ("Ali", "ali"),
        ("H", "h"),
        ("", ""),
        ("12345", ""),
    ],
)
def test_words_are_the_name_alone(written: str, read: str) -> None:
    assert " ".join(words(written)) == read


def test_single_letters_keep_their_place() -> None:
    assert sounds("A. Fauzi V") == ["a", "pauji", "p"]


def test_column_reads_as_single_names_do() -> None:
    written = ["H. M. Ridwan, S.Pd", None, "Ruben Asang"]
    assert words_of(pl.Series(written)).to_list() == [words(written[0]), None, words(written[2])]  # type: ignore[arg-type]


@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyz", min_size=1, max_size=14))
def test_sound_is_never_empty_and_plain(word: str) -> None:
    heard = sound(word)
    assert heard
    assert heard.isascii()
    assert heard.islower()


@given(st.text(max_size=40))
def test_words_of_any_text_are_lower_case_letters(written: str) -> None:
    found = words(written)
    assert all(word.isascii() and word.isalpha() and word.islower() for word in found)
    assert len(found) < 2 or not set(found) & TITLES
