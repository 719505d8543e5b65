import pytest

from payung.errors import MissingDataError
from payung.regions import Gazetteer


@pytest.fixture(scope="module")
def gazetteer():
    return Gazetteer.load()


def test_load_absent_file_says_what_to_run(tmp_path):
    with pytest.raises(MissingDataError) as caught:
        Gazetteer.load(tmp_path / "wilayah.parquet")
    assert "make setup" in caught.value.message.id
    assert "make setup" in caught.value.message.en


@pytest.mark.parametrize(
    ("code", "name", "subdistricts", "desa", "kelurahan"),
    [("62.03", "Kabupaten Kapuas", 17, 214, 17), ("62.10", "Kabupaten Gunung Mas", 12, 114, 13)],
)
def test_villages_of_the_first_districts(gazetteer, code, name, subdistricts, desa, kelurahan):
    assert gazetteer.regency(code).name == name
    assert len(gazetteer.subdistricts(code)) == subdistricts
    kinds = [village.kind for village in gazetteer.villages(code)]
    assert kinds.count("desa") == desa
    assert kinds.count("kelurahan") == kelurahan


def test_villages_of_known_subdistricts(gazetteer):
    counts = {
        place.name: [village.kind for village in gazetteer.villages(place.code)]
        for place in gazetteer.subdistricts("62.03")
    }
    assert len(counts["Mantangai"]) == 38
    assert (counts["Kapuas Murung"].count("desa"), counts["Kapuas Murung"].count("kelurahan")) == (21, 2)
    assert (counts["Selat"].count("desa"), counts["Selat"].count("kelurahan")) == (2, 8)


def test_by_code_dotted_and_undotted_are_one(gazetteer):
    assert gazetteer.village("62.03.15.2004") == gazetteer.village("6203152004")
    assert gazetteer.village("6203152004").name == "Karetau Manta'a"
    assert gazetteer.subdistrict("620315").name == "Mandau Talawang"


@pytest.mark.parametrize("code", ["62.03", "62.03.15.9999", "99.99", "x", ""])
def test_village_other_codes_are_none(gazetteer, code):
    assert gazetteer.village(code) is None


def test_path_starts_with_the_province(gazetteer):
    assert [place.name for place in gazetteer.path("62.03.15.2004")] == [
        "Kalimantan Tengah",
        "Kabupaten Kapuas",
        "Mandau Talawang",
        "Karetau Manta'a",
    ]
    assert gazetteer.path("62.03.99") == []


def test_whole_country_has_every_village(gazetteer):
    codes = {code for found in gazetteer.scope(None).villages.values() for code in found}
    assert len(codes) == 83_762


def test_every_official_name_finds_its_own_village(gazetteer):
    for village in gazetteer.villages("62"):
        assert village in gazetteer.named(village.name, "village", within=village.code[:8])


@pytest.mark.parametrize(
    ("written", "names"),
    [
        ("Kota Bandung", ["Kota Bandung"]),
        ("KAB. BANDUNG", ["Kabupaten Bandung"]),
        ("Bandung", ["Kabupaten Bandung", "Kota Bandung"]),
        ("Surabaya", ["Kota Surabaya"]),
        ("Kab. Kapuas", ["Kabupaten Kapuas"]),
        ("KABUPATEN KOTABARU", ["Kabupaten Kotabaru"]),
    ],
)
def test_named_kabupaten_and_kota_of_one_name_are_told_apart(gazetteer, written, names):
    assert [one.name for one in gazetteer.named(written, "regency")] == names


def test_every_kota_has_a_code_from_71(gazetteer):
    provinces = {code[:2] for found in gazetteer.scope(None).regencies.values() for code in found}
    regencies = [one for province in sorted(provinces) for one in gazetteer.regencies(province)]
    assert len(regencies) == 514
    assert all((one.kind == "kota") == one.name.startswith("Kota ") for one in regencies)
