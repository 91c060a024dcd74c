"""结论: what a meeting concluded of an item, by whom; on a proposal also what the leader who was there decided.

A 集体结论 says how they came to it, and rests on the sheet that they signed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from yuetan.actions.files.attachment import ExaminedFile, Offer
from yuetan.actions.files.readable_scan import scan_problems
from yuetan.actions.meeting.meeting_rows import ITEMS, RECORD, of_items, only_held
from yuetan.actions.proposal.decision import authority_of
from yuetan.actions.room_step import RoomStep, room_step
from yuetan.actions.seen import require_as_seen
from yuetan.actions.step import refuse_if_any, refuse_uncited
from yuetan.models import AgendaFile, AgendaItem, Invitation, User
from yuetan.models.meeting.measure_decisions import measure_not_decided_there
from yuetan.models.meeting.plea_decisions import plea_not_decided_there
from yuetan.models.meeting.presence_rules import least_in_conclusion, not_decided_there
from yuetan.rules.dates import clock
from yuetan.rules.refusals import Finding, finding
from yuetan.rules.text.digests import digest_of_words
from yuetan.rules.text.empty_words import missing_of, require_words
from yuetan.rules.text.written_text import personal_problems
from yuetan.vocabulary import CaseState

VERB = "conclude_agenda_item"


def conclude_agenda_item(
    item: AgendaItem,
    *,
    by: User,
    conclusion: str,
    decision: str,
    decided_by: User | None,
    is_collective: bool,
    people: Sequence[Invitation],
    discussion: str = "",
    scan: Sequence[Offer] = (),
    seen: str,
) -> AgendaItem:
    """登记结论 of an item of a meeting that was held; may be put right until the 会议纪要, or until it is cited.

    `people` are those by whose invitation somebody came who stands for a 集体结论, else nobody's names stand for it;
    `discussion` is how they came to it and `scan` the sheet that they signed; both stay with the office. `seen` is
    what it was written over.
    Raises NotYours (also of what the person may not see); Refused without words, for a decision that nobody of an
    approving post made there in person, for fewer names, or other ones, than a 集体结论 needs, for one without
    discussion or readable signed sheet, for a sheet of none, and for what another wrote meanwhile.
    """
    with room_step(CONCLUDING, item, by=by, scan=scan) as held:
        item = held.row
        stands, title, number = conclusion_shown(item), item.meeting.title, item.number
        require_as_seen(seen, stands, "这一议题的结论", (VERB,), meeting=title, number=number)
        is_collective = is_collective or item.must_be_collective
        signed = held.files["scan"]
        of_kind = _collective_problems(item, discussion, signed, people) if is_collective else _plain_problems(signed)
        refuse_uncited([*_conclusion_problems(item, conclusion, decision, discussion), *of_kind])
        if decision:
            _refuse_decision(item, decided_by)
        _keep_conclusion(item, by, conclusion, decision, decided_by)
        item.is_collective, item.discussion = is_collective, discussion.strip()
        named = {one.person: one for one in people}.values() if is_collective else ()
        item.concluded_by = [[one.attended_by_id, one.attended_name, one.attended_title] for one in named]
        item.save()
        held.keep("scan", AgendaFile, item=item, is_signed=True)
        held.facts |= {"number": number, "names": len(item.concluded_by)}
    return item


def conclusion_shown(item: AgendaItem) -> str:
    """The digest of what was concluded of it, as it stands."""
    people = [item.is_collective, item.concluded_by, item.discussion]
    return digest_of_words([item.conclusion, item.decision, item.decided_by_id, *people])


def _keep_conclusion(item: AgendaItem, by: User, conclusion: str, decision: str, decided_by: User | None) -> None:
    item.conclusion, item.decision = conclusion.strip(), decision
    item.decided_by = decided_by if decision else None
    item.recorded_by, item.concluded_at = by, clock.now()


def _conclusion_problems(item: AgendaItem, conclusion: str, decision: str, discussion: str) -> Iterator[Finding]:
    yield from require_words(conclusion, finding("conclusion_missing", "conclusion"))
    yield from personal_problems(conclusion=("结论", conclusion), discussion=("讨论过程", discussion))
    if decision and decision not in dict(item.decision_choices):
        yield finding("decision_of_no_proposal", "decision")


def _cited(item: AgendaItem, *_by: User) -> Iterator[Finding]:
    """That something rests on its conclusion."""
    if item.is_cited_as_decision:
        yield finding("conclusion_cited")
    if item.is_cited_by_plea:
        yield finding("conclusion_cited_by_plea")


def _plain_problems(signed: Sequence[ExaminedFile]) -> Iterator[Finding]:
    """That there is a sheet of a 集体结论 where there is none: it is neither kept as one nor dropped."""
    if signed:
        yield finding("sheet_of_no_collective", "scan")


def _collective_problems(
    item: AgendaItem, discussion: str, signed: Sequence[ExaminedFile], people: Sequence[Invitation]
) -> Iterator[Finding]:
    yield from _signed_problems(discussion, signed)
    yield from _people_problems(item, people)
    yield from scan_problems(signed, "scan")


def _signed_problems(discussion: str, signed: Sequence[ExaminedFile]) -> Iterator[Finding]:
    """That nobody can read how they came to it, or that they signed it."""
    needed = {"discussion": ("讨论过程", discussion), "scan": ("签名页扫描件", signed)}
    yield from missing_of("collective_unsigned", needed)
    if discussion.strip():
        yield from require_words(discussion, finding("collective_unsigned", "discussion", missing="讨论过程"))


def _people_problems(item: AgendaItem, people: Sequence[Invitation]) -> Iterator[Finding]:
    least, persons = least_in_conclusion(), {one.person for one in people}
    if len(persons) < least:
        yield finding("collective_too_few", "people", least=least, number=len(persons))
    about = item.case or item.measure_laid
    for one in people:
        if not one.was_there:
            yield finding("collective_not_there", "people", name=one.label)
        elif about is not None and _is_of_unit(one, about.unit_id):
            yield finding("collective_recused", "people", name=one.attended_name, unit=about.unit.full_name)


def _is_of_unit(invitation: Invitation, unit_id: int) -> bool:
    person = invitation.attended_by
    return invitation.unit_id == unit_id or (person is not None and person.is_recused_from(unit_id))


def _refuse_decision(item: AgendaItem, decided_by: User | None) -> None:
    if item.measure_laid is not None:
        asks = plea_not_decided_there if item.is_of_plea else measure_not_decided_there
        refuse_if_any(item.measure_laid, asks(item, decided_by))
        return
    case = item.case
    assert case is not None
    if case.state != CaseState.PROPOSED:
        refuse_if_any(case, [finding("agenda_item_not_waiting", "decision", title=item.title)])
    refuse_if_any(case, not_decided_there(item, decided_by))
    assert decided_by is not None
    authority_of(case, decided_by, item.meeting.local_begin.date(), None)


CONCLUDING = RoomStep(VERB, ITEMS, (of_items(only_held("结论")),), (_cited,), codename=RECORD)
