"""Uploaded files at rest: sealed, whole, handed back mended."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from officeworld import VILLAGE, nik
from workbooksworld import workbook

from payung.errors import MissingDataError
from payung.office.jobs.worker import run_all
from payung.office.submissions import actions
from payung.office.submissions.models import Row, Submission, Upload
from payung.office.submissions.papers import files
from payung.office.vault import files as sealed_files
from payung.office.vault.files import PIECE, sealing, unsealing

GOOD = (nik(1), "SITI AMINAH", "05-03-1989")
BAD = ("62039905038", "RUSLAN", "31-02-1989")


@pytest.fixture
def submission(regions: None) -> Submission:
    """A draft of vulnerable workers."""
    return actions.begin(by="operator", village_code=VILLAGE, kind="rentan")


def send(submission: Submission, content: bytes, name: str) -> Upload:
    """Upload a file and let the worker read it."""
    upload = actions.upload(by="operator", submission=submission, file=SimpleUploadedFile(name, content))
    run_all()
    upload.refresh_from_db()
    return upload


def stored(settings: Any) -> list[Path]:
    """Return every file below MEDIA_ROOT."""
    return [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]


@pytest.mark.parametrize("size", [0, 1, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE + 7])
def test_sealed_bytes_come_back(size: int) -> None:
    content = bytes(n % 251 for n in range(size))
    sealed = b"".join(sealing([content[:5], content[5:]]))
    assert content == b"".join(unsealing(io.BytesIO(sealed), "x"))
    assert size < 16 or content[:16] not in sealed


def _pieces(content: bytes) -> list[bytes]:
    return list(sealing([content]))


def test_pieces_cannot_be_swapped_cut_off_or_changed() -> None:
    head, first, second, last = _pieces(b"a" * (2 * PIECE + 1))
    for broken in (
        [head, second, first, last],
        [head, first, second],
        [head, first, last],
        [head],
        [head, first, second, last[:-1] + bytes([last[-1] ^ 1])],
        [b"PK\x03\x04", first, second, last],
    ):
        with pytest.raises(MissingDataError):
            list(unsealing(io.BytesIO(b"".join(broken)), "x"))


def test_another_secret_opens_nothing(monkeypatch: Any) -> None:
    sealed = b"".join(_pieces(b"abc"))
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    monkeypatch.setattr(sealed_files, "_cipher", lambda key: AESGCM(b"1" * 32))
    with pytest.raises(MissingDataError, match=r"secret\.key"):
        list(unsealing(io.BytesIO(sealed), "daftar.xlsx"))


@pytest.mark.django_db
def test_no_nik_of_an_upload_lies_below_the_media_folder(submission: Submission, settings: Any) -> None:
    upload = send(
        submission,
        ";".join(("NIK", "NAMA", "TANGGAL LAHIR")).encode() + f"\n{';'.join(GOOD)}\n".encode(),
        "d.csv",
    )
    assert upload.rows.get().nik == nik(1)
    assert len(stored(settings)) == 1
    for path in stored(settings):
        content = path.read_bytes()
        assert nik(1).encode() not in content
        assert b"SITI" not in content


@pytest.mark.django_db
def test_file_that_lies_open_is_not_read(submission: Submission, settings: Any) -> None:
    upload = send(submission, workbook(GOOD, BAD), "daftar.xlsx")
    path = Path(settings.MEDIA_ROOT) / upload.path
    with files.opened(upload.path) as plain:
        content = plain.read_bytes()
        assert plain.suffix == ".xlsx"
    assert not plain.exists()
    path.write_bytes(content)  # laid there past the office
    with pytest.raises(MissingDataError), files.opened(upload.path):
        pass
    assert len(stored(settings)) == 1


@pytest.mark.django_db
def test_upload_that_breaks_off_leaves_nothing(settings: Any) -> None:
    class Broken(SimpleUploadedFile):
        def chunks(self, chunk_size: Any = None) -> Any:
            yield b"half"
            raise OSError("gone")

    with pytest.raises(OSError, match="gone"):
        files.keep(Broken("d.csv", b"x"), "d.csv")
    assert stored(settings) == []


def _marked(content: bytes) -> set[str]:
    book = openpyxl.load_workbook(io.BytesIO(content))
    return {cell.coordinate for row in book.worksheets[0].iter_rows() for cell in row if cell.comment}


@pytest.mark.django_db
def test_mended_cells_are_marked_no_more(submission: Submission) -> None:
    upload = send(submission, workbook(GOOD, BAD, ("123", "BUDI", "05-03-1989")), "daftar.xlsx")
    _, content = actions.corrected(by="operator", upload=upload)
    assert _marked(content) == {"A3", "C3", "A4"}
    actions.mend(by="operator", row=Row.objects.get(name="RUSLAN"), values={"nik": nik(7)})
    _, content = actions.corrected(by="operator", upload=upload)
    assert _marked(content) == {"C3", "A4"}
    actions.mend(by="operator", row=Row.objects.get(name="RUSLAN"), values={"birth_date": "05-03-1989"})
    _, content = actions.corrected(by="operator", upload=upload)
    assert _marked(content) == {"A4"}
    actions.drop(by="operator", row=Row.objects.get(name="BUDI"), reason="bukan warga")
    _, content = actions.corrected(by="operator", upload=upload)
    assert _marked(content) == set()  # of what was left out nothing is asked any more
