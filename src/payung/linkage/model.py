"""The model: what is compared, at which levels, and how much each level says.

Every comparison is a list of levels, tried from the top; the first that holds counts. A level carries two
chances: ``m``, how often one person's two listings look like this, and ``u``, how often two people's do. They
were set by reasoning, on what the number, the calendar and a clerk's keyboard do, not trained on one district's
lists (docs/decisions/0005-linkage.md). ``why`` is what the level says in Indonesian.

SQL uses only what DuckDB and Spark both know (``list_sum`` is lent to Spark); ``_l`` and ``_r`` are the two sides.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a comparison.

    Fields
        when: SQL condition; "" for the last level, which takes what is left.
        m, u: chances of this level for one person and for two; ignored where ``silent``.
        why: in plain Indonesian, the words of a waterfall; "" says nothing.
        rarity: column whose frequency (``tf_<column>``) makes u; ``u`` is then how many times that frequency.
        silent: the level says nothing for or against (a value is missing, or already counted elsewhere).
    """

    when: str
    m: float = 0.5
    u: float = 0.5
    why: str = ""
    rarity: str = ""
    silent: bool = False


@dataclass(frozen=True, slots=True)
class Comparison:
    """One thing compared: its name and its levels, from the strongest down."""

    name: str
    levels: tuple[Level, ...]


# Rarity of the words that both names have (see ``frequencies``), 0 where they share none. Many levels ask for this and
# for whether two names are unlike: both are worked out once for a pair, by these names.
SHARED, UNLIKE = "pair_shared_l", "pair_unlike_l"
_BIT = 1_000_000_000
_ALL_WORDS = f"({SHARED} = code_sum_l OR {SHARED} = code_sum_r)"
# A word of the one name ends as the other name sounds: Udin for Syarifuddin.
_CALLED = (
    "(length(given_r) > 2 AND contains(given_l || ' ', given_r || ' ')"
    " OR length(given_l) > 2 AND contains(given_r || ' ', given_l || ' '))"
)
PAIR = {
    SHARED: "coalesce(list_sum(array_intersect(codes_l, codes_r)), 0)",
    UNLIKE: (
        f"(NOT ({_ALL_WORDS}) AND {SHARED} < {6 * _BIT} AND left(core_l, 4) <> left(core_r, 4) AND NOT {_CALLED}"
        " AND 2 * levenshtein(core_l, core_r) >= greatest(length(core_l), length(core_r)))"
    ),
}
# A date that both sides took out of one and the same number is no second evidence.
_DATE_TAKEN = "(birth_from_nik_l OR birth_from_nik_r) AND nik_date_l = nik_date_r"
_BIRTH_SAME = f"birth_l = birth_r AND NOT ({_DATE_TAKEN})"
_BIRTH_OTHER = "birth_l <> birth_r"
_CUT = "(nik_cut_l OR nik_cut_r)"
_NIK_SAME = "nik_l = nik_r AND NOT nik_cut_l"
_NIK_CUT = f"nik15_l = nik15_r AND {_CUT}"
_ODD = "(serial_odd_l OR serial_odd_r)"
_SERIAL_OTHER = f"birth_part_l = birth_part_r AND serial_l <> serial_r AND NOT {_CUT} AND NOT {_ODD}"
_TWINS = f"{_SERIAL_OTHER} AND sound_l <> sound_r"
_FITS_BOTH = "nik_fits_l IS NOT DISTINCT FROM TRUE AND nik_fits_r IS NOT DISTINCT FROM TRUE"

# Two numbers, each of which agrees with the date beside it: two people, or one with two wrong entries that agree.
_TWO_NUMBERS = f"nik_l <> nik_r AND {_FITS_BOTH} AND {_BIRTH_OTHER}"

