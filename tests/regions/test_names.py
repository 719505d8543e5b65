import pytest
from hypothesis import given
from hypothesis import strategies as st

from payung.regions.names import key, keys, stated_kind


@pytest.mark.parametrize(
    "written",
    [
        "Karetau Manta'a",
        "KARETAU MANTA’A",
        "karetau  manta`a",
        "Karetau Mantaa",
        "Karetau-Manta´a",
        "Karetau Manta\ufffda",
    ],
)
def test_key_apostrophes_case_and_spaces_do_not_matter(written):
    assert key(written) == "karetaumantaa"


def test_keys_prefix_is_read_both_ways():
    assert set(keys("DESA BARU", "village")) == {"desabaru", "baru"}
    assert set(keys("Kec. Selat", "subdistrict")) == {"kecselat", "selat"}
    assert "gunungmas" in keys("KAB. GUNUNG MAS", "regency")
    assert set(keys("Kota Bandung", "regency")) == {"kotabandung", "bandung"}


def test_keys_short_words_are_whole_words_only():
    assert "sungaipinang" in keys("Sei. Pinang", "village")
    assert {"tumbangnusa", "tebingnusa"} <= set(keys("Tb. Nusa", "village"))
    assert keys("Seimbang", "village") == ("seimbang",)


@pytest.mark.parametrize("name", ["", "  ", "-", "...", "'"])
def test_keys_nothing_written_has_no_key(name):
    assert keys(name, "village") == ()


def test_stated_kind_only_where_one_is_stated():
    assert stated_kind("KEL. Tewah") == "kelurahan"
    assert stated_kind("Desa Tewah") == "desa"
    assert stated_kind("Desa/Kel. Tewah") is None
    assert stated_kind("Tewah") is None
    assert stated_kind("Kota Bandung", "regency") == "kota"
    assert stated_kind("Kab. Bandung", "regency") == "kabupaten"


@given(st.text(max_size=40))
def test_key_is_stable_and_plain(text):
    made = key(text)
    assert key(made) == made
    assert made == "" or made.isascii()
    assert not made or keys(text, "village")[0] == made
