"""The annex of a decree on paper: tagged PDF/A with page numbers, the hash, and a code that anybody can check.

A letter is made when somebody asks for it; no decision waits for one.
"""

from __future__ import annotations

import io
import json
import tempfile
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

from payung.errors import PayungError
from payung.office.programme.models import Decree
from payung.office.programme.queries.people import annex
from payung.office.programme.states import IN_FORCE
from payung.office.regions.queries import district, names
from payung.text import Text

CODE = 16  # digits of the hash that stand in the code
STANDARD: Final = "a-2a"  # tagged, for screen readers and for the archive
HEADINGS = ("No.", "Nama", "NIK", "Desa/Kelurahan", "Kategori", "Segmen", "Masa perlindungan")


class LetterError(PayungError):
    """The letter cannot be set; nothing else is touched by that."""


def code_of(decree: Decree) -> str:
    """Return the code of the annex as it stands on paper: four groups of four."""
    short = decree.hash[:CODE].upper()
    return "-".join(short[at : at + 4] for at in range(0, CODE, 4))


def on_file(code: str) -> bool:
    """Tell whether a signed annex with this code is on file."""
    plain = "".join(sign for sign in code.lower() if sign in "0123456789abcdef")
    return len(plain) == CODE and Decree.objects.filter(hash__startswith=plain, state__in=IN_FORCE).exists()


def annex_pdf(decree: Decree, *, check: str) -> bytes:
    """Return the annex as a PDF; NIKs masked, the hash is over the whole ones. ``check``: address of the check.

    Raises :class:`LetterError` for a draft, and where the template cannot be set.
    """
    if not decree.hash:
        raise LetterError(
            Text("Bekukan dahulu lampirannya.", "Freeze the annex first."),
        )
    with tempfile.TemporaryDirectory(prefix="payung-") as folder:
        root = Path(folder)
        (root / "data.json").write_text(json.dumps(_data(decree, check), ensure_ascii=False), "utf-8")
        (root / "code.svg").write_bytes(_drawn(f"{check}?kode={code_of(decree)}"))
        template = files("payung.office.programme").joinpath("data/annex.typ").read_bytes()
        (root / "main.typ").write_bytes(template)
        return _set(root / "main.typ", root)


def _set(path: Path, root: Path) -> bytes:
    import typst

    try:
        made: Any = typst.compile(str(path), root=str(root), format="pdf", pdf_standards=STANDARD)
    except (RuntimeError, ValueError) as fault:
        why = str(fault).splitlines()[0][:200]
        raise LetterError(
            Text(
                f"Surat tidak dapat disusun ({why}): keputusannya tetap; beri tahu pengelola sistem.",
                f"The letter cannot be set ({why}): the decision stands; tell the administrator.",
            )
        ) from None
    return bytes(made)


def _data(decree: Decree, check: str) -> dict[str, Any]:
    rows = list(annex(decree))
    places = names({row.village_code for row in rows})
    home = district()
    number = decree.number or "(belum bernomor)"
    day = f"{decree.signed_on:%d-%m-%Y}" if decree.signed_on else "(belum ditandatangani)"
    span = f"{decree.from_month} s.d. {decree.until_month}"
    return {
        "office": f"Pemerintah {home.name if home else ''}".strip(),
        "title": f"Lampiran Keputusan Bupati Nomor {number}",
        "lines": [
            f"Tanggal {day}",
            f"{decree.title or 'Peserta program perlindungan pekerja'}: {len(rows)} orang, {span}",
            f"Sumber dana: {decree.line.name} ({decree.line.source.text.id})",
        ],
        "hash": decree.hash,
        "code": code_of(decree),
        "check": f"{check}, kode {code_of(decree)}",
        "headings": HEADINGS,
        "rows": [
            [
                str(place),
                row.name,
                row.masked,
                places.get(row.village_code, row.village_code),
                row.category.text.id,
                str(row.segment).upper(),
                f"{row.from_month} – {row.last_month}",
            ]
            for place, row in enumerate(rows, 1)
        ],
        "signer": ["Bupati,", "........................................"],
    }


def _drawn(text: str) -> bytes:
    """Return a QR code as SVG."""
    import qrcode
    from qrcode.image.svg import SvgPathImage

    drawn = io.BytesIO()
    qrcode.make(text, image_factory=SvgPathImage, border=1).save(drawn)
    return drawn.getvalue()
