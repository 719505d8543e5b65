"""Which village a title names: every village of the country, none lost, none taken for another."""

from __future__ import annotations

import pytest

from payung.regions import Gazetteer
from payung.regions.names import key
from payung.rosters.areas import area

REGENCIES = {"62.03": "Kapuas", "62.10": "Gunung Mas"}
TITLES = (
    ("{kind} {village}",),
    ("{kind} {village} KECAMATAN {district}",),
    ("DATA PEKERJA {kind} {village} KEC. {district} {regency} TAHUN 2026",),
    ("{kind} : {village}", "KECAMATAN : {district}", "{regency}"),
)


@pytest.fixture(scope="module")
def regions() -> Gazetteer:
    return Gazetteer.load()


@pytest.mark.parametrize("title", TITLES)
def test_every_village_of_the_country_is_found_in_its_title(
    regions: Gazetteer, title: tuple[str, ...]
) -> None:
    levels = {"village": "village", "district": "subdistrict", "regency": "regency"}
    lost, seen = [], 0
    for regency in [one for number in range(11, 100) for one in regions.regencies(str(number))]:

        def known(name: str, field: str, within: str = regency.code) -> bool:
            return field in levels and bool(regions.named(name, levels[field], within=within))  # type: ignore[arg-type]

        for district in regions.subdistricts(regency.code):
            for village in regions.villages(district.code):
                kind = "KELURAHAN" if village.code.split(".")[-1].startswith("1") else "DESA"
                named = {"kind": kind, "village": village.name, "district": district.name}
                lines = [line.format(**named, regency=regency.name).upper() for line in title]
                found = area(lines, known)
                seen += 1
                if key(found.get("village", "")) != key(village.name):
                    lost.append((lines, found))
                if "{district}" in "".join(title) and key(found.get("district", "")) != key(district.name):
                    lost.append((lines, found))
    assert (seen > 83_000, lost) == (True, [])


@pytest.mark.parametrize("code", sorted(REGENCIES))
def test_every_village_of_the_two_districts_is_found_without_the_list_of_regions(
    regions: Gazetteer, code: str
) -> None:
    lost = [
        (district.name, village.name, found)
        for district in regions.subdistricts(code)
        for village in regions.villages(district.code)
        for found in [area([f"DESA {village.name} KECAMATAN {district.name} KAB. {REGENCIES[code]}".upper()])]
        if (key(found.get("village", "")), key(found.get("district", "")))
        != (key(village.name), key(district.name))
    ]
    assert lost == []


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("KEPALA DESA : YANSEN", {}),
        ("KEPALA DESA / LURAH : YANSEN", {}),
        ("SEKRETARIS DESA:TONO", {}),
        ("DESA CONTOH KEPALA DESA : YANSEN", {"village": "CONTOH"}),
        ("PEMERINTAH DESA MANTANGAI HULU", {"village": "MANTANGAI HULU"}),
        ("KEPALA DESA MANTANGAI HULU", {"village": "MANTANGAI HULU"}),
        ("NAMA DESA : BUNGAI", {"village": "BUNGAI"}),
        ("DESA DANAU RAWAH KEC MANTANGAI", {"village": "DANAU RAWAH", "district": "MANTANGAI"}),
        ("DESA DANDANG", {"village": "DANDANG"}),
        ("DESA KAYU BULAN BULAN NOVEMBER 2026", {"village": "KAYU BULAN"}),
        ("DESA SEPANG KOTA KECAMATAN SEPANG", {"village": "SEPANG KOTA", "district": "SEPANG"}),
        ("KELURAHAN LANGKAI KOTA PALANGKA RAYA", {"village": "LANGKAI", "regency": "PALANGKA RAYA"}),
        ("DESA : KECAMATAN : MANTANGAI", {"district": "MANTANGAI"}),
        ("DANA DESA TAHUN 2026", {}),
        ("PERATURAN DESA NOMOR 3 TAHUN 2026", {}),
        ("Desa-desa di Kapuas", {}),
        ("DESA DAN KELURAHAN SE KABUPATEN KAPUAS", {"regency": "KAPUAS"}),
    ],
)
def test_line_says_where(line: str, said: dict[str, str]) -> None:
    assert area([line]) == said


def test_name_behind_an_office_counts_only_where_it_is_a_village() -> None:
    def known(name: str, field: str) -> bool:
        return (name, field) == ("BUNGAI", "village")

    assert area(["KEPALA DESA YANSEN", "KEPALA DESA BUNGAI"], known) == {"village": "BUNGAI"}


def test_line_that_names_the_village_counts_before_an_office() -> None:
    assert area(["KEPALA DESA YANSEN", "DESA BUNGAI"]) == {"village": "BUNGAI"}
