"""What the steps of a case ask of it is read at once with it, for however many cases."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import case_in
from yuetan.models import Case
from yuetan.vocabulary import CaseState

# What the office has set and who holds which post today, read once however many cases there are (CasesReadTogether),
# and what its 督办单 say, read where tasks are graded.
ELSEWHERE = (
    "yuetan_officesetting",
    "yuetan_ruleversion",
    "yuetan_calendar",
    "yuetan_supervisionletter_tasks",
    'FROM "yuetan_post"',
    "EXECUTE yuetan_post_",
)


@pytest.mark.parametrize("state", CaseState.values)
def test_no_step_of_a_case_reads_the_database_again(office, state):
    case_in(state)
    (case,) = Case.objects.select_related("unit").with_step_relations()
    with CaptureQueriesContext(connection) as captured:
        for step in case.steps_now():
            assert all(isinstance(answer(case), bool) for answer in (step.is_met, step.is_explained, step.is_awaited))
    assert [each["sql"] for each in captured if not any(table in each["sql"] for table in ELSEWHERE)] == []
