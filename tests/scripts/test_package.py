"""The package of `make wheel`: complete, with the one list of dependencies, and working where nothing else is."""

import json
import os
import re
import socket
import subprocess
import sys
import time
import urllib.request
import zipfile
from email.parser import Parser
from pathlib import Path

import openpyxl
import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parents[2]
NO_NETWORK = re.compile(r"name resolution|Network is unreachable|Max retries|NewConnectionError|ProxyError")
OPEN_WITHIN = 60  # seconds


def wanted() -> set[str]:
    """Return what requirements/base.in asks for, each in one spelling."""
    lines = (ROOT / "requirements/base.in").read_text(encoding="utf-8").splitlines()
    asked = [line.partition("#")[0].strip() for line in lines]
    return {str(Requirement(line)) for line in asked if line}


def test_pyproject_keeps_no_second_list():
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    assert 'dynamic = ["dependencies"]' in text
    assert 'dependencies = { file = ["requirements/base.in"] }' in text


@pytest.mark.slow
def test_the_wheel_works_in_an_empty_environment_outside_the_checkout(tmp_path):
    """One test, so that two workers never build in one folder at once."""
    made = subprocess.run(
        ["make", "wheel", f"DIST={tmp_path / 'dist'}"], cwd=ROOT, capture_output=True, text=True
    )
    assert made.returncode == 0, made.stdout + made.stderr
    (wheel,) = (tmp_path / "dist").glob("payung-*.whl")
    _declares_the_one_list(wheel)
    _holds_what_make_setup_made(wheel)

    place = tmp_path / "di tempat lain"
    place.mkdir()
    given = {name: value for name, value in os.environ.items() if not name.startswith(("PAYUNG", "PYTHON"))}
    given.pop("DJANGO_SETTINGS_MODULE", None)
    given |= {"PATH": "/usr/bin:/bin", "PAYUNG_HOME": str(place / "kantor"), "PAYUNG_SECOND_FACTOR": "0"}
    subprocess.run([sys.executable, "-m", "venv", place / "env"], check=True, env=given)
    pip = [place / "env/bin/python", "-m", "pip", "install", "--disable-pip-version-check", "--quiet"]
    installed = subprocess.run([*pip, wheel], cwd=place, env=given, capture_output=True, text=True)
    if installed.returncode != 0 and NO_NETWORK.search(installed.stderr):
        pytest.skip("the network is not here: pip could not reach its packages")
    assert installed.returncode == 0, installed.stderr

    def payung(*words: str) -> str:
        done = subprocess.run(
            [place / "env/bin/payung", *words], cwd=place, env=given, capture_output=True, text=True
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    payung(
        "district", "kapuas", "--district", "62.03", "--people", "300", "--seed", "1", "--as-of", "2027-01"
    )
    money = ["--source", "apbd", "--budget", "50.000.000", "--months", "12"]
    lists = ["kapuas/rosters", "--insured", "kapuas/insured.xlsx", "--as-of", "2027-01"]
    payung("run", *lists, *money, "--out", "hasil")
    report = json.loads((place / "hasil/ringkasan.json").read_text(encoding="utf-8"))
    assert report["people"]["chosen"] > 0
    asked = openpyxl.load_workbook(place / "hasil/usulan.xlsx").worksheets[0]
    assert asked.max_row == report["people"]["chosen"] + 1  # the heading
    payung("demo-office", "kapuas", "--villages", "2")
    _serves(place, given)


def _declares_the_one_list(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as whole:
        (name,) = [name for name in whole.namelist() if name.endswith(".dist-info/METADATA")]
        metadata = Parser().parsestr(whole.read(name).decode("utf-8"))
    needs = [Requirement(line) for line in metadata.get_all("Requires-Dist", [])]
    assert {str(need) for need in needs if need.marker is None} == wanted()
    assert {need.name for need in needs if need.marker is not None} == {"pyspark"}


def _holds_what_make_setup_made(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as whole:
        names = set(whole.namelist())
    made = {
        path.relative_to(ROOT / "src").as_posix()
        for path in (ROOT / "src/payung").rglob("*")
        if path.is_file() and path.suffix != ".pyc"
    }
    assert {name for name in names if ".dist-info/" not in name} == made
    assert "payung/regions/wilayah.parquet" in names
    assert any(name.startswith("payung/office/served/") for name in names)


def _serves(place: Path, given: dict[str, str]) -> None:
    """Open the office, sign in is offered, and its styles and scripts come without Node."""
    with socket.create_server(("127.0.0.1", 0)) as found:
        port = found.getsockname()[1]
    office = subprocess.Popen(
        [place / "env/bin/payung", "serve", "--port", str(port)],
        cwd=place,
        env=given,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    at = f"http://127.0.0.1:{port}"
    try:
        end = time.monotonic() + OPEN_WITHIN
        while True:
            try:
                urllib.request.urlopen(f"{at}/sehat/", timeout=2).close()
                break
            except OSError:
                assert office.poll() is None, "the office ended by itself"
                assert time.monotonic() < end, "the office did not open"
                time.sleep(0.5)
        with urllib.request.urlopen(f"{at}/", timeout=20) as answer:
            page = answer.read().decode("utf-8")
        assert 'type="password"' in page
        files = re.findall(r'(?:href|src)="(/static/[^"]+\.(?:css|js))"', page)
        assert any(name.endswith(".css") for name in files)
        assert any(name.endswith(".js") for name in files)
        for name in files:
            with urllib.request.urlopen(f"{at}{name}", timeout=20) as answer:
                assert answer.status == 200
                assert answer.read(1)
    finally:
        office.terminate()
        office.wait(timeout=30)
