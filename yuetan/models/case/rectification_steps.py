"""The rows of the table of steps from 交办 to 回头看; steps.py puts them with the others."""

from __future__ import annotations

from yuetan.models.case.requirements import inspection, reports, supervision, tasks
from yuetan.models.flow.step import Direction, Step
from yuetan.vocabulary import CaseState as State
from yuetan.vocabulary import Verb

UNDER_RECTIFICATION = (State.RECTIFYING, State.INSPECTING)

RECTIFICATION = (
    Step(Verb.ASSIGN, (State.MINUTED,), State.RECTIFYING, Direction.MAIN, seen_by_unit=True),
    Step(
        Verb.PREPARE_REPORT,
        (State.RECTIFYING,),
        requirements=(reports.has_task_to_report,),
        awaited_if=reports.report_is_awaited,
        is_recorded=False,
    ),
    Step(
        Verb.HAND_IN_REPORT,
        (State.RECTIFYING,),
        requirements=(reports.report_prepared,),
        awaited=True,
        explains=True,
        seen_by_unit=True,
    ),
    Step(
        Verb.PREPARE_PROGRESS,
        (State.RECTIFYING,),
        requirements=(reports.has_task_to_report,),
        awaited_if=reports.progress_is_near,
        due_on=reports.progress_due_on,
        is_recorded=False,
    ),
    Step(
        Verb.HAND_IN_PROGRESS,
        (State.RECTIFYING,),
        requirements=(reports.progress_prepared,),
        awaited=True,
        seen_by_unit=True,
    ),
    Step(
        Verb.NOTE_PROGRESS,
        UNDER_RECTIFICATION,
        requirements=(reports.has_progress_to_note,),
        awaited=True,
        seen_by_unit=True,
    ),
    Step(
        Verb.ACCEPT_TASK,
        UNDER_RECTIFICATION,
        requirements=(reports.has_report_to_review,),
        awaited=True,
        seen_by_unit=True,
    ),
    Step(Verb.RETURN_TASK, (State.RECTIFYING,), requirements=(reports.has_report_to_review,), seen_by_unit=True),
    Step(Verb.CHASE, (State.RECTIFYING,), requirements=(tasks.has_task_to_chase,), seen_by_unit=True),
    Step(
        Verb.ANSWER_CHASE,
        UNDER_RECTIFICATION,
        requirements=(tasks.has_chase_to_answer,),
        awaited=True,
        seen_by_unit=True,
    ),
    Step(Verb.ASK_EXTENSION, (State.RECTIFYING,), requirements=(reports.has_task_to_report,), seen_by_unit=True),
    Step(
        Verb.DECIDE_EXTENSION,
        (State.RECTIFYING,),
        requirements=(tasks.has_extension_to_decide,),
        awaited=True,
        seen_by_unit=True,
    ),
    Step(Verb.PAUSE_TASK, (State.RECTIFYING,), requirements=(tasks.has_task_to_pause,), seen_by_unit=True),
    Step(Verb.RESUME_TASK, (State.RECTIFYING,), requirements=(tasks.has_paused_task,), seen_by_unit=True),
    Step(
        Verb.ISSUE_SUPERVISION_LETTER,
        (State.RECTIFYING,),
        requirements=(supervision.has_task_to_supervise,),
        seen_by_unit=True,
    ),
    Step(
        Verb.ACKNOWLEDGE_SUPERVISION,
        UNDER_RECTIFICATION,
        requirements=(supervision.has_supervision_unsigned,),
        awaited=True,
        due_on=supervision.supervision_due_on,
        seen_by_unit=True,
    ),
    Step(
        Verb.ANSWER_SUPERVISION,
        UNDER_RECTIFICATION,
        requirements=(supervision.has_supervision_to_answer,),
        awaited=True,
        due_on=supervision.supervision_due_on,
        seen_by_unit=True,
    ),
)

INSPECTION = (
    Step(
        Verb.BEGIN_INSPECTION,
        (State.RECTIFYING,),
        State.INSPECTING,
        Direction.MAIN,
        requirements=(inspection.tasks_reported_or_due,),
        seen_by_unit=True,
    ),
    Step(Verb.CONCLUDE_INSPECTION, (State.INSPECTING,), awaited_if=inspection.inspection_is_open),
    Step(
        Verb.SEND_BACK,
        (State.INSPECTING,),
        State.RECTIFYING,
        Direction.RETURN,
        requirements=(inspection.inspection_concluded,),
        seen_by_unit=True,
    ),
    Step(Verb.RECORD_SITE_CHECK, UNDER_RECTIFICATION),
    Step(Verb.RECORD_CONSEQUENCE, UNDER_RECTIFICATION),
    Step(
        Verb.CLOSE,
        (State.INSPECTING,),
        State.CLOSED,
        Direction.MAIN,
        requirements=(inspection.inspection_lets_close,),
        seen_by_unit=True,
    ),
    Step(
        Verb.RECORD_REVISIT,
        (State.CLOSED,),
        requirements=(inspection.revisit_ahead,),
        awaited_if=inspection.revisit_is_due,
    ),
    Step(
        Verb.REOPEN,
        (State.CLOSED,),
        State.RECTIFYING,
        Direction.RETURN,
        requirements=(inspection.relapse_recorded, inspection.minutes_hold),
        seen_by_unit=True,
    ),
)
