"""Why floors and quotas cannot be met, said before anything is solved, or after the solver has proven it."""

from __future__ import annotations

from collections import deque

import numpy as np

from payung.planning.optimum.prices import Prices
from payung.planning.optimum.problem import NOBODY, Ints, Problem
from payung.planning.question import Question
from payung.planning.wishes import Wishes
from payung.text import Text

SHOWN = 5  # villages named in one sentence


def before_solving(question: Question, wishes: Wishes) -> tuple[list[str], Text] | None:
    """Return the villages whose floor cannot be met and why, or ``None`` where nothing is clearly impossible."""
    problem = question.problem
    if not problem.floor.any():
        return None
    return _no_payer(question, wishes) or _no_places(question, wishes) or _no_money(question, wishes)


def after_solving(
    question: Question, wishes: Wishes, prices: Prices, *, proven: bool
) -> tuple[list[str], Text]:
    """Return the villages and the lines that the proof of the solver rests on."""
    problem = question.problem
    hard = np.nonzero((problem.floor > 0) & (prices.floor > 0))[0]
    hard = hard if len(hard) else np.nonzero(problem.floor > 0)[0]
    scarce = [line for line, worth in zip(wishes.lines, prices.money, strict=True) if worth > 0] or list(
        wishes.lines
    )
    villages = [question.villages[at] for at in hard]
    names, money = ", ".join(line.id for line in scarce), sum(line.amount for line in scarce)
    if not proven:
        return villages, Text(
            f"Tidak ditemukan rencana yang memberi {wishes.floor} orang kepada setiap desa ({_listed(villages)}): uang "
            f"{names} (Rp{_dots(money)}) hampir tidak cukup. Tambah uang atau turunkan floors.per_village.",
            f"No plan was found that gives every village {wishes.floor} people ({_listed(villages)}): the money of "
            f"{names} (Rp{money:,}) hardly suffices. Add money or lower floors.per_village.",
        )
    return villages, Text(
        f"Jatah {wishes.floor} orang tiap desa tidak dapat dipenuhi bersama di {len(villages)} desa "
        f"({_listed(villages)}): di sana uang {names} (Rp{_dots(money)}) tidak cukup dalam batas bulan, "
        "wilayah, kategori dan kuota. Tambah uangnya, longgarkan batasnya, atau turunkan floors.per_village.",
        f"The floor of {wishes.floor} people a village cannot be met together in {len(villages)} villages "
        f"({_listed(villages)}): there the money of {names} (Rp{money:,}) does not suffice within the limits of "
        "months, areas, categories and quotas. Add money, loosen the limits, or lower floors.per_village.",
    )


def _no_payer(question: Question, wishes: Wishes) -> tuple[list[str], Text] | None:
    problem = question.problem
    able = np.bincount(problem.village[question.payable[question.asked]], minlength=len(problem.floor))
    eligible = np.bincount(problem.village, minlength=len(problem.floor))
    short = np.nonzero(able < problem.floor)[0]
    if not len(short):
        return None
    at = int(short[0])
    villages = [question.villages[one] for one in short]
    return villages, Text(
        f"Jatah {wishes.floor} orang tiap desa tidak dapat dipenuhi di {_listed(villages)}: di {villages[0]} ada "
        f"{eligible[at]} orang yang memenuhi syarat, tetapi sumber dana hanya boleh membayar {able[at]} orang di "
        f"antaranya untuk {wishes.length} bulan. Longgarkan wilayah, kategori atau bulan sumber dana, atau turunkan "
        "floors.per_village.",
        f"The floor of {wishes.floor} people a village cannot be met in {_listed(villages)}: {villages[0]} has "
        f"{eligible[at]} eligible people, but the lines may pay only {able[at]} of them for {wishes.length} months. "
        "Loosen the areas, categories or months of the lines, or lower floors.per_village.",
    )


def _no_places(question: Question, wishes: Wishes) -> tuple[list[str], Text] | None:
    """Look for villages whose people belong to categories whose quotas are too small for all their floors (Hall)."""
    problem = question.problem
    if not len(problem.quota):
        return None
    able = question.payable[question.asked]
    table = np.zeros((len(problem.floor), len(problem.quota) + 1), dtype=np.int64)
    np.add.at(table, (problem.village[able], problem.group[able]), 1)  # NOBODY is the last column
    need = np.maximum(problem.floor - table[:, NOBODY], 0)
    short = _unreached(need, table[:, :-1], problem.quota)
    if not len(short):
        return None
    used = [at for at in range(len(problem.quota)) if table[short, at].any()]
    villages = [question.villages[at] for at in short]
    quotas = ", ".join(f"{question.categories[at]} {problem.quota[at]}" for at in used)
    wanted = int(need[short].sum())
    return villages, Text(
        f"Kuota ({quotas}) terlalu kecil untuk jatah {wishes.floor} orang tiap desa: {len(villages)} desa "
        f"({_listed(villages)}) memerlukan {wanted} orang dari kategori itu. Naikkan kuota atau turunkan "
        "floors.per_village.",
        f"The quotas ({quotas}) are too small for the floor of {wishes.floor} people a village: {len(villages)} "
        f"villages ({_listed(villages)}) need {wanted} people of these categories. Raise the quotas or lower "
        "floors.per_village.",
    )


