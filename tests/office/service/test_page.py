"""docs/operating.md, played: its commands, its SQL, its unit and its nginx block are those that work."""

from __future__ import annotations

import configparser
import http.server
import json
import os
import pwd
import re
import shutil
import ssl
import subprocess
import threading
import urllib.error
import urllib.request
from pathlib import Path

import pytest
from serviceworld import PAYUNG, free_port, needs_styles, surroundings, until
from typer.main import get_command

from payung.cli.app import build
from payung.office.service.environment import NAMES

ROOT = Path(__file__).parents[3]
# Where distributions put it, which is not in the PATH of every user.
NGINX = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/usr/local/sbin")
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


@pytest.mark.skipif(
    not shutil.which("systemd-analyze"), reason="systemd is not here: the unit was compared as text"
)
def test_systemd_takes_the_unit(tmp_path: Path) -> None:
    (text,) = _blocks("ini unit")
    command = re.search(r"(?m)^ExecStart=(.*)$", text)
    assert command
    (tmp_path / "payung.service").write_text(text.replace(command.group(1), "/bin/true"))
    asked = ["systemd-analyze", "verify", "--man=no", str(tmp_path / "payung.service")]
    found = subprocess.run(asked, capture_output=True, text=True, check=False)
    ours = [line for line in found.stderr.splitlines() if "payung.service" in line]
    assert (found.returncode, ours) == (0, []), found.stderr


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


class _Behind(http.server.BaseHTTPRequestHandler):
    """What stands behind nginx: answers with what it was told."""

    def do_GET(self) -> None:
        told = json.dumps(
            {"path": self.path, **{name.lower(): value for name, value in self.headers.items()}}
        )
        self.send_response(200)
        self.end_headers()
        self.wfile.write(told.encode())

    def do_POST(self) -> None:
        self.do_GET()

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.mark.skipif(
    not (NGINX and shutil.which("openssl")), reason="nginx is not here: its block was compared as text"
)
def test_nginx_runs_with_the_block_and_tells_the_office_who_asks(tmp_path: Path) -> None:
    (text,) = _blocks("nginx conf")
    made = "openssl req -x509 -newkey rsa:2048 -nodes -subj /CN=x -keyout privkey.pem -out fullchain.pem"
    subprocess.run(made.split(), check=True, capture_output=True, cwd=tmp_path)
    behind = http.server.ThreadingHTTPServer(("127.0.0.1", 0), _Behind)
    threading.Thread(target=behind.serve_forever, daemon=True).start()
    port = free_port()
    for said, here in (
        ("listen 443 ssl;", f"listen 127.0.0.1:{port} ssl;"),
        ("http://127.0.0.1:8000", f"http://127.0.0.1:{behind.server_port}"),
        ("/etc/ssl/payung", str(tmp_path)),
        ("/var/log/nginx", str(tmp_path)),
        ("/srv/payung/payung/docs/nginx", str(ROOT / "docs/nginx")),
    ):
        assert said in text
        text = text.replace(said, here)
    folders = "".join(
        f"{kind}_temp_path {tmp_path}/{kind};\n"
        for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    (tmp_path / "nginx.conf").write_text(
        f"user {pwd.getpwuid(os.geteuid()).pw_name};\npid {tmp_path}/pid;\ndaemon off;\n"
        f"events {{}}\nhttp {{\n{folders}{text}\n}}\n"
    )
    command = [
        str(NGINX),
        "-p",
        str(tmp_path),
        "-e",
        str(tmp_path / "error.log"),
        "-c",
        str(tmp_path / "nginx.conf"),
    ]
    tried = subprocess.run([*command, "-t"], capture_output=True, text=True, check=False)
    assert tried.returncode == 0, tried.stderr
    server = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    trusting = ssl.create_default_context()
    trusting.check_hostname, trusting.verify_mode = False, ssl.CERT_NONE

    def ask(path: str, body: bytes | None = None) -> tuple[int, str]:
        asked = urllib.request.Request(
            f"https://127.0.0.1:{port}{path}", body, {"Host": "payung.example.go.id"}
        )
        try:
            with urllib.request.urlopen(asked, timeout=20, context=trusting) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode()
        except OSError:
            return 0, ""

    try:
        until(lambda: ask("/")[0] == 200)
        told = json.loads(ask("/orang/?cari=6203990503890001")[1])
        assert told["host"] == "payung.example.go.id"
        assert told["x-forwarded-for"] == "127.0.0.1"
        assert told["x-forwarded-proto"] == "https"
        assert told["x-request-id"]
        assert ask("/metrics")[0] == 403
        assert ask("/usulan/1/berkas/", b"x" * (2 << 20))[0] == 200  # more than nginx' own megabyte
        behind.shutdown()
        behind.server_close()
        status, page = ask("/orang/")
        assert status in {502, 504}
        assert page == (ROOT / "docs/nginx/tutup.html").read_text(encoding="utf-8")
        log = (tmp_path / "payung.log").read_text(encoding="utf-8")
        assert '"GET /orang/" 200' in log
        assert "6203990503890001" not in log
    finally:
        server.terminate()
        server.wait(timeout=20)


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
@pytest.mark.parametrize("on", ["sqlite", "postgresql"])
def test_page_is_played_from_nothing_to_an_office_elsewhere(tmp_path: Path, postgresql: str, on: str) -> None:
    import psycopg

    (statements,) = _blocks("sql run")
    empty = "CREATE DATABASE lain OWNER payung ENCODING 'UTF8' TEMPLATE template0"
    with psycopg.connect(postgresql, autocommit=True) as connection:
        for statement in [*statements.split(";"), empty]:
            if statement.strip():
                connection.execute(statement.encode())
    host = postgresql.rpartition("@")[2].partition("/")[0]
    address, other = (f"postgresql://payung:change-me@{host}/{name}" for name in ("payung", "lain"))
    here, there = ({}, {}) if on == "sqlite" else ({"PAYUNG_DATABASE": address}, {"PAYUNG_DATABASE": other})
    home = tmp_path / "office"
    (tmp_path / "accounts.csv").write_text(
        "nama pengguna;nama;peran;wilayah\ndinas.satu;Citra (rekaan);dinsos;62.10\n", encoding="utf-8"
    )
    for block in _blocks("sh run"):
        _shell(block, tmp_path, home, **here)
    assert "dinas.satu" in (tmp_path / "slips.html").read_text(encoding="utf-8")
    assert (home / "office.sqlite3").exists() == (on == "sqlite")
    (backup,) = (tmp_path / "backups").iterdir()
    if on == "sqlite":
        for block in _blocks("sh run-postgresql"):
            _shell(block, tmp_path, home, NEW_DATABASE=address)
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    shutil.copy(home / "secret.key", elsewhere)
    for block in _blocks("sh run-elsewhere"):
        _shell(block, tmp_path, elsewhere, BACKUP=str(backup), **there)
