"""A sentence before anybody reads it: a code and its values. It becomes words where somebody reads.

A room keeps its sentences in a ``sentences.yaml`` beside its modules, both languages side by side::

    name_same: {id: "nama sama", en: "same name"}
    months_missing: {id: "{many} bulan belum dibayar", en: "{many} months unpaid"}

and hands out ``Said("linkage.months_missing", {"many": 3})``: the name of the room, a dot, the code. Tables and
the database keep ``kept()``, one JSON text; pages, papers and the terminal call :func:`say`.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from string import Formatter
from typing import Final

import yaml

from payung.codes.code import Code
from payung.text import Language, Text, current_language

Value = str | int | bool | None | dt.date | Text
FILE: Final = "sentences.yaml"
_MONTHS: dict[Language, str] = {
    "id": "Jan Feb Mar Apr Mei Jun Jul Agu Sep Okt Nov Des",
    "en": "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec",
}


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence as a code and values.

    Fields
        code: ``room.name``; the sentence stands in the room's ``sentences.yaml``.
        values: what its blanks hold: text, whole numbers, days, codes, or sentences of another code.
    """

    code: str
    values: Mapping[str, Value | Said] = field(default_factory=dict)

    def kept(self) -> str:
        """Return one line of JSON, equal for equal sentences; :func:`read` gives the sentence back."""
        return kept(self)

    @property
    def plain(self) -> dict[str, object]:
        """The sentence as plain values for JSON; :func:`of` gives it back."""
        return {"code": self.code, "values": {name: _plain(one) for name, one in self.values.items()}}

    @property
    def text(self) -> Text:
        """The sentence in both languages."""
        return Text(say(self, "id"), say(self, "en"))


def read(kept: str) -> Said:
    """Return the sentence that :meth:`Said.kept` wrote. Raises ``ValueError`` where it is none."""
    return of(json.loads(kept))


def of(plain: object) -> Said:
    """Return the sentence whose :attr:`Said.plain` this is. Raises ``ValueError`` where it is none."""
    if not isinstance(plain, dict) or "code" not in plain:
        raise ValueError(f"not a sentence: {plain!r}")
    return Said(str(plain["code"]), {name: _value(one) for name, one in plain.get("values", {}).items()})


def kept(value: Value | Said) -> str:
    """Return one line of JSON for a value of a sentence, or a sentence; :func:`text_of` makes words of it."""
    return json.dumps(_plain(value), sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def text_of(kept: str) -> Text:
    """Return the words of what :func:`kept` wrote; text that it did not write stays as it is."""
    value = _value(json.loads(kept)) if kept.startswith("{") else kept
    return Text(_shown(value, "id"), _shown(value, "en"))


def say(said: Said, language: Language | None = None) -> str:
    """Return the sentence in ``language`` (default: that of this process).

    Raises ``KeyError`` for a code that no room knows or a blank that has no value.
    """
    spoken: Language = language or current_language()
    shown = {name: _shown(value, spoken) for name, value in said.values.items()}
    return sentence(said.code).read(spoken).format(**shown)


def sentence(code: str) -> Text:
    """Return the sentence of ``code`` (``room.name``) with its blanks open."""
    room, _, name = code.rpartition(".")
    return sentences(room)[name]


@cache
def sentences(room: str) -> dict[str, Text]:
    """Return the sentences of a room (``linkage``, ``office.months``) by code.

    Raises ``ValueError`` where the blanks of the two languages differ: names the room and the code.
    """
    text = files(f"payung.{room}").joinpath(FILE).read_text("utf-8")
    found = {}
    for name, entry in yaml.load(text, yaml.CSafeLoader).items():
        both = Text(str(entry["id"]), str(entry["en"]))
        if blanks(both.id) != blanks(both.en):
            raise ValueError(f"{room}.{name}: the blanks of the two languages differ")
        found[str(name)] = both
    return found


def blanks(text: str) -> set[str]:
    """Return the names of the blanks of a sentence."""
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def joined(parts: Iterable[Said], language: Language | None = None, between: str = "; ") -> str:
    """Return several sentences one after the other."""
    return between.join(say(part, language) for part in parts)


def _shown(value: Value | Said, language: Language) -> str:
    if isinstance(value, Said):
        return say(value, language)
    if isinstance(value, Code):
        return value.text.read(language)
    if isinstance(value, Text):
        return value.read(language)
    if isinstance(value, bool):
        return {True: ("ya", "yes"), False: ("tidak", "no")}[value][language == "en"]
    if isinstance(value, int):
        return f"{value:,}" if language == "en" else f"{value:,}".replace(",", ".")
    if isinstance(value, dt.date):
        return f"{value.day} {_MONTHS[language].split()[value.month - 1]} {value.year}"
    return "–" if value is None else value


def _plain(value: Value | Said) -> object:
    if isinstance(value, Said):
        return value.plain
    if isinstance(value, Text):
        return {"id": value.id, "en": value.en}
    if isinstance(value, Code):
        return {"vocabulary": type(value).__name__, "member": value.value}
    if isinstance(value, dt.date):
        return {"day": value.isoformat()[:10]}
    return value


def _value(kept: object) -> Value | Said:
    from payung import codes

    if not isinstance(kept, dict):
        assert kept is None or isinstance(kept, str | int | bool)
        return kept
    if "code" in kept:
        return of(kept)
    if "day" in kept:
        return dt.date.fromisoformat(str(kept["day"]))
    if "member" in kept:
        vocabulary: type[Code] = getattr(codes, str(kept["vocabulary"]))
        return vocabulary.member(str(kept["member"]))
    return Text(str(kept["id"]), str(kept["en"]))
