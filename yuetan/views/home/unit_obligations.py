"""The obligations of a unit, open and fulfilled, with their dates: one table for its heads and liaisons."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils import timezone

from yuetan.ledgers.deadline_lights import DeadlineLights
from yuetan.models import Case, PendingStep, User
from yuetan.models.case.case import CaseQuerySet
from yuetan.models.flow.pending_step import FAR
from yuetan.rules.text import official_text
from yuetan.templatetags.official import moment, moment_in_words
from yuetan.views.frame.pagination import capped_count
from yuetan.views.home.obligation import (
    EITHER,
    HEADS_ALONE,
    MAX_CASES,
    MAX_FULFILLED,
    Fulfilment,
    Obligation,
    UnitObligations,
)
from yuetan.views.home.obligations_of_tasks import ask_for, obligations_of_tasks, on_paper
from yuetan.vocabulary import CaseState, Verb

MAX_ROWS = 400  # more than so many cases have


def cases_that_ask(own: UnitObligations, user: User) -> list[Case]:
    """The cases that fall due first; `own` keeps how many more there are, and when the first of them falls due."""
    units = [post.unit_id for post in user.current_posts if post.party]
    visible = Case.objects.visible_to(user).filter(unit__in=units).open()
    keys, own.reach = _soonest(visible, units)
    own.more_cases = capped_count(visible.exclude(pk__in=keys)) if len(keys) == MAX_CASES else 0
    return list(visible.filter(pk__in=keys).for_lists().with_unit_relations().with_grants_of(user))


def obligations_of_cases(cases: Sequence[Case], user: User, lights: DeadlineLights) -> list[Obligation]:
    """What these ask of the person's units, and what is done of the newest; their tasks are read by now."""
    newest = {case.pk for case in sorted(cases, key=_register_place)[-MAX_FULFILLED:]}
    shown = [ask for case in cases for ask in _of_case(case, user) if ask.is_open or case.pk in newest]
    for ask in shown:
        ask.deadline = lights.of(ask.due_on) if ask.is_open else None
    return shown


def _soonest(visible: CaseQuerySet, units: list[int]) -> tuple[list[object], date]:
    """Keys of the cases in which something falls due first, and the first day on which it does in any other."""
    rows = PendingStep.objects.of_units(units).order_by("listed_on", "pk")
    days = [*rows.values_list("case", "listed_on")[:MAX_ROWS]]
    of_cases = visible.soonest_first().values_list("pk", "due_on")[: MAX_CASES + 1]
    days += [(key, due_on or FAR) for key, due_on in of_cases]
    first: dict[object, date] = {}
    for key, falls_due in days:
        first[key] = min(falls_due, first.get(key, FAR))
    in_order = sorted(first, key=lambda key: first[key])
    return in_order[:MAX_CASES], min((first[key] for key in in_order[MAX_CASES:]), default=FAR)


def _register_place(case: Case) -> tuple[int, int]:
    return case.register_year, case.register_serial


def _of_case(case: Case, user: User) -> Iterator[Obligation]:
    yield _receipt(case, user)
    yield _submission_obligation(case, user)
    if case.state == CaseState.NOTIFIED and not case.has_begun:
        yield _interview(case)
    minutes = getattr(case, "minutes", None)
    if minutes is not None and minutes.sent_at is not None:
        yield _answer(case, user)
    yield from obligations_of_tasks(case, user)


def _receipt(case: Case, user: User) -> Obligation:
    signed = case.current_notice.receipt_or_none
    waiting = signed is None and case.state == CaseState.NOTIFIED
    ask = ask_for(case, user, "签收通知", EITHER, Verb.ACKNOWLEDGE_RECEIPT, due_on=case.receipt_due_on, is_open=waiting)
    if signed is not None:
        on_paper = "，纸质回执" if signed.is_of_paper else ""
        ask.done.append(Fulfilment(f"{signed.signer}于{signed.signed_moment}签收{on_paper}"))
    elif not waiting:
        ask.standing = "未签收"
    return ask


def _submission_obligation(case: Case, user: User) -> Obligation:
    handed_in = [version for version in case.submissions.all() if version.handed_in_at]
    waiting = not handed_in and case.state in (CaseState.NOTIFIED, CaseState.INTERVIEWED)
    facts: dict[str, Any] = {"due_on": case.submission_due_on, "is_open": waiting, "standing": _draft_standing(case)}
    verbs = (Verb.HAND_IN_SUBMISSION, Verb.PREPARE_SUBMISSION)
    ask = ask_for(case, user, "提交书面材料", f"联络员填写，{HEADS_ALONE}提交", *verbs, **facts)
    for version in sorted(handed_in, key=lambda version: version.version):
        assert version.handed_in_by is not None
        words = f"第 {version.version} 稿，{version.handed_in_by.name}于{moment(version.handed_in_at)}提交"
        ask.done.append(Fulfilment(words + on_paper(version), version.lateness))
    if not handed_in and not waiting:
        ask.standing = "未提交"
    return ask


def _draft_standing(case: Case) -> str:
    draft = case.submission_draft
    if draft is None:
        return ""
    missing = official_text.joined([part.label for part in draft.missing_parts])
    return f"草稿还缺：{missing}" if missing else f"草稿已齐，待{HEADS_ALONE}提交"


def _interview(case: Case) -> Obligation:
    names = official_text.joined([person.name for person in case.people_named])
    assert case.scheduled_at is not None
    when = f"{moment_in_words(case.scheduled_at)}，{case.place}"
    ask = Obligation("本人到会接受约谈", case.title, reverse("case", args=[case.pk]), names)
    ask.due_on = timezone.localtime(case.scheduled_at).date()
    leaves = [f"{leave.post.holder.name}请假：{leave.outcome}{on_paper(leave)}" for leave in case.leaves_now]
    ask.standing = "\n".join([when, *leaves])
    return ask


def _answer(case: Case, user: User) -> Obligation:
    minutes = case.minutes
    waiting = not minutes.answer and case.state == CaseState.INTERVIEWED
    facts: dict[str, Any] = {"due_on": minutes.answer_until, "is_open": waiting}
    ask = ask_for(case, user, "反馈纪要意见", HEADS_ALONE, Verb.ANSWER_MINUTES, **facts)
    if minutes.answer:
        ask.done.append(
            Fulfilment(f"{minutes.get_answer_display()}，{moment(minutes.answered_at)}反馈{on_paper(minutes)}")
        )
    elif not waiting:
        ask.standing = "未反馈"
    return ask
