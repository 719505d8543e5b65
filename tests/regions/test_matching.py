import polars as pl
import pytest

from payung.regions import Gazetteer


@pytest.fixture(scope="module")
def gazetteer():
    return Gazetteer.load()


@pytest.mark.parametrize(
    "written",
    ["Karetau Manta'a", "KARETAU MANTA’A", "desa karetau mantaa", "Ds. Karetau Manta`a", "KaretauManta´a"],
)
def test_match_spelling_of_apostrophes_and_prefixes(gazetteer, written):
    found = gazetteer.match(village=written, within="62.03")
    assert (found.status, found.village) == ("certain", "62.03.15.2004")


@pytest.mark.parametrize(
    ("written", "code"),
    [("Tb. Nusa", "62.03.14.2010"), ("Tbg. Nusa", "62.03.14.2010"), ("Sungai Pinang", "62.03.15.2002")],
)
def test_match_short_words_read_in_full(gazetteer, written, code):
    assert gazetteer.match(village=written, within="62.03").village == code


def test_match_name_twice_is_never_decided_by_name_alone(gazetteer):
    found = gazetteer.match(village="Sidomulyo", within="62.03")
    assert (found.status, found.village) == ("ambiguous", None)
    assert [one.code for one in found.candidates] == ["62.03.09.2034", "62.03.13.2009"]
    assert "kecamatan" in found.reason.id
    in_mantangai = gazetteer.match(village="Sidomulyo", subdistrict="MANTANGAI", within="6203")
    assert (in_mantangai.status, in_mantangai.village) == ("certain", "62.03.09.2034")
    by_code = gazetteer.match(village="Sidomulyo", code="6203132009", within="62.03")
    assert (by_code.status, by_code.village) == ("certain", "62.03.13.2009")


def test_match_every_name_of_the_district_is_certain_with_its_subdistrict(gazetteer):
    for village in gazetteer.villages("62.03"):
        above = gazetteer.subdistrict(village.code[:8])
        found = gazetteer.match(village=village.name.upper(), subdistrict=above.name, within="62.03")
        assert (found.status, found.village) == ("certain", village.code)


def test_match_kelurahan_and_desa_of_one_name_need_the_kind(gazetteer):
    plain = gazetteer.match(village="Sorkam Kanan", subdistrict="Sorkam Barat", within="12.01")
    assert plain.status in {"ambiguous", "conflict"}
    there = gazetteer.subdistrict("12.01.10").name
    assert gazetteer.match(village="Sorkam Kanan", subdistrict=there, within="12.01").status == "ambiguous"
    kelurahan = gazetteer.match(village="Kel. Sorkam Kanan", subdistrict=there, within="12.01")
    assert (kelurahan.status, kelurahan.village) == ("certain", "12.01.10.1001")


def test_match_code_alone_is_not_believed(gazetteer):
    found = gazetteer.match(code="62.03.15.2004", within="62.03")
    assert (found.status, found.village) == ("ambiguous", None)
    assert [one.code for one in found.candidates] == ["62.03.15.2004"]


def test_match_code_against_name_is_a_conflict(gazetteer):
    # BPS 6203092 + 001 has the shape of 62.03.09.2001, which is Manusup.
    found = gazetteer.match(village="Mantangai Hulu", code="6203092001", within="62.03")
    assert (found.status, found.village) == ("conflict", None)
    assert {one.name for one in found.candidates} == {"Manusup", "Mantangai Hulu"}


def test_match_bps_code_of_gunung_mas_is_not_a_ministry_code(gazetteer):
    # BPS 6211 is Gunung Mas; Kemendagri 62.11 is Pulang Pisau.
    assert gazetteer.regency("62.11").name == "Kabupaten Pulang Pisau"
    town = gazetteer.named("Tampang Tumbang Anjir", "village", within="62.10")[0]
    for code in ("6211040001", "62.11.04.2001"):
        found = gazetteer.match(village="Tampang Tumbang Anjir", regency="Gunung Mas", code=code)
        assert (found.status, found.village) == ("certain", town.code)
        assert "tidak dipakai" in found.reason.id


def test_match_row_of_another_district_is_a_conflict(gazetteer):
    found = gazetteer.match(village="Tampang Tumbang Anjir", regency="Kab. Gunung Mas", within="62.03")
    assert (found.status, found.village) == ("conflict", None)


def test_match_village_in_another_subdistrict_is_a_conflict(gazetteer):
    found = gazetteer.match(village="Karetau Mantaa", subdistrict="Selat", within="62.03")
    assert (found.status, found.village) == ("conflict", None)
    assert [one.code for one in found.candidates] == ["62.03.15.2004"]


def test_match_unknown_name_offers_what_looks_alike(gazetteer):
    found = gazetteer.match(village="Mantangai Hullu", subdistrict="Mantangai", within="62.03")
    assert (found.status, found.village, found.subdistrict) == ("none", None, "62.03.09")
    assert "Mantangai Hulu" in [one.name for one in found.candidates]


@pytest.mark.parametrize("nothing", [None, "", " - "])
def test_match_without_village_keeps_the_subdistrict(gazetteer, nothing):
    found = gazetteer.match(village=nothing, subdistrict="Selat", within="62.03")
    assert (found.status, found.village, found.subdistrict) == ("none", None, "62.03.01")


def test_match_frame_keeps_rows_in_order_and_nulls(gazetteer):
    rows = pl.DataFrame(
        {
            "n": [1, 2, 3, 4],
            "desa": ["Sidomulyo", None, "sido mulyo", "Karetau Manta’a"],
            "kec": ["Mantangai", "Selat", None, None],
        }
    )
    out = gazetteer.match_frame(rows, village="desa", subdistrict="kec", within="62.03")
    assert out["n"].to_list() == [1, 2, 3, 4]
    assert out["village_code"].to_list() == ["62.03.09.2034", None, None, "62.03.15.2004"]
    assert out["subdistrict_code"].to_list() == ["62.03.09", "62.03.01", None, "62.03.15"]
    assert out["region_status"].to_list() == ["certain", "none", "ambiguous", "certain"]


def test_match_frame_equals_match_row_by_row(gazetteer):
    villages = [one.name for one in gazetteer.villages("62.10")][:20]
    rows = pl.DataFrame({"village": villages * 50})
    out = gazetteer.match_frame(rows, subdistrict=None, within="62.10")
    assert out.height == 1000
    assert out["village_code"].to_list() == [
        gazetteer.match(village=v, within="62.10").village for v in rows["village"]
    ]


def test_match_within_one_subdistrict_keeps_it(gazetteer):
    found = gazetteer.match(village="Tidak Ada", within="62.03.09")
    assert (found.status, found.subdistrict, found.regency) == ("none", "62.03.09", "62.03")
    assert gazetteer.match(village="Sidomulyo", within="62.03.09").village == "62.03.09.2034"


@pytest.mark.parametrize("within", ["62.03", None])
def test_match_district_name_of_no_district(gazetteer, within):
    found = gazetteer.match(village="Karetau Manta'a", regency="Kab. Antah Berantah", within=within)
    # With an area given, a misspelt district changes nothing; without one, nothing is known.
    assert found.status == ("certain" if within else "conflict")
