"""Writing seeded cases in bulk: rows, numbered and worded papers, grants."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import chain
from typing import Any

from django.contrib.auth.models import Permission

from yuetan import grants, permissions
from yuetan.documents.issue import freeze, take_number
from yuetan.models import (
    Case,
    CaseGround,
    CaseGroupPermission,
    Document,
    Event,
    Extension,
    Inspection,
    Interview,
    IntervieweeAttendance,
    Measure,
    Minutes,
    NumberEntry,
    ProposalVersion,
    Receipt,
    Revisit,
    Submission,
    Task,
    TaskFinding,
    TaskReport,
)
from yuetan.rules import check_code
from yuetan.scenarios.bulk.rows import Paper, Rows
from yuetan.vocabulary import OUTER_STATE_NAMES

# What others point to comes first.
BEFORE_PAPERS: tuple[Any, ...] = (
    *(
        Submission,
        Interview,
        IntervieweeAttendance,
        Measure,
        Minutes,
        Task,
        TaskReport,
        Extension,
        Inspection,
        TaskFinding,
        Revisit,
    ),
)
AT_ONCE = 2000
FOR_WORDING = (
    *("unit__parent", "interviewer__holder", "interviewer__unit", "interview__interviewer__holder"),
    *("interview__interviewer__unit", "interview__recorder", "minutes", "drafter"),
)


def write(cases: Sequence[Rows]) -> None:
    """Write a batch of cases, in the order in which rows point to each other."""
    Case.objects.bulk_create([told.case for told in cases], AT_ONCE)
    _write_proposals(cases)
    rows: dict[type[Any], list[Any]] = defaultdict(list)
    for row in chain.from_iterable(told.rows for told in cases):
        rows[type(row)].append(row)
    for model in BEFORE_PAPERS:
        model.objects.bulk_create(rows[model], AT_ONCE)
    _write_papers(cases)
    Receipt.objects.bulk_create(rows[Receipt], AT_ONCE)
    Event.objects.bulk_create(chain.from_iterable(told.events for told in cases), AT_ONCE)
    _write_grants(cases)


def _write_proposals(cases: Sequence[Rows]) -> None:
    interviewees = Case.interviewees.through
    met = [interviewees(case=told.case, post=post) for told in cases for post in told.side.heads]
    interviewees.objects.bulk_create(met, AT_ONCE)
    CaseGround.objects.bulk_create([told.ground for told in cases], AT_ONCE)
    ProposalVersion.objects.bulk_create(chain.from_iterable(told.versions for told in cases), AT_ONCE)


def _write_papers(cases: Sequence[Rows]) -> None:
    papers = sorted(chain.from_iterable(told.papers for told in cases), key=lambda paper: paper.document.issued_at)
    _number(papers)
    concerned = {paper.case.pk for paper in papers}
    regulation = cases[0].footing.regulation
    written = {case.pk: case for case in Case.objects.select_related(*FOR_WORDING).filter(pk__in=concerned)}
    for paper in papers:
        document, case = paper.document, written[paper.case.pk]
        case.regulation, case.scheduled_at = regulation, paper.scheduled_at
        freeze(document, case, reason=paper.reason, replaced_number=paper.replaces.number if paper.replaces else "")
    NumberEntry.objects.bulk_create([paper.document.entry for paper in papers], AT_ONCE)
    Document.objects.bulk_create([paper.document for paper in papers], AT_ONCE)


def _number(papers: Sequence[Paper]) -> None:
    counts = Counter((paper.document.prefix, paper.document.year) for paper in papers)
    taken = {key: take_number(*key, number) - number for key, number in counts.items()}
    for paper in papers:
        document = paper.document
        taken[document.prefix, document.year] += 1
        document.serial = taken[document.prefix, document.year]
        document.check_code = check_code.new()
        document.entry = _entry(document)
        for event in paper.events:
            event.data["document"] = document.number


def _entry(document: Document) -> NumberEntry:
    return NumberEntry(
        prefix=document.prefix,
        year=document.year,
        serial=document.serial,
        kind=document.kind,
        given_by=document.issued_by,
        given_at=document.issued_at,
    )


def _write_grants(cases: Sequence[Rows]) -> None:
    rows = dict(Permission.objects.filter(content_type__app_label=permissions.APP).values_list("codename", "pk"))
    of_groups = [
        CaseGroupPermission(group_id=group, permission_id=rows[name], content_object=told.case)
        for told in cases
        if told.papers and told.case.state in OUTER_STATE_NAMES
        for party, group in told.side.groups.items()
        for name in permissions.granted_to(party, "case")
    ]
    CaseGroupPermission.objects.bulk_create(of_groups, AT_ONCE)
    grants.follow_people(Case.objects.filter(pk__in=[told.case.pk for told in cases]))
