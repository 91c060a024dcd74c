"""The pages between approval and interview: what the officer is told first, and what stays on the case page."""

import pytest

from tests import cast
from tests.factories import case_in, later, pdf, png, succeed, take
from tests.past_triggers import past_triggers
from tests.refusals import nothing_stored
from tests.web import Visitor
from yuetan.actions.people.unit import end_post
from yuetan.models import Case, Document, User
from yuetan.rules.dates import clock
from yuetan.scenarios import notice_keywords
from yuetan.vocabulary import CaseState, PostKind, Verb

HEAD, LIAISON = f"head_{cast.TOWN}", f"liaison_{cast.TOWN}"


def at_step(username, case, verb):
    """Somebody opens the page of a step."""
    visitor = Visitor(cast.person(username))
    visitor.open(f"/cases/{case.pk}/steps/{verb}/")
    return visitor


def at_case(username, case):
    return Visitor(cast.person(username)).open(f"/cases/{case.pk}/")


@pytest.fixture
def approved(office):
    """A case approved, waiting for its notice."""
    return case_in(CaseState.APPROVED)


@pytest.fixture
def notified(office):
    """A case of which the unit was told."""
    return case_in(CaseState.NOTIFIED)


def test_the_six_elements_as_a_task_list(approved):
    officer = at_step("officer", approved, Verb.SERVE_NOTICE)
    for label in ("地点", "程序", "需提交的材料"):
        assert f"{label} 已预填，请核对" in officer.page
    assert "事由 照审定的建议，可以写明主要问题" in officer.page
    assert "参加人员 照职务写明，另有人员的请补充" in officer.page
    assert "时间 未填写" in officer.page
    page = officer.press("下一步：核对", expect=422, place="")
    assert "时间 需改正" in page
    assert "地点 需改正" in page
    assert "程序 已填写" in page


def test_who_will_be_notified_by_name_and_account(approved):
    officer = at_step("officer", approved, Verb.SERVE_NOTICE)
    for words in (f"冯十（账号 {HEAD}）", f"褚十二（账号 {LIAISON}）", "陈十一（没有账号，看不到）"):
        assert words in officer.page
    assert "须另行送达纸质通知书" not in officer.page
    assert f"冯十（账号 {HEAD}）" in officer.press("下一步：核对", scheduled_at="2026-12-03T09:30")


def test_a_warning_where_nobody_would_be_notified(approved, liaison, head):
    end_post(liaison.posts.get(), by=cast.person("sysadmin"), ended_on=clock.today())
    page = at_step("officer", approved, Verb.SERVE_NOTICE).page
    assert "蓬江区棠下镇没有可登录的联络员账号，须另行送达纸质通知书，签收后登记纸质回执。" in page
    User.objects.filter(pk=head.pk).update(is_active=False)
    page = at_step("officer", approved, Verb.SERVE_NOTICE).page
    assert "没有可登录的党政主要领导、联络员账号" in page


def test_other_interviews_are_shown_before(approved, division_town):
    near = case_in(CaseState.NOTIFIED, draft={"matter": "同一领导的事"}, serve_notice={"place": "二号楼"})
    case_in(CaseState.NOTIFIED, unit=division_town, draft={"matter": "别的领导的事"})
    officer = at_step("officer", approved, Verb.SERVE_NOTICE)
    for words in ("2026年11月30日（星期一）上午9:00 孙六约谈蓬江区棠下镇", near.title, "二号楼"):
        assert words in officer.page
    assert "别的领导的事" not in officer.page
    page = officer.press("下一步：核对", expect=422, scheduled_at="2026-11-30T10:00", place="三号楼")
    assert f"孙六、冯十于2026年11月30日（星期一）上午9:00另有约谈（{near.title}），相距不足 3 小时" in page
    officer.press("下一步：核对", clash_accepted="on")
    assert officer.press("书面通知").heading == approved.title


