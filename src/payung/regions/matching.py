"""Which village a row of a list means, and how sure that is.

A name decides only where it occurs once within what is known (the sub-district and district that the row
names, or the area that the caller gives). A code decides only where the name beside it agrees, because a BPS
code looks like a Kemendagri code and means another place (Gunung Mas is 62.10 here and 6211 there). Where
they do not agree, nothing is guessed: the answer says what each of them points to.
"""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import polars as pl

from payung.regions.codes import dotted, parent
from payung.regions.names import key, keys, stated_kind
from payung.said import kept
from payung.text import Text

if TYPE_CHECKING:
    from payung.regions.gazetteer import Gazetteer, Region

Status = Literal["certain", "ambiguous", "none", "conflict"]


@dataclass(frozen=True, slots=True)
class Match:
    """Which place a row means.

    Fields
        status: ``certain`` (one village), ``ambiguous`` (several, or one that nothing confirms), ``none`` (no
            village of that name here), ``conflict`` (code and name, or village and sub-district, disagree).
        village, subdistrict, regency: dotted codes as far as they are certain, else ``None``.
        candidates: every village that the row can mean; for ``none`` villages with a name that looks alike.
        reason: one sentence; tells what to do where the status is not ``certain``.
    """

    status: Status
    village: str | None
    subdistrict: str | None
    regency: str | None
    candidates: tuple[Region, ...]
    reason: Text


def match(
    gazetteer: Gazetteer,
    *,
    village: str | None = None,
    subdistrict: str | None = None,
    regency: str | None = None,
    code: str | None = None,
    within: str | None = None,
) -> Match:
    """Return which village the names and the code mean.

    ``village``, ``subdistrict`` and ``regency`` are names as written, with or without "Desa", "Kec.", "Kab.";
    ``code`` is a code as written; ``within`` is the code of the area that the list is about.
    """
    village, subdistrict, regency, code = (_text(value) for value in (village, subdistrict, regency, code))
    area = within = (dotted(within) or within) if within else None
    if regency is not None:
        regencies = [one.code for one in gazetteer.named(regency, "regency")]
        if within is not None and len(within) >= len("00.00"):
            if regencies and within[:5] not in regencies:
                return _conflict_regency(gazetteer, regency, within)
        else:
            inside = [one for one in regencies if _inside(one, within)]
            if not inside:
                return _conflict_regency(gazetteer, regency, within)
            area = inside[0] if len(inside) == 1 else within
    places = [] if subdistrict is None else gazetteer.named(subdistrict, "subdistrict", within=area)
    if code is not None:
        by_code = gazetteer.village(code)
        if by_code is not None and _inside(by_code.code, area):
            return _with_code(gazetteer, by_code, village, subdistrict, places, area)
        # Outside the area or no code of the ministry: not believed, the name decides.
    return _by_name(gazetteer, village, subdistrict, places, area, code)


def match_frame(
    gazetteer: Gazetteer,
    rows: pl.DataFrame,
    *,
    village: str | None = "village",
    subdistrict: str | None = "subdistrict",
    regency: str | None = None,
    code: str | None = None,
    within: str | None = None,
) -> pl.DataFrame:
    """Return ``rows``, in order, with ``village_code``, ``subdistrict_code``, ``regency_code``,
    ``region_status`` and ``region_reason`` (see :func:`payung.said.kept`) added.

    The arguments name the text columns that hold each part (``None``: there is no such column). Only distinct
    combinations are looked up, so a million rows of one district cost little more than its villages.
    """
    parts = {"village": village, "subdistrict": subdistrict, "regency": regency, "code": code}
    named = {part: column for part, column in parts.items() if column is not None}
    columns = list(dict.fromkeys(named.values()))
    distinct = rows.select(columns).unique().sort(columns)
    found = [
        match(gazetteer, **{part: row[column] for part, column in named.items()}, within=within)
        for row in distinct.iter_rows(named=True)
    ]
    answers = distinct.with_columns(
        pl.Series("village_code", [one.village for one in found], dtype=pl.String),
        pl.Series("subdistrict_code", [one.subdistrict for one in found], dtype=pl.String),
        pl.Series("regency_code", [one.regency for one in found], dtype=pl.String),
        pl.Series("region_status", [one.status for one in found], dtype=pl.String),
        pl.Series("region_reason", [kept(one.reason) for one in found], dtype=pl.String),
    )
    return rows.join(answers, on=columns, how="left", nulls_equal=True, maintain_order="left")


def _text(value: str | None) -> str | None:
    """Return ``value``, or ``None`` where it has no letter or digit."""
    return value if value is not None and key(value) else None


def _inside(code: str, area: str | None) -> bool:
    return not area or code == area or code.startswith(area + ".")


def _conflict_regency(gazetteer: Gazetteer, regency: str, within: str | None) -> Match:
    here = gazetteer.find(within[:5]) if within else None
    place = here.name if here else within or "Indonesia"
    return Match(
        "conflict",
        None,
        None,
        None,
        (),
        Text(
            f"Baris menyebut kabupaten/kota {regency!r}, daftar ini untuk {place}: periksa alamatnya.",
            f"The row names the district {regency!r} while this list is for {place}: check the address.",
        ),
    )


