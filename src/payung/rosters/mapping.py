"""Which column is which field: heading and content together, with how sure and why."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from payung.codes import Field
from payung.rosters import forms, paths, whose
from payung.rosters.columns import CORRECTED, LEAST, Column
from payung.rosters.content import Profile, fit
from payung.rosters.fields import CORE
from payung.rosters.headings import Meaning, meaning, plain
from payung.said import Said

__all__ = ["CORRECTED", "LEAST", "Column", "map_columns", "read_heading"]

LEAST_NIKS = 5


def map_columns(
    headings: Sequence[tuple[int, str, str]],
    profiles: Mapping[int, Profile],
    corrections: Mapping[str, str] | None = None,
) -> tuple[Column, ...]:
    """Return every column with the field it holds.

    ``headings`` are (column number, cell, heading); ``corrections`` maps a plain heading to the field that
    somebody said it means, and wins over everything else.
    """
    headings = paths.as_groups(headings)
    asked = forms.recognise([heading for _, _, heading in headings])
    columns = []
    for position, (at, cell, text) in enumerate(headings):
        seen = profiles.get(at, Profile())
        heading = text.removesuffix(paths.CHOICE)
        if corrections and (said := corrections.get(plain(heading))):
            columns.append(Column(at, cell, heading, said, 1.0, CORRECTED))
        elif heading != text:
            columns.append(Column(at, cell, heading, "other", 0.9, Said("rosters.one_choice")))
        elif position in asked:
            field, form = asked[position]
            columns.append(Column(at, cell, heading, field, 0.9, Said("rosters.question_of", {"form": form})))
        else:
            columns.append(_judge(at, cell, heading, seen))
    columns = _in_context(whose.put_apart(columns), profiles)
    columns = _fill_gaps(columns, profiles)
    if not any(heading for _, _, heading in headings):
        columns = _name_by_content(columns, profiles)
    return tuple(_one_each(columns, profiles))


def _judge(at: int, cell: str, heading: str, seen: Profile) -> Column:
    said = read_heading(heading)
    if both := joined_field(said.field if said else "other", heading, seen):
        why = Said("rosters.cell_of_name_and_nik" if both == "name_nik" else "rosters.cell_of_nik_and_kk")
        return Column(at, cell, heading, both, 0.8, why)
    if said is None:
        return Column(at, cell, heading, "other", 0.3, Said("rosters.heading_not_known"))
    if said.field == "kk" and re.search(r"\bnik\b", plain(heading)) and seen.d16 > 0.5:
        if _niks_beyond_doubt(seen):
            return Column(at, cell, heading, "nik", 0.6, Said("rosters.headed_both_holds_niks"))
        return Column(at, cell, heading, "nik_kk", 0.5, Said("rosters.headed_both_not_clear"))
    field, suits = said.field, fit(said.field, seen)
    if field == "nik" and seen.filled >= 3 and suits < 0.3 and _is_staff_number(heading, seen):
        return Column(at, cell, heading, "employee_no", 0.8, Said("rosters.number_of_employee"))
    if field == "kk" and seen.filled >= 3 and suits < 0.2 and seen.name > 0.8:
        return Column(at, cell, heading, "household_head", 0.7, Said("rosters.headed_kk_holds_names"))
    if field == "birth_date" and seen.place_date > 0.5:
        return Column(at, cell, heading, "birth_place_date", 0.85, Said("rosters.place_and_date"))
    if field == "birth_place" and seen.place_date > 0.5:
        return Column(at, cell, heading, "birth_place_date", 0.85, Said("rosters.place_and_date"))
    if field == "birth_place_date" and seen.filled >= 3 and seen.place_date < 0.2:
        if max(seen.date, seen.serial) > 0.5:
            return Column(at, cell, heading, "birth_date", 0.8, Said("rosters.headed_both_holds_dates"))
        if seen.name > 0.7:
            return Column(at, cell, heading, "birth_place", 0.8, Said("rosters.headed_both_holds_places"))
    if field == "status" and seen.life > 0.5:
        return Column(at, cell, heading, "life_status", 0.9, Said("rosters.life_words"))
    if field == "sex" and seen.filled >= 3 and suits < 0.2 and seen.marital > 0.5:
        return Column(at, cell, heading, "marital", 0.7, Said("rosters.marital_words"))
    confidence = said.score * (0.4 + 0.6 * suits) if field != "other" else said.score
    why = said.why
    if field in CORE and seen.filled >= 3:
        why = Said("rosters.and_content_fits", {"heading": why, "share": f"{suits:.0%}"})
    return Column(at, cell, heading, field, round(confidence, 2), why)


_NAMED = frozenset({"name", "household_head", "name_nik"})
_NATIONAL = re.compile(r"\b(?:ktp|kependudukan|identitas|national)\b")


def _is_staff_number(heading: str, seen: Profile) -> bool:
    """Return whether a column headed NIK that holds no NIKs holds the numbers of an employer: short, and no phones."""
    return (
        not _NATIONAL.search(plain(heading))
        and seen.d16 < 0.1  # one NIK among rows of other things is enough
        and 3 <= seen.length <= 13
        and seen.phone <= 0.5
        and seen.name < 0.5
    )


def _niks_beyond_doubt(seen: Profile) -> bool:
    """Return whether numbers are people's and not families': all different, and women's among them."""
    return seen.filled >= LEAST_NIKS and seen.nik > 0.8 and seen.distinct > 0.95 and seen.woman_day > 0.1


