"""待审定: what waits for a leader, one page that holds all that is needed, two clicks, several at once."""

import re
import uuid
from datetime import timedelta

import pytest
from django.test import Client

from tests import cast
from tests.factories import case_in, keywords, later, pdf, png, take
from tests.refusals import appoint, nothing_stored, refused
from tests.views.queries import queries_of
from tests.web import BACKEND, Visitor
from yuetan.actions.people.delegation import delegate_approval
from yuetan.actions.people.unit import end_post
from yuetan.actions.proposal.bulk_approval import approve_in_bulk
from yuetan.models import Case
from yuetan.rules.check_code import shortened
from yuetan.rules.dates import clock
from yuetan.vocabulary import CaseState, PostKind, Verb

LIST = "/approvals/"
SEVERAL = "/approvals/several/"
CHANGED = "改过的事实。"


def proposed(matter="线索摸排不深入", **changed):
    """One more proposal, just put before the leading group."""
    return case_in(CaseState.PROPOSED, draft={"matter": matter}, **changed)


def delegated(to="deputy"):
    """The group leader is away this week."""
    facts = {"begins_on": clock.today(), "ends_on": clock.today() + timedelta(days=4), "reason": "外出学习"}
    return delegate_approval(by=cast.person("group_leader"), delegate=cast.person(to), **facts)


def at_list(username="group_leader"):
    """A leader opens the list."""
    visitor = Visitor(cast.person(username))
    visitor.open(LIST)
    return visitor


def post(visitor, **data):
    """A request made by hand, with the token of the page."""
    token = next(form.values["csrfmiddlewaretoken"][0] for form in visitor.page.forms if form.method == "post")
    return visitor.client.post(SEVERAL, {"csrfmiddlewaretoken": token, **data})


def test_what_waits_is_listed_oldest_first_with_how_long(office):
    newest = proposed("今天报来的事项")
    with later(days=-3):
        oldest = proposed("先报来的事项")
    case_in(CaseState.IN_REVIEW, draft={"matter": "还在核稿的事项"})
    page = at_list().page
    assert [words for words, _ in page.links if words.startswith("关于")] == [oldest.title, newest.title]
    for words in ("已等 3 天", "今天报来", oldest.register_number, "蓬江区棠下镇", "1 项"):
        assert words in page
    assert page.forms[-1].offered["cases"] == [str(oldest.pk), str(newest.pk)]


def test_two_clicks_from_what_waits_for_me(office):
    case = proposed()
    leader = Visitor(cast.person("group_leader"))
    leader.open("/")
    leader.click(case.title)
    assert leader.press("审定同意").heading == case.title
    assert Case.objects.get().state == CaseState.APPROVED


def test_two_clicks_from_the_list(office):
    case = proposed()
    leader = at_list()
    leader.click(case.title)
    leader.press("审定同意")
    assert Case.objects.get().approver == cast.person("group_leader")


def test_the_page_holds_all_that_is_needed(office, town):
    earlier = case_in(CaseState.CLOSED, unit=town, draft={"matter": "以前的事项"})
    case = proposed(endorse={"opinion": "事实清楚，同意报审定。"})
    leader = at_list()
    page = leader.click(case.title)
    for words in ("约谈建议呈批表", "事实清楚，同意报审定。", "线索摸排不深入", earlier.register_number):
        assert words in page
    assert leader.fetch("打开 PDF（印出来是这样）").startswith(b"%PDF-")
    leader.open(page.url)
    assert leader.click(earlier.title).heading == earlier.title


def test_evidence_is_at_hand(office):
    case = case_in(CaseState.PROPOSED, draft={"evidence": [png("核查情况.png")]})
    leader = at_list()
    leader.click(case.title)
    assert leader.fetch("核查情况.png").startswith(b"\x89PNG")


