"""What 履历 counts of tasks by their reports and requests: which are late, returned or given, and how it finds them."""

from django.db import models
from django.db.models import F, Q

from yuetan.vocabulary import ReportKind

LATE = Q(handed_in_at__date__gt=F("due_on"))  # not, of what has no limit
_COMPLETION, _DECIDED = Q(kind=ReportKind.COMPLETION.value), Q(decided_at__isnull=False)
# By task, so that those of one unit are counted without reading what all the others reported.
REPORT_INDEXES = (
    models.Index(fields=("handed_in_at",), name="report_by_handing_in"),
    models.Index(fields=("decided_at",), name="report_by_decision"),
    models.Index(
        fields=("task",), condition=_COMPLETION & LATE & Q(handed_in_at__isnull=False), name="report_late_of_task"
    ),
    models.Index(
        fields=("task",), condition=_COMPLETION & _DECIDED & Q(outcome="returned"), name="report_returned_of_task"
    ),
)
EXTENSION_INDEXES = (
    models.Index(fields=("decided_at",), name="extension_by_decision"),
    models.Index(fields=("task",), condition=_DECIDED & Q(granted=True), name="extension_given_of_task"),
)
