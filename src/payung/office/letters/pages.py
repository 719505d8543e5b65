"""Pages of letters: one of them, making one, issuing it again, letterheads, and what stands beside a thing."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from payung.errors import PayungError
from payung.office.access.permissions import Permission
from payung.office.access.requests import scope_of, user_of
from payung.office.access.scope import Scope
from payung.office.accounts.models import User
from payung.office.desk.act import act, must_cover
from payung.office.desk.words import say
from payung.office.history.queries import of_subject
from payung.office.letters import actions, papers, queries
from payung.office.letters.forms import Head, Issue, Opening
from payung.office.letters.kinds import Kind, Material, kinds, of_noun
from payung.office.letters.lists import standing, title_of
from payung.office.letters.models import Letter, Letterhead, Order
from payung.office.letters.states import DISTRICT, Office, OrderState
from payung.text import Text

AGENCIES = {"dinsos": Office.DINSOS, "dpmd": Office.DPMD, "disnaker": Office.DISNAKER}
SHOWN = 12
ASKED = Text(
    "Surat sedang dibuat; nomornya muncul sebentar lagi.",
    "The letter is being made; its number appears in a moment.",
)
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def show(request: HttpRequest, key: int) -> HttpResponse:
    """One letter: its register number, who signed, its code, its file, what replaced it."""
    letter = _letter(request, key)
    kind = kinds().get(letter.kind)
    user = user_of(request)
    context = {
        "letter": letter,
        "kind": kind,
        "title": title_of(letter),
        "standing": standing(letter),
        "url": kind.address(letter.subject) if kind else "",
        "whole": bool(kind and kind.whole),
        "opening": Opening() if kind and kind.whole and _unmasks(user, letter) else None,
        "sheet": bool(kind and kind.sheet and letter.content.get(kind.sheet)),
        "may_issue": bool(kind) and not letter.replaced and may_issue(user, kind, letter.region_code),
        "events": of_subject(letter.subject)[:SHOWN],
    }
    return render(request, "letters/show.html", context)


def file(request: HttpRequest, key: int) -> HttpResponse:
    """Hand out a letter as it was issued, or its list as a workbook; with a reason where it has whole numbers."""
    letter = _letter(request, key)
    kind = kinds().get(letter.kind)
    wants_sheet = request.GET.get("bentuk") == "xlsx"
    reason = ""
    if kind is not None and kind.whole:
        if not _unmasks(user_of(request), letter):
            raise PermissionDenied("whole numbers")
        form = Opening(request.POST or None)
        if request.method != "POST" or not form.is_valid():
            return redirect("letter_show", key=key)
        reason = form.cleaned_data["reason"]
        wants_sheet = request.POST.get("bentuk") == "xlsx"
    by = user_of(request).username
    if wants_sheet and kind is not None and kind.sheet and letter.content.get(kind.sheet):
        content, many = papers.sheet(kind, letter.content)
        actions.note_opened(by=by, letter=letter, reason=reason, rows=many)
        return _answer(content, WORKBOOK, f"{letter.kind}-{letter.pk}.xlsx", inline=False)
    content = papers.content_of(letter.path)
    actions.note_opened(by=by, letter=letter, reason=reason)
    return _answer(
        content, "application/pdf", f"{letter.kind}-{letter.pk}.pdf", inline=request.method == "GET"
    )


def issue(request: HttpRequest, letter_kind: str, letter_subject: str) -> HttpResponse:
    """Ask for a letter about a thing; ``?lihat=1`` shows a draft without number first."""
    kind, material = _material(request, letter_kind, letter_subject)
    url = kind.address(letter_subject)
    if not may_issue(user_of(request), kind, material.region_code):
        return redirect(url)
    form = Issue(request.POST or None, kind=kind)
    if request.method == "POST" and request.POST.get("lihat") and form.is_valid():
        return _draft(request, kind, material, form, url)

    def ask() -> Order:
        return actions.issue(
            by=user_of(request).username,
            kind=kind.code,
            subject=letter_subject,
            values={**material.values, **form.typed},
            on=form.cleaned_data["on"],
            region_code=material.region_code,
            about=material.about,
            categories=material.categories,
            of_one=material.of_one,
            office=_office_of(user_of(request), kind),
        )

    answered = act(request, ask, to=url + "#surat", form=form, told=ASKED)
    context = {"kind": kind, "form": form, "url": url, "about": material.about}
    return answered or render(request, "letters/issue.html", context)


def reissue(request: HttpRequest, key: int) -> HttpResponse:
    """Issue a letter again, with what is known now; the new one points back."""
    letter = _letter(request, key)
    kind, material = _material(request, letter.kind, letter.subject)
    if not may_issue(user_of(request), kind, letter.region_code):
        raise PermissionDenied("not for this user")
    content = letter.content
    initial = {f"a_{ask.name}": content.get(ask.name, "") for ask in kind.asks}
    form = Issue(request.POST or None, kind=kind, again=True, initial=initial)

    def ask() -> Order:
        return actions.reissue(
            by=user_of(request).username,
            letter=letter,
            values={**material.values, **form.typed},
            on=form.cleaned_data["on"],
            reason=form.cleaned_data["reason"],
        )

    answered = act(request, ask, to=kind.address(letter.subject) + "#surat", form=form, told=ASKED)
    context = {"kind": kind, "form": form, "url": reverse("letter_show", args=[key]), "about": letter.about}
    return answered or render(request, "letters/issue.html", {**context, "letter": letter})


def again(request: HttpRequest, key: int) -> HttpResponse:
    """Try once more to make a letter that could not be made."""
    order = get_object_or_404(queries.orders(scope_of(request), user_of(request)), pk=key)
    kind = kinds().get(order.kind)
    url = kind.address(order.subject) + "#surat" if kind else reverse("letter_list")
    return act(
        request, lambda: actions.again(by=user_of(request).username, order=order), to=url, told=ASKED
    ) or (redirect(url))


def heads(request: HttpRequest) -> HttpResponse:
    """The letterheads that this person writes: one of them at a time."""
    user = user_of(request)
    choices = _heads_of(user)
    chosen = request.GET.get("kop", "")
    place, office = next(
        ((place, office) for place, office in choices if f"{place}:{office}" == chosen),
        choices[0] if choices else ("", None),
    )
    if office is None:
        raise Http404("no office of this user has letters")
    now = queries.frame(place, office)
    written = Letterhead.objects.filter(region_code=place, office=office).first()
    initial = {
        **now["letterhead"],
        "city": now["city"],
        **{f"signer_{name}": value for name, value in now["signer"].items()},
    }
    form = Head(request.POST or None, initial=initial)

    def write() -> Letterhead:
        must_cover(request, place)
        return actions.write_letterhead(
            by=user.username, region_code=place, office=office, values=form.cleaned_data
        )

    url = f"{reverse('letterhead_edit')}?kop={place}:{office}"
    context = {
        "form": form,
        "choices": [(f"{place}:{one}", one, place) for place, one in choices],
        "chosen": f"{place}:{office}",
        "office": office,
        "written": written,
    }
    return act(request, write, to=url, form=form) or render(request, "letters/heads.html", context)


def beside(noun: str) -> Any:
    """Return the panel of letters for the page of a thing called ``noun``."""

    def panel(request: HttpRequest, key: Any) -> tuple[str, dict[str, Any]] | None:
        user = user_of(request)
        if not user.may(Permission.LETTER_READ):
            return None
        subject = f"{noun}:{key}"
        found = list(queries.about(user.scope(Permission.LETTER_READ), user, subject)[:SHOWN])
        may = user.may(Permission.LETTER_ISSUE)
        offered = [kind for kind in of_noun(noun) if may and user.may(kind.needs)]
        if not found and not offered:
            return None
        rows = [
            {
                "order": order,
                "letter": order.letter if order.state == OrderState.MADE else None,
                "title": title_of(order),
                "fault": Text(order.fault_id, order.fault_en),
                "again": order.state == OrderState.FAILED and may,
            }
            for order in found
        ]
        return "letters/beside.html", {"rows": rows, "offered": offered, "subject": subject}

    return panel


def _letter(request: HttpRequest, key: int) -> Letter:
    return get_object_or_404(queries.letters(scope_of(request), user_of(request)), pk=key)


def _material(request: HttpRequest, code: str, subject: str) -> tuple[Kind, Material]:
    """Return a kind and what its letter about ``subject`` is made of; nothing of what this person may not reach."""
    kind, found = kinds().get(code), material_of(user_of(request), code, subject)
    if kind is None or found is None:
        raise Http404("no such letter")
    return kind, found


def material_of(user: User, code: str, subject: str) -> Material | None:
    """Return what the letter ``code`` about ``subject`` is made of; ``None`` where ``user`` may not reach it."""
    kind = kinds().get(code)
    noun, _, key = subject.partition(":")
    if kind is None or kind.noun != noun or not user.may(kind.reads):
        return None
    if not key.replace(".", "").replace("-", "").isdecimal():
        return None
    found = kind.collect(user.scope(kind.reads), key)
    return found if found is not None and _sees(user.scope(kind.reads), found) else None


def _sees(scope: Scope, material: Material) -> bool:
    """Tell whether ``scope`` reaches everybody that a letter names; of one person, one of what they are."""
    if not material.categories:
        return scope.covers(material.region_code)
    reached = [scope.covers(material.region_code, one) for one in material.categories]
    return any(reached) if material.of_one else all(reached)


def _draft(request: HttpRequest, kind: Kind, material: Material, form: Issue, url: str) -> HttpResponse:
    if kind.whole and not user_of(request).may(Permission.PERSON_UNMASK):
        raise PermissionDenied("whole numbers")
    place, office = queries.issuer(kind, material.region_code, _office_of(user_of(request), kind))
    on = form.cleaned_data["on"]
    frame = {**queries.frame(place, office), "number": "…", "on": f"{on}"}
    try:
        values = kind.checked({**material.values, **form.typed})
        content = papers.pdf(kind, papers.data_of(kind, values, frame), on)
    except PayungError as error:
        form.add_error(None, say(error.message))
        return render(
            request, "letters/issue.html", {"kind": kind, "form": form, "url": url, "about": material.about}
        )
    return _answer(content, "application/pdf", f"draf-{kind.code}.pdf", inline=True)


def _answer(content: bytes, kind: str, name: str, *, inline: bool) -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f'{"inline" if inline else "attachment"}; filename="{name}"'
    return response


def may_issue(user: User, kind: Kind | None, region_code: str) -> bool:
    """Tell whether ``user`` may issue letters of ``kind`` about something at ``region_code``."""
    if kind is None:
        return False
    return all(
        user.may(one) and user.scope(one).covers(region_code) for one in (Permission.LETTER_ISSUE, kind.needs)
    )


def _unmasks(user: User, letter: Letter) -> bool:
    return user.may(Permission.PERSON_UNMASK) and user.scope(Permission.PERSON_UNMASK).covers(
        letter.region_code
    )


def _office_of(user: User, kind: Kind) -> str:
    """Return the agency that this user issues for, where the kind is an agency's; empty: the kind's own."""
    if kind.office not in AGENCIES.values():
        return ""
    return next((str(AGENCIES[grant.role]) for grant in user.grants_now if grant.role in AGENCIES), "")


def _heads_of(user: User) -> list[tuple[str, Office]]:
    """Return the offices whose letterhead a user writes: place and office."""
    found: list[tuple[str, Office]] = []
    for place in user.scope(Permission.LETTER_ISSUE).places:
        level = place.count(".")
        if level <= 1:
            found += [(place, office) for office in DISTRICT]
        else:
            found.append((place, Office.CAMAT if level == 2 else Office.DESA))
    return found
