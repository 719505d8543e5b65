"""The invented people as they truly are: households in villages, before any list writes them down."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from payung.regions import Gazetteer

from . import words
from .draw import Array, Draw, date, parts
from .rates import Profile

TODAY = np.datetime64("2026-11-21")
YEAR = 365.25
HEAD, SPOUSE, CHILD, ELDER = 0, 1, 2, 3
#: Above so many rows the people of a whole province are needed; below, of two districts.
ONE_PROVINCE, TWO_DISTRICTS, MANY_ROWS = "62", {"62.03": 0.75, "62.10": 0.25}, 150_000
#: Added to the number of a sub-district, so that there is none such: nobody has these NIKs.
NO_SUCH_SUBDISTRICT = 50
PEOPLE_A_HOUSEHOLD = 1.86  # of working age
_TOWNS = ("Kuala Kapuas", "Kuala Kurun", "Palangka Raya", "Pulang Pisau", "Sampit", "Buntok")
# Culture → where its older people were registered first: towns outside, with the codes of their districts.
_OUTSIDE = {
    "dayak": (("Banjarmasin", "6371"), ("Marabahan", "6304")),
    "banjar": (("Banjarmasin", "6371"), ("Martapura", "6303"), ("Kandangan", "6306"), ("Amuntai", "6308")),
    "jawa": (
        ("Blitar", "3505"),
        ("Kediri", "3506"),
        ("Ponorogo", "3502"),
        ("Klaten", "3310"),
        ("Kebumen", "3305"),
    ),
}
_SHARE_OUTSIDE = (0.01, 0.13, 0.24)
_JOBS = {
    "PETANI/PEKEBUN": 27, "IBU RUMAH TANGGA": 12, "BURUH HARIAN LEPAS": 9, "BURUH TANI": 8, "WIRASWASTA": 8,
    "PEDAGANG": 7, "NELAYAN": 6, "KARYAWAN SAWIT": 5, "PENYADAP KARET": 4, "TUKANG KAYU": 3, "TUKANG BATU": 3,
    "SOPIR": 3, "KETUA RT": 3, "KADER POSYANDU": 2.5, "PERANGKAT DESA": 2, "PENAMBANG": 2, "OJEK": 2,
    "ANGGOTA BPD": 1.5, "GURU NGAJI": 1.2, "LINMAS": 1, "MARBOT": 0.8, "PENDETA": 0.6,
}  # fmt: skip
_MENS, _WOMENS = (
    ("TUKANG KAYU", "TUKANG BATU", "SOPIR", "MARBOT", "PENAMBANG"),
    ("IBU RUMAH TANGGA", "KADER POSYANDU"),
)
CARRIERS = tuple(f"084{digit}" for digit in range(10))  # held by no operator: these numbers reach nobody


@dataclass(frozen=True)
class People:
    """One entry a person in every array; ``villages`` has ``code``, ``name``, ``subdistrict`` by position.

    ``home`` is the household (the head is the person of the same number), ``twin`` the position of the twin or -1,
    ``card_old`` an earlier family card, ``phone`` empty where there is none.
    """

    home: Array
    woman: Array
    born: Array
    nik: Array
    card: Array
    card_old: Array
    name: Array
    father: Array
    birth_place: Array
    village: Array
    phone: Array
    job: Array
    twin: Array
    villages: pl.DataFrame

    @property
    def age(self) -> Array:
        """Years on the day of all lists."""
        return (TODAY - self.born).astype(np.int64) / YEAR


def populate(workers: int, rows: int, seed: int, profile: Profile) -> People:
    """Return people of whom some ``workers`` are of working age; from a whole province where ``rows`` are many."""
    draw = Draw(seed, 1)
    villages, weights = _villages(rows, draw)
    homes = int(workers / PEOPLE_A_HOUSEHOLD) + 50
    where = draw.rng.choice(villages.height, homes, p=weights)
    mixture = draw.rng.dirichlet(np.array(words.SHARES) * 1.6, villages.height)
    origin = (draw.rng.random(homes)[:, None] > np.cumsum(mixture, axis=1)[where]).sum(axis=1).clip(0, 2)

    home, role, woman, age, twin = _households(homes, draw, profile)
    count = home.size
    culture = np.where(
        (role == SPOUSE) & draw.chance(0.14, count), draw.rng.choice(3, count, p=words.SHARES), origin[home]
    )
    twins = np.flatnonzero(twin >= 0)
    born = _born(age, draw)
    born[twins] = born[twin[twins]]
    year, month, day = parts(born)

    code = villages["code"].to_numpy()[where]
    region, place = _first_registered(code, villages, where, home, role, culture, year, draw)
    region[twins], place[twins] = region[twin[twins]], place[twin[twins]]
    nik = _niks(region, year, month, day, woman, draw)
    card, card_old = (_cards(_registry(code), draw)[home] for _ in range(2))

    family = draw.falling(words.families(), homes)[home]
    family = np.where(role == SPOUSE, draw.falling(words.families(), count), family)
    name = words.names(draw, culture, woman, year, family)
    _twins_alike(name, woman, twin, draw)
    man_at_home = ~woman[home]  # the head is the father
    sons = np.flatnonzero((role == CHILD) & ~woman & man_at_home & draw.chance(profile.namesakes, count))
    name[sons] = name[home[sons]]
    others = words.names(draw, culture, np.zeros(count, bool), year - 28, family)[:, 1]
    father = np.where((role == CHILD) & man_at_home, name[home, 1], others)

    job = draw.weighted(_JOBS, count)
    job = np.where(~woman & np.isin(job, _WOMENS), "PETANI/PEKEBUN", job)
    job = np.where(woman & np.isin(job, _MENS), "IBU RUMAH TANGGA", job)
    number = draw.whole(10_000_000, 99_999_999, count).astype(str).astype(object)
    has_phone = draw.chance(np.where(age > 60, 0.35, np.where(age < 15, 0.05, 0.8)), count)
    phone = np.where(has_phone, draw.of(CARRIERS, count) + number, "")
    return People(
        home, woman, born, nik, card, card_old, joined(name), father, place, where[home], phone, job, twin, villages
    )  # fmt: skip


def joined(name: Array) -> Array:
    """Return names from their words."""
    table = pl.DataFrame({str(at): pl.Series(name[:, at].tolist(), dtype=pl.String) for at in range(4)})
    return table.select(pl.concat_str(pl.all(), separator=" ", ignore_nulls=True)).to_series().to_numpy()


def _villages(rows: int, draw: Draw) -> tuple[pl.DataFrame, Array]:
    """Return the villages, and the share of the people in each."""
    gazetteer = Gazetteer.load()
    districts = TWO_DISTRICTS if rows <= MANY_ROWS else {
        one.code: 1.0 for one in gazetteer.regencies(ONE_PROVINCE)
    }  # fmt: skip
    found = [
        (one.code, one.name.upper(), gazetteer.subdistrict(one.code[:8]).name.upper(), weight)
        for district, weight in districts.items()
        for one in gazetteer.villages(district)
    ]
    table = pl.DataFrame(found, schema=["code", "name", "subdistrict", "weight"], orient="row")
    size = draw.rng.lognormal(0.0, 0.55, table.height)
    share = (
        table.with_columns(size=pl.Series(size), district=pl.col("code").str.slice(0, 5))
        .select(pl.col("size") / pl.col("size").sum().over("district") * pl.col("weight"))
        .to_series()
        .to_numpy()
    )
    return table.drop("weight"), share / share.sum()


def _registry(code: Array) -> Array:
    """Return six digits for villages' codes: a sub-district number that does not exist."""
    return np.array(
        [f"{one[0:2]}{one[3:5]}{int(one[6:8]) + NO_SUCH_SUBDISTRICT:02d}" for one in code], dtype=object
    )


