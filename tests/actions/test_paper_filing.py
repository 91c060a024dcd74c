"""纸质代录: the office registers what a unit hands in on paper; judged as the unit's own, seen by both sides."""

from datetime import datetime, timedelta

import pytest

from tests import cast
from tests.factories import case_after, case_in, later, pdf, take
from tests.refusals import appoint, not_theirs, refused
from yuetan.actions.record.check_records import disagreements
from yuetan.models import Alert, Attachment, PaperFiling
from yuetan.rules.dates import clock
from yuetan.rules.text import official_text
from yuetan.vocabulary import CaseState, MinutesAnswer, PostKind, ReportKind, TaskState, Verb

FROM = {
    Verb.REGISTER_SUBMISSION: CaseState.NOTIFIED,
    Verb.REGISTER_LEAVE: CaseState.NOTIFIED,
    Verb.REGISTER_REPORT: CaseState.RECTIFYING,
    Verb.REGISTER_PROGRESS: CaseState.RECTIFYING,
    Verb.REGISTER_EXTENSION: CaseState.RECTIFYING,
}
ALL = (*FROM, Verb.REGISTER_MINUTES_ANSWER)


def before(verb):
    """A case in which this may be registered."""
    return case_in(FROM[verb]) if verb in FROM else case_after(Verb.SEND_MINUTES)


def no_accounts(unit):
    """The people of a unit without a login."""
    for post in unit.posts.all():
        post.holder.username = None
        post.holder.save()


@pytest.mark.parametrize("verb", ALL)
def test_the_officer_registers_it_for_a_unit_without_a_login(office, officer, town, verb):
    case = before(verb)
    no_accounts(town)
    case = take(verb, case)
    filing = case.paper_filings.get()
    assert (filing.verb, filing.registered_by, filing.signer.holder.name) == (verb, officer, "冯十")
    event = case.events.latest("id")
    assert (event.verb, event.actor, event.is_outer) == (verb, officer, True)
    assert event.data["brought_by"] == "褚十二（棠下镇联络员）"
    assert "纸质代录：冯十签字，褚十二（棠下镇联络员）于" in filing.words_for(inner=True)
    assert officer.name not in filing.words_for(inner=False)


@pytest.mark.parametrize("verb", ALL)
def test_both_sides_see_the_scan_and_the_unit_is_notified(office, officer, head, liaison, other_head, verb):
    take(verb, before(verb))
    scan = PaperFiling.objects.get().scan
    seen = [scan in Attachment.objects.visible_to(person) for person in (officer, head, liaison, other_head)]
    assert seen == [True, True, True, False]
    assert [alert.text for alert in Alert.objects.filter(recipient=head) if "代录，请核对" in alert.text]


@pytest.mark.parametrize("verb", ALL)
@pytest.mark.parametrize("who", ["head", "liaison", "director", "supervisor"])
def test_nobody_else_registers_it(office, request, verb, who):
    case, person = before(verb), request.getfixturevalue(who)
    with not_theirs():
        take(verb, case, by=person)


LACKING = {
    "signer": (None, "签字的主要领导"),
    "brought_by": ("", "送交人姓名"),
    "brought_by_title": ("", "送交人单位和职务"),
    "received_at": (None, "收到时间"),
    "scan": (None, "签字盖章的扫描件"),
}


@pytest.mark.parametrize("name", LACKING)
def test_what_a_paper_lacks(office, name):
    (empty, label), case = LACKING[name], case_in(CaseState.NOTIFIED)
    with refused(f"代录纸质材料还缺：{label}。", field=name):
        take(Verb.REGISTER_LEAVE, case, **{name: empty})


def test_received_before_what_it_answers_or_ahead(office):
    case = case_in(CaseState.NOTIFIED)
    issued = official_text.chinese_datetime(case.current_notice.issued_at)
    with refused(f"办公室设定：收到时间不得早于通知印发的时间（{issued}）。", field="received_at"):
        take(Verb.REGISTER_SUBMISSION, case, received_at=clock.now() - timedelta(hours=1))
    with refused("收到时间不得晚于现在。", field="received_at"):
        take(Verb.REGISTER_SUBMISSION, case, received_at=clock.now() + timedelta(minutes=5))


def test_signed_by_a_head_of_the_unit_in_office_that_day(office, town, division_town, sysadmin):
    case, stranger = case_in(CaseState.NOTIFIED), division_town.heads().first()
    with refused(
        f"办公室设定：{stranger.holder.name}在收到之日不是棠下镇现任党政主要领导，请核对签字人和收到时间。",
        field="signer",
    ):
        take(Verb.REGISTER_LEAVE, case, signer=stranger)
    liaison = town.posts.get(kind=PostKind.LIAISON)
    with refused("办公室设定：褚十二在收到之日不是棠下镇现任党政主要领导，请核对签字人和收到时间。", field="signer"):
        take(Verb.REGISTER_LEAVE, case, signer=liaison)


def test_written_material_on_paper_has_four_headings_and_is_late_by_the_day_it_came(office):
    case = case_in(CaseState.NOTIFIED)
    with refused("依据第八条，书面材料还缺：原因分析。", field="causes"):
        take(Verb.REGISTER_SUBMISSION, case, causes=" ")
    with refused("所填的“x”看不出内容，请写明具体情况（书面材料还缺：存在问题）。", field="problems"):
        take(Verb.REGISTER_SUBMISSION, case, problems="x")
    received = clock.now() + timedelta(days=1)
    with later(days=6):
        case = take(Verb.REGISTER_SUBMISSION, case, received_at=received, files=[pdf("附表.pdf")])
    version = case.submission_handed_in
    assert (version.handed_in_at, version.handed_in_by.name, version.lateness) == (received, "冯十", "")
    assert [file.name for file in version.attachments.all()] == ["附表.pdf"]


