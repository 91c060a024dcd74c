"""审定 on paper: one person of the office registers it with a scan that can be read, another compares and confirms."""

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction

from tests import cast
from tests.factories import case_in, later, pdf, picture, take
from tests.refusals import appoint, by_the_office, not_theirs, refused
from yuetan.actions.office.office import change_office_setting
from yuetan.actions.papers.scan import upload_scan
from yuetan.actions.people.unit import end_post
from yuetan.models import DecisionRegistration, OfficeSetting
from yuetan.rules.dates import clock
from yuetan.vocabulary import ApprovalMethod, CaseState, DecisionKind, FilePurpose, PostKind, Verb

CONFIRMS = {DecisionKind.APPROVED: Verb.CONFIRM_APPROVAL, DecisionKind.DECLINED: Verb.CONFIRM_DECLINE}
ENDS = {DecisionKind.APPROVED: CaseState.APPROVED, DecisionKind.DECLINED: CaseState.DECLINED}
MONDAY = date(2026, 11, 23)


@pytest.fixture
def proposed(office):
    """A proposal endorsed on this Monday and waiting for the leading group."""
    return case_in(CaseState.PROPOSED)


@pytest.mark.parametrize("decision", list(DecisionKind))
@pytest.mark.parametrize("method", [ApprovalMethod.MEETING, ApprovalMethod.SIGNED_PAPER])
def test_one_registers_and_another_confirms(proposed, director, officer, group_leader, decision, method):
    case = take(Verb.REGISTER_DECISION, proposed, decision=decision, method=method, proof=pdf())
    assert (case.state, case.approver) == (CaseState.PROPOSED, None)
    proof = case.attachments.get()
    assert (proof.purpose, proof.name, proof.uploaded_by) == (FilePurpose.APPROVAL, "扫描件.pdf", director)
    case = take(CONFIRMS[decision], case)
    assert (case.state, case.approver, case.approval_method) == (ENDS[decision], group_leader, method)
    assert case.approval_words == f"{ApprovalMethod(method).label}（领导小组2026年第3次会议），2026年11月23日"
    registered, confirmed = case.events.order_by("id")[3:]
    assert (registered.actor, confirmed.actor) == (director, officer)
    assert confirmed.opinion == "会议同意。"
    assert confirmed.data == registered.data | {"registered_by": "王三"}
    assert confirmed.data == {
        "decision": decision.label,
        "method": method,
        "approver": f"赵四（{group_leader.title}）",
        "given_on": "2026-11-23",
        "meeting": "领导小组2026年第3次会议",
        "sha256": case.proposal_sha256,
        "registered_by": "王三",
    }
    row = case.registrations.get()
    assert (row.registered_by, row.reviewed_by, row.accepted) == (director, officer, True)


def test_a_signed_paper_names_no_meeting(proposed):
    take(Verb.REGISTER_DECISION, proposed, method=ApprovalMethod.SIGNED_PAPER, meeting=" ")
    assert take(Verb.CONFIRM_APPROVAL, proposed).approval_words == "签批件，2026年11月23日"


@pytest.mark.parametrize(
    ("changed", "sentence", "field"),
    [
        ({"decision": ""}, "尚未选择审定结果（同意，或者不予约谈）。", "decision"),
        ({"method": ""}, "尚未选择审定方式（会议审定，或者签批件）。", "method"),
        ({"method": "online"}, "尚未选择审定方式（会议审定，或者签批件）。", "method"),
        ({"proof": None}, "以会议审定方式审定的，须上传会议记录或签批件的扫描件。", "proof"),
        ({"given_on": None}, "登记会议审定的，须写明审定日期。", "given_on"),
        ({"meeting": " "}, "登记会议审定的，须写明会议名称及届次。", "meeting"),
        ({"given_on": date(2026, 11, 24)}, "审定日期不得晚于今天。", "given_on"),
        (
            {"given_on": date(2020, 11, 23)},
            "审定日期不得早于报审定之日（2026年11月23日），此前还没有这份建议可供审定。",
            "given_on",
        ),
        (
            {"given_on": date(2026, 11, 22)},
            "审定日期不得早于报审定之日（2026年11月23日），此前还没有这份建议可供审定。",
            "given_on",
        ),
        ({"approver": None}, "尚未选择作出审定的领导。", "approver"),
        ({"opinion": " "}, "尚未填写意见。", "opinion"),
    ],
)
def test_what_a_registration_lacks(proposed, changed, sentence, field):
    with refused(by_the_office(sentence), field=field):
        take(Verb.REGISTER_DECISION, proposed, **changed)


