"""Invented candidates and lines as files, and a check of a plan that knows nothing of how it was made."""

import csv
from collections import Counter, defaultdict

import yaml

from payung.law import bill
from payung.law.months import first_day, index
from payung.planning import plan as planning
from payung.planning.people_file import COLUMNS, read_people
from payung.planning.wishes import parse_months, read_wishes

DESA, OTHER_DESA, KELURAHAN = "62.99.01.2001", "62.99.02.2001", "62.99.01.1001"
MINIMUM = {"kepala_desa": 2_426_640}
BASE = {
    "village_code": DESA,
    "category": "rentan",
    "segment": "bpu",
    "income": 1_000_000,
    "sector": "other",
    "birth_date": "1980-05-31",
    "decile": 1,
    "proposed_on": "2026-03-01",
    "disability": "tidak",
    "covered_until": "",
    "paid_months": 0,
}


def write_people(path, people, columns=COLUMNS):
    rows = [{"id": f"P{at}", **BASE, **one} for at, one in enumerate(people, start=1)]
    with path.open("w", newline="") as file:
        writer = csv.DictWriter(file, columns, extrasaction="ignore")
        writer.writeheader()
        writer.writerows(rows)
    return path


def write_lines(path, lines, **more):
    base = {"source": "apbd", "amount": 10**9}
    listed = [{"id": f"line{at}", **base, **one} for at, one in enumerate(lines, start=1)]
    path.write_text(yaml.safe_dump({"lines": listed, **more}))
    return path


def make(folder, people, lines, months="2027-01..2027-12", columns=None, **more):
    """Return the plan, the candidates and the wishes."""
    wanted = columns or (
        *COLUMNS,
        *sorted({"occupation", "sex", "welfare"} & {key for one in people for key in one}),
    )
    wishes = read_wishes(write_lines(folder / "lines.yaml", lines, **more), parse_months(months))
    candidates = read_people(write_people(folder / "people.csv", people, wanted), wishes.first_day)
    return planning.make_plan(candidates, wishes), candidates, wishes


def check(made, candidates, wishes):
    """Every promise of a plan, one by one, with contributions asked of the law for each person and month."""
    people = {row["id"]: row for row in candidates.iter_rows(named=True)}
    lines = {line.id: line for line in wishes.lines}
    weight = dict(made.ranking.select("id", "weight").iter_rows())
    months, spent, heads = defaultdict(list), Counter(), Counter()
    for one, name, month, amount in made.rows.iter_rows():
        person, line = people[one], lines[name]
        months[one].append(month)
        spent[name] += amount
        heads[one, name] += amount
        assert month in line.months
        assert not line.areas or any(
            f"{person['village_code']}.".startswith(f"{area}.") for area in line.areas
        )
        assert not line.categories or person["category"] in line.categories
        assert not line.occupations or {person["occupation"], person["sector"]} & set(line.occupations)
        owed = bill(
            segment=person["segment"],
            income=person["income"] or MINIMUM.get(person["category"], 1_000_000),
            month=month,
            source=line.source,
            sector=person["sector"],
            risk=1,
        )
        assert amount == owed.total
        assert person["covered_until"] is None or month > person["covered_until"]
    for one, covered in months.items():
        assert len(covered) == len(set(covered)) == wishes.length
        assert index(max(covered)) - index(min(covered)) == wishes.length - 1
        born, begins = people[one]["birth_date"], first_day(min(covered))
        assert born is not None
        assert (born.year + 18, born.month, born.day) <= (begins.year, begins.month, begins.day)
    assert all(spent[name] <= line.amount for name, line in lines.items())
    assert all(
        lines[name].per_head is None or amount <= lines[name].per_head for (_, name), amount in heads.items()
    )
    categories = Counter(people[one]["category"] for one in months)
    assert all(categories[name] <= most for name, most in wishes.quotas)
    if made.report["status"] != "infeasible":
        able = made.ranking.filter(made.ranking["rank"].is_not_null())["id"].to_list()
        eligible = Counter(people[one]["village_code"] for one in able)
        chosen = Counter(people[one]["village_code"] for one in months)
        assert all(
            chosen[name] >= wishes.floor for name, number in eligible.items() if number >= wishes.floor
        )
    report = made.report
    assert report["value"] == sum(weight[one] * wishes.length for one in months) <= report["bound"]
    assert report["people"] == len(months)
    assert report["person_months"] == made.rows.height
    assert report["cost"] == {name: spent[name] for name in lines}