def joined_field(field: str, heading: str, seen: Profile) -> str | None:
    """Return the field of cells that hold two identifiers each, or ``None``."""
    if seen.two_numbers > 0.5 and field in ("nik", "kk", "nik_or_kk", "other"):
        words = heading.lower()
        if not re.search(r"kk|keluarga", words) and seen.second_woman > 0.05:
            return None  # two people in one cell
        return "kk_nik" if 0 <= words.find("kk") < words.find("nik") else "nik_kk"
    if seen.name_number > 0.5 and field in ("name", "nik", "other", "household_head"):
        return "name_nik"
    return None


def read_heading(heading: str) -> Meaning | None:
    """Return what a heading means, whose parts over several rows are joined by `` / ``."""
    parts = heading.split(" / ")
    if len(parts) == 1:
        return meaning(heading)
    whole = meaning(" ".join(parts))
    last = meaning(parts[-1])
    turned = meaning(" ".join(reversed(parts)))
    for one in (whole, turned):
        if one and one.score == 1.0:
            return one
    if last and last.score == 1.0:
        # "Ayah / NIK" is the father's number, not the person's
        if last.field in ("nik", "name") and whole and whole.field not in ("nik", "name", "other"):
            return replace(whole, score=0.85)
        return last
    return whole or last or meaning(parts[0])


def _in_context(columns: list[Column], profiles: Mapping[int, Profile]) -> list[Column]:
    """Return the columns after looking at their neighbours."""
    fields = {column.field for column in columns}
    bps = any(
        column.field == "district_code" and profiles.get(column.at, Profile()).length == 3
        for column in columns
    ) or ("household_id" in fields and "village_code" in fields and "household_size" in fields)
    mended = []
    phones = 0
    for column in columns:
        seen = profiles.get(column.at, Profile())
        if bps and column.field in ("village_code", "district_code", "regency_code", "province_code"):
            column = replace(column, field=column.field + "_bps", why=Said("rosters.codes_of_bps"))
        elif column.field == "phone":
            phones += 1
            if phones > 1:
                column = replace(column, field="phone_alt", why=Said("rosters.second_phone"))
        elif (
            column.field == "birth_place" and plain(column.heading) == "tempat" and "birth_date" not in fields
        ):
            column = replace(column, field="other", why=Said("rosters.place_not_clear"))
        elif column.field == "nik_kk" and seen.two_numbers <= 0.5 and "nik" in fields:
            column = replace(column, field="kk", why=Said("rosters.nik_elsewhere"))
        elif (
            column.field == "seq"
            and plain(column.heading) != "no"
            and seen.filled >= 5
            and fit("seq", seen) < 0.3
        ):
            column = replace(column, field="other", why=Said("rosters.no_running_number"))
        mended.append(column)
    return mended


def _fill_gaps(columns: list[Column], profiles: Mapping[int, Profile]) -> list[Column]:
    """Give a field that no heading names to the column whose content shows it beyond doubt."""
    fields = {column.field for column in columns}
    mended = []
    for column in columns:
        seen = profiles.get(column.at, Profile())
        unknown = column.field == "other" and column.confidence <= 0.3 and seen.filled >= 3
        guess = guess_from_content(seen) if unknown else None
        if (
            guess
            and guess[0] not in fields
            and not (
                guess[0] in ("birth_date", "birth_place_date") and fields & {"birth_date", "birth_place_date"}
            )
        ):
            column = replace(
                column,
                field=guess[0],
                confidence=guess[1],
                why=Said("rosters.clear_from_content", {"field": Field.member(guess[0])}),
            )
            fields.add(guess[0])
        mended.append(column)
    return _name_where_none(mended, profiles) if not fields & _NAMED else mended


