"""Signed files of decrees: who signed, whether they are whole, whether something was changed after."""

from __future__ import annotations

import datetime as dt
import io
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from programmeworld import draft, line_of, people, pks, signed
from signingworld import NAME, sign_pdf, signer_in

from payung.errors import InputError
from payung.office.history.models import Event
from payung.office.programme import actions
from payung.office.programme.models import Decree, DecreeFile
from payung.office.programme.signatures import signatures_of


def plain_pdf() -> bytes:
    """Return a page without a signature."""
    from pyhanko.pdf_utils import generic
    from pyhanko.pdf_utils.writer import PageObject, PdfFileWriter

    made = PdfFileWriter()
    content = made.add_object(generic.StreamObject(stream_data=b"BT ET"))
    made.insert_page(PageObject(contents=content, media_box=(0, 0, 200, 200)))
    out = io.BytesIO()
    made.write(out)
    return out.getvalue()


@pytest.fixture(scope="module")
def signer(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """Somebody who signs with a certificate that was made for this test."""
    return signer_in(tmp_path_factory.mktemp("kunci"))


def with_another_page(content: bytes) -> bytes:
    """Return ``content`` with a page that was added after it was signed."""
    from pyhanko.pdf_utils import generic
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.pdf_utils.writer import PageObject

    made = IncrementalPdfFileWriter(io.BytesIO(content))
    added = made.add_object(generic.StreamObject(stream_data=b"BT ET"))
    made.insert_page(PageObject(contents=added, media_box=(0, 0, 200, 200)))
    out = io.BytesIO()
    made.write(out)
    return out.getvalue()


def test_a_signed_file_says_who_signed_it_and_that_it_is_whole(signer: Any) -> None:
    (one,) = signatures_of(sign_pdf(signer, plain_pdf()))
    assert (one.signer, one.of, one.issuer) == (NAME, "Kabupaten Rekaan", "Penerbit Rekaan")
    assert (one.intact, one.changed, one.later) == (True, False, False)
    assert dt.datetime.fromisoformat(one.at).tzinfo is not None
    assert (one.verdict.id, one.tone) == ("utuh", "good")


def test_a_second_signature_is_no_change_of_the_first(signer: Any) -> None:
    first, second = signatures_of(sign_pdf(signer, sign_pdf(signer, plain_pdf()), "Sekda"))
    assert (first.intact, first.changed, first.later) == (True, False, True)
    assert (second.intact, second.changed, second.later) == (True, False, False)


def test_what_was_added_after_signing_is_told(signer: Any) -> None:
    (one,) = signatures_of(with_another_page(sign_pdf(signer, plain_pdf())))
    assert (one.intact, one.changed, one.tone) == (True, True, "bad")
    assert one.verdict.id == "diubah sesudah ditandatangani"


def test_a_file_that_was_altered_inside_is_broken(signer: Any) -> None:
    content = sign_pdf(signer, plain_pdf())
    (one,) = signatures_of(content.replace(b"200", b"300", 1))
    assert (one.intact, one.tone) == (False, "bad")
    assert one.verdict.id.startswith("RUSAK")


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"%PDF-1.7 nothing", b"%PDF-1.7\n%%EOF"])
def test_what_is_no_signed_file_has_no_signatures(content: bytes) -> None:
    assert signatures_of(content) == []
    assert signatures_of(plain_pdf()) == []


@pytest.fixture
def decree(regions: None) -> Decree:
    pks()
    return signed(line_of(100_000_000), people(1, 3))


@pytest.mark.django_db
def test_the_signed_file_is_kept_once_and_shown(
    decree: Decree, signer: Any, make_user: Any, sign_in: Any
) -> None:
    client, content = sign_in(make_user("dinsos")), sign_pdf(signer, plain_pdf())
    for _ in range(2):
        answer = client.post(
            f"/sk/{decree.pk}/berkas/", {"file": SimpleUploadedFile("sk.pdf", content)}, follow=True
        )
        assert f"ditandatangani {NAME}" in answer.content.decode()
    kept = DecreeFile.objects.get()
    shown = answer.content.decode()
    assert "Penerbit Rekaan" in shown
    assert "utuh" in shown
    assert client.get(f"/sk/{decree.pk}/berkas/{kept.pk}/").content == content
    assert Event.objects.filter(action="decree.file").count() == 1
    assert sign_in(make_user("bkad")).get(f"/sk/{decree.pk}/berkas/{kept.pk}/").status_code in (403, 404)


@pytest.mark.django_db
def test_only_a_signed_decree_has_a_signed_file(regions: None, signer: Any) -> None:
    made = draft(line_of(100_000_000), people(1, 2))
    with pytest.raises(InputError, match="belum ditetapkan"):
        actions.keep_signed(by="t", decree=made, file=SimpleUploadedFile("sk.pdf", plain_pdf()))
    with pytest.raises(InputError, match="jenis berkas"):
        actions.keep_signed(by="t", decree=made, file=SimpleUploadedFile("sk.exe", b"x"))
