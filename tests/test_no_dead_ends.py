"""No case comes to a state with no way out for anybody: every state, every post vacant, everybody barred in turn.

Each history is told once; posts are emptied and people barred inside a savepoint that is undone, but for the rows of
待办, which nothing here asks. A way on is a step that waits and that somebody who exists may take, or the step that the
refusal of the main line names as its remedy. Where there is none, a post must be vacant, and the page must name it and
who fills it.
"""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import transaction

from tests import cast
from tests.factories import case_after, later
from yuetan import grants
from yuetan.actions.step import dry_run
from yuetan.models import Case, Post, Unit, User
from yuetan.models.office.read_once import reading_once
from yuetan.rules.dates import clock
from yuetan.views.case.whose_turn import WHO_FILLS, able, whose_turn
from yuetan.vocabulary import HEAD_POSTS, CaseState, PostKind, Verb

# What is merely kept beside the main line keeps no case going.
MEANWHILE = (Verb.ACKNOWLEDGE_RECEIPT, Verb.REGISTER_RECEIPT, Verb.PREPARE_SUBMISSION, Verb.HAND_IN_SUBMISSION)
REMEDIES = {Verb.RETURN_FOR_CHANGES: "退回修改", Verb.WITHDRAW: "撤回", Verb.RESCHEDULE: "改期"}
# A point of the usual history, the days since, and a unit: the group leader interviews the member unit.
MOMENTS = (
    (Verb.DRAFT, 0, cast.MEMBER_UNIT),
    (Verb.SUBMIT, 0, cast.MEMBER_UNIT),
    (Verb.ENDORSE, 0, cast.MEMBER_UNIT),
    (Verb.APPROVE, 0, cast.MEMBER_UNIT),
    (Verb.SERVE_NOTICE, 8, cast.TOWN),
    (Verb.HOLD_INTERVIEW, 0, cast.MEMBER_UNIT),
    (Verb.CONFIRM_MINUTES, 0, cast.TOWN),
    (Verb.SEND_MINUTES, 9, cast.TOWN),
    (Verb.ISSUE_MINUTES, 0, cast.TOWN),
    (Verb.PREPARE_REPORT, 0, cast.TOWN),
    (Verb.ACCEPT_TASK, 0, cast.TOWN),
    (Verb.CONCLUDE_INSPECTION, 0, cast.TOWN),
)
LEADERS = (PostKind.GROUP_LEADER, PostKind.FIRST_DEPUTY_LEADER, PostKind.DEPUTY_LEADER)
VACANCIES: tuple[tuple[PostKind, ...], ...] = (
    (),
    *((kind,) for kind in (*LEADERS, PostKind.OFFICE_DIRECTOR, PostKind.CASE_OFFICER, PostKind.SUPERVISOR)),
    HEAD_POSTS,
    LEADERS,
)
BARRED = {
    "": None,
    "group_leader": PostKind.GROUP_LEADER,
    "first_deputy": PostKind.FIRST_DEPUTY_LEADER,
    "deputy": PostKind.DEPUTY_LEADER,
    "director": PostKind.OFFICE_DIRECTOR,
    "officer": PostKind.CASE_OFFICER,
    "supervisor": PostKind.SUPERVISOR,
}


@contextmanager
def undone() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def empty(unit: Unit, kinds: tuple[PostKind, ...]) -> None:
    """Everybody leaves these posts."""
    inner = Post.objects.current().filter(kind__in=kinds, unit__code__in=(cast.GROUP, cast.OFFICE))
    posts = [*inner, *Post.objects.current().filter(kind__in=kinds, unit=unit)]
    Post.objects.filter(pk__in=[post.pk for post in posts]).update(ended_on=clock.today())
    for post in posts:
        grants.join_groups(User.objects.get(pk=post.holder_id))


def bar(username: str, unit: Unit) -> None:
    """Somebody comes to hold a post in the unit too."""
    who = cast.person(username)
    Post.objects.create(unit=unit, holder=who, kind=PostKind.LIAISON, title="联系领导", began_on=clock.today())
    grants.join_groups(who)


def can_go_on(case: Case) -> bool:
    steps = [step for step in case.steps_now() if step.verb not in MEANWHILE]
    waiting = [step for step in steps if step.is_awaited(case)]
    if any(step.is_met(case) and able(case, step) for step in waiting):
        return True
    reasons = [reason.text for step in waiting for one in step.requirements for reason in one.reasons(case)]
    remedies = {verb for verb, word in REMEDIES.items() if any(word in text for text in reasons)}
    if case.state == CaseState.DRAFTED:
        remedies.add(Verb.REVISE_DRAFT)
    return any(step.verb in remedies and step.is_met(case) and able(case, step) for step in steps)


def dead_end(case: Case, vacant: tuple[PostKind, ...], barred: str) -> str:
    """What is wrong with it; empty if somebody has a way on, or the page names a vacant post and who fills it."""
    with reading_once():
        case = Case.objects.select_related("unit", "regulation").get(pk=case.pk)
        if can_go_on(case):
            return ""
        words = whose_turn(case, inner=True)
    names = [case.unit.heads_name if kind in HEAD_POSTS else kind.label for kind in vacant]
    if WHO_FILLS[:5] in words and any(name in words for name in names):
        return ""
    return f"{case.state}, {'、'.join(names)}暂缺, {barred}回避: {words!r}"


def dead_ends(case: Case) -> list[str]:
    found = []
    for vacant in VACANCIES:
        with undone():
            empty(case.unit, vacant)
            for barred, kind in BARRED.items():
                if kind in vacant:
                    continue
                with undone():
                    if barred:
                        bar(barred, case.unit)
                    found.append(dead_end(case, vacant, barred))
    return [each for each in found if each]


@pytest.mark.parametrize(("verb", "days", "unit"), MOMENTS)
def test_from_every_state_somebody_has_a_way_on(office, verb, days, unit):
    case = case_after(verb, unit=cast.unit(unit))
    with later(days=days):
        assert dead_ends(case) == []


def test_the_search_sees_a_dead_end(office, town, monkeypatch):
    case = case_after(Verb.SUBMIT)
    with dry_run():
        for who in ("officer", "second_officer", "director", "supervisor"):
            bar(who, town)
        assert case.state == CaseState.IN_REVIEW
        assert dead_end(case, (), "所有人").startswith("in_review")
