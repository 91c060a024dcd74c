"""催办 and its answer: asked after by the office, for one task or several, and answered by the unit."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Unpack

from yuetan.actions.files.paper_filing import StatedPaper, examined_paper, keep_paper
from yuetan.actions.step import refuse_if_any, step
from yuetan.models import Case, Chase, Task, User
from yuetan.rules.dates import clock
from yuetan.rules.refusals import Finding, finding
from yuetan.rules.text.empty_words import require_words
from yuetan.vocabulary import Verb


def chase(case: Case, *, by: User, tasks: Sequence[Task], words: str) -> Case:
    """催办: unreported tasks whose deadline is running. Effects: a Chase each, an event, an alert to the unit."""
    facts = {"tasks": sorted(task.number for task in tasks)}
    with step(case, Verb.CHASE, by=by, opinion=words, facts=facts) as case:
        open_tasks = list(case.tasks.select_for_update(of=("self",)).filter(pk__in=[task.pk for task in tasks]))
        refuse_if_any(case, _chase_problems(open_tasks, words))
        sent_at = clock.now()
        Chase.objects.bulk_create([Chase(task=task, words=words, sent_by=by, sent_at=sent_at) for task in open_tasks])
    return case


def _chase_problems(tasks: Sequence[Task], words: str) -> Iterator[Finding]:
    if not tasks:
        yield finding("no_task_to_chase", "tasks")
    for task in tasks:
        if not task.is_unreported:
            yield finding("task_not_chasable", "tasks", number=task.number, state=task.get_state_display())
        elif task.effective_due_on is None:
            yield finding("task_paused_not_chasable", "tasks", number=task.number)
    yield from require_words(words, finding("chase_words_missing", "words"))


def answer_chase(case: Case, *, by: User, chase: Chase, reply: str) -> Case:
    """回复催办: how far the unit is, once for each asking."""
    facts = {"task": chase.task.number}
    with step(case, Verb.ANSWER_CHASE, by=by, opinion=reply, facts=facts) as case:
        chased = Chase.objects.select_for_update(of=("self",)).get(pk=chase.pk, task__case=case)
        refuse_if_any(case, _answer_problems(chased, reply))
        chased.reply, chased.replied_by, chased.replied_at = reply, by, clock.now()
        chased.save()
    return case


def _answer_problems(chased: Chase, reply: str) -> Iterator[Finding]:
    if chased.replied_by is not None:
        yield finding("chase_answered", "chase", name=chased.replied_by.name)
    else:
        yield from require_words(reply, finding("reply_missing", "reply"))


def register_chase_answer(case: Case, *, by: User, chase: Chase, reply: str, **stated: Unpack[StatedPaper]) -> Case:
    """代录催办回复: a reply on paper counts as of the moment it was received, in the name of the head who signed it.

    Raises Refused where the reply itself would be refused, and for a paper that is not whole.
    """
    paper = examined_paper(case, **stated)
    facts: dict[str, object] = {"task": chase.task.number}
    with step(case, Verb.REGISTER_CHASE_ANSWER, by=by, opinion=reply, facts=facts) as case:
        chased = Chase.objects.select_for_update(of=("self",)).get(pk=chase.pk, task__case=case)
        refuse_if_any(case, [*_answer_problems(chased, reply), *paper.problems(case, "催办的时间", chased.sent_at)])
        filing = chased.paper_filing = keep_paper(case, paper, Verb.REGISTER_CHASE_ANSWER, by=by, facts=facts)
        chased.reply, chased.replied_by, chased.replied_at = reply, filing.signer.holder, filing.received_at
        chased.save()
    return case
