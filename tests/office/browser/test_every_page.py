"""Every page of the office on a phone: lists that begin on the first screen, no barrier in light and dark, light ones.

The office holds something of everything; who opens which page stands in its ``pages.json`` (``wholeoffice.py``).
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import Any

import pytest
from browserworld import Served, barriers, needs_browser, shoot, sign_in

pytestmark = needs_browser
WHOLE = Path(__file__).parents[1] / "wholeoffice.py"
FIRST_SCREEN = 844  # pixels
ROW = "main table tbody tr, main .nothing"
TOP = f"(document.querySelector('{ROW}')?.getBoundingClientRect().top ?? 9999) + scrollY"
WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
# A table that slides sideways hides its last columns.
SLIDES = """() => [...document.querySelectorAll('main .table-responsive')]
  .some(table => table.scrollWidth > table.clientWidth + 1)"""
# Pairs of buttons and links of a list that lie on each other: a finger meets the wrong one.
ON_EACH_OTHER = """() => {
  const all = [...document.querySelectorAll('.list-tools :is(a, button, summary, input, select)')]
    .filter(one => one.offsetParent).map(one => [one.innerText || one.name, one.getBoundingClientRect()]);
  return all.flatMap(([name, a], at) => all.slice(at + 1).filter(([, b]) =>
    a.left + 1 < b.right && b.left + 1 < a.right && a.top + 1 < b.bottom && b.top + 1 < a.bottom)
    .map(([other]) => name + ' / ' + other));
}"""


@pytest.fixture
def whole(served: Served, tmp_path: Path) -> tuple[str, list[dict[str, Any]]]:
    """The address of an office with something of everything, and its pages."""
    address = served(WHOLE)
    return address, json.loads((tmp_path / "office" / "pages.json").read_text())


def _opened(browser: Any, address: str, pages: list[dict[str, Any]]) -> Iterator[tuple[Any, dict[str, Any]]]:
    """Open each page on a phone as whoever it opens for, signing in once a role."""
    for role, group in groupby(sorted(pages, key=lambda one: one["role"]), key=lambda one: one["role"]):
        page = sign_in(browser, address, role, "phone")
        for one in group:
            page.goto(f"{address}{one['address']}")
            yield page, one
        page.context.close()


def test_first_row_of_every_list_is_on_the_first_screen_of_a_phone(browser: Any, whole: Any) -> None:
    address, pages = whole
    lists = [one for one in pages if one["list"]]
    assert len({one["name"] for one in lists}) > 60
    assert len({one["name"] for one in lists if one["rows"]}) > 50
    late, wide, covered = [], [], []
    for page, one in _opened(browser, address, lists):
        top = page.evaluate(TOP)
        if top >= FIRST_SCREEN:
            late.append((one["address"], one["role"], top))
        if page.evaluate(WIDE) > 0 or page.evaluate(SLIDES):
            wide.append((one["address"], one["role"]))
        choice = page.locator("form.filters select").first
        if choice.count():  # opened from a number of the first page, it is filtered
            name, value = choice.get_attribute("name"), choice.locator("option").last.get_attribute("value")
            answer = page.goto(f"{address}{one['address']}?{name}={value}")
            assert answer.status == 200, page.url
            covered += [(one["address"], pair) for pair in page.evaluate(ON_EACH_OTHER)]
            if (top := page.evaluate(TOP)) >= FIRST_SCREEN:
                late.append((page.url, one["role"], top))
    assert (late, wide, covered) == ([], [], [])


@pytest.mark.slow
def test_no_page_has_a_barrier_in_light_or_dark(browser: Any, whole: Any) -> None:
    address, pages = whole
    seen = {one["name"]: one for one in pages}
    assert len(seen) > 180
    found = []
    for page, one in _opened(browser, address, list(seen.values())):
        if page.evaluate(WIDE) > 0:
            found.append((one["address"], "wider than the phone"))
        for theme, rules in (("light", ()), ("dark", ("color-contrast",))):
            page.evaluate("theme => document.documentElement.setAttribute('data-bs-theme', theme)", theme)
            found += [(one["address"], theme, *line) for line in barriers(page, rules)]
        shoot(page, f"every-{one['name']}")
    assert found == []


LATENCY, A_MILLISECOND = 400, 30  # of a bad line: milliseconds of one way and back, bytes of 30 kB/s
LINE = {"offline": False, "latency": LATENCY, "downloadThroughput": 30_000, "uploadThroughput": 30_000}
PAINT = "performance.getEntriesByName('first-contentful-paint')[0]?.startTime"
# Styles and scripts that came over the line and not from the device.
FETCHED = """performance.getEntriesByType('resource').filter(one => one.transferSize > 300)
  .map(one => one.name)"""
SENT = "performance.getEntriesByType('navigation')[0].transferSize"


def test_commonest_pages_of_a_village_show_within_a_second_on_a_bad_line(browser: Any, office: str) -> None:
    """By what the line has to carry until something shows: one question and its answer, on however busy a machine."""
    page = sign_in(browser, office, "operator", "phone", service_workers="block")
    line = page.context.new_cdp_session(page)
    line.send("Network.enable")
    line.send("Network.emulateNetworkConditions", LINE)
    for path in ("/", "/usulan/", "/orang/"):
        page.goto(f"{office}{path}")
        page.wait_for_function(PAINT)
        assert page.evaluate(PAINT) > LATENCY  # the line was slow indeed
        assert page.evaluate(FETCHED) == [], path
        assert LATENCY + page.evaluate(SENT) / A_MILLISECOND < 1000, path
    page.context.close()
