"""Sex, neighbourhood numbers, money, phones, jobs, categories and the rest, as lists write them."""

from __future__ import annotations

import datetime as dt
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from payung.people import categories, niks, occupations, phones, values
from payung.people.nik import build, parse

ON = dt.date(2026, 11, 22)


@pytest.mark.parametrize(
    "text", ["L", "l", "Lk", "LAKI-LAKI", "Laki-Laki", "Laki - laki", "laki2", "1", "1.0", "M", "Pria", "L."]
)
def test_man(text: str) -> None:
    assert values.sex(text) == "L"


@pytest.mark.parametrize("text", ["P", "Pr", "Pr.", "PEREMPUAN", "perempuan", "2", "2.0", "F", "Wanita"])
def test_woman(text: str) -> None:
    assert values.sex(text) == "P"


@pytest.mark.parametrize("text", ["x", "3", "?", "L/P", "-"])
def test_unknown_sex(text: str) -> None:
    assert values.sex(text) is None


@pytest.mark.parametrize(
    ("text", "pair"),
    [
        ("RT 07 RW 03", ("007", "003")),
        ("001/002", ("001", "002")),
        ("002/000", ("002", None)),
        ("RT.5/RW.-", ("005", None)),
        ("Jl. Patih RT. 01 / RW. 02", ("001", "002")),
        ("Rt 06  Rw 03", ("006", "003")),
        ("RT/RW 01/02", ("001", "002")),
        ("-", (None, None)),
        ("R.T 3", ("003", None)),
        ("Handel Karya", (None, None)),
        ("RT007RW002", ("007", "002")),
    ],
)
def test_neighbourhood_pair(text: str, pair: tuple[str | None, str | None]) -> None:
    assert values.rt_and_rw(text) == pair


@pytest.mark.parametrize(
    ("text", "number"),
    [("1", "001"), ("001", "001"), ("8.0", "008"), ("RT 7", "007"), ("-", None), ("0", None), ("1234", None)],
)
def test_neighbourhood(text: str, number: str | None) -> None:
    assert values.neighbourhood(text) == number


@pytest.mark.parametrize(
    ("text", "rupiah"),
    [
        ("1000000", 1_000_000),
        ("1000000.0", 1_000_000),
        ("Rp1.000.000", 1_000_000),
        ("Rp 1.000.000,00", 1_000_000),
        ("1,000,000", 1_000_000),
        ("Rp. 750.000,-", 750_000),
        ("1,5 juta", 1_500_000),
        ("2 jt", 2_000_000),
        ("750 ribu", 750_000),
        ("500rb", 500_000),
        ("0", 0),
        ("banyak", None),
        ("1.5", None),
        ("-", None),
        ("1.000.00", None),
    ],
)
def test_money(text: str, rupiah: int | None) -> None:
    assert values.money(text) == rupiah


@settings(deadline=None)
@given(st.integers(min_value=0, max_value=10**12))
def test_money_written_with_points_comes_back(rupiah: int) -> None:
    assert values.money(f"Rp {rupiah:,}".replace(",", ".")) == rupiah
    assert values.money(str(rupiah)) == rupiah


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("0812-0000-0001", "+6281200000001"),
        ("+62 812 0000 0001", "+6281200000001"),
        ("8120000001", "+628120000001"),
        ("62812 0000 0001", "+6281200000001"),
        ("0812.0000.0001/0813", "+6281200000001"),
        ("8120000001.0", "+628120000001"),
        ("-", None),
        ("12345", None),
        ("0", None),
        ("08xx", None),
        ("0513-21234", "+6251321234"),
    ],
)
def test_phone(text: str, number: str | None) -> None:
    assert phones.read(text) == number


@pytest.mark.parametrize(
    ("text", "code", "transport"),
    [
        ("Penyadap karet", "karet", False),
        ("Petani/Pekebun", "petani", False),
        ("TUKANG OJEK", "ojek", True),
        ("Sopir travel", "sopir", True),
        ("Motoris kelotok", "perahu", True),
        ("Kurir paket", "kurir", True),
        ("Buruh harian lepas", "buruh_harian", False),
        ("Penambang emas", "penambang", False),
        ("81", "sopir", True),
        ("14.0", "sopir", True),
        ("9", "petani", False),
        ("PNS", "asn", False),
        ("Mantir Adat Desa", "lembaga_adat", False),
        ("Buruh sawit", "sawit", False),
        ("Pedagang sayur keliling", "pedagang", False),
        ("Guru mengaji", "guru_agama", False),
        ("qwerty", None, False),
        ("Pedagang kelotok", "pedagang", False),
        ("Jual ikan pakai perahu", "pedagang", False),
        ("Pedagang dan ojek", "ojek", True),
        ("pedagang/ojek", "ojek", True),
        ("Mekanik ojek", "tukang_lain", False),
        ("Bengkel motor", "tukang_lain", False),
        ("Pembuat perahu", "tukang_lain", False),
        ("Buruh bongkar kelotok", "buruh_harian", False),
        ("Sopir kelotok", "perahu", True),
        ("Tukang ojek perahu", "ojek", True),
    ],
)
def test_occupation(text: str, code: str | None, transport: bool) -> None:
    assert occupations.read(text) == code
    assert (code in occupations.TRANSPORT) == transport


