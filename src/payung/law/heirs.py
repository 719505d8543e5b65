"""Who receives the money of a member who died, in the order of PP 44/2015 art. 37(5)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from payung.law.loader import load
from payung.law.months import check_date
from payung.law.parameter import Book, Mark
from payung.law.policy import look_up
from payung.text import Text


@dataclass(frozen=True, slots=True)
class Heirs:
    """Who comes first among the relatives there are.

    Fields
        rank: 1 to 5, or ``None`` where there is nobody. relations: the relations of that rank, in the law's order.
        titles: those relations in words. article, mark: where, and how sure. notes: what is open, or what happens
        without heirs.
    """

    rank: int | None
    relations: tuple[str, ...]
    titles: tuple[Text, ...]
    article: str
    mark: Mark
    notes: tuple[Text, ...]

    def plain(self) -> dict[str, Any]:
        """Return the heirs as JSON takes them, with notes in the language of this process."""
        return {
            "rank": self.rank,
            "relations": list(self.relations),
            "article": self.article,
            "mark": self.mark,
            "notes": [note.read() for note in self.notes],
        }


def heirs(relations: Iterable[str], died: dt.date, *, book: Book | None = None) -> Heirs:
    """Return who among ``relations`` (``spouse``, ``child``, ``parent``, ...) is entitled, for a death on ``died``.

    A lower rank excludes every higher one. Raises :class:`InputError` for a relation that the list does not have.
    """
    law = book or load()
    check_date(died)
    ranks = {relation: int(look_up("heirs", died, relation, book=law).value) for relation in relations}
    whole = look_up("heirs", died, book=law)
    first = min(ranks.values(), default=None)
    table = law.parameters["heirs"].on(died)
    rows = [
        row for row in (table.rows if table else ()) if ranks.get(str(row.key)) == first and row.key in ranks
    ]
    titles = tuple(row.title for row in rows if row.title)
    return Heirs(first, tuple(str(row.key) for row in rows), titles, whole.article, whole.mark, whole.notes)


def order_of_heirs(died: dt.date, *, book: Book | None = None) -> tuple[Heirs, ...]:
    """Return every rank in order, each with the relations that share it, for a death on ``died``."""
    value = (book or load()).parameters["heirs"].on(died)
    rows = value.rows if value else ()
    ranks = sorted({int(row.value) for row in rows})
    return tuple(
        heirs([str(row.key) for row in rows if row.value == rank], died, book=book) for rank in ranks
    )
