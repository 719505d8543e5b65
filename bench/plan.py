"""The plan at size: `payung plan`, and its solver beside a plain whole-number programme and the greedy plan.

.venv/bin/python bench/plan.py [--quick] [--people 50000] [--seconds 60]

The question is an invented district: 231 villages, 12 lines with areas, months, categories and occupations, a floor
a village and two quotas. Every way runs in its own process. The plain programme has one column for everybody and
every line of every month; it is ended after ``--seconds``.
"""

from __future__ import annotations

import argparse
import csv
import datetime as dt
import json
import random
import sys
import tempfile
from pathlib import Path

from measure import Measured, measure

VILLAGES = [f"62.{93 + at // 77}.{1 + at % 17:02d}.{2001 + at // 17}" for at in range(231)]
OFFICES = {"bpd": 600_000, "perangkat_desa": 2_022_200, "kepala_desa": 2_426_640, "mantir_desa": 700_000}
CATEGORIES = ["rentan"] * 14 + ["rentan_sawit"] * 3 + ["ketua_rt", "ketua_rw", *OFFICES]
MONTHS = "2027-01..2027-12"
FIRST, LAST = "2027-01..2027-06", "2027-07..2027-12"
LINES = (  # per 50,000 candidates
    ("kabupaten", "apbd", 1_008_000_000, MONTHS, {}),
    ("provinsi", "apbd", 250_000_000, "2027-04..2027-12", {"categories": ["rentan", "rentan_sawit"]}),
    (
        "sawit",
        "dbh-sawit",
        180_000_000,
        MONTHS,
        {"areas": ["62.93.01", "62.93.02"], "categories": ["rentan_sawit"]},
    ),
    ("pt-a", "csr", 90_000_000, FIRST, {"areas": ["62.93.04", "62.93.05"]}),
    ("pt-b", "csr", 120_000_000, LAST, {"areas": ["62.93"]}),
    ("baznas", "baznas", 60_000_000, MONTHS, {"categories": ["rentan"]}),
    ("asn", "asn", 45_000_000, MONTHS, {"areas": ["62.95"]}),
    ("add-aparat", "add", 200_000_000, MONTHS, {"categories": ["kepala_desa", "perangkat_desa", "bpd"]}),
    ("add-rt", "add", 150_000_000, MONTHS, {"categories": ["ketua_rt", "ketua_rw", "mantir_desa"]}),
    ("dana-desa", "dana-desa", 80_000_000, MONTHS, {"areas": ["62.94"]}),
    ("apbdes", "apbdes", 70_000_000, "2027-03..2027-12", {"areas": ["62.93.07", "62.95.08"]}),
    ("ojek", "csr", 50_000_000, MONTHS, {"occupations": ["transport"]}),
)


def write_people(path: Path, count: int) -> None:
    """Write ``count`` invented candidates."""
    from payung.planning.people_file import COLUMNS

    chance = random.Random(1)
    with path.open("w", newline="") as file:
        out = csv.writer(file)
        out.writerow(COLUMNS)
        for at in range(count):
            category = chance.choice(CATEGORIES)
            office = category in OFFICES
            wage = OFFICES.get(category, 0) + 10_000 * chance.randrange(40)
            income = wage if office else chance.choice([1_000_000, 1_500_000])
            born = dt.date(1957, 1, 1) + dt.timedelta(days=chance.randrange(52 * 365))
            proposed = dt.date(2026, chance.randrange(1, 11), chance.randrange(1, 28))
            until = chance.choice([""] * 12 + ["2026-12", "2027-06", "2026-09"])
            sector = "transport" if chance.random() < 0.06 else "other"
            decile = chance.choice([1, 1, 2, 2, 3, 3, 4, 5, ""])
            disabled = chance.choice(["ya", *["tidak"] * 14])
            paid = chance.randrange(1, 40) if until else 0
            who = [f"P{at:06d}", chance.choice(VILLAGES), category, "pu" if office else "bpu", income, sector]
            out.writerow([*who, born, decile, proposed, disabled, until, paid])


