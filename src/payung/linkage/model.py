"""The model: what is compared, at which levels, and how much each level says.

The chances were set by reasoning, on what the number, the calendar and a clerk's keyboard do, not trained on one
district's lists (docs/decisions/0005-linkage.md). The comparison of the numbers is in :mod:`payung.linkage.nik`.
"""

from __future__ import annotations

from payung.linkage.conditions import (
    ALL_WORDS,
    BIRTH_FAR,
    BIRTH_SAME,
    BIRTH_TAKEN,
    BIT,
    CALLED,
    MOTHER_OTHER,
    MOTHER_SAME,
    SHARED,
    TWINS,
    TWINS_DAMAGED,
    TWO_NUMBERS,
    UNLIKE,
)
from payung.linkage.levels import Comparison, Level
from payung.linkage.nik import NIK

NAME = Comparison(
    "name",
    (
        # Without a name only a number says who somebody is.
        Level(
            "(sound_l IS NULL OR sound_r IS NULL) AND NOT coalesce(nik_l = nik_r, FALSE)",
            0.001,
            0.001,
            "satu baris tanpa nama",
            asks="at most",
        ),
        Level("sound_l IS NULL OR sound_r IS NULL", silent=True),
        Level("given_l = given_r", 0.66, 0.7, "nama sama", rarity="sound"),
        Level("sound_l = sound_r", 0.12, 0.3, "nama sama, ejaan berbeda", rarity="sound"),
        Level("joined_l = joined_r", 0.03, 0.1, "nama sama, spasi berbeda", rarity="sound"),
        Level(f"{UNLIKE} AND {SHARED} = 0", 0.005, 0.94, "nama berbeda"),  # most pairs end here
        # Twins have serials next to each other and names alike: likeness says nothing there.
        Level(
            f"{TWINS} AND levenshtein(joined_l, joined_r) < 3",
            0.02,
            0.02,
            "nama mirip seperti saudara kembar",
        ),
        Level(
            "length(joined_l) > 4 AND length(joined_r) > 4 AND abs(length(joined_l) - length(joined_r)) < 2"
            " AND levenshtein(joined_l, joined_r) < 2",
            0.07,
            3.0,
            "nama berbeda satu huruf",
            rarity="sound",
        ),
        Level(
            f"word_count_l <> word_count_r AND {ALL_WORDS}",
            0.04,
            3.0,
            "nama sama, ada kata yang tidak ditulis",
            rarity="sound",
        ),
        *(
            Level(
                f"initials_l = initials_r AND (has_initial_l OR has_initial_r) AND {SHARED} >= {bits * BIT}",
                0.03,
                0.03 / 2 ** (bits + 0.5),
                "nama sama, sebagian disingkat",
            )
            for bits in (14, 10, 7, 2)
        ),
        Level(
            "length(joined_l) > 7 AND length(joined_r) > 7 AND abs(length(joined_l) - length(joined_r)) < 4"
            " AND levenshtein(joined_l, joined_r) * 6 <= least(length(joined_l), length(joined_r)) + 5",
            0.015,
            40.0,
            "nama mirip",
            rarity="sound",
        ),
        Level(f"{SHARED} >= {14 * BIT}", 0.01, 0.0003, "sebagian kata nama sama"),
        Level(
            CALLED,
            0.006,
            0.0004,
            "nama yang satu seperti panggilan dari yang lain",
        ),
        Level(
            "2 * levenshtein(core_l, core_r) < greatest(length(core_l), length(core_r))",
            0.01,
            0.006,
            "nama agak mirip",
        ),
        Level(f"{SHARED} > 0", 0.007, 0.05, "satu kata nama sama"),
        Level("", 0.005, 0.94, "nama berbeda"),
    ),
)

