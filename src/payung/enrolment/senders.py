"""Which village sent a list that does not say so: read from the names of its file and folders.

Officers keep lists as `Kapuas Murung/BIP Palingkau Sejahtera.xlsx`. A folder that is called like a sub-district,
and a file that names exactly one village of it, say where the list comes from. Rows that name their village keep
it; where the path is not clear nothing is filled in. What was filled in is told in the summary.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePosixPath

import polars as pl

from payung.regions import Gazetteer
from payung.regions.names import key

LONGEST_NAME = 5  # words of a village name
REGENCY = 5  # letters of a regency's code, "62.03"


@dataclass(frozen=True, slots=True)
class Sender:
    """Where a file comes from. Codes as far as its path is clear, else ``None``."""

    district: str | None
    village: str | None


def area_of(listings: pl.DataFrame) -> str | None:
    """Return the code of the regency that more than three quarters of the rows with a known place lie in, or ``None``.

    Fewer are no list that strayed in: several districts that are covered together.
    """
    place = pl.coalesce("village_code", "district_code").str.slice(0, 5)
    counts = listings.select(place.alias("code")).drop_nulls().group_by("code").len().sort("len", "code")
    return (
        str(counts["code"][-1]) if counts.height and 4 * counts["len"][-1] > 3 * counts["len"].sum() else None
    )


def regency_of(listings: pl.DataFrame) -> str | None:
    """Return the code of the regency that most rows lie in, or ``None`` where no row names its village."""
    codes = listings["village_code"].drop_nulls().str.slice(0, 5)
    return None if codes.is_empty() else str(codes.mode().sort()[0])


def sender_of(file: str, regency: str, regions: Gazetteer) -> Sender:
    """Return the sub-district and the village that the path ``file`` names below ``regency``."""
    path = PurePosixPath(file)
    districts = {
        region.code
        for folder in path.parts[:-1]
        for region in regions.named(folder, "subdistrict", within=regency)
    }
    district = districts.pop() if len(districts) == 1 else None
    area = district or regency
    words = path.stem.replace("_", " ").replace("-", " ").split()
    titles = {key(region.name) for region in regions.subdistricts(regency)}
    for length in range(min(LONGEST_NAME, len(words)), 0, -1):
        phrases = {" ".join(words[at : at + length]) for at in range(len(words) - length + 1)}
        found = {
            region.code
            for phrase in phrases
            if key(phrase) not in titles
            for region in regions.named(phrase, "village", within=area)
        }
        if found:
            return Sender(district, found.pop() if len(found) == 1 else None)
    return Sender(district, None)


def with_senders(
    listings: pl.DataFrame, regions: Gazetteer, area: str | None = None
) -> tuple[pl.DataFrame, dict[str, str], pl.Series]:
    """Return ``listings`` with village_code and district_code filled in from the paths, what was filled, who is asked.

    The second value maps a file to the code that its path gave to some of its rows; the third are the records whose
    village has the name of several and says no sub-district. ``area`` is the district (or province) whose people are
    covered, where somebody said so.
    """
    regency = regency_of(listings) or (area if area and len(area) == REGENCY else None)
    unknown = listings.filter(pl.col("village_code").is_null())
    nobody = pl.Series("record", [], dtype=pl.String)
    if regency is None or unknown.is_empty():
        return listings, {}, nobody
    asked = unknown.select("file", "village", "district").unique().sort("file", "village", "district")
    answers: list[tuple[str | None, str | None, bool]] = []
    for row in asked.iter_rows(named=True):
        sender = sender_of(row["file"], regency, regions)
        if row["village"] is None:
            answers.append((sender.village, sender.district, False))
            continue
        area = sender.district or regency
        match = regions.match(village=row["village"], subdistrict=row["district"], within=area)
        sure = match.village if match.status == "certain" else None
        alike = match.status == "ambiguous" and len(match.candidates) > 1 and row["district"] is None
        answers.append((sure, sender.district if sure else None, alike))
    filled = asked.with_columns(
        pl.Series("_village", [village for village, _, _ in answers], dtype=pl.String),
        pl.Series("_district", [district for _, district, _ in answers], dtype=pl.String),
        pl.Series("_several", [several for _, _, several in answers], dtype=pl.Boolean),
    )
    joined = listings.join(
        filled, on=["file", "village", "district"], how="left", nulls_equal=True, maintain_order="left"
    )
    told = filled.with_columns(pl.coalesce("_village", "_district").alias("code")).drop_nulls("code")
    nowhere = pl.col("village_code").is_null() & pl.col("district_code").is_null()
    several = joined.filter(pl.col("_several").fill_null(False) & nowhere)["record"]
    result = joined.with_columns(
        pl.coalesce("village_code", "_village").alias("village_code"),
        pl.coalesce("district_code", pl.col("_village").str.slice(0, 8), "_district").alias("district_code"),
    ).drop("_village", "_district", "_several")
    codes = dict(sorted(told.select("file", "code").unique("file", keep="first").iter_rows()))
    return result, codes, several
