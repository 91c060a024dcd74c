"""What units are asked for, read together: the papers and tasks of cases, measures and 交办事项, each table once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Model, Q, QuerySet, prefetch_related_objects

from yuetan.models.papers.document import Document
from yuetan.models.rectification.task import Task
from yuetan.models.rectification.task_origin import HandsOutTasks

OF_TASKS = ("pauses", "chases", "reports")


def read_papers_and_tasks(origins: Sequence[HandsOutTasks]) -> None:
    """Read the papers of all of these and their tasks, with what the obligations of a unit look at of each task.

    However many there are, and of however many kinds: five statements, none where there is nothing.
    """
    if not origins:
        return
    papers = Document.objects.defer("html", "facts").select_related("entry", "supervision", "receipt__signed_by")
    _read_of_each(origins, "documents", papers)
    prefetch_related_objects(_read_of_each(origins, "tasks", Task.objects.all()), *OF_TASKS)


def _read_of_each(origins: Sequence[HandsOutTasks], name: str, rows: QuerySet[Any]) -> list[Model]:
    """The rows that hang on one of these, each kept with what it hangs on as Django keeps what it prefetches."""
    fields = {type(origin): type(origin)._meta.get_field(name).field for origin in origins}  # type: ignore[union-attr]
    of_kinds = (
        Q(**{f"{field.name}__in": [each for each in origins if type(each) is kind]}) for kind, field in fields.items()
    )
    read, by_key = list(rows.filter(reduce(or_, of_kinds))), defaultdict[object, list[Model]](list)
    for row in read:
        for field in fields.values():
            by_key[getattr(row, field.attname)].append(row)
    for origin in origins:
        own = by_key[origin.pk]
        for row in own:
            fields[type(origin)].set_cached_value(row, origin)
        kept = getattr(origin, name).all()
        kept._result_cache, kept._prefetch_done = own, True  # noqa: SLF001 - as prefetch_related_objects does
        origin.__dict__.setdefault("_prefetched_objects_cache", {})[name] = kept
    return read
