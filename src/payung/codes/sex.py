"""The sex of a person, as the NIK and the lists have it."""

from __future__ import annotations

from payung.codes.code import Code


class Sex(Code):
    """Man or woman, in the letters of Indonesian lists."""

    MAN = "L", "Laki-laki", "Male"
    WOMAN = "P", "Perempuan", "Female"
