"""What is refused even in a draft of a proposal, and what is required before it is handed in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from yuetan.actions.proposal.grounds import GroundRow, GroundTextName
from yuetan.models import Case, Ground, Post, User
from yuetan.models.case.gravity import door_problems
from yuetan.models.case.requirements.people import head_problems, interviewer_problems, interviewers_of
from yuetan.models.flow.recording import current_recording
from yuetan.rules.dates import clock
from yuetan.rules.refusals import Finding, finding
from yuetan.rules.text.personal_data import personal_data

TEXT_LABELS: dict[GroundTextName, str] = {
    "facts": "存在问题的事实",
    "reference_number": "文号或线索编号",
    "reference_summary": "摘要",
}


def invalid(
    case: Case, grounds: Sequence[GroundRow], interviewees: Sequence[Post], interviewer: Post | None
) -> Iterator[Finding]:
    """A retired unit, a ground of another kind of unit, a door that leads elsewhere, persons it cannot concern, data on
    members of the public."""
    if case.unit.retired_on:
        yield finding("unit_retired", "unit", unit=case.unit.name)
    yield from _ground_problems(case, [row["ground"] for row in grounds])
    yield from door_problems(case)
    not_heads = list(head_problems(case, interviewees))
    yield from not_heads
    if interviewees and not not_heads:  # the rules tell an interviewer for heads alone
        yield from interviewer_problems(case, interviewees, interviewer)
    yield from _personal_data(case, grounds)


def _ground_problems(case: Case, grounds: Sequence[Ground]) -> Iterator[Finding]:
    for ground in grounds:
        if not ground.fits(case.unit.kind):
            words = {"ground": ground.text.rstrip("；。"), "unit_kind": case.unit.get_kind_display()}
            yield finding("ground_of_wrong_kind", "grounds", **words)


def name_interviewer(case: Case, interviewees: Sequence[Post], chosen: Post | None) -> None:
    """Set on the case who interviews: the one chosen, else the only one the rules allow; and why, if one acts."""
    if not interviewees:
        case.interviewer, case.acting_for, case.acting_reason = chosen, "", ""
        return
    lawful = interviewers_of(case, interviewees)
    case.interviewer = chosen or (lawful.posts[0] if len(lawful.posts) == 1 else None)
    case.acting_for = lawful.kind if case.interviewer and lawful.why_acting else ""
    case.acting_reason = lawful.acting_reason(case.interviewer) if case.interviewer else ""


def _personal_data(case: Case, grounds: Sequence[GroundRow]) -> Iterator[Finding]:
    texts = [
        ("matter", "约谈事由", case.matter),
        ("other_words", "其他情形的具体内容", case.other_words),
        ("door_words", "符合条件的说明", case.door_words),
    ]
    for row in grounds:
        where = row["ground"].citation
        texts += [("grounds", f"{where}的{label}", row[name]) for name, label in TEXT_LABELS.items()]
    for field, place, text in texts:
        yield from personal_data(field, place, text, clock.today().year)


def against_own_unit(case: Case, by: User) -> Iterator[Finding]:
    """回避: nobody proposes to interview the unit in which they hold a post."""
    for post in by.posts_in(case.unit_id):
        words = {"name": by.name, "unit": case.unit.name, "title": post.title}
        yield finding("proposal_against_own_unit", "unit", **words)


def unresolved_duplicates(case: Case, by: User) -> Iterator[Finding]:
    """一事一谈: a case of the same unit that may be about the same matter has to be told apart by a person.

    Of those that may be known to who reads it: afterwards that is who enters the step, not who took it then.
    """
    then = current_recording()
    for other in case.similar_cases(then.recorder if then else by):
        words = {"title": other.title, "number": other.register_number}
        yield finding("matter_like_open_case", "distinct_from", **words)


def not_as_shown(case: Case, seen: str, *, action: str) -> Iterator[Finding]:
    """The proposal is another one than was shown to who takes a step on it; `seen` is the digest of that text."""
    if seen != case.proposal_sha256:
        yield finding("text_not_as_shown", action=action)
