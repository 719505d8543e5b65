"""Letters as files: set by Typst as tagged PDF/A, kept sealed below their hash, opened again."""

from __future__ import annotations

import datetime as dt
import functools
import io
import json
import tempfile
from collections.abc import Iterable, Sequence
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.core.files.base import ContentFile

from payung.errors import PayungError
from payung.office.desk.exports import workbook_bytes
from payung.office.history import demonstration
from payung.office.letters.kinds import Kind, kinds
from payung.office.submissions.papers.files import keep, opened
from payung.text import Text

STANDARD: Final = ["a-2a", "ua-1"]  # for the archive, and for screen readers
TEMPLATES = "payung.office.letters"


class SettingError(PayungError):
    """A letter cannot be set; what it is about is not touched by that."""


def page_of_check() -> str:
    """Return the address at which anybody checks a paper."""
    host = next((one for one in settings.ENVIRONMENT.hosts if one not in ("*", "")), "localhost")
    return f"{'https' if settings.ENVIRONMENT.https else 'http'}://{host}/cek-surat/"


def data_of(
    kind: Kind, values: dict[str, Any], frame: dict[str, Any], *, code: str = "", replaces: str = ""
) -> dict[str, Any]:
    """Return what the template reads; without ``code`` it is a draft."""
    return {
        "title": kind.title.id,
        "values": values,
        "frame": frame,
        "draft": not code,
        "code": code,
        "check": page_of_check(),
        "replaces": replaces,
        **({"demonstration": True} if demonstration.is_demonstration() else {}),
        **kind.paper,
    }


def pdf(kind: Kind, data: dict[str, Any], on: dt.date) -> bytes:
    """Return the letter as a PDF: the same data give the same bytes. Raises :class:`SettingError`."""
    return _set(kind, data, on, "pdf")[0]


def pictures(kind: Kind, data: dict[str, Any], on: dt.date, *, resolution: float = 70.0) -> list[bytes]:
    """Return every page of the letter as a PNG of so many dots an inch."""
    return _set(kind, data, on, "png", resolution)


def sheet(kind: Kind, values: dict[str, Any]) -> tuple[bytes, int]:
    """Return the list of a letter as the bytes of a workbook, and how many rows it has."""
    found = values[kind.sheet]
    headings: Sequence[str] = found["headings"]
    rows: Iterable[Sequence[Any]] = found["rows"]
    return workbook_bytes(kind.title.id, headings, ["text"] * len(headings), rows)


def kept(content: bytes, name: str) -> tuple[str, str]:
    """Keep a file sealed; return its hash and its path below MEDIA_ROOT."""
    digest = keep(ContentFile(content, name), name)  # type: ignore[arg-type]
    return digest, f"{digest}/{name}"


def content_of(path: str) -> bytes:
    """Return the bytes of a file that was kept."""
    with opened(path) as plain:
        return plain.read_bytes()


def _set(kind: Kind, data: dict[str, Any], on: dt.date, form: str, resolution: float = 0.0) -> list[bytes]:
    import typst

    with tempfile.TemporaryDirectory(prefix="payung-") as folder:
        root = Path(folder)
        (root / "data.json").write_text(json.dumps(data, ensure_ascii=False), "utf-8")
        if data["code"]:
            (root / "code.svg").write_bytes(_drawn(f"{data['check']}?kode={data['code']}"))
        for name, text in templates().items():
            (root / name).write_bytes(text)
        (root / "main.typ").write_text(_main(kind), "utf-8")
        given: dict[str, Any] = (
            {"format": "pdf", "pdf_standards": STANDARD}
            if form == "pdf"
            else {"format": "png", "ppi": resolution}
        )
        moment = dt.datetime(on.year, on.month, on.day, tzinfo=dt.UTC)
        try:
            made: Any = typst.compile(str(root / "main.typ"), root=str(root), timestamp=moment, **given)
        except (RuntimeError, ValueError) as fault:
            raise _unset(kind, str(fault).splitlines()[0]) from None
    return [bytes(one) for one in made] if isinstance(made, list) else [bytes(made)]


@functools.cache
def templates() -> dict[str, bytes]:
    """Return every template by the name of its file; a kind's is ``<code>.typ``, `frame.typ` is what all stand in."""
    folder = files(TEMPLATES).joinpath("typst")
    return {one.name: one.read_bytes() for one in folder.iterdir() if one.name.endswith(".typ")}


def _main(kind: Kind) -> str:
    """Return the document: the kind's body within the frame, then its parts, each on a page of its own."""
    lines = [
        '#import "frame.typ": papers',
        f'#import "{kind.body}.typ": body',
        '#let data = json("data.json")',
        "#show: it => papers(data, it)",
        "#body(data.frame, data.values)",
    ]
    for number, name in enumerate(kind.parts):
        declared = kinds().get(name)
        there = f'data.values.at("{name}", default: none)'
        lines += [
            f'#import "{declared.body if declared else name}.typ": body as part-{number}',
            f"#if {there} != none [#pagebreak(weak: true) #part-{number}(data.frame, {there})]",
        ]
    return "\n".join(lines)


def _unset(kind: Kind, why: str) -> SettingError:
    why = why[:150]
    return SettingError(
        Text(
            f"{kind.title.id} tidak dapat disusun ({why}). Keputusannya tetap; beri tahu pengelola, lalu coba lagi.",
            f"{kind.title.en} cannot be set ({why}). What it is about stands; tell the administrator, then try again.",
        )
    )


def _drawn(text: str) -> bytes:
    """Return a QR code as SVG."""
    import qrcode
    from qrcode.image.svg import SvgPathImage

    drawn = io.BytesIO()
    qrcode.make(text, image_factory=SvgPathImage, border=1).save(drawn)
    return drawn.getvalue()
