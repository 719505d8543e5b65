"""What the figures say of themselves."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils import timezone

from payung.office.access.permissions import Permission
from payung.office.accounts.models import User
from payung.office.desk.words import moment
from payung.office.face import Deed, Entry, Face, Figure
from payung.office.insight import actions, board, proofs, queries, work
from payung.office.insight.counted import Counted
from payung.office.reconciliation.models import Closing
from payung.text import Text

AT_HOME = ("terlindungi", "belum", "di_luar_usia")


def _figures(user: User) -> Iterable[Figure]:
    today = timezone.localdate()
    shown = queries.for_user(user, today, AT_HOME).values()
    # The three are the parts of everybody alive: no query of its own says how many that is.
    whole = sum(one.number for one in shown) if all(one.told is not None for one in shown) else None
    for one in shown:
        if one.told is None or (one.figure.code == "di_luar_usia" and not one.number):
            continue
        tone = one.figure.tone if one.number or one.figure.tone == "good" else "good"
        url = board.address(one.figure, open_=True) if one.open else ""
        yield Figure(_named(one), one.number, url, tone, of=whole)


def _named(one: Counted) -> Text:
    """Return what a figure is called; with the time where it was not counted just now."""
    name = one.figure.name
    if one.at is None:
        return name
    at = moment(one.at)
    return Text(f"{name.id} (dihitung {at})", f"{name.en} (counted {at})")


def _closed(*, by: str, closing: Closing) -> Iterable[Text]:
    actions.freeze(by=by, closing=closing)
    return ()


def _home(user: User) -> str | None:
    """Return the summary for whoever reads numbers only: it answers them in ten seconds."""
    reads_only = user.may(Permission.INSIGHT_READ) and not user.may(Permission.PERSON_VIEW)
    return "insight_summary" if reads_only and not user.may(Permission.BILL_VIEW) else None


FACE = Face(
    home=_home,
    menu=(Entry(15, "insight_summary", Text("Ringkasan", "Summary"), "board", (Permission.INSIGHT_READ,)),),
    deeds={
        "snapshot.make": Deed(
            Text("Angka bulan dibekukan", "Figures of a month frozen"),
            {"rows": (Text("bagian", "parts"), "number")},
        ),
        "denominator.add": Deed(
            Text("Penyebut ditambahkan", "Denominator added"),
            {
                "definition": Text("siapa", "who"),
                "year": Text("tahun", "year"),
                "source": Text("sumber", "source"),
            },
        ),
        "target.add": Deed(
            Text("Target cakupan ditambahkan", "Target of coverage added"),
            {
                "definition": Text("siapa", "who"),
                "year": Text("tahun", "year"),
                "source": Text("sumber", "source"),
            },
        ),
        "regions.boundaries": Text("Batas wilayah dimuat", "Boundaries loaded"),
    },
    figures=_figures,
    follows={"closing.close": _closed},
    checks=proofs.CHECKS,
    jobs={work.KIND: work.tally},
    often=(work.look,),
)
