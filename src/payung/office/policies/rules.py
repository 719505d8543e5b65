"""A policy as a file: what may stand in it, within what the law leaves to a district. Values in and out."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import Any

from payung.errors import InputError
from payung.law import look_up, months
from payung.office.answers.rules import HELD_AGAINST
from payung.text import Text
from payung.yaml_files import values_of

KEYS = ("from", "basis", "max_decile", "rules_off", "ages")
AGES = ("from", "below")
DECILES = range(1, 11)
MOST_BYTES = 20_000
MOST_BASIS = 200
_MONTH = re.compile(r"[0-9]{4}-(0[1-9]|1[0-2])")


@dataclass(frozen=True, slots=True)
class Read:
    """A policy as its file says it.

    Fields
        from_month: the first month that it counts for. basis: the regulation. max_decile: ``None`` for no limit.
        rules_off: names of rules. youngest, below: whole years; ``None``: as the law has it. text: the file.
    """

    from_month: str
    basis: str
    max_decile: int | None
    rules_off: tuple[str, ...]
    youngest: int | None
    below: int | None
    text: str


def read(content: bytes, today: dt.date) -> Read:
    """Return the policy in ``content`` (YAML), proposed on ``today``.

    Raises :class:`InputError` that says what is wrong: unknown names, a month that has begun, no basis, ages outside
    of those of the law, a rule that is set and switched off at once.
    """
    found = _mapping(content)
    if unknown := sorted(str(key) for key in found if key not in KEYS):
        raise _wrong(
            f"{', '.join(unknown)} tidak dikenal; yang ada: {', '.join(KEYS)}. Hapus atau betulkan ejaannya.",
            f"{', '.join(unknown)} is not known; there are: {', '.join(KEYS)}. Remove it or mend its spelling.",
        )
    if missing := [key for key in ("from", "basis", "max_decile") if key not in found]:
        raise _wrong(
            f"{', '.join(missing)} belum ditulis. Tanpa batas desil: max_decile: none.",
            f"{', '.join(missing)} is missing. Without a limit of the decile: max_decile: none.",
        )
    month, soonest = str(found["from"]), months.add(months.month_of(today), 1)
    if not _MONTH.fullmatch(month) or month < soonest:
        raise _wrong(
            f"from: {month}. Tulis bulan yang belum mulai sebagai TTTT-BB, mis. {soonest}.",
            f"from: {month}. Write a month that has not begun as YYYY-MM, e.g. {soonest}.",
        )
    basis = found["basis"]
    if not isinstance(basis, str) or not 5 <= len(basis.strip()) <= MOST_BASIS:
        raise _wrong(
            f"basis: tulis peraturan dan pasalnya, paling banyak {MOST_BASIS} huruf.",
            f"basis: write the regulation and its article, {MOST_BASIS} letters at most.",
        )
    off = _off(found.get("rules_off", []))
    decile = _decile(found["max_decile"])
    youngest, below = _ages(found.get("ages"), months.first_day(month))
    both = [
        name
        for name, given in zip(HELD_AGAINST, (youngest, below, decile), strict=True)
        if given is not None and name in off
    ]
    if both:
        raise _wrong(
            f"{', '.join(both)} ditetapkan sekaligus dimatikan: pilih salah satu.",
            f"{', '.join(both)} is set and switched off at once: choose one.",
        )
    return Read(month, basis.strip(), decile, off, youngest, below, content.decode())


def _mapping(content: bytes) -> dict[Any, Any]:
    if len(content) > MOST_BYTES:
        raise _wrong(f"Lebih dari {MOST_BYTES} bita.", f"More than {MOST_BYTES} bytes.")
    found = values_of(content, "policy.yaml", at="file")
    if not isinstance(found, dict):
        raise _wrong(
            f"Tulis tiap baris sebagai nama: nilai, dengan {', '.join(KEYS)}.",
            f"Write each line as name: value, with {', '.join(KEYS)}.",
        )
    return found


def _off(given: Any) -> tuple[str, ...]:
    if not isinstance(given, list) or not all(isinstance(one, str) for one in given):
        raise _wrong(
            "rules_off: tulis daftar dalam kurung siku, mis. [age_limit].",
            "rules_off: write a list in brackets, e.g. [age_limit].",
        )
    if unknown := sorted(set(given) - set(HELD_AGAINST)):
        raise _wrong(
            f"rules_off: {', '.join(unknown)} bukan aturan; yang ada: {', '.join(HELD_AGAINST)}.",
            f"rules_off: {', '.join(unknown)} is no rule; there are: {', '.join(HELD_AGAINST)}.",
        )
    return tuple(name for name in HELD_AGAINST if name in given)


def _decile(given: Any) -> int | None:
    if given is None or given == "none":
        return None
    if isinstance(given, bool) or not isinstance(given, int) or given not in DECILES:
        raise _wrong(
            f"max_decile: {given}. Tulis 1 sampai 10, atau none.",
            f"max_decile: {given}. Write 1 to 10, or none.",
        )
    return given


def _ages(given: Any, day: dt.date) -> tuple[int | None, int | None]:
    """Return the ages of a policy: narrower than those of the law, never wider."""
    if given is None:
        return None, None
    if not isinstance(given, dict) or not given or set(given) - set(AGES):
        raise _wrong(
            "ages: tulis from dan/atau below, mis. ages: {from: 18, below: 60}.",
            "ages: write from and/or below, e.g. ages: {from: 18, below: 60}.",
        )
    law = {name: look_up(f"enrolment_age_{name}", day) for name in AGES}
    first, last = (int(law[name].value) for name in AGES)
    for name in given:
        age = given[name]
        if isinstance(age, bool) or not isinstance(age, int) or not first <= age <= last:
            raise _wrong(
                f"ages {name}: {age}. Daerah boleh lebih sempit dari {first} sampai di bawah {last} tahun "
                f"({law[name].article}), tidak lebih luas.",
                f"ages {name}: {age}. A district may be narrower than {first} to below {last} years "
                f"({law[name].article}), never wider.",
            )
    if given.get("from", first) >= given.get("below", last):
        raise _wrong("ages: from harus lebih kecil dari below.", "ages: from has to be smaller than below.")
    return given.get("from"), given.get("below")


def _wrong(id_: str, en: str) -> InputError:
    return InputError(Text(id_, en), at="file")
