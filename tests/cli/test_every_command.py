"""Every command of the parser: those that agreements, money and months need say one JSON object and name who acts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import typer

from payung.cli.app import build

# What a year is driven with from outside: each says who acts, but the plan, which needs no office.
OF_A_YEAR = {
    *("plan", "agreement add", "agreements", "line add", "decree", "enrol", "answer", "ledger"),
    *("pledge add", "pledge list", "pledge withdraw", "pledge certificate"),
    *("bill", "pay", "change", "cover", "reconcile", "close", "check", "arrears", "deaths", "forecast"),
}
# Those that run on, ask, or write a file or a script: they have nothing to say as an object.
WITHOUT_JSON = {
    *(
        "version",
        "serve",
        "setup",
        "worker",
        "assets",
        "backup",
        "restore",
        "move",
        "rotate-secret",
        "export",
    ),
    *("import", "rescue-admin", "district", "match", "match-decide", "law page", "law script"),
    *("roster template", "regions build", "regions boundaries", "accounts import"),
}


def commands(found: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[str, set[str]]]:
    """Yield the name of each command with its options."""
    if hasattr(found, "commands"):
        for name, one in found.commands.items():
            yield from commands(one, (*path, name))
    else:
        yield " ".join(path), {option for one in found.params for option in getattr(one, "opts", ())}


def test_every_command_answers_in_json_and_those_of_a_year_say_who_acts() -> None:
    found = dict(commands(typer.main.get_command(build())))
    assert set(found) >= OF_A_YEAR | WITHOUT_JSON
    assert {name for name, options in found.items() if "--json" not in options} <= WITHOUT_JSON
    assert {name for name in OF_A_YEAR if "--by" not in found[name]} == {"plan"}
