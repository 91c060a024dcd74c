"""What is refused even in a draft of a proposal, and what is required before it is handed in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from yuetan.actions.proposal.grounds import GroundRow, GroundTextName
from yuetan.models import Case, Ground, Post
from yuetan.rules.dates import clock
from yuetan.rules.refusals import Finding, finding
from yuetan.rules.text.personal_data import personal_data
from yuetan.vocabulary import HEAD_POSTS, PostKind

TEXT_LABELS: dict[GroundTextName, str] = {
    "facts": "存在问题的事实",
    "reference_number": "文号或线索编号",
    "reference_summary": "摘要",
}


def invalid(
    case: Case, grounds: Sequence[GroundRow], interviewees: Sequence[Post], interviewer: Post | None
) -> Iterator[Finding]:
    """A retired unit, a ground of another kind of unit, persons it cannot concern, data on members of the public."""
    if case.unit.retired_on:
        yield finding("unit_retired", "unit", unit=case.unit.name)
    yield from _ground_problems(case, [row["ground"] for row in grounds])
    not_heads = list(_not_heads(case, interviewees))
    yield from not_heads
    if interviewees and not not_heads:  # the rules tell an interviewer for heads alone
        yield from _interviewer_problems(case, interviewees, interviewer)
    yield from _personal_data(case, grounds)


def _ground_problems(case: Case, grounds: Sequence[Ground]) -> Iterator[Finding]:
    for ground in grounds:
        if not ground.fits(case.unit.kind):
            words = {"ground": ground.text.rstrip("；。"), "unit_kind": case.unit.get_kind_display()}
            yield finding("ground_of_wrong_kind", "grounds", **words)


def _not_heads(case: Case, interviewees: Sequence[Post]) -> Iterator[Finding]:
    for post in interviewees:
        if post.unit_id != case.unit_id or post.kind not in HEAD_POSTS or not post.is_current:
            words = {"name": post.holder.name, "unit": case.unit.name, "heads": case.unit.heads_name}
            yield finding("interviewee_not_head", "interviewees", **words)


def _interviewer_problems(case: Case, interviewees: Sequence[Post], interviewer: Post | None) -> Iterator[Finding]:
    wanted, *others = {_interviewer_post(case, post) for post in interviewees}
    if others:
        yield finding("interviewees_need_different_interviewers", "interviewees")
        return
    if interviewer is not None and (interviewer.kind != wanted or not interviewer.is_current):
        yield finding("wrong_interviewer", "interviewer", post=wanted.label, name=interviewer.holder.name)
    elif not Post.objects.current().filter(kind=wanted).exists():
        yield finding("interviewer_post_vacant", "interviewer", post=wanted.label)


def _interviewer_post(case: Case, interviewee: Post) -> PostKind:
    rule = case.regulation.interviewer_post(unit_kind=case.unit.kind, rank=interviewee.rank)
    return PostKind(rule.interviewer)


def sole_interviewer(case: Case, interviewees: Sequence[Post]) -> Post | None:
    """The only interviewer the rules allow; None if there is none yet, or several."""
    if not interviewees:
        return None
    holders = Post.objects.current().filter(kind=_interviewer_post(case, interviewees[0]))[:2]
    return holders[0] if len(holders) == 1 else None


def _personal_data(case: Case, grounds: Sequence[GroundRow]) -> Iterator[Finding]:
    texts = [("matter", "约谈事由", case.matter), ("other_words", "其他情形的具体内容", case.other_words)]
    for row in grounds:
        where = row["ground"].citation
        texts += [("grounds", f"{where}的{label}", row[name]) for name, label in TEXT_LABELS.items()]
    for field, place, text in texts:
        yield from personal_data(field, place, text, clock.today().year)


def unresolved_duplicates(case: Case) -> Iterator[Finding]:
    """一事一谈: a case of the same unit that may be about the same matter has to be told apart by a person."""
    for other in case.similar_cases():
        words = {"title": other.title, "number": other.register_number}
        yield finding("matter_like_open_case", "distinct_from", **words)


def not_as_shown(case: Case, seen: str, *, action: str) -> Iterator[Finding]:
    """The proposal is another one than was shown to who takes a step on it; `seen` is the digest of that text."""
    if seen != case.proposal_sha256:
        yield finding("text_not_as_shown", action=action)
