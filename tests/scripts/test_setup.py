import importlib.util
import re
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def setup_script():
    spec = importlib.util.spec_from_file_location("payung_setup", ROOT / "scripts/setup.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_check_python_refuses_an_old_python_in_one_sentence(setup_script, monkeypatch):
    monkeypatch.setattr(setup_script.sys, "version_info", (3, 9, 2, "final", 0))
    with pytest.raises(setup_script.SetupError, match=r"needs Python 3\.11 or newer, this is 3\.9\.2"):
        setup_script.check_python()


def test_check_python_names_the_missing_venv_module(setup_script, monkeypatch):
    monkeypatch.setitem(sys.modules, "ensurepip", None)
    with pytest.raises(setup_script.SetupError, match="apt-get install python3-venv"):
        setup_script.check_python()


def test_call_keeps_what_the_program_said_and_says_what_to_do(setup_script, monkeypatch, tmp_path, capfd):
    monkeypatch.setattr(setup_script, "ROOT", tmp_path)
    monkeypatch.setattr(setup_script, "LOG", tmp_path / "var/setup.log")
    told = r"^Check the network\. What it said is in var/setup\.log\.$"
    with pytest.raises(setup_script.SetupError, match=told):
        setup_script.call(["sh", "-c", "echo no route >&2; exit 7"], "Check the network.")
    assert "no route" in (tmp_path / "var/setup.log").read_text()
    assert capfd.readouterr().err == ""


def test_check_folder_refuses_a_folder_that_cannot_be_written(setup_script, monkeypatch):
    monkeypatch.setattr(setup_script.os, "access", lambda *_: False)
    with pytest.raises(setup_script.SetupError, match="cannot be written: copy the project"):
        setup_script.check_folder()


def test_payung_is_found_by_a_path_of_plain_letters():
    """A folder with other letters must not stop Python under LC_ALL=C, before payung begins."""
    found = list((ROOT / ".venv").glob("lib/python3*/site-packages/__editable__.payung-*.pth"))
    assert found
    for line in found:
        assert line.read_text(encoding="ascii").startswith("../")
        assert (line.parent / line.read_text()).resolve() == ROOT / "src"


def test_main_turns_a_fault_into_one_sentence_and_exit_code_1(setup_script, monkeypatch, capsys):
    monkeypatch.setattr(setup_script.sys, "argv", ["setup.py"])
    monkeypatch.setattr(setup_script.sys, "version_info", (3, 8, 0, "final", 0))
    assert setup_script.main() == 1
    assert capsys.readouterr().err.startswith("Set-up stopped: Payung needs Python 3.11")


def test_stamps_forget_when_inputs_change(setup_script, tmp_path):
    stamps = setup_script.Stamps(tmp_path)
    lock = tmp_path / "lock.txt"
    lock.write_text("a==1")
    stamps.note("packages", setup_script.fingerprint(lock))
    assert stamps.done("packages", setup_script.fingerprint(lock))
    lock.write_text("a==2")
    assert not stamps.done("packages", setup_script.fingerprint(lock))
    assert not stamps.done("other", setup_script.fingerprint(lock))


@pytest.mark.parametrize("name", sorted(path.name for path in (ROOT / "requirements").glob("*.txt")))
def test_locked_requirements_carry_hashes_and_no_address(name):
    text = (ROOT / "requirements" / name).read_text()
    assert "://" not in text
    assert "--index-url" not in text
    pinned = re.findall(r"^[a-z0-9._-]+(?:\[[^\]]+\])?==.*$", text, flags=re.MULTILINE | re.IGNORECASE)
    assert pinned
    assert all(line.endswith("\\") for line in pinned), "every pin is followed by its hashes"


def test_npm_lock_carries_no_registry_address():
    assert "resolved" not in (ROOT / "package-lock.json").read_text()
    assert "ignore-scripts=true" in (ROOT / ".npmrc").read_text()


@pytest.mark.parametrize("name", ["base", "dev", "bench", "node", "bootstrap"])
def test_every_dependency_says_why(name):
    lines = (ROOT / f"requirements/{name}.in").read_text().splitlines()
    asked = [line for line in lines if line and not line.startswith(("#", "-r"))]
    assert asked
    assert all("#" in line for line in asked), "one line of why for each dependency"
