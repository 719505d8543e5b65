"""Reads a rule: with numbers it also keeps every step, with columns it writes an expression.

One walk over the rule's own source serves both. Whatever is known (the law's values always, a fact where it is
given) is worked out at once; what is a column stays text. So a condition on the law alone never reaches the SQL.
"""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from payung.law.dialects import Dialect
from payung.law.operations import Banded, Cases, Code, Operations, RuleError
from payung.law.parameter import ROUNDING, Law, Tiers, band
from payung.law.rates import product
from payung.law.rule import Rule

_ARITHMETIC: dict[type[ast.AST], tuple[str, Callable[[Any, Any], Any]]] = {
    ast.Add: ("+", operator.add),
    ast.Sub: ("-", operator.sub),
    ast.Mult: ("*", operator.mul),
    ast.FloorDiv: ("//", operator.floordiv),
}
_COMPARISON: dict[type[ast.AST], tuple[str, Callable[[Any, Any], Any]]] = {
    ast.Eq: ("==", operator.eq),
    ast.NotEq: ("!=", operator.ne),
    ast.Lt: ("<", operator.lt),
    ast.LtE: ("<=", operator.le),
    ast.Gt: (">", operator.gt),
    ast.GtE: (">=", operator.ge),
}


@dataclass(eq=False)
class Frame:
    """One call of one rule while it is read.

    Fields
        names: what the facts and local names hold. values: what each part of the source came to.
        touched: the parameters used, with the key of the row where there is one. asked: those that were only asked
        whether they are in force. calls: the numbers of the calls that this one made.
        fractions: what a share or a sum by slices came to before it was rounded, where that was no whole number.
        conditions: the tests made, with their answers. result: the expression that was returned, and its value.
        before: how many calls had finished when this one began.
    """

    rule: Rule[..., Any]
    names: dict[str, Any]
    before: int
    values: dict[ast.expr, Any] = field(default_factory=dict)
    touched: list[tuple[str, Any]] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    calls: list[int] = field(default_factory=list)
    fractions: dict[ast.expr, Fraction] = field(default_factory=dict)
    conditions: list[tuple[ast.expr, Any]] = field(default_factory=list)
    returned: ast.expr | None = None
    result: Any = None


