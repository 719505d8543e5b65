"""A sentence is a code and values until somebody reads it."""

from __future__ import annotations

import datetime as dt
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from payung import said
from payung.codes import Segment
from payung.said import Said, say
from payung.text import Text

SIMPLE = (
    st.text(max_size=20) | st.integers() | st.booleans() | st.none() | st.dates() | st.sampled_from(Segment)
)


@pytest.fixture
def sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    known = {
        "due": Text("{who}: {many} bulan sebelum {day}", "{who}: {many} months before {day}"),
        "by": Text("oleh {who}", "by {who}"),
    }
    monkeypatch.setattr(said, "sentences", lambda room: known)


def test_said_becomes_words_in_both_languages(sentence: None) -> None:
    one = Said("tests.due", {"who": Segment.PU, "many": 1200, "day": dt.date(2026, 5, 15)})
    assert say(one, "id") == "PU (penerima upah): 1.200 bulan sebelum 15 Mei 2026"
    assert say(one, "en") == "PU (wage): 1,200 months before 15 May 2026"


def test_said_may_hold_another_sentence(sentence: None) -> None:
    inner = Said("tests.by", {"who": "Siti"})
    assert say(Said("tests.by", {"who": inner}), "en") == "by by Siti"


@given(st.dictionaries(st.text(min_size=1, max_size=8), SIMPLE, max_size=4))
def test_kept_sentence_is_read_back_the_same(values: dict[str, said.Value]) -> None:
    one = Said("room.code", values)
    assert said.read(one.kept()) == one


def test_every_room_has_equal_blanks_in_both_languages() -> None:
    root = files("payung")
    rooms = [
        str(path).split("payung/", 1)[1].removesuffix(f"/{said.FILE}").replace("/", ".")
        for path in sorted(root.rglob(said.FILE))  # type: ignore[attr-defined]
    ]
    for room in rooms:
        for code, text in said.sentences(room).items():
            assert text.id, (room, code)
            assert text.en, (room, code)
