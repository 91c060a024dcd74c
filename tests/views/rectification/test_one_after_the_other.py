"""Reports of a case are gone through one after the other: what was decided leads to the next that waits."""

from tests import cast
from tests.factories import case_in, take
from tests.web import Visitor
from yuetan.vocabulary import CaseState, TaskState, Verb


def test_what_was_accepted_or_returned_leads_to_the_next_report(office):
    case = case_in(CaseState.RECTIFYING)
    for _ in range(2):
        take(Verb.PREPARE_REPORT, case)
        take(Verb.HAND_IN_REPORT, case)
    first, second = case.tasks.order_by("number")
    supervisor = Visitor(cast.person("supervisor"))
    supervisor.open(f"/cases/{case.pk}/steps/accept_task/?task={first.pk}")
    supervisor.press("下一步：核对", note="经核查台账和现场，已落实。")
    after = supervisor.press("销号")
    assert "还有 1 项待办理，接着看第 2 项。" in after
    assert after.url.endswith(f"?task={second.pk}")
    supervisor.open(f"/cases/{case.pk}/steps/return_task/?task={second.pk}")
    back = supervisor.press("退回整改报告", note="缺第二季度台账，请补齐后再报。")
    assert back.url == f"/cases/{case.pk}/"
    assert [task.state for task in case.tasks.order_by("number")] == [TaskState.ACCEPTED, TaskState.RETURNED]
