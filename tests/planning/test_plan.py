"""A plan from files: eligibility, restrictions, the law of each month, and a "no" in words."""

import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from payung.planning.optimum import solution

sys.path.insert(0, str(Path(__file__).parent))
from districtworld import DESA, KELURAHAN, OTHER_DESA, check, make
from planworld import here

FULL = 16_800


@pytest.fixture(autouse=True)
def in_this_process(monkeypatch):
    monkeypatch.setattr(solution, "ask", here)


def plan(folder, people, lines, months="2027-01..2027-12", **more):
    made, candidates, wishes = make(folder, people, lines, months, **more)
    check(made, candidates, wishes)
    return made


def why(made, one="P1"):
    return made.ranking.filter(made.ranking["id"] == one)["why"][0]


def test_plan_covers_everybody_where_money_is_plenty(tmp_path):
    made = plan(tmp_path, [{}, {"decile": 3}], [{}])
    assert made.report | {"value": 0, "bound": 0, "why": ""} == {
        "status": "optimal", "value": 0, "bound": 0, "gap": 0.0, "people": 2, "person_months": 24,
        "cost": {"line1": 24 * FULL}, "below_floor": [], "why": "",
    }  # fmt: skip


def test_plan_passes_a_person_from_line_to_line(tmp_path):
    lines = [{"amount": 5 * FULL}, {"amount": 7 * FULL}]
    made = plan(tmp_path, [{}], lines)
    assert made.report["people"] == 1
    assert made.report["cost"] == {"line1": 5 * FULL, "line2": 7 * FULL}


def test_plan_pays_by_the_law_of_source_sector_and_month(tmp_path):
    made = plan(tmp_path, [{"sector": "transport"}], [{"source": "csr"}], "2027-01..2027-06")
    assert made.rows["amount"].to_list() == [8_400] * 3 + [FULL] * 3


def test_plan_takes_the_wage_earner_at_his_wage(tmp_path):
    people = [
        {"category": "kepala_desa", "segment": "", "income": ""},
        {"category": "bpd", "segment": "pu", "income": ""},
    ]
    made = plan(tmp_path, people, [{}], "2027-01..2027-01")
    assert made.rows["amount"].to_list() == [5_824 + 7_280]  # 0.24 % and 0.30 % of 2,426,640
    assert "upah belum diisi" in why(made, "P2")


@pytest.mark.parametrize(
    ("person", "words"),
    [
        ({"covered_until": "2027-03"}, "sudah terlindungi sampai 2027-03"),
        ({"covered_until": "2027-03-15"}, "sudah terlindungi sampai 2027-03"),
        ({"birth_date": ""}, "tanggal lahir belum diisi"),
        ({"birth_date": "2009-01-02"}, "belum berusia 18"),
        ({"birth_date": "1962-01-01"}, "65 tahun atau lebih"),
    ],
)
def test_plan_says_why_somebody_is_not_eligible(tmp_path, person, words):
    made = plan(tmp_path, [person, {}], [{}], floors={"per_village": 2})
    assert words in why(made)
    assert made.rows["id"].unique().to_list() == ["P2"]
    assert made.ranking.filter(made.ranking["id"] == "P1").select("rank", "weight").row(0) == (None, 0)
    assert made.report["below_floor"] == [DESA]  # one eligible person is no village with two


@pytest.mark.parametrize(
    ("person", "chosen"),
    [
        ({"birth_date": "2009-01-01"}, True),  # 18 on the first day
        ({"birth_date": "1962-01-02"}, True),  # 64 on the first day
        (
            {"birth_date": "1960-01-01", "covered_until": "2026-12", "paid_months": 5},
            True,
        ),  # a member goes on
        (
            {"birth_date": "1960-01-01", "covered_until": "2026-08", "paid_months": 5},
            False,
        ),  # lapsed: too old anew
        ({"covered_until": "2026-12"}, True),
    ],
)
def test_plan_knows_ages_and_running_covers(tmp_path, person, chosen):
    assert plan(tmp_path, [person], [{}]).report["people"] == int(chosen)