BIRTH = Comparison(
    "birth",
    (
        Level("birth_l IS NULL OR birth_r IS NULL", silent=True),
        Level(BIRTH_TAKEN, silent=True),
        Level(
            f"birth_l <> birth_r AND (birth_from_nik_l OR birth_from_nik_r) AND {BIRTH_FAR}"
            " AND (nik_l IS NULL OR nik_r IS NULL)",
            0.03,
            0.6,
            "tanggal lahir di dalam NIK jauh berbeda (mungkin orang tua dan anak)",
            asks="at most",
        ),
        Level(
            f"birth_l <> birth_r AND (birth_from_nik_l OR birth_from_nik_r) AND {BIRTH_FAR}",
            0.03,
            0.6,
            "tanggal lahir di dalam NIK jauh berbeda",
        ),
        # A wrong number makes a wrong date: the comparison of the numbers has counted that.
        Level("birth_l <> birth_r AND (birth_from_nik_l OR birth_from_nik_r)", silent=True),
        Level(BIRTH_SAME, 0.90, 1.0, "tanggal lahir sama", rarity="birth"),
        Level("birth_swapped_l = birth_r", 0.012, 0.0001, "hari dan bulan lahir tertukar"),
        Level(
            "(birth_text_l = nik_date_r OR birth_text_r = nik_date_l) AND nik_date_l IS DISTINCT FROM nik_date_r",
            0.02,
            0.0003,
            "tanggal lahir sama dengan tanggal di dalam NIK",
        ),
        Level(
            "birth_day_l = birth_day_r AND abs(birth_year_l - birth_year_r) < 11",
            0.012,
            0.0013,
            "hari dan bulan lahir sama, tahun berbeda",
        ),
        Level(
            "birth_year_l = birth_year_r AND (birth_default_l OR birth_default_r)",
            0.015,
            0.002,
            "tahun lahir sama, yang satu tanggal baku",
        ),
        Level(
            "birth_year_l = birth_year_r AND (birth_month_l = birth_month_r OR birth_mday_l = birth_mday_r)",
            0.015,
            0.0025,
            "tanggal lahir berbeda di hari atau bulan",
        ),
        Level("birth_year_l = birth_year_r", 0.003, 0.02, "hanya tahun lahir sama"),
        Level(
            f"{BIRTH_FAR} AND (nik_l IS NULL OR nik_r IS NULL)",
            0.002,
            0.6,
            "tanggal lahir jauh berbeda (mungkin orang tua dan anak)",
            asks="at most",
        ),
        Level(BIRTH_FAR, 0.002, 0.6, "tanggal lahir jauh berbeda"),
        Level("", 0.006, 0.37, "tanggal lahir berbeda"),
    ),
)

SEX = Comparison(
    "sex",
    (
        Level("sex_l IS NULL OR sex_r IS NULL", silent=True),
        Level("sex_l = sex_r", 0.98, 0.6, "jenis kelamin sama"),
        Level("", 0.015, 0.4, "jenis kelamin berbeda"),
    ),
)

PLACE = Comparison(
    "place",
    (
        Level("village_key_l IS NULL OR village_key_r IS NULL", silent=True),
        Level("village_key_l = village_key_r", 0.8, 3.0, "desa sama", rarity="village_key"),
        Level("levenshtein(village_key_l, village_key_r) < 3", 0.06, 0.004, "nama desa mirip"),
        Level("district_key_l = district_key_r", 0.04, 0.08, "kecamatan sama"),
        Level("", 0.12, 0.88, "desa berbeda"),
    ),
)

# Of these agreement in a house or a mother says nothing: relatives share both.
_RELATIVES = f"{UNLIKE} OR {TWINS} OR {TWO_NUMBERS}"
_CARD_SAME = "kk_l = kk_r OR kk15_l = kk15_r AND (kk_cut_l OR kk_cut_r)"
HOUSEHOLD = Comparison(
    "household",
    (
        Level(_RELATIVES, silent=True),
        Level(
            f"({_CARD_SAME}) AND {TWINS_DAMAGED}",
            0.6,
            0.003,
            "nomor KK sama, nama ditulis berbeda dan NIK rusak (mungkin kembar)",
            asks="at most",
        ),
        Level(_CARD_SAME, 0.6, 0.003, "nomor KK sama"),
        Level("phone_l = phone_r", 0.2, 0.001, "nomor HP sama"),
        Level("kk_l IS NULL OR kk_r IS NULL", silent=True),
        Level("", 0.2, 0.95, "nomor KK berbeda"),
    ),
)

MOTHER = Comparison(
    "mother",
    (
        Level(
            f"mother_sound_l IS NULL OR mother_sound_r IS NULL OR {MOTHER_SAME} AND ({_RELATIVES})",
            silent=True,
        ),
        Level(f"{MOTHER_SAME} AND kk_l = kk_r", 0.7, 0.35, "nama ibu sama"),
        Level(MOTHER_SAME, 0.7, 0.02, "nama ibu sama"),
        Level(MOTHER_OTHER, 0.05, 0.95, "nama ibu berbeda"),
        Level("", 0.2, 0.05, "nama ibu mirip"),
    ),
)

BIRTH_PLACE = Comparison(
    "birth_place",
    (
        Level("birth_place_key_l IS NULL OR birth_place_key_r IS NULL", silent=True),
        Level("birth_place_key_l = birth_place_key_r", 0.75, 0.25, "tempat lahir sama"),
        Level("levenshtein(birth_place_key_l, birth_place_key_r) < 3", 0.1, 0.03, "tempat lahir mirip"),
        Level("", 0.15, 0.72, "tempat lahir berbeda"),
    ),
)

COMPARISONS = (NAME, BIRTH, NIK, SEX, PLACE, HOUSEHOLD, MOTHER, BIRTH_PLACE)


# Errors come together on one row: the comparisons, each counted alone, say too little for such pairs.
TOGETHER = 5.0


def prior(new: int, known: int) -> float:
    """Return the chance that two records taken at random from these lists are one person.

    Counted as half a match for each record of the larger list, so that it falls as lists grow, and raised by
    :data:`TOGETHER`.
    """
    return TOGETHER * 0.5 / max(new, known, 100)