def test_what_was_put_forward_again_was_not_decided_before(proposed):
    """A proposal returned and endorsed anew is another text: its day begins with the last 报审定."""
    with later(days=2):
        case = take(Verb.SUBMIT, take(Verb.RETURN_FOR_CHANGES, proposed))
        case = take(Verb.ENDORSE, case)
        with refused("办公室设定：审定日期不得早于报审定之日（2026年11月25日），此前还没有这份建议可供审定。"):
            take(Verb.REGISTER_DECISION, case, given_on=MONDAY)


SMALL = "扫描件“{}”只有 {} 像素，看不清；短边至少 600、长边至少 800 像素，请重新扫描。"


@pytest.mark.parametrize("size", [(8, 8), (599, 900), (600, 799), (799, 600)])
def test_a_picture_too_small_to_be_read_proves_nothing(proposed, size):
    with refused(SMALL.format("签批件.png", f"{size[0]}×{size[1]}"), field="proof"):
        take(Verb.REGISTER_DECISION, proposed, proof=picture("签批件.png", *size))


@pytest.mark.parametrize("size", [(600, 800), (800, 600)])
def test_a_picture_that_can_be_read_does(proposed, size):
    take(Verb.REGISTER_DECISION, proposed, proof=picture("签批件.png", *size))


def test_the_office_says_how_large(proposed, director):
    change_office_setting(OfficeSetting.objects.get(key="scan_short_side"), by=director, value=1200)
    with refused("扫描件“a.png”只有 900×900 像素，看不清；短边至少 1200、长边至少 800 像素，请重新扫描。"):
        take(Verb.REGISTER_DECISION, proposed, proof=picture("a.png", 900, 900))
    with refused("“扫描件短边最少像素”须为 0 至 5000 的整数。"):
        change_office_setting(OfficeSetting.objects.get(key="scan_short_side"), by=director, value=5001)


def test_a_page_too_small_or_no_page_at_all(proposed):
    with refused("扫描件“扫描件.pdf”的页面太小，看不清；请按原件大小重新扫描后上传。", field="proof"):
        take(Verb.REGISTER_DECISION, proposed, proof=pdf(width=200, height=200))
    fake = SimpleUploadedFile("会议纪要.pdf", b"MZ\x90\0", "application/pdf")
    with refused(
        "办公室设定：文件“会议纪要.pdf”的内容不是 PDF，与扩展名不符，请用原来的软件打开，另存为 PDF 后再上传。",
        field="proof",
    ):
        take(Verb.REGISTER_DECISION, proposed, proof=fake)


def test_who_registered_does_not_confirm_and_may_take_it_back(proposed, director):
    take(Verb.REGISTER_DECISION, proposed)
    with refused("办公室设定：王三是登记人，登记须由办公室另一人复核；登记有误的，可以退回重新登记。"):
        take(Verb.CONFIRM_APPROVAL, proposed, by=director)
    case = take(Verb.RETURN_REGISTRATION, proposed, by=director)
    assert (case.state, case.open_registration) == (CaseState.PROPOSED, None)


def test_two_officers_can_do_it_while_the_directors_post_is_vacant(proposed, director, sysadmin, second_officer):
    end_post(director.posts.get(), by=sysadmin, ended_on=clock.today())
    take(Verb.REGISTER_DECISION, proposed, by=cast.person("officer"))
    assert take(Verb.CONFIRM_APPROVAL, proposed, by=second_officer).state == CaseState.APPROVED


