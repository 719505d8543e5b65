"""What a code is: a short text that is kept, with its words in both languages and how it looks."""

from __future__ import annotations

import enum
import functools
from typing import Literal, Self, cast

from payung.errors import InputError
from payung.text import Text

Tone = Literal["good", "warn", "bad", "info", "neutral"]


class Code(enum.StrEnum):
    """A vocabulary. A member is declared with its value, Indonesian, English, its tone and other spellings::

        class Segment(Code):
            PU = "pu", "PU (penerima upah)", "PU (wage)", "neutral", ("ppu",)

    ``text`` are its words, ``tone`` how it looks, ``also`` other spellings that mean it.
    """

    text: Text
    tone: Tone
    also: tuple[str, ...]

    def __new__(
        cls, value: str, id_: str, en: str, tone: Tone = "neutral", also: tuple[str, ...] = ()
    ) -> Self:
        """Make a member; called by the declaration of a vocabulary."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.text = Text(id_, en)
        member.tone = tone
        member.also = also
        return member

    @classmethod
    def member(cls, value: str) -> Self:
        """Return the member of exactly this value. Raises ``KeyError`` where there is none."""
        return cast(Self, cls._value2member_map_[value])

    @classmethod
    def known(cls, written: str) -> Self | None:
        """Return the member that ``written`` means, or ``None``: its value or another spelling of it, in any case,
        with ``_``, ``-`` or a space between its words."""
        plain = _plain(written)
        return next(
            (one for one in cls if plain == _plain(one.value) or plain in map(_plain, one.also)), None
        )

    @classmethod
    def read(cls, written: str) -> Self:
        """Return the member that ``written`` means; raise :class:`InputError` with what may be written."""
        found = cls.known(written)
        if found is None:
            allowed = ", ".join(cls)
            raise InputError(
                Text(
                    f"Kode {written!r} tidak dikenal. Yang boleh: {allowed}.",
                    f"The code {written!r} is not known. Allowed: {allowed}.",
                )
            )
        return found

    @classmethod
    @functools.cache
    def words(cls) -> dict[str, Text]:
        """Return every value with its words, in the order of the declaration."""
        return {one.value: one.text for one in cls}


def _plain(written: str) -> str:
    return written.strip().lower().replace("-", "_").replace(" ", "_")