def _households(homes: int, draw: Draw, profile: Profile) -> tuple[Array, ...]:
    """Return household, role, woman, age and twin of every person; the head of household i is person i."""

    def near(mean: float, spread: float, low: float, high: float) -> Array:
        ages = draw.rng.normal(mean, spread, homes)
        outside = (ages < low) | (ages > high)
        return np.where(outside, draw.rng.uniform(low, low + 35, homes), ages)

    head = near(44, 13, 20, 86)
    alone = draw.chance(0.14, homes)  # a woman heads the household
    married = ~alone & draw.chance(0.84, homes)
    spouse = np.maximum(head - draw.rng.normal(3.5, 4, homes), 17 + 6 * draw.rng.random(homes))
    mother = np.where(alone, head, spouse)
    number = np.minimum(draw.rng.poisson(2.2, homes), 7) * (married | (alone & draw.chance(0.7, homes)))
    at = np.repeat(np.arange(homes), number)
    child = mother[at] - (18 + draw.rng.random(at.size) * (np.minimum(mother[at], 42) - 18))
    still = draw.chance(np.where(child < 23, 1.0, np.where(child < 30, 0.55, 0.22)), at.size)
    at, child = at[(child > 0.02) & still], child[(child > 0.02) & still]
    again = np.flatnonzero(draw.chance(profile.twins, at.size))
    pairs = np.flatnonzero(married)
    elders = np.flatnonzero(draw.chance(0.08, homes))
    elder = np.minimum(head[elders] + draw.rng.uniform(20, 36, elders.size), 98)

    daughter = draw.chance(0.49, at.size)
    other = np.where(draw.chance(0.65, again.size), daughter[again], ~daughter[again])
    home = np.concatenate([np.arange(homes), pairs, at, at[again], elders])
    sizes = [homes, pairs.size, at.size + again.size, elders.size]
    role = np.repeat([HEAD, SPOUSE, CHILD, ELDER], sizes)
    woman = np.concatenate(
        [alone, np.full(pairs.size, True), daughter, other, draw.chance(0.65, elders.size)]
    )
    age = np.concatenate([head, spouse[pairs], child, child[again], elder])
    twin = np.full(home.size, -1)
    first = homes + pairs.size
    twin[first + at.size + np.arange(again.size)] = first + again
    return home, role, woman, age, twin


