"""Every role has a guide; what a guide links to opens for the roles that it is for; pages lead to their chapter."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.urls import get_resolver, resolve

from payung.office.access.roles import ROLES
from payung.office.handbook.rules import GUIDES, guides, read

pytestmark = pytest.mark.django_db
NAMES = [str(page.name) for page in get_resolver().url_patterns]  # type: ignore[union-attr]


def test_every_role_has_one_guide() -> None:
    told = [role for roles in GUIDES.values() for role in roles]
    assert sorted(told) == sorted(set(ROLES))


@pytest.mark.parametrize("code", GUIDES)
def test_what_a_guide_names_is_there_and_opens_for_its_roles(code: str) -> None:
    guide = guides()[code]
    assert guide.title.startswith("Untuk")
    for chapter in guide.chapters:
        for one in chapter.pages:
            assert any(name.startswith(one) for name in NAMES), one
    links = re.findall(r"\]\((/[^)]*)\)", guide.text)
    assert links or code == "rt"
    for link in links:
        rule = resolve(link).func.rule  # type: ignore[attr-defined]
        roles = guide.roles or tuple(ROLES)
        opens = rule.kind != "permission" or any(
            set(rule.permissions) & ROLES[role].permissions for role in roles
        )
        assert opens, link


def test_nothing_in_a_guide_runs() -> None:
    found = read("umum", "# A\n\n<script>alert(1)</script>\n\n[x](javascript:alert(1))\n")
    assert "<script>" not in found.html
    assert 'href="javascript' not in found.html


@pytest.mark.parametrize("role", ROLES)
def test_pages_lead_to_their_chapter(role: str, make_user: Any, sign_in: Any) -> None:
    client = sign_in(make_user(role))
    own = next(code for code, roles in GUIDES.items() if role in roles)
    for name in ("home", "me", "insight_summary", "nothing", ""):
        answer = client.get("/bantuan/", {"dari": name})
        assert answer.status_code == 302
        assert answer.headers["Location"].split("#")[0].removeprefix("/bantuan/panduan/?untuk=") in {
            own,
            "umum",
        }
        assert client.get(answer.headers["Location"]).status_code == 200
    assert client.get("/bantuan/panduan/?untuk=x").status_code == 404
    assert "/bantuan/?dari=me" in client.get("/saya/").content.decode()


def test_the_chapter_about_a_page_is_the_one_that_names_it_best(make_user: Any, sign_in: Any) -> None:
    client = sign_in(make_user("dinsos"))
    ways = {
        "decree_new": "dinas#sk-dan-lampirannya",
        "letter_list": "umum#surat",
        "reconcile_home": "dinas#menutup-bulan",
    }
    for name, where in ways.items():
        assert (
            client.get("/bantuan/", {"dari": name}).headers["Location"] == f"/bantuan/panduan/?untuk={where}"
        )
