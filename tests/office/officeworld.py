"""The invented district of these tests: places, people, passwords."""

from __future__ import annotations

import datetime as dt
from typing import Any

PASSWORD = "sandi-yang-panjang"
PLACES = {
    "62.03": ("Kapuas", "regency"),
    "62.03.01": ("Selat", "subdistrict"),
    "62.03.01.2001": ("Pulau Telo", "village"),
    "62.03.01.2002": ("Terusan", "village"),
    "62.03.02": ("Kapuas Hilir", "subdistrict"),
    "62.03.02.2001": ("Sei Pasah", "village"),
}
VILLAGE, NEIGHBOUR, FAR = "62.03.01.2001", "62.03.01.2002", "62.03.02.2001"
HOME = {"regency": "62.03", "subdistrict": "62.03.01", "village": VILLAGE}


def nik(number: int) -> str:
    """Return a NIK of nobody: sub-district 99."""
    return f"620399050389{number:04d}"


def listing(number: int, **values: Any) -> dict[str, Any]:
    """Return a listing of an invented person."""
    return {
        "nik": nik(number),
        "name": f"Orang {number}",
        "birth_date": dt.date(1989, 3, 5),
        "sex": "L",
        "category": "rentan",
        **values,
    }
