"""One noun for one thing: permissions and apps use the nouns of docs/glossary.md."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

from django.apps import apps

from payung.office.access.permissions import Permission

PAGE = Path(__file__).parents[2] / "docs/glossary.md"
NOUNS = set(re.findall(r"(?m)^\| ([a-z_]+) \|", PAGE.read_text("utf-8")))
# Rooms of the office that hold no thing of the domain.
ROOMS = {"access", "desk", "face", "front"}


def _known(word: str) -> bool:
    plural = (word, word.removesuffix("s"), word.removesuffix("es"), f"{word[:-3]}y")
    return word == "people" or any(one in NOUNS for one in plural)


def test_every_permission_is_about_a_noun_of_the_glossary() -> None:
    unknown = {permission.partition(".")[0] for permission in Permission} - NOUNS
    assert unknown == set()


def test_every_app_is_called_by_a_noun_of_the_glossary() -> None:
    ours = [app.label for app in apps.get_app_configs() if app.name.startswith("payung.office.")]
    assert [label for label in ours if not _known(label) and label not in ROOMS] == []


def test_the_glossary_names_each_noun_once() -> None:
    nouns = re.findall(r"(?m)^\| ([a-z_]+) \|", PAGE.read_text("utf-8"))
    assert len(nouns) == len(set(nouns))
    assert nouns[1:] == sorted(nouns[1:])  # the first is the heading


def test_the_page_of_the_office_tells_every_app_in_its_order() -> None:
    root = Path(__file__).parents[2]
    page = (root / "docs/office.md").read_text("utf-8")
    contracts = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"][
        "contracts"
    ]
    layers = next(one["layers"] for one in contracts if one.get("containers") == ["payung.office"])
    order = [app for layer in reversed(layers) for app in layer.split(" | ") if "demonstration" not in app]
    told = page[page.index("Apps import only those before them") :]
    assert re.findall(r"`(\w+)`(?: →|,|\.)", told[: told.index("\n\n")]) == order
    table = re.findall(
        r"(?m)^\| (`.*?`) \|", page[page.index("| app | holds |") : page.index("Beside the apps")]
    )
    assert {app for line in table for app in re.findall(r"`(\w+)`", line)} == set(order)
