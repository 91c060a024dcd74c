"""催办 and its answer: asked after by the office, for one task or several, and answered by the unit."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from yuetan.actions.step import refuse, step
from yuetan.models import Case, Chase, Task, User
from yuetan.rules import clock
from yuetan.rules.findings import Finding, found
from yuetan.vocabulary import Verb


def chase(case: Case, *, by: User, tasks: Sequence[Task], words: str) -> Case:
    """催办: tasks that are owed and whose limit is running; each is on record, and the unit is told."""
    facts = {"tasks": sorted(task.number for task in tasks)}
    with step(case, Verb.CHASE, by=by, opinion=words, facts=facts) as case:
        owed = list(case.tasks.select_for_update(of=("self",)).filter(pk__in=[task.pk for task in tasks]))
        refuse(case, _chase_wrong(owed, words))
        for task in owed:
            Chase.objects.create(task=task, words=words, sent_by=by, sent_at=clock.now())
    return case


def _chase_wrong(tasks: Sequence[Task], words: str) -> Iterator[Finding]:
    if not tasks:
        yield found("no_task_to_chase", "tasks")
    for task in tasks:
        if not task.is_unreported:
            yield found("task_not_chasable", "tasks", number=task.number, state=task.get_state_display())
        elif task.runs_until is None:
            yield found("task_paused_not_chasable", "tasks", number=task.number)
    if not words.strip():
        yield found("chase_words_missing", "words")


def answer_chase(case: Case, *, by: User, chase: Chase, reply: str) -> Case:
    """回复催办: how far the unit is, once for each asking."""
    facts = {"task": chase.task.number}
    with step(case, Verb.ANSWER_CHASE, by=by, opinion=reply, facts=facts) as case:
        asked = Chase.objects.select_for_update(of=("self",)).get(pk=chase.pk, task__case=case)
        if asked.replied_by is not None:
            refuse(case, [found("chase_answered", "chase", name=asked.replied_by.name)])
        if not reply.strip():
            refuse(case, [found("reply_missing", "reply")])
        asked.reply, asked.replied_by, asked.replied_at = reply, by, clock.now()
        asked.save()
    return case
