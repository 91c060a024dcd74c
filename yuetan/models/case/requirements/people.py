"""Who interviews and who is interviewed, asked again by every step that acts on them.

Before the notice all is asked as at 报核; once it is announced, who can still come and who can still interview; after
the interview what was lawful on its day stays so, and it is asked whether somebody is there to receive and to answer.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from yuetan.models.case.current_parties import ACTING_LEADERS, Interviewers
from yuetan.models.case.requirements.unit import unit_stands
from yuetan.models.flow.requirement import Requirement
from yuetan.models.office.office import OfficeSetting
from yuetan.rules.refusals import Finding, finding
from yuetan.rules.text.official_text import joined
from yuetan.vocabulary import HEAD_POSTS, CaseState, PostKind

if TYPE_CHECKING:
    from yuetan.models.case.case import Case
    from yuetan.models.people.unit import Post

# Which step puts right what is no longer so; a draft is simply changed.
HEALING = {
    CaseState.IN_REVIEW: "；请退回修改，由拟稿人改选后重新报核",
    CaseState.PROPOSED: "；请退回修改，由拟稿人改选后重新报核",
    CaseState.APPROVED: "；请审定领导撤回，由承办人另行提出建议",
}


def healing(case: Case) -> str:
    """What to do about it in the present state."""
    return HEALING.get(CaseState(case.state), "")


@Requirement
def interview_assigned(case: Case) -> Iterator[Finding]:
    """The interviewees are heads in office today, and the interviewer is who the rules name today, or who acts."""
    if not unit_stands(case):
        return  # which says itself what to do first
    interviewees = list(case.interviewees.all())
    if not interviewees:
        yield finding("interviewee_missing", "interviewees", heads=case.unit.heads_name)
        return
    problems = [*head_problems(case, interviewees), *interviewer_problems(case, interviewees, case.interviewer)]
    yield from problems
    if case.interviewer is None and not problems:
        label = interviewers_of(case, interviewees).kind.label
        yield finding("interviewer_missing", "interviewer", post=label, healing=healing(case))


def head_problems(case: Case, interviewees: Sequence[Post]) -> Iterator[Finding]:
    """Each must be a head of the unit, in office today."""
    for post in interviewees:
        if post.unit_id != case.unit_id or post.kind not in HEAD_POSTS or not post.is_current:
            words = {"name": post.holder.name, "unit": case.unit.name, "heads": case.unit.heads_name}
            yield finding("interviewee_not_head", "interviewees", **words, healing=healing(case))


def lawful_kinds(case: Case, interviewees: Sequence[Post]) -> set[PostKind]:
    """The posts that interview these heads, by the rule table of the case's regulation; one, where all is well."""
    interviewer_post, kind = case.regulation.interviewer_post, case.unit.kind
    return {PostKind(interviewer_post(unit_kind=kind, rank=post.rank).interviewer) for post in interviewees}


def interviewers_of(case: Case, interviewees: Sequence[Post]) -> Interviewers:
    """Who may interview these heads today; of heads that need different interviewers, those of the first."""
    (kind, *_) = sorted(lawful_kinds(case, interviewees[:1]))
    return case.parties_today.interviewers_by_rule(case, kind)


def interviewer_problems(case: Case, interviewees: Sequence[Post], interviewer: Post | None) -> Iterator[Finding]:
    """One lawful interviewer for all, in office, not of the unit; who acts for another only while that is needed."""
    if len(lawful_kinds(case, interviewees)) > 1:
        yield finding("interviewees_need_different_interviewers", "interviewees", healing=healing(case))
        return
    lawful = interviewers_of(case, interviewees)
    if not lawful.posts:
        yield nobody_interviews(case, lawful)
    elif interviewer is not None and interviewer not in lawful.posts:
        yield _not_this_one(case, lawful, interviewer)


def nobody_interviews(case: Case, lawful: Interviewers) -> Finding:
    """Why nobody can interview, and which posts to fill."""
    acting = OfficeSetting.objects.posts(ACTING_LEADERS)
    vacant = case.parties_today.vacant(*dict.fromkeys([lawful.kind, *acting])) or [PostKind.DEPUTY_LEADER]
    words = {"why": lawful.why_acting, "posts": joined([kind.label for kind in vacant])}
    return finding("interviewer_post_vacant", "interviewer", **words, healing=healing(case))


def _not_this_one(case: Case, lawful: Interviewers, interviewer: Post) -> Finding:
    name, titles = interviewer.holder.name, joined([post.title for post in interviewer.holder.posts_in(case.unit_id)])
    if interviewer.is_current and titles:
        return finding("interviewer_recused", "interviewer", name=name, titles=titles, healing=healing(case))
    if case.acting_for and interviewer.is_current and interviewer.pk == case.interviewer_id:
        words = {"post": lawful.kind.label, "name": name}
        return finding("acting_no_longer", "interviewer", **words, healing=healing(case))
    wanted = joined(dict.fromkeys(post.get_kind_display() for post in lawful.posts))
    return finding("wrong_interviewer", "interviewer", post=wanted, name=name, healing=healing(case))


