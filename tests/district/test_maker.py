import datetime as dt
import filecmp

import polars as pl
import pytest

from payung.district import make
from payung.errors import InputError
from payung.regions import Gazetteer

ON = dt.date(2027, 1, 1)


def small(out, **other):
    return make(out, **{"district": "62.10", "people": 60, "seed": 2, "on": ON, **other})


def files_of(folder):
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def text_of(value):
    return str(int(value)) if isinstance(value, float) else str(value)


def test_make_truth_names_the_row_of_every_person(district, sheets):
    _, truth = district
    for row in truth.iter_rows(named=True):
        cells = {text_of(cell).strip().upper() for cell in sheets[row["file"], row["sheet"]][row["row"] - 1]}
        assert row["name_written"].strip().upper() in cells
        assert row["nik_written"] is None or row["nik_written"].strip() in cells


def test_make_every_person_of_a_sheet_is_in_the_truth(district, sheets):
    made, truth = district
    rosters = truth.filter(pl.col("list") == "roster")
    assert rosters["entity"].n_unique() == made.people == 3000
    assert rosters.height == made.rows <= 1.05 * made.people
    assert rosters.unique(["file", "sheet", "row"]).height == rosters.height
    written = {(file, sheet): part.height for (file, sheet), part in rosters.group_by("file", "sheet")}
    names = set(rosters["name_written"].str.strip_chars().str.to_uppercase())
    for place, rows in sheets.items():
        if place[0] == "insured.xlsx":
            continue
        people = [row for row in rows if names & {text_of(cell).strip().upper() for cell in row}]
        # A family line of a register names the head of the family inside a longer text, never as a whole cell.
        assert len(people) == written.get(place, 0), place


def test_make_files_of_the_truth_are_the_files_on_disk(district):
    made, truth = district
    expected = {*truth["file"].unique(), "README.txt", "truth.parquet"}
    assert set(files_of(made.folder)) == expected
    assert {path.rsplit(".")[-1] for path in truth["file"]} == {"xlsx", "ods", "csv"}
    assert truth["layout"].n_unique() >= 14


def test_make_village_codes_are_true(district):
    _, truth = district
    gazetteer = Gazetteer.load()
    for code in truth["village_code"].unique():
        assert gazetteer.village(code) is not None
        assert code.startswith("62.03.")


@pytest.mark.parametrize(
    ("fault", "rate"),
    [
        ("over_65", 0.03),
        ("dead", 0.015),
        ("moved", 0.02),
        ("insured", 0.04),
        ("kk_asn", 0.007),
        ("duplicate", 0.01),
        ("no_phone", 0.05),
        ("under_18", 0.003),
    ],
)
def test_make_faults_have_their_rates(district, fault, rate):
    _, truth = district
    people = truth.filter((pl.col("list") == "roster") & pl.col("faults").list.contains(fault))[
        "entity"
    ].n_unique()
    assert people == round(rate * 3000)


def test_make_faults_of_numbers_and_names(district):
    _, truth = district
    rosters = truth.filter(pl.col("list") == "roster")
    wrong = rosters.filter(pl.col("faults").list.eval(pl.element().str.starts_with("nik_")).list.any())
    damaged = wrong.filter(pl.col("faults").list.contains("nik_damaged_by_excel"))
    assert wrong["entity"].n_unique() - damaged["entity"].n_unique() >= 50
    assert damaged["file"].n_unique() == 1
    assert damaged["nik_written"].str.ends_with("0").all()
    told = rosters.filter(pl.col("faults").list.contains("name"))["entity"].n_unique()
    assert 80 <= told <= 120


def test_make_people_are_as_in_the_domain(district):
    _, truth = district
    people = truth.filter(pl.col("list") == "roster").unique("entity")
    workers = people.filter(pl.col("category") == "rentan")
    assert abs((workers["sex"] == "L").mean() - 0.62) < 0.05
    assert abs(workers.filter(pl.col("age").is_between(18, 64))["age"].mean() - 44) < 2
    assert abs(workers["transport"].mean() - 0.05) < 0.02
    assert people.filter(pl.col("category") != "rentan")["income"].null_count() == 0
    assert set(people["category"]) >= {
        "kepala_desa",
        "perangkat_desa",
        "bpd",
        "ketua_rt",
        "damang",
        "mantir_desa",
    }


