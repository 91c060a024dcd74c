"""知悉范围: the director says who of the office may know of a case, or that all of it may."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from yuetan import pending_steps
from yuetan.actions.step import refuse_if_any, step
from yuetan.models import AccountabilityMeasure, Case, Letter, User
from yuetan.models.case.current_parties import CurrentParties
from yuetan.rules.refusals import Finding, finding
from yuetan.rules.text.empty_words import require_words
from yuetan.rules.text.official_text import joined
from yuetan.vocabulary import NARROWED_POSTS, CaseState, Verb
from yuetan.vocabulary.naming import in_names

ALL = in_names("{the_office}全体办案人员")
MIN_READERS = 2
# Until it is decided, the proposal is its drafter's to change.
DRAFTERS_OWN = (CaseState.DRAFTED, CaseState.IN_REVIEW, CaseState.PROPOSED)


def set_readers(case: Case, *, by: User, people: Sequence[User], reason: str) -> Case:
    """设定知悉范围: these officers and supervisors alone may know of the case; all of the office where none is named.

    The director and the leaders always may. Raises NotYours, and Refused without a reason, for somebody who is neither,
    where nothing changes, where somebody who still has to act is left out, and where nobody could go on. Effects: the
    event with the names of before and after; who may know of it is alerted; its 待办, and that of its letters and
    measures, follows.
    """
    facts: dict[str, object] = {}
    with step(case, Verb.SET_READERS, by=by, opinion=reason, facts=facts) as case:
        before, case.readers = case.readers, sorted({person.pk for person in people}) or None
        unexplained = require_words(reason, finding("reason_missing", "reason", what="设定知悉范围"))
        refuse_if_any(case, [*unexplained, *_problems(case, people, before)])
        facts["before"] = names_of_readers(before)
        facts["after" if case.readers is None else "readers"] = names_of_readers(case.readers)
    pending_steps.follow_others([Letter, AccountabilityMeasure], case=case)
    return case


def names_of_readers(readers: Sequence[int] | None) -> str:
    """张一、孙六, as the record and the page of the case have it."""
    if readers is None:
        return ALL
    return joined(list(User.objects.filter(pk__in=readers).order_by("pk").values_list("name", flat=True)))


def _problems(case: Case, people: Sequence[User], before: list[int] | None) -> Iterator[Finding]:
    if case.readers == before:
        yield finding("readers_unchanged", "people")
        return
    for person in people:
        if not person.holds(*NARROWED_POSTS):
            yield finding("reader_unfit", "people", name=person.name)
    if case.readers is None:
        return
    if len(case.readers) < MIN_READERS:
        yield finding("readers_too_few", "people")
    lacking = CurrentParties.today().posts_without_reader(case)
    if lacking:
        yield finding("readers_lack_post", "people", posts="、".join(kind.label for kind in lacking))
    for what, names in _left_out(case).items():
        yield finding("readers_lack_person", "people", names=joined(names), what=what)


def _left_out(case: Case) -> dict[str, list[str]]:
    """What some of those who are left out have still to do, and their names."""
    unsigned = [member.person for team in case.unsigned_teams for member in team.unsigned]
    drafter = [case.drafter] if case.state in DRAFTERS_OWN else []
    asked = {"修改、报核自己拟的建议": drafter, "签认督查记录": unsigned}
    named = {what: [one.name for one in people if case.leaves_out(one)] for what, people in asked.items()}
    return {what: names for what, names in named.items() if names}
