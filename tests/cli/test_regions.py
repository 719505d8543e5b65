import json

import pytest
from typer.testing import CliRunner

from payung.cli.app import build
from payung.errors import InputError


@pytest.fixture
def run():
    return lambda *words: CliRunner().invoke(build(), ["regions", *words])


def test_regions_find_name(run):
    result = run("find", "karetau mantaa", "--within", "62.03")
    assert result.exit_code == 0
    assert "62.03.15.2004" in result.stdout
    assert "Mandau Talawang" in result.stdout


def test_regions_find_json_is_one_object(run):
    result = run("find", "6210", "--json")
    (found,) = json.loads(result.stdout)["regions"]
    assert (found["code"], found["name"], found["level"]) == ("62.10", "Kabupaten Gunung Mas", "regency")


def test_regions_find_nothing_is_a_fault(run):
    result = run("find", "tidak ada desa begini", "--within", "62.03")
    assert isinstance(result.exception, InputError)
    result = run("find", "Selat", "--within", "62.99")
    assert isinstance(result.exception, InputError)
    assert "62.99" in result.exception.message.id


def test_regions_build_missing_package_is_a_fault(run, tmp_path):
    result = run("build", "--package", str(tmp_path), "--output", str(tmp_path / "w.parquet"))
    assert "make setup" in result.exception.message.id
    assert not (tmp_path / "w.parquet").exists()
