"""What the suggestions say of themselves."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone

from payung.office.access.permissions import Permission
from payung.office.accounts.models import User
from payung.office.face import Beginning, Deed, Entry, Face, Figure, Noun, Rows, Task, Telling
from payung.office.submissions.states import IDLE, Kind
from payung.office.suggestions import queries
from payung.office.suggestions.states import SuggestionState
from payung.text import Text


def _waits(user: User) -> Iterable[Task]:
    if not user.may(Permission.SUBMISSION_EDIT):
        return
    rows = Rows(queries.waiting_for(user), Q(at__lt=timezone.now() - IDLE))
    label = Text("Nama yang diusulkan ketua RT atau agen", "Names that were suggested to you")
    url = f"{reverse('suggestion_list')}?keadaan={SuggestionState.WAITING}"
    yield Task(label, rows, 0, url, days=IDLE.days)


def _begins(user: User) -> Iterable[Beginning]:
    if not user.may(Permission.SUBMISSION_DRAFT):
        return
    why = Text(
        "Ada tetangga yang bekerja dan belum terlindungi? Nama dan NIK sudah cukup.",
        "Is a neighbour working and not covered? A name and the NIK are enough.",
    )
    yield Beginning(Text("Usulkan nama", "Suggest a name"), why, reverse("suggestion_new"), "plus")
    why = Text(
        "Kecelakaan kerja atau kematian: laporkan apa yang Anda tahu, berkas menyusul.",
        "An accident at work or a death: report what you know, papers follow.",
    )
    yield Beginning(Text("Laporkan kejadian", "Report an event"), why, reverse("case_report"), "warn")


def _figures(user: User) -> Iterable[Figure]:
    if not user.may(Permission.SUBMISSION_DRAFT) or user.may(Permission.SUBMISSION_EDIT):
        return
    counts = dict(queries.seen_by(user).order_by().values_list("state").annotate(Count("pk")))
    total = sum(counts.values())
    for state, tone in (
        (SuggestionState.WAITING, ""),
        (SuggestionState.TAKEN, "good"),
        (SuggestionState.REFUSED, "warn"),
    ):
        url = f"{reverse('suggestion_list')}?keadaan={state}"
        label = Text(f"Usul Anda: {state.text.id}", f"Your suggestions: {state.text.en}")
        yield Figure(label, counts.get(state, 0), url, tone, of=total)


FACE = Face(
    menu=(
        Entry(
            115,
            "suggestion_list",
            Text("Nama yang diusulkan", "Suggested names"),
            "plus",
            (Permission.SUBMISSION_DRAFT, Permission.SUBMISSION_EDIT),
        ),
    ),
    nouns={"suggestion": Noun(Text("usul nama", "suggestion"))},
    deeds={
        "suggestion.make": Deed(
            Text("Nama diusulkan", "Name suggested"),
            {
                "agent": Text("agen", "agent"),
                "kind": (Text("jenis", "kind"), lambda code: Kind.words().get(code)),
            },
        ),
        "suggestion.take": Text("Nama dimasukkan ke usulan", "Name put on a list"),
        "suggestion.refuse": Deed(
            Text("Nama tidak dimasukkan", "Name not taken"),
            {"state": (Text("keadaan", "state"), SuggestionState)},
        ),
    },
    tells={
        "suggestion.make": Telling(
            (Permission.SUBMISSION_EDIT,),
            Text("Ada nama yang diusulkan di {place}.", "A name was suggested in {place}."),
            "suggestion_list",
            keyed=False,
        ),
    },
    waits=_waits,
    begins=_begins,
    figures=_figures,
)
