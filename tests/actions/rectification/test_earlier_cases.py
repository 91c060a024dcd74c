"""补录: a matter that was interviewed on paper is entered with its dates of then, checked by another, and goes on."""

from datetime import date, timedelta

import pytest

from tests import cast
from tests.consistency import check_all
from tests.factories import begin, case_in, enter, set_office, take
from tests.refusals import not_theirs, refused
from tests.web import BACKEND
from yuetan.actions.papers.number_register import reserve_number
from yuetan.actions.rectification.earlier_case import record_earlier_case
from yuetan.errors import StateChanged
from yuetan.models import Alert, Case, NumberCounter, NumberEntry, Post
from yuetan.vocabulary import CaseState, EarlierState, FilePurpose, PostKind, TaskState, Verb

pytestmark = pytest.mark.usefixtures("office")

DRAFTED, NOTICED, HELD, ASSIGNED = date(2026, 9, 1), date(2026, 9, 4), date(2026, 9, 11), date(2026, 9, 21)
NOTICE, MINUTES = "江扫黑办〔2026〕912号", "江扫黑办〔2026〕915号"
NOT_PAST = "办公室设定：补录的是以前已经办理的步骤，办理日期须早于今天；今天办理的，复核补录后在系统中办理。"
NO_POST = (
    "办公室设定：李二在2026年9月4日没有可以办理“书面通知”的职务，请改选当时的办理人；任职有误的，请系统管理员更正。"
)
BEGUN = {"unit": None, "drafted_on": DRAFTED, "drafter": None, "reason": "系统启用前已约谈，见2026年第3卷。"}


def proposed(code=cast.TOWN, **revised):
    case = enter(Verb.REVISE_DRAFT, begin(cast.unit(code), DRAFTED), DRAFTED, **revised)
    return enter(Verb.ENDORSE, enter(Verb.SUBMIT, case, DRAFTED), date(2026, 9, 2))


def approved(code=cast.TOWN):
    case = enter(Verb.REGISTER_DECISION, proposed(code), date(2026, 9, 3))
    return enter(Verb.CONFIRM_APPROVAL, case, date(2026, 9, 3), by=cast.person("second_officer"))


def notified(code=cast.TOWN, number=NOTICE):
    return enter(Verb.SERVE_NOTICE, approved(code), NOTICED, number=number)


def minuted():
    case = enter(Verb.REGISTER_RECEIPT, notified(), date(2026, 9, 5))
    case = enter(Verb.CONFIRM_MINUTES, enter(Verb.HOLD_INTERVIEW, case, HELD), date(2026, 9, 14))
    case = enter(Verb.SEND_MINUTES, case, date(2026, 9, 15))
    return enter(Verb.ISSUE_MINUTES, case, date(2026, 9, 16), number=MINUTES)


def rectifying():
    return enter(Verb.ASSIGN, minuted(), ASSIGNED)


def confirmed(case):
    return take(Verb.CONFIRM_EARLIER_CASE, take(Verb.HAND_IN_EARLIER_CASE, case))


def test_a_matter_is_entered_as_far_as_it_had_come_and_goes_on_here(director):
    case = rectifying()
    assert (case.state, case.earlier) == (CaseState.RECTIFYING, EarlierState.RECORDING)
    case = confirmed(case)
    assert (case.state, case.earlier) == (CaseState.RECTIFYING, EarlierState.CONFIRMED)
    check_all()
    tasks = list(case.tasks.all())
    assert [task.first_due_on for task in tasks] == [HELD + timedelta(days=14), HELD + timedelta(days=30)]
    assert all(task.is_overdue for task in tasks)  # their limits ran on since
    take(Verb.CHASE, case)
    reported = take(Verb.REGISTER_REPORT, case)
    assert take(Verb.ACCEPT_TASK, reported).tasks.get(number=1).state == TaskState.ACCEPTED
    check_all()


