"""The rows of the table of steps from 拟稿 to the decision, and 撤回; steps.py puts them with the others."""

from __future__ import annotations

from yuetan.models.case.requirements import people, proposal, registration, unit
from yuetan.models.flow.step import APPROVERS, AlertRule, Direction, Step
from yuetan.permissions import DIRECTOR, OFFICER, UNIT_SIDE
from yuetan.vocabulary import CaseState as State
from yuetan.vocabulary import Party, Verb

# Words of a step that several rows of the table are.
_RETURNED = (AlertRule((Party.DRAFTER,), "{subject}被退回修改，请按退回原因修改后重新报核。"),)
_APPROVED = (AlertRule((OFFICER,), "{subject}已审定同意，请办理书面通知。"),)
_DECLINED = (AlertRule((Party.DRAFTER, DIRECTOR), "{subject}经审定不予约谈。"),)
_WITHDRAWN = (AlertRule((DIRECTOR, OFFICER), "{subject}已撤回。"),)
_CANCELLED = (AlertRule(UNIT_SIDE, "{subject}已取消，请查看取消约谈的通知。"), *_WITHDRAWN)

PROPOSAL = (
    Step(Verb.DRAFT, (), State.DRAFTED, explains_recusal=True, has_own_page=True),
    Step(Verb.REVISE_DRAFT, (State.DRAFTED,), awaited_if=proposal.is_returned_unchanged),
    Step(
        Verb.SUBMIT,
        (State.DRAFTED,),
        State.IN_REVIEW,
        Direction.MAIN,
        requirements=(unit.unit_stands, proposal.proposal_complete, people.interview_assigned),
        alerts=(AlertRule((DIRECTOR,), "{subject}已报核，请核稿。"),),
    ),
    Step(
        Verb.RETURN_FOR_CHANGES,
        (State.IN_REVIEW,),
        State.DRAFTED,
        Direction.RETURN,
        codename="return_review",
        alerts=_RETURNED,
    ),
    Step(
        Verb.RETURN_FOR_CHANGES,
        (State.PROPOSED,),
        State.DRAFTED,
        Direction.RETURN,
        codename="return_proposal",
        requirements=(registration.no_registration_open,),
        alerts=_RETURNED,
    ),
    Step(
        Verb.TAKE_BACK,
        (State.IN_REVIEW, State.PROPOSED),
        State.DRAFTED,
        Direction.RETURN,
        requirements=(registration.no_registration_open,),
        alerts=(AlertRule((DIRECTOR,), "{subject}已由拟稿人取回修改，改好后重新报核，现在不必办理。"),),
    ),
    Step(
        Verb.ENDORSE,
        (State.IN_REVIEW,),
        State.PROPOSED,
        Direction.MAIN,
        requirements=(unit.unit_stands, proposal.text_as_handed_in, people.interview_assigned),
        personal=(proposal.not_the_drafter,),
        alerts=(
            AlertRule((APPROVERS,), "{subject}已核稿，请审定。"),
            AlertRule((Party.DRAFTER,), "{subject}已核稿，报审定。"),
        ),
        task="核稿",
    ),
    Step(
        Verb.APPROVE,
        (State.PROPOSED,),
        State.APPROVED,
        Direction.MAIN,
        requirements=(
            unit.unit_stands,
            proposal.text_as_handed_in,
            people.interview_assigned,
            registration.no_registration_open,
        ),
        personal=(proposal.may_approve_this,),
        explains_recusal=True,
        alerts=_APPROVED,
        authenticate_again=True,
        task="审定",
    ),
    Step(
        Verb.DECLINE,
        (State.PROPOSED,),
        State.DECLINED,
        Direction.END,
        requirements=(proposal.text_as_handed_in, registration.no_registration_open),
        personal=(proposal.may_approve_this,),
        explains_recusal=True,
        alerts=_DECLINED,
        authenticate_again=True,
    ),
    Step(
        Verb.WITHDRAW,
        (State.DRAFTED, State.IN_REVIEW),
        State.WITHDRAWN,
        Direction.END,
        codename="withdraw_proposal",
        alerts=_WITHDRAWN,
    ),
    Step(
        Verb.WITHDRAW,
        (State.PROPOSED,),
        State.WITHDRAWN,
        Direction.END,
        codename="withdraw_proposal",
        requirements=(registration.no_registration_open,),
        alerts=_WITHDRAWN,
    ),
    Step(
        Verb.WITHDRAW,
        (State.APPROVED,),
        State.WITHDRAWN,
        Direction.END,
        codename="withdraw_approval",
        alerts=_WITHDRAWN,
    ),
    Step(
        Verb.REGISTER_DECISION,
        (State.PROPOSED,),
        requirements=(proposal.text_as_handed_in, registration.no_registration_open),
        personal=(registration.registrar_not_recused,),
        awaited_by=registration.registration_is_the_directors,
        explains_recusal=True,
        alerts=(AlertRule((OFFICER, DIRECTOR), "{subject}已登记审定，请登记人以外的一人复核。"),),
    ),
    Step(
        Verb.CONFIRM_APPROVAL,
        (State.PROPOSED,),
        State.APPROVED,
        Direction.MAIN,
        requirements=(
            unit.unit_stands,
            registration.approval_to_review,
            proposal.text_as_handed_in,
            people.interview_assigned,
        ),
        personal=(registration.not_the_registrar,),
        awaited=True,
        alerts=_APPROVED,
    ),
    Step(
        Verb.CONFIRM_DECLINE,
        (State.PROPOSED,),
        State.DECLINED,
        Direction.END,
        requirements=(registration.decline_to_review, proposal.text_as_handed_in),
        personal=(registration.not_the_registrar,),
        awaited=True,
        alerts=_DECLINED,
    ),
    Step(
        Verb.RETURN_REGISTRATION,
        (State.PROPOSED,),
        requirements=(registration.registration_to_review,),
        alerts=(AlertRule((OFFICER, DIRECTOR), "{subject}的审定登记被退回，请重新登记。"),),
    ),
    Step(
        Verb.WITHDRAW,
        (State.NOTIFIED,),
        State.WITHDRAWN,
        Direction.END,
        codename="withdraw_approval",
        seen_by_unit=True,
        opinion_seen_by_unit=True,
        alerts=_CANCELLED,
    ),
)
