"""What a password must be: the rules of Django in the words of this office, and one more."""

from __future__ import annotations

import re
from typing import Any

from django.contrib.auth import password_validation as rules
from django.core.exceptions import ValidationError

from payung.office.desk.words import say
from payung.text import Text

BESIDE = 6  # letters and digits that a password has beside the names of whoever has it


class Spoken:
    """A rule of Django that says the same before and after it was broken."""

    told: Text

    def get_help_text(self) -> str:
        """Return the rule in words."""
        return say(self.told)

    def get_error_message(self) -> str:
        """Return the rule in words."""
        return say(self.told)


class Long(Spoken, rules.MinimumLengthValidator):
    """Ten signs and more."""

    def __init__(self) -> None:
        super().__init__(min_length=10)
        self.told = Text(
            f"Paling sedikit {self.min_length} huruf atau angka.",
            f"At least {self.min_length} letters or digits.",
        )


class Unlike(Spoken, rules.UserAttributeSimilarityValidator):
    """Not the name of whoever has it, nor that with a little beside it or several times over."""

    told = Text("Tidak mirip dengan nama Anda.", "Not like your name.")

    def __init__(self) -> None:
        super().__init__(user_attributes=("username", "name"))

    def validate(self, password: str, user: Any = None) -> None:
        """Raise ``ValidationError`` where too little of ``password`` is anything but names of ``user``."""
        super().validate(password, user)
        rest = password.lower()
        for part in sorted(_parts(user), key=len, reverse=True):
            rest = rest.replace(part, " ")
        beside = sum(map(str.isalnum, rest))
        if rest != password.lower() and beside < BESIDE:
            raise ValidationError(self.get_error_message())


class Uncommon(Spoken, rules.CommonPasswordValidator):
    """None that everybody tries first."""

    told = Text("Bukan sandi yang dipakai banyak orang.", "Not one that many people use.")


class NotANumber(Spoken, rules.NumericPasswordValidator):
    """More than digits."""

    told = Text("Tidak hanya angka.", "Not only digits.")


class Another(Spoken):
    """A new one: what an administrator made and handed over is not kept."""

    told = Text("Bukan sandi yang sekarang.", "Not the present password.")

    def validate(self, password: str, user: Any = None) -> None:
        """Raise ``ValidationError`` where ``password`` is the one that ``user`` has now."""
        if user is not None and user.pk and user.check_password(password):
            raise ValidationError(self.get_error_message())


def _parts(user: Any) -> set[str]:
    """Return user name and name of ``user``, and the words of both that are long enough to be recognised."""
    names = {str(getattr(user, field, "") or "").lower() for field in ("username", "name")}
    return {part for name in names for part in (name, *re.split(r"[^a-z0-9]+", name)) if len(part) > 2}