@pytest.mark.parametrize(
    ("button", "field", "state"),
    [("退回修改", "reason", CaseState.DRAFTED), ("不予约谈", "opinion", CaseState.DECLINED)],
)
def test_the_other_decisions_are_on_the_same_page(office, button, field, state):
    case = proposed()
    leader = at_list()
    leader.click(case.title)
    with nothing_stored():
        page = leader.press(button, expect=422)
    assert "尚未" in page
    confirm = "下一步：核对" if state == CaseState.DECLINED else button
    leader.press(confirm, **{field: "事实部分请补充数据。"})
    if state == CaseState.DECLINED:
        assert "本事项就此结束" in leader.page
        leader.press(button)
    assert Case.objects.get().state == state


def test_an_approval_without_words_comes_back_to_the_same_page(office):
    case = proposed()
    leader = at_list()
    leader.click(case.title)
    with nothing_stored():
        page = leader.press("审定同意", expect=422, opinion=" ")
    assert "尚未填写意见。" in page
    assert "约谈建议呈批表" in page


def test_several_at_once_each_by_its_own_step(office):
    cases = [proposed(f"第{number}件事项") for number in "一二三"]
    leader = at_list()
    page = leader.press("选定的一并同意", cases=[str(case.pk) for case in cases[:2]])
    assert cases[2].title not in page
    page = leader.press("审定同意（2 件）", opinion="同意，请抓紧办理。")
    assert page.heading == "审定结果"
    assert "已审定同意 2 件" in page
    approved = Case.objects.filter(state=CaseState.APPROVED)
    assert set(approved) == set(cases[:2])
    assert {case.events.newest_first()[0].opinion for case in approved} == {"同意，请抓紧办理。"}


def test_the_check_page_keeps_nothing_and_asks_for_an_opinion_once(office):
    case = proposed()
    leader = at_list()
    with nothing_stored():
        leader.press("选定的一并同意", cases=[str(case.pk)])
        page = leader.press("审定同意（1 件）", expect=422, opinion="")
    assert page.words.count("尚未填写意见。") == 2  # in the summary and beside the field
    assert leader.press("审定同意（1 件）", opinion="同意。")
    assert Case.objects.get().state == CaseState.APPROVED


def test_none_chosen_is_said(office):
    proposed()
    leader = at_list()
    with nothing_stored():
        page = leader.press("选定的一并同意", expect=422)
    assert "尚未选择要审定的事项。" in page


def test_too_many_are_not_taken_at_once(group_leader):
    many = [proposed()] * 51
    with refused("一次最多一并审定 50 件，请分次办理。", field="cases"):
        approve_in_bulk(many, by=group_leader, opinion="同意。", seen=[])


def test_one_that_has_moved_on_does_not_keep_back_the_others(office, first_deputy):
    first, second = proposed("甲事项"), proposed("乙事项")
    leader = at_list()
    leader.press("选定的一并同意", cases=[str(first.pk), str(second.pk)])
    take(Verb.DECLINE, first, by=first_deputy)
    page = leader.press("审定同意（2 件）")
    assert "已审定同意 1 件" in page
    assert "没有审定 1 件" in page
    assert "钱五（市扫黑除恶专项斗争领导小组第一副组长）已于2026年11月23日（星期一）上午10:00办理：不予约谈" in page
    assert Case.objects.get(pk=second.pk).state == CaseState.APPROVED


def test_the_same_twice_is_shown_and_not_done_again(office):
    case = proposed()
    leader = at_list()
    leader.press("选定的一并同意", cases=[str(case.pk)])
    form = leader.page.forms[-1]
    leader.press("审定同意（1 件）")
    with nothing_stored():
        answer = leader.client.post(form.action, {**form.values, "confirmed": "1"})
    assert answer["Location"] == "/approvals/"
    assert "没有重复办理" in leader.open("/approvals/")


def change_text(case):
    """Returned, changed, and put before the leading group again."""
    returned = take(Verb.RETURN_FOR_CHANGES, case)
    grounds = [row | {"facts": CHANGED} for row in keywords(Verb.REVISE_DRAFT, returned)["grounds"]]
    revised = take(Verb.REVISE_DRAFT, returned, matter=case.matter, grounds=grounds)
    return take(Verb.ENDORSE, take(Verb.SUBMIT, revised))