def test_registry_has_a_word_and_a_code_for_every_number() -> None:
    assert len(occupations.REGISTRY_WORDS) == 89
    assert all(occupations.read(str(number)) in occupations.CODES for number in range(1, 90))
    assert occupations.read("90") is None
    assert all(occupations.read(word) in occupations.CODES for word in occupations.CHOICES)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Kepala Desa", "kepala_desa"),
        ("Pj. Kepala Desa", "kepala_desa"),
        ("Sekretaris Desa", "perangkat_desa"),
        ("Kasi Pemerintahan", "perangkat_desa"),
        ("Anggota BPD", "bpd"),
        ("Ketua RT 05", "ketua_rt"),
        ("RW 02", "ketua_rw"),
        ("Damang Kepala Adat", "damang"),
        ("Sekretaris Damang", "sekretaris_damang"),
        ("Mantir Adat Kecamatan", "mantir_kecamatan"),
        ("Mantir", "mantir_desa"),
        ("Pekerja rentan", "rentan"),
        ("rentan_apbd", "rentan_apbd"),
        ("DAFTAR PEKERJA RENTAN DESA X", "rentan"),
        ("Lansia", "rentan"),
        ("Petani", None),
    ],
)
def test_category(text: str, code: str | None) -> None:
    assert categories.read(text) == code


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("Tuna netra", True),
        ("1", True),
        ("7", False),
        ("Tidak", False),
        ("Ya", True),
        ("tidak cacat", False),
        ("zzz", None),
    ],
)
def test_disability(text: str, answer: bool | None) -> None:
    assert values.disability(text) is answer


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Hidup", "hidup"),
        ("1.0", "hidup"),
        ("2", "meninggal"),
        ("Meninggal dunia", "meninggal"),
        ("Pindah ke Palangka", "pindah"),
        ("Tidak Valid", "tidak valid"),
        ("?", None),
    ],
)
def test_life_status(text: str, status: str | None) -> None:
    assert values.life_status(text) == status


@settings(deadline=None)
@given(
    st.lists(
        st.one_of(
            st.from_regex(r"[0-9]{14,17}", fullmatch=True),
            st.builds(
                build,
                st.from_regex(r"[1-9][0-9][0-9]{2}[0-9]{2}", fullmatch=True),
                st.dates(dt.date(1930, 1, 1), ON),
                st.sampled_from("LP"),
                st.integers(1, 9999),
            ),
            st.text(max_size=18),
            st.none(),
        ),
        min_size=1,
    )
)
def test_whole_columns_of_niks_read_like_single_ones(niks_given: list[str | None]) -> None:
    frame = niks.decode(pl.Series(niks_given, dtype=pl.String), on=ON)
    for text, (ok, date, sex) in zip(niks_given, frame.iter_rows(), strict=True):
        one = parse(text, on=ON) if text is not None else None
        assert (ok, date, sex) == ((True, one.birth_date, one.sex) if one else (False, None, None))


@settings(deadline=None)
@given(st.lists(st.text(max_size=30)))
def test_readers_never_raise(texts: list[str]) -> None:
    readers: list[Any] = [
        values.sex,
        values.yes_no,
        values.disability,
        values.life_status,
        values.neighbourhood,
        values.rt_and_rw,
        values.money,
        values.decile,
        values.welfare,
        values.segment,
        phones.read,
        occupations.read,
        occupations.label,
        categories.read,
    ]
    for read in readers:
        for text in texts:
            read(text)


def test_invisible_characters_and_blank_words_go() -> None:
    frame = pl.DataFrame({"x": ["\u200b 6203\u00a0 99 ", "'123", " - ", "NULL", "Tdk Th", "a\nb", ""]})
    assert frame.select(values.present(values.tidy(pl.col("x"))))["x"].to_list() == [
        "6203 99",
        "123",
        None,
        None,
        None,
        "a b",
        None,
    ]
