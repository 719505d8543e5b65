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
    TWINS_CARDLESS,
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
            "one_row_has_no_name",
            asks="at most",
        ),
        Level("sound_l IS NULL OR sound_r IS NULL", silent=True),
        Level("given_l = given_r", 0.66, 0.7, "same_name", rarity="sound"),
        Level("sound_l = sound_r", 0.12, 0.3, "same_name_spelled_differently", rarity="sound"),
        Level("joined_l = joined_r", 0.03, 0.1, "same_name_other_spaces", rarity="sound"),
        # Bearers of a number that stands at many names: it says nothing, and one day in one village makes them no one.
        Level(
            f"{UNLIKE} AND {SHARED} = 0 AND nik_of_many_l = nik_of_many_r",
            0.005,
            0.94,
            "names_differ",
            asks="at most",
        ),
        Level(f"{UNLIKE} AND {SHARED} = 0", 0.005, 0.94, "names_differ"),  # most pairs end here
        # Twins have serials next to each other and names alike: likeness says nothing there.
        Level(
            f"{TWINS} AND levenshtein(joined_l, joined_r) < 3",
            0.02,
            0.02,
            "names_alike_as_those_of_twins",
        ),
        Level(
            "length(joined_l) > 4 AND length(joined_r) > 4 AND abs(length(joined_l) - length(joined_r)) < 2"
            " AND levenshtein(joined_l, joined_r) < 2",
            0.07,
            3.0,
            "names_differ_in_one_letter",
            rarity="sound",
        ),
        Level(
            f"word_count_l <> word_count_r AND {ALL_WORDS}",
            0.04,
            3.0,
            "same_name_a_word_left_out",
            rarity="sound",
        ),
        *(
            Level(
                f"initials_l = initials_r AND (has_initial_l OR has_initial_r) AND {SHARED} >= {bits * BIT}",
                0.03,
                0.03 / 2 ** (bits + 0.5),
                "same_name_partly_shortened",
            )
            for bits in (14, 10, 7, 2)
        ),
        Level(
            "length(joined_l) > 7 AND length(joined_r) > 7 AND abs(length(joined_l) - length(joined_r)) < 4"
            " AND levenshtein(joined_l, joined_r) * 6 <= least(length(joined_l), length(joined_r)) + 5",
            0.015,
            40.0,
            "names_look_alike",
            rarity="sound",
        ),
        Level(f"{SHARED} >= {14 * BIT}", 0.01, 0.0003, "some_words_same"),
        Level(
            CALLED,
            0.006,
            0.0004,
            "one_name_a_short_form_of_the_other",
        ),
        Level(
            "2 * levenshtein(core_l, core_r) < greatest(length(core_l), length(core_r))",
            0.01,
            0.006,
            "names_look_somewhat_alike",
        ),
        Level(f"{SHARED} > 0", 0.007, 0.05, "one_word_same"),
        Level("", 0.005, 0.94, "names_differ"),
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
            "dates_inside_niks_far_apart_perhaps_parent_and_child",
            asks="at most",
        ),
        Level(
            f"birth_l <> birth_r AND (birth_from_nik_l OR birth_from_nik_r) AND {BIRTH_FAR}",
            0.03,
            0.6,
            "dates_inside_niks_far_apart",
        ),
        # A wrong number makes a wrong date: the comparison of the numbers has counted that.
        Level("birth_l <> birth_r AND (birth_from_nik_l OR birth_from_nik_r)", silent=True),
        Level(BIRTH_SAME, 0.90, 1.0, "same_date", rarity="birth"),
        Level("birth_swapped_l = birth_r", 0.012, 0.0001, "day_and_month_of_birth_exchanged"),
        Level(
            "(birth_text_l = nik_date_r OR birth_text_r = nik_date_l) AND nik_date_l IS DISTINCT FROM nik_date_r",
            0.02,
            0.0003,
            "date_as_inside_the_nik",
        ),
        Level(
            "birth_day_l = birth_day_r AND abs(birth_year_l - birth_year_r) < 11",
            0.012,
            0.0013,
            "same_day_and_month_of_birth_other_year",
        ),
        Level(
            "birth_year_l = birth_year_r AND (birth_default_l OR birth_default_r)",
            0.015,
            0.002,
            "same_year_of_birth_one_a_standard_date",
        ),
        Level(
            "birth_year_l = birth_year_r AND (birth_month_l = birth_month_r OR birth_mday_l = birth_mday_r)",
            0.015,
            0.0025,
            "dates_differ_in_day_or_month",
        ),
        Level("birth_year_l = birth_year_r", 0.003, 0.02, "only_year_of_birth_same"),
        Level(
            f"{BIRTH_FAR} AND (nik_l IS NULL OR nik_r IS NULL)",
            0.002,
            0.6,
            "dates_far_apart_perhaps_parent_and_child",
            asks="at most",
        ),
        Level(BIRTH_FAR, 0.002, 0.6, "dates_far_apart"),
        Level("", 0.006, 0.37, "dates_differ"),
    ),
)

SEX = Comparison(
    "sex",
    (
        Level("sex_l IS NULL OR sex_r IS NULL", silent=True),
        Level("sex_l = sex_r", 0.98, 0.6, "same_sex"),
        Level("", 0.015, 0.4, "sex_differs"),
    ),
)

PLACE = Comparison(
    "place",
    (
        Level("village_key_l IS NULL OR village_key_r IS NULL", silent=True),
        Level("village_key_l = village_key_r", 0.8, 3.0, "same_village", rarity="village_key"),
        Level("levenshtein(village_key_l, village_key_r) < 3", 0.06, 0.004, "names_villages_look_alike"),
        Level("district_key_l = district_key_r", 0.04, 0.08, "same_sub_district"),
        Level("", 0.12, 0.88, "villages_differ"),
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
            "same_kk_number_perhaps_twins",
            asks="at most",
        ),
        Level(_CARD_SAME, 0.6, 0.003, "same_kk_number"),
        Level(
            f"phone_l = phone_r AND {TWINS_CARDLESS}",
            0.2,
            0.001,
            "same_phone_number_perhaps_twins",
            asks="at most",
        ),
        Level("phone_l = phone_r", 0.2, 0.001, "same_phone_number"),
        Level(
            TWINS_CARDLESS,
            0.001,
            0.001,
            "names_written_differently_and_a_nik_missing_perhaps_twins",
            asks="at most",
        ),
        Level("kk_l IS NULL OR kk_r IS NULL", silent=True),
        Level("", 0.2, 0.95, "kk_numbers_differ"),
    ),
)

MOTHER = Comparison(
    "mother",
    (
        Level(
            f"mother_sound_l IS NULL OR mother_sound_r IS NULL OR {MOTHER_SAME} AND ({_RELATIVES})",
            silent=True,
        ),
        Level(f"{MOTHER_SAME} AND kk_l = kk_r", 0.7, 0.35, "same_mother"),
        Level(MOTHER_SAME, 0.7, 0.02, "same_mother"),
        Level(MOTHER_OTHER, 0.05, 0.95, "mothers_differ"),
        Level("", 0.2, 0.05, "mothers_look_alike"),
    ),
)

BIRTH_PLACE = Comparison(
    "birth_place",
    (
        Level("birth_place_key_l IS NULL OR birth_place_key_r IS NULL", silent=True),
        Level("birth_place_key_l = birth_place_key_r", 0.75, 0.25, "same_birth_place"),
        Level("levenshtein(birth_place_key_l, birth_place_key_r) < 3", 0.1, 0.03, "birth_places_look_alike"),
        Level("", 0.15, 0.72, "birth_places_differ"),
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
