"""Figures against a truth small enough to count by hand."""

from __future__ import annotations

import polars as pl
import pytest

from payung.errors import InputError
from payung.linkage.evaluation import evaluate

TRUTH = pl.DataFrame({"rec_id": ["a", "b", "c", "x", "y"], "entity_id": [1, 1, 2, 1, 3]})
PERSONS = pl.DataFrame({"record": ["a", "b", "c", "x", "y"], "person": [1, 1, 2, 3, 2]})
PAIRS = pl.DataFrame(
    {"left": ["a", "b", "c"], "right": ["b", "x", "y"], "decision": ["same", "review", "same"]}
)
SIDES = pl.DataFrame({"record": ["a", "b", "c", "x", "y"], "known": [False, False, False, True, True]})


def test_figures_are_those_counted_by_hand() -> None:
    measured = evaluate(PAIRS, PERSONS, TRUTH, sides=SIDES)
    # true pairs: ab ax bx; called same: ab (right), cy (wrong); in review: bx (right)
    assert (measured.true_pairs, measured.precision, measured.recall) == (3, 0.5, pytest.approx(1 / 3))
    assert measured.f1 == pytest.approx(0.4)
    assert measured.review_rows == pytest.approx(2 / 5)
    assert measured.f1_reviewed == pytest.approx(4 / 6)
    # a and b are known as x and were not found there; but a question about b waits
    assert (measured.wrongly_offered, measured.insured_waiting) == (0.0, 1.0)
    assert measured.wrongly_dropped == 1.0  # c is not known, and was taken for y


def test_insured_person_without_a_question_is_offered() -> None:
    pairs = PAIRS.filter(pl.col("decision") == "same")
    measured = evaluate(pairs, PERSONS, TRUTH, sides=SIDES)
    assert (measured.wrongly_offered, measured.insured_waiting) == (1.0, 0.0)


def test_without_sides_the_insured_question_stays_open() -> None:
    assert evaluate(PAIRS, PERSONS, TRUTH).wrongly_offered is None


def test_perfect_linkage_scores_one() -> None:
    persons = pl.DataFrame({"record": ["a", "c"], "person": [1, 2]})
    measured = evaluate(PAIRS.clear(), persons, TRUTH)
    assert (measured.precision, measured.recall, measured.f1) == (1.0, 1.0, 1.0)


@pytest.mark.parametrize(
    ("truth", "said"),
    [
        (TRUTH.rename({"rec_id": "id"}), "tidak punya kolom rec_id"),
        (TRUTH.head(3), "tidak cocok: 2 dari 5 baris"),
        (pl.concat([TRUTH, TRUTH]), "lebih dari sekali"),
    ],
)
def test_truth_that_does_not_fit_is_refused(truth: pl.DataFrame, said: str) -> None:
    with pytest.raises(InputError, match=said):
        evaluate(PAIRS, PERSONS, truth)
