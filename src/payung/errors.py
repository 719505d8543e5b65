"""What stops a command: one sentence that says what, where, why and what to do."""

from __future__ import annotations

from payung.text import Language, Text


class PayungError(Exception):
    """A fault that the person at the keyboard can mend.

    ``message`` is one plain sentence in both languages; it names the file, sheet and cell where there is one
    and says what to do. The command line prints it and ends with ``exit_code``.
    """

    exit_code = 2

    def __init__(self, message: Text) -> None:
        super().__init__(message.id)
        self.message = message

    def __reduce__(self) -> tuple[type[PayungError], tuple[Text]]:
        """Travel between processes whole."""
        return (type(self), (self.message,))

    def read(self, language: Language | None = None) -> str:
        """Return the sentence in ``language`` (default: the language of this process)."""
        return self.message.read(language)


class InputError(PayungError):
    """A file, a value or an option that cannot be used as it was given."""


class MissingDataError(PayungError):
    """Something that set-up should have put in place is not there."""