def _unreached(need: Ints, table: Ints, quota: Ints) -> Ints:
    """Return the villages of a set that needs more than its categories give; none where everybody can be served.

    A flow from villages (``need``) over ``table`` to categories (``quota``), made as large as it can be.
    """
    flow = np.zeros_like(table)
    rest, places = need.copy(), quota.copy()
    while True:
        path = _path(rest, flow, table, places)
        if isinstance(path, set):
            return np.array(sorted(path), dtype=np.int64)
        if not path:
            return np.zeros(0, dtype=np.int64)
        start, steps, end = path
        amount = min(int(rest[start]), int(places[end]))
        for village, category, forth in steps:
            amount = min(amount, int((table - flow)[village, category] if forth else flow[village, category]))
        for village, category, forth in steps:
            flow[village, category] += amount if forth else -amount
        rest[start] -= amount
        places[end] -= amount


def _path(
    rest: Ints, flow: Ints, table: Ints, places: Ints
) -> tuple[int, list[tuple[int, int, bool]], int] | set[int] | None:
    """Return a way to serve one more, the set of villages that no way leads out of, or ``None``: all are served."""
    starts = np.nonzero(rest > 0)[0]
    if not len(starts):
        return None
    start = int(starts[0])
    came: dict[tuple[str, int], list[tuple[int, int, bool]]] = {("v", start): []}
    queue = deque([("v", start)])
    while queue:
        kind, at = queue.popleft()
        steps = came[(kind, at)]
        if kind == "v":
            for category in np.nonzero(table[at] > flow[at])[0].tolist():
                if ("c", category) not in came:
                    came[("c", category)] = [*steps, (at, category, True)]
                    if places[category] > 0:
                        return start, came[("c", category)], category
                    queue.append(("c", category))
        else:
            for village in np.nonzero(flow[:, at] > 0)[0].tolist():
                if ("v", village) not in came:
                    came[("v", village)] = [*steps, (village, at, False)]
                    queue.append(("v", village))
    return {at for kind, at in came if kind == "v"}


def _no_money(question: Question, wishes: Wishes) -> tuple[list[str], Text] | None:
    """Compare the cheapest people of every village, each on the cheapest line a month, with all the money there is."""
    problem = question.problem
    least, money = cheapest_floors(problem), int(problem.budget.sum())
    if least <= money:
        return None
    villages = [question.villages[at] for at in np.nonzero(problem.floor)[0]]
    return villages, Text(
        f"Uang tidak cukup untuk jatah {wishes.floor} orang tiap desa: {len(villages)} desa memerlukan paling sedikit "
        f"Rp{_dots(least)}, semua sumber dana bersama Rp{_dots(money)}, kurang Rp{_dots(least - money)}. Tambah "
        "uang atau turunkan floors.per_village.",
        f"The money does not suffice for the floor of {wishes.floor} people a village: {len(villages)} villages need "
        f"at least Rp{least:,}, all lines together hold Rp{money:,}, short by Rp{least - money:,}. Add money or lower "
        "floors.per_village.",
    )


def cheapest_floors(problem: Problem) -> int:
    """Return the rupiah without which the floors cannot be met whatever line pays whom."""
    shape = problem.shape
    far = np.int64(1 << 40)
    month = np.where(shape.cost >= 0, shape.cost, far).min(axis=1)
    window = np.where(shape.start >= 0, np.minimum(month, far) @ shape.windows.T, far)
    price = window.min(axis=1)[problem.kind]
    order = np.lexsort((price, problem.village))
    village = problem.village[order]
    begins = np.searchsorted(village, village)
    counts = (np.arange(len(order)) - begins) < problem.floor[village]
    return int(price[order][counts].sum())


def _listed(villages: list[str]) -> str:
    more = f", … +{len(villages) - SHOWN}" if len(villages) > SHOWN else ""
    return ", ".join(villages[:SHOWN]) + more


def _dots(amount: int) -> str:
    return f"{amount:,}".replace(",", ".")
