"""催办 and its answer: asked after by the office, for one task or several, and answered by the unit."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Unpack

from yuetan.actions.files.paper_filing import StatedPaper, examined_paper, keep_paper
from yuetan.actions.step import refuse_if_any, step
from yuetan.models import Chase, Task, User
from yuetan.models.rectification.task_origin import Origin
from yuetan.rules.dates import clock
from yuetan.rules.refusals import Finding, finding
from yuetan.rules.text.empty_words import require_words
from yuetan.vocabulary import Verb


def chase(origin: Origin, *, by: User, tasks: Sequence[Task], words: str) -> Origin:
    """催办: unreported tasks whose deadline is running.

    Raises StateChanged where nothing is being put right, NotYours for anybody but a case officer or a supervisor,
    Refused without tasks or words, and for a task that is reported, accepted or paused. Effects: a Chase each, an
    event, an alert to the unit.
    """
    facts = {"tasks": sorted(task.number for task in tasks)}
    with step(origin, Verb.CHASE, by=by, opinion=words, facts=facts) as origin:
        open_tasks = list(origin.tasks.select_for_update(of=("self",)).filter(pk__in=[task.pk for task in tasks]))
        refuse_if_any(origin, _chase_problems(open_tasks, words))
        sent_at = clock.now()
        Chase.objects.bulk_create([Chase(task=task, words=words, sent_by=by, sent_at=sent_at) for task in open_tasks])
    return origin


def _chase_problems(tasks: Sequence[Task], words: str) -> Iterator[Finding]:
    if not tasks:
        yield finding("no_task_to_chase", "tasks")
    for task in tasks:
        if not task.is_unreported:
            yield finding("task_not_chasable", "tasks", number=task.number, state=task.get_state_display())
        elif task.effective_due_on is None:
            yield finding("task_paused_not_chasable", "tasks", number=task.number)
    yield from require_words(words, finding("chase_words_missing", "words"))


def answer_chase(origin: Origin, *, by: User, chase: Chase, reply: str) -> Origin:
    """回复催办: how far the unit is, once for each asking.

    Raises StateChanged where nothing is being put right, NotYours for anybody but the unit's side, Refused without
    words, and where this chase was answered already. Effects: the chase keeps the reply; the office is alerted.
    """
    facts = {"task": chase.task.number}
    with step(origin, Verb.ANSWER_CHASE, by=by, opinion=reply, facts=facts) as origin:
        chased = Chase.objects.select_for_update(of=("self",)).get(pk=chase.pk, **{f"task__{origin.ABOUT}": origin})
        refuse_if_any(origin, _answer_problems(chased, reply))
        chased.reply, chased.replied_by, chased.replied_at = reply, by, clock.now()
        chased.save()
    return origin


def _answer_problems(chased: Chase, reply: str) -> Iterator[Finding]:
    if chased.replied_by is not None:
        yield finding("chase_answered", "chase", name=chased.replied_by.name)
    else:
        yield from require_words(reply, finding("reply_missing", "reply"))


def register_chase_answer(
    origin: Origin, *, by: User, chase: Chase, reply: str, **stated: Unpack[StatedPaper]
) -> Origin:
    """代录催办回复: a reply on paper counts as of the moment it was received, in the name of the head who signed it.

    Raises Refused where the reply itself would be refused, and for a paper that is not whole.
    """
    paper = examined_paper(origin, **stated)
    facts: dict[str, object] = {"task": chase.task.number}
    with step(origin, Verb.REGISTER_CHASE_ANSWER, by=by, opinion=reply, facts=facts) as origin:
        chased = Chase.objects.select_for_update(of=("self",)).get(pk=chase.pk, **{f"task__{origin.ABOUT}": origin})
        refuse_if_any(origin, [*_answer_problems(chased, reply), *paper.problems(origin, "催办的时间", chased.sent_at)])
        filing = chased.paper_filing = keep_paper(origin, paper, Verb.REGISTER_CHASE_ANSWER, by=by, facts=facts)
        chased.reply, chased.replied_by, chased.replied_at = reply, filing.signer.holder, filing.received_at
        chased.save()
    return origin