def test_a_receipt_of_paper_from_form_to_both_sides(notified):
    officer = at_step("officer", notified, Verb.REGISTER_RECEIPT)
    with nothing_stored():
        page = officer.press("登记纸质回执", expect=422, signer_name="褚十二", confirmed="1")
    assert "登记纸质回执还缺：签收人职务、签收日期、回执扫描件。" in page
    typed = {"signer_name": "褚十二", "signer_title": "棠下镇联络员", "signed_on": "2026-11-23"}
    officer.press("登记纸质回执", **typed, scan=png("回执.png"), confirmed="1")
    for username in ("officer", "director", "deputy", HEAD, LIAISON):
        page = at_case(username, notified)
        assert "签收人 褚十二（棠下镇联络员）" in page
        assert "褚十二于2026年11月23日签收（纸质回执）" in page
        assert "回执.png" in page
    assert "张一" not in at_case(HEAD, notified)


def test_an_unsigned_notice_climbs(notified):
    def todos(username):
        return "通知逾期未签收：催办签收，或者登记纸质回执" in Visitor(cast.person(username)).open("/")

    with later(days=1):
        assert not todos("officer")
        assert "通知未签收，今天到期" in at_case("officer", notified)
    with later(days=2):
        assert todos("officer")
        assert todos("second_officer")
        assert not todos("director")
        assert "逾期 1 天" in Visitor(cast.person("officer")).open("/")
    with later(days=4):
        assert todos("director")
        for username in ("officer", "director", HEAD):
            assert "通知未签收，逾期 3 天" in at_case(username, notified)
        take(Verb.ACKNOWLEDGE_RECEIPT, notified)
        assert not todos("officer")
        assert not todos("director")
        assert "通知未签收" not in at_case("officer", notified)


def test_a_successor_is_chosen_already_and_named_in_the_paper(notified, head):
    case = notified
    succeed(head, "吕四十")
    assert "改期：约谈对象或者约谈人已准假、离任" in Visitor(cast.person("officer")).open("/")
    page = at_case("officer", case)
    assert "约谈对象冯十已不任党委书记，须先改期，通知现任党政主要领导。" in page
    assert "已不任" not in at_case(LIAISON, case)
    officer = at_step("officer", case, Verb.RESCHEDULE)
    assert "冯十（党委书记）已离任，已改选现任" in officer.page
    form = officer.page.forms[-1]
    assert form.values["interviewees"] == officer.pick("interviewees", "吕四十")
    check = officer.press("下一步：核对", reason="书记调整。", scheduled_at="2026-12-03T09:30")
    assert "吕四十同志" in check
    officer.press("改期")
    assert "须改期" not in at_case("officer", case)
    assert Case.objects.get(pk=case.pk).interviewees.get().holder.name == "吕四十"


def test_a_new_interviewer_is_asked_for_only_when_the_old_one_left(notified, deputy):
    assert "interviewer" not in at_step("officer", notified, Verb.RESCHEDULE).page.forms[-1].values
    succeed(deputy, "吕四一")
    officer = at_step("officer", notified, Verb.RESCHEDULE)
    assert "孙六已不任副组长，请选定现任。" in officer.page
    assert officer.page.forms[-1].values["interviewer"] == officer.pick("interviewer", "吕四一")


def test_leave_from_asking_to_the_new_date(notified):
    head = at_step(HEAD, notified, Verb.ASK_LEAVE)
    with nothing_stored():
        assert "尚未写明请假的原因。" in head.press("请假", expect=422)
    head.press("请假", reason="赴省开会。")
    assert "冯十请假，待约谈人审批" in at_case("officer", notified)
    assert "审批请假" in Visitor(cast.person("deputy")).open("/")
    leader = at_step("deputy", notified, Verb.DECIDE_LEAVE)
    assert "冯十（党委书记）：赴省开会。" in leader.page
    leader.press("下一步：核对", granted="yes", opinion="同意，请另定时间。")
    leader.press("审批请假")
    unit = at_case(HEAD, notified)
    assert "冯十已准假，等待改期通知" in unit
    assert "约谈人于2026年11月23日 10:00审批：获准。同意，请另定时间。" in unit
    assert unit.words.count("同意，请另定时间。") == 2  # beside the request, and in the timeline
    assert "孙六于" not in unit
    assert "冯十已准假，须改期" in at_case("officer", notified)
    assert "改期：约谈对象或者约谈人已准假、离任" in Visitor(cast.person("officer")).open("/")
    take(Verb.RESCHEDULE, notified)
    assert "须改期" not in at_case("officer", notified)
    assert "赴省开会。" in at_case("officer", notified)


