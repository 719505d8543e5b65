"""What went wrong, as problem+json (RFC 9457): stable types, both languages."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from typing import Any

from django.http import JsonResponse

from payung.text import Text

CONTENT = "application/problem+json"


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of problem: its name in ``type``, the status, what it is."""

    code: str
    status: int
    title: Text


KINDS = {
    kind.code: kind
    for kind in (
        Kind(
            "token",
            401,
            Text("Token tidak ada, berakhir, atau ditutup.", "No token, or it ended or was closed."),
        ),
        Kind("forbidden", 403, Text("Token ini tidak membuka itu.", "This token does not open that.")),
        Kind("not-found", 404, Text("Tidak ada di sini.", "There is no such thing here.")),
        Kind("method", 405, Text("Cara itu tidak ada di alamat ini.", "This address takes no such method.")),
        Kind(
            "in-flight",
            409,
            Text("Permintaan yang sama sedang dikerjakan.", "The same request is being done."),
        ),
        Kind("refused", 422, Text("Ditolak oleh aturan.", "Refused by a rule.")),
        Kind("validation", 422, Text("Isiannya belum benar.", "What was sent is not right yet.")),
        Kind(
            "other-body",
            422,
            Text("Kunci itu sudah dipakai untuk isi lain.", "That key was used for another body."),
        ),
        Kind("limit", 429, Text("Terlalu sering; tunggu sebentar.", "Too often; wait a little.")),
    )
}


@dataclass
class Problem(Exception):  # noqa: N818 - what RFC 9457 calls it
    """Something that is answered as a problem; ``fields`` has what is wrong with which field."""

    code: str
    detail: Text | None = None
    fields: dict[str, Text] = field(default_factory=dict)
    retry_after: int = 0  # seconds

    def body(self) -> dict[str, Any]:
        """Return the body of the answer."""
        kind = KINDS[self.code]
        detail = self.detail or kind.title
        found: dict[str, Any] = {
            "type": f"urn:payung:problem:{kind.code}",
            "title": kind.title.en,
            "status": kind.status,
            "detail": detail.en,
            "detail_id": detail.id,
            "instance": f"urn:uuid:{uuid.uuid4()}",
        }
        if self.fields:
            found["fields"] = [
                {"field": name, "detail": text.en, "detail_id": text.id} for name, text in self.fields.items()
            ]
        return found

    def answer(self) -> JsonResponse:
        """Return the answer."""
        response = JsonResponse(self.body(), status=KINDS[self.code].status, content_type=CONTENT)
        if self.retry_after:
            response["Retry-After"] = str(self.retry_after)
        if self.code == "token":
            response["WWW-Authenticate"] = 'Bearer realm="payung"'
        return response
