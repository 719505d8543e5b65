"""What the one search box asks of an app, and what an app finds."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from payung.codes import Code
from payung.text import Text

if TYPE_CHECKING:
    from payung.office.accounts.models import User


@dataclass(frozen=True, slots=True)
class Sought:
    """What somebody wrote into the one search box.

    Fields
        text: as it was typed, trimmed. words: its words in lower-case letters and digits, each once, at most
        :data:`payung.office.front.search.MOST_WORDS`. digits: all of it without separators, where it is a number.
    """

    text: str
    words: tuple[str, ...]
    digits: str = ""


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing that was found: what it is called, where it is, one line of what it is, its state."""

    title: str
    url: str
    note: str = ""
    state: Code | None = None


@dataclass(frozen=True, slots=True)
class Hits:
    """What one app found of one kind, the best first.

    Fields
        label, icon: what they are. rows: those that are shown. url: the list of all of them, where ``more`` says
        that there are more. unsure: they only look like what was asked for.
    """

    label: Text
    icon: str
    rows: tuple[Hit, ...]
    more: bool = False
    url: str = ""
    unsure: bool = False


SHOWN_HITS = 8  # of one kind on the page of the search
# Yields what of an app a user sees anyway and was sought; a constant number of queries for each word.
Seeker = Callable[["User", Sought], Iterable[Hits]]
