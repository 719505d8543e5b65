"""The languages of the product."""

from __future__ import annotations

from payung.codes.code import Code


class Language(Code):
    """Indonesian, shown first, and English, complete."""

    ID = "id", "Indonesia", "Indonesian"
    EN = "en", "Inggris", "English"
