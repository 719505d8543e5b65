import polars as pl
import pytest

from payung.district.lists import plan_lists
from payung.district.places import OFFICE_SHARE, choose, office_slots
from payung.errors import InputError
from payung.regions import Gazetteer


@pytest.fixture(scope="module")
def gazetteer():
    return Gazetteer.load()


def planned(gazetteer, code, people, rows=40):
    place = choose(gazetteer, code, people)
    return plan_lists(place, people, [rows] * len(place.villages), 1)


def test_plan_lists_every_layout_is_used(gazetteer):
    assert planned(gazetteer, "62.03", 5000)["layout"].n_unique() == 15


def test_plan_lists_one_list_is_damaged_where_there_are_people_enough(gazetteer):
    assert (planned(gazetteer, "62.03", 5000)["nik_style"] == "damaged").sum() == 1
    assert (planned(gazetteer, "62.03", 500)["nik_style"] == "damaged").sum() == 0
    assert (planned(gazetteer, "62.03", 5000, rows=5)["nik_style"] == "damaged").sum() == 0


def test_plan_lists_numbers_too_large_for_a_number_cell_stay_text(gazetteer):
    papua = planned(gazetteer, "91.71", 5000)
    assert "number" not in set(papua["nik_style"])
    assert "number" in set(planned(gazetteer, "62.03", 17_000)["nik_style"])


def test_plan_lists_long_lists_are_text_files(gazetteer):
    lists = planned(gazetteer, "62.03", 1_000_000, rows=4300).filter(pl.col("kind") == "workers")
    text = lists.filter(pl.col("file").str.ends_with(".csv"))
    assert text.height > 0.7 * lists.height
    assert (lists.height - text.height) * 4300 < 200_000


def test_plan_lists_sheet_names_are_unique_in_a_file(gazetteer):
    lists = planned(gazetteer, "62.03", 17_000).filter(pl.col("kind") != "dinsos")
    assert lists.unique(["file", "sheet"]).height == lists.height


def test_plan_lists_villages_of_one_name_have_files_of_their_own(gazetteer):
    lists = planned(gazetteer, "12.01", 100_000).filter(pl.col("kind").is_in(["workers", "office"]))
    assert lists.unique(["file", "sheet"]).height == lists.height
    assert lists["file"].str.contains("Sorkam Kanan 2018").any()


def test_choose_spreads_the_villages_over_the_district(gazetteer):
    place = choose(gazetteer, "62.03", 3000)
    assert len(place.villages) == 40
    assert len({village.code[:8] for village in place.villages}) == 17
    assert len(choose(gazetteer, "62.03", 1_000_000).villages) == 231
    assert len(choose(gazetteer, "62.03", 1).villages) == 1


def test_choose_unknown_code_names_it(gazetteer):
    with pytest.raises(InputError, match=r"77\.77"):
        choose(gazetteer, "77.77", 100)


def test_office_slots_are_those_of_the_domain(gazetteer):
    place = choose(gazetteer, "62.10", 12_200)
    slots = office_slots(place, 12_200)
    many = dict(slots["category"].value_counts().iter_rows())
    assert many["kepala_desa"] == 114
    assert many["bpd"] == 570
    assert (many["damang"], many["sekretaris_damang"], many["mantir_kecamatan"]) == (12, 12, 36)
    assert 2_500 <= slots.height <= 3_300
    assert office_slots(place, 100).height == int(OFFICE_SHARE * 100)
