"""A backup as one file: a tar of the database, the uploads and a description, sealed with the secret of the office.

Whoever finds it can read nothing in it, and whoever has it needs the secret to restore it; the secret is not in it.
"""

from __future__ import annotations

import io
import json
import os
import tarfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from payung.errors import InputError
from payung.office.vault.files import PIECE, sealing, unsealing
from payung.text import Text

DESCRIPTION = "backup.json"
DATABASE = "office.sqlite3"
UPLOADS = "uploads"
FORMAT = 1


def write(target: Path, described: dict[str, Any], database: Path, uploads: Path | None) -> int:
    """Write the backup ``target``, whole or not at all; return its size in bytes."""
    part = target.with_name(f".{target.name}.part")
    try:
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            for piece in sealing(_tar(described, database, uploads)):
                file.write(piece)
            file.flush()
            os.fsync(file.fileno())
        part.replace(target)
    except OSError as error:
        raise InputError(
            Text(
                f"Cadangan {target} tidak dapat ditulis ({error.strerror}): periksa tempat dan haknya.",
                f"The backup {target} cannot be written ({error.strerror}): check its room and rights.",
            )
        ) from None
    finally:
        part.unlink(missing_ok=True)
    return target.stat().st_size


def _tar(described: dict[str, Any], database: Path, uploads: Path | None) -> Iterator[bytes]:
    """Yield the bytes of the tar; memory stays constant."""
    text = json.dumps({"format": FORMAT, **described}, ensure_ascii=False, indent=1).encode()
    yield _head(DESCRIPTION, len(text))
    yield from _padded(text)
    yield from _member(DATABASE, database)
    if uploads is not None:
        for path in sorted(uploads.rglob("*")):
            if path.is_file() and not path.name.startswith(".part-"):
                yield from _member(f"{UPLOADS}/{path.relative_to(uploads).as_posix()}", path)
    yield b"\0" * 1024


def _member(name: str, path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        size = os.fstat(file.fileno()).st_size
        yield _head(name, size)
        left = size
        while left:  # what is appended in the meantime is not of this backup
            piece = file.read(min(PIECE, left))
            if not piece:
                raise OSError(0, f"{path} became shorter")
            left -= len(piece)
            yield piece
    yield b"\0" * (-size % tarfile.BLOCKSIZE)


def _head(name: str, size: int) -> bytes:
    info = tarfile.TarInfo(name)
    info.size, info.mode = size, 0o600
    return info.tobuf(tarfile.PAX_FORMAT)


def _padded(data: bytes) -> Iterator[bytes]:
    yield data
    yield b"\0" * (-len(data) % tarfile.BLOCKSIZE)


class _Pieces(io.RawIOBase):
    """The open bytes of a sealed file, read from begin to end."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self.pieces, self.rest = pieces, b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        while not self.rest:
            found = next(self.pieces, None)
            if found is None:
                return 0
            self.rest = found
        many = min(len(buffer), len(self.rest))
        buffer[:many], self.rest = self.rest[:many], self.rest[many:]
        return many


def read(source: Path, folder: Path) -> dict[str, Any]:
    """Unpack the backup ``source`` into the empty ``folder``; return its description.

    Every byte is authenticated on the way. Raises :class:`MissingDataError` where the secret is another one or the
    file is damaged, and :class:`InputError` where it is no backup.
    """
    described: dict[str, Any] = {}
    try:
        with source.open("rb") as sealed:
            pieces = unsealing(sealed, source.name)
            with tarfile.open(fileobj=io.BufferedReader(_Pieces(pieces), PIECE), mode="r|") as tar:
                for member in tar:
                    _unpack(tar, member, folder)
            for _ in pieces:  # to the end: a piece that was cut off must show
                pass
        described = json.loads((folder / DESCRIPTION).read_text(encoding="utf-8"))
    except (tarfile.TarError, FileNotFoundError, ValueError, IsADirectoryError):
        raise InputError(
            Text(
                f"{source} bukan cadangan Payung, atau tidak ada: sebutkan berkas dari payung backup.",
                f"{source} is no backup of Payung, or is not there: name a file of payung backup.",
            )
        ) from None
    if described.get("format") != FORMAT:
        raise InputError(
            Text(
                f"{source} dari versi yang lebih baru: pulihkan dengan versi itu.",
                f"{source} is of a newer version: restore it with that version.",
            )
        )
    return described


def _unpack(tar: tarfile.TarFile, member: tarfile.TarInfo, folder: Path) -> None:
    """Write one file of the backup; only names that :func:`write` makes."""
    parts = Path(member.name).parts
    known = member.name in (DESCRIPTION, DATABASE) or (parts[0] == UPLOADS and ".." not in parts)
    source = tar.extractfile(member) if member.isreg() and known else None
    if source is None:
        raise tarfile.TarError(member.name)
    target = folder / member.name
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with target.open("wb") as file:
        while piece := source.read(PIECE):
            file.write(piece)
