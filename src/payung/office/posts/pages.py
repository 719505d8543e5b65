"""Pages about the posts of a village and about one post."""

from __future__ import annotations

import re

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from payung.errors import InputError
from payung.office.access.permissions import Permission
from payung.office.access.requests import scope_of, user_of
from payung.office.desk import once
from payung.office.desk.act import act, must_reach
from payung.office.people import queries
from payung.office.people.models import Person
from payung.office.posts import actions
from payung.office.posts import queries as post_queries
from payung.office.posts.forms import Appointment, EndTerm, NewPost
from payung.office.posts.models import Holding, Post
from payung.office.posts.states import PostState
from payung.office.regions import queries as regions
from payung.office.regions.models import Region
from payung.people import nik
from payung.text import Text


def village(request: HttpRequest, code: str) -> HttpResponse:
    """The posts of one village, each with its holder and its state."""
    region = _region(request, code)
    user = user_of(request)
    may_see_names = user.scope(Permission.POST_VIEW).covers(code)
    found = list(post_queries.posts(scope_of(request), timezone.localdate()).filter(region_code=code))
    wanted = request.GET.get("keadaan", "")
    holdings = Holding.objects.select_related("person").in_bulk(
        [post.holding for post in found if post.holding]
    )
    lines = [
        {
            "post": post,
            "category": post.category.text,
            "state": PostState.member(post.state),
            "holding": holdings.get(post.holding) if may_see_names else None,
        }
        for post in found
        if not wanted or post.state == wanted
    ]
    counts = {state: sum(post.state == state for post in found) for state in PostState}
    may_edit = user.scope(Permission.POST_EDIT).covers(code)
    form = NewPost(request.POST or None)
    if request.method == "POST":
        must_reach(request, Permission.POST_EDIT, code)

    def do() -> Post:
        return actions.open_post(by=user.username, region_code=code, **form.cleaned_data)

    here = reverse("post_village", args=[code])
    if once.taken(request, form):
        return redirect(here)
    context = {"region": region, "lines": lines, "counts": counts, "may_edit": may_edit, "form": form}
    context["may_see_names"] = may_see_names
    done = act(request, do, to=here, form=form, told=Text("Jabatan dibuat.", "Post made."))
    return done or render(request, "posts/village.html", context)


def post(request: HttpRequest, key: int) -> HttpResponse:
    """One post: who held it and when; appoint a holder or end the term."""
    found = get_object_or_404(scope_of(request).of(Post), pk=key)
    user = user_of(request)
    may_edit = user.scope(Permission.POST_EDIT).covers(found.region_code, found.category)
    ending = request.POST.get("what") == "end"
    form = Appointment(request.POST if request.POST.get("what") == "appoint" else None)
    end = EndTerm(request.POST if ending else None)
    if request.method == "POST":
        must_reach(request, Permission.POST_EDIT, found.region_code, found.category)

    def appoint() -> None:
        values = dict(form.cleaned_data)
        digits = re.sub(r"[^0-9]", "", values.pop("nik"))
        if len(digits) != nik.LENGTH:
            short = Text(
                f"NIK punya 16 angka; yang diketik {len(digits)}.",
                f"A NIK has 16 digits; {len(digits)} were typed.",
            )
            raise InputError(short, at="nik")
        people = user.scope(Permission.PERSON_VIEW).of(Person)
        person = people.filter(pk__in=queries.with_nik(digits)).first()
        if person is None:
            missing = Text(
                "NIK ini belum ada dalam register wilayah Anda: unggah dahulu lewat Usulan.",
                "This NIK is not in the register of your region: upload it first through Submissions.",
            )
            raise InputError(missing, at="nik")
        actions.appoint(by=user.username, post=found, person=person, **values)

    def end_term() -> None:
        holding = post_queries.holding_on(timezone.localdate()).filter(post=found).first()
        if holding is None:
            raise Http404
        values = end.cleaned_data
        actions.end_term(by=user.username, holding=holding, on=values["ends"], reason=values["reason"])

    here = reverse("post_show", args=[key])
    done = act(request, end_term, to=here, form=end) if ending else act(request, appoint, to=here, form=form)
    if done:
        return done
    context = {
        "post": found,
        "category": found.category.text,
        "place": regions.names([found.region_code]).get(found.region_code, found.region_code),
        "holdings": list(found.holdings.select_related("person")),
        "current": post_queries.holding_on(timezone.localdate()).filter(post=found).first(),
        "may_edit": may_edit,
        "form": form,
        "end": end,
    }
    return render(request, "posts/post.html", context)


def _region(request: HttpRequest, code: str) -> Region:
    region = get_object_or_404(Region, code=code, level="village")
    if not scope_of(request).covers(code):
        raise Http404("outside of the region of this user")
    return region


def roster(request: HttpRequest, code: str) -> HttpResponse:
    """All posts of one village with their holders; NIK and KPJ masked, landscape A4, no menus."""
    region, scope = _region(request, code), scope_of(request)
    today = timezone.localdate()
    found = list(post_queries.posts(scope, today).filter(region_code=code))
    holdings = (
        Holding.objects.select_related("person")
        .prefetch_related("person__memberships")
        .in_bulk([post.holding for post in found if post.holding])
    )
    lines = []
    for post in found:
        holding = holdings.get(post.holding)
        cover = [line for line in holding.person.memberships.all() if line.kpj] if holding else []
        category = post.category.text
        lines.append(
            {
                "post": post,
                "category_name": None if category.id == post.label else category,
                "holding": holding,
                "kpj": cover[-1].masked if cover else "",
                "state": PostState.member(post.state).text,
            }
        )
    places = regions.names([code])
    context = {
        "region": region,
        "above": [places.get(code[:length], "") for length in (8, 5)],
        "lines": lines,
        "counts": [
            (PostState.member(state).text, sum(post.state == state for post in found)) for state in PostState
        ],
        "today": today,
    }
    return render(request, "posts/roster_print.html", context)
