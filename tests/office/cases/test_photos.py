"""Photos of papers: without place and phone, the picture untouched; what is cut off is refused, whatever it holds."""

from __future__ import annotations

import struct
import zlib
from typing import Any

import pytest
from casesworld import JPEG, case_of
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import given
from hypothesis import strategies as st

from payung.errors import InputError
from payung.office.cases import actions
from payung.office.cases.rules.photos import BrokenError, cleaned
from payung.office.submissions.papers.files import opened

SECRET = b"-2.99 114.40 HP-Rekaan"
SCAN = b"\xff\xda\x00\x08\x01\x01\x00\x00\x3f\x00" + b"picture\xff\x00\xff\xd3more"


def segment(marker: int, data: bytes) -> bytes:
    return bytes((0xFF, marker)) + struct.pack(">H", len(data) + 2) + data


def exif(orientation: int | None = None, order: str = "<") -> bytes:
    entries = [struct.pack(order + "HHII", 0x8825, 4, 1, 60)]
    if orientation is not None:
        entries.append(struct.pack(order + "HHIHH", 0x0112, 3, 1, orientation, 0))
    body = struct.pack(order + "H", len(entries)) + b"".join(entries) + b"\0\0\0\0"
    head = (b"II*\0" if order == "<" else b"MM\0*") + struct.pack(order + "I", 8)
    return segment(0xE1, b"Exif\0\0" + head + body + SECRET)


def photo(*segments: bytes, after: bytes = b"") -> bytes:
    frame = segment(0xC0, b"\x08\x00\x01\x00\x01\x01\x01\x11\x00")
    return b"\xff\xd8" + b"".join(segments) + frame + SCAN + b"\xff\xd9" + after


def chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def drawing(*chunks: bytes, after: bytes = b"") -> bytes:
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
    body = chunk(b"IDAT", zlib.compress(b"\0\0"))
    return b"\x89PNG\r\n\x1a\n" + head + b"".join(chunks) + body + chunk(b"IEND", b"") + after


BESIDE = {
    "exif": exif(),
    "turned": exif(6),
    "big-endian": exif(8, ">"),
    "xmp": segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + SECRET),
    "iptc": segment(0xED, b"Photoshop 3.0\0" + SECRET),
    "comment": segment(0xFE, SECRET),
    "multi-picture": segment(0xE2, b"MPF\0" + SECRET),
    "thumbnail": segment(0xE0, b"JFXX\0" + SECRET),
    "maker": segment(0xE5, SECRET),
}


@pytest.mark.parametrize("name", BESIDE)
def test_what_a_jpeg_says_beside_its_picture_goes(name: str) -> None:
    found = cleaned("jpg", photo(JPEG[2:20], BESIDE[name], after=SECRET))
    assert SECRET not in found
    assert b"picture\xff\x00\xff\xd3more" in found
    assert cleaned("jpg", found) == found


@pytest.mark.parametrize(("orientation", "order"), [(n, o) for n in range(1, 9) for o in "<>"])
def test_how_to_turn_it_stays(orientation: int, order: str) -> None:
    found = cleaned("jpg", photo(exif(orientation, order)))
    said = struct.pack(">HHIH", 0x0112, 3, 1, orientation)
    assert (said in found) == (orientation != 1)
    assert cleaned("jpg", found) == found


@pytest.mark.parametrize("orientation", [0, 9, 65535])
def test_an_orientation_that_is_none_is_left_out(orientation: int) -> None:
    assert cleaned("jpg", photo(exif(orientation))) == cleaned("jpg", photo())


def test_colours_stay() -> None:
    parts = (JPEG[2:20], segment(0xE2, b"ICC_PROFILE\0\1\1abc"), segment(0xEE, b"Adobe\0d\0\0\0\0\1"))
    assert cleaned("jpg", photo(*parts)) == photo(*parts)


def test_two_scans_are_one_picture() -> None:
    progressive = photo()[:-2] + segment(0xC4, b"\0") + SCAN + b"\xff\xd9"
    assert cleaned("jpg", progressive) == progressive


@pytest.mark.parametrize("name", [b"eXIf", b"tEXt", b"iTXt", b"zTXt", b"tIME", b"prVt"])
def test_what_a_png_says_beside_its_picture_goes(name: bytes) -> None:
    found = cleaned("png", drawing(chunk(name, SECRET), after=SECRET))
    assert found == drawing()


def test_a_pdf_stays_as_it_is_to_its_end() -> None:
    for whole in (b"%PDF-1.7 x\n%%EOF", b"%PDF-1.7 x\n%%EOF\nmore\n%%EOF\r\n"):
        assert cleaned("pdf", whole) == whole
    with pytest.raises(BrokenError):
        cleaned("pdf", b"%PDF-1.7 cut off on the w")


@pytest.mark.parametrize("kind", ["jpg", "png"])
def test_a_photo_cut_off_anywhere_is_refused(kind: str) -> None:
    whole = photo(JPEG[2:20], exif(6)) if kind == "jpg" else drawing(chunk(b"tEXt", SECRET))
    for at in range(len(whole)):
        with pytest.raises(BrokenError):
            cleaned(kind, whole[:at])


def test_a_png_with_a_changed_byte_is_refused() -> None:
    whole = bytearray(drawing())
    whole[20] ^= 1
    with pytest.raises(BrokenError):
        cleaned("png", bytes(whole))


@given(st.binary(max_size=300), st.sampled_from(["jpg", "png"]), st.booleans())
def test_whatever_comes_is_cleaned_or_refused(content: bytes, kind: str, begun: bool) -> None:
    begins = {"jpg": b"\xff\xd8", "png": b"\x89PNG\r\n\x1a\n"}
    try:
        found = cleaned(kind, begins[kind] + content if begun else content)
    except BrokenError:
        return
    assert cleaned(kind, found) == found


@given(st.binary(max_size=80))
def test_whatever_stands_in_exif_goes(content: bytes) -> None:
    part = segment(0xE1, b"Exif\0\0" + content + SECRET)
    assert SECRET not in cleaned("jpg", photo(part))


# Kept


@pytest.mark.django_db
def test_what_is_kept_says_not_where_it_was_taken(make_people: Any) -> None:
    from officeworld import listing

    (person,) = make_people(listing(1))
    case = case_of(person=person)
    file = SimpleUploadedFile("kk.jpg", photo(exif(6)))
    kept = actions.add_paper(by="operator", case=case, code="family-card", file=file)
    with opened(kept.path) as path:
        content = path.read_bytes()
    assert SECRET not in content
    assert kept.size == len(content)
    # The same photo from a phone that says less is the same file.
    again = SimpleUploadedFile("kk2.jpg", content)
    assert actions.add_paper(by="operator", case=case, code="family-card", file=again).pk == kept.pk


@pytest.mark.django_db
def test_what_is_small_enough_without_its_words_is_taken(make_people: Any) -> None:
    from officeworld import listing

    (person,) = make_people(listing(1))
    case = case_of(person=person)
    heavy = photo(*(segment(0xE5, b"x" * 65_000) for _ in range(100)))
    assert len(heavy) > 6_000_000
    kept = actions.add_paper(by="t", case=case, code="family-card", file=SimpleUploadedFile("a.jpg", heavy))
    assert kept.size < 1000
    with pytest.raises(InputError) as refused:
        actions.add_paper(
            by="t", case=case, code="family-card", file=SimpleUploadedFile("b.jpg", photo()[:-2])
        )
    assert "terpotong" in refused.value.message.id
