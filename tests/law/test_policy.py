"""Segments, ages, sources and heirs: the look-ups that other rooms ask for."""

from __future__ import annotations

import datetime as dt

import pytest

from payung.errors import InputError
from payung.law import load, policy
from payung.law.facts import LEVELS, SOURCES
from payung.law.heirs import heirs

NOW = dt.date(2026, 5, 1)


@pytest.mark.parametrize(
    ("category", "segment"),
    [
        ("kepala_desa", "pu"),
        ("perangkat_desa", "pu"),
        ("bpd", "pu"),
        ("ketua_rt", "bpu"),
        ("ketua_rw", "bpu"),
        ("damang", "pu"),
        ("mantir_desa", "pu"),
        ("non_asn_desa", "pu"),
        ("pppk_paruh_waktu", "pu"),
        ("rentan", "bpu"),
        ("rentan_sawit", "bpu"),
        ("mandiri", "bpu"),
    ],
)
def test_segment_of_a_category(category: str, segment: str) -> None:
    assert policy.segment_of(category, NOW).value == segment


def test_local_choices_say_so() -> None:
    answer = policy.segment_of("ketua_rt", NOW)
    assert answer.mark == "believed"
    assert any("daerah" in note.id for note in answer.notes)
    with pytest.raises(InputError, match="ketua_rt"):
        policy.segment_of("camat", NOW)


def test_codes_in_rules_and_in_parameters_are_the_same() -> None:
    law = load().on(NOW)
    assert tuple(law.sources) == SOURCES
    assert set(law.relief_by_source) == set(SOURCES)
    assert tuple(law.scholarship_rate) == tuple(law.scholarship_years) == LEVELS
    assert set(law.default_segment.values()) == {"bpu", "pu"}
    assert {code for banned in law.source_bans.values() for code in banned} <= set(law.default_segment)


def test_every_source_has_a_title_and_an_owner() -> None:
    found = policy.sources()
    assert tuple(source.code for source in found) == SOURCES
    assert all(source.title.id and source.title.en for source in found)


@pytest.mark.parametrize(
    ("source", "says"),
    [(source, "full") for source in ("apbn", "apbd", "dbh-sawit", "dbhcht", "apbdes", "add", "dana-desa")]
    + [(source, "relief") for source in ("csr", "baznas", "asn", "mandiri")],
)
def test_relief_by_source(source: str, says: str) -> None:
    answer = policy.relief_of(source, "2026-05")
    assert answer.value == says
    assert (answer.mark == "confirmed") == (source in ("apbn", "apbd", "mandiri"))


@pytest.mark.parametrize(
    ("birth", "enrolled", "allowed"),
    [
        ("1961-11-21", "2026-11-20", True),  # domain 10.6, example 6: the day before the 65th birthday
        ("1961-11-21", "2026-11-21", False),
        ("2008-05-01", "2026-04-30", False),
        ("2008-05-01", "2026-05-01", True),
        ("2008-02-29", "2026-02-28", False),
        ("2008-02-29", "2026-03-01", True),
    ],
)
def test_age_at_enrolment_to_the_day(birth: str, enrolled: str, allowed: bool) -> None:
    refusal = policy.age_refusal(dt.date.fromisoformat(birth), dt.date.fromisoformat(enrolled))
    assert (refusal is None) == allowed
    if refusal:
        assert "Umur" in refusal.id


def test_a_birth_in_the_future_is_a_slip_and_no_age() -> None:
    refusal = policy.age_refusal(dt.date(2027, 1, 1), dt.date(2026, 5, 1))
    assert refusal is not None
    assert "2027-01-01" in refusal.id
    assert "Umur" not in refusal.id


@pytest.mark.parametrize(
    ("source", "category", "month", "kelurahan", "allowed"),
    [
        ("dana-desa", "kepala_desa", "2025-12", False, True),
        ("dana-desa", "kepala_desa", "2026-01", False, False),
        ("dana-desa", "bpd", "2026-12", False, False),
        ("dana-desa", "bpd", "2027-01", False, True),  # the ban is for the Dana Desa of 2026
        ("dana-desa", "rentan_desa", "2026-01", False, True),
        ("add", "kepala_desa", "2026-01", False, True),
        ("apbdes", "rentan_desa", "2026-01", True, False),
        ("apbd", "rentan_apbd", "2026-01", True, True),
    ],
)
def test_sources_that_may_not_pay(
    source: str, category: str, month: str, kelurahan: bool, allowed: bool
) -> None:
    assert (policy.source_refusal(source, category, month, kelurahan=kelurahan) is None) == allowed


def test_minimum_pay_and_default_income() -> None:
    assert policy.minimum_siltap("kepala_desa", NOW).value == 2_426_640
    assert policy.minimum_siltap("perangkat_desa", NOW).mark == "believed"
    assert policy.default_income(NOW).value == 1_000_000
    with pytest.raises(InputError):
        policy.minimum_siltap("kepala_desa", dt.date(2018, 1, 1))


@pytest.mark.parametrize(
    ("relations", "rank", "entitled"),
    [
        (["sibling", "child", "spouse"], 1, ("spouse", "child")),
        (["parent", "sibling", "grandchild"], 2, ("parent", "grandchild")),
        (["parent-in-law", "sibling"], 3, ("sibling",)),
        (["will", "parent-in-law"], 4, ("parent-in-law",)),
        (["will"], 5, ("will",)),
        ([], None, ()),
    ],
)
def test_heirs_in_order(relations: list[str], rank: int | None, entitled: tuple[str, ...]) -> None:
    found = heirs(relations, NOW)
    assert (found.rank, found.relations) == (rank, entitled)
    assert found.article
    assert any("pemakaman" in note.id for note in found.notes)


def test_a_relation_that_is_no_heir_is_refused() -> None:
    with pytest.raises(InputError, match="spouse"):
        heirs(["neighbour"], NOW)
