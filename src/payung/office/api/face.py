"""What the API says of itself."""

from __future__ import annotations

from typing import Any

from payung.office.access.permissions import Permission
from payung.office.api import hooks
from payung.office.face import Deed, Entry, Face
from payung.text import Text


def _sample(world: Any) -> dict[str, Any]:
    """Return the keys that the addresses of the API take."""
    return {"name": "person_list", "api_list_of": 1, "api_bulk_of": 1, "rest": "x"}


FACE = Face(
    menu=(
        Entry(
            630,
            "api_tokens",
            Text("Token API", "API tokens"),
            "key",
            (Permission.API_USE, Permission.API_MANAGE),
        ),
    ),
    deeds={
        "token.make": Deed(
            Text("Token API dibuat", "API token made"),
            {
                "name": Text("untuk", "for"),
                "writes": Text("boleh menulis", "may write"),
                "until": Text("sampai", "until"),
            },
        ),
        "api.read": Deed(
            Text(
                "Daftar dibaca lewat API (pertama hari itu)", "List read through the API (first of the day)"
            ),
            {"list": Text("daftar", "list")},
        ),
        "hook.make": Deed(
            Text("Alamat kait dibuat", "Webhook made"),
            {"url": Text("alamat", "address"), "nouns": Text("tentang", "about")},
        ),
        "hook.close": Deed(Text("Alamat kait ditutup", "Webhook closed"), {"url": Text("alamat", "address")}),
        "token.close": Deed(Text("Token API ditutup", "API token closed"), {"name": Text("untuk", "for")}),
    },
    jobs={hooks.SEND: hooks.send},
    often=(hooks.look,),
    sample=_sample,
)
