"""The styles and scripts that the office serves: copied from the npm packages, then compressed with a fingerprint."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import tempfile
from pathlib import Path

from payung.errors import MissingDataError
from payung.text import Text

STAMP = "fingerprint"
LAYOUT = b"2: readable by all"  # changes where the same files are to be served in another way
VENDOR = Path(__file__).parents[1] / "desk/static/vendor"
# name here → file of the npm package
FILES = {
    "tabler.min.css": "@tabler/core/dist/css/tabler.min.css",
    "htmx.min.js": "htmx.org/dist/htmx.min.js",
}
_SOURCE_MAP = re.compile(r"/[/*][#@]\s*sourceMappingURL=\S+(\s*\*/)?")


def copy(packages: Path) -> list[Path]:
    """Copy the files from the folder ``packages`` (node_modules); return where they are.

    Raises :class:`MissingDataError` where a package is not there.
    """
    VENDOR.mkdir(parents=True, exist_ok=True)
    written = []
    for name, source in FILES.items():
        path = packages / source
        if not path.is_file():
            raise MissingDataError(
                Text(
                    f"Paket npm belum terpasang ({path}): jalankan `make setup`.",
                    f"The npm package is not installed ({path}): run `make setup`.",
                )
            )
        # The maps of the sources are not served, so nothing may point to them.
        text = _SOURCE_MAP.sub("", path.read_text(encoding="utf-8"))
        target = VENDOR / name
        target.write_text(text, encoding="utf-8")
        written.append(target)
    return written


def collect() -> bool:
    """Compress all styles and scripts into the folder that is served, where they changed; tell whether they had.

    The folder appears whole: it is made beside the old one and takes its place. Needs Django to be set up.
    """
    from django.conf import settings
    from django.core.management import call_command
    from django.test.utils import override_settings

    if not all((VENDOR / name).is_file() for name in FILES):
        raise MissingDataError(
            Text(
                "Gaya dan skrip belum ada: jalankan `make setup`.",
                "Styles and scripts are missing: run `make setup`.",
            )
        )
    served, value = Path(settings.STATIC_ROOT), fingerprint()
    stamp = served / STAMP
    if stamp.is_file() and stamp.read_text(encoding="ascii") == value:
        return False
    try:
        draft = Path(tempfile.mkdtemp(prefix=f"{served.name}-", dir=served.parent))
    except OSError as error:
        raise MissingDataError(
            Text(
                f"Gaya dan skrip di {served} sudah lama dan tidak dapat diperbarui "
                f"({error.strerror}): jalankan `payung "
                "assets` sebagai pemilik program.",
                f"Styles and scripts in {served} are old and cannot be renewed ({error.strerror}): run `payung assets` "
                "as the owner of the program.",
            )
        ) from None
    storages = {
        **settings.STORAGES,
        "staticfiles": {
            "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage",
            "OPTIONS": settings.READABLE,
        },
    }
    mask = os.umask(0o022)  # whoever serves may be another user than whoever installs
    try:
        with override_settings(STORAGES=storages, STATIC_ROOT=draft):
            call_command("collectstatic", interactive=False, verbosity=0)
        (draft / STAMP).write_text(value, encoding="ascii")
        draft.chmod(0o755)
        shutil.rmtree(served, ignore_errors=True)
        draft.replace(served)
    finally:
        os.umask(mask)
        shutil.rmtree(draft, ignore_errors=True)
    return True


def fingerprint() -> str:
    """Return one hash over all styles and scripts of the office."""
    digest = hashlib.sha256(LAYOUT)
    root = Path(__file__).parents[1] / "desk/static"
    for path in sorted(root.rglob("*")):
        if path.is_file():
            digest.update(
                path.relative_to(root).as_posix().encode() + hashlib.sha256(path.read_bytes()).digest()
            )
    return digest.hexdigest()