def test_plan_of_some_months_begins_after_the_running_cover(tmp_path):
    made = plan(tmp_path, [{"covered_until": "2027-06"}], [{}], months_each=6)
    assert made.rows["month"].to_list() == [f"2027-{month:02d}" for month in range(7, 13)]


def test_plan_of_some_months_takes_those_that_a_line_pays(tmp_path):
    made = plan(
        tmp_path, [{}], [{"months": "2027-03..2027-05"}, {"months": ["2027-06", "2027-07"]}], months_each=4
    )
    assert made.rows["month"][0] in ("2027-03", "2027-04")


def test_plan_minds_areas_categories_and_occupations(tmp_path):
    people = [
        {}, {"village_code": OTHER_DESA}, {"category": "ketua_rt"}, {"sector": "transport"}, {"occupation": "nelayan"},
    ]  # fmt: skip
    lines = [
        {"areas": ["62.99.02"], "amount": 12 * FULL}, {"categories": ["ketua_rt"]}, {"occupations": ["transport"]},
        {"occupations": ["nelayan"]},
    ]  # fmt: skip
    made = plan(tmp_path, people, lines)
    assert sorted(made.rows.select("id", "line").unique().iter_rows()) == [
        ("P2", "line1"), ("P3", "line2"), ("P4", "line3"), ("P5", "line4"),
    ]  # fmt: skip
    assert "Tidak ada sumber dana" in why(made)


def test_plan_lets_no_village_money_into_a_kelurahan_nor_dana_desa_to_officials_of_2026(tmp_path):
    people = [{"village_code": KELURAHAN}, {"category": "bpd", "segment": "bpu"}, {}]
    made = plan(tmp_path, people, [{"source": "dana-desa"}], "2026-11..2026-12")
    assert made.rows["id"].unique().to_list() == ["P3"]


def test_plan_keeps_the_cap_for_one_head(tmp_path):
    lines = [{"per_head": 5 * FULL}, {"per_head": 4 * FULL}, {"amount": 7 * FULL}]
    made = plan(tmp_path, [{}, {}, {}], lines)
    assert made.report["people"] == 2  # 4 and 3 months of line3 lie beside 5 + 4 each


def test_plan_keeps_quotas_and_floors(tmp_path):
    people = [{}, {}, {"category": "ketua_rt", "decile": 9}, {"village_code": OTHER_DESA, "decile": 10}]
    lines = [{"amount": 24 * FULL}]
    free = plan(tmp_path, people, lines, ranking=["decile"])
    assert sorted(free.rows["id"].unique().to_list()) == ["P1", "P2"]
    held = plan(tmp_path, people, lines, ranking=["decile"], floors={"per_village": 1}, quotas={"rentan": 1})
    assert sorted(held.rows["id"].unique().to_list()) == ["P3", "P4"]


@pytest.mark.parametrize(
    ("lines", "more", "words", "villages"),
    [
        ([{"areas": ["62.99.01"]}], {"floors": {"per_village": 1}}, "sumber dana hanya boleh membayar 0", [OTHER_DESA]),
        (
            [{}], {"floors": {"per_village": 1}, "quotas": {"rentan": 1}},
            "Kuota (rentan 1) terlalu kecil", [DESA, OTHER_DESA],
        ),
        ([{"amount": 23 * FULL}], {"floors": {"per_village": 1}}, "kurang Rp16.800", [DESA, OTHER_DESA]),
        (
            [{"areas": ["62.99.01"]}, {"areas": ["62.99.02"], "amount": 11 * FULL}], {"floors": {"per_village": 1}},
            "line2 (Rp184.800) tidak cukup", [OTHER_DESA],
        ),
    ],
)  # fmt: skip
def test_plan_that_cannot_be_says_why(tmp_path, lines, more, words, villages):
    made = plan(tmp_path, [{}, {}, {"village_code": OTHER_DESA}], lines, **more)
    assert made.report["status"] == "infeasible"
    assert words in made.report["why"]
    assert made.report["below_floor"] == villages
    assert made.rows.is_empty()