NAME = Comparison(
    "name",
    (
        Level("sound_l IS NULL OR sound_r IS NULL", silent=True),
        Level("given_l = given_r", 0.66, 0.7, "nama sama", rarity="sound"),
        Level("sound_l = sound_r", 0.12, 0.3, "nama sama, ejaan berbeda", rarity="sound"),
        Level("joined_l = joined_r", 0.03, 0.1, "nama sama, spasi berbeda", rarity="sound"),
        Level(f"{UNLIKE} AND {SHARED} = 0", 0.005, 0.94, "nama berbeda"),  # most pairs end here
        # Twins have serials next to each other and names alike: likeness says nothing there.
        Level(
            f"{_TWINS} AND levenshtein(joined_l, joined_r) < 3",
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
            f"word_count_l <> word_count_r AND {_ALL_WORDS}",
            0.04,
            3.0,
            "nama sama, ada kata yang tidak ditulis",
            rarity="sound",
        ),
        *(
            Level(
                f"initials_l = initials_r AND (has_initial_l OR has_initial_r) AND {SHARED} >= {bits * _BIT}",
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
        Level(f"{SHARED} >= {14 * _BIT}", 0.01, 0.0003, "sebagian kata nama sama"),
        Level(
            _CALLED,
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
        Level(
            f"{_BIRTH_SAME} AND (birth_from_nik_l OR birth_from_nik_r) AND nik_date_l = nik_date_r",
            silent=True,
        ),
        Level(
            "birth_l <> birth_r AND (birth_from_nik_l OR birth_from_nik_r) AND abs(birth_year_l - birth_year_r) > 14",
            0.03,
            0.6,
            "tanggal lahir di dalam NIK jauh berbeda",
        ),
        # A wrong number makes a wrong date: the comparison of the numbers has counted that.
        Level("birth_l <> birth_r AND (birth_from_nik_l OR birth_from_nik_r)", silent=True),
        Level(_BIRTH_SAME, 0.90, 1.0, "tanggal lahir sama", rarity="birth"),
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
        Level("abs(birth_year_l - birth_year_r) > 14", 0.002, 0.6, "tanggal lahir jauh berbeda"),
        Level("", 0.006, 0.37, "tanggal lahir berbeda"),
    ),
)

NIK = Comparison(
    "nik",
    (
        Level("digits_l IS NULL OR digits_r IS NULL", silent=True),
        # A relative's number typed for somebody: the number agrees and nothing else does.
        Level(
            f"digits_l = digits_r AND {UNLIKE} AND {_BIRTH_OTHER}",
            0.0005,
            0.00001,
            "NIK sama, padahal nama dan tanggal lahir berbeda (mungkin NIK keluarga)",
        ),
        Level(
            f"digits_l = digits_r AND {UNLIKE} AND NOT coalesce({_BIRTH_SAME}, FALSE)",
            0.002,
            0.00000004,
            "NIK sama, padahal nama berbeda (mungkin NIK keluarga)",
        ),
        Level(f"{_NIK_SAME} AND {_BIRTH_SAME}", 0.75, 0.00005, "NIK sama"),
        Level(f"{_NIK_SAME} AND {_BIRTH_OTHER}", 0.75, 0.000002, "NIK sama"),
        Level(_NIK_SAME, 0.75, 0.00000002, "NIK sama"),
        Level(f"{_NIK_CUT} AND {UNLIKE}", 0.003, 0.006, "15 angka NIK sama, padahal nama berbeda"),
        Level(f"{_NIK_CUT} AND {_BIRTH_SAME}", 0.1, 0.01, "15 angka NIK sama, angka terakhir hilang"),
        Level(_NIK_CUT, 0.1, 0.000003, "15 angka NIK sama, angka terakhir hilang"),
        Level("digits_l = digits_r", 0.02, 0.0000002, "nomor sama, bukan NIK yang benar"),
        Level(
            f"region_l = region_r AND birth_part_l = birth_part_r AND levenshtein(serial_l, serial_r) < 2"
            f" AND NOT {_CUT} AND {_ODD} AND {_BIRTH_SAME}",
            0.006,
            0.0006,
            "NIK beda satu angka di nomor urut",
        ),
        Level(_TWINS, 0.004, 0.3, "NIK hanya berbeda nomor urut, nama tidak sama (mungkin kembar)"),
        Level(
            f"{_SERIAL_OTHER} AND region_l = region_r AND {_BIRTH_SAME}",
            0.012,
            0.06,
            "NIK hanya berbeda nomor urut",
        ),
        Level(f"{_SERIAL_OTHER} AND region_l = region_r", 0.012, 0.00001, "NIK hanya berbeda nomor urut"),
        Level(f"{UNLIKE}", 0.0015, 0.5, "NIK dan nama berbeda"),
        Level(
            "(nik_l IS NULL OR nik_r IS NULL) AND levenshtein(digits_l, digits_r) < 2",
            0.02,
            0.00003,
            "NIK beda satu angka",
        ),
        Level(
            "(nik_l IS NULL OR nik_r IS NULL) AND levenshtein(digits_l, digits_r) < 3",
            0.01,
            0.001,
            "NIK beda dua angka",
        ),
        Level("nik_l IS NULL OR nik_r IS NULL", 0.01, 0.3, "NIK berbeda, yang satu rusak"),
        Level(
            "birth_part_l = birth_part_r AND serial_l = serial_r AND levenshtein(region_l, region_r) < 3"
            " AND (region_odd_l OR region_odd_r)",
            0.008,
            0.0015,
            "NIK beda di kode wilayah yang tidak dikenal",
        ),
        Level(
            "birth_part_l = birth_part_r AND serial_l = serial_r AND levenshtein(region_l, region_r) < 2",
            0.006,
            0.02,
            "NIK beda satu angka di kode wilayah",
        ),
        Level("birth_part_l = birth_part_r", 0.006, 0.3, "NIK berbeda, hanya tanggal di dalamnya sama"),
        Level(
            f"region_l = region_r AND serial_l = serial_r AND levenshtein(birth_part_l, birth_part_r) < 3"
            f" AND NOT ({_FITS_BOTH}) AND {_BIRTH_SAME}",
            0.02,
            0.001,
            "NIK beda di angka tanggal lahir",
        ),
        Level(
            f"levenshtein(nik_l, nik_r) < 2 AND NOT ({_FITS_BOTH})",
            0.012,
            0.0005,
            "NIK beda satu angka",
        ),
        Level(
            f"levenshtein(nik_l, nik_r) < 3 AND digits_sorted_l = digits_sorted_r AND NOT ({_FITS_BOTH})",
            0.008,
            0.0005,
            "dua angka NIK tertukar",
        ),
        Level(f"levenshtein(nik_l, nik_r) < 3 AND NOT ({_FITS_BOTH})", 0.005, 0.004, "NIK beda dua angka"),
        Level(
            f"NOT ({_FITS_BOTH}) AND {_BIRTH_SAME}",
            0.03,
            0.3,
            "NIK berbeda, yang satu tidak cocok tanggal lahirnya",
        ),
        Level(_TWO_NUMBERS, 0.0008, 0.7, "NIK berbeda, masing-masing cocok dengan tanggal lahirnya"),
        Level("", 0.003, 0.7, "NIK berbeda"),
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

HOUSEHOLD = Comparison(
    "household",
    (
        # Relatives and twins share these.
        Level(f"{UNLIKE} OR {_TWINS} OR {_TWO_NUMBERS}", silent=True),
        Level("kk_l = kk_r OR kk15_l = kk15_r AND (kk_cut_l OR kk_cut_r)", 0.6, 0.003, "nomor KK sama"),
        Level("phone_l = phone_r", 0.2, 0.001, "nomor HP sama"),
        Level("kk_l IS NULL OR kk_r IS NULL", silent=True),
        Level("", 0.2, 0.95, "nomor KK berbeda"),
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

COMPARISONS = (NAME, BIRTH, NIK, SEX, PLACE, HOUSEHOLD, BIRTH_PLACE)


# Errors come together on one row: the comparisons, each counted alone, say too little for such pairs.
TOGETHER = 3.0


def prior(new: int, known: int) -> float:
    """Return the chance that two records taken at random from these lists are one person.

    Counted as half a match for each record of the larger list, so that it falls as lists grow, and raised by
    :data:`TOGETHER`.
    """
    return TOGETHER * 0.5 / max(new, known, 100)
