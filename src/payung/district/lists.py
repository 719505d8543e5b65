"""Which list every person stands on, in which file, and the habits of the hand that wrote it."""

from __future__ import annotations

import numpy as np
import polars as pl

from payung.district.draws import Draws
from payung.district.places import Place

#: Rows that are written as workbooks; the lists beyond are written as CSV, as big exports are.
WORKBOOK_ROWS = 150_000
#: From this many rows on, one whole list has the NIKs that Excel cut to fifteen digits.
DAMAGE_FROM_ROWS = 10
_DAMAGE_FROM_PEOPLE = 1_000
_DINSOS_FROM_PEOPLE = 500
_DINSOS_SHARE = 0.06

# Layouts of village lists of workers, with the share of villages that use them.
_VILLAGE_LAYOUTS = {
    "manual": 0.24,
    "template": 0.14,
    "several": 0.12,
    "opensid": 0.08,
    "siak": 0.08,
    "bip": 0.08,
    "ods": 0.08,
    "sudes": 0.07,
    "semicolon": 0.07,
    "opendk": 0.04,
}
#: Layouts that are comma or semicolon separated text.
TEXT_LAYOUTS = ("sudes", "semicolon", "opendk")
_HABITS = {
    "case": (("upper", "title", "mixed"), (0.6, 0.25, 0.15)),
    "nik_style": (
        ("text", "spaced", "dotted", "apostrophe", "trailing", "number"),
        (0.58, 0.12, 0.08, 0.08, 0.06, 0.08),
    ),
    "date_style": (("dash", "slash", "words", "dots", "iso", "cell"), (0.25, 0.2, 0.15, 0.1, 0.1, 0.2)),
    "phone_style": (("plain", "spaced", "country", "dashed"), (0.4, 0.2, 0.2, 0.2)),
}
# A number keeps all sixteen digits only below 2 ** 53: not in Papua (91 to 96).
_NUMBER_KEEPS_DIGITS_BELOW = "9007"


def plan_lists(place: Place, people: int, rows_a_village: list[int], seed: int) -> pl.DataFrame:
    """Return one row per list.

    Columns: ``list`` (number), ``village`` (position, or null for a list of a sub-district or the district),
    ``subdistrict`` (dotted code), ``kind`` (workers, office, customary, dinsos), ``layout``, ``file``, ``sheet``, and
    the habits ``case``, ``nik_style``, ``date_style``, ``phone_style``.
    """
    draws = Draws(seed, 4)
    number = len(place.villages)
    layouts = _spread(_VILLAGE_LAYOUTS, number, draws)
    dinsos = np.zeros(number, dtype=bool)
    if people >= _DINSOS_FROM_PEOPLE:
        dinsos[draws.shuffled(np.arange(number))[: max(1, int(number * _DINSOS_SHARE))]] = True
    labels = _labels(place)
    lists: list[dict[str, object]] = []
    written = 0
    for at, village in enumerate(place.villages):
        folder = f"rosters/{_file_name(place.subdistricts[village.code[:8]])}"
        name = labels[at]
        layout = str(layouts[at])
        written += rows_a_village[at]
        if written > WORKBOOK_ROWS and layout not in TEXT_LAYOUTS and not dinsos[at]:
            layout = TEXT_LAYOUTS[at % len(TEXT_LAYOUTS)]
        subdistrict = village.code[:8]
        if dinsos[at]:
            lists.append(_entry(at, subdistrict, "dinsos", "dinsos", _DINSOS_FILE, "Usulan DTSEN"))
        else:
            path, sheet = _VILLAGE_FILES[layout]
            lists.append(_entry(at, subdistrict, "workers", layout, f"{folder}/{path.format(name)}", sheet))
        together = layout == "several" and not dinsos[at]
        office = (
            f"{folder}/{_VILLAGE_FILES['several'][0]}" if together else f"{folder}/Data Aparatur {{}}.xlsx"
        )
        lists.append(_entry(at, subdistrict, "office", "office", office.format(name), "Aparatur"))
        lists.append(_entry(at, subdistrict, "rt", "rt", office.format(name), "RT RW"))
    for code in sorted({village.code[:8] for village in place.villages}):
        label = _file_name(place.subdistricts[code])
        lists.append(
            _entry(
                None,
                code,
                "customary",
                "customary",
                f"rosters/{label}/Lembaga Adat {label}.xlsx",
                "Damang Mantir",
            )
        )
        lists.append(
            _entry(
                None, code, "non_asn", "non_asn", f"rosters/{label}/Tenaga Non ASN {label}.xlsx", "Non ASN"
            )
        )
    table = pl.DataFrame(
        lists, schema={"village": pl.Int64, **dict.fromkeys(list(lists[0])[1:], pl.String)}, orient="row"
    )
    # Lists of one file, and of one sheet in it, are numbered one after the other.
    first = pl.col("at").min()
    table = table.with_row_index("at").sort(first.over("file"), first.over("file", "sheet"), "at").drop("at")
    for habit, (ways, weights) in _HABITS.items():
        drawn = pl.Series(habit, draws.pick(ways, table.height, weights), dtype=pl.String)
        # Lists on one sheet are written by one hand.
        table = table.with_columns(drawn).with_columns(pl.col(habit).first().over("file", "sheet"))
    return _damage_one(table.with_row_index("list"), place, people, rows_a_village, draws)


