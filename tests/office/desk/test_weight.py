"""What a page weighs on the line: 150 kB at the first visit, and so little afterwards that it shows within a second."""

from __future__ import annotations

import gzip
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.contrib.staticfiles import finders
from django.test import Client
from officeworld import VILLAGE, listing
from thingsworld import PAGES, address_of, things_of

from payung.office.service.assets import FILES, VENDOR

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(
        not all((VENDOR / name).exists() for name in FILES),
        reason="styles and scripts are not here: run `make setup` (payung assets)",
    ),
]
FIRST_VISIT = 150_000  # bytes
LINE, ROUND_TRIP, DRAWING = (
    30_000,
    0.4,
    0.15,
)  # bytes a second; seconds until an answer begins, and to draw it
LATER = int((1 - ROUND_TRIP - DRAWING) * LINE)  # bytes that leave a page shown within a second
SHORT = 300  # bytes: parts of a page that are not worth compressing
LAZY = re.compile(r'<img [^>]*loading="lazy"[^>]*>')  # comes when it is scrolled to
PARTS = re.compile(r'(?:href|src)="/static/([^"?]+)"')


@pytest.fixture
def opened(make_people: Callable[..., Any], make_user: Any, sign_in: Any) -> Callable[[str], dict[str, Any]]:
    """Open every page of one role in a village of a full list, as a browser asks for them; answers by name."""
    person, holder = make_people(
        listing(1, kk="6203990101100001"), listing(11, category="kepala_desa"), village=VILLAGE
    )
    make_people(*[listing(n, name=f"Orang Rekaan {n}", category="bpd") for n in range(100, 170)])
    things = things_of(VILLAGE, person, holder)

    def open_all(role: str) -> dict[str, Any]:
        client: Client = sign_in(make_user(role))
        found = {}
        for page in PAGES:
            if page.name in {"account_logout", "language"}:
                continue
            answer = client.get(address_of(page, things), headers={"accept-encoding": "gzip"})
            if answer.status_code == 200 and answer.headers["Content-Type"].startswith("text/html"):
                found[str(page.name)] = answer
        return found

    return open_all


def _parts(page: str) -> int:
    """Return what the styles and scripts of a page weigh on the line, compressed as they are served."""
    total = 0
    for name in set(PARTS.findall(LAZY.sub("", page))):
        path = finders.find(name)
        assert path, name
        total += len(gzip.compress(Path(str(path)).read_bytes(), 9))
    return total


@pytest.mark.parametrize("role", ["operator", "dpmd"])
def test_every_page_is_light_at_the_first_visit_and_quick_afterwards(opened: Any, role: str) -> None:
    pages = opened(role)
    assert len(pages) > 100
    heavy, slow = [], []
    for name, answer in pages.items():
        sent = len(answer.content)
        if answer.headers.get("Content-Encoding") == "gzip":
            whole = gzip.decompress(answer.content).decode()
        else:
            assert sent < SHORT, name
            whole = answer.content.decode()
        if (first := sent + _parts(whole)) > FIRST_VISIT:
            heavy.append((name, first))
        if sent > LATER:
            slow.append((name, sent))
    assert (heavy, slow) == ([], [])


def test_only_pages_are_compressed(make_user: Any, sign_in: Any, make_people: Callable[..., Any]) -> None:
    make_people(*[listing(n) for n in range(1, 60)])
    client = sign_in(make_user("dpmd"))
    asked = {"accept-encoding": "gzip"}
    assert client.get("/orang/", headers=asked).headers["Content-Encoding"] == "gzip"
    assert "Content-Encoding" not in client.get("/orang/").headers
    taken = client.post("/orang/", {"alasan": "rapat", "bentuk": "csv"}, headers=asked)
    assert "Content-Encoding" not in taken.headers
    assert "Content-Encoding" not in client.get("/api/v1/openapi.json", headers=asked).headers
