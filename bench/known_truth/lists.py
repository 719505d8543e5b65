"""Who stands on which list, how often, and whom the insurer has."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from .draw import Array, Draw
from .people import People, populate
from .rates import PROFILES, Profile
from .writing import Writer

KINDS = ("PEKERJA RENTAN", "RT RW", "BPD", "KADER", "KEAGAMAAN", "LINMAS", "PERANGKAT DESA")
OFFICES = ("DINSOS", "DISTAN", "DISKAN", "DISNAKERTRANS", "KECAMATAN", "DPMD")
_KIND_OF_JOB = {
    "KETUA RT": 1,
    "ANGGOTA BPD": 2,
    "KADER POSYANDU": 3,
    "GURU NGAJI": 4,
    "MARBOT": 4,
    "PENDETA": 4,
    "LINMAS": 5,
    "PERANGKAT DESA": 6,
}
_SEGMENTS = ("BPU", "BPU", "BPU", "PU", "JAKON")
# Of further rows of one person: in the same list, in another village's, in another list of the village; else an office.
_SAME_LIST, _OTHER_VILLAGE, _SAME_VILLAGE = 0.06, 0.18, 0.55
ENOUGH = 1.02  # a few people more, so that chance never leaves a list short
INSURED_TWICE, RELATIVES_INSURED, INSURED_MOVED = 0.015, 0.30, 0.05


@dataclass(frozen=True)
class Lists:
    """What :func:`generate` made; every cell is text.

    Fields
        roster: rows of village lists: ``rec_id, src, no, nama, nik, no_kk, jk, tempat_lahir, tgl_lahir, rt_rw, desa,
            kecamatan, pekerjaan, no_hp``.
        insurer: rows of the insurer's list: the same without ``src``, ``no``, ``rt_rw``, with ``kpj`` and ``segmen``.
        truth: for both: ``rec_id, side`` (A village, B insurer), ``entity_id, household_id, true_name, true_nik,
            true_birth, twin, faults`` (names of the rates, with spaces between).
    """

    roster: pl.DataFrame
    insurer: pl.DataFrame
    truth: pl.DataFrame


def generate(
    rows: int, seed: int, profile: str | Profile = "default", insurer_rows: int | None = None
) -> Lists:
    """Return lists with ``rows`` rows a side (or ``insurer_rows`` in the insurer's); the same call, the same lists."""
    manner = PROFILES[profile] if isinstance(profile, str) else profile
    draw = Draw(seed, 2)
    again = np.array(manner.again)
    each = 1 + float((again * np.arange(again.size)).sum() / again.sum())  # rows of one person
    listed_people = int(rows / each * ENOUGH) + 20
    company = rows if insurer_rows is None else insurer_rows
    insured_people = int(company / (1 + INSURED_TWICE))
    others = max(0, insured_people - int(listed_people * manner.insured))
    people = populate(int((listed_people + others) * 1.12) + 200, rows, seed, manner)
    workers = draw.rng.permutation(np.flatnonzero((people.age >= 17) & (people.age < 65)))
    listed = workers[:listed_people]

    who, file, village = _placed(people, listed, rows, again, draw)
    roster, of_roster = _roster(people, who, file, village, seed, manner)
    chosen = _insured(people, np.unique(who), workers, company, insured_people, manner, draw)
    insurer, of_insurer = _insurer(people, chosen, seed, manner, draw)
    return Lists(roster, insurer, pl.concat([of_roster, of_insurer]))


def _placed(people: People, listed: Array, rows: int, again: Array, draw: Draw) -> tuple[Array, Array, Array]:
    """Return who stands on each row, the number of its list and its village; sorted by list."""
    villages = people.villages.height
    kind = np.zeros(listed.size, dtype=np.int64)
    at_office = draw.chance(0.6, listed.size)
    for job, number in _KIND_OF_JOB.items():
        kind[(people.job[listed] == job) & at_office] = number
    home = people.village[listed]
    usual = home * 10 + kind
    extra = draw.rng.choice(again.size, listed.size, p=again / again.sum())
    one = np.repeat(np.arange(listed.size), extra)
    luck, other = draw.rng.random(one.size), draw.rng.integers(0, villages, one.size)
    above = np.unique(people.villages["subdistrict"].to_numpy(), return_inverse=True)[1]
    office = villages * 10 + above[home[one]] * 10 + draw.rng.integers(0, len(OFFICES), one.size)
    near = home[one] * 10 + draw.rng.integers(0, len(KINDS), one.size)
    moved = (luck >= _SAME_LIST) & (luck < _OTHER_VILLAGE)
    list_of = np.where(
        luck < _SAME_LIST,
        usual[one],
        np.where(moved, other * 10, np.where(luck < _SAME_VILLAGE, near, office)),
    )
    who = np.r_[listed, listed[one]]
    file = np.r_[usual, list_of]
    village = np.r_[home, np.where(moved, other, home[one])]
    kept = draw.rng.permutation(who.size)[:rows]
    kept = kept[np.lexsort((draw.rng.random(kept.size), file[kept]))]
    return who[kept], file[kept], village[kept]


def _roster(
    people: People, who: Array, file: Array, village: Array, seed: int, profile: Profile
) -> tuple[pl.DataFrame, pl.DataFrame]:
    writer = Writer(people, who, file, village, Draw(seed, 3), profile, insurer=False)
    names = people.villages["name"].to_list()
    above = people.villages["subdistrict"].to_list()
    districts = sorted(set(above))
    titles = {}
    for one in np.unique(file).tolist():
        at, number = divmod(one, 10)
        if at < len(names):
            titles[one] = f"{KINDS[number]} - DESA {names[at]} - KEC {above[at]}"
        else:
            titles[one] = f"{OFFICES[number]} - KEC {districts[at - len(names)]}"
    first = np.r_[True, file[1:] != file[:-1]]
    start = np.maximum.accumulate(np.where(first, np.arange(file.size), 0))
    head = {
        "rec_id": [f"A{at:08d}" for at in range(who.size)],
        "src": [titles[one] for one in file.tolist()],
        "no": (np.arange(file.size) - start + 1).astype(str).tolist(),
    }
    frame = pl.DataFrame(head | {name: cells.tolist() for name, cells in writer.cells().items()})
    return frame, _truth(people, frame["rec_id"], who, "A", writer.faults)


def _insured(
    people: People,
    listed: Array,
    workers: Array,
    rows: int,
    insured_people: int,
    profile: Profile,
    draw: Draw,
) -> Array:
    """Return whom the insurer has, a row each: some of the listed, their relatives, others, and a few twice."""
    known = listed[draw.chance(profile.insured, listed.size)]
    rest = max(0, insured_people - known.size)
    off = workers[~np.isin(workers, listed)]
    related = off[np.isin(people.home[off], people.home[listed])]
    family = draw.rng.permutation(related)[: int(rest * RELATIVES_INSURED)]
    strangers = draw.rng.permutation(off[~np.isin(off, family)])[: rest - family.size]
    chosen = np.r_[known, family, strangers]
    twice = draw.rng.permutation(chosen)[: max(0, rows - chosen.size)]
    return draw.rng.permutation(np.r_[chosen, twice])[:rows]


def _insurer(
    people: People, who: Array, seed: int, profile: Profile, draw: Draw
) -> tuple[pl.DataFrame, pl.DataFrame]:
    moved = draw.chance(INSURED_MOVED, who.size)
    village = np.where(moved, draw.rng.integers(0, people.villages.height, who.size), people.village[who])
    one_list = np.zeros(who.size, dtype=np.int64)
    writer = Writer(people, who, one_list, village, Draw(seed, 4), profile, insurer=True)
    cells = {name: cells.tolist() for name, cells in writer.cells().items() if name != "rt_rw"}
    head = {
        "rec_id": [f"B{at:08d}" for at in range(who.size)],
        "kpj": [f"{99_000_000_000 + 7 * at}" for at in draw.rng.permutation(who.size).tolist()],
        "segmen": draw.of(_SEGMENTS, who.size).tolist(),
    }
    frame = pl.DataFrame(head | cells)
    return frame, _truth(people, frame["rec_id"], who, "B", writer.faults)


def _truth(people: People, records: pl.Series, who: Array, side: str, faults: Array) -> pl.DataFrame:
    twins = np.flatnonzero(people.twin >= 0)
    paired = np.r_[twins, people.twin[twins]]
    return pl.DataFrame(
        {
            "rec_id": records,
            "side": [side] * who.size,
            "entity_id": who.astype(np.int64),
            "household_id": people.home[who].astype(np.int64),
            "true_name": people.name[who].tolist(),
            "true_nik": people.nik[who].tolist(),
            "true_birth": pl.Series(people.born[who].astype("datetime64[D]")),
            "twin": np.isin(who, paired),
            "faults": [text.rstrip() for text in faults],
        }
    )
