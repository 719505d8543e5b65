"""What a district's own file may say: codes that the rules know, amounts of the right size, rows that there are."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any, NoReturn

from payung.law.facts import MOST_RUPIAH, SOURCES
from payung.law.months import FIRST_MONTH, LAST_MONTH, first_day, last_day
from payung.law.parameter import Bands, Key, Parameter, Tiers, Value
from payung.law.rates import Rate
from payung.law.strict_yaml import ParameterError, whole_range
from payung.text import Text

CODES: dict[str, tuple[str, ...]] = {  # parameter -> what its values may be
    "contribution_rounding": ("half-up", "down", "up"),
    "relief_by_source": ("full", "relief"),
    "default_segment": ("bpu", "pu"),
    "insured_elsewhere": ("taspen", "asabri"),
    "sources": ("state", "region", "village", "donor", "self"),
    "village_money": SOURCES,
    "programmes_by_scale": ("jkk", "jkm", "jht", "jp"),
    "jkk_in_kind": ("covered",),
    **{
        f"arrears_{kind}": ("now", "settled", "employer", "none", "periksa")
        for kind in ("bpu_grace", "bpu_over", "pu_grace", "pu_over")
    },
    "not_enrolled": ("employer",),
    "state_employer_arrears": ("periksa", "as-private"),
    "jkk_papers": ("always", "if-needed"),
    "jkm_papers": ("always", "if-needed"),
    "bpu_notice": ("always", "if-needed"),
}
_MAY_END = ("relief_by_source", "jkm_waiting_months")  # the rules ask whether they are in force
_TIMES = 10  # an amount this many times larger or smaller than the law's has a zero too many or too few
_EXACT = 2**53  # above it JavaScript is not exact


def check_policy(known: Parameter, policy: Parameter, categories: tuple[str, ...]) -> None:
    """Raise :class:`ParameterError`, with file and line, for the first thing that ``policy`` may not say.

    ``known`` is the law's own parameter. ``categories`` are the codes of the people that a ban may name.
    """
    first, last = first_day(FIRST_MONTH), last_day(LAST_MONTH)
    for value in policy.values:
        for day in (value.since, value.until or value.since):
            if not first <= day <= last:
                _refuse(
                    value,
                    value.line,
                    f"{day} di luar jangkauan aturan; yang boleh: {first} sampai {last}",
                    f"{day} is outside what the law held here reaches; allowed: {first} to {last}",
                )
        if value.value is not None:
            _check_rows(known, value)
            for line, said in _said(value):
                _check_one(known, value, line, said, categories)
    _check_gaps(known, policy)


def _refuse(value: Value, line: int, id: str, en: str) -> NoReturn:
    raise ParameterError(Text(f"{value.file}, baris {line}: {id}", f"{value.file}, line {line}: {en}"))


def _check_rows(known: Parameter, value: Value) -> None:
    """Refuse rows that the law does not have, and a first table that leaves rows out."""
    if known.kind != "table":
        return
    keys: list[Key] = [row.key for each in known.values for row in each.rows]
    allowed = list(dict.fromkeys([*keys, *(SOURCES if known.name == "source_bans" else ())]))
    listed = ", ".join(map(str, allowed))
    for row in value.rows:
        if row.key not in allowed:
            _refuse(
                value,
                row.line,
                f"baris {row.key!r} tidak ada di {known.name}; yang boleh: {listed}",
                f"there is no row {row.key!r} in {known.name}; allowed: {listed}",
            )
        swap = dict(row.extra).get("swap")
        if swap is not None and swap not in allowed:
            _refuse(
                value,
                row.line,
                f"swap {swap!r} bukan baris {known.name}",
                f"swap {swap!r} is no row of {known.name}",
            )
    before = known.on(value.since)
    missing = [str(key) for key in allowed if key not in {row.key for row in value.rows}]
    if (before is None or before.value is None) and missing and known.name != "source_bans":
        listed = ", ".join(missing)
        _refuse(
            value,
            value.line,
            f"pada {value.since} {known.name} belum ada, jadi semua baris harus ditulis; belum ada: {listed}",
            f"on {value.since} there is no {known.name} yet, so every row must be written; missing: {listed}",
        )


def _said(value: Value) -> Iterator[tuple[int, Any]]:
    """Every single value with its line."""
    if not value.rows:
        yield value.line, value.value
    for row in value.rows:
        yield row.line, row.value
        for name, extra in row.extra:
            if name in ("at_most", "up_to"):
                yield row.line, extra


def _check_one(known: Parameter, value: Value, line: int, said: Any, categories: tuple[str, ...]) -> None:
    codes = categories if known.name == "source_bans" else CODES.get(known.name, ())
    for code in said if isinstance(said, tuple) and not isinstance(said, Rate) else (said,):
        if codes and code not in codes:
            listed = ", ".join(codes)
            _refuse(
                value,
                line,
                f"{known.name}: {code!r} tidak dikenal; yang boleh: {listed}",
                f"{known.name}: {code!r} is not known; allowed: {listed}",
            )
    if isinstance(said, Rate):
        _check_rate(known, value, line, said)
    elif isinstance(said, int):
        least, most = _range(known)
        if not least <= said <= most:
            _refuse(
                value,
                line,
                f"{known.name}: {said} tidak masuk akal ({known.unit}); yang boleh: {least} - {most}",
                f"{known.name}: {said} cannot be right ({known.unit}); allowed: {least} - {most}",
            )


def _check_rate(known: Parameter, value: Value, line: int, said: Rate) -> None:
    if said.n > said.d:
        _refuse(
            value,
            line,
            f"{known.name}: {said.percent()} tidak masuk akal; yang boleh: 0 % - 100 %",
            f"{known.name}: {said.percent()} cannot be right; allowed: 0 % - 100 %",
        )
    if 2 * said.n * MOST_RUPIAH + said.d >= _EXACT:
        _refuse(
            value,
            line,
            f"{known.name}: {said.percent()} terlalu banyak angka di belakang koma; tulis paling banyak dua",
            f"{known.name}: {said.percent()} has too many decimals; write two at most",
        )


def _range(known: Parameter) -> tuple[int, int]:
    """Return what an amount may be: ten times less or more than the law's own, or what its unit allows."""
    if whole := whole_range(known.unit):
        return whole
    amounts: list[int] = [amount for value in known.values for amount in _amounts(value)]
    return min(amounts) // _TIMES, max(amounts) * _TIMES


def _amounts(value: Value) -> list[int]:
    if isinstance(value.value, Bands | Tiers | dict):
        return [row.value for row in value.rows]
    return [] if value.value is None else [value.value]


def _check_gaps(known: Parameter, policy: Parameter) -> None:
    """Refuse a file that leaves a day without a value that the rules cannot do without."""
    last = known.values[-1]
    if last.value is None or last.until is not None or known.name in _MAY_END:
        return
    for value in policy.values:
        if value.value is None or (value.until and not _goes_on(policy, value)):
            _refuse(
                value,
                value.line,
                f"{known.name} harus selalu berlaku: isi nilainya, tanpa akhir atau dengan lanjutan yang bersambung",
                f"{known.name} must always be in force: give a value, without an end or with one that follows on it",
            )


def _goes_on(parameter: Parameter, value: Value) -> bool:
    return value.until is not None and parameter.on(value.until + dt.timedelta(days=1)) is not None
