"""The ladder in Chromium, both ways up and on both sides of the table: rung by rung to 摘牌, and by gravity to 移送."""

from collections.abc import Callable

from tests import factories, vetoes
from tests.cast import TOWN
from tests.e2e.person import PHONE, Person
from tests.e2e.steps import address, takes
from tests.ladder import carry_out, put_right, take
from yuetan.models import AccountabilityMeasure, Case
from yuetan.scenarios import measure_drivers
from yuetan.vocabulary import CaseState, Verb

V = Verb
HEAD, LIAISON = f"head_{TOWN}", f"liaison_{TOWN}"
INNER = ("经核查，没有这一情节", "同意，报审定", "张一", "组织部", "移送", "纪委监委", "会议审定")
HISTORY = (
    *(V.SUBMIT, V.ENDORSE, V.APPROVE, V.SERVE_NOTICE, V.ACKNOWLEDGE_RECEIPT, V.PREPARE_SUBMISSION),
    *(V.HAND_IN_SUBMISSION, V.HOLD_INTERVIEW, V.CONFIRM_MINUTES, V.SEND_MINUTES, V.ANSWER_MINUTES, V.ISSUE_MINUTES),
    V.ASSIGN,
)
DEMANDS = "倒排工期，月底前启动三个重点村的整治。\n建立台账，每周更新一次。"
HELD_DAYS = 8  # after the notice


def test_rung_by_rung_to_the_delisting(come_in: Callable[..., Person], it_is: Callable[..., None]) -> None:
    it_is(11, 24)
    carry_out()
    circular = drafted(come_in("officer"), "通报：具有本办法第二十六条", limit="2026-12-01", demands=DEMANDS)
    laid(come_in, circular, "通报")
    it_is(12, 2)
    officer = come_in("officer")
    takes(officer, circular, V.OPEN_INTERVIEW, "已建立约谈建议的拟稿")
    officer.reads("据以提出的约谈")
    come_in(HEAD).goes_to(address(circular))
    come_in(HEAD).reads_nowhere("据以提出的约谈", *INNER)
    case = interviewed(Case.objects.get(rung_laid=circular), it_is)

    it_is(12, 31)
    officer = come_in("officer")
    officer.goes_to(f"/cases/{case.pk}/")
    officer.reads("可以据以挂牌督办（黄牌警告）", "至今未完成，逾期")
    officer.follow("起草挂牌督办（黄牌警告）")
    assert officer.field("matter").input_value() == case.matter
    officer.choose("第二十六条第一项")
    listing = kept_draft(officer, limit="2027-01-20", demands=DEMANDS)
    laid(come_in, listing, "挂牌督办")
    head = come_in(HEAD, width=PHONE)
    head.goes_to(address(listing))
    head.reads("棠下镇：综合性评选", "摘牌")
    head.meets_no_barrier(PHONE)
    take(V.RECORD_SITE_CHECK, put_right(listing))
    head.goes_to(address(listing))
    head.follow(V.ASK_DELISTING.label)
    head.type(words="两项整改已经全部完成，申请摘牌。")
    head.choose("确认办理")
    head.press(V.ASK_DELISTING.label)
    head.reads("已申请摘牌，等待核查、决定。")
    director = come_in("director")
    takes(director, listing, V.GRANT_DELISTING, "已摘牌，摘牌通知书已印发。", opinion="经现场核查，同意摘牌。")
    liaison = come_in(LIAISON)
    takes(liaison, listing, V.ACKNOWLEDGE_MEASURE, "已签收。")
    liaison.goes_to(address(listing))
    liaison.reads("摘牌通知书")


