"""What the options of `payung law` say, read strictly: a sentence that says what is wrong and what is allowed."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from payung.errors import InputError
from payung.text import Text

if TYPE_CHECKING:
    import datetime as dt

    from payung.law import Book


def open_book(policy: Path | None) -> Book:
    """Return the law, with the district's own file in place where ``policy`` names one."""
    from payung.law import load, load_with

    if policy is None:
        return load()
    if not policy.is_file():
        raise InputError(Text(f"Berkas {policy} tidak ada.", f"There is no file {policy}."))
    return load_with(policy)


def need(**given: str) -> None:
    """Raise :class:`InputError` that names every option that is empty."""
    missing = [option for option, value in given.items() if not value]
    if missing:
        listed = ", ".join(missing)
        raise InputError(
            Text(f"Belum disebutkan: {listed}. Lihat --help.", f"Not given: {listed}. See --help.")
        )


def whole_number(option: str, text: str) -> int:
    """Return a whole number; a minus sign is read, so that the range can be refused in words."""
    if not re.fullmatch(r"-?[0-9]{1,18}", text.strip()):
        raise InputError(
            Text(
                f"{option} {text!r} bukan bilangan bulat. Tulis angka saja tanpa titik atau koma, misalnya 1500000.",
                f"{option} {text!r} is no whole number. Write digits only, without points or commas, such as 1500000.",
            )
        )
    return int(text)


def optional_number(option: str, text: str) -> int | None:
    """Return a whole number, or ``None`` where the option was not given."""
    return whole_number(option, text) if text else None


def income_or_wage(segment: str, income: str, wage: str) -> int:
    """Return the money that a contribution follows from; a BPU has no wage."""
    if wage and segment == "bpu":
        raise InputError(
            Text(
                "BPU tidak berupah: sebutkan penghasilan yang dilaporkan dengan --income, bukan --wage.",
                "A BPU has no wage: give the declared income with --income, not --wage.",
            )
        )
    if bool(income) == bool(wage):
        raise InputError(
            Text(
                "Sebutkan --income (penghasilan BPU, atau upah PPU), satu kali.",
                "Give --income (income of a BPU, or wage of a PPU), once.",
            )
        )
    return whole_number("--income" if income else "--wage", income or wage)


def since(text: str) -> dt.date | None:
    """Return a date, or the first day of a month."""
    from payung.law.months import first_day, parse_date, parse_month

    if not text:
        return None
    return first_day(parse_month(text)) if re.fullmatch(r"\d{4}-\d{2}", text) else parse_date(text)


def costs(items: list[str]) -> dict[str, int]:
    """Return rupiah by kind out of ``kind=rupiah``."""
    found = {}
    for item in items:
        kind, _, amount = item.partition("=")
        found[kind] = whole_number("--cost", amount)
    return found


def write_text(out: Path, text: str) -> None:
    """Write ``text`` to ``out`` and print where; its folder must be there."""
    if not out.parent.is_dir():
        raise InputError(Text(f"Folder {out.parent} tidak ada.", f"There is no folder {out.parent}."))
    out.write_text(text, encoding="utf-8")
    sys.stdout.write(f"{out}\n")
