"""Reading guides: chapters, the pages that they are about, and what a browser shows. Text in, HTML out."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from importlib.resources import files

from django.templatetags.static import static
from markdown_it import MarkdownIt

FOLDER = "payung.office.handbook"
PICTURES = "gambar/"  # how a guide names its pictures: those of static/handbook, taken by the browser tests
PAGES = re.compile(r"^<!-- halaman: ([a-z_, ]+) -->\n", re.MULTILINE)
HEADING = re.compile(r"^(#{1,2}) (.+)$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Chapter:
    """A chapter: its title, its place in the page, and beginnings of the names of the pages that it is about."""

    title: str
    key: str
    pages: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Guide:
    """A guide: its code, its title, the roles that it is for, its chapters and its HTML."""

    code: str
    title: str
    roles: tuple[str, ...]
    chapters: tuple[Chapter, ...]
    html: str
    text: str

    def chapter_of(self, page: str) -> Chapter | None:
        """Return the chapter about the page called ``page``: the one that names the longest beginning of its name."""
        found = [
            (len(one), chapter) for chapter in self.chapters for one in chapter.pages if page.startswith(one)
        ]
        return max(found, key=lambda pair: pair[0])[1] if found else None


# Guide → the roles that it is for, in the order of the list of guides.
GUIDES: dict[str, tuple[str, ...]] = {
    "umum": (),
    "desa": ("kades", "operator"),
    "rt": ("ketua_rt", "perisai"),
    "camat": ("camat",),
    "dinas": ("dinsos", "dpmd", "disnaker"),
    "bendahara": ("bkad",),
    "bpjs": ("bpjs",),
    "bupati": ("bupati",),
    "donatur": ("donatur",),
    "inspektorat": ("inspektorat",),
    "admin": ("admin",),
}


def slug(title: str) -> str:
    """Return how an address names a title."""
    return "-".join(re.findall(r"[a-z0-9]+", title.lower()))


def read(code: str, text: str) -> Guide:
    """Return the guide that ``text`` is. Nothing in it runs: HTML is shown as it is written."""
    about: dict[str, tuple[str, ...]] = {}
    for found in PAGES.finditer(text):
        after = HEADING.search(text, found.end())
        if after:
            about[after.group(2)] = tuple(one.strip() for one in found.group(1).split(","))
    plain = PAGES.sub("", text)
    parser = MarkdownIt("commonmark", {"html": False}).enable("table")
    tokens = parser.parse(plain)
    chapters, title = [], code
    for place, token in enumerate(tokens):
        if token.type == "heading_open" and token.tag in ("h1", "h2"):
            named = tokens[place + 1].content
            if token.tag == "h1":
                title, token.tag, tokens[place + 2].tag = named, "h2", "h2"
            chapters.append(Chapter(named, slug(named), about.get(named, ())))
            token.attrSet("id", slug(named))
        for child in token.children or ():
            if child.type == "image":
                name = str(child.attrGet("src")).removeprefix(PICTURES)
                child.attrs = {
                    "src": static(f"handbook/{name}"),
                    "loading": "lazy",
                    "width": 195,
                    "height": 320,
                }
                child.attrSet("alt", "")
        if token.type == "table_open":
            token.attrSet("class", "table")
    html = parser.renderer.render(tokens, parser.options, {})
    return Guide(code, title, GUIDES[code], tuple(chapters), html, plain)


@functools.cache
def guides() -> dict[str, Guide]:
    """Return every guide by its code."""
    folder = files(FOLDER).joinpath("panduan")
    return {code: read(code, folder.joinpath(f"{code}.md").read_text("utf-8")) for code in GUIDES}


def guide_for(roles: list[str]) -> str:
    """Return the guide of somebody with ``roles``: the first that is for one of them."""
    return next((code for code, of in GUIDES.items() if set(of) & set(roles)), "umum")
