"""The rows of lists as they are written down: true facts in, cells out, with what went wrong in each."""

from __future__ import annotations

import numpy as np
import polars as pl

from . import hands
from .draw import Array, Draw, date, parts
from .people import CARRIERS, People
from .rates import ABSENT, CASES, DATES, RATES, SEXES, Profile

MONTHS = [
    "Januari",
    "Februari",
    "Maret",
    "April",
    "Mei",
    "Juni",
    "Juli",
    "Agustus",
    "September",
    "Oktober",
    "November",
    "Desember",
]
_SEX = {"letter": "LP", "word": ("Laki-laki", "Perempuan"), "short": ("LK", "PR"), "number": "12"}
_NO_NIK = ("", "", "", "-", "0", "tidak ada", "belum ada", "proses")
_FILLERS = (
    "1111111111111111",
    "0000000000000000",
    "1234567890123456",
    "6203000000000000",
    "9999999999999999",
)
_NO_DATE = ("00-00-0000", "31-02-1980", "00-00-1975", "tidak tahu", "01-01-1900")
_REWRITES = [name for name in RATES if name.startswith("name_")][:9]  # up to name_short_form


class Writer:
    """Writes rows of ``who`` (positions in ``people``), sorted by ``file``, whose village is ``village``."""

    def __init__(
        self,
        people: People,
        who: Array,
        file: Array,
        village: Array,
        draw: Draw,
        profile: Profile,
        *,
        insurer: bool,
    ) -> None:
        self.people, self.who, self.draw = people, who, draw
        self.profile, self.insurer = profile, insurer
        self.village, self.count = village, who.size
        lists, at = np.unique(file, return_inverse=True)
        self.follows = np.r_[False, file[1:] == file[:-1]]
        usual = {"case": {"upper": 1}, "dates": {"dashes": 1}, "niks": {"text": 1}, "sexes": {"letter": 1}}
        habits = {"case": CASES, "dates": DATES, "niks": profile.niks, "sexes": SEXES}
        given = usual if insurer else habits
        self.habit = {name: draw.weighted(weights, lists.size)[at] for name, weights in given.items()}
        spread = 0.0 if insurer else profile.uneven
        self.care = np.exp(draw.rng.normal(-(spread**2) / 2, spread, lists.size))[at]
        missing = {name: draw.chance(0.0 if insurer else share, lists.size) for name, share in ABSENT.items()}
        self.missing = {name: flags[at] for name, flags in missing.items()}
        self.faults = np.full(self.count, "", dtype=object)
        self.relative = self._relatives()
        self.has_relative = self.relative != who

    def hit(self, fault: str, among: Array | None = None) -> Array:
        """Return the positions of the rows with ``fault``, and note it there."""
        rate = np.minimum(self.profile.rate(fault, insurer=self.insurer) * self.care, 0.95)
        flags = self.draw.chance(rate, self.count)
        at = np.flatnonzero(flags if among is None else flags & among)
        self.faults[at] = self.faults[at] + (fault + " ")
        return at

    def cells(self) -> dict[str, Array]:
        """Return the columns of the rows."""
        born = self._born()
        with_place = self.habit["dates"] == "with_place"
        place = self._place()
        dates = self._dates(born, place)
        village, above = self._villages()
        return {
            "nama": self._names(),
            "nik": self._niks(),
            "no_kk": self._cards(),
            "jk": self._sexes(),
            "tempat_lahir": np.where(self.missing["tempat_lahir"] | with_place, "", place),
            "tgl_lahir": dates,
            "rt_rw": self._neighbourhoods(),
            "desa": village,
            "kecamatan": above,
            "pekerjaan": self._jobs(),
            "no_hp": self._phones(),
        }

    def _relatives(self) -> Array:
        """Return somebody of the same household for every row: perhaps the person again."""
        order = np.argsort(self.people.home, kind="stable")
        homes = self.people.home[order]
        first = np.searchsorted(homes, self.people.home[self.who])
        last = np.searchsorted(homes, self.people.home[self.who], side="right")
        return order[first + (self.draw.rng.random(self.count) * (last - first)).astype(np.int64)]

    def _kept(self, numbers: Array) -> Array:
        """Return ``numbers`` as the lists keep them: cut to 15 digits by Excel, or as 6.20309E+15."""
        way = self.habit["niks"]
        for at in np.flatnonzero((way == "cut") | (way == "scientific")):
            text = numbers[at]
            if not text.isdigit():
                continue
            cut = text[:15] + "0" * (len(text) - 15)
            numbers[at] = cut if way[at] == "cut" else f"{int(text):.5E}"
        return numbers

    def _niks(self) -> Array:
        draw, true = self.draw, self.people.nik
        nik = true[self.who].copy()
        at = self.hit("nik_relative", self.has_relative)
        nik[at] = true[self.relative[at]]
        at = self.hit("nik_row_above", self.follows)
        nik[at] = true[self.who[at - 1]]
        for one in self.hit("nik_row_above_plus_one", self.follows):
            nik[one] = str(int(true[self.who[one - 1]]) + 1)
        at = self.hit("nik_is_card")
        nik[at] = self.people.card[self.who[at]]
        ways = {
            "nik_digit": hands.digit,
            "nik_turned": hands.turned,
            "nik_digits": lambda text, draw: hands.digit(text, draw, 2 + draw.one(2)),
            "nik_short": hands.shorter,
            "nik_long": hands.longer,
        }
        for fault, way in ways.items():
            for one in self.hit(fault):
                nik[one] = way(nik[one], draw)
        nik = self._kept(nik)
        for one in np.flatnonzero(self.habit["niks"] == "apostrophe"):
            nik[one] = "'" + nik[one]
        for one in np.flatnonzero(self.habit["niks"] == "spaced"):
            nik[one] = " ".join((nik[one][:6], nik[one][6:12], nik[one][12:]))
        at = self.hit("nik_blank")
        nik[at] = draw.of(_NO_NIK, at.size)
        at = self.hit("nik_filler")
        nik[at] = draw.of(_FILLERS, at.size)
        return np.where(self.missing["nik"], "", nik)

    def _cards(self) -> Array:
        card = self.people.card[self.who].copy()
        at = self.hit("card_old")
        card[at] = self.people.card_old[self.who[at]]
        for one in self.hit("card_digit"):
            card[one] = hands.digit(card[one], self.draw)
        card = self._kept(card)
        card[self.hit("card_blank")] = ""
        return np.where(self.missing["no_kk"], "", card)

    def _names(self) -> Array:
        draw = self.draw
        name, woman = self.people.name[self.who].copy(), self.people.woman[self.who]
        faults: dict[int, set[str]] = {}
        for fault in _REWRITES:
            for one in self.hit(fault):
                faults.setdefault(int(one), set()).add(fault)
        for one in sorted(faults):
            name[one] = hands.rewritten(name[one], faults[one], draw)
        for one in self.hit("name_of_father"):
            name[one] = hands.of_father(name[one], woman[one], self.people.father[self.who[one]], draw)
        for one in self.hit("name_title"):
            name[one] = hands.titled(name[one], woman[one], draw)
        for one in self.hit("name_alias"):
            name[one] = hands.aliased(name[one], woman[one], draw)
        text = pl.Series(name.tolist(), dtype=pl.String)
        upper, lower = text.str.to_uppercase().to_numpy(), text.str.to_lowercase().to_numpy()
        case = self.habit["case"]
        shouted = (case == "upper") | ((case == "mixed") & draw.chance(0.5, self.count))
        name = np.where(shouted, upper, np.where(case == "lower", lower, name))
        for one in np.flatnonzero(draw.chance(0.0 if self.insurer else 0.01, self.count)):
            name[one] = " " + name[one].replace(" ", "  ", 1)
        return name

    def _sexes(self) -> Array:
        woman = self.people.woman[self.who].astype(np.int64)
        at = self.hit("sex_wrong")
        woman[at] = 1 - woman[at]
        words = [_SEX[way][one] for way, one in zip(self.habit["sexes"], woman, strict=True)]
        sex = np.array(words, dtype=object)
        sex[self.hit("sex_blank")] = ""
        return np.where(self.missing["jk"], "", sex)

    def _born(self) -> Array:
        """Return the birth dates as their writer believed them."""
        draw, born = self.draw, self.people.born[self.who].copy()
        year, month, day = parts(born)
        month, day = month.copy(), day.copy()
        at = self.hit("birth_default")
        month[at], day[at] = 7, 1
        at = self.hit("birth_day_month", (day <= 12) & (day != month))
        month[at], day[at] = day[at], month[at]
        at = self.hit("birth_day")
        near = np.clip(day[at] + np.where(draw.chance(0.5, at.size), 1, -1), 1, 28)
        day[at] = np.where(draw.chance(0.5, at.size), near, draw.whole(1, 28, at.size))
        at = self.hit("birth_month")
        month[at] = np.clip(month[at] + draw.rng.choice([-1, 1, 2], at.size), 1, 12)
        at = self.hit("birth_year")
        luck, two = draw.rng.random(at.size), year[at] % 100
        turned = year[at] - two + two % 10 * 10 + two // 10
        near = year[at] + draw.rng.choice([-3, -2, -1, 1, 2], at.size)
        ten = year[at] + draw.rng.choice([-10, 10], at.size)
        other = np.where(luck < 0.55, near, np.where(luck < 0.8, ten, turned))
        year[at] = np.where((other < 1925) | (other > 2012), year[at] - 1, other)
        return date(year, month, day)

    def _dates(self, born: Array, place: Array) -> Array:
        style, moment = pl.col("style"), pl.col("born")
        year, month, day = (part.astype(str).astype(object) for part in parts(born))
        table = pl.DataFrame(
            {
                "born": pl.Series(born.astype("datetime64[D]")),
                "style": pl.Series(self.habit["dates"].tolist()),
                "place": pl.Series(place.tolist()),
                "words": pl.Series(
                    [
                        f"{int(one):02d} {MONTHS[int(two) - 1]} {three}"
                        for one, two, three in zip(day, month, year, strict=True)
                    ]
                ),
                "short": pl.Series((day + "/" + month + "/" + year).tolist()),
                "serial": pl.Series((born - np.datetime64("1899-12-30")).astype(np.int64)).cast(pl.String),
            }
        )
        dashes = moment.dt.strftime("%d-%m-%Y")
        ways = {
            "slashes": moment.dt.strftime("%d/%m/%Y"),
            "iso": moment.dt.strftime("%Y-%m-%d"),
            "words": pl.col("words"),
            "short_year": moment.dt.strftime("%d-%m-%y"),
            "serial": pl.col("serial"),
            "no_zeros": pl.col("short"),
            "with_place": pl.col("place") + ", " + dashes,
            "american": moment.dt.strftime("%m/%d/%Y"),
        }
        chosen = pl.when(style == "dashes").then(dashes)
        for name, way in ways.items():
            chosen = chosen.when(style == name).then(way)
        text = table.select(chosen).to_series().to_numpy().astype(object)
        at = self.hit("birth_impossible")
        text[at] = self.draw.of(_NO_DATE, at.size)
        text[self.hit("birth_blank")] = ""
        return np.where(self.missing["tgl_lahir"], "", text)

    def _place(self) -> Array:
        place = self.people.birth_place[self.who].copy()
        for one in self.hit("place_written_otherwise"):
            place[one] = hands.place(place[one], self.draw)
        place[self.hit("place_blank")] = ""
        return place

    def _villages(self) -> tuple[Array, Array]:
        at = self.village.copy()
        other = self.hit("village_other")
        at[other] = self.draw.rng.integers(0, self.people.villages.height, other.size)
        name = self.people.villages["name"].to_numpy().astype(object)[at]
        for one in self.hit("village_written_otherwise"):
            name[one] = hands.place(name[one], self.draw)
        return name, self.people.villages["subdistrict"].to_numpy().astype(object)[at]

    def _jobs(self) -> Array:
        job = self.people.job[self.who].copy()
        job[self.hit("job_blank")] = ""
        return np.where(self.missing["pekerjaan"], "", job)

    def _phones(self) -> Array:
        draw, true = self.draw, self.people.phone
        phone = true[self.who].copy()
        at = self.hit("phone_relative", self.has_relative & (true[self.relative] != ""))
        phone[at] = true[self.relative[at]]
        at = self.hit("phone_new", phone != "")
        phone[at] = draw.of(CARRIERS, at.size) + draw.whole(10_000_000, 99_999_999, at.size).astype(
            str
        ).astype(object)
        for one in self.hit("phone_digit", phone != ""):
            phone[one] = hands.digit(phone[one], draw)
        way = draw.rng.random(self.count)
        for one in np.flatnonzero((phone != "") & (way < 0.25) & (not self.insurer)):
            phone[one] = hands.telephone(phone[one], way[one])
        phone[self.hit("phone_blank")] = ""
        return np.where(self.missing["no_hp"], "", phone)

    def _neighbourhoods(self) -> Array:
        rt, rw = self.draw.whole(1, 8, self.count), self.draw.whole(0, 4, self.count)
        text = np.array([f"{one:03d}/{two:03d}" for one, two in zip(rt, rw, strict=True)], dtype=object)
        return np.where(self.draw.chance(0.35, self.count), "", text)
