"""Single values of settings: switches, numbers, names; and the settings file. Faults name the variable."""

from __future__ import annotations

import re
import zoneinfo
from collections.abc import Mapping
from pathlib import Path

from payung.errors import InputError
from payung.text import Text

HOSTS = "localhost,127.0.0.1,[::1]"
TIMEZONE = "Asia/Pontianak"  # WIB, the time of Central Kalimantan
_HOST = re.compile(r"\.?[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)*\.?|\[[0-9A-Fa-f:.]+\]")


def settings_file(path: Path) -> dict[str, str]:
    """Return the ``NAME=value`` lines of ``path`` (also with ``export``); empty where there is no such file."""
    try:
        if not path.is_file():
            return {}
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise InputError(
            Text(
                f"{path.absolute()} bukan teks UTF-8: simpan ulang sebagai UTF-8.",
                f"{path.absolute()} is not UTF-8 text: save it again as UTF-8.",
            )
        ) from None
    except OSError as error:
        raise InputError(
            Text(
                f"{path.absolute()} tidak dapat dibaca ({error.strerror}): periksa hak aksesnya.",
                f"{path.absolute()} cannot be read ({error.strerror}): check its permissions.",
            )
        ) from None
    found = {}
    for line in text.splitlines():
        name, equals, value = line.strip().removeprefix("export ").partition("=")
        if equals and not name.startswith("#"):
            found[name.strip()] = value.strip().strip("\"'")
    return found


def switch(given: Mapping[str, str], name: str, *, default: bool) -> bool:
    """Return whether ``name`` is on."""
    text = given.get(name, "").strip().lower()
    if not text:
        return default
    if text in {"1", "true", "yes", "ya", "on"}:
        return True
    if text in {"0", "false", "no", "tidak", "off"}:
        return False
    raise InputError(
        Text(
            f"{name}={text!r} bukan 1 atau 0: tulis 1 atau 0.",
            f"{name}={text!r} is not 1 or 0: write 1 or 0.",
        )
    )


def number(given: Mapping[str, str], name: str, *, default: int, least: int, most: int) -> int:
    """Return the whole number ``name``, between ``least`` and ``most``."""
    text = given.get(name, "").strip()
    if not text:
        return default
    if re.fullmatch(r"[0-9]{1,9}", text) and least <= int(text) <= most:
        return int(text)
    raise InputError(
        Text(
            f"{name}={text!r}: tulis bilangan bulat dari {least} sampai {most}.",
            f"{name}={text!r}: write a whole number from {least} to {most}.",
        )
    )


def choice(given: Mapping[str, str], name: str, known: tuple[str, ...]) -> str:
    """Return which of ``known`` the variable ``name`` says; the first where it says nothing."""
    text = given.get(name, "").strip().lower()
    if not text:
        return known[0]
    if text in known:
        return text
    listed = ", ".join(known)
    raise InputError(
        Text(f"{name}={text!r}: tulis salah satu dari {listed}.", f"{name}={text!r}: write one of {listed}.")
    )


def some_of(given: Mapping[str, str], name: str, known: tuple[str, ...]) -> tuple[str, ...]:
    """Return which of ``known`` the variable ``name`` lists, with commas between; none where it says nothing."""
    found = tuple(part.strip().lower() for part in given.get(name, "").split(",") if part.strip())
    if wrong := next((part for part in found if part not in known), ""):
        listed = ", ".join(known)
        raise InputError(
            Text(
                f"{name}: {wrong!r} tidak dikenal; tulis dari {listed}.",
                f"{name}: {wrong!r} is not known; write some of {listed}.",
            )
        )
    return found


def hosts(given: Mapping[str, str]) -> tuple[str, ...]:
    """Return the names under which the office answers."""
    text = given.get("PAYUNG_HOSTS", HOSTS)
    found = tuple(part.strip() for part in text.split(",") if part.strip())
    wrong = next((host for host in found if host == "*" or not _HOST.fullmatch(host)), None)
    if found and wrong is None:
        return found
    said = wrong or text
    raise InputError(
        Text(
            f"PAYUNG_HOSTS={said!r}: tulis nama tanpa https:// dan tanpa nomor pintu, dipisah koma, "
            "mis. payung.example.go.id,127.0.0.1.",
            f"PAYUNG_HOSTS={said!r}: write names without https:// and without a port, with commas, "
            "e.g. payung.example.go.id,127.0.0.1.",
        )
    )


def timezone(given: Mapping[str, str]) -> str:
    """Return the name of the time zone."""
    text = given.get("PAYUNG_TIMEZONE", "").strip() or TIMEZONE
    try:
        zoneinfo.ZoneInfo(text)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
        raise InputError(
            Text(
                f"PAYUNG_TIMEZONE={text!r} tidak dikenal: Asia/Pontianak (WIB), Asia/Makassar (WITA), "
                "Asia/Jayapura (WIT).",
                f"PAYUNG_TIMEZONE={text!r} is not known: Asia/Pontianak (WIB), Asia/Makassar (WITA), "
                "Asia/Jayapura (WIT).",
            )
        ) from None
    return text
