"""In which order rows stand, and on which files, changes nothing."""

import datetime as dt
import random

import pytest

from payung.enrolment.job import run
from payung.enrolment.request import Request, collect_rosters

HEAD = "No;NIK;Nama;Tanggal Lahir;Jenis Kelamin;Desa;Kecamatan\n"
INSURED = "KPJ;NIK;NAMA LENGKAP;TANGGAL LAHIR;STATUS\n"
GIVEN = (
    "IWAN",
    "BERTHA",
    "SUPARNO",
    "GALUH",
    "RINA",
    "MASNAH",
    "JENTA",
    "DAVID",
    "SALASIAH",
    "YULI",
    "TITUS",
)
FAMILY = ("SAWANG", "LUKAS", "BANGKAN", "KETONG", "AWAT", "NYARING", "LIWAN", "SAHAY", "UDAU", "TARUNG")


def cases(count, draw):
    """Return invented cases: rows of several names under one NIK, and one row of the insurer's beside them."""
    made = []
    for at in range(count):
        born = dt.date(1970, 1, 1) + dt.timedelta(days=40 * at)
        nik = f"620399{born:%d%m%y}{at % 9 + 1:04d}"
        one, other = draw.choice(GIVEN), draw.choice(FAMILY)
        ways = [
            f"{one} {other}",
            one,
            f"{one} {other[0]}",
            f"{other} {one}",
            f"{one} {other}A",
            f"H. {one} {other}",
        ]
        ways += [f"{draw.choice(GIVEN)} {other}", f"{draw.choice(GIVEN)} {draw.choice(FAMILY)}"]
        rows = set()
        for _ in range(draw.choice((2, 2, 3, 4))):
            day = born if draw.random() < 0.7 else born + dt.timedelta(days=draw.randint(1, 400))
            rows.add(f"{nik};{draw.choice(ways)};{day:%d-%m-%Y};L;Mantangai Hulu;Mantangai")
        number_known = nik if draw.random() < 0.8 else ""
        insured = f"2{at:010d};{number_known};{draw.choice(ways)};{born:%d-%m-%Y};AKTIF"
        made.append((sorted(rows), insured))
    return made


def outcomes(folder, made, order, files):
    """Return what becomes of each row, known by what it says."""
    draw = random.Random(order)
    (folder / "daftar").mkdir(parents=True)
    lists = [[] for _ in range(files)]
    for rows, _ in made:
        for at, row in enumerate(draw.sample(rows, len(rows))):
            lists[at % files].append(row)
    for name, rows in zip(draw.sample("abcdef", files), lists, strict=True):
        (folder / f"daftar/{name}.csv").write_text(HEAD + "".join(f"1;{row}\n" for row in rows))
    known = draw.sample([row for _, row in made], len(made))
    (folder / "peserta.csv").write_text(INSURED + "".join(f"{row}\n" for row in known))
    request = Request(
        collect_rosters([folder / "daftar"]),
        folder / "peserta.csv",
        "2027-01",
        1,
        "csr",
        10**9,
        folder / "hasil",
    )
    found = run(request)
    said = {}
    for file in sorted((folder / "daftar").iterdir()):
        for at, line in enumerate(file.read_text().splitlines()[1:], start=2):
            said[file.name, at] = line.split(";", 1)[1]
    states = found.rows.join(
        found.people.select("person", "state"), on="person", how="left", maintain_order="left"
    )
    return {
        said[row["file"], row["row"]]: (row["state"], row["codes"] if row["outcome"] != "duplicate" else None)
        for row in states.iter_rows(named=True)
    }, found.report["people"]


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1, 2])
def test_order_of_rows_and_files_changes_nothing(tmp_path, seed):
    made = cases(250, random.Random(seed))
    first, counts = outcomes(tmp_path / "1", made, 1, 1)
    assert len({state for state, _ in first.values()}) >= 3
    # a number of four names says nothing of anybody: the day that two strangers share makes neither of them insured
    stranger = "6203990907720006;MASNAH LUKAS;09-07-1972;L;Mantangai Hulu;Mantangai"
    assert first.get(stranger, ("review", ""))[0] == "review"
    for order, files in ((2, 1), (3, 2), (4, 4)):
        again, counted = outcomes(tmp_path / str(order), made, order, files)
        assert {said: state for said, (state, _) in again.items()} == {
            said: state for said, (state, _) in first.items()
        }
        assert counted == counts
