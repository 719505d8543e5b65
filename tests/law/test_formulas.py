"""The formulas of the page are those of the rules: every rule, every way through it, in words."""

from __future__ import annotations

import ast

import pytest

from payung.law.codes import measured, with_code
from payung.law.formulas import GROUPS, clauses, rules_of
from payung.law.rates import Rate
from payung.law.rules import benefit, contribution
from payung.text import Language


def test_every_rule_has_a_line_for_each_of_its_returns() -> None:
    for _, module in GROUPS:
        found = rules_of(module)
        assert found
        for rule in found.values():
            returns = sum(isinstance(node, ast.Return) for node in ast.walk(rule.definition))
            ways = clauses(rule)
            assert len(ways) == returns
            assert all(
                text for way in ways for text in (*way.answer, *(t for c in way.conditions for t in c))
            )


def test_a_rule_stands_on_the_page_of_its_own_module_only() -> None:
    assert "bpu_basis" in rules_of(contribution)
    assert "bpu_basis" not in rules_of(benefit)  # where it is only imported


def test_a_formula_names_its_values_and_what_is_asked_of_the_law() -> None:
    jkk = clauses(contribution.bpu_jkk)[0].answer
    assert jkk.en == "Part paid after relief (JKK by the table)"
    ways = clauses(contribution.bpu_after_relief)
    assert [text.en for text in ways[2].conditions] == [
        "sector = transport",
        "Share of JKK and JKM paid by BPU in transport is not in force",
    ]
    assert ways[2].answer.id == "jumlah"
    assert clauses(benefit.functional)[0].answer.id.endswith("× 0,1 %")


@pytest.mark.parametrize(
    ("value", "unit", "language", "says"),
    [
        (15, "day of month", "id", "tanggal 15"),
        (15, "day of month", "en", "day 15 of the month"),
        (1, "months", "en", "1 month"),
        (2, "months", "en", "2 months"),
        (1, "months", "id", "1 bulan"),
        (1, "children", "en", "1 child"),
        (2, "rank", "id", "urutan ke-2"),
        (6_800, "rupiah", "id", "6.800 rupiah"),
        (Rate(3, 1250), "percent", "id", "0,24 %"),
        ("full", "code", "id", "penuh (full)"),
        ("full", "code", "en", "full"),
        (("kepala_desa", "bpd"), "codes", "id", "Kepala desa (kepala_desa), Anggota BPD (bpd)"),
    ],
)
def test_values_are_written_as_a_person_says_them(
    value: object, unit: str, language: Language, says: str
) -> None:
    assert measured(value, unit, language) == says


def test_a_code_without_words_is_left_as_it_is() -> None:
    assert with_code("3a KK2", "id") == "3a KK2"
