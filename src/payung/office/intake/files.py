"""Uploaded files: refused at the door, or kept below their own hash, whole or not at all."""

from __future__ import annotations

import hashlib
import re
import tempfile
from pathlib import Path

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile

from payung.errors import InputError
from payung.text import Text

SUFFIXES = frozenset({".xlsx", ".xlsm", ".xls", ".ods", ".csv", ".txt"})


def name_of(file: UploadedFile[bytes]) -> str:
    """Return the name to keep ``file`` under. Raises :class:`InputError` where it is too large or no workbook."""
    name = re.sub(r"[^\w .()-]", "_", Path(file.name or "daftar").name)[-200:]
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


def keep(file: UploadedFile[bytes], name: str) -> str:
    """Write ``file`` below its own hash, as ``name``, whole or not at all; return the hash (SHA-256)."""
    folder = Path(settings.MEDIA_ROOT)
    folder.mkdir(parents=True, exist_ok=True)
    digest = hashlib.sha256()
    with tempfile.NamedTemporaryFile(dir=folder, prefix=".part-", delete=False) as written:
        part = Path(written.name)
        for chunk in file.chunks():
            digest.update(chunk)
            written.write(chunk)
    try:
        home = folder / digest.hexdigest()
        home.mkdir(exist_ok=True)
        part.replace(home / name)
    finally:
        part.unlink(missing_ok=True)
    return digest.hexdigest()
