"""The three-person rule: who proposes, who approves and who pays are three different people."""

from __future__ import annotations

from collections.abc import Mapping

from payung.errors import PayungError
from payung.text import Text


class SamePersonError(PayungError):
    """Somebody is about to decide on what they did themselves."""


def keep_apart(actor: str, *, earlier: Mapping[Text, str]) -> None:
    """Refuse ``actor`` where one of the ``earlier`` steps (what it was → user name) was theirs.

    Raises :class:`SamePersonError` that says which step it was.
    """
    for step, who in earlier.items():
        if who and who == actor:
            raise SamePersonError(
                Text(
                    f"Anda sendiri yang {step.id}: langkah ini harus dilakukan orang lain.",
                    f"You yourself {step.en} this: somebody else has to take this step.",
                )
            )
