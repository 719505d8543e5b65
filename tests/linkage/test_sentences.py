"""What linking says stands in one file, in both languages."""

from __future__ import annotations

from pathlib import Path

import payung.linkage
from payung.linkage.model import COMPARISONS
from payung.said import say, sentences

ROOM = Path(payung.linkage.__file__).parent


def test_every_level_says_something_that_is_known_in_both_languages() -> None:
    said = [level.said for one in COMPARISONS for level in one.speaking().values()]
    assert len(said) > 70
    assert all(say(one, "id") and say(one, "en") and say(one, "id") != say(one, "en") for one in said)


def test_every_sentence_is_used_and_none_is_said_twice() -> None:
    code = "".join(path.read_text("utf-8") for path in ROOM.glob("*.py"))
    known = sentences("linkage")
    assert [name for name in known if f'"{name}"' not in code] == []
    assert (
        len({text.id for text in known.values()}) == len({text.en for text in known.values()}) == len(known)
    )
