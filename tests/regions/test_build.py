import json

import pytest

from payung.errors import InputError, MissingDataError
from payung.regions import Gazetteer
from payung.regions.build import build

VILLAGES = (
    "code,district_code,name\n62.03.01.1001,62.03.01,Selat Hilir\n62.03.01.2001,62.03.01,\"Desa 'Uji'\"\n"
)


@pytest.fixture
def package(tmp_path):
    folder = tmp_path / "idn-area-data"
    (folder / "data").mkdir(parents=True)
    (folder / "package.json").write_text(json.dumps({"name": "idn-area-data", "version": "9.9.9"}))
    (folder / "data/provinces.csv").write_text("code,name\n62,Kalimantan Tengah\n")
    (folder / "data/regencies.csv").write_text("code,province_code,name\n62.03,62,Kabupaten Kapuas\n")
    (folder / "data/districts.csv").write_text("code,regency_code,name\n62.03.01,62.03,Selat\n")
    (folder / "data/villages.csv").write_text(VILLAGES)
    return folder


def test_build_counts_and_reads_back(package, tmp_path):
    target = tmp_path / "out/wilayah.parquet"
    done = build(package, target, expect_villages=2)
    assert done.counts == {"province": 1, "regency": 1, "subdistrict": 1, "village": 2}
    gazetteer = Gazetteer.load(target)
    assert gazetteer.source == "idn-area-data 9.9.9"
    assert gazetteer.village("6203012001").name == "Desa 'Uji'"
    assert [path.name for path in target.parent.iterdir()] == ["wilayah.parquet"]


def test_build_same_package_same_bytes(package, tmp_path):
    one, two = tmp_path / "one.parquet", tmp_path / "two.parquet"
    build(package, one, expect_villages=2)
    build(package, two, expect_villages=None)
    assert one.read_bytes() == two.read_bytes()


def test_build_other_number_of_villages_is_refused_and_nothing_written(package, tmp_path):
    target = tmp_path / "wilayah.parquet"
    with pytest.raises(InputError) as caught:
        build(package, target)
    assert "83762" in caught.value.message.id
    assert not target.exists()


def test_build_no_package_says_what_to_run(tmp_path):
    with pytest.raises(MissingDataError) as caught:
        build(tmp_path / "nothing", tmp_path / "wilayah.parquet")
    assert "make setup" in caught.value.message.id


@pytest.mark.parametrize(
    ("villages", "told"),
    [
        ("code,name\n62.03.01.201,Selat\n", "baris 2"),
        ("code,name\n62.03.01.2001,\n", "baris 2"),
        ("code,name\n62.03.02.2001,Selat\n", "62.03.02.2001"),
        ("code,name\n62.03.01.2001,A\n62.03.01.2001,B\n", "ganda"),
        ("kode,name\n62.03.01.2001,A\n", "code"),
    ],
)
def test_build_faulty_village_file_is_named(package, tmp_path, villages, told):
    (package / "data/villages.csv").write_text(villages)
    with pytest.raises(InputError) as caught:
        build(package, tmp_path / "wilayah.parquet", expect_villages=None)
    assert told in caught.value.message.id


def test_build_absent_file_is_named(package, tmp_path):
    (package / "data/districts.csv").unlink()
    with pytest.raises(MissingDataError) as caught:
        build(package, tmp_path / "wilayah.parquet")
    assert "districts.csv" in caught.value.message.id