def test_by_gravity_to_a_veto_and_a_referral(come_in: Callable[..., Person], it_is: Callable[..., None]) -> None:
    it_is(11, 24)
    carry_out()
    veto = drafted(come_in("officer"), "一票否决：具有本办法第二十六条", door_words=measure_drivers.GRAVITY)
    officer, director = come_in("officer"), come_in("director")
    takes(officer, veto, V.SUBMIT_MEASURE, "已报核，等待办公室主任核稿。")
    takes(director, veto, V.ENDORSE_MEASURE, "已核稿，报领导审定。", opinion="情节特别严重，同意。")
    takes(officer, veto, V.ASK_CONSULTATION, "市委组织部", departments="市委组织部\n市公安局")
    veto = take(V.RECORD_CONSULTATION, veto)
    leader = come_in("group_leader")
    leader.goes_to(address(veto))
    leader.reads("商有关部门、会议审定", "市公安局")
    come_in(HEAD).finds_nothing(address(veto))
    veto = take(V.EXCUSE_CONSULTATION, veto)
    vetoes.decide(veto)

    it_is(11, 26)
    officer, director = come_in("officer"), come_in("director")
    veto = take(V.REGISTER_MEASURE_DECISION, veto)
    officer.goes_to(address(veto))
    officer.reads("现由承办人、办公室主任办理：复核登记的责任措施审定。")
    veto = take(V.CONFIRM_MEASURE_DECISION, veto)
    takes(officer, veto, V.SERVE_MEASURE, "已印发送达。")
    liaison = come_in(LIAISON, width=PHONE)
    takes(liaison, veto, V.ACKNOWLEDGE_MEASURE, "已签收。")
    liaison.reads("一票否决决定书", "棠下镇：综合性评选")
    liaison.meets_no_barrier(PHONE)
    reason = "主要领导长期不研究、不部署，需要追究责任。"
    takes(director, veto, V.REFER_MEASURE, "移送", organ="市纪委监委机关", reason=reason)
    officer.goes_to(address(veto))
    officer.reads("移送、书面建议", "等待签收")
    officer.meets_no_barrier(1366)
    for name in (HEAD, LIAISON):
        person = come_in(name)
        person.goes_to(address(veto))
        person.reads_nowhere(*INNER)
    take(V.RECORD_REFERRAL_OUTCOME, take(V.RECORD_REFERRAL_RECEIPT, veto))
    officer.goes_to(address(veto))
    officer.reads("由案管室郑八签收", "给予主要领导党内警告处分。")


def drafted(officer: Person, door: str, **entered: str) -> AccountabilityMeasure:
    """A measure about the town, typed into its form."""
    officer.goes_to("/measures/")
    officer.follow("起草责任措施")
    officer.select(unit="蓬江区棠下镇")
    officer.choose(door.partition("：")[0], door, "第二十六条第一项")
    officer.type(matter="治安重点地区整治推进缓慢", facts="三个重点村的整治方案至今没有启动。")
    return kept_draft(officer, **entered)


def kept_draft(officer: Person, **entered: str) -> AccountabilityMeasure:
    """What else is typed, each circumstance answered, and the draft kept."""
    officer.type(**entered)
    for row in range(officer.page.locator("[name^='circumstances-'][name$='-applies']").count()):
        officer.select(**{f"circumstances__{row}__applies": "没有"})
        officer.type(**{f"circumstances__{row}__reason": "经核查，没有这一情节。"})
    officer.press("保存")
    officer.reads("拟稿已保存，核对后请报核。")
    return AccountabilityMeasure.objects.latest("created_at")


def laid(come_in: Callable[..., Person], measure: AccountabilityMeasure, paper: str) -> None:
    """From the draft to the receipt; the unit finds nothing of it before it is served."""
    officer, director, liaison = come_in("officer"), come_in("director"), come_in(LIAISON)
    takes(officer, measure, V.SUBMIT_MEASURE, "已报核，等待办公室主任核稿。")
    liaison.finds_nothing(address(measure))
    takes(director, measure, V.DECIDE_MEASURE, "已审定，可以印发送达。", opinion="同意。")
    takes(officer, measure, V.SERVE_MEASURE, "已印发送达。")
    takes(liaison, measure, V.ACKNOWLEDGE_MEASURE, "已签收。")
    liaison.reads(paper)
    liaison.reads_nowhere(*INNER)


def interviewed(case: Case, it_is: Callable[..., None]) -> Case:
    """The way of the case itself is told elsewhere; here it goes to its tasks, the last of which is due in December."""
    case = factories.take(V.REVISE_DRAFT, case)
    for verb in HISTORY:
        if verb == V.HOLD_INTERVIEW:
            it_is(12, 2 + HELD_DAYS, 10)
        case = factories.take(verb, case)
    assert case.state == CaseState.RECTIFYING
    return case
