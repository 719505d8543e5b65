"""What reading says stands in one file, in both languages; every sentence is used, and what is said is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import payung
from payung.said import Said, blanks, say, sentences

CODE = "".join(path.read_text("utf-8") for path in sorted(Path(payung.__file__).parent.rglob("*.py")))
# Made of two parts where they are said: dates that are off by days or months.
# Chosen by a unit, or by the column that is odd.
BY_UNIT = {"months_late", "months_early", "days_late", "days_early", "names_are_digits", "niks_are_words"}


def test_every_sentence_that_is_said_is_known() -> None:
    said = set(re.findall(r"\"rosters\.(\w+)\"", CODE)) | set(re.findall(r"_share\(\s*\"(\w+)\"", CODE))
    assert len(said) > 60
    assert said <= set(sentences("rosters"))


def test_every_sentence_is_used_and_none_is_said_twice() -> None:
    known = sentences("rosters")
    unused = [name for name in known if f'"rosters.{name}"' not in CODE and f'_share("{name}"' not in CODE]
    assert set(unused) <= BY_UNIT
    assert (
        len({text.id for text in known.values()}) == len({text.en for text in known.values()}) == len(known)
    )


@pytest.mark.parametrize("name", sorted(sentences("rosters")))
def test_sentence_is_said_in_both_languages_with_all_its_values(name: str) -> None:
    text = sentences("rosters")[name]
    one = Said(f"rosters.{name}", {blank: f"<{blank}>" for blank in blanks(text.id)})
    for language in ("id", "en"):
        words = say(one, language)  # type: ignore[arg-type]
        assert all(f"<{blank}>" in words for blank in blanks(text.id))
        assert "{" not in words