def test_each_step_bears_its_day_its_person_its_original_and_who_entered_it(officer):
    case = rectifying()
    events = list(case.events.order_by("id"))
    endorsed = next(event for event in events if event.verb == Verb.ENDORSE)
    assert (endorsed.actor.name, endorsed.actor_title[-2:]) == ("王三", "主任")
    assert endorsed.created_at.date() == date(2026, 9, 2)
    assert endorsed.data["recorded_on"] == "2026-11-23"
    assert endorsed.data["recorded_by"].startswith("张一")
    original = case.attachments.get(pk=endorsed.data["original_id"])
    assert (original.purpose, original.uploaded_by) == (FilePurpose.EARLIER_PAPER, officer)
    assert original.uploaded_at.date() == date(2026, 11, 23)  # it came into the system today
    assert [event.verb for event in events if not event.is_earlier] == []
    assert {file.uploaded_at.date() for file in case.attachments.all()} == {date(2026, 11, 23)}
    assert case.documents.get(kind="interview_notice").receipt.registered_at.date() == date(2026, 11, 23)
    assert case.approved_on == date(2026, 9, 3)
    assert case.interviewed_on == HELD


def test_numbers_of_then_stand_in_the_book_and_the_running_series_passes_over_them():
    last = NumberCounter.objects.filter(prefix="江扫黑办", year=2026).values_list("last", flat=True).first() or 0
    case = notified(number=f"江扫黑办〔2026〕{last + 2}号")
    assert case.documents.get().number == f"江扫黑办〔2026〕{last + 2}号"
    assert case.documents.get().is_earlier
    assert "补录件，以原件扫描件为准" in case.documents.get().html
    running = [case_in(CaseState.NOTIFIED, unit=cast.unit(code)) for code in (cast.COUNTY, cast.MEMBER_UNIT)]
    assert [each.documents.get().serial for each in running] == [last + 1, last + 3]
    assert not any(each.documents.get().is_earlier for each in running)
    check_all()


def test_a_number_that_is_taken_or_of_another_year_or_none_is_refused():
    case, taken = approved(), case_in(CaseState.NOTIFIED, unit=cast.unit(cast.COUNTY)).documents.get()
    for number, sentence in {
        "": "尚未填写原件的发文字号，如“江扫黑办〔2026〕12号”。",
        "十二号": "发文字号“十二号”无法识别，请照原件填写，如“江扫黑办〔2026〕12号”。",
        "江扫黑办〔2025〕9号": "发文字号是2025年的，而这一步办理于2026年9月4日；请核对原件的文号和日期。",
        taken.number: f"文号簿上已有{taken.number}（{taken.title}），同一文号不能再用；请核对原件。",
    }.items():
        with refused(sentence, field="number"):
            enter(Verb.SERVE_NOTICE, case, NOTICED, number=number)
    assert NumberEntry.objects.filter(is_earlier=True).count() == 0


def test_of_a_number_taken_for_a_paper_that_one_may_not_see_its_kind_alone_is_said():
    """知悉范围: whoever tries the numbers one by one reads no title."""
    case, narrow = approved(), case_in(CaseState.NOTIFIED, unit=cast.unit(cast.COUNTY))
    taken, left_out = narrow.documents.get(), cast.person("second_officer")

    def is_stated(words, by):
        with refused(f"文号簿上已有{taken.number}（{words}），同一文号不能再用；请核对原件。", field="number"):
            enter(Verb.SERVE_NOTICE, case, NOTICED, by=by, number=taken.number)

    is_stated(taken.title, left_out)
    take(Verb.SET_READERS, narrow)
    is_stated("约谈通知书", left_out)
    is_stated(taken.title, cast.person("officer"))


def test_of_a_number_kept_for_a_case_that_one_may_not_know_of_no_purpose_is_said():
    case, narrow = approved(), case_in(CaseState.APPROVED, unit=cast.unit(cast.COUNTY))
    kept = reserve_number(by=cast.person("officer"), kind="interview_notice", case=narrow, purpose="纸质通知先行印发")
    number = f"江扫黑办〔2026〕{kept.serial}号"
    left_out = cast.person("second_officer")
    with refused(f"文号簿上已有{number}（纸质通知先行印发），同一文号不能再用；请核对原件。", field="number"):
        enter(Verb.SERVE_NOTICE, case, NOTICED, by=left_out, number=number)
    take(Verb.SET_READERS, narrow)
    with refused(f"文号簿上已有{number}（约谈通知书），同一文号不能再用；请核对原件。", field="number"):
        enter(Verb.SERVE_NOTICE, case, NOTICED, by=left_out, number=number)


