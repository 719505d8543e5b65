"""The generated page is current and shows every parameter, the unconfirmed first."""

from __future__ import annotations

from pathlib import Path

from payung.law import load
from payung.law.page import write_page

PAGE = Path(__file__).parents[2] / "docs" / "law.md"


def test_the_page_is_current() -> None:
    assert PAGE.read_text(encoding="utf-8") == write_page(load()), "run: payung law page"


def test_the_page_shows_every_parameter_with_article_and_mark() -> None:
    page = write_page(load())
    for parameter in load().parameters.values():
        assert f"`{parameter.name}`" in page
        for value in parameter.values:
            assert value.article in page
            assert all(note.id in page and note.en in page for note in value.notes)
    unsure, read = page.split("\n## ")[2:4]
    assert "`jp_ceiling`" in unsure
    assert "`state_employer_arrears`" in unsure  # no article was found
    for name in ("losses", "bpu_basis", "bpu_jkm", "due_day", "late_fine", "grace_months"):
        assert f"`{name}`" in read
        assert f"`{name}`" not in unsure
    assert "`jkm_lump`" not in unsure + read


def test_the_table_of_the_bands_is_that_of_the_regulation() -> None:
    page = write_page(load())
    assert "| 1 | 0 | 1.099.999 | 1.000.000 | 10.000 | 20.000 | confirmed |" in page
    assert "| 10 | 2.700.000 | 3.199.999 | 2.950.000 | 29.500 | 59.000 | confirmed |" in page
    assert "| 31 | 18.200.000 | 19.199.999 | 18.700.000 | 187.000 | 374.000 | confirmed |" in page
    assert "| 33 | 20.200.000 | tanpa batas / no limit | 20.700.000 | 207.000 | 414.000 | confirmed |" in page


def test_the_page_says_values_in_words_and_gives_the_formulas() -> None:
    page = write_page(load())
    for wrong in ("15 tanggal", " 1 months", "| full |", "dicabut"):
        assert wrong not in page
    assert "Dasar iuran × Bagian JKK dari dasar iuran BPU" in page
    assert "3a KK2" in page
    assert "Ps 48A" in page