def test_the_scan_has_to_be_compared(proposed):
    take(Verb.REGISTER_DECISION, proposed)
    with refused("尚未勾选已打开扫描件或者会议记录、与登记内容逐项核对一致，不能复核。", field="compared"):
        take(Verb.CONFIRM_APPROVAL, proposed, compared=False)


def test_another_registration_than_the_one_shown_is_not_confirmed(proposed):
    take(Verb.REGISTER_DECISION, proposed)
    shown = str(proposed.registrations.get().pk)
    take(Verb.RETURN_REGISTRATION, proposed)
    take(Verb.REGISTER_DECISION, proposed)
    for verb in (Verb.CONFIRM_APPROVAL, Verb.RETURN_REGISTRATION):
        with refused("审定登记在您打开本页以后已有变动，请看过现在的登记再复核。"):
            take(verb, proposed, seen=shown)


def test_a_returned_registration_says_why_and_stays(proposed, officer):
    take(Verb.REGISTER_DECISION, proposed)
    with refused("尚未写明退回的原因。", field="reason"):
        take(Verb.RETURN_REGISTRATION, proposed, reason=" ")
    case = take(Verb.RETURN_REGISTRATION, proposed, reason="日期不符")
    row = case.registrations.get()
    assert (row.accepted, row.return_reason, row.reviewed_by) == (False, "日期不符", officer)
    with refused("没有待复核的审定登记。"):
        take(Verb.RETURN_REGISTRATION, proposed)
    take(Verb.REGISTER_DECISION, proposed)
    assert take(Verb.CONFIRM_APPROVAL, proposed).registrations.count() == 2


def test_what_says_the_other_is_not_confirmed(proposed):
    take(Verb.REGISTER_DECISION, proposed, decision=DecisionKind.DECLINED)
    with refused("没有待复核的审定登记。"):
        take(Verb.CONFIRM_APPROVAL, proposed)


@pytest.mark.parametrize("verb", [Verb.APPROVE, Verb.DECLINE, Verb.RETURN_FOR_CHANGES, Verb.REGISTER_DECISION])
def test_nothing_else_is_decided_while_a_registration_waits(proposed, verb):
    take(Verb.REGISTER_DECISION, proposed)
    words = "审定同意（会议审定（领导小组2026年第3次会议），2026年11月23日）"
    with refused(f"办公室设定：王三已登记{words}，待另一人复核；请先复核或者退回登记。"):
        take(verb, proposed)


@pytest.mark.parametrize(
    "verb", [Verb.REGISTER_DECISION, Verb.CONFIRM_APPROVAL, Verb.CONFIRM_DECLINE, Verb.RETURN_REGISTRATION]
)
@pytest.mark.parametrize("who", ["group_leader", "deputy", "supervisor", "sysadmin", "auditor", "head", "liaison"])
def test_it_is_the_offices(proposed, request, verb, who):
    with not_theirs():
        take(verb, proposed, by=request.getfixturevalue(who))


def test_the_leader_held_an_approving_post_on_that_day(proposed, group_leader, sysadmin, deputy):
    """Who decided on Monday and left on Tuesday decided; who came on Tuesday did not decide on Monday."""
    with later(days=1):
        end_post(group_leader.posts.get(), by=sysadmin, ended_on=clock.today())
        appoint(deputy, cast.unit(cast.GROUP), PostKind.GROUP_LEADER, "组长")
    with later(days=2):
        then = "在审定当日（2026年11月23日）"
        with refused(f"办公室设定：审定由组长、第一副组长作出，孙六{then}不任此职，不能审定。"):
            take(Verb.REGISTER_DECISION, proposed, approver=cast.person("deputy"), given_on=MONDAY)
        with refused("办公室设定：审定由组长、第一副组长作出，赵四在审定当日（2026年11月24日）不任此职，不能审定。"):
            take(Verb.REGISTER_DECISION, proposed, given_on=MONDAY + timedelta(days=1))
        take(Verb.REGISTER_DECISION, proposed, given_on=MONDAY)
        assert take(Verb.CONFIRM_APPROVAL, proposed).approver == group_leader


