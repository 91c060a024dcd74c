"""What 日程 says of 联动督导, held every so many months: by when the next one is, as long as none is planned."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse

from yuetan import permissions
from yuetan.ledgers.agenda.agenda_entry import Entry, EntryKind
from yuetan.ledgers.agenda.agenda_span import Span
from yuetan.models.rounds.rhythm import linked_round_ahead


def linked_round_entries(span: Span) -> Iterator[Entry]:
    """For whoever plans one; no unit reads any of it."""
    due = linked_round_ahead() if span.user.has_perm(permissions.name("plan_round")) else None
    if due is not None and span.begin <= due.due_on <= span.until:
        key, url = f"linked-round-{due.due_on}", reverse("plan_round")
        yield Entry(EntryKind.LIMIT, due.due_on, key, None, step="开展联动督导", unit=due.words, url=url)
