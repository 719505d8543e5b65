"""The file of a policy: what it may say, and what it is refused for."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from payung.errors import InputError
from payung.office.answers.rules import HELD_AGAINST
from payung.office.policies.rules import MOST_BYTES, read

TODAY = dt.date(2026, 11, 25)
GOOD = """from: 2026-12
basis: Perbup 12 Tahun 2026 pasal 4
max_decile: 5
rules_off: [minimum_age]
ages: {below: 60}
"""


def test_a_file_is_read_as_it_says() -> None:
    found = read(GOOD.encode(), TODAY)
    assert (found.from_month, found.max_decile, found.rules_off) == ("2026-12", 5, ("minimum_age",))
    assert (found.youngest, found.below, found.text) == (None, 60, GOOD)
    assert read(b"from: 2027-01\nbasis: Perbup 1/2026\nmax_decile: none\n", TODAY).max_decile is None


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("max_decile: 5", "max_desil: 5", "max_desil"),
        ("max_decile: 5", "", "max_decile"),
        ("max_decile: 5", "max_decile: 11", "11"),
        ("max_decile: 5", "max_decile: true", "True"),
        ("max_decile: 5", "max_decile: 5\nmax_decile: 6", "baris 4: max_decile tertulis dua kali"),
        ("[minimum_age]", "[umur]", "umur"),
        ("[minimum_age]", "minimum_age", "rules_off"),
        ("[minimum_age]", "[welfare_decile]", "welfare_decile"),
        ("[minimum_age]", "[age_limit]", "age_limit"),
        ("from: 2026-12", "from: 2026-11", "2026-11"),
        ("from: 2026-12", "from: Desember", "Desember"),
        ("{below: 60}", "{below: 70}", "70"),
        ("{below: 60}", "{from: 17}", "17"),
        ("{below: 60}", "{from: 40, below: 40}", "from"),
        ("{below: 60}", "{until: 60}", "ages"),
        ("basis: Perbup 12 Tahun 2026 pasal 4", "basis: ''", "basis"),
        ("ages: {below: 60}", "ages: {below: [", "YAML"),
        (GOOD, "- a\n", "nama: nilai"),
        (GOOD, "a" * (MOST_BYTES + 1), str(MOST_BYTES)),
    ],
)
def test_what_is_wrong_is_named(old: str, new: str, says: str) -> None:
    with pytest.raises(InputError) as caught:
        read(GOOD.replace(old, new).encode(), TODAY)
    assert says in caught.value.message.id
    assert caught.value.message.en != caught.value.message.id
    assert caught.value.at == "file"


@given(content=st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
def test_no_file_is_a_fault(content: bytes) -> None:
    try:
        read(content, TODAY)
    except InputError:
        return
    raise AssertionError("random bytes are no policy")


@given(
    decile=st.integers(1, 10) | st.none(),
    off=st.sets(st.sampled_from(HELD_AGAINST)),
    youngest=st.integers(15, 66) | st.none(),
    below=st.integers(15, 66) | st.none(),
)
def test_whatever_is_taken_is_within_the_law_and_never_set_and_off(
    decile: int | None, off: set[str], youngest: int | None, below: int | None
) -> None:
    ages = {name: age for name, age in (("from", youngest), ("below", below)) if age is not None}
    written = ", ".join(f"{name}: {age}" for name, age in ages.items())
    content = (
        f"from: 2027-01\nbasis: Perbup 1/2026\nmax_decile: {decile or 'none'}\n"
        f"rules_off: [{', '.join(sorted(off))}]\n" + (f"ages: {{{written}}}\n" if ages else "")
    )
    set_ = {
        name
        for name, given_ in zip(HELD_AGAINST, (youngest, below, decile), strict=True)
        if given_ is not None
    }
    fits = all(18 <= age <= 65 for age in ages.values()) and (youngest or 18) < (below or 65)
    try:
        found = read(content.encode(), TODAY)
    except InputError:
        assert not fits or set_ & off
    else:
        assert fits
        assert not set_ & off
        assert (found.max_decile, set(found.rules_off)) == (decile, off)
        assert (found.youngest, found.below) == (youngest, below)
