"""The public page: NIK and birth date in, one word out; never in an address, a log or the history."""

from __future__ import annotations

import time

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters

from payung.office.check.limits import STEM, may_ask
from payung.office.check.queries import Protected, protected
from payung.office.desk.fields import DayField, DigitsField
from payung.office.desk.words import both
from payung.office.service.requests import address_of

TAKES = 0.4  # seconds that every answer takes


class Question(forms.Form):
    """Who is asked about."""

    nik = DigitsField(digits=16, label="NIK")
    birth_date = DayField(label=both("Tanggal lahir", "Birth date"))


@sensitive_post_parameters()
def check(request: HttpRequest) -> HttpResponse:
    """Answer whether somebody is protected today."""
    begun = time.monotonic()
    form = Question(request.POST or None)
    answer: Protected | None = None
    status = 200
    if request.method == "POST" and form.is_valid():
        nik = form.cleaned_data["nik"]
        if may_ask(address=address_of(request), number=nik, stem=nik[:STEM]):
            answer = protected(nik, form.cleaned_data["birth_date"], timezone.localdate())
        else:
            answer, status = Protected.ASK, 429
        form = Question()  # what was typed does not come back
        time.sleep(max(0.0, TAKES - (time.monotonic() - begun)))
    return render(
        request, "check/check.html", {"form": form, "answer": answer, "busy": status == 429}, status=status
    )
