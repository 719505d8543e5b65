"""For tests: which Indonesian sentences are ours, as the code and its files declare them, and what a page shows."""

from __future__ import annotations

import ast
import html
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

import payung
from payung.said import FILE

ROOT = Path(payung.__file__).parent
BOTH = ("Text", "both")  # what holds a sentence in both languages, in this order
TAG = re.compile(r"""\{%\s*t\s+(?:"([^"]*)"|'([^']*)')\s+(?:"([^"]*)"|'([^']*)')""")
LONG = re.compile(r"\{% both[^%]*%\}(.*?)\{% en %\}(.*?)\{% endboth %\}", re.DOTALL)
HOLE = re.compile(r"\{%.*?%\}|\{\{.*?\}\}|\{\w*\}", re.DOTALL)
WORDS = 3  # of fewer words it may be a name or a word of both languages


def _literals(node: ast.expr) -> str:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        parts = (part.value if isinstance(part, ast.Constant) else "{}" for part in node.values)
        return "".join(str(part) for part in parts)
    return ""


def _declared() -> Iterator[tuple[str, str]]:
    """Give every sentence of the program in Indonesian and in English."""
    for path in ROOT.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in BOTH and len(node.args) == 2:
                yield _literals(node.args[0]), _literals(node.args[1])
            if isinstance(node, ast.Tuple) and len(node.elts) in (3, 4, 5):  # a member of a code
                value, id_, en = map(_literals, node.elts[:3])
                if value and id_ and en:
                    yield id_, en
    for path in ROOT.rglob("templates/**/*.html"):
        text = path.read_text("utf-8")
        for one, other, en, english in TAG.findall(text):
            yield one or other, en or english
        yield from LONG.findall(text)
    for path in (*ROOT.rglob(FILE), *ROOT.rglob("reasons.yaml")):
        yield from _pairs(yaml.load(path.read_text("utf-8"), yaml.CSafeLoader))


def _pairs(entries: Any) -> Iterator[tuple[str, str]]:
    if isinstance(entries, dict):
        if isinstance(entries.get("id"), str) and isinstance(entries.get("en"), str):
            yield entries["id"], entries["en"]
        for entry in entries.values():
            yield from _pairs(entry)


def _parts(sentence: str) -> list[str]:
    """Return what stands between the holes of a sentence, white space folded."""
    found = (" ".join(part.split()) for part in HOLE.split(sentence))
    return [part.strip(" .,:;()“”\"'–·") for part in found]


def ours() -> set[str]:
    """Return the runs of words that stand in an Indonesian sentence of ours and in no English one."""
    declared = list(_declared())
    english = "\n".join(part.lower() for _, en in declared for part in _parts(en))
    return {
        part
        for id_, _ in declared
        for part in _parts(id_)
        if len(part.split()) >= WORDS and len(part) > 14 and part.lower() not in english
    }


def shown(page: str) -> str:
    """Return the words of a page as they are read; without what says it is Indonesian (guides, texts to send)."""
    body = re.sub(r"(?s)<(script|style)\b.*?</\1>", " ", page)
    body = re.sub(r"(?s)<(article|ul|blockquote)\b[^>]* lang=\"id\".*?</\1>", " ", body)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", body)).split())
