"""How two NIKs are compared: what is wrong with a number says more than how many digits differ.

A number is believed where it is whole and does not contradict the date of birth beside it. Two such numbers that
differ as no slip of the finger makes them differ are two people's, however much else agrees: a question at most.
"""

from __future__ import annotations

from payung.linkage.conditions import (
    ALL_WORDS,
    BIRTH_OTHER,
    BIRTH_SAME,
    CUT,
    FITS_BOTH,
    MOTHER_OTHER,
    MOTHER_SAME,
    ODD,
    SERIAL_OTHER,
    STRANGERS,
    TWINS,
    TWO_NUMBERS,
    UNLIKE,
)
from payung.linkage.levels import Comparison, Level

_SAME = "nik_l = nik_r AND NOT nik_cut_l"
_BROKEN = "(nik_l IS NULL OR nik_r IS NULL)"
_LAST_LOST = f"nik15_l = nik15_r AND {CUT}"
_UNREFUTED = "nik_fits_l IS DISTINCT FROM FALSE AND nik_fits_r IS DISTINCT FROM FALSE"
_SAME_FAMILY = (
    f"(coalesce(kk_l = kk_r, FALSE) OR coalesce(phone_l = phone_r, FALSE) OR coalesce({MOTHER_SAME}, FALSE))"
)
# Two people may share a name and a birthday, where both are common or their mothers two; not two of one family.
_COMMON = (
    f"(NOT {_SAME_FAMILY}"
    f" AND (birth_default_l OR name_common_l OR name_common_r OR coalesce({MOTHER_OTHER}, FALSE)))"
)
_HOME_SAME = f"({_SAME_FAMILY} OR coalesce(village_key_l = village_key_r, FALSE))"
_NAME_SAME = f"(sound_l = sound_r OR {ALL_WORDS} OR levenshtein(joined_l, joined_r) < 3)"
# Husband and wife, brother and sister: the last word is the family's, the first another's, and so is the sex or date.
_KIN = (
    f"(last_sound_l = last_sound_r AND NOT {ALL_WORDS} AND NOT has_initial_l AND NOT has_initial_r"
    " AND 2 * levenshtein(first_sound_l, first_sound_r) > greatest(length(first_sound_l), length(first_sound_r))"
    " AND (sex_l <> sex_r OR (birth_from_nik_l OR birth_from_nik_r) AND kk_l = kk_r"
    " OR birth_day_l <> birth_day_r AND birth_year_l <> birth_year_r AND birth_swapped_l <> birth_r))"
)
_OTHERS = f"({STRANGERS} OR {_KIN})"
# Their names are alike, as brothers' are, and of name, sex and date beside the number two are another's.
_OTHER_DATE = (
    "(NOT birth_from_nik_l AND NOT birth_from_nik_r AND birth_swapped_l <> birth_r"
    " AND birth_day_l <> birth_day_r AND birth_year_l <> birth_year_r)"
)
_ALIKE = (
    f"(sound_l <> sound_r AND joined_l <> joined_r AND NOT {ALL_WORDS} AND NOT has_initial_l AND NOT has_initial_r"
    f" AND (coalesce(sex_l <> sex_r, FALSE) AND coalesce({_OTHER_DATE}, FALSE) OR levenshtein(joined_l, joined_r) > 1"
    f" AND (coalesce(sex_l <> sex_r, FALSE) OR coalesce({_OTHER_DATE}, FALSE))))"
)
# Nothing says that they are of one place or house.
_APART = "coalesce(kk_l <> kk_r AND village_key_l <> village_key_r, FALSE)"
_SERIAL_LOST = f"{CUT} AND left(serial_l, 3) = left(serial_r, 3)"
# One number, and what a finger made of it: a code that next to nobody has, in a long list, or a serial that no day has.
_SLIP = (
    "(region_slip_l OR region_slip_r) AND levenshtein(region_l, region_r) < 3"
    f" AND (serial_l = serial_r OR {_SERIAL_LOST}) AND {_NAME_SAME}"
    f" OR {ODD} AND levenshtein(region_l, region_r) < 2 AND levenshtein(serial_l, serial_r) < 2 AND {_NAME_SAME}"
)
# Registered in two places, and nothing ties the two together.
_ELSEWHERE = (
    f"birth_part_l = birth_part_r AND region_l <> region_r AND {_UNREFUTED}"
    f" AND (serial_l <> serial_r AND NOT ({_SERIAL_LOST}) OR NOT {_NAME_SAME} OR {_COMMON}"
    f" OR levenshtein(region_l, region_r) > 2 OR name_common_l AND NOT {_HOME_SAME}) AND NOT coalesce({_SLIP}, FALSE)"
)
# A boy and a girl born on one day: the number of each says so, and no column the contrary.
_BOY_AND_GIRL = (
    f"nik_sex_l <> nik_sex_r AND {FITS_BOTH} AND birth_l = birth_r AND NOT coalesce(sex_l = sex_r, FALSE)"
)

