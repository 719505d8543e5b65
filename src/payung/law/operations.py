"""What the operations of a rule come to: a value where everything is known, an expression where it is not."""

from __future__ import annotations

import operator
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from payung.law.dialects import Dialect
from payung.law.parameter import Bands, Law, Tiers
from payung.law.parameter import band as look_up_band
from payung.law.rates import Rate, product


@dataclass(frozen=True, slots=True)
class Code:
    """A value that is not known yet: an expression in the dialect."""

    text: str


@dataclass(frozen=True, slots=True)
class Cases:
    """A value that depends on a column: what it is for each key that the column may hold."""

    key: Code
    options: tuple[tuple[Any, Any], ...]


@dataclass(frozen=True, slots=True)
class Banded:
    """A value that depends on the band a column falls in: what it is from each lower bound on."""

    key: Code
    lower: tuple[int, ...]
    options: tuple[Any, ...]


class RuleError(Exception):
    """A rule uses something that the restricted language does not have."""


class Operations:
    """The operations under one ``law``, written in ``dialect`` where something is not known."""

    def __init__(self, law: Law, dialect: Dialect | None) -> None:
        self.law = law
        self.dialect = dialect

    @property
    def say(self) -> Dialect:
        """The language that is written; asked for only where something is not known."""
        if self.dialect is None:
            raise RuleError("a fact is missing: without a dialect every fact must be a value")
        return self.dialect

    def lift(self, work: Callable[..., Any], *arguments: Any) -> Any:
        """Do ``work`` on ``arguments``, once for each case where one of them depends on a column."""
        for position, argument in enumerate(arguments):
            if isinstance(argument, Cases):
                before, after = arguments[:position], arguments[position + 1 :]
                return Cases(
                    argument.key,
                    tuple((key, self.lift(work, *before, value, *after)) for key, value in argument.options),
                )
            if isinstance(argument, Banded):
                first, rest = arguments[:position], [self.plain(item) for item in arguments[position + 1 :]]
                options = tuple(self.lift(work, *first, value, *rest) for value in argument.options)
                return Banded(argument.key, argument.lower, options)
        return work(*arguments)

    def plain(self, value: Any) -> Any:
        """Return a value by bands as text, so that two of them do not multiply."""
        return Code(self.text(value)) if isinstance(value, Banded) else value

    def text(self, value: Any) -> str:
        """Return ``value`` written in the dialect."""
        if isinstance(value, Code):
            return value.text
        if isinstance(value, Banded):
            return self._halve(value, 0, len(value.lower))
        if not isinstance(value, Cases):
            return self.say.constant(value)
        written = [(key, self.text(option)) for key, option in value.options]
        text = written[-1][1]
        for key, option in reversed(written[:-1]):
            if option != text:
                same = self.say.compare("==", value.key.text, self.say.constant(key))
                text = self.say.select(same, option, text)
        return text

    def condition(self, value: Any) -> Any:
        """Return a truth that depends on a column as one condition."""
        if isinstance(value, Banded):
            return Code(self.text(value))
        if not isinstance(value, Cases):
            return value
        parts = []
        for key, option in value.options:
            inner = self.condition(option)
            if inner is False:
                continue
            same = self.say.compare("==", value.key.text, self.say.constant(key))
            parts.append(same if inner is True else self.say.join("and", [same, inner.text]))
        if not parts:
            return False
        if len(parts) == len(value.options) and all(option is True for _, option in value.options):
            return True
        return Code(parts[0] if len(parts) == 1 else self.say.join("or", parts))

    def select(self, condition: Any, yes: Any, no: Any) -> Any:
        """Return ``yes`` or ``no``, or the choice between them written out."""
        known = self.condition(condition)
        if not isinstance(known, Code):
            return yes if known else no
        first, second = self.text(yes), self.text(no)
        return Code(first if first == second else self.say.select(known.text, first, second))

    def compare(self, sign: str, work: Callable[[Any, Any], Any], left: Any, right: Any) -> Any:
        """Return ``left sign right`` as a truth."""
        if not isinstance(left, Code) and not isinstance(right, Code):
            return work(left, right)
        return Code(self.say.compare(sign, self.text(left), self.text(right)))

    def equal(self, left: Any, right: Any) -> Any:
        """Return whether ``left`` is the constant ``right``."""
        return self.lift(lambda a: self.compare("==", operator.eq, a, right), left)

    def any_of(self, values: list[Any]) -> Any:
        """Return whether one of ``values`` holds."""
        known = [self.condition(value) for value in values]
        if any(value is True for value in known):
            return True
        parts = [value.text for value in known if isinstance(value, Code)]
        if not parts:
            return False
        return Code(parts[0] if len(parts) == 1 else self.say.join("or", parts))

    def opposite(self, value: Any) -> Any:
        """Return the opposite of a truth."""
        return Code(self.say.negate(value.text)) if isinstance(value, Code) else not value

    def arithmetic(self, sign: str, work: Callable[[Any, Any], Any], left: Any, right: Any) -> Any:
        """Return ``left sign right`` over whole numbers."""
        if not isinstance(left, Code) and not isinstance(right, Code):
            return work(left, right)
        if sign == "//":
            return Code(self.say.quotient(self.text(left), self.text(right)))
        return Code(f"({self.text(left)} {sign} {self.text(right)})")

    def extreme(self, name: str, parts: tuple[Any, ...]) -> Any:
        """Return the ``min`` or ``max`` of ``parts``."""
        if not any(isinstance(part, Code) for part in parts):
            return min(parts) if name == "min" else max(parts)
        return Code(self.say.extreme(name, [self.text(part) for part in parts]))

    def share(self, amount: Any, *rates: Rate) -> Any:
        """See :meth:`payung.law.parameter.Law.share`."""
        if not isinstance(amount, Code):
            return self.law.share(amount, *rates)
        rate = product(rates)
        return self._rounded(amount.text, rate.n, rate.d)

    def _rounded(self, text: str, n: int, d: int) -> Code:
        if d == 1:
            return Code(text if n == 1 else f"({text} * {n})")
        if self.law.rounding == "half-up":
            return Code(self.say.quotient(f"({text} * {2 * n} + {d})", str(2 * d)))
        scaled = text if n == 1 else f"{text} * {n}"
        more = f" + {d - 1}" if self.law.rounding == "up" else ""
        return Code(self.say.quotient(f"({scaled}{more})", str(d)))

    def marginal(self, tiers: Tiers, amount: Any) -> Any:
        """See :meth:`payung.law.parameter.Law.marginal`."""
        if not isinstance(amount, Code):
            return self.law.marginal(tiers, amount)
        shares, d = tiers.whole()
        slices = []
        for position, (share, start) in enumerate(zip(shares, tiers.over, strict=True)):
            end = amount.text
            if position < len(shares) - 1:
                end = self.say.extreme("min", [end, self.say.constant(tiers.over[position + 1])])
            reach = f"({end} - {self.say.constant(start)})"
            slices.append(f"{self.say.extreme('max', ['0', reach])} * {share}")
        return self._rounded("(" + " + ".join(slices) + ")", 1, d)

    def band(self, bands: Bands, amount: Any) -> Any:
        """See :func:`payung.law.parameter.band`."""
        return (
            Banded(amount, bands.lower, bands.values)
            if isinstance(amount, Code)
            else look_up_band(bands, amount)
        )

    def _halve(self, steps: Banded, start: int, end: int) -> str:
        """Write the look-up by halving: a handful of comparisons instead of one for each row."""
        if end - start == 1:
            return self.text(steps.options[start])
        middle = (start + end) // 2
        below = self.say.compare("<", steps.key.text, self.say.constant(steps.lower[middle]))
        return self.say.select(below, self._halve(steps, start, middle), self._halve(steps, middle, end))