def test_a_text_that_changed_while_the_page_was_open_is_not_approved(office):
    case = proposed()
    leader = at_list()
    leader.click(case.title)
    change_text(case)
    with nothing_stored():
        page = leader.press("审定同意", expect=422)
    assert "建议内容在您打开本页以后已有改动，请看过现在的内容再审定。" in page
    assert CHANGED in page.words.replace("\n", "")  # the page that comes back shows what stands now
    leader.press("审定同意")
    assert Case.objects.get().state == CaseState.APPROVED


def test_of_several_only_the_texts_that_were_listed_are_approved(office):
    changed, same = proposed("甲事项"), proposed("乙事项")
    leader = at_list()
    leader.press("选定的一并同意", cases=[str(changed.pk), str(same.pk)])
    change_text(changed)
    page = leader.press("审定同意（2 件）")
    assert "已审定同意 1 件" in page
    assert "建议内容在您打开本页以后已有改动" in page
    assert Case.objects.get(pk=changed.pk).state == CaseState.PROPOSED


def make_leader(person):
    """Somebody of the office becomes the first deputy leader."""
    sysadmin = cast.person("sysadmin")
    end_post(cast.person("first_deputy").posts.get(), by=sysadmin, ended_on=clock.today())
    end_post(person.posts.get(), by=sysadmin, ended_on=clock.today())
    appoint(person, cast.unit(cast.GROUP), PostKind.FIRST_DEPUTY_LEADER, "第一副组长")


def test_who_drafted_is_shown_why_and_offered_nothing(officer):
    case = proposed()
    make_leader(officer)
    leader = at_list("officer")
    assert "张一已拟稿或核稿，不得再审定同一建议，请由其他有权办理的人办理。" in leader.page
    assert "cases" not in leader.page.forms[-1].offered
    page = leader.click(case.title)
    assert "现在还不能审定" in page
    assert all("审定同意" not in form.buttons for form in page.forms)
    with nothing_stored():
        answer = post(leader, cases=str(case.pk), confirmed="1", opinion="同意。")
    assert "张一已拟稿或核稿，不得再审定同一建议，请由其他有权办理的人办理。" in answer.content.decode()


def test_a_leader_of_the_unit_sees_nothing_of_it_anywhere(first_deputy, town, division_town):
    hidden, other = proposed("不该看到的事项"), proposed("别处的事项", unit=division_town)
    appoint(first_deputy, town, PostKind.LIAISON, "联系领导")
    leader = at_list("first_deputy")
    assert hidden.title not in leader.page
    assert "共 1 条" in leader.page
    leader.open("/")
    assert hidden.title not in leader.page
    assert "可以一并同意" not in leader.page
    leader.open(f"/cases/{hidden.pk}/steps/approve/", expect=404)
    leader.open(LIST)
    for keys in ([hidden.pk], [hidden.pk, other.pk]):
        with nothing_stored():
            answers = [
                post(leader, cases=[str(key) for key in sent], **more)
                for sent in (keys, [uuid.uuid4()])
                for more in ({}, {"confirmed": "1", "opinion": "同意。"})
            ]
        assert {answer.status_code for answer in answers} == {404}
        assert len({re.sub(rb'value="\w+"', b"", answer.content) for answer in answers}) == 1


@pytest.mark.parametrize("entered", ["x", "", "1", "' OR 1=1", "00000000-0000-0000-0000-000000000000"])
def test_what_is_no_key_is_not_found(office, entered):
    proposed()
    leader = at_list()
    with nothing_stored():
        assert post(leader, cases=[entered], confirmed="1", opinion="同意。").status_code == 404


@pytest.mark.parametrize("who", ["officer", "director", "supervisor", "sysadmin", "auditor", "head", "liaison"])
def test_nobody_else_has_the_list_or_several_at_once(office, request, who):
    case = proposed()
    visitor = Visitor(request.getfixturevalue(who))
    visitor.open(LIST, expect=403)
    visitor.open("/")
    with nothing_stored():
        answer = post(visitor, cases=str(case.pk), confirmed="1", opinion="同意。")
    assert answer.status_code == 403
    assert LIST not in dict(visitor.page.links).values()


