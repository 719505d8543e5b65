"""The settings of an installation."""

from __future__ import annotations

from pathlib import Path

import pytest

from payung.errors import InputError
from payung.office import environment


def test_secret_is_made_once_and_kept_private(tmp_path: Path) -> None:
    first = environment.read({"PAYUNG_HOME": str(tmp_path)})
    second = environment.read({"PAYUNG_HOME": str(tmp_path)})
    assert first.secret == second.secret
    assert len(first.secret) == 64
    assert (tmp_path / "secret.key").stat().st_mode & 0o077 == 0


def test_keys_for_different_purposes_share_nothing(tmp_path: Path) -> None:
    found = environment.read({"PAYUNG_HOME": str(tmp_path), "PAYUNG_SECRET": "a"})
    assert found.key("fields") != found.key("django")
    assert found.key("fields") == environment.read({"PAYUNG_HOME": str(tmp_path), "PAYUNG_SECRET": "a"}).key(
        "fields"
    )


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
    ("name", "value"),
    [
        ("PAYUNG_DATABASE", "mysql://x/y"),
        ("PAYUNG_DATABASE", "postgresql://u:p@127.0.0.1:abc/y"),
        ("PAYUNG_DATABASE", "postgresql://u:p@127.0.0.1:70000/y"),
        ("PAYUNG_HTTPS", "maybe"),
    ],
)
def test_value_that_cannot_be_used_is_refused(tmp_path: Path, name: str, value: str) -> None:
    with pytest.raises(InputError, match=name):
        environment.read({"PAYUNG_HOME": str(tmp_path), name: value})


def test_home_that_cannot_be_made_is_refused(tmp_path: Path) -> None:
    (tmp_path / "berkas").write_text("")
    with pytest.raises(InputError, match="PAYUNG_HOME"):
        environment.read({"PAYUNG_HOME": str(tmp_path / "berkas" / "kantor")})


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
