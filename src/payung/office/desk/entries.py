"""Entries of a YAML file that a person writes: all scalars text, unknown words and words written twice refused."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from payung.errors import InputError
from payung.law.months import parse_date
from payung.law.rupiah import MOST_MONEY, parse_rupiah
from payung.text import Text
from payung.yaml_files import values_of

MOST_TEXT = 20_000


def load(path: Path, whole: str, *, besides: frozenset[str] = frozenset()) -> list[dict[str, Any]]:
    """Return the entries of a YAML file: one mapping, a list, or a list below the word ``whole``.

    ``besides``: words that may stand next to ``whole`` and are somebody else's. Raises :class:`InputError`.
    """
    found = values_of(path, path.name, words=True)
    if isinstance(found, dict) and whole in found:
        extra = set(found) - {whole} - besides
        if extra:
            raise unknown(path, extra, {whole: whole})
        found = found[whole]
    entries = [found] if isinstance(found, dict) else found
    if not isinstance(entries, list) or not entries or not all(isinstance(one, dict) for one in entries):
        raise InputError(
            Text(
                f"{path.name}: tulis isian (kunci: nilai), atau daftar di bawah “{whole}:”.",
                f"{path.name}: write entries (key: value), or a list below “{whole}:”.",
            )
        )
    return entries


def known(
    entry: Mapping[str, Any],
    words: Mapping[str, str],
    path: Path,
    needed: Sequence[str],
    *,
    longest: Mapping[str, int] = {},
    nested: Sequence[str] = (),
) -> dict[str, Any]:
    """Return an entry under our own words (``words``: word of the file → ours).

    ``needed`` may not be empty; ``longest``: letters of a word; ``nested``: words that hold more than values and
    lists of them. Raises :class:`InputError` that names the file and the word.
    """
    extra = set(entry) - set(words)
    if extra:
        raise unknown(path, extra, words)
    found = {words[word]: value for word, value in entry.items()}
    for word, value in found.items():
        parts = value if isinstance(value, list) else [value]
        if word not in nested and not all(isinstance(part, str) for part in parts):
            raise wrong(
                path, word, str(value), "satu isian, atau daftar isian", "one value, or a list of them"
            )
        if len(str(value)) > longest.get(word, MOST_TEXT):
            long = longest.get(word, MOST_TEXT)
            raise wrong(
                path, word, f"{str(value)[:20]}…", f"paling banyak {long} huruf", f"{long} letters at most"
            )
    missing = [name for name in needed if not given(found.get(name))]
    if missing:
        raise InputError(
            Text(
                f"{path.name}: belum diisi {', '.join(missing)}.",
                f"{path.name}: {', '.join(missing)} is missing.",
            )
        )
    return found


def unknown(path: Path, extra: set[str], words: Mapping[str, str]) -> InputError:
    """Return the refusal of words that are not ours."""
    allowed = ", ".join(dict.fromkeys(words.values()))
    named = ", ".join(sorted(extra))
    return InputError(
        Text(
            f"{path.name}: {named} tidak dikenal. Yang boleh: {allowed}.",
            f"{path.name}: {named} is not known. Allowed: {allowed}.",
        )
    )


def wrong(path: Path, word: str, written: str, id_: str, en: str) -> InputError:
    """Return the refusal of what stands under a word, with what may be written there."""
    return InputError(
        Text(
            f"{path.name}: {word} berisi {written!r}; tulis {id_}.",
            f"{path.name}: {word} says {written!r}; write {en}.",
        ),
        at=word,
    )


def coded(path: Path, word: str, vocabulary: Any, written: Any) -> Any:
    """Return the member of ``vocabulary`` that is written. Raises :class:`InputError` with all there are."""
    found = vocabulary.known(str(written)) or vocabulary.known(str(written).lower())
    if found is None:
        allowed = ", ".join(vocabulary)
        raise wrong(path, word, str(written), f"salah satu dari {allowed}", f"one of {allowed}")
    return found


def day(path: Path, word: str, written: Any) -> dt.date:
    """Return the day that is written. Raises :class:`InputError`."""
    try:
        return parse_date(str(written))
    except InputError:
        raise wrong(path, word, str(written), "tanggal TTTT-BB-HH", "a day YYYY-MM-DD") from None


def whole(path: Path, word: str, written: Any) -> int:
    """Return the whole number that is written, also as ``250.000.000``. Raises :class:`InputError`."""
    try:
        return parse_rupiah(str(written))
    except InputError:
        most = f"{MOST_MONEY:,}".replace(",", ".")
        raise wrong(
            path,
            word,
            str(written),
            f"bilangan bulat, mis. 250000000 atau 250.000.000, paling banyak {most}",
            "a whole number, e.g. 250000000 or 250.000.000, 10^15 at most",
        ) from None


def listed(written: Any) -> list[str]:
    """Return the texts of a list, or of one text with commas."""
    if not given(written):
        return []
    if isinstance(written, str):
        return [part.strip() for part in written.split(",") if part.strip()]
    return [str(one) for one in written]


def given(value: Any) -> bool:
    """Return whether something is written at all."""
    return value not in (None, "", "null", "~", [], {})
