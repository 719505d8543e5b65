"""The generator of lists with a known truth: nobody real, the same bytes, and the faults it says."""

import importlib.util
import sys
from pathlib import Path

import polars as pl
import pytest

from payung.regions import Gazetteer

PACKAGE = Path(__file__).resolve().parents[2] / "bench" / "known_truth" / "__init__.py"
ROWS = 4_000


@pytest.fixture(scope="module")
def known_truth():
    spec = importlib.util.spec_from_file_location(
        "payung_known_truth", PACKAGE, submodule_search_locations=[str(PACKAGE.parent)]
    )
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def made(known_truth):
    return known_truth.generate(ROWS, 11)


def test_generate_gives_the_rows_that_were_asked_for(known_truth, made):
    assert (made.roster.height, made.insurer.height) == (ROWS, ROWS)
    assert made.truth.height == 2 * ROWS
    assert made.truth["rec_id"].n_unique() == 2 * ROWS
    fewer = known_truth.generate(500, 11, insurer_rows=50)
    assert (fewer.roster.height, fewer.insurer.height) == (500, 50)


def test_generate_gives_the_same_lists_again_and_others_for_another_seed(known_truth, made):
    again = known_truth.generate(ROWS, 11)
    assert again.roster.equals(made.roster)
    assert again.insurer.equals(made.insurer)
    assert again.truth.equals(made.truth)
    assert not known_truth.generate(ROWS, 12).roster.equals(made.roster)


def test_no_true_nik_is_of_a_sub_district_that_exists(made):
    gazetteer = Gazetteer.load()
    for stem in made.truth["true_nik"].str.slice(0, 6).unique():
        code = f"{stem[:2]}.{stem[2:4]}.{stem[4:]}"
        assert gazetteer.subdistrict(code) is None, code
    assert made.truth["true_nik"].str.contains(r"^\d{16}$").all()


def test_no_telephone_can_be_reached(made):
    digits = pl.concat([made.roster["no_hp"], made.insurer["no_hp"]]).str.replace_all(r"\.0$|\D", "")
    rows = pl.concat([made.truth.filter(pl.col("side") == side)["faults"] for side in ("A", "B")])
    kept = digits.filter((digits != "") & ~rows.str.contains("phone_digit"))
    assert kept.str.contains("^(62|0)?84").all()


def test_every_person_has_one_nik_one_household_one_name(made):
    facts = made.truth.select("entity_id", "household_id", "true_name", "true_nik", "true_birth").unique()
    assert facts.height == made.truth["entity_id"].n_unique()
    assert facts["true_nik"].n_unique() == facts.height


def test_twins_share_house_and_day_and_have_serials_beside_each_other(known_truth):
    truth = known_truth.generate(20_000, 5).truth.filter("twin").unique("entity_id")
    pairs = truth.join(truth, on="household_id", suffix="_r").filter(
        pl.col("entity_id") < pl.col("entity_id_r")
    )
    same = pairs.filter(pl.col("true_birth") == pl.col("true_birth_r"))
    assert same.height > 20
    alike = same.filter(pl.col("true_name").str.slice(0, 3) == pl.col("true_name_r").str.slice(0, 3))
    assert alike.height > same.height / 5
    assert (same["true_nik"].str.slice(0, 6) == same["true_nik_r"].str.slice(0, 6)).all()


def test_a_row_without_faults_says_what_is_true(made):
    sound = made.roster.join(made.truth, on="rec_id").filter(~pl.col("faults").str.contains("nik|name"))
    whole = sound.filter(pl.col("nik").str.contains(r"^\d{16}$") & ~pl.col("nik").str.ends_with("0"))
    assert whole.height > ROWS / 3
    assert (whole["nik"] == whole["true_nik"]).all()
    name = sound["nama"].str.strip_chars().str.replace_all(" +", " ").str.to_lowercase()
    assert (name == sound["true_name"].str.to_lowercase()).all()


@pytest.mark.parametrize(
    "fault", ["nik_blank", "nik_digit", "name_respelt", "name_key", "birth_blank", "card_old"]
)
@pytest.mark.parametrize("profile", ["clean", "default", "harsh"])
def test_faults_come_at_the_rate_of_their_profile(known_truth, profile, fault):
    """Rates of one list scatter, so a wide band; but clean, default and harsh never overlap."""
    rate = known_truth.PROFILES[profile].rate(fault, insurer=False)
    truth = known_truth.generate(ROWS, 21, profile).truth.filter(pl.col("side") == "A")
    share = truth["faults"].str.split(" ").list.contains(fault).mean()
    assert rate * 0.6 < share < rate * 1.5


def test_people_stand_on_several_lists_and_on_the_insurers(made):
    sides = made.truth.group_by("entity_id").agg(
        listed=(pl.col("side") == "A").sum(), insured=(pl.col("side") == "B").sum()
    )
    listed = sides.filter(pl.col("listed") > 0)
    assert 0.08 < (listed["listed"] > 1).mean() < 0.20
    assert 0.40 < (listed["insured"] > 0).mean() < 0.50
    assert (sides["insured"] > 1).sum() > 0
