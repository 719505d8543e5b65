"""How often what goes wrong, in village lists and in the insurer's, and how lists are kept."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

#: Fault → share of the rows of village lists, of the insurer's list.
RATES: dict[str, tuple[float, float]] = {
    # NIK
    "nik_relative": (0.008, 0.003),  # of somebody in the same household
    "nik_row_above": (0.002, 0.0),
    "nik_row_above_plus_one": (0.002, 0.0),  # dragged down in a spreadsheet
    "nik_is_card": (0.006, 0.001),  # the family card's number
    "nik_digit": (0.030, 0.005),
    "nik_turned": (0.010, 0.001),  # two neighbours changed places
    "nik_digits": (0.006, 0.001),  # two or three digits
    "nik_short": (0.008, 0.001),
    "nik_long": (0.004, 0.0),
    "nik_blank": (0.060, 0.004),
    "nik_filler": (0.007, 0.001),  # 1111111111111111 and the like
    # family card
    "card_old": (0.05, 0.10),
    "card_digit": (0.02, 0.01),
    "card_blank": (0.08, 0.60),
    # name
    "name_respelt": (0.12, 0.05),
    "name_word_left_out": (0.035, 0.015),
    "name_initial": (0.03, 0.015),
    "name_turned": (0.006, 0.002),
    "name_joined": (0.02, 0.008),
    "name_split": (0.01, 0.004),
    "name_key": (0.05, 0.02),  # one slip of the finger
    "name_keys": (0.006, 0.002),  # two of them
    "name_short_form": (0.004, 0.001),
    "name_of_father": (0.03, 0.004),  # bin, binti
    "name_title": (0.06, 0.01),
    "name_alias": (0.008, 0.001),
    # the rest
    "sex_wrong": (0.008, 0.004),
    "sex_blank": (0.03, 0.002),
    "birth_default": (0.015, 0.004),
    "birth_day_month": (0.012, 0.004),
    "birth_day": (0.012, 0.004),
    "birth_month": (0.005, 0.002),
    "birth_year": (0.012, 0.004),
    "birth_impossible": (0.003, 0.0),
    "birth_blank": (0.04, 0.002),
    "place_written_otherwise": (0.20, 0.15),
    "place_blank": (0.06, 0.05),
    "village_other": (0.02, 0.06),
    "village_written_otherwise": (0.08, 0.05),
    "job_blank": (0.05, 0.30),
    "phone_relative": (0.18, 0.10),
    "phone_new": (0.12, 0.20),
    "phone_digit": (0.02, 0.01),
    "phone_blank": (0.30, 0.25),
}
HIGHEST_RATE = 0.6

#: Habit → weight, one draw a list.
CASES = {"upper": 45, "title": 45, "mixed": 7, "lower": 3}
DATES = {
    "dashes": 34,
    "slashes": 24,
    "iso": 12,
    "words": 10,
    "short_year": 6,
    "serial": 4,
    "no_zeros": 4,
    "with_place": 4,
    "american": 2,
}
NIKS = {"text": 80, "cut": 10, "apostrophe": 4, "scientific": 3, "spaced": 3}
SEXES = {"letter": 62, "word": 22, "short": 10, "number": 6}
#: Column → share of lists that do not have it.
ABSENT = {
    "no_kk": 0.22,
    "no_hp": 0.30,
    "jk": 0.04,
    "tgl_lahir": 0.05,
    "tempat_lahir": 0.12,
    "pekerjaan": 0.10,
    "nik": 0.01,
}


@dataclass(frozen=True)
class Profile:
    """How bad the village lists are; the insurer's list follows only in ``clean``.

    Fields
        worse: factor on the rates of village lists.
        insurer_worse: factor on the rates of the insurer's list.
        uneven: how much lists differ in care (spread of the logarithm of a factor on all rates of a list).
        niks: how lists keep NIKs, habit → weight.
        twins, namesakes: share of births that are twins; of sons with the father's name.
        insured: share of the listed people whom the insurer has.
        again: weights of 0, 1, 2, 3 more rows of one person.
    """

    worse: float = 1.0
    insurer_worse: float = 1.0
    uneven: float = 0.45
    niks: dict[str, int] = field(default_factory=lambda: dict(NIKS))
    twins: float = 0.012
    namesakes: float = 0.006
    insured: float = 0.45
    again: tuple[float, ...] = (0.86, 0.11, 0.025, 0.005)

    def rate(self, fault: str, *, insurer: bool) -> float:
        """Return the share of rows with ``fault``, before the care of each list."""
        village, company = RATES[fault]
        return min(HIGHEST_RATE, company * self.insurer_worse if insurer else village * self.worse)


_USUAL = Profile()
PROFILES = {
    "default": _USUAL,
    "clean": replace(_USUAL, worse=0.25, insurer_worse=0.25, uneven=0.1, niks={"text": 1}),
    "harsh": replace(
        _USUAL,
        worse=2.0,
        uneven=0.7,
        niks={"text": 60, "cut": 22, "scientific": 8, "apostrophe": 6, "spaced": 4},
    ),
}
