"""A sentence that exists in Indonesian and in English."""

from __future__ import annotations

import os
from typing import Literal, NamedTuple

Language = Literal["id", "en"]


class Text(NamedTuple):
    """One sentence in both languages of the product.

    Fields
        id: Indonesian, shown first.
        en: English, complete.
    """

    id: str
    en: str

    def read(self, language: Language | None = None) -> str:
        """Return the sentence in ``language`` (default: the language of this process)."""
        return self.en if (language or current_language()) == "en" else self.id

    def inside(self) -> Text:
        """Return it as within a sentence: its first letter small, unless it begins with an abbreviation."""
        return Text(*(side if side[1:2].isupper() else side[:1].lower() + side[1:] for side in self))


def current_language() -> Language:
    """Return ``en`` where the environment variable ``PAYUNG_LANG`` starts with ``en``, else ``id``."""
    return "en" if os.environ.get("PAYUNG_LANG", "id").lower().startswith("en") else "id"
