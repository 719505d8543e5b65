"""Letters about batches to the insurer: forms 14 and 15 of the district's list."""

from __future__ import annotations

from typing import Any

from django.db.models import Count

from payung.office.access.permissions import Permission
from payung.office.access.scope import Scope
from payung.office.exchange.models import Batch, BatchLine
from payung.office.exchange.states import LineState
from payung.office.letters.kinds import Ask, Kind, Material
from payung.office.letters.states import Office
from payung.office.regions.queries import names
from payung.text import Text

FACTS = {
    "batch": "Batch.pk",
    "kind": "Batch.kind",
    "decree": "Decree.number",
    "decree_on": "Decree.signed_on",
    "people": "Batch.people",
    "amount": "Batch.amount",
    "from_month": "Decree.from_month",
    "until_month": "Decree.until_month",
    "line": "Line.name",
    "payer": "Region.name",
    "file": "Batch.file_name",
    "sha256": "Batch.sha256",
    "sent_on": "Batch.sent_on",
}


def _batch(scope: Scope, key: str) -> Batch | None:
    found = Batch.objects.select_related("decree__line").filter(pk=int(key)).first()
    return found if found is not None and scope.covers(found.region_code) else None


def _facts(batch: Batch) -> dict[str, Any]:
    decree = batch.decree
    return {
        "batch": batch.pk,
        "kind": batch.kind.text.id,
        "decree": decree.number or f"{decree}",
        "decree_on": f"{decree.signed_on}" if decree.signed_on else "",
        "people": batch.people,
        "amount": batch.amount,
        "from_month": decree.from_month,
        "until_month": decree.until_month,
        "line": decree.line.name,
        "payer": names([batch.region_code]).get(batch.region_code, batch.region_code),
        "file": batch.file_name,
        "sha256": batch.sha256,
        "sent_on": f"{batch.sent_on}" if batch.sent_on else "",
    }


def _request(scope: Scope, key: str) -> Material | None:
    batch = _batch(scope, key)
    return None if batch is None else Material(_facts(batch), batch.region_code, f"Kiriman {batch.pk}")


def _result(scope: Scope, key: str) -> Material | None:
    """Return what became of each line; nothing before the first answer."""
    batch = _batch(scope, key)
    if batch is None or not batch.answers.exists():
        return None
    counts = dict(BatchLine.objects.filter(batch=batch).order_by().values_list("state").annotate(Count("pk")))
    lines = list(batch.lines.filter(state=LineState.REJECTED))
    known = names({line.village_code for line in lines})
    rows = [
        [f"{number}", line.name, known.get(line.village_code, ""), _why(line), line.text]
        for number, line in enumerate(lines, 1)
    ]
    values = {
        **_facts(batch),
        "states": [[state.text.id, counts.get(str(state), 0)] for state in LineState],
        "kpj": batch.lines.filter(kpj_index__isnull=False).count(),
        "rejected": {"headings": ["No.", "Nama", "Desa", "Alasan", "Kata BPJS"], "rows": rows},
    }
    categories = frozenset(str(line.category) for line in lines)
    return Material(values, batch.region_code, f"Kiriman {batch.pk}", categories)


def _why(line: BatchLine) -> str:
    return line.code.text.id if line.code else ""


def _kind(code: str, number: int, title: Text, fields: dict[str, str], collect: Any, **values: Any) -> Kind:
    return Kind(
        code,
        number,
        title,
        Office.DINSOS,
        "batch",
        "batch_show",
        {**FACTS, **fields},
        needs=Permission.DECREE_EDIT,
        reads=Permission.PERSON_VIEW,
        collect=collect,
        **values,
    )


KINDS = (
    _kind(
        "enrolment_request",
        14,
        Text("Surat permohonan pendaftaran", "Request to enrol"),
        {"npp": "diisi tangan"},
        _request,
        asks=(Ask("npp", Text("NPP atau nama wadah", "NPP or name of the group")),),
    ),
    _kind(
        "enrolment_result",
        15,
        Text("Berita acara hasil pendaftaran", "Minutes of the enrolment's result"),
        {
            "states": "BatchLine.state",
            "kpj": "baris dengan KPJ",
            "rejected": "yang ditolak dengan alasan",
            "effective": "diisi tangan",
        },
        _result,
        asks=(Ask("effective", Text("Tanggal efektif menurut BPJS", "Effective day, as the insurer says")),),
        sheet="rejected",
    ),
)
