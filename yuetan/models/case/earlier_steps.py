"""The rows of the table of steps for 补录: a matter that was conducted on paper before it came into the system."""

from __future__ import annotations

from yuetan.models.case.requirements import earlier
from yuetan.models.flow.step import AlertRule, Direction, Step
from yuetan.permissions import DIRECTOR, OFFICER, SUPERVISOR, UNIT_SIDE
from yuetan.vocabulary import CaseState as State
from yuetan.vocabulary import Verb

# From the notice on; what had not come so far on paper is begun anew here.
WHERE_IT_GOES_ON = (
    State.NOTIFIED,
    State.INTERVIEWED,
    State.MINUTED,
    State.RECTIFYING,
    State.INSPECTING,
    State.CLOSED,
)

EARLIER = (
    Step(Verb.RECORD_EARLIER_CASE, (), State.DRAFTED, has_own_page=True),
    Step(
        Verb.HAND_IN_EARLIER_CASE,
        WHERE_IT_GOES_ON,
        requirements=(earlier.still_recording,),
        awaited_if=earlier.is_recording,
        alerts=(AlertRule((DIRECTOR,), "{subject}已补录完毕，请对照原件复核。"),),
        why="继续补录；补录完毕的，送复核",
    ),
    Step(
        Verb.CONFIRM_EARLIER_CASE,
        WHERE_IT_GOES_ON,
        requirements=(earlier.handed_in_for_review,),
        personal=(earlier.not_a_recorder,),
        awaited_if=earlier.waits_for_review,
        seen_by_unit=True,
        alerts=(
            AlertRule(UNIT_SIDE, "{subject}已由{the_office}补录到本系统，今后在此办理，请查看。"),
            AlertRule((OFFICER, SUPERVISOR), "{subject}的补录已复核，今后在系统中办理。"),
        ),
    ),
    Step(
        Verb.RETURN_EARLIER_CASE,
        WHERE_IT_GOES_ON,
        requirements=(earlier.handed_in_for_review,),
        alerts=(AlertRule((OFFICER,), "{subject}的补录被退回，请按退回原因改正。"),),
    ),
    Step(
        Verb.DISCARD_EARLIER_CASE,
        (State.DRAFTED, State.IN_REVIEW, State.PROPOSED, State.APPROVED, *WHERE_IT_GOES_ON),
        State.WITHDRAWN,
        Direction.END,
        alerts=(AlertRule((OFFICER, DIRECTOR), "{subject}的补录已作废。"),),
    ),
)
EARLIER_VERBS = frozenset(step.verb for step in EARLIER if step.sources)
# What can be entered of then; whatever the unit did itself is entered as its paper.
RECORDED_VERBS = (
    Verb.REVISE_DRAFT,
    Verb.SUBMIT,
    Verb.ENDORSE,
    Verb.REGISTER_DECISION,
    Verb.CONFIRM_APPROVAL,
    Verb.RETURN_REGISTRATION,
    Verb.SERVE_NOTICE,
    Verb.RESCHEDULE,
    Verb.REGISTER_RECEIPT,
    Verb.REGISTER_SUBMISSION,
    Verb.REGISTER_LEAVE,
    Verb.DECIDE_LEAVE,
    Verb.RECORD_ABSENCE,
    Verb.HOLD_INTERVIEW,
    Verb.REVISE_MINUTES,
    Verb.CONFIRM_MINUTES,
    Verb.SEND_MINUTES,
    Verb.REGISTER_MINUTES_ANSWER,
    Verb.ISSUE_MINUTES,
    Verb.ASSIGN,
    Verb.REGISTER_REPORT,
    Verb.REGISTER_PROGRESS,
    Verb.NOTE_PROGRESS,
    Verb.ACCEPT_TASK,
    Verb.RETURN_TASK,
    Verb.REGISTER_EXTENSION,
    Verb.DECIDE_EXTENSION,
    Verb.BEGIN_INSPECTION,
    Verb.CONCLUDE_INSPECTION,
    Verb.SIGN_INSPECTION,
    Verb.CLOSE,
)
# Entered by who sits here today, in the own name: paper is registered, and what was registered is compared.
IN_OWN_NAME = (
    Verb.REGISTER_DECISION,
    Verb.CONFIRM_APPROVAL,
    Verb.RETURN_REGISTRATION,
    Verb.REGISTER_RECEIPT,
    Verb.REGISTER_SUBMISSION,
    Verb.REGISTER_LEAVE,
    Verb.REGISTER_MINUTES_ANSWER,
    Verb.REGISTER_REPORT,
    Verb.REGISTER_PROGRESS,
    Verb.REGISTER_EXTENSION,
)
