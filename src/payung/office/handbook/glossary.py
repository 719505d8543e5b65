"""The words of the field, said plainly: ``kata.yaml`` for its own page and for the pages that use them."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from importlib.resources import files

import yaml

from payung.text import Text

PACKAGE = "payung.office.handbook"


@dataclass(frozen=True, slots=True)
class Word:
    """A word: its place on the page, how it stands on screen, what it means, and beginnings of names of pages."""

    key: str
    word: Text
    means: Text
    pages: tuple[str, ...]


@functools.cache
def words() -> tuple[Word, ...]:
    """Return every word in the order of the alphabet."""
    kept = yaml.safe_load(files(PACKAGE).joinpath("kata.yaml").read_text("utf-8"))
    found = [
        Word(str(one["key"]), Text(**one["word"]), Text(**one["means"]), tuple(one["pages"])) for one in kept
    ]
    return tuple(sorted(found, key=lambda one: one.word.id.casefold()))


@functools.lru_cache(maxsize=1000)
def words_of(page: str) -> tuple[Word, ...]:
    """Return the words that are explained on the page called ``page``."""
    return tuple(one for one in words() if any(page.startswith(name) for name in one.pages))