@Requirement
def can_be_rescheduled(case: Case) -> Iterator[Finding]:
    """Somebody who was approved, or who holds the post now, can be interviewed anew, and somebody may interview."""
    if not unit_stands(case):
        return
    named = list(case.interviewees.all())
    heads = [post for post in case.unit.heads() if post.kind in {one.kind for one in named}]
    if not heads:
        vacant = joined([PostKind(post.kind).label for post in named])
        yield finding("interviewee_post_vacant", "interviewees", unit=case.unit.name, post=vacant)
    yield from rank_problems(case, heads)
    lawful = interviewers_now(case)
    if not lawful.posts:
        yield nobody_interviews(case, lawful)


def rank_problems(case: Case, heads: Sequence[Post]) -> Iterator[Finding]:
    """Who holds the approved posts now is interviewed by the same post as was approved, or the approval is another."""
    assert case.interviewer is not None
    for post in heads:
        rule = case.regulation.interviewer_post(unit_kind=case.unit.kind, rank=post.rank)
        if rule.interviewer != (case.acting_for or case.interviewer.kind):
            words = {"name": post.holder.name, "rank": post.get_rank_display(), "post": rule.get_interviewer_display()}
            yield finding("successor_needs_another_interviewer", "interviewees", **words)


def interviewers_now(case: Case) -> Interviewers:
    """Who may take the announced interview: the one who was announced while they may, else whoever the rules name."""
    assert case.interviewer is not None
    parties, kind = case.parties_today, PostKind(case.acting_for or case.interviewer.kind)
    if case.interviewer in parties.interviewers(case):
        return Interviewers(kind, [case.interviewer])
    return parties.interviewers_by_rule(case, kind)


@Requirement
def people_in_office(case: Case) -> Iterator[Finding]:
    """On the day of the interview its interviewer is in office and not of the unit, and somebody is there to come."""
    if not unit_stands(case):
        return
    yield from _interviewer_gone(case)
    if case.expected_people:
        return
    if not case.departed_people:
        yield finding("everybody_on_leave")
    heads = {post.kind for post in case.unit.heads()} if case.departed_people else set()
    for person in case.departed_people:
        words = {"name": person.name, "title": person.title, "heads": case.unit.heads_name}
        has_successor = any(post.kind in heads for post in case.interviewees.all())
        yield finding("interviewee_left_post" if has_successor else "interviewee_left_vacant", **words)


def _interviewer_gone(case: Case) -> Iterator[Finding]:
    interviewer = case.interviewer
    assert interviewer is not None
    titles = interviewer_bars(case)
    if interviewer.is_held_on(case.interview_day) and not titles:
        return
    lawful = interviewers_now(case)
    if not lawful.posts:
        yield nobody_interviews(case, lawful)
        return
    now = joined([f"{post.get_kind_display()}{post.holder.name}" for post in lawful.posts])
    words = {"name": interviewer.holder.name, "post": interviewer.get_kind_display(), "titles": titles, "now": now}
    yield finding("interviewer_barred_now" if titles else "interviewer_left_post", **words)


def interviewer_bars(case: Case) -> str:
    """The interviewer's posts in the unit on the day of the interview (回避); empty if there are none."""
    assert case.interviewer is not None
    return joined([post.title for post in case.parties_today.bars(case.interviewer, case, case.interview_day)])


def interviewer_is_gone(case: Case) -> bool:
    """Whether the interviewer has left the post or has come to hold one in the unit."""
    return next(_interviewer_gone(case), None) is not None


def must_be_rescheduled(case: Case) -> bool:
    """Whether the interview cannot be held as announced: no interviewer, nobody to come, or nobody came."""
    return bool(case.absences_now) or not case.expected_people or interviewer_is_gone(case)


def _answers_for(what: str) -> Requirement:
    """Somebody answers for the unit today, or what is sent to it reaches nobody."""

    def unit_has_heads(case: Case) -> Iterator[Finding]:
        if unit_stands(case) and case.unit_id not in case.parties_today.units_with_heads:
            yield finding("unit_without_heads", unit=case.unit.name, heads=case.unit.heads_name, what=what)

    unit_has_heads.__doc__ = f"Somebody answers for the unit today, so that {what} reaches somebody."
    return Requirement(unit_has_heads)


answers_minutes = _answers_for("纪要的确认")
takes_tasks_on = _answers_for("整改任务")
