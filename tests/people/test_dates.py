"""Birth dates in every form that lists use."""

from __future__ import annotations

import datetime as dt

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from payung.people import dates

ON = dt.date(2026, 11, 22)
FORMS = {
    "1995-06-07": dt.date(1995, 6, 7),
    "07-06-1995": dt.date(1995, 6, 7),
    "7/6/1995": dt.date(1995, 6, 7),
    "07.06.95": dt.date(1995, 6, 7),
    "07 Juni 1995": dt.date(1995, 6, 7),
    "7 jun 95": dt.date(1995, 6, 7),
    "1-Dec-25": dt.date(2025, 12, 1),
    "1-Des-65": dt.date(1965, 12, 1),
    "20 Agt 1980": dt.date(1980, 8, 20),
    "20 Ags 1980": dt.date(1980, 8, 20),
    "3 Nopember 1977": dt.date(1977, 11, 3),
    "14 Pebruari 1970": dt.date(1970, 2, 14),
    "1995-06-07 00:00:00": dt.date(1995, 6, 7),
    "31169": dt.date(1985, 5, 2),
    "31169.0": dt.date(1985, 5, 2),
    "'07-06-1995": dt.date(1995, 6, 7),
    "07061995": dt.date(1995, 6, 7),
    "7 - 6 - 1995": dt.date(1995, 6, 7),
    "01 Mei 1990": dt.date(1990, 5, 1),
    "17 Agust 1991": dt.date(1991, 8, 17),
    "11 Septem 1993": dt.date(1993, 9, 11),
    "19820115": dt.date(1982, 1, 15),
    "20111980": dt.date(1980, 11, 20),
}
NOT_DATES = [
    "",
    "-",
    "31-02-1990",
    "00-00-0000",
    "13/25/1990",
    "1",
    "001",
    "08/09",
    "Juni 1995",
    "1995",
    "abc",
    "32-01-1990",
    "01-01-2050",
    "1e5",
    "19821315",
    "17 Agusto 1991",
]


@pytest.mark.parametrize("text", FORMS)
def test_form_is_read(text: str) -> None:
    assert dates.read(text, on=ON) == FORMS[text]


@pytest.mark.parametrize("text", NOT_DATES)
def test_other_text_is_no_date(text: str) -> None:
    assert dates.read(text, on=ON) is None


@settings(deadline=None)
@given(st.dates(dt.date(1927, 1, 1), ON))
def test_every_date_is_read_in_every_usual_form(date: dt.date) -> None:
    month = (
        "Januari",
        "Februari",
        "Maret",
        "April",
        "Mei",
        "Juni",
        "Juli",
        "Agustus",
        "September",
        "Oktober",
        "November",
        "Desember",
    )
    for text in (
        date.isoformat(),
        date.strftime("%d-%m-%Y"),
        date.strftime("%d/%m/%Y"),
        date.strftime("%d.%m.%Y"),
        date.strftime("%d%m%Y"),
        f"{date.day} {month[date.month - 1]} {date.year}",
        f"{date.day}-{date.month}-{date.year % 100:02d}",
    ):
        assert dates.read(text, on=ON) == date


@settings(deadline=None)
@given(st.text(max_size=40))
def test_no_text_raises(text: str) -> None:
    dates.read(text, on=ON)
    place, date = dates.split_place(text)
    assert place != ""
    assert date != "" or not text.strip(" ,")


@pytest.mark.parametrize(
    ("text", "place", "date"),
    [
        ("Kuala Kapuas, 05-05-1996", "Kuala Kapuas", "05-05-1996"),
        ("KUALA KURUN/20.02.93", "KUALA KURUN", "20.02.93"),
        ("Pujon 24 September 1980", "Pujon", "24 September 1980"),
        ("05-05-1996", None, "05-05-1996"),
        ("Tewah", "Tewah", None),
        ("Palangka Raya,1 Jan 70", "Palangka Raya", "1 Jan 70"),
        ("KAPUAS 12-12-1990.", "KAPUAS", "12-12-1990"),
        ("31169", None, "31169"),
        ("Desa 2, 3-4-1990", "Desa 2", "3-4-1990"),
        ("Tewah - 5 Mei 1990", "Tewah", "5 Mei 1990"),
        ("Kapuas 1990-05-06", "Kapuas", "1990-05-06"),
    ],
)
def test_place_and_date_are_split(text: str, place: str | None, date: str | None) -> None:
    assert dates.split_place(text) == (place, date)


