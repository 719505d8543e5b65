"""What a password must be beside the rules of Django."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError

from payung.office.ui.words import both


class Another:
    """A new password is another one: what an administrator made and handed over is not kept."""

    def validate(self, password: str, user: Any = None) -> None:
        """Raise ``ValidationError`` where ``password`` is the one that ``user`` has now."""
        if user is not None and user.pk and user.check_password(password):
            raise ValidationError(
                both("Ini sandi yang sekarang: pilih sandi lain.", "This is the present one: choose another.")
            )

    def get_help_text(self) -> str:
        """Return the rule in words."""
        text: str = both("Bukan sandi yang sekarang.", "Not the present password.")
        return text