def _born(age: Array, draw: Draw) -> Array:
    """Return birth dates; older people without papers were given a default day."""
    born = (TODAY - np.floor(age * YEAR).astype("timedelta64[D]")).astype("datetime64[D]")
    year = parts(born)[0]
    default = draw.chance(np.where(year < 1960, 0.14, np.where(year < 1975, 0.06, 0.008)), age.size)
    luck = draw.rng.random(age.size)
    month = np.where(luck < 0.7, 7, np.where(luck < 0.9, 12, 1))
    day = np.where((luck >= 0.7) & (luck < 0.9), 31, 1)
    return np.where(default, date(year, month, day), born)


def _first_registered(
    code: Array,
    villages: pl.DataFrame,
    where: Array,
    home: Array,
    role: Array,
    culture: Array,
    year: Array,
    draw: Draw,
) -> tuple[Array, Array]:
    """Return the first six digits of the NIK and the place of birth: at home, nearby, or far away."""
    count = home.size
    here = _registry(code)
    region = here[home].copy()
    grown = role != CHILD
    moved = grown & draw.chance(0.19, count)
    region[moved] = draw.of(np.unique(_registry(villages["code"].to_numpy())), int(moved.sum()))
    child = (role == CHILD) & draw.chance(0.10, count)  # born where the head was registered
    region[child] = region[home[child]]
    names = np.array([name.title() for name in villages["name"]], dtype=object)[where[home]]
    above = np.array([name.title() for name in villages["subdistrict"]], dtype=object)[where[home]]
    luck = draw.rng.random(count)
    place = np.where(luck < 0.45, draw.of(_TOWNS, count), np.where(luck < 0.72, names, above))
    far = grown & (year < 1998) & draw.chance(np.array(_SHARE_OUTSIDE)[culture], count)
    for number, name in enumerate(words.CULTURES):
        at = np.flatnonzero(far & (culture == number))
        town = draw.rng.integers(0, len(_OUTSIDE[name]), at.size)
        place[at] = np.array([one for one, _ in _OUTSIDE[name]], dtype=object)[town]
        districts = np.array([district for _, district in _OUTSIDE[name]], dtype=object)[town]
        region[at] = districts + (NO_SUCH_SUBDISTRICT + draw.whole(1, 15, at.size)).astype(str).astype(object)
    return region, np.array([one.upper() for one in place], dtype=object)


def _numbered(stem: Array, draw: Draw) -> Array:
    """Return ``stem`` with a serial of four digits, none twice, with small gaps."""
    step = pl.Series(draw.rng.geometric(0.72, stem.size))
    order = pl.Series(draw.rng.random(stem.size))
    table = pl.DataFrame({"stem": pl.Series(stem.tolist()), "step": step, "order": order})
    serial = pl.col("step").cum_sum().over("stem", order_by="order").cast(pl.String).str.zfill(4)
    return table.select(pl.col("stem") + serial).to_series().to_numpy().astype(object)


def _two(number: Array) -> Array:
    return np.char.zfill(number.astype(str), 2).astype(object)


def _niks(region: Array, year: Array, month: Array, day: Array, woman: Array, draw: Draw) -> Array:
    """Return NIKs; a few keep an earlier birth date or sex than the one registered now."""
    count = year.size
    old = draw.chance(0.012, count)
    luck = draw.rng.random(count)
    year = np.where(old & (luck < 0.5), year - draw.whole(1, 3, count), year)
    day = np.where(old & (luck >= 0.5) & (luck < 0.8), draw.whole(1, 28, count), day)
    month = np.where(old & (luck >= 0.8), draw.whole(1, 12, count), month)
    day = np.where(old, np.minimum(day, 28), day)
    woman = woman ^ draw.chance(0.001, count)
    return _numbered(region + _two(day + 40 * woman) + _two(month) + _two(year % 100), draw)


def _cards(region: Array, draw: Draw) -> Array:
    """Return a family card number for every household: the date in it is the day of issue."""
    issued = np.datetime64("2004-01-01") + draw.whole(0, 7999, region.size)
    year, month, day = parts(issued)
    return _numbered(region + _two(day) + _two(month) + _two(year % 100), draw)


def _twins_alike(name: Array, woman: Array, twin: Array, draw: Draw) -> None:
    """Give half of the twins of one sex the name of the other, but for the end of the first word."""
    turned = str.maketrans("aiueo", "iaioi")
    twins = np.flatnonzero(twin >= 0)
    for at in twins[draw.chance(0.55, twins.size)]:
        other = twin[at]
        if woman[at] != woman[other]:
            continue
        word = name[other, 1]
        end = word[-1].translate(turned)
        name[at] = name[other]
        name[at, 1] = word[:-1] + (end if end != word[-1] else "n" if word[-1] != "n" else "s")