NIK = Comparison(
    "nik",
    (
        Level("digits_l IS NULL OR digits_r IS NULL", silent=True),
        # A relative's number typed for somebody: the number agrees and nothing else does.
        Level(
            f"{_SAME} AND {_OTHERS} AND {BIRTH_OTHER}",
            0.0005,
            0.00001,
            "same_nik_but_name_and_date_differ_perhaps_nik_relative",
            asks="always",
        ),
        Level(
            f"{_SAME} AND {_OTHERS}",
            0.003,
            0.0000002,
            "same_nik_but_name_of_somebody_else",
            asks="always",
        ),
        Level(
            f"digits_l = digits_r AND {UNLIKE} AND {BIRTH_OTHER}",
            0.0005,
            0.00001,
            "same_nik_but_name_and_date_do_not_fit",
        ),
        Level(
            f"digits_l = digits_r AND {UNLIKE} AND NOT coalesce({BIRTH_SAME}, FALSE)",
            0.002,
            0.00000004,
            "same_nik_but_names_do_not_fit",
        ),
        Level(
            f"{_SAME} AND {_ALIKE}",
            0.02,
            0.00001,
            "same_nik_names_alike_sex_or_date_differs_perhaps_nik_relative",
            asks="always",
        ),
        Level(f"{_SAME} AND {BIRTH_SAME}", 0.75, 0.00005, "same_nik"),
        Level(f"{_SAME} AND {BIRTH_OTHER}", 0.75, 0.000002, "same_nik"),
        Level(_SAME, 0.75, 0.00000002, "same_nik"),
        Level(f"{_LAST_LOST} AND {UNLIKE}", 0.003, 0.006, "fifteen_digits_same_names_differ"),
        Level(f"{_LAST_LOST} AND {BIRTH_SAME}", 0.1, 0.01, "fifteen_digits_same_last_one_lost"),
        Level(_LAST_LOST, 0.1, 0.000003, "fifteen_digits_same_last_one_lost"),
        Level("digits_l = digits_r", 0.02, 0.0000002, "same_number_not_a_right_nik"),
        Level(
            f"region_l = region_r AND birth_part_l = birth_part_r AND levenshtein(serial_l, serial_r) < 2"
            f" AND NOT {CUT} AND {ODD} AND {BIRTH_SAME}",
            0.006,
            0.0006,
            "nik_one_digit_serial",
        ),
        Level(
            TWINS,
            0.004,
            0.3,
            "nik_serial_only_names_differ_perhaps_twins",
            asks="at most",
        ),
        Level(
            f"{SERIAL_OTHER} AND region_l = region_r AND ({_COMMON} OR {_APART})",
            0.012,
            0.06,
            "nik_serial_only_perhaps_two_people_of_one_name",
            asks="at most",
        ),
        Level(
            f"{SERIAL_OTHER} AND region_l = region_r AND {BIRTH_SAME}",
            0.012,
            0.06,
            "nik_serial_only",
        ),
        Level(f"{SERIAL_OTHER} AND region_l = region_r", 0.012, 0.00001, "nik_serial_only"),
        Level(_BOY_AND_GIRL, 0.002, 0.6, "nik_man_and_nik_woman_perhaps_twins", asks="at most"),
        Level(
            _ELSEWHERE,
            0.006,
            0.1,
            "nik_region_code_each_fits_its_date",
            asks="at most",
        ),
        Level(f"{UNLIKE}", 0.0015, 0.5, "niks_and_names_differ"),
        # Two of one sub-district, born on neighbouring days: a lost digit makes their numbers alike.
        Level(
            f"{_BROKEN} AND levenshtein(digits_l, digits_r) < 2 AND {BIRTH_OTHER}",
            0.01,
            0.0003,
            "nik_one_digit",
        ),
        Level(
            f"{_BROKEN} AND levenshtein(digits_l, digits_r) < 2",
            0.02,
            0.00003,
            "nik_one_digit",
        ),
        Level(
            f"{_BROKEN} AND levenshtein(digits_l, digits_r) < 3",
            0.01,
            0.001,
            "nik_two_digits",
        ),
        Level(_BROKEN, 0.01, 0.3, "niks_differ_one_damaged"),
        Level(
            "birth_part_l = birth_part_r AND serial_l = serial_r AND levenshtein(region_l, region_r) < 3"
            " AND (region_odd_l OR region_odd_r)",
            0.008,
            0.0015,
            "nik_region_code_not_known",
        ),
        Level(
            "birth_part_l = birth_part_r AND serial_l = serial_r AND levenshtein(region_l, region_r) < 2",
            0.006,
            0.02,
            "nik_one_digit_region_code",
        ),
        Level("birth_part_l = birth_part_r", 0.006, 0.3, "niks_differ_only_date_inside_same"),
        Level(
            f"region_l = region_r AND serial_l = serial_r AND levenshtein(birth_part_l, birth_part_r) < 3"
            f" AND NOT ({FITS_BOTH}) AND {BIRTH_SAME}",
            0.02,
            0.001,
            "nik_digits_date",
        ),
        Level(
            f"levenshtein(nik_l, nik_r) < 2 AND NOT ({FITS_BOTH})",
            0.012,
            0.0005,
            "nik_one_digit",
        ),
        Level(
            f"levenshtein(nik_l, nik_r) < 3 AND digits_sorted_l = digits_sorted_r AND NOT ({FITS_BOTH})",
            0.008,
            0.0005,
            "two_digits_nik_exchanged",
        ),
        Level(f"levenshtein(nik_l, nik_r) < 3 AND NOT ({FITS_BOTH})", 0.005, 0.004, "nik_two_digits"),
        Level(
            f"NOT ({FITS_BOTH}) AND {BIRTH_SAME}",
            0.03,
            0.3,
            "niks_differ_one_does_not_fit_its_date",
        ),
        Level(
            TWO_NUMBERS,
            0.0008,
            0.7,
            "niks_differ_each_fits_its_date",
            asks="at most",
        ),
        Level("", 0.003, 0.7, "niks_differ"),
    ),
)

# Levels at which a number is not whole, or belongs to nobody.
DAMAGED = tuple(
    number
    for number, level in NIK.speaking().items()
    if level.when.startswith((_LAST_LOST, _BROKEN, "digits_l = digits_r"))
)
