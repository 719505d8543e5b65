"""A rule of law: one short Python function over whole rupiah that can also be read.

A rule takes ``law`` (the values in force on one day) and facts, and uses only: assignment to a name,
if/elif/else, return, integer arithmetic (+ - * //), comparison, and/or/not, ``in`` a tuple of constants,
``is None`` on a value of the law, min, max, ``law.share``, ``law.marginal``, ``band``, ``law.<table>[key]``, and
other rules. Called, it is ordinary Python. Its source is also read, once, by :mod:`payung.law.interpreter`, which
explains it step by step or writes it as SQL or JavaScript. So nobody writes a rule twice.
"""

from __future__ import annotations

import ast
import inspect
import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any, Generic, ParamSpec, TypeVar

from payung.law.parameter import band
from payung.text import Text

P = ParamSpec("P")
R = TypeVar("R")


@dataclass(frozen=True, eq=False)
class Rule(Generic[P, R]):
    """A rule with its words. Calling it calls the function.

    Fields
        function: the function itself, ``(law, *facts)``. title: what it answers. unit: of what it returns.
    """

    function: Callable[P, R]
    title: Text
    unit: str

    @property
    def name(self) -> str:
        """The function's name."""
        return self.function.__name__

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> R:
        return self.function(*args, **kwargs)

    @property
    def definition(self) -> ast.FunctionDef:
        """The function as it is written, without its docstring; read once per module."""
        return _definitions(self.function.__module__)[self.name]

    @property
    def facts(self) -> tuple[str, ...]:
        """The names of what it takes beside the law."""
        return tuple(argument.arg for argument in self.definition.args.args[1:])

    def refers_to(self, name: str) -> Any:
        """Return what ``name`` means inside the rule's module (another rule, or a builtin)."""
        return self.function.__globals__[name]


def rule(*, unit: str, id: str, en: str) -> Callable[[Callable[P, R]], Rule[P, R]]:
    """Make a :class:`Rule` of a function; ``id`` and ``en`` say in a few words what it answers."""

    def mark(function: Callable[P, R]) -> Rule[P, R]:
        return Rule(function, Text(id, en), unit)

    return mark


@cache
def _definitions(module: str) -> dict[str, ast.FunctionDef]:
    tree = ast.parse(inspect.getsource(sys.modules[module]))
    found = {}
    for node in tree.body:
        if isinstance(node, ast.FunctionDef):
            first = node.body[0]
            if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant):
                node.body = node.body[1:]
            found[node.name] = node
    return found


__all__ = ["Rule", "band", "rule"]
