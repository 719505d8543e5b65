"""Names as people mistype them: which words of the register may be meant, and who carries them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from payung.office.people.models import NameWord, Person, Spelling
from payung.people.alike import alike, keys

NEAR = 40  # words that one typed word may mean
LOOKED_UP = 3000  # people with the rarest of the words that are looked up


def learn(words: Collection[str]) -> None:
    """Keep what finds ``words`` when they are mistyped; two queries at most for any number of new words."""
    if not words:
        return
    words = set(words)
    known = set(Spelling.objects.filter(key__in=words, key=F("word")).values_list("word", flat=True))
    rows = [Spelling(key=key, word=word) for word in sorted(words - known) for key in sorted(keys(word))]
    Spelling.objects.bulk_create(rows, ignore_conflicts=True)


def near(words: Sequence[str]) -> dict[str, list[str]]:
    """Return for each of ``words`` those of the register that may be meant, other than itself; one query."""
    asked = {word: keys(word) for word in words}
    rows = Spelling.objects.filter(key__in=set().union(*asked.values())).values_list("key", "word")
    shared: dict[str, set[str]] = defaultdict(set)
    for key, word in rows:
        shared[key].add(word)
    return {
        word: sorted(
            found
            for found in set().union(*(shared[key] for key in own))
            if found != word and alike(word, found)
        )[:NEAR]
        for word, own in asked.items()
    }


def beginning(word: str) -> Q:
    """Return the condition that a word of a name begins with ``word`` (letters a to z and digits, in small letters).

    The bounds are letters and digits too: other signs stand elsewhere in the order of Indonesian or English that a
    database of PostgreSQL may have.
    """
    head = word.rstrip("z")
    if not head:  # nothing comes after
        return Q(word__gte=word)
    following = "a" if head[-1] == "9" else chr(ord(head[-1]) + 1)
    return Q(word__gte=word, word__lt=head[:-1] + following)


def carrying(
    people: QuerySet[Person], words: Sequence[str], *, wide: bool = False
) -> QuerySet[Person] | None:
    """Return those of ``people`` whose names have all ``words``, or words like them; ``None`` where none is like any.

    Each may be the beginning of a word of the name, as in :func:`payung.office.people.queries.matching`. ``wide``: they
    live in a whole district; then only the first :data:`LOOKED_UP` with the rarest word are looked at.
    """
    meant = near(words)
    if not any(meant.values()):
        return None
    having = {word: NameWord.objects.filter(Q(word__in=meant[word]) | beginning(word)) for word in words}
    many = {word: rows[: LOOKED_UP + 1].count() for word, rows in having.items()}
    rarest = min(words, key=lambda word: (many[word], word))
    if wide or many[rarest] <= LOOKED_UP:
        found = people.filter(pk__in=list(having[rarest].values_list("person", flat=True)[:LOOKED_UP]))
        others = [word for word in words if word != rarest]
    else:
        found, others = people, list(words)
    for word in others:
        found = found.filter(Exists(having[word].filter(person=OuterRef("pk"))))
    return found