def test_who_may_not_approve_reads_why_and_has_no_way_there(deputy):
    case = proposed()
    visitor = Visitor(deputy)
    assert LIST not in [url for _, url in visitor.open("/").links]
    page = visitor.open(LIST)
    assert "审定由组长、第一副组长作出，您现不任此职，也没有受委托，只能查看、退回修改。" in page
    assert "选定的一并同意" not in page
    assert "审定由组长、第一副组长作出，孙六现不任此职，不能审定。" in visitor.click(case.title)


def test_a_delegate_is_shown_as_such_wherever_it_is_used(deputy, auditor):
    delegated()
    case = proposed()
    visitor = Visitor(cast.person("deputy"))
    visitor.open("/")
    assert "受组长赵四委托" in visitor.click("待审定")
    page = visitor.click(case.title)
    assert "您受组长赵四委托审定（2026年11月23日至2026年11月27日）" in page
    page = visitor.press("审定同意")
    assert page.words.count("受组长赵四委托") == 2  # among the opinions and in the timeline
    assert "受组长赵四委托" in Visitor(auditor).open("/log/")


def test_a_leader_with_two_rights_chooses(first_deputy):
    delegated("first_deputy")
    case = proposed()
    leader = at_list("first_deputy")
    leader.click(case.title)
    form = next(form for form in leader.page.forms if "审定同意" in form.buttons)
    assert (form.offered["delegator"], form.values["delegator"]) == (["", str(cast.person("group_leader").pk)], [""])
    leader.press("审定同意", delegator=str(cast.person("group_leader").pk))
    assert Case.objects.get().approved_for == cast.person("group_leader")


def test_a_delegate_approves_several(deputy):
    delegated()
    cases = [proposed("甲事项"), proposed("乙事项")]
    leader = at_list("deputy")
    page = leader.press("选定的一并同意", cases=[str(case.pk) for case in cases])
    assert page.words.count("受组长赵四委托") == 2
    leader.press("审定同意（2 件）")
    assert {case.approved_for for case in Case.objects.all()} == {cast.person("group_leader")}


def test_a_meeting_is_marked_wherever_the_decision_is_read(director, auditor):
    case = proposed()
    marked = "会议审定（领导小组2026年第3次会议），2026年11月23日"
    visitor = Visitor(director)
    visitor.open(f"/cases/{case.pk}/")
    visitor.click("登记审定")
    facts = {
        "decision": "approved",
        "method": "meeting",
        "given_on": "2026-11-23",
        "meeting": "领导小组2026年第3次会议",
    }
    approver = visitor.pick("approver", "赵四")
    page = visitor.press("登记审定", **facts, approver=approver, opinion="会议同意。", proof=pdf("会议纪录.pdf"))
    assert page.words.count(marked) == 2  # among the opinions, and in the timeline
    second = Visitor(cast.person("officer"))
    second.open(f"/cases/{case.pk}/")
    second.click("复核登记的审定同意")
    second.press("下一步：核对", compared="on")
    page = second.press("复核登记的审定同意")
    assert page.words.count(marked) == 5  # registered and checked, twice each, and as the way of approval
    log = Visitor(auditor).open("/log/")
    check = shortened(Case.objects.get().approved_sha256)
    assert f"{case.register_number}　会议审定　内容校验 {check}" in log
    assert f"内容校验 {check}" in page
    assert "第3次会议" not in log


@pytest.mark.parametrize("who", ["group_leader", "deputy"])
def test_three_cost_what_one_costs(office, who):
    delegated()
    client = Client()
    client.force_login(cast.person(who), backend=BACKEND)
    proposed()
    client.get(LIST)
    one = queries_of(client, LIST)
    proposed()
    proposed()
    assert queries_of(client, LIST) == one
