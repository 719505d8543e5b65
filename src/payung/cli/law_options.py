"""What the options of `payung law` say, read strictly: a sentence that says what is wrong and what is allowed."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from payung.codes import Segment, Source
from payung.errors import InputError
from payung.text import Text

LONGEST = 18  # digits that a whole number can have and still be worth a check of its range

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from payung.law import Book
    from payung.law.heirs import Heirs


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


def whole_number(option: str, text: str, *, most: str, example: str = "1500000") -> int:
    """Return a whole number; a minus sign is read, so that the range can be refused in words.

    ``most`` is the fact that says how large it may be, for numbers that are too long to be meant.
    """
    from payung.law.facts import FACTS

    if not re.fullmatch(r"-?[0-9]+", text.strip()):
        raise InputError(
            Text(
                f"{option} {text!r} bukan bilangan bulat. Tulis angka saja tanpa titik atau koma, misalnya {example}.",
                f"{option} {text!r} is no whole number. Write digits only, no points or commas, such as {example}.",
            )
        )
    if len(text.strip()) > LONGEST:
        raise InputError(
            Text(
                f"{option} terlalu besar ({len(text.strip())} angka). Yang boleh: {FACTS[most].allowed()}.",
                f"{option} is too large ({len(text.strip())} digits). Allowed: {FACTS[most].allowed()}.",
            )
        )
    return int(text)


def optional_number(option: str, text: str, *, most: str, example: str = "1500000") -> int | None:
    """Return a whole number, or ``None`` where the option was not given."""
    return whole_number(option, text, most=most, example=example) if text else None


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
                "Sebutkan --income (penghasilan BPU, atau upah PU), satu kali.",
                "Give --income (income of a BPU, or wage of a PU), once.",
            )
        )
    return whole_number("--income" if income else "--wage", income or wage, most="income")


def since(text: str) -> dt.date | None:
    """Return a date, or the first day of a month."""
    from payung.law.months import first_day, parse_date, parse_month

    if not text:
        return None
    return first_day(parse_month(text)) if re.fullmatch(r"\d{4}-\d{2}", text) else parse_date(text)


def costs(items: list[str]) -> dict[str, int]:
    """Return rupiah by kind out of ``kind=rupiah``; each kind once."""
    found: dict[str, int] = {}
    for item in items:
        kind, _, amount = (part.strip() for part in item.partition("="))
        if not kind or not amount:
            raise InputError(
                Text(
                    f"--cost {item!r}: tulis jenis dan jumlahnya, misalnya transport-land=500000.",
                    f"--cost {item!r}: write kind and amount, such as transport-land=500000.",
                )
            )
        if kind in found:
            raise InputError(
                Text(
                    f"--cost {kind} tertulis dua kali. Jumlahkan dahulu, lalu tulis satu kali.",
                    f"--cost {kind} is written twice. Add the amounts up and write it once.",
                )
            )
        found[kind] = whole_number(f"--cost {kind}", amount, most="cost")
    return found


def heirs_in_order(heirs: Sequence[Heirs]) -> Text | None:
    """Return the lines that say who receives the money of a member who died, or ``None`` where nobody does."""
    if not heirs:
        return None
    lines = [
        Text(
            *(
                f"  {each.rank}. {', '.join(title.read(language) for title in each.titles)}"
                for language in ("id", "en")
            )
        )
        for each in heirs
    ]
    heads = Text(
        f"Ahli waris; urutan yang lebih dulu menutup yang berikut [{heirs[0].article}]:",
        f"Heirs; whoever comes earlier excludes the later ones [{heirs[0].article}]:",
    )
    return Text(
        "\n".join([heads.id, *(line.id for line in lines)]),
        "\n".join([heads.en, *(line.en for line in lines)]),
    )


def write_text(out: Path, text: str) -> None:
    """Write ``text`` to ``out`` and print where; raise :class:`InputError` where that cannot be written."""
    if not out.parent.is_dir():
        raise InputError(Text(f"Folder {out.parent} tidak ada.", f"There is no folder {out.parent}."))
    if out.is_dir():
        raise InputError(
            Text(
                f"{out} adalah folder. Sebutkan nama berkas.", f"{out} is a folder. Give the name of a file."
            )
        )
    try:
        out.write_text(text, encoding="utf-8")
    except OSError as error:
        raise InputError(
            Text(
                f"{out} tidak dapat ditulis: {error.strerror}. Pilih tempat lain dengan --out.",
                f"{out} cannot be written: {error.strerror}. Choose another place with --out.",
            )
        ) from None
    sys.stdout.write(f"{out}\n")


def segment_of(written: str) -> str:
    """Return a segment as the rules of the law spell it; ``pu`` and ``ppu`` are one, an unknown one stays as it is."""
    return "pu" if Segment.known(written) is Segment.PU else written


def source_of(written: str) -> str:
    """Return the code of a funding source; other spellings are understood, an unknown one stays as it is."""
    found = Source.known(written)
    return found.value if found else written
