"""The head's page, the page of one figure, denominators, and the figures as a file."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import mark_safe

from payung.office.access.permissions import Permission
from payung.office.access.requests import scope_of, user_of
from payung.office.desk.act import act, must_reach
from payung.office.desk.words import language, number, say, typed
from payung.office.history.actions import Entry, record
from payung.office.insight import (
    actions,
    ahead,
    board,
    charts,
    distributions,
    papers,
    queries,
    rules,
    tallies,
)
from payung.office.insight.counted import Counted
from payung.office.insight.figures import FIGURES, Cut, reached
from payung.office.insight.forms import NewDenominator, NewTarget
from payung.office.insight.kept import kept
from payung.office.insight.lists import NONE, asked_day
from payung.office.insight.models import Denominator
from payung.office.insight.queries import Frozen
from payung.office.insight.targets import NATION, PROVINCE, aims
from payung.office.insight.templatetags.insight import tenths
from payung.office.regions import queries as regions
from payung.office.regions.models import Region

SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def asked(request: HttpRequest) -> tuple[board.Asked, Frozen | None]:
    """Return what the address asks for: a day, or a closed month (``per``), whose snapshots come with it.

    There is no page of a month that is not closed, nor of a place that this person does not see.
    """
    month, today = request.GET.get("per", ""), timezone.localdate()
    place = request.GET.get("wilayah", "")
    if place and not Region.objects.filter(scope_of(request).in_places("code"), code=place).exists():
        raise Http404
    if not month:
        return board.Asked(asked_day(request), today, place=place), None
    closings = queries.closed_months(queries.districts_of(scope_of(request))).get(month)
    if closings is None:
        raise Http404
    snapshot = Frozen(tuple(actions.freeze(closing=closing) for closing in closings))
    return board.Asked(snapshot.on, today, month, place), snapshot


def _own(request: HttpRequest) -> Region | None:
    """Return the one place that this person sees, below the district; ``None`` where they see more, or all of it."""
    places = set(scope_of(request).places)
    if len(places) != 1:
        return None
    return Region.objects.filter(code__in=places).exclude(level="regency").first()


def counted_for(
    request: HttpRequest, given: board.Asked, snapshot: Frozen | None, codes: Any = FIGURES
) -> dict[str, Counted]:
    """Return the figures as the address asks for them."""
    user = user_of(request)
    if snapshot is not None:
        found = queries.frozen_for_user(user, snapshot, codes)
    else:
        found = queries.for_user(user, given.on, codes)
    return board.within(found, given)


def summary(request: HttpRequest) -> HttpResponse:
    """Everything at a glance: who is covered of whom, the money, what is late, what ends."""
    given, snapshot = asked(request)
    of = queries.districts_of(scope_of(request))
    listed = queries.denominators(of)
    by = _chosen(request, listed)
    user = user_of(request)
    what = (
        tuple((code, reached(user, figure)) for code, figure in FIGURES.items()),
        scope_of(request).places,
    )
    frozen = snapshot and tuple(one.pk for one in snapshot.snapshots)
    shown = (frozen, given, by and by.pk, language(), request.GET.urlencode())

    def made() -> dict[str, Any]:
        found = _numbers(request, given, snapshot, by)
        return found | {"numbers": render_to_string("insight/numbers.html", found, request)}

    moment = tallies.moment(given.on) if snapshot is None else None
    context = kept(("summary", moment, what, shown), made) | {
        "months": list(queries.closed_months(of)),
        "can_export": user.may(Permission.REPORT_EXPORT),
        "moment": moment,
    }
    return render(request, "insight/summary.html", context)


def _numbers(
    request: HttpRequest, given: board.Asked, snapshot: Frozen | None, by: Denominator | None
) -> dict[str, Any]:
    """Return what the page says of the figures; as long as nothing happens, the same for whoever reaches the same."""
    counted = counted_for(request, given, snapshot)
    cut, lines = board.place_lines(counted, given, within=_own(request) is not None)
    root = regions.district(scope_of(request).places)
    place = Region.objects.filter(code=given.place).first() if given.place else _own(request) or root
    return {
        "asked": given,
        "snapshot": snapshot,
        "place": place,
        "district": root,
        "answer": board.answer(counted, given, by),
        "by": by,
        "figures": board.shown(counted, given),
        "lines": lines,
        "sums": _sums(counted),
        "year": str(given.on.year),
        "cut": cut,
        "map": board.drawn(lines, cut) if lines else None,
        "by_place": {line.code: line for line in lines},
        "not_drawn": _not_drawn(lines, cut),
        "money": board.line_shows(counted, given),
        "trend": board.trend(user_of(request), given),
        "categories": board.category_lines(counted, given),
        "some_hidden": any(line.covered is None for line in lines),
        "least": rules.LEAST,
        "all": list(counted.values()),
    }


def _chosen(request: HttpRequest, listed: list[Denominator]) -> Denominator | None:
    key = request.GET.get("penyebut", "")
    found = next((one for one in listed if str(one.pk) == key), None)
    if key and found is None:
        raise Http404
    return found


def _sums(counted: dict[str, Counted]) -> list[str]:
    """Return the last row of the table of places: the figures themselves, in the order of its columns."""

    def told(code: str) -> str:
        return number(counted[code].told) if code in counted else ""

    if "orang" not in counted:
        return []
    people, covered = counted["orang"].number, counted["terlindungi"].told
    share = tenths(rules.share(covered, people) if covered is not None else None)
    return [
        told("orang"),
        told("terlindungi"),
        share,
        *map(told, ("belum", "di_luar_usia", "orang_menunggak")),
    ]


def _not_drawn(lines: list[board.PlaceLine], cut: Cut) -> list[str]:
    """Return the names of the places of the table that the map does not have, where it has shapes at all."""
    found = board.drawn(lines, cut) if lines else None
    if found is None or found.tiles:
        return []
    there = {one.place for one in found.places}
    return [line.name for line in lines if line.code not in there]


def figure(request: HttpRequest, code: str) -> HttpResponse:
    """One figure: what it means, and its parts by every cut; each part opens its rows."""
    what = FIGURES[code]
    given, snapshot = asked(request)
    codes = [one for one in (code, what.whole) if one]
    counted = counted_for(request, given, snapshot, codes)
    one = counted[code]
    chosen: list[tuple[Cut, str]] = []
    for cut in what.parted_by:
        if key := request.GET.get(cut.value, ""):
            one = one.within(cut, key.removeprefix(NONE))
            chosen.append((cut, key.removeprefix(NONE)))
    parts = []
    for cut in what.parted_by:
        shown = one.shown(cut)
        called = queries.labels(cut, [part.key for part in shown])
        opens = one.open and not given.month
        rows = [
            (
                called[part.key],
                part,
                given.url(one, **_keys(chosen), **{cut.value: part.key}) if opens else "",
            )
            for part in shown
            if part.number != 0
        ]
        if rows:
            parts.append((cut, rows, charts.widths([part.number or 0 for _, part, _ in rows])))
    context = {
        "figure": what,
        "counted": one,
        "asked": given,
        "snapshot": snapshot,
        "chosen": [(cut, queries.labels(cut, [key])[key]) for cut, key in chosen],
        "parts": [
            (cut, [(*row, width) for row, width in zip(rows, widths, strict=True)])
            for cut, rows, widths in parts
        ],
        "rows_url": given.url(one, **_keys(chosen)) if one.open and not given.month else "",
        "whole": counted.get(what.whole),
        "share": rules.share(one.number, counted[what.whole].number)
        if what.whole in counted and one.told is not None
        else None,
        "hidden": any(part.number is None for _, rows, _ in parts for _, part, _ in rows) or one.told is None,
        "least": rules.LEAST,
    }
    return render(request, "insight/figure.html", context)


def _keys(chosen: list[tuple[Cut, str]]) -> dict[str, str]:
    return {cut.value: key for cut, key in chosen}


def denominators(request: HttpRequest) -> HttpResponse:
    """The denominators there are, and adding one."""
    user, root = user_of(request), regions.district(scope_of(request).places)
    may_add = user.may(Permission.INSIGHT_EDIT)
    form = NewDenominator(request.POST or None)

    def add() -> Any:
        values = form.cleaned_data
        parts = actions.read_parts(values.pop("parts"), root.code if root else "")
        reach = user.scope(Permission.INSIGHT_EDIT)
        actions.refuse_unknown(place for place in parts if not reach.covers(place))
        return actions.add_denominator(by=user.username, parts=parts, **values)

    if request.method == "POST" and not may_add:
        raise PermissionDenied("only whoever may edit figures adds a denominator")
    done = act(request, add, to=reverse("insight_denominators"), form=form)
    listed = [
        (one, queries.denominator_parts(one)) for one in _denominators(request).prefetch_related("parts")
    ]
    rows = [(one, len(parts), parts.get(root.code) if root else None) for one, parts in listed]
    return done or render(
        request, "insight/denominators.html", {"rows": rows, "form": form, "may_add": may_add}
    )


def _denominators(request: HttpRequest) -> QuerySet[Denominator]:
    return Denominator.objects.filter(district__in=queries.districts_of(scope_of(request)))


def targets(request: HttpRequest) -> HttpResponse:
    """Universal coverage: the share that is covered, of each denominator, beside the targets; and adding a target."""
    user = user_of(request)
    may_add = user.may(Permission.INSIGHT_EDIT)
    districts = regions.districts(scope_of(request).places)
    places = [(one.code, one.name) for one in districts]
    places += [(code, say(PROVINCE)) for code in sorted({one.code[:2] for one in districts})]
    form = NewTarget(request.POST or None, places=[*places, ("", say(NATION))])
    if request.method == "POST" and not may_add:
        raise PermissionDenied("only whoever may edit figures adds a target")
    home = user.scope(Permission.INSIGHT_EDIT).whole_districts

    def add() -> Any:
        place = form.cleaned_data["place"]
        own = next((code for code in home if place in ("", code, code[:2])), "")
        must_reach(request, Permission.INSIGHT_EDIT, own)
        return actions.add_target(by=user.username, district=own, **form.cleaned_data)

    done = act(
        request,
        add,
        to=reverse("insight_targets"),
        form=form,
    )
    given, _ = asked(request)
    counted = counted_for(request, given, None, ["orang", "terlindungi", "belum", "di_luar_usia"])
    listed = list(_denominators(request).prefetch_related("parts")) if len(districts) == 1 else []
    by = _chosen(request, listed)
    shares = [(one, board.answer(counted, given, one)) for one in (None, *listed)]
    used = next(answer for one, answer in shares if one == by)
    context = {
        "shares": shares,
        "by": by,
        "aims": aims(districts, used.covered if used else None, used.people if used else None),
        "form": form,
        "may_add": may_add,
    }
    return done or render(request, "insight/targets.html", context)


def spread(request: HttpRequest) -> HttpResponse:
    """By age, by occupation, by days until the money, by how far the clocks have run: as far as somebody sees it."""
    user, today = user_of(request), timezone.localdate()
    found = (
        distributions.people_by(user, Cut.YEARS, today),
        distributions.people_by(user, Cut.OCCUPATION, today),
        distributions.clocks(user, today),
        distributions.waits(user),
    )
    return render(request, "insight/distributions.html", {"all": [one for one in found if one]})


def forecast(request: HttpRequest) -> HttpResponse:
    """The next 36 months of those who are covered: deaths to expect with their interval, contributions, benefits."""
    found = ahead.for_user(user_of(request), timezone.localdate())
    context = {"found": found, "chart": mark_safe(ahead.picture(found, language())) if found else ""}
    return render(request, "insight/forecast.html", context)


def download(request: HttpRequest) -> HttpResponse:
    """The figures as .xlsx or JSON, after recording who took them out and why."""
    user = user_of(request)
    if request.method != "POST":
        return redirect("insight_summary")
    if not user.may(Permission.REPORT_EXPORT):
        raise PermissionDenied("figures cannot be taken out by this person")
    given, snapshot = asked(request)
    counted = counted_for(request, given, snapshot)
    kind = "json" if request.POST.get("bentuk") == "json" else "xlsx"
    name = f"ringkasan-{given.month or given.on.isoformat()}"
    after = {"rows": len(counted), "filter": request.GET.urlencode(), "format": kind}
    with transaction.atomic():
        entry = Entry("list.export", "list:ringkasan", reason=typed(request.POST, "alasan"), after=after)
        record(by=user.get_username(), entries=[entry])
    if kind == "json":
        response: HttpResponse = JsonResponse(
            {"figures": papers.as_json(counted)}, json_dumps_params={"ensure_ascii": False, "indent": 1}
        )
    else:
        title = f"Ringkasan per {given.on:%d-%m-%Y}"
        response = HttpResponse(papers.workbook(counted, title), content_type=SHEET)
    response["Content-Disposition"] = f'attachment; filename="{name}.{kind}"'
    return response
