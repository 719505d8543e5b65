"""Why a file cannot be read, as a short word that the caller turns into a sentence."""

from __future__ import annotations


class RefusalError(Exception):
    """The file is refused.

    ``why`` is one of the keys of ``payung.rosters.refusals.SENTENCES``; ``detail`` fills its blanks.
    """

    def __init__(self, why: str, **detail: str | int) -> None:
        super().__init__(why)
        self.why = why
        self.detail = detail
