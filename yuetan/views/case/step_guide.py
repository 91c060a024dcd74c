"""这一步怎么办: who takes it, when, by which article, and what follows; off the table of steps."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from yuetan.models import Assignment, Case
from yuetan.models.flow.step import APPROVERS, INSPECTORS, Step
from yuetan.models.record.event import OUTER_BODY
from yuetan.models.rectification.task_origin import HandsOutTasks
from yuetan.permissions import UNIT_SIDE
from yuetan.rules.text.official_text import joined
from yuetan.views.case.whose_turn import permission_of
from yuetan.views.frame.section import SummaryRow, row
from yuetan.vocabulary import OUTER_STATE_NAMES, CaseState, Party, Role

WHOM = {INSPECTORS: "督查人员", APPROVERS: "审定领导"}
NO_ARTICLE = "办法没有规定，是办公室设定。"


def step_guide(case: HandsOutTasks, verb: str, consequences: tuple[str, ...], *, inner: bool) -> list[SummaryRow]:
    """Rows of a summary list about the step of this verb that is possible where the case stands.

    The interviewed side reads of the states and of the office in its own words.
    """
    rows = [step for step in case.STEPS if step.verb == verb]
    steps = [step for step in rows if case.state in step.sources] or rows
    return [
        row("由谁办理", joined(dict.fromkeys(_holders(case, steps)))),
        row("什么时候办", f"事项为{joined(dict.fromkeys(_states(case, steps, inner=inner)))}的时候"),
        row("依据", articles_of(case, verb) or NO_ARTICLE),
        row("办理以后", "\n".join([*_targets(case, steps, inner=inner), *consequences])),
        row("通知谁", joined(dict.fromkeys(_notified(case, steps, inner=inner))) or "不另行通知"),
    ]


def articles_of(case: HandsOutTasks, verb: str) -> str:
    """The articles that the step carries out; none for 交办事项, which are no 约谈 and no measure of a 责任制."""
    return "" if isinstance(case, Assignment) else case.regulation.cited_by(verb, case.unit.kind)


def _holders(case: HandsOutTasks, steps: list[Step]) -> Iterator[str]:
    for permission in map(permission_of, steps):
        yield from (Role(role).label for role in permission.roles)
        yield from (_party_words(case, party) for party in permission.parties)


def _state_words(case: HandsOutTasks, state: str, *, inner: bool) -> str:
    if not isinstance(case, Case):
        return _labels(type(case))[state]
    known = CaseState(state)
    return known.label if inner else OUTER_STATE_NAMES.get(known, known.label)


@cache
def _labels(origin: type[HandsOutTasks]) -> dict[str, str]:
    return {str(value): str(label) for value, label in origin._meta.get_field("state").choices or ()}


def _states(case: HandsOutTasks, steps: list[Step], *, inner: bool) -> Iterator[str]:
    for step in steps:
        yield from (f"“{_state_words(case, source, inner=inner)}”" for source in step.sources)


def _targets(case: HandsOutTasks, steps: list[Step], *, inner: bool) -> Iterator[str]:
    for target in dict.fromkeys(step.target for step in steps):
        words = f"事项转为“{_state_words(case, target, inner=inner)}”。" if target else ""
        yield words or "事项的状态不变，办理情况记入办理过程。"


def _notified(case: HandsOutTasks, steps: list[Step], *, inner: bool) -> Iterator[str]:
    """By the rules of the steps; the interviewed side reads of the office as one."""
    for step in steps:
        for rule in step.alerts:
            for whom in rule.whom:
                yield _label(case, whom) if inner or whom in UNIT_SIDE else OUTER_BODY


def _label(case: HandsOutTasks, whom: Role | Party | str) -> str:
    return WHOM.get(whom) or (_party_words(case, whom) if whom in Party.values else str(Role(whom).label))


def _party_words(case: HandsOutTasks, party: Party | str) -> str:
    """What the party is called; its unit is interviewed only in a case."""
    label = str(Party(party).label)
    return label if isinstance(case, Case) else label.removeprefix("被约谈")
