"""What both sides have to keep an eye on from the notice on, each as a light and words."""

from __future__ import annotations

from django.db.models import F, Q
from django.utils.text import Truncator

from yuetan.ledgers.deadline_lights import DeadlineLights
from yuetan.models import Case, Leave
from yuetan.models.case.requirements.people import people_in_office
from yuetan.models.case.requirements.proposal import is_returned_unchanged
from yuetan.models.case.requirements.unit import unit_stands
from yuetan.rules.text.official_text import joined
from yuetan.views.case.page_context import events_of
from yuetan.vocabulary import CaseState, MinutesAnswer, Verb

StatusWarning = dict[str, str]

MAX_WORDS = 80


def status_warnings(case: Case, lights: DeadlineLights, *, inner: bool) -> list[StatusWarning]:
    """Shown in the panel on top of the case page."""
    if not unit_stands(case):
        return [_warning("red", _unit_words(case))] if inner else []
    if case.first_unit is not None and not case.is_ended:
        return [_warning("blue", _unit_words(case)), *_of_the_state(case, lights, inner=inner)]
    return _of_the_state(case, lights, inner=inner)


def _unit_words(case: Case) -> str:
    """What became of the unit, and who is responsible now."""
    if case.unit.retired_on is not None:
        return f"{case.unit.name}已撤并，待办公室主任决定转由承接单位办理"
    if not unit_stands(case):
        return f"原就{case.proposed_unit.name}提出，现由{case.unit.name}承接，不能按原建议继续"
    heads = joined(f"{post.title}{post.holder.name}" for post in case.unit.heads())
    names = heads or f"{case.unit.heads_name}（暂缺）"
    return f"{case.proposed_unit.name}的事项，由{case.unit.name}承接，整改现由{names}负责"


def _of_the_state(case: Case, lights: DeadlineLights, *, inner: bool) -> list[StatusWarning]:
    if case.state == CaseState.DRAFTED:
        return _returned_draft(case) if inner else []
    if case.state == CaseState.INTERVIEWED:
        return [*_of_the_minutes(case, inner=inner), *_late_submission(case)]
    if case.state in (CaseState.RECTIFYING, CaseState.INSPECTING) and case.relapses:
        return [_warning("red", f"问题复发 {case.relapses} 次，重新整改")]
    if case.state != CaseState.NOTIFIED:
        return []
    left = _people_today(case) if inner else []
    leaves = [_leave(case, leave, inner=inner) for leave in case.leaves_now]
    return [*left, *leaves, *_receipt(case, lights), *_missing_submission(case, lights)]


def _returned_draft(case: Case) -> list[StatusWarning]:
    """Why it came back, as long as it has not been changed."""
    if not is_returned_unchanged(case):
        return []
    returned = events_of(case, Q(verb=Verb.RETURN_FOR_CHANGES), lambda event: event.verb == Verb.RETURN_FOR_CHANGES)
    moved = events_of(case, ~Q(from_state=F("to_state")), lambda event: event.from_state != event.to_state)
    if not returned or returned[-1] != moved[-1]:
        return []
    last = returned[-1]
    assert last.actor is not None
    return [_warning("yellow", f"{last.actor.name}退回修改：{_short(last.opinion)}")]


def _of_the_minutes(case: Case, *, inner: bool) -> list[StatusWarning]:
    """What the interviewer or the interviewed side has against the text."""
    minutes = case.minutes
    if not inner:
        return []
    if minutes.returned_by is not None:
        return [_warning("yellow", f"{minutes.returned_by.name}退回纪要文本：{_short(minutes.return_reason)}")]
    if minutes.answer == MinutesAnswer.OBJECTED:
        return [_warning("red", f"被约谈方对纪要有异议：{_short(minutes.objection)}")]
    return []


def _short(words: str) -> str:
    """What fits into the panel; the whole stands in its card."""
    return Truncator(words).chars(MAX_WORDS)


def _late_submission(case: Case) -> list[StatusWarning]:
    if case.submission_handed_in is not None:
        return []
    return [_warning("yellow", "书面材料未提交，纪要印发前仍可补交")]


def _people_today(case: Case) -> list[StatusWarning]:
    """Who left, who is barred, who stayed away: as the steps that follow ask it."""
    absent = [_warning("red", f"{one.post.holder.name}未经准假缺席，须改期") for one in case.absences_now]
    against = [_warning("red", reason.text) for reason in people_in_office.reasons(case)]
    others = [] if against else [f"{one.name}已不任{one.title}，约谈时记为“已离任”" for one in case.departed_people]
    return [*absent, *against, *(_warning("yellow", words) for words in others)]


def _warning(light: str, words: str) -> StatusWarning:
    return {"light": light, "words": words}


def _leave(case: Case, leave: Leave, *, inner: bool) -> StatusWarning:
    name = leave.post.holder.name
    if leave.granted is None:
        return _warning("yellow", f"{name}请假，待约谈人审批")
    if not leave.granted:
        return _warning("blue", f"{name}请假未获准，须本人到会")
    if case.expected_people:
        return _warning("yellow", f"{name}已准假，其他约谈对象照常到会")
    return _warning("red", f"{name}已准假，{'须改期' if inner else '等待改期通知'}")


def _receipt(case: Case, lights: DeadlineLights) -> list[StatusWarning]:
    deadline = lights.of(case.receipt_due_on)
    if deadline is None or case.current_notice.receipt_or_none is not None:
        return []
    return [_warning(deadline.light, f"通知未签收，{deadline.words}")]


def _missing_submission(case: Case, lights: DeadlineLights) -> list[StatusWarning]:
    handed_in, deadline = case.submission_handed_in, lights.of(case.submission_due_on)
    if handed_in is not None:
        return [_warning("yellow", f"书面材料{handed_in.lateness}")] if handed_in.lateness else []
    return [_warning(deadline.light, f"书面材料未提交，{deadline.words}")] if deadline else []
