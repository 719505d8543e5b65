"""How everybody was protected on a day, as it was known on another: ``payung cover --all``."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from payung.cli.actor import scope_of, show
from payung.text import Text

if TYPE_CHECKING:
    import datetime as dt

    from payung.office.months.states import Verdict


def everybody(by: str, day: dt.date, known: dt.date | None, *, as_json: bool) -> None:
    """Print by village and segment how many people were in which state on ``day``, as known at the end of ``known``
    (default: as known now). People are counted where they were last billed; only the region of ``by`` is told."""
    from payung.office.months.knowledge import states
    from payung.office.months.states import Protection
    from payung.office.regions.models import Region

    counted = states(scope_of(by, "person.view"), day, known)
    rows: dict[tuple[str, str], Counter[str]] = {}
    for (village, _, segment), verdicts in counted.items():
        one = rows.setdefault((village, str(segment)), Counter())
        for verdict, many in verdicts.items():
            one.update(_columns(verdict, many))
    names = dict(Region.objects.filter(code__in={village for village, _ in rows}).values_list("code", "name"))
    columns = [str(state) for state in Protection] + [
        "unpaid_1",
        "unpaid_2",
        "unpaid_3",
        "jkm_full",
        "scholarship",
    ]
    found = [
        {
            "village": village,
            "name": names.get(village, ""),
            "segment": segment,
            **{column: rows[village, segment][column] for column in columns},
        }
        for village, segment in sorted(rows)
    ]
    total: Counter[str] = sum(rows.values(), Counter())
    told = {
        "date": day,
        "known": known,
        "total": {column: total[column] for column in columns},
        "villages": found,
    }
    states_ = [str(state) for state in Protection]
    head = f"{'':<44}" + "".join(f"{state:>10}" for state in states_)
    lines = [head] + [
        f"{row['village']}  {str(row['name'])[:22]:<22} {row['segment']:<4}"
        + "".join(f"{row[state]:>10}" for state in states_)
        for row in found
    ]
    lines.append(
        f"{Text('Jumlah', 'Total').read():<44}" + "".join(f"{total[state]:>10}" for state in states_)
    )
    show(as_json, told, lines)


def _columns(verdict: Verdict, many: int) -> dict[str, int]:
    """Return the columns that people of a verdict are counted in."""
    from payung.office.months.states import Protection

    found = {str(verdict.state): many}
    if verdict.state == Protection.TENGGANG:
        found[f"unpaid_{min(verdict.unpaid, 3)}"] = many
    if verdict.jkm_full:
        found["jkm_full"] = many
    if verdict.scholarship:
        found["scholarship"] = many
    return found