def test_make_ages_agree_with_flags(district):
    _, truth = district
    old = truth.filter(pl.col("faults").list.contains("over_65"))
    assert old["age"].min() >= 65
    usual = truth.filter(
        ~pl.col("faults").list.contains("over_65") & ~pl.col("faults").list.contains("under_18")
    )
    assert usual["age"].is_between(18, 64).all()


def test_make_same_seed_same_bytes_other_seed_other_people(tmp_path):
    small(tmp_path / "one")
    small(tmp_path / "two")
    small(tmp_path / "three", seed=3)
    names = files_of(tmp_path / "one")
    same, other, failed = filecmp.cmpfiles(tmp_path / "one", tmp_path / "two", names, shallow=False)
    assert (same, other, failed) == (names, [], [])
    one, three = (pl.read_parquet(tmp_path / name / "truth.parquet") for name in ("one", "three"))
    assert set(one["nik"]) != set(three["nik"])


@pytest.mark.parametrize("district", ["11.01", "31.71", "91.71", "35.78"])
def test_make_other_districts(tmp_path, district):
    small(tmp_path / "d", district=district, people=150)
    truth = pl.read_parquet(tmp_path / "d/truth.parquet")
    assert truth["village_code"].str.starts_with(district).all()
    assert "damang" not in set(truth["category"])


@pytest.mark.parametrize("people", [1, 2, 7])
def test_make_very_few_people(tmp_path, people):
    assert small(tmp_path / "d", people=people).rows >= people


@pytest.mark.parametrize("people", [0, -5, 10_000_000])
def test_make_impossible_number_is_refused(tmp_path, people):
    with pytest.raises(InputError, match=str(people)):
        small(tmp_path / "d", people=people)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("code", ["62.99", "kapuas", "62.03.01"])
def test_make_unknown_district_is_refused(tmp_path, code):
    with pytest.raises(InputError, match=code):
        small(tmp_path / "d", district=code)
    assert list(tmp_path.iterdir()) == []


def test_make_replaces_its_own_folder_only(tmp_path):
    out = tmp_path / "d"
    small(out)
    before = files_of(out)
    small(out, people=300)
    assert files_of(out) != before
    other = tmp_path / "mine"
    other.mkdir()
    (other / "notes.txt").write_text("mine")
    with pytest.raises(InputError, match="mine"):
        small(other)
    assert files_of(other) == ["notes.txt"]
    (out / "my notes.txt").write_text("mine")
    with pytest.raises(InputError, match="bukan kabupaten rekaan"):
        small(out)
    assert (out / "my notes.txt").exists()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["d", "mine"]


def test_make_takes_away_what_a_killed_run_left(tmp_path):
    (tmp_path / ".d.baru/rosters").mkdir(parents=True)
    small(tmp_path / "d")
    assert [path.name for path in tmp_path.iterdir()] == ["d"]


def test_make_fault_while_writing_leaves_the_earlier_folder(tmp_path, monkeypatch):
    out = tmp_path / "d"
    small(out)
    before = files_of(out)

    def fail(book, folder):
        raise OSError("disk full")

    monkeypatch.setattr("payung.district.maker.write", fail)
    with pytest.raises(InputError, match="disk full"):
        small(out, seed=9)
    assert files_of(out) == before
    assert [path.name for path in tmp_path.iterdir()] == ["d"]


def test_make_progress_ends_at_the_total(tmp_path):
    seen = []
    small(tmp_path / "d", progress=lambda done, total: seen.append((done, total)))
    assert seen[-1][0] == seen[-1][1]
    assert [done for done, _ in seen] == sorted(done for done, _ in seen)


def test_make_says_what_cannot_be_written(tmp_path):
    (tmp_path / "file.txt").write_text("x")
    with pytest.raises(InputError, match=r"tidak dapat ditulis ke .*file\.txt/d"):
        small(tmp_path / "file.txt/d")
    with pytest.raises(InputError, match="benih acak harus 0 atau lebih"):
        small(tmp_path / "d", seed=-1)
    assert [path.name for path in tmp_path.iterdir()] == ["file.txt"]
