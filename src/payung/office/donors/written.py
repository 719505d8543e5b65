"""Pledges, and lines made of them, as a person writes them: entries of a YAML file."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from payung.errors import InputError
from payung.office.desk.entries import coded, day, given, known, listed, whole, wrong
from payung.office.desk.numbers import key_of
from payung.office.donors.actions import Promise
from payung.office.donors.models import Pledge
from payung.office.donors.states import GIVERS, Scheme
from payung.office.programme.rules import months_of
from payung.office.programme.written import LINE_WORDS
from payung.text import Text

PLEDGE = ("pledge", "janji")  # the word of a line that is made of a pledge
# Word of the file → what it is called here.
PLEDGE_WORDS = {
    **dict.fromkeys(("donor", "donatur"), "donor"),
    **dict.fromkeys(("number", "nomor"), "number"),
    **dict.fromkeys(("scheme", "melalui"), "scheme"),
    **dict.fromkeys(("source", "sumber"), "source"),
    **dict.fromkeys(("signed_on", "signed", "date", "tanggal"), "signed_on"),
    **dict.fromkeys(("amount", "jumlah"), "amount"),
    **dict.fromkeys(("months", "bulan"), "months"),
    **dict.fromkeys(("people", "orang"), "people"),
    **dict.fromkeys(("months_each", "bulan_per_orang"), "months_each"),
    **dict.fromkeys(("areas", "wilayah"), "areas"),
    **dict.fromkeys(("categories", "kategori"), "categories"),
    **dict.fromkeys(("occupations", "pekerjaan"), "occupations"),
    **dict.fromkeys(("per_head", "batas_per_orang"), "per_head"),
    **dict.fromkeys(("note", "catatan"), "note"),
}
OF_LINES = {**LINE_WORDS, **dict.fromkeys(PLEDGE, "pledge")}
NEEDED = ("donor", "number", "source", "signed_on", "amount", "months")
LONGEST = {"donor": 150, "number": 120, "note": 300, "name": 120}
TAKEN_OVER = ("areas", "categories", "occupations", "per_head", "region_code", "payer", "agreement")


def pledge_of(entry: Mapping[str, Any], path: Path) -> tuple[str, Promise]:
    """Return the name of the donor and what it promised, as an entry of a file says it.

    Raises :class:`InputError` that names the file, the word and what may be written.
    """
    words = known(entry, PLEDGE_WORDS, path, NEEDED, longest=LONGEST)
    written = words["months"]
    first, last = months_of(written if isinstance(written, str) else listed(written))
    number = {
        name: whole(path, name, words[name]) if given(words.get(name)) else None
        for name in ("people", "months_each", "per_head")
    }
    source = coded(path, "source", type(GIVERS[0]), words["source"])
    if source not in GIVERS:
        allowed = ", ".join(GIVERS)
        raise wrong(path, "source", str(source), f"salah satu dari {allowed}", f"one of {allowed}")
    return " ".join(str(words["donor"]).split()), Promise(
        number=str(words["number"]),
        scheme=coded(path, "scheme", Scheme, words.get("scheme") or Scheme.DIRECT),
        source=source,
        signed_on=day(path, "signed_on", words["signed_on"]),
        amount=whole(path, "amount", words["amount"]),
        from_month=first,
        until_month=last,
        people=number["people"],
        months=number["months_each"],
        areas=listed(words.get("areas")),
        categories=listed(words.get("categories")),
        occupations=listed(words.get("occupations")),
        per_head=number["per_head"],
        note=str(words.get("note", "")),
    )


def names_pledge(entry: Mapping[str, Any]) -> bool:
    """Return whether an entry of a file of lines is made of a pledge."""
    return any(given(entry.get(word)) for word in PLEDGE)


def line_of(entry: Mapping[str, Any], path: Path) -> dict[str, Any]:
    """Return a line that is made of a pledge as keywords of ``actions.open_line``.

    Source, payer and restrictions are those of the pledge: written otherwise they are refused.
    """
    words = known(entry, OF_LINES, path, ("pledge", "name", "amount"), longest=LONGEST)
    pledge = find_pledge(str(words["pledge"]))
    if named := [name for name in TAKEN_OVER if given(words.get(name))]:
        raise InputError(
            Text(
                f"{path.name}: {words['name']} mengikuti janji {pledge}: hapus {', '.join(named)}.",
                f"{path.name}: {words['name']} follows the pledge {pledge}: remove {', '.join(named)}.",
            ),
            at=named[0],
        )
    if given(words.get("source")) and str(words["source"]).lower() != str(pledge.source):
        raise wrong(path, "source", str(words["source"]), f"{pledge.source}", f"{pledge.source}")
    first, last = pledge.from_month, pledge.until_month
    if given(words.get("months")):
        written = words["months"]
        first, last = months_of(written if isinstance(written, str) else listed(written))
    elif given(words.get("year")):
        first, last = months_of(f"{words['year']}-01..{words['year']}-12")
        first, last = max(first, pledge.from_month), min(last, pledge.until_month)
    return {
        "pledge": pledge,
        "name": str(words["name"]),
        "amount": whole(path, "amount", words["amount"]),
        "from_month": first,
        "until_month": last,
    }


def find_pledge(asked: str) -> Pledge:
    """Return the only pledge of this number, or the one with this id. Raises :class:`InputError`."""
    standing = Pledge.objects.select_related("donor")
    found = list(standing.filter(number=asked.strip())[:2])
    if not found and (key := key_of(asked)) is not None:
        found = list(standing.filter(pk=key))
    if len(found) != 1:
        there = ", ".join(f"{one.pk} ({one.donor} {one.number})" for one in standing[:10])
        raise InputError(
            Text(
                f"Janji {asked!r} tidak ada (atau lebih dari satu). Yang ada: {there or '–'}.",
                f"There is no pledge {asked!r} (or more than one). There are: {there or '–'}.",
            ),
            at="pledge",
        )
    return found[0]
