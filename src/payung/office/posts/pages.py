"""Pages about the posts of a village and about one post."""

from __future__ import annotations

import re

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from payung.codes import Category
from payung.codes.category import OFFICIALS
from payung.errors import PayungError
from payung.office.access.permissions import Permission
from payung.office.access.requests import scope_of, user_of
from payung.office.desk import once
from payung.office.desk.words import say
from payung.office.people import queries
from payung.office.people.models import Person
from payung.office.posts import actions
from payung.office.posts import queries as post_queries
from payung.office.posts.forms import Appointment, EndTerm, NewPost
from payung.office.posts.models import Holding, Post
from payung.office.posts.states import PostState
from payung.office.regions import queries as regions
from payung.office.regions.models import Region
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
            "category": Category.words().get(post.category, Text(post.category, post.category)),
            "state": PostState.member(post.state),
            "holding": holdings.get(post.holding) if may_see_names else None,
        }
        for post in found
        if not wanted or post.state == wanted
    ]
    counts = {state: sum(post.state == state for post in found) for state in PostState}
    may_edit = user.scope(Permission.POST_EDIT).covers(code)
    form = NewPost(request.POST or None)
    form.fields["category"].choices = [  # type: ignore[attr-defined]
        (category, say(name)) for category, name in Category.words().items() if category in OFFICIALS
    ]
    if request.method == "POST":
        if not may_edit:
            raise PermissionDenied("the posts of this village may not be changed")
        if form.is_valid():
            if once.again(request):
                return redirect("post_village", code=code)
            actions.open_post(by=user.username, region_code=code, **form.cleaned_data)
            messages.success(request, say(Text("Jabatan dibuat.", "Post made.")))
            return redirect("post_village", code=code)
    context = {"region": region, "lines": lines, "counts": counts, "may_edit": may_edit, "form": form}
    context["may_see_names"] = may_see_names
    return render(request, "posts/village.html", context)


def post(request: HttpRequest, key: int) -> HttpResponse:
    """One post: who held it and when; appoint a holder or end the term."""
    found = get_object_or_404(scope_of(request).of(Post), pk=key)
    user = user_of(request)
    may_edit = user.scope(Permission.POST_EDIT).covers(found.region_code, found.category)
    form = Appointment(request.POST if request.POST.get("what") == "appoint" else None)
    end = EndTerm(request.POST if request.POST.get("what") == "end" else None)
    if request.method == "POST":
        if not may_edit:
            raise PermissionDenied("this post may not be changed")
        if _changed(request, found, form, end):
            return redirect("post_show", key=key)
    holdings = list(found.holdings.select_related("person"))
    current = post_queries.holding_on(timezone.localdate()).filter(post=found).first()
    context = {
        "post": found,
        "category": Category.words().get(found.category, Text(found.category, found.category)),
        "place": regions.names([found.region_code]).get(found.region_code, found.region_code),
        "holdings": holdings,
        "current": current,
        "may_edit": may_edit,
        "form": form,
        "end": end,
    }
    return render(request, "posts/post.html", context)


def _changed(request: HttpRequest, found: Post, form: Appointment, end: EndTerm) -> bool:
    """Do what the form asks; tell whether it was done."""
    by = user_of(request).username
    try:
        if form.is_bound and form.is_valid():
            values = dict(form.cleaned_data)
            digits = re.sub(r"[^0-9]", "", values.pop("nik"))
            person = (
                user_of(request)
                .scope(Permission.PERSON_VIEW)
                .of(Person)
                .filter(pk__in=queries.with_nik(digits))
                .first()
            )
            if person is None:
                missing = Text(
                    "NIK ini belum ada dalam register wilayah Anda: unggah dahulu lewat Usulan.",
                    "This NIK is not in the register of your region: upload it first through Submissions.",
                )
                form.add_error("nik", say(missing))
                return False
            actions.appoint(by=by, post=found, person=person, **values)
        elif end.is_bound and end.is_valid():
            holding = post_queries.holding_on(timezone.localdate()).filter(post=found).first()
            if holding is None:
                raise Http404
            actions.end_term(
                by=by, holding=holding, on=end.cleaned_data["ends"], reason=end.cleaned_data["reason"]
            )
        else:
            return False
    except PayungError as error:
        messages.error(request, say(error.message))
        return True
    messages.success(request, say(Text("Tersimpan dan dicatat.", "Saved and recorded.")))
    return True


def _region(request: HttpRequest, code: str) -> Region:
    region = get_object_or_404(Region, code=code, level="village")
    if not scope_of(request).covers(code):
        raise Http404("outside of the region of this user")
    return region


def roster(request: HttpRequest, code: str) -> HttpResponse:
    """All posts of one village with their holders; NIK and KPJ masked, landscape A4, no menus."""
    region = get_object_or_404(Region, code=code, level="village")
    scope = scope_of(request)
    if not scope.covers(code):
        raise Http404("outside of the region of this user")
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
        category = Category.words().get(post.category, Text(post.category, post.category))
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
