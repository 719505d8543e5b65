"""Every vocabulary: words in both languages, one spelling, and the same codes as the law and the readers use."""

from __future__ import annotations

import pytest

from payung.codes import (
    VOCABULARIES,
    Category,
    Code,
    Field,
    Occupation,
    Reason,
    Relation,
    Result,
    Segment,
    Source,
)
from payung.codes.result import REASON
from payung.errors import InputError
from payung.law import load
from payung.people import categories, occupations
from payung.rosters.fields import PHRASES

MEMBERS = [member for vocabulary in VOCABULARIES for member in vocabulary]


@pytest.mark.parametrize("member", MEMBERS, ids=lambda member: f"{type(member).__name__}.{member.name}")
def test_code_has_words_in_both_languages_and_reads_itself(member: Code) -> None:
    assert member.text.id
    assert member.text.en
    assert type(member).read(member.value) is member
    assert type(member).read(member.value.upper().replace("_", "-")) is member


@pytest.mark.parametrize("vocabulary", VOCABULARIES, ids=lambda vocabulary: vocabulary.__name__)
def test_no_spelling_means_two_codes(vocabulary: type[Code]) -> None:
    spelled = [text.replace("-", "_").lower() for one in vocabulary for text in (one.value, *one.also)]
    assert len(spelled) == len(set(spelled))


def test_names_in_common_use_are_understood() -> None:
    assert Source.read("PADes") is Source.APBDES
    assert Source.read("dbh_sawit") is Source.DBH_SAWIT
    assert Source.read("Dana Desa") is Source.DANA_DESA
    assert Source.read("apbd_provinsi") is Source.APBD_PROVINSI
    assert Segment.read("PPU") is Segment.PU


def test_unknown_code_is_refused_with_what_may_be_written() -> None:
    with pytest.raises(InputError, match=r"pajak.*apbd, apbd-provinsi, apbdes"):
        Source.read("pajak")


def test_the_law_knows_the_same_sources_segments_categories_and_relations() -> None:
    law = load().parameters
    assert {str(row.key) for row in law["sources"].values[-1].rows} <= set(Source)
    assert {str(row.key) for row in law["heirs"].values[-1].rows} <= set(Relation)
    assert {str(row.key) for row in law["default_segment"].values[-1].rows} <= set(Category)


def test_the_readers_know_the_same_fields_occupations_and_categories() -> None:
    assert set(PHRASES) <= set(Field)
    assert set(occupations.CODES) == set(Occupation)
    assert set(Category) >= categories.OFFICES


def test_every_result_that_refuses_has_a_reason_that_is_named() -> None:
    assert set(REASON.values()) <= set(Reason)
    assert Result.PADAN not in REASON
