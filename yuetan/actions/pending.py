"""Requests that a step takes the ground from, such as leave from an interview that is moved: decided with words."""

from __future__ import annotations

from yuetan.models import Case, Extension, Leave, User
from yuetan.rules.dates import clock


def settle_leaves(case: Case, *, by: User, words: str) -> list[str]:
    """Decide every undecided request for leave, with words that say why nobody decides it any more.

    Returns each in words, for the event of the step.
    """
    leaves = list(case.pending_leaves)
    for leave in leaves:
        _settle(leave, by, words)
    return [f"{leave.post.holder.name}的请假（{words}）" for leave in leaves]


def settle_extensions(case: Case, *, by: User, words: str) -> list[str]:
    """Decide every undecided request for a later date, with words; returns each in words."""
    extensions = Extension.objects.filter(task__case=case, decided_at=None).select_related("task")
    for extension in extensions:
        _settle(extension, by, words)
    return [f"第{extension.task.number}项的延期申请（{words}）" for extension in extensions]


def _settle(request: Leave | Extension, by: User, words: str) -> None:
    request.granted, request.opinion = False, words
    request.decided_by, request.decided_at = by, clock.now()
    request.save()
