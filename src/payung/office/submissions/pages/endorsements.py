"""Endorsing several lists at once, and taking that back."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from payung.office.access.requests import scope_of, user_of
from payung.office.desk.act import Told, act
from payung.office.desk.numbers import key_of
from payung.office.submissions import actions
from payung.office.submissions.actions.endorsements import Moved
from payung.office.submissions.models import Submission
from payung.text import Text

MOST = 500  # lists ticked at once


def act_on(request: HttpRequest) -> HttpResponse:
    """Endorse the ticked lists, or take them back."""
    by, here = user_of(request).username, reverse("submission_endorse")
    back = request.POST.get("step") == "recall"
    ticked = {key for text in request.POST.getlist("daftar")[:MOST] if (key := key_of(text)) is not None}

    def do() -> Moved:
        rows = scope_of(request).of(Submission).filter(pk__in=ticked)
        keys = list(
            rows.order_by().values_list("pk", flat=True)
        )  # those of others are as if they were not there
        return actions.recall_many(by=by, keys=keys) if back else actions.endorse_many(by=by, keys=keys)

    def told(moved: Moved) -> list[Told]:
        many = len(moved.done)
        done = (
            Text(f"{many} daftar ditarik kembali.", f"{many} lists were taken back.")
            if back
            else Text(
                f"{many} daftar diteruskan ke dinas; dapat ditarik kembali sampai dinas bertindak.",
                f"{many} lists went on to the agency; they can be taken back until it acts.",
            )
        )
        own = Text(
            f"{len(moved.own)} daftar tidak diteruskan: Anda ikut mengisinya, jadi orang lain yang harus memutuskan.",
            f"{len(moved.own)} lists did not: you had a hand in them, so somebody else has to decide.",
        )
        found: list[Told] = [done] if many else []
        return [*found, ("warning", own)] if moved.own else found

    return act(request, do, to=here, told=told) or redirect(here)