def test_a_joint_interview_goes_on_without_one(office, town):
    case = case_in(CaseState.NOTIFIED, draft={"interviewees": list(town.heads())})
    secretary = case.interviewees.get(kind=PostKind.PARTY_SECRETARY)
    case = take(Verb.DECIDE_LEAVE, take(Verb.ASK_LEAVE, case, post=secretary))
    assert "冯十已准假，其他约谈对象照常到会" in at_case("officer", case)
    assert "改期：" not in Visitor(cast.person("officer")).open("/")


def test_the_four_headings_as_a_task_list_with_their_files(notified):
    take(Verb.PREPARE_SUBMISSION, notified, causes="", situation_files=[pdf("统计.pdf")])
    page = at_step(LIAISON, notified, Verb.PREPARE_SUBMISSION).page
    assert "基本情况 已填写，附件 1 个" in page
    assert "原因分析 未填写" in page
    assert "已有：统计.pdf。" in page
    assert "最迟于2026年11月27日提交" in page
    unit = at_case(LIAISON, notified)
    assert unit.link("原因分析") == f"/cases/{notified.pk}/steps/prepare_submission/#id_causes"


def test_a_file_is_removed_by_its_tick(notified):
    take(Verb.PREPARE_SUBMISSION, notified, situation_files=[pdf("统计.pdf"), pdf("旧表.pdf")])
    liaison = at_step(LIAISON, notified, Verb.PREPARE_SUBMISSION)
    page = liaison.press("保存草稿", removed=liaison.pick("removed", "旧表.pdf"))
    assert "统计.pdf" in page
    assert "旧表.pdf" not in page


def test_both_versions_are_shown_to_both_sides_and_the_draft_to_one(notified):
    for situation in ("初稿的情况。", "补充的情况。"):
        take(Verb.PREPARE_SUBMISSION, notified, situation=situation)
        take(Verb.HAND_IN_SUBMISSION, notified)
    take(Verb.PREPARE_SUBMISSION, notified, situation="草稿的情况。")
    for username, words in (("officer", ""), ("deputy", ""), (LIAISON, "草稿的情况。")):
        page = at_case(username, notified)
        assert "第 1 稿，冯十于2026年11月23日 10:00提交" in page
        assert "第 2 稿，冯十于2026年11月23日 10:00提交" in page
        assert "初稿的情况。" in page
        assert "补充的情况。" in page
        assert ("草稿的情况。" in page) is bool(words)


def test_what_comes_after_the_interview_is_marked_on_both_sides(notified):
    with later(days=7, hours=1):
        case = take(Verb.HOLD_INTERVIEW, notified)
        for username in ("officer", LIAISON):
            assert "书面材料未提交，纪要印发前仍可补交" in at_case(username, case)
        take(Verb.PREPARE_SUBMISSION, case)
        assert "标明“约谈后补交”" in at_step(HEAD, case, Verb.HAND_IN_SUBMISSION).page
        take(Verb.HAND_IN_SUBMISSION, case)
        for username in ("officer", HEAD):
            page = at_case(username, case)
            assert "约谈后补交" in page
            assert "仍可补交" not in page
        assert "提交书面材料" not in [words for words, _ in at_case(HEAD, case).links]


def test_a_notice_from_before_its_parts_were_kept_is_rescheduled_and_says_what_is_missing(office):
    case = take(Verb.ACKNOWLEDGE_RECEIPT, case_in(CaseState.NOTIFIED))
    written = "约谈方：副组长孙六，市司法局尤二十。\n被约谈方：冯十。"
    with past_triggers():
        before = {"procedure": "谈话。", "required_materials": "无", "participants": written}
        Case.objects.filter(pk=case.pk).update(other_participants={}, **before)
        Document.objects.filter(case=case).update(facts={})
    officer = at_step("officer", case, Verb.RESCHEDULE)
    assert "原通知写的参加人员：约谈方：副组长孙六，市司法局尤二十；被约谈方：冯十。" in officer.page
    sent = {"reason": "会议冲突。", "scheduled_at": "2026-12-04T15:00"}
    page = officer.press("下一步：核对", expect=422, **sent)
    for words in ("程序", "基本情况"):
        assert words in page
    lawful = notice_keywords.notice(case)
    page = officer.press("下一步：核对", procedure=lawful["procedure"], required_materials=lawful["required_materials"])
    officer.press("改期")
    assert "江扫黑办〔2026〕2号" in Case.objects.get().current_notice.html