def test_ranking_follows_the_rules_and_says_the_one_that_decided(tmp_path):
    people = [
        {"decile": 2}, {"birth_date": "1970-01-01"}, {}, {"proposed_on": "2026-01-05"}, {"category": "kepala_desa"},
        {"welfare": "miskin_ekstrem", "decile": 5},
    ]  # fmt: skip
    made = plan(tmp_path, people, [{}])
    ranking = made.ranking.filter(made.ranking["rank"].is_not_null())
    assert ranking["id"].to_list() == ["P5", "P6", "P2", "P4", "P3", "P1"]
    assert ranking["weight"].to_list() == [2_000_000, 1_800_000, 1_600_000, 1_400_000, 1_200_000, 1_000_000]
    assert why(made, "P4") == (
        "Urutan 4 dari 6: kelas ?, desil 1, lahir 31-05-1980, diusulkan 05-01-2026, disabilitas tidak; setelah "
        "urutan 3 menurut aturan yang tertua lebih dulu."
    )
    assert "yang diusulkan lebih awal lebih dulu" in why(made, "P3")


def test_ranking_does_not_depend_on_the_order_of_the_file(tmp_path):
    people = [{"id": f"X{at}", "decile": at % 3 + 1} for at in range(9)]
    made = [plan(tmp_path, some, [{"amount": 50 * FULL}]) for some in (people, people[::-1])]
    assert made[0].ranking.equals(made[1].ranking)
    assert made[0].rows.equals(made[1].rows)


candidates = st.fixed_dictionaries(
    {
        "village_code": st.sampled_from((DESA, OTHER_DESA, KELURAHAN)),
        "category": st.sampled_from(("rentan", "ketua_rt", "bpd")),
        "segment": st.sampled_from(("bpu", "pu")),
        "income": st.sampled_from((1_000_000, 1_500_000, 2_022_200)),
        "sector": st.sampled_from(("other", "transport")),
        "birth_date": st.sampled_from(("1980-05-31", "1962-03-01", "2009-02-10", "")),
        "decile": st.sampled_from((1, 2, 5, "")),
        "covered_until": st.sampled_from(("", "", "2026-12", "2027-02", "2028-01")),
    }
)
money = st.fixed_dictionaries(
    {
        "source": st.sampled_from(("apbd", "csr", "dana-desa")),
        "amount": st.integers(0, 400_000),
        "months": st.sampled_from((None, "2027-01..2027-02", "2027-03..2027-05")),
        "areas": st.sampled_from(([], ["62.99.01"], [OTHER_DESA])),
        "categories": st.sampled_from(([], ["rentan"], ["ketua_rt", "bpd"])),
        "occupations": st.sampled_from(([], ["transport"])),
        "per_head": st.sampled_from((None, None, 40_000)),
    }
)


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    people=st.lists(candidates, min_size=1, max_size=15),
    lines=st.lists(money, min_size=1, max_size=4),
    floor=st.integers(0, 2),
    quota=st.integers(0, 5),
    each=st.sampled_from((None, 2, 3)),
)
def test_plan_keeps_every_promise_in_generated_districts(tmp_path, people, lines, floor, quota, each):
    plan(
        tmp_path, people, lines, "2027-01..2027-05",
        floors={"per_village": floor}, quotas={"rentan": quota}, months_each=each,
    )  # fmt: skip


def test_a_plan_that_pays_nobody_says_why(tmp_path):
    made = plan(tmp_path, [{}], [{"months": ["2027-01", "2027-02"]}])
    assert (made.report["people"], "boleh dibayar untuk 12 bulan" in made.report["why"]) == (0, True)
    assert "memenuhi syarat" in plan(tmp_path, [{"birth_date": "2020-01-01"}], [{}]).report["why"]


def test_money_is_read_as_it_is_written_here(tmp_path):
    made = plan(tmp_path, [{}, {}], [{"amount": "201.600", "per_head": "Rp201.600"}])
    assert (made.report["people"], made.report["cost"]) == (1, {"line1": 12 * FULL})
