"""Whose turn it is, for somebody who has nothing to do: people who exist and may, or which post is vacant."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from yuetan import permissions
from yuetan.alerts import people_in_each
from yuetan.ledgers.case.whose_turn import task_words
from yuetan.models import Case, Subject, User
from yuetan.models.case.current_parties import ACTING_SETTINGS
from yuetan.models.flow.step import Direction, Step
from yuetan.models.office.office import OfficeSetting
from yuetan.models.people.delegation import LEADING_POSTS
from yuetan.models.people.unit import Post
from yuetan.rules.text.official_text import joined
from yuetan.vocabulary import ACTING_FOR, HEAD_POSTS, PARTY_OF_POST, ROLE_OF_POST, Party, PostKind
from yuetan.vocabulary.naming import in_names

WHO_FILLS = "请系统管理员登记任职"
WITH_THE_OFFICE = in_names("现由{the_office}办理；需要您单位办理的，会列入待办。")
# Whose post has to be filled where a party has nobody.
POSTS_OF_PARTY: dict[Party, tuple[PostKind, ...]] = {
    Party.DRAFTER: (PostKind.CASE_OFFICER,),
    Party.APPROVER: LEADING_POSTS,
    Party.INTERVIEWER: LEADING_POSTS,
    Party.UNIT_HEAD: HEAD_POSTS,
    Party.UNIT_LIAISON: (PostKind.LIAISON,),
}


def whose_turn(case: Case, *, inner: bool) -> str:
    """现由办公室主任办理：核稿。; or which post is vacant; or, for the inner side, what keeps the next step back.

    The unit reads of its own steps alone: what the office does next may follow what only the office knows.
    """
    awaited = [step for step in case.steps_now() if step.is_awaited(case) and (inner or is_of_unit(step))]
    met = [step for step in awaited if step.is_met(case)]
    holders = {step.verb: able(case, step) for step in met}
    someone = next((step for step in met if holders[step.verb]), None)
    sentences = [f"现由{'、'.join(holders[someone.verb])}办理：{task_words(someone.verb)}。"] if someone else []
    sentences += dict.fromkeys(nobody(case, step) for step in met if not holders[step.verb])
    if not sentences:
        sentences += _kept_back(case, awaited) if inner else [WITH_THE_OFFICE]
    return "".join(sentences)


def is_of_unit(step: Step) -> bool:
    """Whether the people of the unit take it."""
    return not set(permissions.UNIT_SIDE).isdisjoint(permission_of(step).parties)


def able(case: Subject, step: Step) -> dict[str, list[User]]:
    """Those who may take the step today and against whom nothing stands, by the role or party that makes it theirs."""
    permission = permission_of(step)
    named = [*permission.roles, *permission.parties]
    by_label: dict[str, list[User]] = {}
    for one, candidates in zip(named, people_in_each(case, [[each] for each in named]), strict=True):
        people = [user for user in candidates if all(personal.allows(case, user) for personal in step.personal)]
        if people:
            by_label[one.label] = people
    return by_label


def nobody(case: Subject, step: Step) -> str:
    """Which post is vacant, or that everybody is barred, and who can fill it."""
    vacant = joined(_vacant(case, step))
    todo = task_words(step.verb)
    if vacant:
        return f"{vacant}暂缺，{WHO_FILLS}，由其办理：{todo}。"
    return f"可以办理“{todo}”的人员均须回避或者已经参与前面的环节，{WHO_FILLS}，增加可以办理的人员。"


def permission_of(step: Step) -> permissions.Permission:
    """The row of the table of permissions that the step takes."""
    return permissions.BY_CODENAME[step.permission.removeprefix(f"{permissions.APP}.")]


def _vacant(case: Subject, step: Step) -> Iterator[str]:
    kinds = list(dict.fromkeys(posts_of(step)))
    held = set(Post.objects.current().exclude(kind__in=PARTY_OF_POST).values_list("kind", flat=True))
    held |= set(case.unit.posts.current().values_list("kind", flat=True))
    heads = [kind for kind in kinds if kind in HEAD_POSTS]
    if heads and held.isdisjoint(heads):
        yield f"{case.unit.name}{case.unit.heads_name}"
    for kind in kinds:
        if kind not in HEAD_POSTS and kind not in held:
            yield f"{case.unit.name}{kind.label}" if kind in PARTY_OF_POST else kind.label


def posts_of(step: Step) -> Iterable[PostKind]:
    """The posts from which a step is taken, those of who acts for another among them."""
    permission = permission_of(step)
    for role in permission.roles:
        yield from (kind for kind, given in ROLE_OF_POST.items() if given == role)
    for party in permission.parties:
        yield from POSTS_OF_PARTY.get(party, ())
        if party in ACTING_FOR:
            yield from OfficeSetting.objects.posts(ACTING_SETTINGS[ACTING_FOR[party]])


def _kept_back(case: Case, awaited: list[Step]) -> Iterator[str]:
    """The reasons against the main line, where nobody waits for anything else."""
    for step in awaited:
        if step.direction != Direction.MAIN and not step.explains:
            continue
        reasons = [reason.text for requirement in step.requirements for reason in requirement.reasons(case)]
        if reasons:
            yield f"现在不能办理“{task_words(step.verb)}”：{''.join(reasons)}"
        if not able(case, step):
            yield nobody(case, step)
