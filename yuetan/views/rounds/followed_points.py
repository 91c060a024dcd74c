"""What a 跟踪督查 follows on the page of its visit, and what one begins with that somebody asked for elsewhere."""

from __future__ import annotations

from django.urls import reverse
from django.utils.http import urlencode

from yuetan.actions.rounds.planning import PLANNING
from yuetan.forms.frame.bounds import unnumbered_key
from yuetan.models import Document, RoundFinding, RoundVisit, Task, User
from yuetan.models.rounds.followed import NOT_RIGHTED, RIGHTED, FollowedPoint
from yuetan.models.rounds.followed_paper import may_read_followed
from yuetan.views.frame.request import Request
from yuetan.vocabulary import RoundKind

FOLLOWS = "follows"  # in an address: the key of the paper that shall be followed


def follow_up_of(visit: RoundVisit, user: User, *, inner: bool, informed: bool) -> dict[str, object]:
    """What the visit follows, and where one that follows it is planned."""
    return {**followed_points(visit, user, informed=informed), "follow_url": _follow_url(visit, user) if inner else ""}


def _follow_url(visit: RoundVisit, user: User) -> str:
    """Where a 跟踪督查 of it is planned, for who plans one; empty where nothing is wrong."""
    paper = visit.opinion if visit.problem_count and PLANNING.may_take(None, user) else None
    return f"{reverse('plan_round')}?{urlencode({FOLLOWS: str(paper.pk)})}" if paper is not None else ""


def followed_points(visit: RoundVisit, user: User, *, informed: bool) -> dict[str, object]:
    """Each point, with the task that it was as that stands now, and once it may be known whether it was put right; of
    the office only who may read the paper still."""
    points = visit.points_followed
    if not points:
        return {}
    if not may_read_followed(visit, user):
        return {"points_hidden": True}
    keys = [int(one["task"]) for one in points if one["task"]]
    tasks = {str(one.pk): one for one in Task.objects.visible_to(user).filter(pk__in=keys)}
    findings = RoundFinding.objects.standing_of(visit).exclude(answers=None) if informed else ()
    outcomes = {one.answers: one.outcome for one in findings}
    rows = [_point_row(one, tasks, outcomes.get(place, "")) for place, one in enumerate(points, start=1)]
    return {"points": rows, "followed_url": _url_of_paper(visit.followed["paper"], user)}


def _point_row(one: FollowedPoint, tasks: dict[str, Task], outcome: str) -> dict[str, object]:
    light = {RIGHTED: "green", NOT_RIGHTED: "red"}.get(outcome, "")
    return {"words": one["words"], "task": tasks.get(one["task"]), "outcome": outcome, "light": light}


def _url_of_paper(key: str, user: User) -> str:
    """Where it is read; empty for who may not, and once it is gone."""
    is_seen = Document.objects.visible_to(user).filter(pk=key).exists()
    return reverse("document", args=[key]) if is_seen else ""


def plan_asked(request: Request) -> dict[str, object]:
    """The plan of a 跟踪督查 of the paper that the address asks for, as the form begins; nothing where it asks for
    none that the person may see."""
    key = unnumbered_key(request.GET.get(FOLLOWS, ""))
    paper = Document.objects.visible_to(request.user).filter(pk=key).first() if key is not None else None
    about = (paper.case or paper.measure_laid or paper.visit) if paper is not None else None
    if paper is None or about is None:
        return {}
    row = {"unit": about.unit.full_name, "points": "跟踪的文书所提问题的整改情况。", "follows": paper.number}
    return {"initial": {"kind": RoundKind.FOLLOW_UP, "visits": [row]}}
