"""What a family reads: labels in the languages of its district, and a message that names nobody and no number."""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import quote

from payung.office.cases.models import FamilyWords
from payung.office.cases.rules.papers import Wanted
from payung.office.cases.states import FamilyLabel, Tongue


def words_of(region_code: str, tongue: Tongue) -> dict[str, str]:
    """Return the labels of a district in ``tongue`` by their code, empty where it wrote none."""
    own = FamilyWords.objects.filter(region_code=region_code[:5], tongue=tongue).first()
    return dict(own.words) if own else {}


def labels(region_code: str) -> dict[str, list[tuple[Tongue, str]]]:
    """Return by label how the district of a place says it in each language in which it does."""
    found: dict[str, list[tuple[Tongue, str]]] = {label.value: [] for label in FamilyLabel}
    for tongue in Tongue:
        for code, said in words_of(region_code, tongue).items():
            if code in found:
                found[code].append((tongue, said))
    return found


def message(village: str, missing: Iterable[Wanted]) -> str:
    """Return what can be sent to a family in a message: no name, no number, and no sum."""
    titles = [paper.title.id for paper in missing if paper.law and not re.search(r"\d", paper.title.id)]
    asked = f" Siapkan: {'; '.join(titles)}." if titles else ""
    return (
        f"Untuk keluarga: laporannya sudah diterima kantor desa {village}. Ada hak dari BPJS Ketenagakerjaan yang "
        f"sedang diurus; BPJS yang memutuskan.{asked} Buka rekening atas nama ahli waris sendiri. Serahkan berkas ke "
        "kantor desa dan minta tanda terima. Tanpa biaya, tanpa potongan; bila ada yang meminta bagian, laporkan."
    )


def whatsapp(text: str) -> str:
    """Return the address that opens WhatsApp with ``text`` ready to be sent to whom one chooses."""
    return f"https://wa.me/?text={quote(text)}"
