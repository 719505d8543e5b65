"""The figures of a choice as lines of a table, said once for the terminal and the office."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from payung.planning.scenarios import Compared
from payung.text import Text


@dataclass(frozen=True, slots=True)
class Shown:
    """One line of the table: what it is called, and what it says of a choice."""

    label: Text
    of: Callable[[Compared], Text]


def _number(value: int) -> Text:
    return Text(f"{value:,}".replace(",", "."), f"{value:,}")


def _counted(name: str) -> Callable[[Compared], Text]:
    return lambda one: _number(int(one.figures[name]))


def _rupiah(value: int) -> Text:
    said = _number(value)
    return Text(f"Rp{said.id}", f"Rp{said.en}")


def _months(one: Compared) -> Text:
    listed = one.choice.months
    return Text(
        f"{listed[0]} s.d. {listed[-1]} ({len(listed)} bulan)",
        f"{listed[0]} to {listed[-1]} ({len(listed)} months)",
    )


def _broken(one: Compared) -> Text:
    who: list[dict[str, Any]] = one.figures["clocks_broken_who"]
    many = _number(len(who))
    if not who:
        return many
    first = min(str(row["month"]) for row in who)
    return Text(f"{many.id} (mulai {first})", f"{many.en} (from {first})")


def _deaths(one: Compared) -> Text:
    found = one.figures["deaths_covered"]
    middle = f"{found['expected']:.1f}"
    return Text(
        f"{middle.replace('.', ',')} ({found['low']} s.d. {found['high']})",
        f"{middle} ({found['low']} to {found['high']})",
    )


def _each_month(one: Compared) -> Text:
    """Say what a month costs; from the least to the most where months differ."""
    costs = [sum(by.values()) for by in _by_month(one).values()]
    if not costs or min(costs) == max(costs):
        return _rupiah(max(costs, default=0))
    low, high = _rupiah(min(costs)), _rupiah(max(costs))
    return Text(f"{low.id} s.d. {high.id}", f"{low.en} to {high.en}")


def _by_month(one: Compared) -> dict[str, dict[str, int]]:
    found: dict[str, dict[str, int]] = {}
    for line, months in one.figures["cost_by_line_and_month"].items():
        for month, amount in months.items():
            found.setdefault(month, {})[line] = amount
    return found


def _more(one: Compared) -> Text:
    people = _number(one.more["people"])
    months = _number(one.more["person_months"])
    return Text(
        f"{people.id} orang, {months.id} orang-bulan", f"{people.en} people, {months.en} person-months"
    )


LINES = (
    Shown(Text("Masa", "Months"), _months),
    Shown(Text("Orang", "People"), _counted("people")),
    Shown(Text("Orang-bulan", "Person-months"), _counted("person_months")),
    Shown(
        Text("Orang-bulan dengan JKM penuh", "Person-months with full JKM"),
        _counted("person_months_full_jkm"),
    ),
    Shown(Text("Kepesertaan yang putus", "Memberships that break"), _broken),
    Shown(
        Text("Jeda yang tafsirnya berbeda (periksa)", "Gaps that are read differently (periksa)"),
        _counted("clocks_unclear"),
    ),
    Shown(Text("Tonggak 36 bulan tercapai", "36-month milestones reached"), _counted("milestones_36")),
    Shown(Text("Tonggak 36 bulan hilang", "36-month milestones lost"), _counted("milestones_36_lost")),
    Shown(Text("Kematian yang diperkirakan saat terlindungi", "Deaths to expect while covered"), _deaths),
    Shown(Text("Iuran seluruhnya", "Contributions in all"), lambda one: _rupiah(one.figures["cost"])),
    Shown(Text("Iuran sebulan", "Contributions a month"), _each_month),
    Shown(
        Text("Memenuhi syarat tetapi tidak terjangkau", "Eligible but not reached"),
        lambda one: _number(one.left_out),
    ),
    Shown(
        Text("Desa di bawah jatah", "Villages below the floor"),
        lambda one: _number(len(one.figures["below_floor"])),
    ),
    Shown(Text("Rp100 juta lagi membeli", "Rp100 million more buys"), _more),
)


def told(line: Shown, one: Compared) -> Text:
    """Return what a line says of a choice."""
    return line.of(one)