def test_recusal_holds_for_a_meeting_too(proposed, group_leader, town):
    appoint(group_leader, town, PostKind.LIAISON, "联系领导")
    with refused("办公室设定：赵四现任被约谈单位棠下镇联系领导，应当回避，不得审定，请由其他有权办理的人办理。"):
        take(Verb.REGISTER_DECISION, proposed)


def test_recusal_is_asked_again_when_it_is_confirmed(proposed, group_leader, town):
    take(Verb.REGISTER_DECISION, proposed)
    appoint(group_leader, town, PostKind.LIAISON, "联系领导")
    with refused("办公室设定：赵四现任被约谈单位棠下镇联系领导，应当回避，不得审定，请由其他有权办理的人办理。"):
        take(Verb.CONFIRM_APPROVAL, proposed)


def test_who_registers_or_confirms_stands_back_too(proposed, director, officer, town):
    appoint(director, town, PostKind.LIAISON, "联系领导")
    with refused("办公室设定：王三现任被约谈单位棠下镇联系领导，应当回避，不得登记审定。"):
        take(Verb.REGISTER_DECISION, proposed, by=cast.person("director"))
    take(Verb.REGISTER_DECISION, proposed, by=cast.person("second_officer"))
    with not_theirs():
        take(Verb.CONFIRM_APPROVAL, proposed, by=cast.person("director"))


def test_recusal_is_asked_of_the_day_of_the_decision(proposed, group_leader, sysadmin, town):
    post = appoint(group_leader, town, PostKind.LIAISON, "联系领导")
    with later(days=3):
        end_post(post, by=sysadmin, ended_on=clock.today() - timedelta(days=1))
        with refused("办公室设定：赵四在审定当日任被约谈单位棠下镇联系领导，应当回避，不得审定。"):
            take(Verb.REGISTER_DECISION, proposed, given_on=MONDAY)
        take(Verb.REGISTER_DECISION, proposed, given_on=MONDAY + timedelta(days=2))
        assert take(Verb.CONFIRM_APPROVAL, proposed).approver == group_leader


def test_the_drafter_does_not_approve_by_way_of_a_meeting(proposed, officer, sysadmin):
    end_post(cast.person("first_deputy").posts.get(), by=sysadmin, ended_on=clock.today())
    appoint(officer, cast.unit(cast.GROUP), PostKind.FIRST_DEPUTY_LEADER, "第一副组长")
    with refused("办公室设定：张一已拟稿或核稿，不得再审定同一建议，请由其他有权办理的人办理。"):
        take(Verb.REGISTER_DECISION, proposed, approver=cast.person("officer"))


def test_a_registration_holds_for_the_text_it_was_made_on(proposed):
    take(Verb.REGISTER_DECISION, proposed)
    proposed.case_grounds.update(facts="改过的事实。")
    with refused("办公室设定：建议内容与报核时的文本不一致，不能核稿、审定；请退回修改，由拟稿人重新报核。"):
        take(Verb.CONFIRM_APPROVAL, proposed)
    take(Verb.RETURN_FOR_CHANGES, take(Verb.RETURN_REGISTRATION, proposed))


def test_the_database_itself_wants_two_persons(proposed, director):
    take(Verb.REGISTER_DECISION, proposed)
    rows = DecisionRegistration.objects.filter(case=proposed)
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.update(accepted=True, reviewed_by=director, reviewed_at=clock.now())
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.update(given_on=MONDAY - timedelta(days=1))


@pytest.mark.parametrize("size", [(8, 8), (500, 900)])
def test_a_receipt_of_paper_and_a_stamped_scan_have_to_be_readable_too(officer, size):
    case = case_in(CaseState.NOTIFIED)
    small = SMALL.format("小图.png", f"{size[0]}×{size[1]}")
    with refused(small, field="scan"):
        take(Verb.REGISTER_RECEIPT, case, scan=picture("小图.png", *size))
    with refused(small, field="file"):
        upload_scan(case.current_notice, by=officer, file=picture("小图.png", *size))
