"""Which papers a case needs: those of the law on the day of the event, and those of practice."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from payung.law import load
from payung.office.cases.states import CaseKind, Happening
from payung.text import Text

MEDICAL = frozenset({"doctor-letter"})  # of those that the law names


NOT_HELD = Text(
    "Berkas yang diminta aturan hari itu tidak diketahui di sini: tanyakan ke kantor cabang, dan catat yang "
    "diserahkan.",
    "What papers the law of that day asked is not known here: ask the branch, and record what was handed in.",
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """A paper that a case needs.

    Fields
        code, title: which. law: whether the law asks it, else practice. article: where it stands, or what it is
        taken from. mark: how sure that is. always: not only if needed. medical: only for whoever sees medical details.
    """

    code: str
    title: Text
    law: bool
    article: str
    mark: str
    always: bool
    medical: bool


def wanted(kind: CaseKind, on: dt.date, happening: Happening) -> tuple[Wanted, ...]:
    """Return the papers of a case of ``kind`` out of a ``happening`` on the day ``on``, those of the law first."""
    found = {one.code: one for one in _of_law(kind, on)}
    for paper in _of_practice(kind, on, happening):
        found.setdefault(paper.code, paper)
    return tuple(found.values())


def unknown(kind: CaseKind, on: dt.date) -> Text | None:
    """Return what is said where no list of papers of the law is held here for the day ``on``, ``None`` where one is."""
    if any(_of_law(kind, on)):
        return None
    said = next((block["says"] for block in _blocks() if "says" in block and _holds(block, on)), None)
    return Text(said["id"], said["en"]) if said else NOT_HELD


def lacking(papers: Iterable[Wanted], there: Iterable[str]) -> tuple[Wanted, ...]:
    """Return which of ``papers`` must be there and are not."""
    held = set(there)
    return tuple(paper for paper in papers if paper.always and paper.code not in held)


def _of_law(kind: CaseKind, on: dt.date) -> Iterable[Wanted]:
    value = load().parameters[f"{kind.programme}_papers"].on(on)
    for row in value.rows if value else ():
        code = str(row.key)
        if code == "other":  # "others needed": no paper of its own
            continue
        title = row.title or Text(code, code)
        always = str(row.value) == "always"
        yield Wanted(code, title, True, value.cited if value else "", row.mark or "", always, code in MEDICAL)


def _of_practice(kind: CaseKind, on: dt.date, happening: Happening) -> Iterable[Wanted]:
    for block in _blocks():
        if not _holds(block, on):
            continue
        for code, paper in block["papers"].items():
            if paper["programme"] != kind.programme or kind.value not in paper.get("kinds", [kind.value]):
                continue
            if happening.value not in paper.get("after", [happening.value]):
                continue
            yield Wanted(
                code,
                Text(paper["title"]["id"], paper["title"]["en"]),
                False,
                block["source"],
                block["mark"],
                paper["when"] == "always",
                bool(paper.get("medical")),
            )


def _holds(block: dict[str, Any], on: dt.date) -> bool:
    return bool(block["from"] <= on and on <= block.get("until", on))


@cache
def _blocks() -> tuple[dict[str, Any], ...]:
    text = files("payung.office.cases").joinpath("data/papers.yaml").read_text("utf-8")
    return tuple(yaml.safe_load(text))
