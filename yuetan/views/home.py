"""待办: what waits for me, soonest first."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from yuetan import permissions
from yuetan.models import Case, Letter, User
from yuetan.models.case_acts import ACTS
from yuetan.models.case_flow import machine
from yuetan.rules import clock
from yuetan.rules.deadlines import Deadline
from yuetan.views.choices import awaited, is_awaited
from yuetan.views.lights import Lights
from yuetan.vocabulary import LetterState, Verb

MOST_LOOKED_AT = 200
MOST_SHOWN = 30


@dataclass(frozen=True)
class Duty:
    """One thing that waits for the person."""

    url: str
    title: str
    unit: str
    deeds: str
    deadline: Deadline | None


def home(request: HttpRequest) -> HttpResponse:
    """The first page of everybody: what they have to do, and nothing they may not see."""
    user = request.user
    lights = Lights.now()
    looked_at = list(_candidates(user)[:MOST_LOOKED_AT])
    duties = [*_letter_duties(user), *(duty for case in looked_at if (duty := _duty(case, user, lights)))]
    due_today = [duty for duty in duties if duty.deadline and duty.deadline.words == "今天到期"]
    overdue = [duty for duty in duties if duty.deadline and duty.deadline.light == "red"]
    visible = Case.objects.visible_to(user)
    tiles = [("待我办理", len(duties)), ("今天到期", len(due_today)), ("已逾期", len(overdue))]
    if user.current_posts:
        tiles.append(("本年约谈事项", visible.filter(register_year=clock.today().year)[:1001].count()))
    facts = {"duties": duties[:MOST_SHOWN], "more": len(duties) > MOST_SHOWN, "tiles": tiles}
    return render(request, "home.html", {**facts, "has_post": bool(user.current_posts)})


def _candidates(user: User) -> QuerySet[Case]:
    """Cases in a state in which something could wait for this person."""
    visible = Case.objects.visible_to(user).open()
    states = [state for state, permission in _awaited_states() if user.has_perm(permission)]
    by_role = visible.filter(state__in=states).order_by().values("pk")
    as_party = visible.granted_to(user).order_by().values("pk")
    keys = by_role.union(as_party)
    if not user.has_perm(permissions.name("see_inner_case")):
        keys = keys.union(visible.order_by().values("pk"))
    found = Case.objects.filter(pk__in=keys).soonest_first().for_lists()
    return found.with_what_steps_ask().with_grants_of(user)


def _awaited_states() -> list[tuple[str, str]]:
    ways = [(way.source, way.permission) for way in machine(Case) if is_awaited(way)]
    return ways + [(state, act.permission) for act in ACTS.values() if is_awaited(act) for state in act.states]


def _duty(case: Case, user: User, lights: Lights) -> Duty | None:
    deeds = awaited(case, user)
    if not deeds:
        return None
    return Duty(
        url=reverse("case", args=[case.pk]),
        title=case.title,
        unit=case.unit.full_name,
        deeds="；".join(deeds),
        deadline=lights.of(case.due_on),
    )


def _letter_duties(user: User) -> list[Duty]:
    letters = Letter.objects.visible_to(user).select_related("unit__parent")
    to_sign = letters.none()
    if user.has_perm(permissions.name(Verb.APPROVE_LETTER)):
        to_sign = letters.filter(state=LetterState.DRAFTED)
    unread = letters.filter(state=LetterState.ISSUED, unit__in=[p.unit_id for p in user.current_posts if p.party])
    unread = unread.filter(document__receipt=None)
    found = [(letter, Verb.APPROVE_LETTER) for letter in to_sign[:MOST_SHOWN]]
    found += [(letter, Verb.ACKNOWLEDGE_LETTER) for letter in unread[:MOST_SHOWN]]
    return [
        Duty(reverse("letter", args=[letter.pk]), letter.title, letter.unit.full_name, verb.label, None)
        for letter, verb in found
    ]
