"""The gazetteer: every region by its code, and every region that a written name can mean."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import polars as pl

from payung.errors import MissingDataError
from payung.regions.codes import Kind, Level, dotted, kind_of, level_of, parent
from payung.regions.names import keys, stated_kind
from payung.text import Text

if TYPE_CHECKING:
    from payung.regions.matching import Match

#: Made by set-up (``payung regions build``), not kept in the repository.
COMPACT_FILE = Path(__file__).with_name("wilayah.parquet")


class Region(NamedTuple):
    """One place.

    Fields
        code: dotted Kemendagri code.
        name: official name.
        level: province, regency (kabupaten or kota), subdistrict (kecamatan), village.
    """

    code: str
    name: str
    level: Level

    @property
    def kind(self) -> Kind | None:
        """Whether a village is a desa or kelurahan, a district a kabupaten or kota; ``None`` at other levels."""
        return kind_of(self.code)


class Scope(NamedTuple):
    """The regions below one code, by level and key. Codes are in order."""

    regencies: dict[str, tuple[str, ...]]
    subdistricts: dict[str, tuple[str, ...]]
    villages: dict[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """All regions of one edition of the list. Make it with :meth:`load`; it is cheap until it is asked.

    Fields
        source: name and version of the list that it was made from.
    """

    source: str
    _table: pl.DataFrame = field(repr=False)
    # Filled when first asked for: province code -> code -> name, and code (or "") -> what is below it.
    _names: dict[str, dict[str, str]] = field(repr=False, default_factory=dict)
    _scopes: dict[str, Scope] = field(repr=False, default_factory=dict)

    @classmethod
    def load(cls, path: Path | None = None) -> Gazetteer:
        """Return the gazetteer of the compact file ``path`` (default: the one that set-up made).

        Raises :class:`MissingDataError` where the file is not there.
        """
        place = path or COMPACT_FILE
        try:
            table = pl.read_parquet(place)
            source = pl.read_parquet_metadata(place).get("source", "")
        except FileNotFoundError:
            raise MissingDataError(
                Text(
                    f"Daftar kode wilayah tidak ada ({place}): jalankan `make setup`.",
                    f"The list of region codes is not there ({place}): run `make setup`.",
                )
            ) from None
        return cls(source, table)

    # by code

    def find(self, code: str) -> Region | None:
        """Return the region of any level with this code (dotted or not), or ``None`` where there is none."""
        text = dotted(code)
        if text is None:
            return None
        name = self._province(text[:2]).get(text)
        return None if name is None else Region(text, name, level_of(text))

    def village(self, code: str) -> Region | None:
        """Return the village with this code, or ``None``."""
        return self._at(code, "village")

    def subdistrict(self, code: str) -> Region | None:
        """Return the sub-district (kecamatan) with this code, or ``None``."""
        return self._at(code, "subdistrict")

    def regency(self, code: str) -> Region | None:
        """Return the district (kabupaten or kota) with this code, or ``None``."""
        return self._at(code, "regency")

    def regencies(self, within: str) -> list[Region]:
        """Return the districts at or below ``within`` in the order of their codes."""
        return self._below(within, "regency")

    def villages(self, within: str) -> list[Region]:
        """Return the villages below ``within`` in the order of their codes."""
        return self._below(within, "village")

    def subdistricts(self, within: str) -> list[Region]:
        """Return the sub-districts below ``within`` in the order of their codes."""
        return self._below(within, "subdistrict")

    def path(self, code: str) -> list[Region]:
        """Return the region with this code and all above it, the province first; empty where unknown."""
        found: list[Region] = []
        region = self.find(code)
        while region is not None:
            found.insert(0, region)
            region = self.find(parent(region.code)) if parent(region.code) else None
        return found

    # by name

    def named(self, name: str, level: Level, *, within: str | None = None) -> list[Region]:
        """Return every region of ``level`` below ``within`` that ``name`` can mean, in the order of codes.

        In front of a district's name "Kab." and "Kota" tell apart only what has the same name.
        """
        scope = self.scope(within)
        index = {"regency": scope.regencies, "subdistrict": scope.subdistricts, "village": scope.villages}[
            level
        ]
        codes = {code for key in keys(name, level) for code in index.get(key, ())}
        found = [region for code in sorted(codes) if (region := self.find(code)) is not None]
        if level != "regency":
            return found
        kind = stated_kind(name, level)
        return [region for region in found if region.kind == kind] or found

    def match(
        self,
        *,
        village: str | None = None,
        subdistrict: str | None = None,
        regency: str | None = None,
        code: str | None = None,
        within: str | None = None,
    ) -> Match:
        """Return which village a row means; see :func:`payung.regions.matching.match`."""
        from payung.regions.matching import match

        return match(
            self, village=village, subdistrict=subdistrict, regency=regency, code=code, within=within
        )

    def match_frame(
        self,
        rows: pl.DataFrame,
        *,
        village: str | None = "village",
        subdistrict: str | None = "subdistrict",
        regency: str | None = None,
        code: str | None = None,
        within: str | None = None,
    ) -> pl.DataFrame:
        """Return ``rows`` with the village of each; see :func:`payung.regions.matching.match_frame`."""
        from payung.regions.matching import match_frame

        return match_frame(
            self, rows, village=village, subdistrict=subdistrict, regency=regency, code=code, within=within
        )

    def scope(self, within: str | None) -> Scope:
        """Return the keys of everything at or below ``within`` (the whole country where ``None``)."""
        text = (dotted(within) or within) if within else ""
        if text not in self._scopes:
            self._scopes[text] = self._index(text)
        return self._scopes[text]

    # inside

    def _at(self, code: str, level: Level) -> Region | None:
        region = self.find(code)
        return region if region is not None and region.level == level else None

    def _below(self, within: str, level: Level) -> list[Region]:
        text = dotted(within)
        if text is None:
            return []
        return [
            Region(code, name, level)
            for code, name in self._province(text[:2]).items()
            if (code == text or code.startswith(text + ".")) and level_of(code) == level
        ]

    def _province(self, code: str) -> dict[str, str]:
        if code not in self._names:
            rows = self._table.filter(pl.col("code").str.starts_with(code))
            self._names[code] = dict(zip(rows["code"].to_list(), rows["name"].to_list(), strict=True))
        return self._names[code]

    def _index(self, within: str) -> Scope:
        code = pl.col("code")
        inside = (
            self._table.filter((code == within) | code.str.starts_with(within + "."))
            if within
            else self._table
        )
        long = inside.select(code, pl.col("keys").alias("key")).explode("key", empty_as_null=False)
        tables = []
        for length in (len("00.00"), len("00.00.00"), len("00.00.00.0000")):
            level = long.filter(code.str.len_bytes() == length).group_by("key").agg(code)
            tables.append(
                {
                    key: tuple(sorted(codes))
                    for key, codes in zip(level["key"], level["code"].to_list(), strict=True)
                }
            )
        return Scope(*tables)