class Reading:
    """Evaluates rules under one ``law``. Without a ``dialect`` every fact must be a value."""

    def __init__(self, law: Law, dialect: Dialect | None = None) -> None:
        self.law = law
        self._do = Operations(law, dialect)
        self.frames: list[Frame] = []  # finished calls, in the order in which they finished
        self._known: dict[tuple[Rule[..., Any], tuple[Any, ...]], int] = {}

    def call(self, rule: Rule[..., Any], *arguments: Any) -> Any:
        """Return what ``rule`` gives for ``arguments`` (values or :class:`Code`); a call is never read twice."""
        return self.frames[self.number(rule, *arguments)].result

    def number(self, rule: Rule[..., Any], *arguments: Any) -> int:
        """Return the number of that call in :attr:`frames`."""
        key = (rule, arguments)
        if key not in self._known:
            frame = Frame(rule, dict(zip(rule.facts, arguments, strict=True)), len(self.frames))
            frame.result = self._block(rule.definition.body, frame, dict(frame.names))
            self.frames.append(frame)
            self._known[key] = len(self.frames) - 1
        return self._known[key]

    def write(self, rule: Rule[..., Any], *arguments: Any) -> str:
        """Return the expression for ``rule`` in the dialect."""
        return self._do.text(self.call(rule, *arguments))

    # statements

    def _block(self, body: list[ast.stmt], frame: Frame, names: dict[str, Any]) -> Any:
        for position, statement in enumerate(body):
            if isinstance(statement, ast.Return) and statement.value is not None:
                frame.returned = statement.value
                return self._value(statement.value, frame, names)
            if isinstance(statement, ast.Assign) and isinstance(statement.targets[0], ast.Name):
                names[statement.targets[0].id] = self._value(statement.value, frame, names)
            elif isinstance(statement, ast.If):
                rest = body[position + 1 :]
                return self._branch(statement, rest, frame, names)
            else:
                raise RuleError(
                    f"{frame.rule.name}, line {statement.lineno}: not part of the language of rules"
                )
        raise RuleError(f"{frame.rule.name}: ends without a return")

    def _branch(self, node: ast.If, rest: list[ast.stmt], frame: Frame, names: dict[str, Any]) -> Any:
        condition = self._value(node.test, frame, names)
        frame.conditions.append((node.test, condition))
        if not isinstance(condition, Code | Cases | Banded):
            return self._block((node.body if condition else node.orelse) + rest, frame, names)
        yes = self._block(node.body + rest, frame, dict(names))
        no = self._block(node.orelse + rest, frame, dict(names))
        return self._do.select(condition, yes, no)

    # expressions

    def _value(self, node: ast.expr, frame: Frame, names: dict[str, Any]) -> Any:
        value = self._evaluate(node, frame, names)
        frame.values[node] = value
        return value

    def _evaluate(self, node: ast.expr, frame: Frame, names: dict[str, Any]) -> Any:
        if isinstance(node, ast.Constant):
            return node.value
        if isinstance(node, ast.Name):
            return names[node.id]
        if isinstance(node, ast.Tuple):
            return tuple(self._value(item, frame, names) for item in node.elts)
        if isinstance(node, ast.Attribute):
            frame.touched.append((node.attr, None))
            return getattr(self.law, node.attr)
        if isinstance(node, ast.Subscript):
            return self._look_up(node, frame, names)
        if isinstance(node, ast.BinOp):
            sign, work = _ARITHMETIC[type(node.op)]
            left, right = self._value(node.left, frame, names), self._value(node.right, frame, names)
            return self._do.lift(lambda a, b: self._do.arithmetic(sign, work, a, b), left, right)
        if isinstance(node, ast.Compare) and len(node.ops) == 1:
            return self._compare(node, frame, names)
        if isinstance(node, ast.BoolOp):
            return self._join(node, frame, names)
        if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
            inner = self._value(node.operand, frame, names)
            return self._do.lift(self._do.opposite, inner)
        if isinstance(node, ast.Call):
            return self._call(node, frame, names)
        raise RuleError(f"{frame.rule.name}, line {node.lineno}: not part of the language of rules")

    def _look_up(self, node: ast.Subscript, frame: Frame, names: dict[str, Any]) -> Any:
        if not isinstance(node.value, ast.Attribute):
            raise RuleError(f"{frame.rule.name}, line {node.lineno}: only tables of the law can be looked up")
        table = self._value(node.value, frame, names)
        key = self._value(node.slice, frame, names)
        if isinstance(key, Code):
            return Cases(key, tuple(table.items()))
        frame.touched.append((node.value.attr, key))
        return self._do.lift(table.__getitem__, key)

    def _compare(self, node: ast.Compare, frame: Frame, names: dict[str, Any]) -> Any:
        kind = node.ops[0]
        if isinstance(kind, ast.Is | ast.IsNot):
            return self._in_force(node, frame) != isinstance(kind, ast.Is)
        left, right = self._value(node.left, frame, names), self._value(node.comparators[0], frame, names)
        if isinstance(kind, ast.In | ast.NotIn):
            found = self._do.any_of([self._do.equal(left, item) for item in right])
            return found if isinstance(kind, ast.In) else self._do.opposite(found)
        sign, work = _COMPARISON[type(kind)]
        return self._do.lift(lambda a, b: self._do.compare(sign, work, a, b), left, right)

    def _in_force(self, node: ast.Compare, frame: Frame) -> bool:
        if not isinstance(node.left, ast.Attribute):
            raise RuleError(f"{frame.rule.name}, line {node.lineno}: only the law can be in force")
        frame.asked.append(node.left.attr)
        return getattr(self.law, node.left.attr) is not None

    def _join(self, node: ast.BoolOp, frame: Frame, names: dict[str, Any]) -> Any:
        decides = isinstance(node.op, ast.Or)
        open_parts: list[Code] = []
        for item in node.values:
            value = self._do.condition(self._value(item, frame, names))
            if isinstance(value, Code):
                open_parts.append(value)
            elif bool(value) == decides:
                return decides
        if not open_parts:
            return not decides
        if len(open_parts) == 1:
            return open_parts[0]
        return Code(self._do.say.join("or" if decides else "and", [part.text for part in open_parts]))

    def _call(self, node: ast.Call, frame: Frame, names: dict[str, Any]) -> Any:
        if isinstance(node.func, ast.Attribute):
            arguments = [self._value(item, frame, names) for item in node.args]
            operations: dict[str, Callable[..., Any]] = {
                "share": self._do.share,
                "marginal": self._do.marginal,
            }
            self._keep_fraction(node, frame, arguments)
            return self._do.lift(operations[node.func.attr], *arguments)
        if not isinstance(node.func, ast.Name):
            raise RuleError(f"{frame.rule.name}, line {node.lineno}: this cannot be called in a rule")
        name = node.func.id
        if name in ("min", "max"):
            arguments = [self._value(item, frame, names) for item in node.args]
            return self._do.lift(lambda *parts: self._do.extreme(name, parts), *arguments)
        called = frame.rule.refers_to(name)
        if called is band:
            table, amount = (self._value(item, frame, names) for item in node.args)
            if not isinstance(amount, Code | Cases | Banded) and isinstance(node.args[0], ast.Attribute):
                frame.touched.append((node.args[0].attr, max(low for low in table.lower if low <= amount)))
            return self._do.lift(lambda a: self._do.band(table, a), amount)
        if not isinstance(called, Rule):
            raise RuleError(f"{frame.rule.name}, line {node.lineno}: {name} is no rule")
        number = self.number(called, *(self._value(item, frame, names) for item in node.args[1:]))
        frame.calls.append(number)
        return self.frames[number].result

    def _keep_fraction(self, node: ast.Call, frame: Frame, arguments: list[Any]) -> None:
        """Note that an amount had to be rounded: then the answer rests on the rule of rounding as well."""
        if any(isinstance(item, Code | Cases | Banded) for item in arguments):
            return
        first, *rest = arguments
        exact = first.of(rest[0]) if isinstance(first, Tiers) else first * Fraction(*product(tuple(rest)))
        if exact.denominator != 1:
            frame.fractions[node] = exact
            frame.touched.append((ROUNDING, None))