def _name_where_none(columns: list[Column], profiles: Mapping[int, Profile]) -> list[Column]:
    """Take the one unknown column of different names for the name in a list of NIKs that has no other."""
    if not any(column.field == "nik" for column in columns):
        return columns
    names = [
        column
        for column in columns
        if column.field == "other"
        and column.confidence <= 0.3
        and _like_names(profiles.get(column.at, Profile()))
    ]
    if len(names) != 1:
        return columns
    named = replace(names[0], field="name", confidence=0.5, why=Said("rosters.different_names"))
    return [named if column is names[0] else column for column in columns]


def _like_names(seen: Profile) -> bool:
    against = max(seen.job, seen.place, seen.sex, seen.marital, seen.life, seen.place_date)
    return (
        seen.filled >= 3 and seen.name > 0.85 and seen.distinct > 0.8 and seen.length >= 4 and against < 0.3
    )


def _name_by_content(columns: list[Column], profiles: Mapping[int, Profile]) -> list[Column]:
    """Give ``name``, and then address, place and job, to unnamed columns of a list without a heading."""

    def give(field: str, confidence: float, score: Callable[[Profile], float]) -> None:
        rest = [one for one in columns if one.field == "other" and profiles[one.at].filled >= 3]
        best = max(rest, key=lambda one: (score(profiles[one.at]), -one.at), default=None)
        if best is not None and score(profiles[best.at]) > 0.5:
            why = Said("rosters.no_headings_looks_like", {"field": Field.member(field)})
            columns[columns.index(best)] = replace(best, field=field, confidence=confidence, why=why)

    give(
        "birth_date",
        0.5,
        lambda seen: max(seen.date, seen.serial * 0.6) if not _has(columns, "birth_place_date") else 0.0,
    )
    give("job", 0.45, lambda seen: seen.job)
    give(
        "name",
        0.5,
        lambda seen: (
            seen.name
            * (0.4 + 0.6 * seen.distinct)
            * (seen.length >= 3)
            * (1 - max(seen.sex, seen.marital, seen.life))
        ),
    )
    give("address", 0.4, lambda seen: seen.place)
    return columns


def _has(columns: list[Column], field: str) -> bool:
    return any(column.field == field for column in columns)


def guess_from_content(seen: Profile) -> tuple[str, float] | None:
    """Return the field that the cells alone show, and how sure, or ``None``."""
    if seen.nik > 0.8 and (seen.woman_day > 0.1 or seen.distinct > 0.95) and seen.distinct > 0.8:
        return "nik", 0.6
    if seen.d16 > 0.8 and seen.woman_day < 0.05 and seen.distinct < 0.8:
        return "kk", 0.55
    if seen.place_date > 0.7:
        return "birth_place_date", 0.6
    if seen.sex > 0.9:
        return "sex", 0.6
    if seen.phone > 0.8 and seen.d16 < 0.1 and seen.date < 0.1 and seen.length >= 10:
        return "phone", 0.5
    if seen.job > 0.8 and seen.length > 3:
        return "job", 0.45
    return None


def _one_each(columns: list[Column], profiles: Mapping[int, Profile]) -> list[Column]:
    """Leave every field of a listing to its best column; the others are kept aside as ``other``."""

    def worth(column: Column) -> float:
        """A NIK that stands in most rows is somebody else's."""
        seen = profiles.get(column.at, Profile())
        repeated = column.field == "nik" and seen.filled >= 3 and seen.distinct < 0.5
        return column.confidence - 0.3 * repeated

    best: dict[str, Column] = {}
    for column in columns:
        holder = best.get(column.field)
        if (
            column.field in CORE
            and column.confidence >= LEAST
            and (holder is None or worth(column) > worth(holder))
        ):
            best[column.field] = column
    mended = []
    for column in columns:
        holder = best.get(column.field)
        if column.field in CORE and holder is not column:
            better = Said("rosters.other_column_better", {"cell": holder.cell}) if holder else None
            column = replace(
                column,
                field="other" if column.field not in ("wage", "note", "status") else column.field,
                why=better or Said("rosters.not_sure_enough"),
            )
        mended.append(column)
    return mended