def test_the_unit_sees_nothing_and_nobody_is_alerted_before_it_is_confirmed(director):
    case, head = rectifying(), cast.head(cast.TOWN)
    assert not Alert.objects.filter(case=case).exists()
    assert not Case.objects.visible_to(head).filter(pk=case.pk).exists()
    with pytest.raises(StateChanged):  # no ordinary step is open meanwhile
        take(Verb.CHASE, case)
    confirmed(case)
    assert Case.objects.visible_to(cast.head(cast.TOWN)).filter(pk=case.pk).exists()
    (alert,) = Alert.objects.filter(case=case, recipient=head)
    assert alert.text.endswith("已由市扫黑办补录到本系统，今后在此办理，请查看。")


def test_who_entered_it_does_not_confirm_it(officer):
    case = rectifying()
    Post.objects.create(
        unit=cast.unit(cast.OFFICE), holder=officer, kind=PostKind.SUPERVISOR, title="督查员", began_on=DRAFTED
    )
    case = take(Verb.HAND_IN_EARLIER_CASE, case)
    with not_theirs():
        take(Verb.CONFIRM_EARLIER_CASE, case, by=officer)
    case.earlier_recorders = [*case.earlier_recorders, cast.person("director").pk]
    case.save()
    with refused("办公室设定：王三参加了补录，须由办公室另一人（办公室主任）对照原件复核。"):
        take(Verb.CONFIRM_EARLIER_CASE, case)


def test_it_is_confirmed_only_when_handed_in_and_compared():
    case = rectifying()
    with refused("补录还没有送复核，请补录人办理“补录完毕，送复核”。"):
        take(Verb.CONFIRM_EARLIER_CASE, case)
    case = take(Verb.HAND_IN_EARLIER_CASE, case)
    with refused("尚未勾选已逐项对照原件、核对一致，不能复核。", field="compared"):
        take(Verb.CONFIRM_EARLIER_CASE, case, compared=False)
    with not_theirs():  # what was handed in is not entered on
        enter(Verb.REGISTER_REPORT, case, date(2026, 10, 8))
    case = take(Verb.RETURN_EARLIER_CASE, case)
    assert enter(Verb.REGISTER_REPORT, case, date(2026, 10, 8)).tasks.get(number=1).state == TaskState.REPORTED


def test_a_closed_matter_is_entered_to_its_end():
    case = rectifying()
    for day in (date(2026, 9, 24), date(2026, 9, 25)):
        case = enter(Verb.ACCEPT_TASK, enter(Verb.REGISTER_REPORT, case, day), day)
    case = enter(Verb.BEGIN_INSPECTION, case, date(2026, 9, 28))
    case = enter(Verb.CONCLUDE_INSPECTION, case, date(2026, 9, 29))
    while case.unsigned_teams:
        case = enter(Verb.SIGN_INSPECTION, case, date(2026, 9, 29))
    case = confirmed(enter(Verb.CLOSE, case, date(2026, 9, 30)))
    assert (case.state, case.closed_on) == (CaseState.CLOSED, date(2026, 9, 30))
    check_all()


def test_a_discarded_one_stays_in_sight_and_its_numbers_may_be_entered_anew():
    wrong = take(Verb.DISCARD_EARLIER_CASE, notified())
    assert (wrong.state, wrong.earlier) == (CaseState.WITHDRAWN, EarlierState.DISCARDED)
    assert wrong.documents.get().entry.void_reason == "补录作废"
    right = notified()
    assert right.documents.get().number == NOTICE
    assert not Case.objects.visible_to(cast.head(cast.TOWN)).exists()
    check_all()


# The law is asked as on the day of then.


def test_an_interviewer_by_rank_of_then_is_asked_for():
    case = begin(cast.unit(cast.TOWN), DRAFTED)
    leader = cast.person("group_leader").posts.get()
    with refused("依据第五条，约谈人应为副组长，赵四现不任此职。"):
        enter(Verb.REVISE_DRAFT, case, DRAFTED, interviewer=leader)