def test_column_reads_like_single_texts() -> None:
    texts = [*FORMS, *NOT_DATES, None]
    column = dates.read_column(pl.Series(texts, dtype=pl.String), on=ON)
    assert column.to_list() == [None if text is None else dates.read(text, on=ON) for text in texts]


@pytest.mark.parametrize(
    "text",
    [
        "1967-06-12T00:00:00",
        "1967-06-12T00:00:00.000+07:00",
        "1967-06-12 00:00:00",
        "Senin, 12 Juni 1967",
        "SENIN 12 JUNI 1967",
        "Hari Senin, tanggal 12 Juni 1967",
        "Jum'at, 12-06-1967",
        "Monday, 12 June 1967",
        "June 12, 1967",
        "Mon Jun 12 1967 00:00:00 GMT+0700 (WIB)",
        "12 Juni 1967",
        "12/06/1967 0:00",
        "12-Jun-67",
    ],
)
def test_long_dates_and_dates_of_programs(text: str) -> None:
    assert dates.read(text, on=ON) == dt.date(1967, 6, 12)


@pytest.mark.parametrize("text", ["Senin", "Juni 1967", "32 Juni 1967", "June 32, 1967", "Senin, 12", "pada"])
def test_half_a_date_is_none(text: str) -> None:
    assert dates.read(text, on=ON) is None


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("O5-05-1996", dt.date(1996, 5, 5)),
        ("05-O5-1996", dt.date(1996, 5, 5)),
        ("05-05-l996", dt.date(1996, 5, 5)),
        ("o1/o2/2OO1", dt.date(2001, 2, 1)),
        ("l2-I1-1980", dt.date(1980, 11, 12)),
        ("ll-11-1980", dt.date(1980, 11, 11)),
        ("11-ll-1980", dt.date(1980, 11, 11)),
        ("1O.O2.93", dt.date(1993, 2, 10)),
        ("l7 Juni 1967", dt.date(1967, 6, 17)),
        ("1O Oktober l98O", dt.date(1980, 10, 10)),
        ("O1 Juli 197O", dt.date(1970, 7, 1)),
        ("198O-01-3l", dt.date(1980, 1, 31)),
        ("Senin, 3O Juni 198O", dt.date(1980, 6, 30)),
        ("1|-05-1975", dt.date(1975, 5, 11)),
        ("O5051996", dt.date(1996, 5, 5)),
        ("3OO6198O", dt.date(1980, 6, 30)),
        ("l2111975", dt.date(1975, 11, 12)),
        ("198OO13l", dt.date(1980, 1, 31)),
        ("|1O51975", dt.date(1975, 5, 11)),
        ("l2l1l97O", dt.date(1970, 11, 12)),
    ],
)
def test_letters_typed_for_digits_are_read_as_these(written: str, meant: dt.date) -> None:
    assert dates.read(written, on=ON) == meant


@pytest.mark.parametrize(
    "text",
    [
        "Oi",
        "Lilo",
        "oo-oo-oooo",
        "3O,l79",
        "l",
        "1980",
        "198O",
        "5l-05-1980",
        "05-l5-1980",
        "Oloi 5 1980",
        "311O9",
        "OOOOl975",
        "oilooil1",
        "O5O51996X",
        "3l131996",
        "O505199",
        "l2l1l9OO",
    ],
)
def test_letters_make_no_date_of_what_is_none(text: str) -> None:
    assert dates.read(text, on=ON) is None