_DINSOS_FILE = "rosters/Dinas Sosial/Usulan Pekerja Rentan DTSEN.xlsx"
# File name and sheet of each layout; the braces take the village name.
_VILLAGE_FILES = {
    "manual": ("Usulan BPJS TK Desa {}.xlsx", "Sheet1"),
    "template": ("{} - Formulir Usulan Peserta.xlsx", "Daftar Usulan"),
    "several": ("Data {} 2026.xlsx", "Pekerja Rentan"),
    "opensid": ("Impor Penduduk {}.xlsx", "Data Penduduk"),
    "siak": ("SIAK {}.xlsx", "Sheet1"),
    "bip": ("BIP {}.xlsx", "BIP_Desa-Kel_1"),
    "ods": ("Daftar Pekerja {}.ods", "Lembar1"),
    "sudes": ("warga_{}.csv", ""),
    "semicolon": ("{} (titik koma).csv", ""),
    "opendk": ("penduduk_{}.csv", ""),
}


def _entry(
    village: int | None, subdistrict: str, kind: str, layout: str, file: str, sheet: str
) -> dict[str, object]:
    return {
        "village": village,
        "subdistrict": subdistrict,
        "kind": kind,
        "layout": layout,
        "file": file,
        "sheet": sheet,
    }


def _spread(shares: dict[str, float], number: int, draws: Draws) -> np.ndarray:
    """Return ``number`` of the names in their shares, in random order; every name appears where there is room."""
    names, weights = list(shares), np.array(list(shares.values()))
    edges = np.cumsum(weights) / weights.sum()
    sure = names[: min(number, len(names))]
    rest = [names[int(np.searchsorted(edges, (step + 0.5) / number))] for step in range(number)][len(sure) :]
    return draws.rng.permutation(np.array(sure + rest))


def _damage_one(
    table: pl.DataFrame, place: Place, people: int, rows_a_village: list[int], draws: Draws
) -> pl.DataFrame:
    """Let Excel cut the NIKs of one whole village list, where the district is large enough."""
    keeps = place.registry[:4] < _NUMBER_KEEPS_DIGITS_BELOW
    table = table.with_columns(
        # A number that loses digits is damage, and damage is planted once only.
        nik_style=pl.when((pl.col("nik_style") == "number") & (not keeps))
        .then(pl.lit("text"))
        .otherwise("nik_style")
    )
    if people < _DAMAGE_FROM_PEOPLE:
        return table
    large = [at for at, rows in enumerate(rows_a_village) if rows >= DAMAGE_FROM_ROWS]
    fit = table.filter(pl.col("layout").is_in(["manual", "template"]) & pl.col("village").is_in(large))[
        "list"
    ]
    if fit.is_empty():
        return table
    chosen = fit[int(draws.rng.integers(fit.len()))]
    return table.with_columns(
        nik_style=pl.when(pl.col("list") == chosen).then(pl.lit("damaged")).otherwise("nik_style")
    )


