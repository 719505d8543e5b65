"""The main job: from a folder of village spreadsheets to an enrolment file.

Read every roster and the insurer's list; link what is one person; judge, rank, price and choose; write
everything as one folder, whole or not at all. Each step is a room of the house; this module only says the order.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import polars as pl

from payung.enrolment import outcome, summary
from payung.enrolment.answers import check_kept, read_answers
from payung.enrolment.choice import choose
from payung.enrolment.folder import REVIEW_LIST, check_target, whole_folder
from payung.enrolment.inputs import read_insured, read_rosters, start_reading
from payung.enrolment.places import with_names
from payung.enrolment.progress import Listener, Silence
from payung.enrolment.report import describe
from payung.enrolment.request import Request
from payung.enrolment.results import write_results
from payung.enrolment.senders import area_of
from payung.enrolment.tasks import Workers
from payung.linkage import link, prepare
from payung.planning.eligibility import Circumstances, Rule, rules_without
from payung.planning.legal import circumstances_of, office_categories
from payung.regions import Gazetteer
from payung.text import Text


@dataclass(frozen=True, slots=True)
class Result:
    """What a run found.

    Fields
        report: the content of ``ringkasan.json``.
        people: one row a person, with state, codes and reason.
        rows: one row a row of a roster, with its outcome.
        villages: one row a village.
    """

    report: dict[str, Any]
    people: pl.DataFrame
    rows: pl.DataFrame
    villages: pl.DataFrame


def run(request: Request, listener: Listener | None = None) -> Result:
    """Do the main job and write its folder.

    Raises ``InputError`` where a file or an option cannot be used; nothing is written then.
    """
    listener = listener or Silence()
    check_target(request.out)
    used = rules_without(request.without)
    circumstances = circumstances_of(request.first_day, request.period, request.source, request.max_decile)
    offices = office_categories(request.first_month)
    regions = Gazetteer.load()

    with Workers() as workers:
        return _run(request, listener, workers, used, circumstances, offices, regions)


def _run(
    request: Request,
    listener: Listener,
    workers: Workers,
    used: tuple[Rule, ...],
    circumstances: Circumstances,
    offices: list[str],
    regions: Gazetteer,
) -> Result:
    answers = read_answers(request.answers)
    check_kept(request.out / REVIEW_LIST, answers)
    pending = start_reading(request.rosters, request.first_day, regions, workers)
    listener.stage(Text("Membaca daftar peserta BPJS", "Reading the insured list"), 1)
    insured = read_insured(request.insured, request.first_day, regions)
    listener.advance()
    if workers.started:
        prepare()  # while they read
    listener.stage(Text("Membaca daftar desa", "Reading the rosters"), len(request.rosters))
    rosters = read_rosters(
        request.rosters,
        pending,
        regions,
        listener,
        skip_unreadable=request.skip_unreadable,
        area=request.area,
    )

    area = request.area or area_of(rosters.listings)
    circumstances = replace(circumstances, area=area)

    listener.stage(Text("Mencari orang yang sama", "Finding the same person twice"))
    linkage = link(rosters.listings, insured, as_of=request.first_day, decisions=answers)

    listener.stage(Text("Memilih sesuai uang yang ada", "Choosing within the money"))
    people, allocation = choose(
        request, rosters.listings, insured, linkage, used, circumstances, offices, rosters.unclear
    )
    people = with_names(people, regions)
    rows = with_names(outcome.state_of_rows(rosters.listings, people, linkage.persons), regions)
    villages = summary.per_village(rows, people)
    report = describe(request, rosters, insured, linkage, rows, people, villages, allocation, used, area)

    with whole_folder(request.out) as folder:
        write_results(
            folder,
            request=request,
            rosters=rosters,
            insured=insured,
            linkage=linkage,
            answers=answers,
            people=people,
            rows=rows,
            villages=villages,
            report=report,
            used=used,
            listener=listener,
            workers=workers,
        )
    return Result(report, people, rows, villages)
