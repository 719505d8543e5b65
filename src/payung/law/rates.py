"""A percentage as the law writes it, kept as an exact fraction; and how a share of rupiah is rounded."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Literal, NamedTuple

Rounding = Literal["half-up", "down", "up"]
_PERCENT = re.compile(r"([0-9]+)(?:\.([0-9]+))?\s?%")


class Rate(NamedTuple):
    """An exact share ``n/d`` in lowest terms: 0.24 % is 3/1250."""

    n: int
    d: int

    def percent(self, decimal: str = ".") -> str:
        """Return the share as a percentage, such as ``0.24 %``, with ``decimal`` as the decimal sign."""
        hundredth = Fraction(self.n, self.d) * 100
        whole, rest = divmod(hundredth.numerator, hundredth.denominator)
        digits = ""
        while rest and len(digits) < 9:
            digit, rest = divmod(rest * 10, hundredth.denominator)
            digits += str(digit)
        return f"{whole}{decimal + digits if digits else ''} %"


def parse_percent(text: str) -> Rate:
    """Return the exact share written as ``0.24%``. Raises ``ValueError`` where it is no percentage."""
    found = _PERCENT.fullmatch(text.strip())
    if not found:
        raise ValueError(text)
    whole, decimals = found[1], found[2] or ""
    fraction = Fraction(int(whole + decimals), 100 * 10 ** len(decimals))
    return Rate(fraction.numerator, fraction.denominator)


def product(rates: tuple[Rate, ...]) -> Rate:
    """Return the exact product of ``rates``."""
    fraction = Fraction(1)
    for rate in rates:
        fraction *= Fraction(rate.n, rate.d)
    return Rate(fraction.numerator, fraction.denominator)


def rounded(numerator: int, d: int, rounding: Rounding) -> int:
    """Return ``numerator / d`` as whole rupiah. ``numerator`` is not negative, ``d`` is positive."""
    if rounding == "half-up":
        return (2 * numerator + d) // (2 * d)
    if rounding == "up":
        return (numerator + d - 1) // d
    return numerator // d