def write_lines(path: Path, count: int) -> None:
    """Write the lines, floors and quotas; money and quotas grow with the candidates."""
    lines = [
        {"id": name, "source": source, "amount": amount * count // 50_000, "months": months, **limits}
        for name, source, amount, months, limits in LINES
    ]
    asked = {
        "lines": lines,
        "floors": {"per_village": 5 if count >= 10_000 else 0},
        "quotas": {"kepala_desa": count // 125, "rentan": count * 9 // 50},
    }
    path.write_text(json.dumps(asked))  # JSON is YAML


def ask(folder: Path) -> None:
    """Keep the arrays of the question for the other ways."""
    from payung.planning import order, plan
    from payung.planning.people_file import read_people
    from payung.planning.question import pose, with_risk_and_basis
    from payung.planning.wishes import parse_months, read_wishes

    wishes = read_wishes(folder / "lines.yaml", parse_months(MONTHS))
    people = with_risk_and_basis(
        read_people(folder / "people.csv", wishes.first_day), day_month=wishes.months[0]
    )
    ranked, where = plan.ranked_candidates(people, wishes, order.settings_on(wishes.first_day), None)
    pose(ranked, where, wishes).problem.save(folder / "problem.npz")


def solve(folder: Path) -> dict[str, float]:
    """Payung's solver, with all checks."""
    from payung.planning.optimum.problem import Problem
    from payung.planning.optimum.solution import solve as best

    found = best(Problem.load(folder / "problem.npz"))
    return {"value": found.value, "bound": found.bound}


def by_hand(folder: Path) -> dict[str, float]:
    """Return the value of the greedy plan."""
    from payung.planning.optimum.limits import value
    from payung.planning.optimum.problem import Problem
    from payung.planning.optimum.rest import greedy

    problem = Problem.load(folder / "problem.npz")
    return {"value": value(problem, greedy(problem))}


def plain(folder: Path, seconds: float) -> dict[str, float]:
    """One whole-number programme over everybody, every line and every month, as it stands in a textbook."""
    import highspy
    import numpy as np

    from payung.planning.optimum.linear import INFINITE, Linear
    from payung.planning.optimum.problem import Problem

    problem = Problem.load(folder / "problem.npz")
    programme = Linear()
    count, months = problem.people, problem.cost.shape[2]
    chosen = programme.columns(problem.weight * problem.length / 1e6, 1.0, whole=True)
    cost = problem.cost[problem.kind]
    person, line, month = np.nonzero(cost >= 0)
    pays = programme.columns(np.zeros(len(person)), 1.0, whole=True)
    each = programme.rows(0.0, 0.0, count * months).reshape(count, months)
    programme.add(each.ravel(), np.repeat(chosen, months), -1.0)
    programme.add(each[person, month], pays, 1.0)
    money = programme.rows(-INFINITE, problem.budget / 1e4, problem.lines)
    programme.add(money[line], pays, cost[person, line, month] / 1e4)
    floor = programme.rows(problem.floor.astype(float), INFINITE, len(problem.floor))
    programme.add(floor[problem.village], chosen, 1.0)
    quota = programme.rows(-INFINITE, problem.quota.astype(float), len(problem.quota))
    some = problem.group >= 0
    programme.add(quota[problem.group[some]], chosen[some], 1.0)
    model = highspy.Highs()
    for name, value in (
        ("output_flag", False),
        ("threads", 1),
        ("mip_rel_gap", 1e-4),
        ("time_limit", seconds),
    ):
        model.setOptionValue(name, value)
    model.passModel(programme.programme()[0])
    model.run()
    solution = model.getSolution()
    values = np.array(solution.col_value) if model.getInfo().primal_solution_status == 2 else np.zeros(0)
    worth = problem.weight * problem.length
    return {"value": float(worth @ values[chosen]) if len(values) else 0.0}


WAYS = {"ask": ask, "solve": solve, "greedy": by_hand}


def run(way: str, folder: Path, seconds: float | None = None) -> tuple[Measured, dict[str, float]]:
    """Run one way in its own process, ended after ``seconds``."""
    answer = folder / f"{way}.json"
    command = [sys.executable, __file__, "--way", way, "--folder", str(folder)]
    if seconds is not None:  # its own limit is no promise: it is ended after twice the time
        command = ["timeout", "-s", "KILL", str(2 * seconds), *command, "--seconds", str(seconds)]
    found = measure(command)
    return found, json.loads(answer.read_text()) if answer.exists() else {}


def say(way: str, found: Measured, answer: dict[str, float], bound: float) -> None:
    """Print one line of the table."""
    value = answer.get("value", 0)
    gap = f"{100 * (bound - value) / bound:9.4f}" if value else "no plan  "
    print(
        f"| {way:34} | {found.wall:7.1f} | {found.cpu:7.1f} | {found.peak:6.0f} | {value:18,.0f} | {gap} |",
        flush=True,
    )


def table(count: int, folder: Path, seconds: float) -> None:
    """Measure every way on ``count`` candidates."""
    write_people(folder / "people.csv", count)
    write_lines(folder / "lines.yaml", count)
    run("ask", folder)
    solved, best = run("solve", folder)
    bound = best["bound"]
    print(f"\n{count:,} candidates, {len(LINES)} lines, {len(VILLAGES)} villages\n")
    print(f"| {'way':34} | wall s  | CPU s   | MB     | value              | below the bound, % |")
    print("|---|---|---|---|---|---|")
    say("Payung's solver, all checks", solved, best, bound)
    say("greedy", *run("greedy", folder), bound)
    say(f"plain MILP (HiGHS), {seconds:.0f} s", *run("plain", folder, seconds), bound)
    whole = measure(
        [
            str(Path(sys.executable).parent / "payung"), "plan", str(folder / "people.csv"), "--lines",
            str(folder / "lines.yaml"), "--months", MONTHS, "--out", str(folder / "out"), "--json",
        ]
    )  # fmt: skip
    print(
        f"\n`payung plan`, files in and out, figures and projection: {whole.wall:.1f} s, {whole.cpu:.1f} CPU s."
    )


def main() -> int:
    """Print the tables, or run one way."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="small sizes only")
    parser.add_argument("--people", type=int, nargs="*", default=None)
    parser.add_argument("--seconds", type=float, default=60.0, help="of the plain programme")
    parser.add_argument("--way", choices=[*WAYS, "plain"], help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.way:
        answer = plain(given.folder, given.seconds) if given.way == "plain" else WAYS[given.way](given.folder)
        if answer is not None:
            (given.folder / f"{given.way}.json").write_text(json.dumps(answer))
        return 0
    for count in given.people or ([2_000] if given.quick else [2_000, 50_000]):
        with tempfile.TemporaryDirectory() as name:
            table(count, Path(name), 20.0 if given.quick else given.seconds)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
