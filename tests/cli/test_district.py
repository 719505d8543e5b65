import pytest
from typer.testing import CliRunner

from payung.cli.app import build
from payung.errors import InputError


@pytest.fixture
def run():
    return lambda *words: CliRunner().invoke(build(), ["district", *words])


def test_district_says_what_it_wrote(run, tmp_path):
    result = run(str(tmp_path / "d"), "--district", "62.10", "--people", "40", "--seed", "1")
    assert result.exit_code == 0
    assert "Kabupaten Gunung Mas (rekaan): 40 orang" in result.stdout
    assert (tmp_path / "d/insured.xlsx").is_file()


@pytest.mark.parametrize("words", [["--people", "0"], ["--district", "00.00"], ["--as-of", "2027-13"]])
def test_district_wrong_value_is_a_fault_in_one_sentence(run, tmp_path, words):
    result = run(str(tmp_path / "d"), "--people", "40", *words)
    assert isinstance(result.exception, InputError)
    assert words[0] in result.exception.message.id
    assert not (tmp_path / "d").exists()
