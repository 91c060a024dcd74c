"""The rows for what is done about tasks, whatever handed them over: each origin has them in its own table."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from yuetan.models.case.requirements import paper_filing, reports, supervision, tasks, team, unit
from yuetan.models.flow.requirement import Requirement
from yuetan.models.flow.step import INSPECTORS, AlertRule, Step
from yuetan.permissions import DIRECTOR, OFFICER, SUPERVISOR, UNIT_SIDE
from yuetan.vocabulary import Party, Verb

ASKS_TO_SIGN = AlertRule((INSPECTORS,), "您参加了{subject}的督查、核查或者回头看，请看过记录后签认。")
BEGUN_BY_THE_OFFICE = (Verb.CHASE, Verb.ISSUE_SUPERVISION_LETTER)  # only against a unit that stands


# Of which states of its origin a row speaks; each table puts its own in their place.
RUNNING, CHECKED, SIGNED = ("running",), ("checked",), ("signed",)

_REPORTS = (
    Step(
        Verb.PREPARE_REPORT,
        RUNNING,
        requirements=(reports.has_task_to_report,),
        awaited_if=reports.report_is_awaited,
        is_recorded=False,
        has_shared_form=True,
    ),
    Step(
        Verb.HAND_IN_REPORT,
        RUNNING,
        requirements=(reports.report_prepared,),
        awaited=True,
        explains=True,
        explains_if=reports.asks_for_anything,
        seen_by_unit=True,
        alerts=(
            AlertRule((SUPERVISOR,), "{subject}有整改报告报送，请核查。"),
            AlertRule((Party.INTERVIEWER,), "{subject}的整改落实情况已书面报来，请约谈人查阅。"),
        ),
    ),
    Step(
        Verb.PREPARE_PROGRESS,
        RUNNING,
        requirements=(reports.has_task_to_report,),
        awaited_if=reports.progress_is_near,
        due_on=reports.progress_due_on,
        is_recorded=False,
        has_shared_form=True,
    ),
    Step(
        Verb.HAND_IN_PROGRESS,
        RUNNING,
        requirements=(reports.progress_prepared,),
        awaited=True,
        seen_by_unit=True,
        alerts=(AlertRule((SUPERVISOR,), "{subject}有进展报告报送，请查阅。"),),
    ),
    Step(
        Verb.NOTE_PROGRESS,
        CHECKED,
        requirements=(reports.has_progress_to_note,),
        personal=(paper_filing.progress_registered_by_another,),
        awaited=True,
        seen_by_unit=True,
        alerts=(AlertRule(UNIT_SIDE, "{subject}的进展报告已阅，请查看批阅意见。"),),
    ),
    Step(
        Verb.ACCEPT_TASK,
        CHECKED,
        requirements=(reports.has_report_to_review,),
        personal=(paper_filing.report_registered_by_another,),
        awaited=True,
        seen_by_unit=True,
        opinion_seen_by_unit=True,
        alerts=(AlertRule(UNIT_SIDE, "{subject}有整改任务销号。"),),
        task="核查整改报告",
    ),
    Step(
        Verb.RETURN_TASK,
        RUNNING,
        requirements=(reports.has_report_to_review,),
        personal=(paper_filing.report_registered_by_another,),
        seen_by_unit=True,
        opinion_seen_by_unit=True,
        alerts=(AlertRule(UNIT_SIDE, "{subject}有整改报告被退回，请按退回原因补齐后重新报送。"),),
    ),
)


_LIMITS = (
    Step(
        Verb.ASK_EXTENSION,
        RUNNING,
        requirements=(reports.has_task_to_report,),
        seen_by_unit=True,
        alerts=(AlertRule((DIRECTOR,), "{subject}有整改任务申请延期，请审批。"),),
    ),
    Step(
        Verb.DECIDE_EXTENSION,
        CHECKED,
        requirements=(tasks.has_extension_to_decide,),
        personal=(paper_filing.extension_registered_by_another,),
        awaited=True,
        seen_by_unit=True,
        opinion_seen_by_unit=True,
        alerts=(AlertRule((*UNIT_SIDE, SUPERVISOR), "{subject}的延期申请已审批，请查看。"),),
    ),
    Step(
        Verb.PAUSE_TASK,
        RUNNING,
        requirements=(tasks.has_task_to_pause,),
        seen_by_unit=True,
        opinion_seen_by_unit=True,
        alerts=(AlertRule((*UNIT_SIDE, SUPERVISOR), "{subject}有整改任务中止计时，请看由谁提出、计划哪天恢复。"),),
    ),
    Step(
        Verb.RESUME_TASK,
        RUNNING,
        requirements=(tasks.has_paused_task,),
        awaited_if=tasks.pause_has_run_out,
        seen_by_unit=True,
        opinion_seen_by_unit=True,
        alerts=(AlertRule((*UNIT_SIDE, SUPERVISOR), "{subject}有整改任务恢复计时，请留意新的截止日。"),),
        task="中止期满，恢复计时",
    ),
)


_CHASING = (
    Step(
        Verb.CHASE,
        RUNNING,
        requirements=(tasks.has_task_to_chase,),
        seen_by_unit=True,
        opinion_seen_by_unit=True,
        alerts=(AlertRule(UNIT_SIDE, "{the_office}催办{subject}的整改任务，请尽快办理并回复。"),),
    ),
    Step(
        Verb.ANSWER_CHASE,
        CHECKED,
        requirements=(tasks.has_chase_to_answer,),
        awaited=True,
        seen_by_unit=True,
        alerts=(AlertRule((OFFICER, SUPERVISOR), "{subject}的催办，单位已回复。"),),
    ),
    Step(
        Verb.ISSUE_SUPERVISION_LETTER,
        RUNNING,
        requirements=(supervision.has_task_to_supervise,),
        seen_by_unit=True,
        opinion_seen_by_unit=True,
        alerts=(AlertRule(UNIT_SIDE, "您单位收到整改督办单（{subject}），请签收、办理并回复。"),),
    ),
    Step(
        Verb.ACKNOWLEDGE_SUPERVISION,
        CHECKED,
        requirements=(supervision.has_supervision_unsigned,),
        awaited=True,
        due_on=supervision.supervision_due_on,
        seen_by_unit=True,
        alerts=(AlertRule((DIRECTOR, SUPERVISOR), "{subject}的督办单已签收。"),),
    ),
    Step(
        Verb.ANSWER_SUPERVISION,
        CHECKED,
        requirements=(supervision.has_supervision_to_answer,),
        awaited=True,
        due_on=supervision.supervision_due_on,
        seen_by_unit=True,
        opinion_seen_by_unit=True,
        alerts=(AlertRule((DIRECTOR, SUPERVISOR), "{subject}的督办单已回复，请查看。"),),
    ),
)


_ON_PAPER = (
    Step(
        Verb.REGISTER_REPORT,
        RUNNING,
        requirements=(reports.has_task_to_report,),
        seen_by_unit=True,
        alerts=(
            AlertRule((SUPERVISOR,), "{subject}有纸质整改报告代录，请核查。"),
            AlertRule(UNIT_SIDE, "{subject}的纸质整改报告已由{the_office}代录，请核对。"),
        ),
    ),
    Step(
        Verb.REGISTER_PROGRESS,
        RUNNING,
        requirements=(reports.has_task_to_report,),
        seen_by_unit=True,
        alerts=(
            AlertRule((SUPERVISOR,), "{subject}有纸质进展报告代录，请查阅。"),
            AlertRule(UNIT_SIDE, "{subject}的纸质进展报告已由{the_office}代录，请核对。"),
        ),
    ),
    Step(
        Verb.REGISTER_EXTENSION,
        RUNNING,
        requirements=(reports.has_task_to_report,),
        seen_by_unit=True,
        opinion_seen_by_unit=True,
        alerts=(
            AlertRule((DIRECTOR,), "{subject}有整改任务以纸质材料申请延期，请审批。"),
            AlertRule(UNIT_SIDE, "{subject}的纸质延期申请已由{the_office}代录，请核对。"),
        ),
    ),
    Step(
        Verb.REGISTER_CHASE_ANSWER,
        CHECKED,
        requirements=(tasks.has_chase_to_answer,),
        seen_by_unit=True,
        opinion_seen_by_unit=True,
        alerts=(
            AlertRule((SUPERVISOR,), "{subject}的催办，单位已以纸质材料回复。"),
            AlertRule(UNIT_SIDE, "{subject}的纸质催办回复已由{the_office}代录，请核对。"),
        ),
    ),
    Step(
        Verb.REGISTER_SUPERVISION_RECEIPT,
        CHECKED,
        requirements=(supervision.has_supervision_unsigned,),
        seen_by_unit=True,
        alerts=(
            AlertRule((DIRECTOR, SUPERVISOR), "{subject}的督办单已登记纸质回执。"),
            AlertRule(UNIT_SIDE, "{subject}的督办单已由{the_office}登记纸质回执，请核对。"),
        ),
    ),
    Step(
        Verb.REGISTER_SUPERVISION_ANSWER,
        CHECKED,
        requirements=(supervision.has_supervision_to_answer,),
        seen_by_unit=True,
        opinion_seen_by_unit=True,
        alerts=(
            AlertRule((DIRECTOR, SUPERVISOR), "{subject}的督办单，单位已以纸质材料回复，请查看。"),
            AlertRule(UNIT_SIDE, "{subject}的督办单纸质回复已由{the_office}代录，请核对。"),
        ),
    ),
)


_CHECKS = (
    Step(
        Verb.RECORD_SITE_CHECK,
        CHECKED,
        alerts=(ASKS_TO_SIGN,),
    ),
    Step(
        Verb.SIGN_INSPECTION,
        SIGNED,
        requirements=(team.has_team_to_sign,),
        awaited_by=team.awaits_signature_of,
        alerts=(AlertRule((SUPERVISOR,), "{subject}的督查记录有人签认，请查看。"),),
    ),
)

_ROWS = (*_REPORTS, *_LIMITS, *_CHASING, *_ON_PAPER, *_CHECKS)
TASK_VERBS = frozenset(row.verb for row in _ROWS)


@dataclass(frozen=True)
class TaskStates:
    """In which states of an origin its tasks run, what was handed in is checked, and what was checked is signed."""

    running: tuple[str, ...]
    checked: tuple[str, ...]
    signed: tuple[str, ...]


def task_steps(where: TaskStates, *always: Requirement) -> tuple[Step, ...]:
    """The rows of one origin; each asks for what it `always` requires before anything else."""
    sources: dict[tuple[str, ...], tuple[str, ...]] = {
        RUNNING: where.running,
        CHECKED: where.checked,
        SIGNED: where.signed,
    }
    return tuple(
        replace(row, sources=sources[row.sources], requirements=tuple(_required(row, always))) for row in _ROWS
    )


def _required(row: Step, always: Iterable[Requirement]) -> Iterable[Requirement]:
    yield from always
    yield from [unit.unit_stands] if row.verb in BEGUN_BY_THE_OFFICE else []
    yield from row.requirements
