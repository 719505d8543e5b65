"""SQL conditions that several comparisons ask for; ``_l`` and ``_r`` are the two sides.

Only what DuckDB and Spark both know is used (``list_sum`` is lent to Spark).
"""

from __future__ import annotations

# Rarity of the words that both names have (see ``frequencies``), 0 where they share none. Many levels ask for this and
# for whether two names are unlike: both are worked out once for a pair, by these names.
SHARED, UNLIKE = "pair_shared_l", "pair_unlike_l"
BIT = 1_000_000_000
ALL_WORDS = f"({SHARED} = code_sum_l OR {SHARED} = code_sum_r)"
# A word of the one name ends as the other name sounds: Udin for Syarifuddin.
CALLED = (
    "(length(given_r) > 2 AND contains(given_l || ' ', given_r || ' ')"
    " OR length(given_l) > 2 AND contains(given_r || ' ', given_l || ' '))"
)
PAIR = {
    SHARED: "coalesce(list_sum(array_intersect(codes_l, codes_r)), 0)",
    UNLIKE: (
        f"(NOT ({ALL_WORDS}) AND {SHARED} < {6 * BIT} AND left(core_l, 4) <> left(core_r, 4) AND NOT {CALLED}"
        " AND 2 * levenshtein(core_l, core_r) >= greatest(length(core_l), length(core_r)))"
    ),
}
# Names that nothing makes one: neither is a part, a short form or a misspelling of the other, at its start or its end.
_SHORTER = "least(length(core_l), length(core_r))"
_STARTS = f"levenshtein(left(core_l, {_SHORTER}), left(core_r, {_SHORTER}))"
_ENDS = f"levenshtein(right(core_l, {_SHORTER}), right(core_r, {_SHORTER}))"
STRANGERS = (
    f"({UNLIKE} AND NOT contains(joined_l, core_r) AND NOT contains(joined_r, core_l)"
    " AND NOT (left(core_l, 1) = left(core_r, 1)"
    f" AND (has_initial_l OR has_initial_r OR 5 * {_STARTS} <= 3 * {_SHORTER}))"
    f" AND 5 * {_STARTS} > 2 * {_SHORTER} AND 5 * {_ENDS} > 2 * {_SHORTER})"
)

# A date that both sides took out of one and the same number is no second evidence.
_DATE_TAKEN = "(birth_from_nik_l OR birth_from_nik_r) AND nik_date_l = nik_date_r"
BIRTH_TAKEN = f"birth_l = birth_r AND {_DATE_TAKEN}"
BIRTH_SAME = f"birth_l = birth_r AND NOT ({_DATE_TAKEN})"
BIRTH_OTHER = "birth_l <> birth_r"

# Father and son: too far apart for a slip of the pen.
BIRTH_FAR = "abs(birth_year_l - birth_year_r) > 14"

MOTHER_SAME = "mother_sound_l = mother_sound_r"
# Neither a spelling of the other nor a part of it.
MOTHER_OTHER = (
    "(mother_sound_l <> mother_sound_r AND NOT contains(mother_core_l, mother_core_r)"
    " AND NOT contains(mother_core_r, mother_core_l) AND 2 * levenshtein(mother_core_l, mother_core_r)"
    " >= greatest(length(mother_core_l), length(mother_core_r)))"
)

CUT = "(nik_cut_l OR nik_cut_r)"
ODD = "(serial_odd_l OR serial_odd_r)"
SERIAL_OTHER = f"birth_part_l = birth_part_r AND serial_l <> serial_r AND NOT {CUT} AND NOT {ODD}"
# Two numbers given out one after the other on one day, and two names; the words of one in another order are two. On one
# card or one list RAHMAD and RAHMAT are brothers too, however alike they sound; spaces and short forms make no other.
_TOGETHER = "(coalesce(kk_l = kk_r, FALSE) OR coalesce(phone_l = phone_r, FALSE) OR source_l = source_r)"
TWINS = f"{SERIAL_OTHER} AND (joined_l <> joined_r OR letters_l <> letters_r AND region_l = region_r AND {_TOGETHER})"
# The same where a number is damaged or missing, so that nothing says it was not the one beside it: of one list, card
# and day. A
# slip that left the last digit alone made no neighbour of a number.
TWINS_DAMAGED = (
    "(source_l = source_r AND letters_l <> letters_r AND NOT has_initial_l AND NOT has_initial_r"
    f" AND NOT (word_count_l <> word_count_r AND {ALL_WORDS}) AND coalesce(birth_l = birth_r, TRUE)"
    f" AND (nik15_l = nik15_r AND {CUT}"
    " OR right(digits_l, 1) <> right(digits_r, 1) AND levenshtein(digits_l, digits_r) < 3"
    " OR (digits_l IS NULL OR digits_r IS NULL) AND coalesce(sex_l = sex_r, TRUE)))"
)
# Without a card as well: nothing but the day they share says that the one without a number is not the other's twin. A
# number that stands at several names is no missing one: those are asked about for its own sake, on whatever lists.
TWINS_CARDLESS = (
    "((kk_l IS NULL OR kk_r IS NULL) AND (digits_l IS NULL) <> (digits_r IS NULL)"
    " AND nik_of_many_l IS NULL AND nik_of_many_r IS NULL"
    f" AND birth_l = birth_r AND {TWINS_DAMAGED})"
)
FITS_BOTH = "nik_fits_l IS NOT DISTINCT FROM TRUE AND nik_fits_r IS NOT DISTINCT FROM TRUE"
# Two numbers, each of which agrees with the date beside it: two people, or one with two wrong entries that agree.
TWO_NUMBERS = f"nik_l <> nik_r AND {FITS_BOTH} AND {BIRTH_OTHER}"
