"""The public page about papers: is the letter of this code the one on file? Kind, number, day, whether it counts."""

from __future__ import annotations

import hashlib
import time

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from payung.codes import Code
from payung.office.check.limits import may_ask
from payung.office.check.pages import TAKES
from payung.office.desk.words import both, typed
from payung.office.letters.kinds import kinds
from payung.office.letters.models import Letter
from payung.office.letters.queries import on_file
from payung.office.programme.letters import on_file as annex_on_file
from payung.office.service.requests import address_of

LARGEST = 250_000  # bytes that somebody may send who has not signed in


class Paper(Code):
    """The answer about a paper."""

    KNOWN = "ada", "Ada di kantor dan berlaku", "On file, and counts", "good"
    REPLACED = (
        "diganti",
        "Ada di kantor, tetapi sudah diganti surat baru",
        "On file, but replaced by a new one",
        "warn",
    )
    UNKNOWN = "tidak", "Tidak ada surat dengan kode ini", "No letter has this code", "bad"


class Question(forms.Form):
    """A code, and the file where somebody has it."""

    kode = forms.CharField(label=both("Kode di kaki surat", "Code at the foot of the letter"), max_length=40)
    berkas = forms.FileField(
        label=both("Berkas PDF-nya (boleh dikosongkan)", "Its PDF file (may be left out)"), required=False
    )


def check(request: HttpRequest) -> HttpResponse:
    """Answer about the paper of a code; the same work and time whatever was asked."""
    begun = time.monotonic()
    code = typed(request.POST if request.method == "POST" else request.GET, "kode", 40)
    answer: Paper | None = None
    letter: Letter | None = None
    same: bool | None = None
    status = 200
    if code:
        if may_ask(address=address_of(request), number=f"surat:{code}"):
            letter, annex = on_file(code), annex_on_file(code)
            answer = Paper.KNOWN if letter or annex else Paper.UNKNOWN
            if letter is not None and letter.replaced:
                answer = Paper.REPLACED
            digest = _hash(request.FILES.get("berkas"))
            same = digest == letter.sha256 if letter and digest else None
        else:
            status = 429
        time.sleep(max(0.0, TAKES - (time.monotonic() - begun)))
    kind = kinds().get(letter.kind) if letter else None
    context = {
        "form": Question(initial={"kode": code}),
        "answer": answer,
        "letter": letter,
        "title": kind.title if kind else None,
        "same": same,
        "busy": status == 429,
    }
    return render(request, "check/letter.html", context, status=status)


def _hash(file: UploadedFile[bytes] | None) -> str:
    """Return the hash of a file that was sent, empty where none was, or it is larger than any letter may be."""
    if file is None or (file.size or 0) > LARGEST:
        return ""
    return hashlib.sha256(b"".join(file.chunks())).hexdigest()
