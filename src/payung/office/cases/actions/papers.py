"""Papers of a case: of a kind that their content says, small enough for the insurer, sealed where none is served."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from django.db import transaction
from django.utils import timezone

from payung.errors import InputError
from payung.law import months
from payung.office.cases.models import Case, CasePaper
from payung.office.cases.rules.clocks import last_day
from payung.office.cases.rules.papers import wanted
from payung.office.cases.rules.photos import BrokenError, cleaned
from payung.office.history.actions import Entry, record
from payung.office.submissions.papers import files
from payung.text import Text

MOST = 6_000_000  # bytes; what the insurer's own page takes
KEPT = 12  # months after the last day to claim
TOO_LARGE = Text(
    "Berkas lebih besar dari 6 MB, batas BPJS: foto ulang dengan ukuran lebih kecil.",
    "The file is larger than 6 MB, the insurer's limit: photograph it smaller.",
)
# How a file begins → what it is. A name or a browser's word is not believed.
BEGINS: dict[bytes, str] = {b"%PDF-": "pdf", b"\xff\xd8\xff": "jpg", b"\x89PNG\r\n\x1a\n": "png"}
TYPES = {"pdf": "application/pdf", "jpg": "image/jpeg", "png": "image/png"}


def add_paper(*, by: str, case: Case, code: str, file: UploadedFile[bytes] | None = None) -> CasePaper:
    """Record that a paper is there, with its file where there is one; the same file twice is one.

    Raises :class:`InputError` where the case needs no such paper, or the file is too large or of another kind.
    """
    needs = wanted(case.kind, case.incident.on, case.incident.happening)
    paper = next((one for one in needs if one.code == code), None)
    if paper is None:
        raise InputError(
            Text(f"Klaim ini tidak memerlukan berkas {code!r}.", f"This case needs no paper {code!r}."),
            at="code",
        )
    name = sha256 = ""
    size = 0
    if file is not None:
        kind, plain = plain_of(file)
        name, size = f"{code}.{kind}", len(plain)
        sha256 = files.keep(SimpleUploadedFile(name, plain), name)
    with transaction.atomic():
        kept, new = CasePaper.objects.get_or_create(
            case=case,
            code=code,
            sha256=sha256,
            defaults={
                "name": name,
                "path": f"{sha256}/{name}" if sha256 else "",
                "size": size,
                "medical": paper.medical,
                "keep_until": months.add_to_date(_last_day(case), KEPT),
                "by": by,
            },
        )
        if new:
            entry = Entry(
                "case.paper",
                case.subject,
                person=case.incident.person_id,
                letter=case.number,
                region_code=case.incident.village_code,
                after={"paper": code, "file": bool(sha256)},
            )
            record(by=by, entries=[entry])
    return kept


def _last_day(case: Case) -> dt.date:
    """Return the last day to claim; where the law of the day of the event is not held here, as if it were today."""
    programme, today = case.kind.programme, timezone.localdate()
    return last_day(programme, case.incident.on) or last_day(programme, today) or today


def let_go(now: dt.datetime) -> int:
    """Forget the files whose time is over; the daily rule on files removes them then. Return how many."""
    over = CasePaper.objects.filter(keep_until__lt=timezone.localtime(now).date()).exclude(path="")
    return int(over.update(path=""))


def plain_of(file: UploadedFile[bytes]) -> tuple[str, bytes]:
    """Return ``pdf``, ``jpg`` or ``png`` by the content of ``file``, and what is kept of it: a photo without the place
    and the phone that it was taken with, nothing that hangs behind its end.

    Raises :class:`InputError` for anything else, and for what is too large.
    """
    if (file.size or 0) > settings.UPLOAD_LIMIT:
        raise InputError(TOO_LARGE, at="file")
    file.seek(0)
    content = file.read()
    kind = _kind(content)
    try:
        plain = cleaned(kind, content)
    except BrokenError:
        raise InputError(
            Text(
                "Berkasnya terpotong atau rusak: kirim sekali lagi, atau foto ulang.",
                "The file is cut off or damaged: send it once more, or take the photo again.",
            ),
            at="file",
        ) from None
    if len(plain) > MOST:
        raise InputError(TOO_LARGE, at="file")
    return kind, plain


def _kind(content: bytes) -> str:
    head = content[:16]
    found = next((kind for begin, kind in BEGINS.items() if head.startswith(begin)), None)
    if found is None:
        raise InputError(
            Text(
                "Kirim foto (JPG, PNG) atau PDF; isi berkas ini lain.",
                "Send a photo (JPG, PNG) or a PDF; this file holds something else.",
            ),
            at="file",
        )
    return found