def _labels(place: Place) -> list[str]:
    """Return a file name for every village; two of one name in a sub-district carry the end of their codes."""
    names = [(village.code[:8], _file_name(village.name)) for village in place.villages]
    return [
        name if names.count((above, name)) == 1 else f"{name} {village.code[9:]}"
        for (above, name), village in zip(names, place.villages, strict=True)
    ]


def _file_name(name: str) -> str:
    """Return a village or sub-district name as a file name."""
    return "".join(letter for letter in name if letter.isalnum() or letter in " -_'").strip()


def rows_of(persons: pl.DataFrame, lists: pl.DataFrame, place: Place, seed: int) -> pl.DataFrame:
    """Return one row per line of a list: ``entity``, ``list``, ``extra`` (null, duplicate, two_roles, typed_twice).

    A duplicate stands on the list of another village too. The order is the order on the list.
    """
    draws = Draws(seed, 5)
    number = len(place.villages)
    by_kind = {
        kind: dict(lists.filter(pl.col("kind").is_in(kinds)).select(key, "list").iter_rows())
        for kind, kinds, key in (
            ("workers", ["workers", "dinsos"], "village"),
            ("office", ["office"], "village"),
            ("rt", ["rt"], "village"),
            ("customary", ["customary"], "subdistrict"),
            ("non_asn", ["non_asn"], "subdistrict"),
        )
    }
    village_list = np.array([by_kind["workers"][at] for at in range(number)], dtype=np.int64)
    codes = [one.code[:8] for one in place.villages]
    tables = {
        "rentan": village_list,
        "office": np.array([by_kind["office"][at] for at in range(number)], dtype=np.int64),
        "rt": np.array([by_kind["rt"][at] for at in range(number)], dtype=np.int64),
        "customary": np.array([by_kind["customary"][code] for code in codes], dtype=np.int64),
        "non_asn": np.array([by_kind["non_asn"][code] for code in codes], dtype=np.int64),
    }
    village = persons["village"].to_numpy()
    group = persons["category"].replace_strict(_LIST_OF_CATEGORY).to_numpy()
    at = np.zeros(persons.height, dtype=np.int64)
    for name, numbers in tables.items():
        here = group == name
        at[here] = numbers[village[here]]
    main = persons.select("entity", extra=pl.lit(None, dtype=pl.String)).with_columns(list=pl.Series(at))
    extras = [main]
    for name in ("duplicate", "two_roles", "typed_twice"):
        chosen = persons.filter(pl.col(name))
        home = chosen["village"].to_numpy()
        if name == "duplicate":
            if number == 1:
                continue
            home = (home + draws.whole(1, number - 1, chosen.height)) % number
        extras.append(
            chosen.select("entity", extra=pl.lit(name)).with_columns(list=pl.Series(village_list[home]))
        )
    rows = pl.concat([table.select("entity", "list", "extra") for table in extras])
    ranks = {name: at for at, name in enumerate(_LIST_OF_CATEGORY, start=1)}
    worker = (pl.col("category") == "rentan") | pl.col("extra").is_not_null()
    rank = pl.when(worker).then(0).otherwise(pl.col("category").replace_strict(ranks))
    about = persons.select("entity", "category", "rt")
    return (
        rows.join(about, on="entity", how="left", maintain_order="left")
        .with_columns(rank=rank, rt=pl.when(worker).then("rt"))
        .sort("list", "rank", "rt", "entity", "extra", nulls_last=False)
        .select("entity", "list", "extra")
    )


_LIST_OF_CATEGORY = {
    "rentan": "rentan",
    "kepala_desa": "office",
    "perangkat_desa": "office",
    "bpd": "office",
    "non_asn_desa": "office",
    "non_asn_kelurahan": "office",
    "ketua_rt": "rt",
    "ketua_rw": "rt",
    "damang": "customary",
    "sekretaris_damang": "customary",
    "mantir_kecamatan": "customary",
    "mantir_desa": "customary",
    "non_asn_kecamatan": "non_asn",
}
