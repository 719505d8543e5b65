"""YAML that people write: read strictly, or refused in one sentence that names the file and the line."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml
from yaml.constructor import BaseConstructor, SafeConstructor

from payung.errors import InputError
from payung.text import Text

MOST = 100_000  # places of a file, once its references to other places of itself are written out


def node_of(content: bytes | str | Path, name: str, *, at: str = "") -> yaml.Node | None:
    """Return what ``content`` (a file, or what stands in one) says as nodes; ``None`` where it says nothing.

    ``name`` is the file as sentences show it, ``at`` the field of a form that it came by. Raises :class:`InputError`
    for what cannot be read, is no YAML, is too much once its references are written out (a few lines of references to
    references are gigabytes), or names something twice in one entry, of which only the last would count.
    """
    try:
        if isinstance(content, Path):
            content = content.read_bytes()
        node = yaml.compose(_text(content), Loader=yaml.SafeLoader)
        if node:
            _weigh(node, {})
    except (OSError, UnicodeError, yaml.YAMLError, RecursionError) as error:
        mark, problem = getattr(error, "problem_mark", None), getattr(error, "problem", None)
        where = (f", baris {mark.line + 1}", f", line {mark.line + 1}") if mark else ("", "")
        said = f" ({problem})" if problem else ""
        raise InputError(
            Text(
                f"{name}{where[0]}: tidak dapat dibaca sebagai YAML{said}. Periksa berkasnya.",
                f"{name}{where[1]}: cannot be read as YAML{said}. Check the file.",
            ),
            at=at,
        ) from None
    _refuse_twice(node, name, at)
    return node


def values_of(content: bytes | str | Path, name: str, *, words: bool = False, at: str = "") -> Any:
    """Return what ``content`` says as values: as YAML has them, or each as it is written where ``words``.

    Raises :class:`InputError` as :func:`node_of`, and for a value that does not exist (such as 2027-02-31).
    """
    node = node_of(content, name, at=at)
    if node is None:
        return None
    made = BaseConstructor() if words else SafeConstructor()
    try:
        return made.construct_document(node)
    except (yaml.YAMLError, ValueError) as error:
        raise InputError(
            Text(
                f"{name}: ada nilai yang tidak ada ({error}). Betulkan.",
                f"{name}: holds a value that does not exist ({error}). Mend it.",
            ),
            at=at,
        ) from None


def _text(content: bytes | str) -> str:
    return content if isinstance(content, str) else content.decode("utf-8-sig")


def _weigh(node: yaml.Node, known: dict[int, int]) -> int:
    """Return of how many places ``node`` is with its references written out; raise for too many, or one in itself."""
    if id(node) in known:
        if not known[id(node)]:
            raise yaml.composer.ComposerError(None, None, "it holds itself", node.start_mark)
        return known[id(node)]
    known[id(node)] = 0  # it is being weighed
    parts: list[yaml.Node] = []
    if isinstance(node, yaml.MappingNode):
        parts = [part for pair in node.value for part in pair]
    elif isinstance(node, yaml.SequenceNode):
        parts = node.value
    total = 1 + sum(_weigh(part, known) for part in parts)
    if total > MOST:
        raise yaml.composer.ComposerError(None, None, f"more than {MOST} places", node.start_mark)
    known[id(node)] = total
    return total


def _refuse_twice(node: yaml.Node | None, name: str, at: str) -> None:
    waiting, gone_through = ([node] if node else []), set()
    while waiting:
        one = waiting.pop()
        if id(one) in gone_through:  # a reference: the same place again
            continue
        gone_through.add(id(one))
        if isinstance(one, yaml.SequenceNode):
            waiting += one.value
        if not isinstance(one, yaml.MappingNode):
            continue
        seen: set[str] = set()
        for key, value in one.value:
            waiting += [key, value]
            word = str(key.value)
            if word in seen:
                line = key.start_mark.line + 1
                raise InputError(
                    Text(
                        f"{name}, baris {line}: {word} tertulis dua kali; hapus salah satunya.",
                        f"{name}, line {line}: {word} is written twice; remove one.",
                    ),
                    at=at,
                )
            seen.add(word)
