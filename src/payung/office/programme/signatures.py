"""The electronic signatures (PAdES) of a PDF: who signed, whether it is whole, whether anything was changed after."""

from __future__ import annotations

import io
from dataclasses import asdict, dataclass
from typing import Any

from payung.text import Text

MOST = 20  # signatures of one file that are read


@dataclass(frozen=True, slots=True)
class Signature:
    """One signature of a file.

    Fields
        signer: the name in the certificate. of: its organisation. issuer: who gave the certificate. at: when it says
        that it was signed (ISO, with zone), empty where it does not say. intact: what was signed is as it was signed,
        by the key of that certificate. changed: something was changed after this signature was set, beyond what signing
        itself adds. later: something was added after it that signing itself adds (a further signature, a time stamp).

    Whether the issuer is one whom the state trusts is not judged here: the office keeps no list of roots.
    """

    signer: str
    of: str
    issuer: str
    at: str
    intact: bool
    changed: bool
    later: bool

    @property
    def tone(self) -> str:
        """How a badge shows it."""
        return "good" if self.intact and not self.changed else "bad"

    @property
    def verdict(self) -> Text:
        """What it comes to."""
        if not self.intact:
            return Text("RUSAK: isi tidak sama dengan yang ditandatangani", "BROKEN: not what was signed")
        if self.changed:
            return Text("diubah sesudah ditandatangani", "changed after it was signed")
        if self.later:
            return Text("utuh; ada tambahan yang sah sesudahnya", "whole; lawful additions after it")
        return Text("utuh", "whole")

    def plain(self) -> dict[str, Any]:
        """Return it as it is kept."""
        return asdict(self)


def signatures_of(content: bytes) -> list[Signature]:
    """Return the signatures of a PDF, the first one first; none where it is no PDF, cannot be read, or has none.

    Nothing is fetched from anywhere.
    """
    from pyhanko.pdf_utils.misc import PdfError
    from pyhanko.pdf_utils.reader import PdfFileReader

    if not content.startswith(b"%PDF-"):
        return []
    try:
        found = PdfFileReader(io.BytesIO(content), strict=False).embedded_regular_signatures
    except (PdfError, ValueError, KeyError, TypeError, RecursionError):
        return []
    return [_read(one) for one in found[:MOST]]


def _read(found: Any) -> Signature:
    from pyhanko.pdf_utils.misc import PdfError
    from pyhanko.sign.diff_analysis import ModificationLevel
    from pyhanko.sign.general import SigningError
    from pyhanko.sign.validation import validate_pdf_signature
    from pyhanko.sign.validation.errors import SignatureValidationError
    from pyhanko.sign.validation.status import SignatureCoverageLevel
    from pyhanko_certvalidator import ValidationContext

    signer, of, issuer = _names(found)
    try:
        status = validate_pdf_signature(found, ValidationContext(trust_roots=[], allow_fetching=False))
    except (SignatureValidationError, SigningError, PdfError, ValueError, KeyError, TypeError):
        return Signature(signer, of, issuer, "", intact=False, changed=True, later=False)
    level = status.modification_level or ModificationLevel.NONE
    whole = status.coverage == SignatureCoverageLevel.ENTIRE_FILE
    revision = SignatureCoverageLevel.ENTIRE_REVISION  # less: it leaves out something of what was signed
    at = status.signer_reported_dt
    return Signature(
        signer,
        of,
        issuer,
        "" if at is None else at.isoformat(),
        intact=bool(status.intact and status.valid),
        changed=not whole and (level > ModificationLevel.FORM_FILLING or status.coverage < revision),
        later=not whole and ModificationLevel.NONE < level <= ModificationLevel.FORM_FILLING,
    )


def _names(found: Any) -> tuple[str, str, str]:
    """Return signer, organisation and issuer of a signature's certificate, as they are written in it."""
    try:
        certificate = found.signer_cert
        subject, issuer = certificate.subject.native, certificate.issuer.native
    except (ValueError, KeyError, TypeError, AttributeError):
        return "", "", ""
    return (
        _one(subject, "common_name"),
        _one(subject, "organization_name"),
        _one(issuer, "common_name") or _one(issuer, "organization_name"),
    )


def _one(names: Any, key: str) -> str:
    value = names.get(key, "")
    return str(value[0] if isinstance(value, list) else value)[:200]
