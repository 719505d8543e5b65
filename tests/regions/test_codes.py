import pytest
from hypothesis import given
from hypothesis import strategies as st

from payung.regions.codes import dotted, kind_of, level_of, parent, undotted


@pytest.mark.parametrize("code", ["62.03.01.2001", "6203012001", " 62.03.01.2001 "])
def test_dotted_both_forms_are_one(code):
    assert dotted(code) == "62.03.01.2001"


@pytest.mark.parametrize(
    "code", ["", "6203092", "abc", "62.03.1.2001", "02.03", "62030120011", "62.03.01.2001.0"]
)
def test_dotted_other_shapes_are_none(code):
    assert dotted(code) is None


@given(st.from_regex(r"[1-9][0-9]([0-9]{2}([0-9]{2}([0-9]{4})?)?)?", fullmatch=True))
def test_dotted_undotted_round_trip(code):
    text = dotted(code)
    assert text is not None
    assert undotted(text) == code
    assert dotted(text) == text
    assert level_of(text) == level_of(code)


def test_parent_of_each_level():
    assert parent("62.03.01.2001") == "62.03.01"
    assert parent("62") == ""


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("62.03.01.1001", "kelurahan"),
        ("62.03.01.2001", "desa"),
        ("91.03.01.3001", "desa"),
        ("62.03", "kabupaten"),
        ("62.71", "kota"),
    ],
)
def test_kind_follows_the_last_group(code, kind):
    assert kind_of(code) == kind