def _with_code(
    gazetteer: Gazetteer,
    by_code: Region,
    village: str | None,
    subdistrict: str | None,
    places: list[Region],
    area: str | None,
) -> Match:
    """Decide where the code belongs to a village of the area."""
    above = parent(by_code.code)
    fits_place = any(place.code == above for place in places)
    fits_name = village is not None and bool(
        set(keys(village, "village")) & set(keys(by_code.name, "village"))
    )
    if (fits_name and (subdistrict is None or fits_place)) or (village is None and fits_place):
        return _certain(by_code, Text("Kode dan nama sesuai.", "Code and name agree."))
    if village is None and subdistrict is None:
        return Match(
            "ambiguous",
            None,
            None,
            None,
            (by_code,),
            Text(
                f"Kode {by_code.code} tanpa nama tidak dipakai (kode BPS mirip dan berarti tempat lain): "
                "isi nama desa.",
                f"The code {by_code.code} without a name is not used (BPS codes look alike and mean other "
                "places): fill in the village name.",
            ),
        )
    named = _by_name(gazetteer, village, subdistrict, places, area, None)
    told = " / ".join(part for part in (village, subdistrict) if part)
    return Match(
        "conflict",
        None,
        None,
        None,
        (by_code, *(region for region in named.candidates if region != by_code and named.status != "none")),
        Text(
            f"Kode {by_code.code} adalah {by_code.name}, sedangkan namanya {told!r}: betulkan salah satunya.",
            f"The code {by_code.code} is {by_code.name} while the name is {told!r}: mend one of them.",
        ),
    )


def _by_name(
    gazetteer: Gazetteer,
    village: str | None,
    subdistrict: str | None,
    places: list[Region],
    area: str | None,
    code: str | None,
) -> Match:
    """Decide by the names alone."""
    doubt = _doubt(gazetteer, code)
    place = places[0].code if len(places) == 1 else None
    if place is None and subdistrict is None and area and len(area) == len("00.00.00"):
        place = area
    known_area = place or (area if area and len(area) >= len("00.00") else None)
    regency = known_area[:5] if known_area else None
    if village is None:
        return Match(
            "none",
            None,
            place,
            regency,
            (),
            Text(f"Nama desa tidak diisi.{doubt.id}", f"The village name is not filled in.{doubt.en}"),
        )
    here = gazetteer.named(village, "village", within=area)
    if subdistrict is not None:
        inside = [one for one in here if any(parent(one.code) == at.code for at in places)]
        if not inside and here:
            return _conflict_place(here, village, subdistrict, places, regency)
        here = inside
    if len(here) > 1:
        kind = stated_kind(village)
        here = [one for one in here if one.kind == kind] or here
    if len(here) == 1:
        where = subdistrict is not None
        return _certain(
            here[0],
            Text(
                ("Desa dan kecamatan sesuai." if where else "Nama hanya ada satu di wilayah ini.") + doubt.id,
                ("Village and sub-district agree." if where else "The name occurs once in this area.")
                + doubt.en,
            ),
        )
    if here:
        listed = ", ".join(f"{one.code} {one.name}" for one in here[:4])
        return Match(
            "ambiguous",
            None,
            place,
            regency,
            tuple(here),
            Text(
                f"Nama desa {village!r} ada {len(here)} ({listed}): isi kecamatan atau kodenya.{doubt.id}",
                f"The village name {village!r} occurs {len(here)} times ({listed}): "
                f"fill in the sub-district or the code.{doubt.en}",
            ),
        )
    return _none(gazetteer, village, place or area, place, regency, doubt)


def _doubt(gazetteer: Gazetteer, code: str | None) -> Text:
    """Say that a code was not believed; empty where there is none."""
    if code is None:
        return Text("", "")
    known = gazetteer.find(code)
    what = Text(f"itu {known.name}", f"it is {known.name}") if known else Text("tidak dikenal", "not known")
    return Text(f" Kode {code} tidak dipakai ({what.id}).", f" The code {code} is not used ({what.en}).")


def _conflict_place(
    here: list[Region], village: str, subdistrict: str, places: list[Region], regency: str | None
) -> Match:
    listed = ", ".join(f"{one.code} {one.name}" for one in here[:4])
    if places:
        message = Text(
            f"Desa {village!r} tidak ada di kecamatan {subdistrict!r}, tetapi ada di tempat lain ({listed}).",
            f"Village {village!r} is not in sub-district {subdistrict!r}, but it is elsewhere ({listed}).",
        )
    else:
        message = Text(
            f"Kecamatan {subdistrict!r} tidak dikenal di wilayah ini; desa {village!r} ada ({listed}).",
            f"Sub-district {subdistrict!r} is not known in this area; village {village!r} is ({listed}).",
        )
    return Match("conflict", None, None, regency, tuple(here), message)


def _none(
    gazetteer: Gazetteer, village: str, area: str | None, place: str | None, regency: str | None, doubt: Text
) -> Match:
    alike: list[Region] = []
    if area and len(area) >= len("00.00"):
        known = gazetteer.scope(area).villages
        for near in difflib.get_close_matches(keys(village, "village")[-1], sorted(known), n=3, cutoff=0.8):
            for code in known[near]:
                region = gazetteer.village(code)
                if region is not None and region not in alike:
                    alike.append(region)
    hint = f" Mungkin {', '.join(one.name for one in alike)}?" if alike else ""
    hint_en = f" Perhaps {', '.join(one.name for one in alike)}?" if alike else ""
    return Match(
        "none",
        None,
        place,
        regency,
        tuple(alike),
        Text(
            f"Desa {village!r} tidak ada di wilayah ini.{hint}{doubt.id}",
            f"There is no village {village!r} in this area.{hint_en}{doubt.en}",
        ),
    )


def _certain(region: Region, reason: Text) -> Match:
    above = parent(region.code)
    return Match("certain", region.code, above, parent(above), (region,), reason)
