"""What a subject was when its step had locked it, so that the step follows and writes what it has changed alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from yuetan import search_index, tallies
from yuetan.models import Case, Subject
from yuetan.models.flow.changed_columns import changed_columns, columns_of
from yuetan.models.rectification.task_origin import HandsOutTasks, kept_with_tasks


def parties_of(subject: Subject) -> tuple[object, ...]:
    """What decides which groups are granted anything."""
    return subject.state, subject.unit_id


@dataclass(frozen=True)
class Before:
    """What a subject was before its step, as far as what is kept about it elsewhere depends on it; nothing if new."""

    state: str
    parties: tuple[object, ...]
    words: tuple[object, ...]  # what it adds to the words by which it is found
    facts: tuple[object, ...] = ()  # what it adds to the counters of 统计
    of_tasks: Mapping[str, object] = field(default_factory=dict)  # what its tasks keep of it
    columns: Mapping[str, object] = field(default_factory=dict)  # all of its own

    @classmethod
    def of(cls, subject: Subject) -> Before:
        """As it is now."""
        if subject.is_new:
            return cls("", (), ())
        facts = tallies.own_facts(subject) if isinstance(subject, Case) else ()
        of_tasks = kept_with_tasks(subject) if isinstance(subject, HandsOutTasks) else {}
        words, columns = search_index.own_words(subject), columns_of(subject)
        return cls(subject.state, parties_of(subject), words, facts, of_tasks, columns)

    def save_changes(self, subject: Subject) -> None:
        """Write the columns that are no longer as they were: who holds the row has read all others as they are."""
        if not self.columns:
            subject.save()
        elif changed := changed_columns(subject, self.columns):
            subject.save(update_fields=changed)
