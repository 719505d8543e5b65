"""Uploaded files: refused at the door, or kept sealed below their own hash, whole or not at all."""

from __future__ import annotations

import hashlib
import re
import secrets
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile

from payung.errors import InputError
from payung.office.vault.files import sealing, unsealing
from payung.text import Text

APART = "sendiri"  # folder of files that are removed once they are read
LONGEST_NAME = 120  # bytes
SUFFIXES = frozenset({".xlsx", ".xlsm", ".xls", ".ods", ".csv", ".txt"})


def name_of(file: UploadedFile[bytes]) -> str:
    """Return the name to keep ``file`` under. Raises :class:`InputError` where it is too large or no workbook."""
    name = _short(re.sub(r"[^\w .()-]", "_", Path(file.name or "daftar").name))
    if Path(name).suffix.lower() not in SUFFIXES:
        raise InputError(
            Text(
                f"{name}: kirim berkas Excel, OpenDocument, atau CSV (bukan PDF atau foto).",
                f"{name}: send an Excel, OpenDocument or CSV file (not a PDF or a photo).",
            )
        )
    if (file.size or 0) > settings.UPLOAD_LIMIT:
        raise InputError(
            Text(
                f"{name} lebih besar dari {settings.UPLOAD_LIMIT // 2**20} MB: kirim per lembar atau per RT.",
                f"{name} is larger than {settings.UPLOAD_LIMIT // 2**20} MB: send it sheet by sheet.",
            )
        )
    return name


def _short(name: str) -> str:
    """Return ``name`` no longer than a folder of any system takes, with its suffix; letters count by their bytes."""
    stem, suffix = Path(name).stem, Path(name).suffix
    while stem and len((stem + suffix).encode()) > LONGEST_NAME:
        stem = stem[:-1]
    return stem + suffix


def keep(file: UploadedFile[bytes], name: str) -> str:
    """Write ``file`` sealed below its own hash, as ``name``, whole or not at all; return the hash (SHA-256).

    What is kept so belongs to everybody who sent the same: it is never removed but by the rule of keeping, where no
    row names it any more.
    """
    return _kept(file, lambda digest: f"{digest}/{name}")[0]


def keep_apart(file: UploadedFile[bytes], name: str) -> tuple[str, str]:
    """Write ``file`` sealed in a folder that no other shares; return the hash of what it holds, and its path.

    For what is removed once it is read (:func:`remove_apart`).
    """
    token = secrets.token_hex(16)
    return _kept(file, lambda digest: f"{APART}/{token}/{name}")


def remove_apart(path: str) -> None:
    """Remove a file of :func:`keep_apart`; one that others may share is left to the rule of keeping."""
    if not path.startswith(f"{APART}/"):
        return
    kept = Path(settings.MEDIA_ROOT) / path
    kept.unlink(missing_ok=True)
    with suppress(OSError):
        kept.parent.rmdir()


def _kept(file: UploadedFile[bytes], path_of: Callable[[str], str]) -> tuple[str, str]:
    """Write ``file`` sealed, whole or not at all, at what ``path_of`` gives for its hash; return hash and path."""
    digest = hashlib.sha256()

    def noted() -> Iterator[bytes]:
        for chunk in file.chunks():
            digest.update(chunk)
            yield chunk

    folder = Path(settings.MEDIA_ROOT)
    folder.mkdir(parents=True, exist_ok=True)
    part = _written(folder, noted())
    try:
        path = path_of(digest.hexdigest())
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        part.replace(folder / path)
    finally:
        part.unlink(missing_ok=True)
    return digest.hexdigest(), path


@contextmanager
def opened(path: str) -> Iterator[Path]:
    """Yield where the file ``path`` (below MEDIA_ROOT) lies open, under its own name; gone again afterwards.

    Raises :class:`MissingDataError` where the secret is another one or the file was damaged.
    """
    kept = Path(settings.MEDIA_ROOT) / path
    with tempfile.TemporaryDirectory(prefix="payung-") as folder:
        plain = Path(folder) / kept.name
        with kept.open("rb") as source, plain.open("wb") as target:
            for piece in unsealing(source, kept.name):
                target.write(piece)
        yield plain


def _written(folder: Path, chunks: Iterable[bytes]) -> Path:
    """Write ``chunks`` sealed into a new file in ``folder`` and return it; nothing is left of a failure."""
    with tempfile.NamedTemporaryFile(dir=folder, prefix=".part-", delete=False) as written:
        part = Path(written.name)
        try:
            for piece in sealing(chunks):
                written.write(piece)
        except BaseException:
            part.unlink()
            raise
    return part
