"""Names of scans and signed papers: refused at the door, or kept (sealed, below their hash) by intake.files.keep."""

from __future__ import annotations

import re
from pathlib import Path

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile

from payung.errors import InputError
from payung.text import Text

SUFFIXES = (".pdf", ".jpg", ".jpeg", ".png", ".xlsx", ".docx")


def name_of(file: UploadedFile[bytes]) -> str:
    """Return the name to keep ``file`` under. Raises :class:`InputError` where it is too large or of another kind."""
    name = re.sub(r"[^\w .()-]", "_", Path(file.name or "berkas").name)
    stem, suffix = Path(name).stem, Path(name).suffix.lower()
    if suffix not in SUFFIXES:
        allowed = ", ".join(SUFFIXES)
        raise InputError(
            Text(f"{name}: jenis berkas yang boleh {allowed}.", f"{name}: allowed kinds are {allowed}."),
            at="file",
        )
    if (file.size or 0) > settings.UPLOAD_LIMIT:
        most = settings.UPLOAD_LIMIT // 2**20
        raise InputError(
            Text(f"{name} lebih besar dari {most} MB.", f"{name} is larger than {most} MB."), at="file"
        )
    return stem.encode()[:100].decode(errors="ignore") + suffix
