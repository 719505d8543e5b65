"""What stops a command: one sentence that says what, where, why and what to do."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from payung.text import Language, Text


class PayungError(Exception):
    """A fault that the person at the keyboard can mend.

    ``message`` is one plain sentence in both languages; it names the file, sheet and cell where there is one
    and says what to do. The command line prints it and ends with ``exit_code``.
    """

    exit_code = 2

    def __init__(self, message: Text, *, at: str = "") -> None:
        super().__init__(message.id)
        self.message = message
        self.at = at  # the field of a form that it is about, empty where it is about the whole

    def __reduce__(self) -> tuple[Any, ...]:
        """Travel between processes whole."""
        return (type(self), (self.message,), {"at": self.at})

    def read(self, language: Language | None = None) -> str:
        """Return the sentence in ``language`` (default: the language of this process)."""
        return self.message.read(language)


class InputError(PayungError):
    """A file, a value or an option that cannot be used as it was given."""


class FaultyError(PayungError):
    """Several faults in what somebody typed: ``faults`` has a sentence by field, empty for the whole."""

    def __init__(self, faults: Mapping[str, Text]) -> None:
        super().__init__(Text("Ada isian yang harus dibetulkan.", "Something has to be mended first."))
        self.faults = dict(faults)

    def __reduce__(self) -> tuple[Any, ...]:
        """Travel between processes whole."""
        return (type(self), (self.faults,))


class MissingDataError(PayungError):
    """Something that set-up should have put in place is not there."""
