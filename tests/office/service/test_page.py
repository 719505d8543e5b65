"""docs/operating.md, played: its commands, its SQL, its unit and its nginx block are those that work."""

from __future__ import annotations

import configparser
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from serviceworld import PAYUNG, needs_styles, surroundings
from typer.main import get_command

from payung.cli.app import build
from payung.office.service.environment import NAMES

ROOT = Path(__file__).parents[3]
PAGE = (ROOT / "docs/operating.md").read_text(encoding="utf-8")


def _blocks(kind: str) -> list[str]:
    found = re.findall(rf"^```{re.escape(kind)}\n(.*?)^```", PAGE, re.DOTALL | re.MULTILINE)
    assert found, kind
    return found


def test_page_names_commands_options_and_settings_that_exist() -> None:
    commands = get_command(build()).commands  # type: ignore[attr-defined]
    for name, rest in re.findall(
        r"payung (?:--env FILE )?([a-z][a-z-]+)([^`\n]*)", "\n".join(re.findall(r"`[^`\n]+`", PAGE))
    ):
        command = commands[name]
        known = {option for one in command.params for option in [*one.opts, *one.secondary_opts]}
        assert set(re.findall(r"--[a-z-]+", rest)) <= known, f"payung {name}{rest}"
    assert set(re.findall(r"PAYUNG_[A-Z_]+", PAGE)) <= {*NAMES, "PAYUNG_ENV"}


def test_unit_is_whole_and_hardened(tmp_path: Path) -> None:
    (text,) = _blocks("ini unit")
    unit = configparser.ConfigParser(strict=False, interpolation=None)
    unit.optionxform = str  # type: ignore[assignment,method-assign]
    unit.read_string(text)
    service = unit["Service"]
    wanted = {
        "UMask": "0077",
        "NoNewPrivileges": "yes",
        "ProtectSystem": "strict",
        "Restart": "always",
        "PrivateTmp": "yes",
    }
    assert wanted.items() <= dict(service).items()
    assert service["ExecStart"].endswith("/.venv/bin/payung serve")
    if shutil.which("systemd-analyze"):
        (tmp_path / "payung.service").write_text(text.replace(service["ExecStart"], "/bin/true"))
        command = ["systemd-analyze", "verify", str(tmp_path / "payung.service")]
        found = subprocess.run(command, capture_output=True, text=True, check=False)
        assert "Unknown" not in found.stderr


def test_nginx_block_passes_on_what_the_office_needs(tmp_path: Path) -> None:
    (text,) = _blocks("nginx conf")
    for line in (
        "proxy_set_header Host $host;",
        "proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;",
        "proxy_set_header X-Forwarded-Proto $scheme;",
    ):
        assert line in text
    assert "$request_uri" not in text
    assert '"$request"' not in text
    assert "$args" not in text
    assert (ROOT / "docs/nginx/tutup.html").is_file()
    if shutil.which("nginx") and shutil.which("openssl"):
        key, certificate = tmp_path / "privkey.pem", tmp_path / "fullchain.pem"
        made = [
            "openssl",
            "req",
            "-x509",
            "-newkey",
            "rsa:2048",
            "-nodes",
            "-subj",
            "/CN=x",
            "-keyout",
            key,
            "-out",
            certificate,
        ]
        subprocess.run(made, check=True, capture_output=True)
        text = text.replace("/etc/ssl/payung", str(tmp_path)).replace("/var/log/nginx", str(tmp_path))
        (tmp_path / "nginx.conf").write_text(f"pid {tmp_path}/pid;\nevents {{}}\nhttp {{\n{text}\n}}\n")
        command = ["nginx", "-t", "-p", str(tmp_path), "-c", str(tmp_path / "nginx.conf")]
        found = subprocess.run(command, capture_output=True, text=True, check=False)
        assert found.returncode == 0, found.stderr


def _shell(text: str, folder: Path, home: Path, **values: str) -> str:
    """Run lines of the page as an administrator types them; ``payung`` is ours."""
    tool = folder / "bin/payung"
    if not tool.exists():
        tool.parent.mkdir(exist_ok=True)
        tool.write_text(f"#!/bin/sh\nexec {PAYUNG[0]} -c 'from payung.cli import main; main()' \"$@\"\n")
        tool.chmod(0o755)
    environment = surroundings(home, **values)
    environment["PATH"] = f"{tool.parent}:{os.environ['PATH']}"
    run = subprocess.run(
        ["sh", "-eu", "-c", text], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, f"{text}\n{run.stdout}\n{run.stderr}"
    return run.stdout


@needs_styles
@pytest.mark.slow
def test_page_is_played_from_nothing_to_an_office_elsewhere(tmp_path: Path, postgresql: str) -> None:
    import psycopg

    home = tmp_path / "office"
    (tmp_path / "accounts.csv").write_text(
        "nama pengguna;nama;peran;wilayah\ndinas.satu;Citra (rekaan);dinsos;62.10\n", encoding="utf-8"
    )
    for block in _blocks("sh run"):
        _shell(block, tmp_path, home)
    assert "dinas.satu" in (tmp_path / "slips.html").read_text(encoding="utf-8")
    (backup,) = (tmp_path / "backups").iterdir()
    (statements,) = _blocks("sql run")
    with psycopg.connect(postgresql, autocommit=True) as connection:
        for statement in statements.split(";"):
            if statement.strip():
                connection.execute(statement.encode())
    host = postgresql.rpartition("@")[2].partition("/")[0]
    address = f"postgresql://payung:change-me@{host}/payung"
    for block in _blocks("sh run-postgresql"):
        _shell(block, tmp_path, home, NEW_DATABASE=address)
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    shutil.copy(home / "secret.key", elsewhere)
    for block in _blocks("sh run-elsewhere"):
        _shell(block, tmp_path, elsewhere, BACKUP=str(backup))
