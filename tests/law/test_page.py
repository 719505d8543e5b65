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
    head = page.split("\n## ")[1]
    assert "`losses`" in head
    assert "`bpu_jkm`" in head  # the number of its article was not found
    assert "`jkm_lump`" not in head
