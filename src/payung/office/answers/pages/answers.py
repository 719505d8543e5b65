"""Pages that bring something in: an answer, the meaning of a text, a staff list."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from payung.errors import InputError
from payung.office.access.permissions import Permission
from payung.office.access.requests import scope_of, user_of
from payung.office.access.scope import Scope
from payung.office.answers import queries
from payung.office.answers import rules as texts
from payung.office.answers.actions import answers as actions
from payung.office.answers.actions import texts as remapping
from payung.office.answers.agencies import agencies_of, dinas_scope, edit_scope
from payung.office.answers.forms import MapText, NewAnswer, NewStaffList
from payung.office.answers.lists.answers import answer_of
from payung.office.answers.models import Answer, Line, Phrase
from payung.office.answers.states import Fate, kind
from payung.office.desk.act import act
from payung.office.desk.words import number, say, typed
from payung.office.history import queries as history
from payung.office.regions.models import Region
from payung.text import Text

EXAMPLES = 5


def upload(request: HttpRequest) -> HttpResponse:
    """Take an answer sheet; it is read in the background."""
    user = user_of(request)
    form = NewAnswer(
        request.POST or None,
        request.FILES or None,
        agencies=agencies_of(user),
        regions=_places(scope_of(request)),
        initial={"agency": typed(request.GET, "instansi", 20)},
    )

    def do() -> Answer:
        values = form.cleaned_data
        return actions.upload(
            by=user.username,
            agency=values["agency"],
            region_code=values["region"],
            reach=edit_scope(user, values["agency"]),
            file=values["file"],
            answered_on=values["answered_on"],
            told={name: values[name].strip() for name in actions.SETTINGS},
        )

    def to(answer: Answer) -> str:
        return reverse("answer_show", args=[answer.pk])

    done = act(request, do, to=to, form=form, told=lambda _: None)
    return done or render(request, "answers/upload.html", {"form": form})


def show(request: HttpRequest, key: int) -> HttpResponse:
    """One answer: how far it is read, its rows by state, texts that wait."""
    return render(request, "answers/answer.html", _answer_page(request, answer_of(request, key)))


def progress(request: HttpRequest, key: int) -> HttpResponse:
    """How far an answer is read; asked for again while it is."""
    return _progress(request, _answer_page(request, answer_of(request, key)))


def text(request: HttpRequest, key: int) -> HttpResponse:
    """One text: its rows, what looks alike, and what it means."""
    scope, phrase = scope_of(request), _phrase_of(request, key)
    form = MapText(request.POST or None, mapped=bool(phrase.code), initial={"code": phrase.code})

    def do() -> actions.Mapped:
        code, reason = form.cleaned_data["code"], form.cleaned_data.get("reason", "").strip()
        if phrase.code and phrase.code != code and not reason:
            raise InputError(Text("Tulis alasannya.", "Write the reason."), at="reason")
        return actions.map_text(by=user_of(request).username, phrase=phrase, code=code, reason=reason)

    def to(mapped: actions.Mapped) -> str:
        return reverse("text_show", args=[phrase.pk]) if mapped.later else reverse("text_list")

    if done := act(request, do, to=to, form=form, told=_mapped):
        return done
    known = Phrase.objects.filter(agency=phrase.agency).exclude(code="").values_list("text", "code")
    alike = texts.alike(phrase.agency, phrase.text, known) if not phrase.code else None
    context = {
        "phrase": phrase,
        "form": form,
        "alike": (alike[0], kind(alike[1]).name) if alike else None,
        "examples": scope.of(Line).filter(phrase=phrase).select_related("answer")[:EXAMPLES],
        "events": history.of_subject(f"phrase:{phrase.pk}").filter(action="match.text")[:20],
        **_following(phrase),
    }
    return render(request, "answers/text.html", context)


def text_progress(request: HttpRequest, key: int) -> HttpResponse:
    """How many rows of a text follow what was said of it; asked for again while they do."""
    return _progress(request, _following(_phrase_of(request, key)))


def upload_staff(request: HttpRequest) -> HttpResponse:
    """Take a staff list; of it only blind indexes are kept."""
    user = user_of(request)
    scope = dinas_scope(user)
    if not scope.areas:
        if request.method == "POST":
            raise PermissionDenied("only the dinas keeps staff lists")
        return redirect("staff_list")
    form = NewStaffList(request.POST or None, request.FILES or None, regions=_places(scope))

    def do() -> None:
        values = form.cleaned_data
        actions.upload_staff(
            by=user.username,
            source=values["source"],
            employer=values["employer"],
            version_on=values["version_on"],
            region_code=values["region"],
            file=values["file"],
        )

    told = Text("Daftar diterima; sedang dibaca.", "The list came; it is being read.")
    done = act(request, do, to=reverse("staff_list"), form=form, told=told)
    return done or render(request, "answers/staff_upload.html", {"form": form})


def _phrase_of(request: HttpRequest, key: int) -> Phrase:
    reach = queries.phrases(scope_of(request), agencies_of(user_of(request)))
    phrase: Phrase | None = reach.filter(pk=key).first()
    if phrase is None:
        raise Http404("no such text within reach")
    return phrase


def _following(phrase: Phrase) -> dict[str, object]:
    job = remapping.job_of(phrase)
    return {
        "job": job,
        "busy": bool(job and job.open),
        "again": reverse("text_progress", args=[phrase.pk]),
        "what": say(Text("Hasil yang ikut berubah", "Results that change with it")),
    }


def _progress(request: HttpRequest, context: dict[str, object]) -> HttpResponse:
    response = render(request, "answers/progress.html", context)
    if not context["busy"]:
        response["HX-Refresh"] = "true"
    return response


def _mapped(mapped: actions.Mapped) -> Text:
    now, later = number(mapped.now), number(mapped.later)
    if mapped.later:
        return Text(
            f"Tersimpan; {now} hasil ikut berubah, {later} lagi menyusul. Halaman ini boleh ditutup.",
            f"Saved; {now} results changed with it, {later} more follow. You may close this page.",
        )
    return Text(
        f"Tersimpan; {now} hasil ikut berubah. Berkas berikutnya sudah mengenal teks ini.",
        f"Saved; {now} results changed with it. The next files know this text.",
    )


def _answer_page(request: HttpRequest, answer: Answer) -> dict[str, object]:
    user = user_of(request)
    scope = user.scope(Permission.ANSWER_EDIT)
    unmapped = queries.phrases(scope, agencies_of(user)).filter(code="", lines__answer=answer).distinct()
    counted = [(fate.text, getattr(answer, fate.value), fate.value, fate.tone) for fate in Fate]
    return {
        "answer": answer,
        "job": answer.job,
        "busy": bool(answer.job and answer.job.open),
        "again": reverse("answer_progress", args=[answer.pk]),
        "what": answer.name,
        "figures": counted,
        "total": sum(many for _, many, _, _ in counted),
        "unmapped": list(unmapped[:20]) if scope.areas else [],
        # They count the whole sheet: for whoever the whole sheet is for.
        "events": history.of_subject(f"answer:{answer.pk}").filter(action__startswith="answer.")[:20]
        if scope_of(request).covers(answer.region_code)
        else [],
    }


def _places(scope: Scope) -> list[tuple[str, str]]:
    """Return code and name of the tops of the subtrees that ``scope`` holds."""
    names = dict(Region.objects.filter(code__in=scope.places).values_list("code", "name"))
    return [(code, names.get(code, code)) for code in scope.places]
