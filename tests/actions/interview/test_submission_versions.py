"""Written material in its headings and versions: files under each, replaced until the interview, late ones marked."""

from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.factories import case_after, case_in, later, pdf, png, take
from tests.refusals import refused, too_late
from yuetan.models import Attachment
from yuetan.vocabulary import CaseState, Verb

HELD = {"hours": 23, "minutes": 30, "days": 6}  # half an hour after the time of the interview


@pytest.fixture
def notified(office):
    """A case of which the unit was told; the interview is in a week."""
    return case_in(CaseState.NOTIFIED)


def files_of(version):
    return sorted((file.part, file.name) for file in version.attachments.all())


def stored():
    return {path.name for path in Path(settings.MEDIA_ROOT).glob("attachments/**/*") if path.is_file()}


def test_each_heading_has_its_files_and_the_whole_its_own(notified):
    offered = {"situation_files": [pdf("统计.pdf")], "measures_files": [pdf("方案.pdf"), png("照片.png")]}
    case = take(Verb.PREPARE_SUBMISSION, notified, files=[pdf("盖章件.pdf")], **offered)
    assert files_of(case.submission_draft) == [
        ("", "盖章件.pdf"),
        ("measures", "方案.pdf"),
        ("measures", "照片.png"),
        ("situation", "统计.pdf"),
    ]


def test_a_bad_file_under_one_heading_takes_none_of_the_others(notified):
    good, bad = [pdf("统计.pdf")], [SimpleUploadedFile("方案.png", b"GIF89a")]
    with refused(
        "办公室设定：文件“方案.png”的内容不是 PNG，与扩展名不符，请用原来的软件打开，另存为 PNG 后再上传。",
        field="measures_files",
    ):
        take(Verb.PREPARE_SUBMISSION, notified, situation_files=good, measures_files=bad)


def test_a_file_is_taken_out_of_a_draft(notified):
    case = take(Verb.PREPARE_SUBMISSION, notified, causes_files=[pdf("甲.pdf"), pdf("乙.pdf")])
    gone = case.submission_draft.attachments.get(name="甲.pdf")
    case = take(Verb.PREPARE_SUBMISSION, case, removed=[gone])
    assert files_of(case.submission_draft) == [("causes", "乙.pdf")]


def test_the_bytes_of_what_was_taken_out_go_too(notified, django_capture_on_commit_callbacks):
    case = take(Verb.PREPARE_SUBMISSION, notified, causes_files=[pdf("甲.pdf")])
    assert len(stored()) == 1
    with django_capture_on_commit_callbacks(execute=True):
        take(Verb.PREPARE_SUBMISSION, case, removed=list(case.submission_draft.attachments.all()))
    assert stored() == set()


def handed_in_once(case):
    take(Verb.PREPARE_SUBMISSION, case, situation_files=[pdf("统计.pdf")], causes_files=[pdf("分析.pdf")])
    return take(Verb.HAND_IN_SUBMISSION, case)


def test_a_new_version_begins_with_the_files_of_the_last(notified):
    case = handed_in_once(notified)
    case = take(Verb.PREPARE_SUBMISSION, case, measures_files=[pdf("方案.pdf")])
    assert files_of(case.submission_handed_in) == [("causes", "分析.pdf"), ("situation", "统计.pdf")]
    assert files_of(case.submission_draft) == [
        ("causes", "分析.pdf"),
        ("measures", "方案.pdf"),
        ("situation", "统计.pdf"),
    ]
    assert len(stored()) == 3


def test_what_is_left_out_of_a_new_version_stays_in_the_old_one(notified, django_capture_on_commit_callbacks):
    case = handed_in_once(notified)
    old = case.submission_handed_in.attachments.get(name="统计.pdf")
    case = take(Verb.PREPARE_SUBMISSION, case, removed=[old])
    assert files_of(case.submission_draft) == [("causes", "分析.pdf")]
    carried = case.submission_draft.attachments.get()
    with django_capture_on_commit_callbacks(execute=True):
        case = take(Verb.PREPARE_SUBMISSION, case, removed=[carried])
    assert files_of(case.submission_draft) == []
    assert files_of(case.submission_handed_in) == [("causes", "分析.pdf"), ("situation", "统计.pdf")]
    for file in case.submission_handed_in.attachments.all():
        with file.file.open("rb") as kept:
            assert kept.read().startswith(b"%PDF-")


def test_a_file_of_another_case_is_not_taken_out(notified):
    other = take(Verb.PREPARE_SUBMISSION, case_in(CaseState.NOTIFIED), files=[pdf("别案.pdf")])
    take(Verb.PREPARE_SUBMISSION, notified)
    take(Verb.PREPARE_SUBMISSION, notified, removed=list(other.submission_draft.attachments.all()))
    assert Attachment.objects.get().name == "别案.pdf"


def test_carried_files_of_a_draft_are_the_units_own_too(notified, officer, head):
    case = take(Verb.PREPARE_SUBMISSION, handed_in_once(notified))
    carried = case.submission_draft.attachments.first()
    assert carried not in Attachment.objects.visible_to(officer)
    assert carried in Attachment.objects.visible_to(head)


def test_late_is_accepted_and_marked(notified):
    take(Verb.PREPARE_SUBMISSION, notified)
    with later(days=4, hours=20):  # Saturday; it was due on Friday
        case = take(Verb.HAND_IN_SUBMISSION, notified)
    version = case.submission_handed_in
    assert (version.is_late, version.is_after_interview, version.lateness) == (True, False, "逾期提交")
    assert case.events.newest_first()[0].data == {"version": 1, "lateness": "逾期提交"}


def test_on_the_last_day_it_is_in_time(notified):
    take(Verb.PREPARE_SUBMISSION, notified)
    with later(days=4, hours=13):
        case = take(Verb.HAND_IN_SUBMISSION, notified)
    assert case.submission_handed_in.lateness == ""
    assert case.events.newest_first()[0].data == {"version": 1}


def test_a_date_put_off_afterwards_does_not_make_it_timely(notified):
    take(Verb.PREPARE_SUBMISSION, notified)
    with later(days=5):
        take(Verb.HAND_IN_SUBMISSION, notified)
        case = take(Verb.RESCHEDULE, notified)
    assert case.submission_handed_in.lateness == "逾期提交"


def test_replaced_only_until_the_interview(notified):
    sentence = "办公室设定：约谈时间已到，已经提交的书面材料不能再更换。"
    case = take(Verb.PREPARE_SUBMISSION, handed_in_once(notified))
    with later(**HELD):
        for verb in (Verb.PREPARE_SUBMISSION, Verb.HAND_IN_SUBMISSION):
            with refused(sentence):
                take(verb, case)


def test_what_was_never_handed_in_may_come_until_the_minutes_are_issued(notified):
    with later(**HELD):
        case = take(Verb.HOLD_INTERVIEW, notified)
        take(Verb.PREPARE_SUBMISSION, case)
        case = take(Verb.HAND_IN_SUBMISSION, case)
    assert case.submission_handed_in.lateness == "约谈后补交"
    with later(**HELD), refused("办公室设定：约谈时间已到，已经提交的书面材料不能再更换。"):
        take(Verb.PREPARE_SUBMISSION, case)


def test_once_the_minutes_are_issued_it_is_too_late(office):
    case = case_after(Verb.ISSUE_MINUTES)
    with too_late():
        take(Verb.PREPARE_SUBMISSION, case)
