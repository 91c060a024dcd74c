"""Decisions and answers by people who have no mouse."""

from collections.abc import Callable

from tests import cast
from tests.e2e.person import Person
from tests.factories import case_after, case_in
from yuetan.vocabulary import CaseState, Verb

TOWN_HEAD, TOWN_LIAISON = f"head_{cast.TOWN}", f"liaison_{cast.TOWN}"


def test_a_proposal_is_endorsed_and_approved_without_a_mouse(
    come_in: Callable[..., Person], it_is: Callable[..., None]
) -> None:
    title = case_in(CaseState.IN_REVIEW).title
    director = come_in("director", mouse=False)
    director.follow(title)
    director.follow("核稿同意，报审定")
    director.type(opinion="情况属实，建议约谈。")
    director.does("核稿同意，报审定")
    leader = come_in("group_leader", mouse=False)
    leader.follow(title)
    leader.write("审定意见", "同意，从速办理。")
    leader.does("审定同意")
    leader.reads("现由承办人办理：书面通知。")


def test_a_unit_signs_and_answers_without_a_mouse(come_in: Callable[..., Person], it_is: Callable[..., None]) -> None:
    title = case_in(CaseState.NOTIFIED).title
    liaison = come_in(TOWN_LIAISON, mouse=False)
    liaison.follow(title)
    liaison.follow("签收通知")
    liaison.checks_and_does("签收通知")


def test_minutes_are_answered_without_a_mouse(come_in: Callable[..., Person], it_is: Callable[..., None]) -> None:
    title = case_after(Verb.SEND_MINUTES).title
    head = come_in(TOWN_HEAD, mouse=False)
    head.follow(title)
    head.follow("反馈纪要意见")
    head.choose("无异议")
    head.checks_and_does("反馈纪要意见")