def test_the_draft_of_the_unit_makes_room(office):
    case = take(Verb.PREPARE_SUBMISSION, case_in(CaseState.NOTIFIED), situation="本单位草稿。")
    case = take(Verb.REGISTER_SUBMISSION, case)
    assert (case.submission_handed_in.version, case.submission_draft.version) == (1, 2)
    assert case.submission_draft.situation == "本单位草稿。"
    assert take(Verb.HAND_IN_SUBMISSION, case).submission_handed_in.version == 2


def test_an_older_paper_replaces_no_newer_version(office):
    case, received = case_in(CaseState.NOTIFIED), clock.now()
    with later(days=1):
        case = take(Verb.HAND_IN_SUBMISSION, take(Verb.PREPARE_SUBMISSION, case))
        handed_in = official_text.chinese_datetime(case.submission_handed_in.handed_in_at)
        with refused(f"办公室设定：收到时间不得早于现有书面材料提交的时间（{handed_in}）。", field="received_at"):
            take(Verb.REGISTER_SUBMISSION, case, received_at=received)


def test_an_objection_on_paper_is_kept_in_its_words_and_falls_with_the_text(office):
    case = take(
        Verb.REGISTER_MINUTES_ANSWER,
        case_after(Verb.SEND_MINUTES),
        answer=MinutesAnswer.OBJECTED,
        objection="第二项时限过短。",
    )
    assert (case.minutes.objection, case.minutes.answered_by.name) == ("第二项时限过短。", "冯十")
    case = take(Verb.REVISE_MINUTES, case, problems="通报了另一个问题。")
    assert (case.minutes.paper_filing, case.minutes.answer) == (None, "")
    assert case.paper_filings.count() == 1


def test_a_report_on_paper_is_late_by_the_moment_it_came(office):
    case = case_in(CaseState.RECTIFYING)
    task = case.tasks.get(number=1)
    on_time = clock.now() + timedelta(days=1)
    with later(days=40):
        case = take(Verb.REGISTER_REPORT, case, received_at=on_time)
    report = case.tasks.get(number=1).handed_in(ReportKind.COMPLETION)[0]
    assert (report.is_late, report.handed_in_at, report.due_on) == (False, on_time, task.effective_due_on)
    assert case.tasks.get(number=1).state == TaskState.REPORTED
    assert case.events.latest("id").data["late"] == []


def test_a_report_on_paper_says_something_of_some_task(office):
    case = case_in(CaseState.RECTIFYING)
    task = case.tasks.get(number=1)
    with refused("尚未选择要报送的整改报告。", field="reports"):
        take(Verb.REGISTER_REPORT, case, reports=[{"task": task, "text": " ", "files": []}])
    with refused("依据第十条第一项，第 1 项整改任务尚未填写落实情况，不能报送。", field="reports"):
        take(Verb.REGISTER_REPORT, case, reports=[{"task": task, "text": "", "files": [pdf()]}])


def test_a_request_on_paper_is_asked_when_it_came(office):
    case = case_in(CaseState.RECTIFYING)
    task, asked = case.tasks.get(number=1), clock.now() + timedelta(days=1)
    with later(days=20):
        new = clock.today() + timedelta(days=5)
        case = take(Verb.REGISTER_EXTENSION, case, received_at=asked, new_due_on=new)
    extension = task.extensions.get()
    assert (extension.requested_late, extension.requested_at, extension.requested_by.name) == (False, asked, "冯十")


TWO_PERSONS = [
    (Verb.REGISTER_REPORT, Verb.ACCEPT_TASK, "supervisor"),
    (Verb.REGISTER_REPORT, Verb.RETURN_TASK, "supervisor"),
    (Verb.REGISTER_PROGRESS, Verb.NOTE_PROGRESS, "supervisor"),
    (Verb.REGISTER_EXTENSION, Verb.DECIDE_EXTENSION, "director"),
]


@pytest.mark.parametrize(("registered", "decided", "who"), TWO_PERSONS)
def test_who_registers_does_not_decide(office, registered, decided, who):
    decider = cast.person(who)
    appoint(decider, cast.person("officer").posts.get().unit, PostKind.CASE_OFFICER, "干部")
    case = take(registered, before(registered), by=decider)
    with refused(f"办公室设定：{decider.name}代录了这份纸质材料，不得再由本人办理，请另一人办理。"):
        take(decided, case)


def test_another_registers_and_they_decide(office):
    for registered, decided, _ in TWO_PERSONS:
        take(decided, take(registered, before(registered)))


@pytest.mark.parametrize("verb", ALL)
def test_all_records_agree_afterwards(office, verb):
    assert list(disagreements(take(verb, before(verb)))) == []


def test_the_moment_of_receipt_is_shown_in_the_record(office):
    case = take(Verb.REGISTER_LEAVE, case_in(CaseState.NOTIFIED))
    kept = case.events.latest("id").data["received_at"]
    assert datetime.fromisoformat(kept) == case.paper_filings.get().received_at
