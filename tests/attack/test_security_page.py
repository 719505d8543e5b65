"""docs/security.md answers every requirement of the standard once, and names tests that exist."""

from __future__ import annotations

import importlib
import re
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
import accessworld
import pytest
from django.urls import get_resolver
from figures import FIGURES, tried

from payung.office.access.roles import ROLES
from payung.office.check import limits

assert accessworld.OFFICE  # sets Django up
ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")
STATES = {"met", "setting", "partly", "no", "–"}
# The requirements of levels 1 and 2 of ASVS 5.0.0: section → their numbers.
ASVS = {
    "1.1": "1-2",
    "1.2": "1-9",
    "1.3": "1-11",
    "1.4": "1-3",
    "1.5": "1-2",
    "2.1": "1-3",
    "2.2": "1-3",
    "2.3": "1-4",
    "2.4": "1",
    "3.2": "1-2",
    "3.3": "1-4",
    "3.4": "1-6",
    "3.5": "1-5",
    "3.7": "1-2",
    "4.1": "1-3",
    "4.2": "1",
    "4.3": "1-2",
    "4.4": "1-4",
    "5.1": "1",
    "5.2": "1-3",
    "5.3": "1-2",
    "5.4": "1-3",
    "6.1": "1-3",
    "6.2": "1-12",
    "6.3": "1-4",
    "6.4": "1-4",
    "6.5": "1-5",
    "6.6": "1-3",
    "6.8": "1-4",
    "7.1": "1-3",
    "7.2": "1-4",
    "7.3": "1-2",
    "7.4": "1-5",
    "7.5": "1-2",
    "7.6": "1-2",
    "8.1": "1-2",
    "8.2": "1-3",
    "8.3": "1",
    "8.4": "1",
    "9.1": "1-3",
    "9.2": "1-4",
    "10.1": "1-2",
    "10.2": "1-2",
    "10.3": "1-4",
    "10.4": "1-11",
    "10.5": "1-5",
    "10.6": "1-2",
    "10.7": "1-3",
    "11.1": "1-2",
    "11.2": "1-3",
    "11.3": "1-3",
    "11.4": "1-4",
    "11.5": "1",
    "11.6": "1",
    "12.1": "1-3",
    "12.2": "1-2",
    "12.3": "1-4",
    "13.1": "1",
    "13.2": "1-5",
    "13.3": "1-2",
    "13.4": "1-5",
    "14.1": "1-2",
    "14.2": "1-4",
    "14.3": "1-3",
    "15.1": "1-3",
    "15.2": "1-3",
    "15.3": "1-7",
    "16.1": "1",
    "16.2": "1-5",
    "16.3": "1-4",
    "16.4": "1-3",
    "16.5": "1-3",
    "17.1": "1",
    "17.2": "1-4",
    "17.3": "1-2",
}


def _all() -> list[str]:
    found = []
    for section, numbers in ASVS.items():
        first, _, last = numbers.partition("-")
        found += [f"{section}.{number}" for number in range(int(first), int(last or first) + 1)]
    return found


def _answered() -> list[tuple[str, str, str]]:
    """Return requirement, state and answer of every line; a span of numbers becomes its requirements."""
    every, found = _all(), []
    for line in PAGE.splitlines():
        if row := re.fullmatch(r"\| ([\d.]+)(?:–([\d.]+))? \| (\S+) \| (.*) \|", line):
            first, last, state, how = row.groups()
            span = every[every.index(first) : every.index(last or first) + 1]
            found += [(number, state, how) for number in span]
    return found


def test_every_requirement_of_the_standard_is_answered_once() -> None:
    assert len(_all()) == 253
    assert [number for number, _, _ in _answered()] == _all()
    assert {state for _, state, _ in _answered()} == STATES


def test_what_is_not_met_says_why() -> None:
    for number, state, how in _answered():
        assert state == "met" or len(how) >= 4, number
        assert state not in {"no", "partly"} or len(how) > 25, number


@pytest.mark.parametrize(("page", "least"), [("security.md", 150), ("operating.md", 50)])
def test_page_names_tests_that_exist(page: str, least: int) -> None:
    text = (ROOT / "docs" / page).read_text(encoding="utf-8")
    named = re.findall(r"`(tests/[\w/]+\.py)(?:::(test_\w+))?`", text)
    assert len(named) >= least, len(named)
    for path, name in named:
        text = (ROOT / path).read_text(encoding="utf-8")
        assert not name or f"def {name}(" in text, f"{path}::{name}"


def _figures() -> dict[str, tuple[int, int, str]]:
    """Return the table as the script writes it: figure → tried, let through, the test."""
    part = PAGE.split("<!-- figures: scripts/security_figures.py -->")[1].split(
        "<!-- end of the figures -->"
    )[0]
    rows = re.findall(r"^\| ([^|]+) \| (\d+) \| (\d+) \| `([^`]+)` \|$", part, re.MULTILINE)
    return {name: (int(many), int(through), test) for name, many, through, test in rows}


def test_table_of_figures_is_that_of_the_tests() -> None:
    found = _figures()
    assert [(name, test) for name, (_, _, test) in found.items()] == list(FIGURES.items())
    through = {name: many for name, (_, many, _) in found.items() if many}
    tried_at_once, answered, _ = found["numbers tried on the public page from a thousand addresses"]
    assert answered == tried_at_once // 10_000 * limits.BY_ALL  # of each ten thousand, played within an hour
    assert through == {
        "NIKs of others asked one by one, and told at most 5 times": 5,
        "numbers tried on the public page from a thousand addresses": answered,
    }
    assert all(many > 0 for many, _, _ in found.values())


def test_figures_are_not_more_than_what_is_tried() -> None:
    pages = get_resolver().url_patterns
    of_a_thing = [
        page
        for page in pages
        if page.pattern.converters
        and page.callback.rule.kind not in ("public", "token")
        and not str(page.name).startswith("account_")
    ]
    keyed = [
        page for page in pages if any(kind.regex == "[0-9]+" for kind in page.pattern.converters.values())
    ]
    most = [(len(pages) - 1) * len(ROLES), len(of_a_thing) * len(ROLES) * 2, len(pages), len(keyed) * 4 * 2]
    told = [many for many, _, _ in _figures().values()][:4]
    assert all(figure <= many for figure, many in zip(told, most, strict=True)), (told, most)


def test_script_sums_what_tests_counted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "figures"
    monkeypatch.setenv("PAYUNG_FIGURES", str(path))
    first, second = list(FIGURES)[:2]
    tried(first, 3)
    tried(first, 2, through=1)
    monkeypatch.syspath_prepend(str(ROOT / "scripts"))
    script = importlib.import_module("security_figures")
    assert script.read(path) == {first: (5, 1)}
    former = f"| {second} | 7 | 0 | `x` |"
    lines = script.table(script.read(path), FIGURES, former).splitlines()[2:]
    assert lines == [f"| {first} | 5 | 1 | `{FIGURES[first]}` |", former]
