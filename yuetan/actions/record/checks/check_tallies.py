"""统计: the counters are what the records add, no more and no less."""

from __future__ import annotations

from collections.abc import Iterator

from yuetan import tallies
from yuetan.actions.record.disagreement import Disagreement
from yuetan.models import Case
from yuetan.vocabulary import RecordKind


def check_tallies(case: Case | None = None) -> Iterator[Disagreement]:
    """What one case adds to the counters, or what all cases add and whether the counters are its sum.

    So many cases are compared in a statement, which is one moment; one that is destroyed meanwhile adds nothing.
    """
    for key in tallies.different(case):
        for one in Case.objects.filter(pk=key):
            yield Disagreement(RecordKind.TALLY, one.register_number, "统计所计的不是现在的记录")
    if case is None and tallies.sums_differ():
        yield Disagreement(RecordKind.TALLY, "统计", "计数不是各事项之和，请运行 manage.py rebuild_tallies")
