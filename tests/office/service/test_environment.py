"""The settings of an installation."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from payung.errors import InputError
from payung.office.service import environment, foundation

ROOT = Path(__file__).parents[3]


SECRET = "a secret of more than 32 characters."


def test_reading_makes_nothing(tmp_path: Path) -> None:
    found = environment.read({"PAYUNG_HOME": str(tmp_path / "kantor")})
    assert not found.made
    assert not list(tmp_path.iterdir())


def test_secret_is_made_once_and_kept_private(tmp_path: Path) -> None:
    home = tmp_path / "kantor"
    for _ in range(2):
        foundation.make(environment.read({"PAYUNG_HOME": str(home)}))
    first, second = (environment.read({"PAYUNG_HOME": str(home)}) for _ in range(2))
    assert first.made
    assert first.secret == second.secret
    assert len(first.secret) == 64
    assert [path.name for path in home.iterdir()] == ["secret.key"]
    assert (home / "secret.key").stat().st_mode & 0o777 == 0o600
    assert home.stat().st_mode & 0o777 == 0o700


def test_secret_that_was_given_is_not_written_down(tmp_path: Path) -> None:
    values = {"PAYUNG_HOME": str(tmp_path / "kantor"), "PAYUNG_SECRET": SECRET}
    foundation.make(environment.read(values))
    assert environment.read(values).made
    assert not list((tmp_path / "kantor").iterdir())


@pytest.mark.parametrize("text", ["", "\n", "a", "x" * 31])
def test_secret_that_is_too_short_is_refused_and_left_alone(tmp_path: Path, text: str) -> None:
    (tmp_path / "secret.key").write_text(text)
    with pytest.raises(InputError, match=r"secret\.key"):
        environment.read({"PAYUNG_HOME": str(tmp_path)})
    assert (tmp_path / "secret.key").read_text() == text
    if text.strip():
        with pytest.raises(InputError, match="PAYUNG_SECRET"):
            environment.read({"PAYUNG_HOME": str(tmp_path), "PAYUNG_SECRET": text})


def test_secret_that_somebody_else_made_at_the_same_time_is_kept(tmp_path: Path) -> None:
    found = environment.read({"PAYUNG_HOME": str(tmp_path)})
    (tmp_path / "secret.key").write_text(SECRET)
    foundation.make(found)
    assert environment.read({"PAYUNG_HOME": str(tmp_path)}).secret == SECRET


def test_nothing_shows_the_secret_or_the_password(tmp_path: Path) -> None:
    values = {
        "PAYUNG_HOME": str(tmp_path),
        "PAYUNG_SECRET": SECRET,
        "PAYUNG_DATABASE": "postgresql://u:rahasia@h/n",
        "PAYUNG_METRICS_TOKEN": "rahasia-rahasia-rahasia",
        "PAYUNG_MAIL": "smtp://u:rahasia@h",
        "PAYUNG_MAIL_TO": "admin@example.go.id",
    }
    shown = repr(environment.read(values))
    assert SECRET not in shown
    assert "rahasia" not in shown


def test_home_lies_with_the_data_of_the_user(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert environment.home_of({"XDG_DATA_HOME": str(tmp_path)}) == tmp_path / "payung"
    monkeypatch.setenv("HOME", str(tmp_path))
    assert environment.home_of({}) == tmp_path / ".local/share/payung"
    assert environment.home_of({"PAYUNG_HOME": "~/kantor"}) == tmp_path / "kantor"


def test_keys_for_different_purposes_share_nothing(tmp_path: Path) -> None:
    values = {"PAYUNG_HOME": str(tmp_path), "PAYUNG_SECRET": SECRET}
    found = environment.read(values)
    assert found.key("fields") != found.key("django")
    assert found.key("fields") == environment.read(values).key("fields")


@pytest.mark.parametrize(
    "values",
    [{"PAYUNG_HTTPS": "1"}, {"PAYUNG_HOSTS": "payung.example.go.id,127.0.0.1"}, {"PAYUNG_HOSTS": "10.0.0.4"}],
)
def test_faults_are_not_shown_where_others_look(tmp_path: Path, values: dict[str, str]) -> None:
    with pytest.raises(InputError, match="PAYUNG_DEBUG=1"):
        environment.read({"PAYUNG_HOME": str(tmp_path), "PAYUNG_DEBUG": "1", **values})
    assert not environment.read({"PAYUNG_HOME": str(tmp_path), **values}).debug


def test_every_setting_stands_in_the_example_with_its_default(tmp_path: Path) -> None:
    lines = (ROOT / ".env.example").read_text(encoding="utf-8").splitlines()
    named = [line.removeprefix("#").partition("=") for line in lines if re.match(r"#?PAYUNG_\w+=", line)]
    assert sorted(name for name, _, _ in named) == sorted(environment.NAMES)
    same = {"PAYUNG_SECRET": SECRET, "XDG_DATA_HOME": str(tmp_path)}
    example = {name: value for name, _, value in named if name not in same}
    assert environment.read({**example, **same}) == environment.read(same)


def test_name_that_means_nothing_is_found(tmp_path: Path) -> None:
    given = {"PAYUNG_HOST": "x", "PAYUNG_HOME": "y", "PAYUNG_ENV": "z", "HOME": "q"}
    assert environment.unknown(given) == ["PAYUNG_HOST"]


def test_settings_file_can_lie_elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PAYUNG_HOSTS")
    (tmp_path / "payung.env").write_text("export PAYUNG_HOSTS='kantor.desa'\n# PAYUNG_HTTPS=1\n")
    monkeypatch.setenv("PAYUNG_ENV", str(tmp_path / "payung.env"))
    assert environment.read().hosts == ("kantor.desa",)
    monkeypatch.setenv("PAYUNG_ENV", str(tmp_path / "none.env"))
    with pytest.raises(InputError, match="PAYUNG_ENV"):
        environment.read()


def test_mail_server_is_taken_apart(tmp_path: Path) -> None:
    values = {
        "PAYUNG_MAIL": "smtps://kantor:p%40ss@mail.example",
        "PAYUNG_MAIL_TO": "a@example.id, b@example.id",
    }
    mail = environment.read({"PAYUNG_HOME": str(tmp_path), **values}).mail
    assert mail is not None
    assert (mail.host, mail.port, mail.encryption, mail.password) == ("mail.example", 465, "smtps", "p@ss")
    assert mail.receivers == ("a@example.id", "b@example.id")


def test_database_defaults_to_sqlite_with_immediate_transactions(tmp_path: Path) -> None:
    database = environment.read({"PAYUNG_HOME": str(tmp_path)}).database
    assert database["ENGINE"] == "django.db.backends.sqlite3"
    assert database["OPTIONS"]["transaction_mode"] == "IMMEDIATE"  # type: ignore[index]


def test_database_address_is_taken_apart(tmp_path: Path) -> None:
    address = "postgresql://office:p%40ss@db.example:6432/payung"
    database = environment.read({"PAYUNG_HOME": str(tmp_path), "PAYUNG_DATABASE": address}).database
    assert database["PASSWORD"] == "p@ss"
    assert (database["HOST"], database["PORT"], database["NAME"]) == ("db.example", "6432", "payung")
    assert "pool" in database["OPTIONS"]  # type: ignore[operator]


@pytest.mark.parametrize(
    ("query", "options"),
    [
        ("", "-c jit=off -c lock_timeout=30s"),
        ("?options=-c%20jit%3Don", "-c jit=off -c lock_timeout=30s -c jit=on"),  # the last one holds
        ("?sslmode=require", "-c jit=off -c lock_timeout=30s"),
    ],
)
def test_postgresql_compiles_nothing_and_waits_for_no_lock_for_ever_unless_the_address_says_so(
    tmp_path: Path, query: str, options: str
) -> None:
    address = f"postgresql://office:p@db.example/payung{query}"
    database = environment.read({"PAYUNG_HOME": str(tmp_path), "PAYUNG_DATABASE": address}).database
    assert database["OPTIONS"]["options"] == options  # type: ignore[index]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PAYUNG_DATABASE", "mysql://x/y"),
        ("PAYUNG_DATABASE", "postgresql://u:p@127.0.0.1:abc/y"),
        ("PAYUNG_DATABASE", "postgresql://u:p@127.0.0.1:70000/y"),
        ("PAYUNG_DATABASE", "postgresql://u:p@[h/n"),
        ("PAYUNG_HTTPS", "maybe"),
        ("PAYUNG_HOSTS", "https://payung.example.go.id"),
        ("PAYUNG_HOSTS", "payung.example.go.id:8443"),
        ("PAYUNG_HOSTS", "*"),
        ("PAYUNG_HOSTS", " , "),
        ("PAYUNG_PROXIES", "-1"),
        ("PAYUNG_PROXIES", "satu"),
        ("PAYUNG_WORKERS", "0"),
        ("PAYUNG_THREADS", "1"),
        ("PAYUNG_TIMEZONE", "Asia/Palangkaraya"),
        ("PAYUNG_TIMEZONE", "../../etc/passwd"),
        ("PAYUNG_LOG", "xml"),
        ("PAYUNG_METRICS_TOKEN", "pendek"),
        ("PAYUNG_KEEP_JOBS", "1"),
        ("PAYUNG_MAIL", "mail.example"),
    ],
)
def test_value_that_cannot_be_used_is_refused(tmp_path: Path, name: str, value: str) -> None:
    with pytest.raises(InputError, match=name):
        environment.read({"PAYUNG_HOME": str(tmp_path), name: value})


def test_home_that_cannot_be_made_is_refused(tmp_path: Path) -> None:
    (tmp_path / "berkas").write_text("")
    with pytest.raises(InputError, match="PAYUNG_HOME"):
        foundation.make(environment.read({"PAYUNG_HOME": str(tmp_path / "berkas" / "kantor")}))


def test_settings_file_that_is_no_text_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path(".env").write_bytes(b"PAYUNG_HOSTS=\xff")
    with pytest.raises(InputError, match="UTF-8"):
        environment.read()


def test_settings_file_of_a_windows_editor_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("PAYUNG_HOSTS")
    Path(".env").write_bytes(b"\xef\xbb\xbfPAYUNG_HOSTS=kantor.desa\r\nPAYUNG_HTTPS=1\r\n")
    assert environment.read().hosts == ("kantor.desa",)