def test_a_leader_who_left_since_decided_then_and_one_who_came_since_did_not():
    case = proposed()
    leader = cast.person("group_leader").posts.get()
    leader.ended_on = date(2026, 10, 1)
    leader.save()
    unit = cast.unit(cast.GROUP)
    cast.engage("华廿三", None, unit, PostKind.DEPUTY_LEADER, "副组长")
    new = Post.objects.create(
        unit=unit, holder=cast.engage("金廿四", None, unit, PostKind.DEPUTY_LEADER, "副组长"),
        kind=PostKind.GROUP_LEADER, title="组长", began_on=date(2026, 10, 1),
    )  # fmt: skip
    with refused("办公室设定：审定由组长、第一副组长作出，金廿四现不任此职，不能审定。"):
        enter(Verb.REGISTER_DECISION, case, date(2026, 9, 3), approver=new.holder)
    assert enter(Verb.REGISTER_DECISION, case, date(2026, 9, 3)).open_registration.approver == leader.holder


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"place": ""}, "依据第七条，约谈通知还缺：地点。"),
        (
            {"procedure": "说明事由。"},
            (
                "依据第九条，约谈程序还缺：约谈方说明约谈事由和目的、通报存在的问题、被约谈方陈述说明、提出拟采取的整改措施、"
                "讨论分析，确定整改措施及时限、形成约谈纪要；四个环节都要写明，请照办公室设定的文本补齐。"
            ),
        ),
        ({"required_materials": ""}, "依据第七条，约谈通知还缺：需提交的材料。"),
    ],
)
def test_the_six_elements_and_four_parts_are_asked_of_a_notice_of_then(changed, sentence):
    case = approved()
    with refused(sentence):
        enter(Verb.SERVE_NOTICE, case, NOTICED, **changed)


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"measures": []}, "依据第九条第三项，尚未确定整改措施，至少一项。"),
        ({"problems": ""}, "依据第九条第一项，约谈记录还缺：约谈事由和目的、通报的存在问题。"),
        ({"attendances": []}, "冯十缺席，尚未写明缺席原因。"),
    ],
)
def test_the_record_of_then_is_asked_for_whole(changed, sentence):
    case = notified()
    with refused(sentence):
        enter(Verb.HOLD_INTERVIEW, case, HELD, **changed)


def test_what_only_the_office_sets_is_not_asked_of_then():
    set_office("notice_lead_days", 9)
    assert notified().state == CaseState.NOTIFIED


def test_days_are_of_before_and_in_their_order():
    case = approved()
    for day, sentence in {
        date(2026, 11, 23): NOT_PAST,
        date(2026, 9, 2): "办公室设定：办理日期不得早于前一步的日期（2026年9月3日）；请按当时的先后顺序补录。",
    }.items():
        with refused(sentence, field="day"):
            enter(Verb.SERVE_NOTICE, case, day, person=cast.person("officer"))


def test_who_held_no_post_on_that_day_took_no_step():
    case = approved()
    newcomer = cast.person("second_officer")
    newcomer.posts.update(began_on=date(2026, 10, 1))
    with refused(NO_POST, field="person"):
        enter(Verb.SERVE_NOTICE, case, NOTICED, person=newcomer)


def test_a_step_that_leads_on_needs_its_original():
    case = approved()
    with refused("尚未上传这一步的原件扫描件，补录须有原件为证。", field="original"):
        enter(Verb.SERVE_NOTICE, case, NOTICED, original=None)


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"unit": None}, "尚未选择被约谈单位。"),
        ({"drafted_on": None}, "尚未填写当时的办理日期。"),
        ({"drafted_on": date(2026, 11, 23)}, NOT_PAST),
        ({"drafted_on": date(226, 3, 5)}, "约谈办法在226年3月5日尚未施行，此前的事项不能补录；请核对提出的日期。"),
        ({"drafter": None}, "尚未选择当时的办理人。"),
        ({"reason": "无"}, "所填的“无”看不出内容，请写明具体情况（尚未写明为什么补录、原卷宗在哪里）。"),
        ({"reason": ""}, "尚未写明为什么补录、原卷宗在哪里。"),
    ],
)
def test_it_begins_with_unit_day_drafter_and_reason(officer, changed, sentence):
    with refused(sentence):
        record_earlier_case(by=officer, **{**BEGUN, "unit": cast.unit(cast.TOWN), "drafter": officer, **changed})


def test_only_a_case_officer_begins_one(director):
    with not_theirs():
        record_earlier_case(by=director, **{**BEGUN, "unit": cast.unit(cast.TOWN), "drafter": cast.person("officer")})


def test_lists_of_papers_and_numbers_say_what_is_of_then(client, officer):
    notified()
    case_in(CaseState.NOTIFIED, unit=cast.unit(cast.COUNTY))
    client.force_login(officer, BACKEND)
    for address in ("/documents/", "/documents/numbers/"):
        assert client.get(address).content.decode().count("补录</span>") == 1
