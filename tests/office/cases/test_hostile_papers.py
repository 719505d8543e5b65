"""Papers that pretend to be another kind, hide another file, swell, or name a path: taken apart or refused, cheaply."""

from __future__ import annotations

import contextlib
import io
import struct
import time
import zipfile
import zlib
from typing import Any

import pytest
from casesworld import JPEG, case_of
from django.core.files.uploadedfile import SimpleUploadedFile
from figures import tried
from officeworld import listing

from payung.errors import InputError
from payung.office.cases import actions
from payung.office.cases.models import Case, CasePaper
from payung.office.cases.rules.photos import BrokenError, cleaned

FIGURE = "papers that pretend, hide another file, swell or name a path"
MOST = 30_000_000  # bytes that the door lets in
FRAME = b"\xff\xc0\x00\x0b\x08\x00\x01\x00\x01\x01\x01\x11\x00"
SCAN = b"\xff\xda\x00\x08\x01\x01\x00\x00\x3f\x00"
EVIL = b"<html><script>alert(document.domain)</script>"


def segment(marker: int, data: bytes) -> bytes:
    return bytes((0xFF, marker)) + struct.pack(">H", len(data) + 2) + data


def chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def png(*chunks: bytes, size: tuple[int, int] = (1, 1), after: bytes = b"") -> bytes:
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", *size, 8, 0, 0, 0, 0))
    body = chunk(b"IDAT", zlib.compress(b"\0\0"))
    return b"\x89PNG\r\n\x1a\n" + head + b"".join(chunks) + body + chunk(b"IEND", b"") + after


def jpeg(*segments: bytes, after: bytes = b"") -> bytes:
    return b"\xff\xd8" + b"".join(segments) + FRAME + SCAN + b"picture" + b"\xff\xd9" + after


def archive() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as packed:
        packed.writestr("jahat.exe", EVIL)
    return buffer.getvalue()


PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
# What hangs on a file or hides in it → none of it is kept.
HIDDEN = {
    "zip behind a jpeg": ("jpg", jpeg(after=archive())),
    "html behind a jpeg": ("jpg", jpeg(after=EVIL)),
    "html in a comment": ("jpg", jpeg(segment(0xFE, EVIL))),
    "html in exif": ("jpg", jpeg(segment(0xE1, b"Exif\0\0" + EVIL))),
    "html in a reserved part": ("jpg", jpeg(segment(0xF7, EVIL))),
    "html in a part of no picture": ("jpg", jpeg(segment(0xC8, EVIL))),
    "html in a small picture of jfif": (
        "jpg",
        jpeg(segment(0xE0, b"JFIF\0\1\1\0\0\1\0\1" + bytes((len(EVIL) // 3, 1)) + EVIL)),
    ),
    "html behind adobe's transform": ("jpg", jpeg(segment(0xEE, b"Adobe\0d\0\0\0\0\1" + EVIL))),
    "zip behind a png": ("png", png(after=archive())),
    "html in a text of a png": ("png", png(chunk(b"tEXt", EVIL))),
    "html in a part of a png that is too long": ("png", png(chunk(b"pHYs", EVIL))),
    "html in a private part of a png": ("png", png(chunk(b"jhTm", EVIL))),
    "zip behind a pdf": ("pdf", PDF + archive()),
    "html behind a pdf": ("pdf", PDF + EVIL),
}


@pytest.mark.parametrize("name", HIDDEN)
def test_what_hides_in_a_paper_or_hangs_on_it_is_not_kept(name: str) -> None:
    kind, content = HIDDEN[name]
    found = cleaned(kind, content)
    for part in (b"<script>", b"PK\x03\x04", b"jahat.exe"):
        assert part not in found
    assert cleaned(kind, found) == found
    if kind == "jpg":
        assert b"picture" in found
    tried(FIGURE)


# As long as the door lets in, built to be walked for ever; a machine of two cores took 5 to 10 seconds of each.
LONG = {
    "pairs without a marker": jpeg(after=b"")[:-2] + b"\xff\x00" * (MOST // 2) + b"\xff\xd9",
    "fill bytes": b"\xff\xd8" + b"\xff" * MOST + FRAME[1:] + SCAN + b"picture\xff\xd9",
    "empty comments": b"\xff\xd8" + b"\xff\xfe\x00\x02" * (MOST // 4) + FRAME + SCAN + b"\xff\xd9",
    "markers alone": b"\xff\xd8" + b"\xff\x01" * (MOST // 2) + FRAME + SCAN + b"\xff\xd9",
    "scans": b"\xff\xd8" + FRAME + (SCAN + b"x") * (MOST // 11) + b"\xff\xd9",
    "chunks": png(chunk(b"tEXt", b"") * (MOST // 12)),
}


@pytest.mark.parametrize("name", LONG)
def test_what_is_built_to_be_walked_for_ever_costs_hardly_anything(name: str) -> None:
    """Of the processor's own time, not of the clock: other work on the machine does not count."""
    kind = "png" if name == "chunks" else "jpg"
    begun = time.process_time()
    with contextlib.suppress(BrokenError):
        cleaned(kind, LONG[name])
    assert time.process_time() - begun < 4
    tried(FIGURE)


@pytest.fixture
def case(make_people: Any) -> Case:
    (person,) = make_people(listing(1))
    return case_of(person=person)


def send(case: Case, name: str, content: bytes) -> CasePaper:
    file = SimpleUploadedFile(name, content)
    return actions.add_paper(by="operator", case=case, code="family-card", file=file)


REFUSED = {
    "a program": b"MZ\x90\x00" + b"x" * 500,
    "html": EVIL,
    "svg": b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
    "a workbook": archive(),
    "html before a pdf": EVIL + PDF,
    "blanks before a pdf": b"\n" + PDF,
    "gif": b"GIF89a" + b"x" * 50,
    "tiff": b"II*\0" + b"x" * 50,
    "heic": b"\0\0\0\x18ftypheic" + b"x" * 50,
    "a word of a jpeg": b"\xff\xd8\xff",
    "a pdf cut off": PDF[:30],
    "nothing": b"",
    "a pdf of more than 6 MB": b"%PDF-1.7\n" + b"0" * 6_000_000 + b"\n%%EOF\n",
    "a jpeg of more than 6 MB": jpeg()[:-2] + b"x" * 6_000_000 + b"\xff\xd9",
}


@pytest.mark.django_db
@pytest.mark.parametrize("name", REFUSED)
def test_whatever_is_no_photo_and_no_pdf_is_refused_by_its_content(
    case: Case, settings: Any, name: str
) -> None:
    before = {path for path in settings.MEDIA_ROOT.rglob("*") if path.is_file()}
    for suffix in ("jpg", "png", "pdf"):
        with pytest.raises(InputError) as refused:
            send(case, f"kk.{suffix}", REFUSED[name])
        assert refused.value.message.en
        tried(FIGURE)
    assert not CasePaper.objects.exists()
    assert {path for path in settings.MEDIA_ROOT.rglob("*") if path.is_file()} == before


@pytest.mark.django_db
@pytest.mark.parametrize(
    "name",
    [
        *("../../../../etc/passwd.jpg", "..\\..\\windows\\kk.jpg", "/etc/shadow.jpg", ".jpg", "kk.jpg.exe"),
        *("kk.jpg\n.pdf", "=cmd|'/c calc'!A1.jpg", "<img src=x onerror=alert(1)>.jpg", "k" * 400 + ".jpg"),
    ],
)
def test_name_of_a_paper_is_ours_whatever_it_was_sent_as(case: Case, settings: Any, name: str) -> None:
    kept = send(case, name, JPEG)
    assert kept.name == "family-card.jpg"
    assert kept.path == f"{kept.sha256}/family-card.jpg"
    stored = (settings.MEDIA_ROOT / kept.path).resolve()
    assert stored.is_relative_to(settings.MEDIA_ROOT.resolve())
    assert stored.read_bytes().startswith(b"PAYUNG")  # sealed, and nothing lies beside it
    assert [path.name for path in stored.parent.iterdir()] == ["family-card.jpg"]
    tried(FIGURE)


@pytest.mark.django_db
def test_picture_of_ten_thousand_million_points_and_a_pdf_that_swells_are_kept_and_never_unfolded(
    case: Case,
) -> None:
    """Nothing here decodes a picture or inflates a PDF: they cost their own bytes."""
    packer = zlib.compressobj(9)
    swollen = b"".join([*(packer.compress(b"\0" * 1_000_000) for _ in range(300)), packer.flush()])
    assert len(swollen) < 400_000
    body = b"%PDF-1.7\n1 0 obj\n<</Filter/FlateDecode>>stream\n" + swollen + b"\nendstream\nendobj\n%%EOF\n"
    begun = time.process_time()
    for name, content in (
        ("besar.png", png(size=(100_000, 100_000))),
        ("bom.pdf", body),
        ("bom.png", png(chunk(b"iCCP", b"x\0\0" + swollen))),
    ):
        kept = send(case, name, content)
        assert kept.size <= len(content)
        tried(FIGURE)
    assert time.process_time() - begun < 5


@pytest.mark.django_db
@pytest.mark.parametrize(("size", "taken"), [(6_000_000, True), (6_000_001, False)])
def test_six_million_bytes_are_taken_and_one_more_is_not(case: Case, size: int, taken: bool) -> None:
    content = jpeg()[:-2]
    content += b"x" * (size - len(content) - 2) + b"\xff\xd9"
    if taken:
        assert send(case, "kk.jpg", content).size == size
        return
    with pytest.raises(InputError) as refused:
        send(case, "kk.jpg", content)
    assert "6 MB" in refused.value.message.id
