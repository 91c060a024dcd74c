"""Proposing: 拟稿, 报核, 取回, 核稿, 退回, 撤回."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NotRequired, TypedDict, Unpack

from django.db import transaction

from yuetan.actions.files.attachment import examine_files, examine_rows
from yuetan.actions.files.sheet_evidence import FIELD, keep_sheets, printed_sheets, sheet_lacking, sheet_problems
from yuetan.actions.pending import settle_leaves
from yuetan.actions.proposal.grounds import GroundRow, ground_of_sheets, grounds_of_assessment, replace_grounds
from yuetan.actions.proposal.proposal_rules import (
    against_own_unit,
    invalid,
    name_interviewer,
    not_as_shown,
    unresolved_duplicates,
)
from yuetan.actions.step import delete_files, refuse_if_any, step
from yuetan.documents.issue import issue
from yuetan.documents.number_series import take_number
from yuetan.models import AssessmentSheet, Case, Door, Post, ProposalVersion, Regulation, Unit, User
from yuetan.models.case.proposal import bound_digest, proposal_text
from yuetan.rules.dates import clock
from yuetan.rules.refusals import finding
from yuetan.rules.text.empty_words import require_words
from yuetan.rules.text.handling import Handling, LetterHandlingInput
from yuetan.vocabulary import REGISTER, CaseState, DocumentKind, Verb


class ProposalData(TypedDict):
    """The fields of a proposal, as ProposalForm gives them."""

    unit: Unit
    interviewees: Sequence[Post]
    matter: str
    distinct_from: Sequence[Case]
    grounds: Sequence[GroundRow]
    other_words: str
    interviewer: Post | None
    door: NotRequired[Door | None]
    door_words: NotRequired[str]
    sheets: NotRequired[Sequence[AssessmentSheet]]


def draft(
    *,
    by: User,
    unit: Unit,
    interviewees: Sequence[Post],
    matter: str,
    distinct_from: Sequence[Case],
    grounds: Sequence[GroundRow],
    other_words: str,
    interviewer: Post | None,
    door: Door | None = None,
    door_words: str = "",
    sheets: Sequence[AssessmentSheet] = (),
) -> Case:
    """Begin a case as a draft (拟稿); what no proposal may ever say is refused at once.

    `sheets` are those of the unit that found it 不合格: the system prints each and puts it among the evidence. Raises
    NotYours for anybody but a case officer, Refused for one's own unit (回避), for a ground that Art. 4 or 5 does not
    name for such a unit, for interviewees who do not head it, and for a file that is not accepted. Effects: a case
    with its number of the register, which only the office sees.
    """
    today = clock.today()
    regulation = Regulation.objects.in_force(today)
    case = Case(regulation=regulation, register_year=today.year, drafter=by)
    case.unit, case.matter, case.other_words = unit, matter, other_words
    case.door, case.door_words = door, door_words.strip()
    with step(case, Verb.DRAFT, by=by) as case:
        refuse_if_any(case, against_own_unit(case, by))
        refuse_if_any(case, invalid(case, grounds, interviewees, interviewer))
        refuse_if_any(case, sheet_problems(sheets, unit))
        examined_files = examine_rows(case, grounds, "grounds")
        printed = examine_files(case, printed_sheets(sheets), FIELD)
        name_interviewer(case, interviewees, interviewer)
        case.register_serial = take_number(REGISTER, today.year)
        case.save()
        case.interviewees.set(interviewees)
        case.distinct_from.set(distinct_from)
        replace_grounds(case, grounds, examined_files, by=by)
        keep_sheets(case, sheets, printed, by=by, belongs=ground_of_sheets(case))
    return case


def revise_draft(
    case: Case,
    *,
    by: User,
    unit: Unit,
    interviewees: Sequence[Post],
    matter: str,
    distinct_from: Sequence[Case],
    grounds: Sequence[GroundRow],
    other_words: str,
    interviewer: Post | None,
    door: Door | None = None,
    door_words: str = "",
    sheets: Sequence[AssessmentSheet] = (),
) -> Case:
    """Change a draft: only in 拟稿, only by its drafter; the event lists the removed files.

    `sheets` are those of the unit that found it 不合格. Raises StateChanged once it is handed in, NotYours for anybody
    but its drafter, Refused for what a first draft could not say either.
    """
    facts: dict[str, str] = {}
    examined_files = examine_rows(case, grounds, "grounds")
    printed = examine_files(case, printed_sheets(sheets), FIELD)
    with step(case, Verb.REVISE_DRAFT, by=by, facts=facts) as case:
        case.unit, case.matter, case.other_words = unit, matter, other_words
        case.door, case.door_words = door, door_words.strip()
        case.first_unit = None  # the proposal is about this unit from now on
        refuse_if_any(case, against_own_unit(case, by))
        refuse_if_any(case, [*invalid(case, grounds, interviewees, interviewer), *sheet_problems(sheets, unit)])
        name_interviewer(case, interviewees, interviewer)
        case.interviewees.set(interviewees)
        case.distinct_from.set([*distinct_from, *_distinct_unseen(case, by)])
        removed = replace_grounds(case, grounds, examined_files, by=by)
        keep_sheets(case, sheets, printed, by=by, belongs=ground_of_sheets(case))
        if removed:
            facts["removed"] = "、".join(removed)
    return case


def _distinct_unseen(case: Case, by: User) -> list[Case]:
    """Cases that were marked as distinct before they were narrowed without the drafter (知悉范围): they stay marked."""
    if not Case.objects.leaves_out(by):
        return []
    return list(case.distinct_from.filter(Case.objects.left_out(by)))


def propose(case: Case | None, *, by: User, hand_in: bool, **proposal: Unpack[ProposalData]) -> Case:
    """Draft a proposal or change its draft and, if asked, hand it in: both or nothing.

    Raises what draft, revise_draft and submit raise; no row and no file stays then.
    """
    kept: Case | None = None
    try:
        with transaction.atomic():
            kept = draft(by=by, **proposal) if case is None else revise_draft(case, by=by, **proposal)
            if not hand_in:
                return kept
            handed_in = submit(kept, by=by)
            handed_in.stored_files += kept.stored_files
            return handed_in
    except BaseException:
        if kept is not None:
            delete_files(kept.stored_files)
        raise


def submit(case: Case, *, by: User) -> Case:
    """报核: hand the proposal to the office director; refused until it is whole. The text is kept as a version.

    Raises StateChanged unless it is a draft, NotYours for anybody but its drafter, Refused without a ground of Art. 4
    or 5 with its facts, without an interviewee or the interviewer whom the rules name, and for a similar case that was
    not set apart. Effects: the director is alerted.
    """
    facts: dict[str, Any] = {}
    with step(case, Verb.SUBMIT, by=by, facts=facts) as case:
        refuse_if_any(case, [*unresolved_duplicates(case, by), *sheet_lacking(case, grounds_of_assessment(case))])
        facts.update({"acting": case.acting_reason} if case.acting_reason else {})
        case.submit()
        facts["version"] = _kept_as_handed_in(case, by).number
    return case


def _kept_as_handed_in(case: Case, by: User) -> ProposalVersion:
    text = proposal_text(case)
    return ProposalVersion.objects.create(
        case=case,
        number=case.proposal_versions.count() + 1,
        text=text,
        sha256=bound_digest(text),
        submitted_by=by,
        submitted_at=clock.now(),
    )


def return_for_changes(case: Case, *, by: User, reason: str) -> Case:
    """退回修改: tell the drafter exactly what to change.

    Raises StateChanged unless it waits for 核稿 or 审定, NotYours for anybody but the director or, once it is
    endorsed, a leader, Refused without a reason. Effects: it is a draft again, and its drafter is alerted.
    """
    with step(case, Verb.RETURN_FOR_CHANGES, by=by, opinion=reason) as case:
        refuse_if_any(case, require_words(reason, finding("reason_missing", "reason", what="退回")))
        case.return_for_changes()
    return case


def take_back(case: Case, *, by: User, reason: str) -> Case:
    """取回修改: until it is decided, the drafter takes the proposal back to change it; the director learns why.

    Raises StateChanged once it is decided, NotYours for anybody but its drafter, Refused without a reason, and while a
    decision on it is registered.
    """
    with step(case, Verb.TAKE_BACK, by=by, opinion=reason) as case:
        refuse_if_any(case, require_words(reason, finding("reason_missing", "reason", what="取回")))
        case.take_back()
    return case


def endorse(case: Case, *, by: User, opinion: str, seen: str) -> Case:
    """核稿同意，报审定: a second person puts the proposal, in the words that were `seen`, before the leading group.

    By Art. 6 the office proposes and the leading group decides. Raises StateChanged unless it waits for 核稿, NotYours
    for anybody but the director, Refused for another text than was shown, without an opinion, for who drafted it, and
    where it is no longer lawful. Effects: who may decide on it is alerted.
    """
    with step(case, Verb.ENDORSE, by=by, opinion=opinion) as case:
        refuse_if_any(case, not_as_shown(case, seen, action="核稿"))
        refuse_if_any(case, require_words(opinion, finding("opinion_missing", "opinion")))
        case.endorse(endorser=by)
    return case


def withdraw(case: Case, *, by: User, reason: str, **handling: Unpack[LetterHandlingInput]) -> Case:
    """撤回: a notified unit gets a written cancellation in the same step; undecided leave is decided by it.

    Raises StateChanged once it is interviewed or has ended, NotYours for anybody but its drafter or, once it is
    approved, the leader who approved it, Refused without a reason, and while a decision on it is registered. Effects:
    the case has ended, and whoever had a step to take is alerted.
    """
    facts: dict[str, Any] = {}
    chosen = Handling(**handling)
    with step(case, Verb.WITHDRAW, by=by, opinion=reason, facts=facts) as case:
        unexplained = require_words(reason, finding("reason_missing", "reason", what="撤回"))
        refuse_if_any(case, [*unexplained, *chosen.problems()])
        was_notified = case.state == CaseState.NOTIFIED
        facts["settled"] = settle_leaves(case, by=by, words="约谈已撤回，请假不再审批。") if was_notified else []
        notice = case.current_notice if was_notified else None
        case.withdraw()
        if notice is not None:
            cancellation = issue(
                DocumentKind.CANCELLATION, case, by=by, replaces=notice, reason=reason, handling=chosen
            )
            facts["document"] = cancellation.number
    return case
