"""第二十八条 in Chromium: an interview proposed at once because of 危害、影响, decided, and printed on the notice."""

from collections.abc import Callable

from tests.cast import TOWN, unit
from tests.e2e.paper import words_of
from tests.e2e.person import PHONE, Person
from tests.e2e.steps import TITLE, serve_notice
from tests.factories import take
from tests.ladder import carry_out
from yuetan.models import Case
from yuetan.vocabulary import CaseState, Verb

GRAVITY = "具有本办法第二十六条所列情形且危害严重或者影响重大"
WHY = "具有第二十六条第一项所列情形，线索逾期期间又发生两起聚众斗殴，被媒体连续报道，影响重大。"
BY_ARTICLE = f"第二十八条“{GRAVITY}”"


def test_from_the_proposal_to_the_notice(come_in: Callable[..., Person], it_is: Callable[..., None]) -> None:
    it_is(11, 23)
    carry_out()
    officer = come_in("officer")
    officer.goes_to(f"/cases/new/?unit={unit(TOWN).pk}")
    officer.choose("冯十", "第五条第二项", GRAVITY)
    officer.type(matter="涉黑涉恶线索摸排不深入", grounds__5_2__facts="今年以来上报有效线索仅2条。")
    officer.type(grounds__5_2__reference_number="XS-18", grounds__5_2__reference_summary="转办的线索逾期未答复。")
    officer.press("保存并报核")
    officer.reads("有 1 处需要改正", "须写明具有哪项情形，以及危害、影响的具体情况，不能只选条件。")
    officer.meets_no_barrier(1366, PHONE)
    officer.type(door_words=WHY)
    officer.press("保存并报核")
    officer.reads("已报核，等待办公室主任核稿。", BY_ARTICLE, WHY)
    officer.meets_no_barrier(1366, PHONE)
    case = take(Verb.ENDORSE, Case.objects.get())

    leader = come_in("group_leader")
    leader.goes_to("/")
    leader.follow(TITLE)
    leader.reads(BY_ARTICLE, WHY)
    leader.meets_no_barrier(1366, PHONE)
    leader.write("审定意见", "同意，从速办理。")
    leader.does("审定同意")
    come_in(f"head_{TOWN}").finds_nothing(f"/cases/{case.pk}/")

    officer.goes_to("/")
    serve_notice(officer)
    assert BY_ARTICLE in words_of(officer.takes_home("约谈通知书　江扫黑办〔2026〕1号"))
    head = come_in(f"head_{TOWN}", width=PHONE)
    head.goes_to(f"/cases/{case.pk}/")
    head.reads(BY_ARTICLE)
    head.reads_nowhere(WHY)
    head.meets_no_barrier(PHONE)
    assert Case.objects.get().state == CaseState.NOTIFIED
