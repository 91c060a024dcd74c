"""What was drafted on the facts of a room, on the page where they stand; and where they stand, on its own page."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from typing import Any

from django.urls import reverse

from yuetan import permissions
from yuetan.ledgers.subjects import subject_url
from yuetan.models import (
    AccountabilityMeasure,
    AssessmentSheet,
    Case,
    Letter,
    PeriodicReport,
    ReceivedLetter,
    ReportScheme,
    RoundVisit,
    Subject,
    User,
)
from yuetan.models.follow_up import FollowUpQuerySet
from yuetan.models.reporting.scheme import SEE_REPORTS

_Keys = list[Any]  # of rows of one kind
_Behind = Callable[[User, _Keys], Iterator[tuple[str, str]]]
WHAT = {"case": "约谈事项", "letter": "提醒函", "measure_laid": "责任措施"}


def follow_up_rows(links: FollowUpQuerySet, user: User) -> list[dict[str, str]]:
    """For components/follow_ups.html: what each is, its title, where it stands, and its page."""
    return [_follow_up_row(one, user) for one in links.subjects_for(user)]


def follow_ups_of_units(links: FollowUpQuerySet, user: User) -> dict[int, list[dict[str, str]]]:
    """What was drafted, by the unit that it is about, the newest first."""
    rows: dict[int, list[dict[str, str]]] = defaultdict(list)
    for one in reversed(links.subjects_for(user)):
        if one.unit_id is not None:
            rows[one.unit_id].append(_follow_up_row(one, user))
    return rows


def _follow_up_row(one: Subject, user: User) -> dict[str, str]:
    return {"title": one.title, "url": subject_url(one), "state": str(one.state_for(user)), "what": WHAT[one.ABOUT]}


def sources_behind(subject: Case | Letter | AccountabilityMeasure, user: User) -> list[dict[str, str]]:
    """Where the facts stand on which it was drafted, as far as the person may see that as one of the office."""
    links = list(subject.source_links.all()) if subject.is_inner_to(user) else []
    rows = []
    for name, (room, behind) in _BEHIND.items():
        keys = [key for key in (getattr(link, f"{name}_id") for link in links) if key is not None]
        rows += [{"room": room, "label": label, "url": url} for label, url in (behind(user, keys) if keys else ())]
    return rows


def _visits_behind(user: User, keys: _Keys) -> Iterator[tuple[str, str]]:
    for visit in RoundVisit.objects.visible_to(user).with_relations().filter(pk__in=keys):
        yield str(visit), reverse("round_visit", args=[visit.pk])


def _reports_behind(user: User, keys: _Keys) -> Iterator[tuple[str, str]]:
    for report in PeriodicReport.objects.visible_to(user).with_relations().filter(pk__in=keys):
        yield str(report), reverse("report", args=[report.public_id])


def _schemes_behind(user: User, keys: _Keys) -> Iterator[tuple[str, str]]:
    if user.has_perm(permissions.name(SEE_REPORTS)):
        for scheme in ReportScheme.objects.filter(pk__in=keys):
            yield f"{scheme.title}的未报情况", reverse("missed_units", args=[scheme.pk])


def _letters_behind(user: User, keys: _Keys) -> Iterator[tuple[str, str]]:
    for letter in ReceivedLetter.objects.visible_to(user).with_relations().filter(pk__in=keys):
        yield str(letter), reverse("received_letter", args=[letter.pk])


def _sheets_behind(user: User, keys: _Keys) -> Iterator[tuple[str, str]]:
    related = AssessmentSheet.objects.visible_to(user).select_related("assessment__scheme", "unit__parent")
    for sheet in related.filter(pk__in=keys):
        yield str(sheet), reverse("assessment_sheet", args=[sheet.pk])


_BEHIND: dict[str, tuple[str, _Behind]] = {
    "visit": ("督导", _visits_behind),
    "report": ("信息报送", _reports_behind),
    "scheme": ("信息报送", _schemes_behind),
    "received_letter": ("三书一函", _letters_behind),
    "sheet": ("考核", _sheets_behind),
}
