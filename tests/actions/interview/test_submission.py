"""书面材料 under its four headings: a draft of the unit's own, handed in by its head."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.factories import case_after, case_in, pdf, png, take
from tests.refusals import not_theirs, refused
from yuetan.actions.office.office import change_office_setting
from yuetan.models import Attachment, OfficeSetting
from yuetan.vocabulary import CaseState, Verb

HEADINGS = {
    "situation": "基本情况",
    "problems": "存在问题",
    "causes": "原因分析",
    "measures": "采取的整改措施",
}


@pytest.fixture
def notified(office):
    """A case of which the unit was told."""
    return case_in(CaseState.NOTIFIED)


@pytest.mark.parametrize("heading", HEADINGS)
def test_handing_in_without_one_of_the_four_headings(notified, heading):
    case = take(Verb.PREPARE_SUBMISSION, notified, **{heading: " "})
    with refused(f"依据第八条，书面材料还缺：{HEADINGS[heading]}。"):
        take(Verb.HAND_IN_SUBMISSION, case)


def test_handing_in_nothing(notified):
    with refused("依据第八条，尚未填写书面材料，不能提交。"):
        take(Verb.HAND_IN_SUBMISSION, notified)


@pytest.mark.parametrize("changed", [{"causes": "责任不实，制度不全。"}, {"causes_files": [pdf("清单.pdf")]}])
def test_another_text_or_other_files_than_were_shown_are_not_handed_in(notified, changed):
    case = take(Verb.PREPARE_SUBMISSION, notified)
    seen = case.submissions.get().digest
    take(Verb.PREPARE_SUBMISSION, case, **changed)
    for shown in (seen, ""):
        with refused("书面材料在您打开本页之后有改动，现在的内容列在本页，请核对后再提交。"):
            take(Verb.HAND_IN_SUBMISSION, case, seen=shown)
    assert take(Verb.HAND_IN_SUBMISSION, case).submissions.handed_in().count() == 1


def test_only_the_head_hands_in(notified, liaison, officer, other_head):
    case = take(Verb.PREPARE_SUBMISSION, notified)
    for somebody in (liaison, officer, other_head):
        with not_theirs():
            take(Verb.HAND_IN_SUBMISSION, case, by=somebody)


@pytest.mark.parametrize("who", ["officer", "director", "supervisor", "other_liaison"])
def test_nobody_else_writes_it(notified, request, who):
    with not_theirs():
        take(Verb.PREPARE_SUBMISSION, notified, by=request.getfixturevalue(who))


def test_a_draft_is_one_row_however_often_it_is_saved(notified):
    take(Verb.PREPARE_SUBMISSION, notified, causes="")
    case = take(Verb.PREPARE_SUBMISSION, notified, causes="责任不实。")
    assert [(one.version, one.causes) for one in case.submissions.all()] == [(1, "责任不实。")]


def test_every_version_handed_in_is_kept(notified, head):
    take(Verb.PREPARE_SUBMISSION, notified, situation="初稿。")
    take(Verb.HAND_IN_SUBMISSION, notified)
    take(Verb.PREPARE_SUBMISSION, notified, situation="补充后。")
    case = take(Verb.HAND_IN_SUBMISSION, notified)
    versions = case.submissions.handed_in()
    assert [(one.version, one.situation, one.handed_in_by) for one in versions] == [
        (2, "补充后。", head),
        (1, "初稿。", head),
    ]


def test_the_draft_and_its_files_are_the_units_own_until_handed_in(notified, head, liaison, officer, other_liaison):
    case = take(Verb.PREPARE_SUBMISSION, notified, files=[pdf("材料.pdf")])
    seen = {person.name: Attachment.objects.visible_to(person).count() for person in (head, liaison, officer)}
    assert seen == {"冯十": 1, "褚十二": 1, "张一": 0}
    take(Verb.HAND_IN_SUBMISSION, case)
    assert Attachment.objects.visible_to(officer).get().name == "材料.pdf"
    assert not Attachment.objects.visible_to(other_liaison).exists()


def test_after_the_interview_what_was_handed_in_stays(office):
    case = case_after(Verb.HOLD_INTERVIEW)
    with refused("办公室设定：约谈时间已到，已经提交的书面材料不能再更换。"):
        take(Verb.PREPARE_SUBMISSION, case)


@pytest.mark.parametrize(
    ("file", "problem"),
    [
        (("空白.pdf", b""), "文件“空白.pdf”是空文件，请核对后重新选择文件。"),
        (
            ("程序.exe", b"MZ"),
            "文件“程序.exe”的类型不允许，只收 PDF、OFD、DOCX、XLSX、JPG、PNG，请另存或打印成 PDF 后再上传。",
        ),
        (
            ("照片.png", b"GIF89a\n"),
            "文件“照片.png”的内容不是 PNG，与扩展名不符，请用原来的软件打开，另存为 PNG 后再上传。",
        ),
        (
            ("表.xlsx", b"a,b,c\n"),
            "文件“表.xlsx”的内容不是 XLSX，与扩展名不符，请用原来的软件打开，另存为 XLSX 后再上传。",
        ),
    ],
)
def test_a_file_that_is_not_taken_takes_nothing_else_with_it(notified, file, problem):
    with refused(f"办公室设定：{problem}", field="files"):
        take(Verb.PREPARE_SUBMISSION, notified, files=[png(), SimpleUploadedFile(*file)])


def test_every_bad_file_is_named(notified):
    files = [SimpleUploadedFile("甲.pdf", b""), SimpleUploadedFile("乙.txt", b"x")]
    with refused(
        "办公室设定：文件“甲.pdf”是空文件，请核对后重新选择文件。",
        "办公室设定：文件“乙.txt”的类型不允许，只收 PDF、OFD、DOCX、XLSX、JPG、PNG，请另存或打印成 PDF 后再上传。",
    ):
        take(Verb.PREPARE_SUBMISSION, notified, files=files)


def test_a_file_larger_than_the_office_takes(notified, director):
    setting = OfficeSetting.objects.get(key="file_limit_megabytes")
    change_office_setting(setting, by=director, value=1)
    large = SimpleUploadedFile("大.pdf", b"%PDF-1.7\n" + b" " * (1024 * 1024))
    with refused("办公室设定：文件“大.pdf”超过 1 MB 的上限，请压缩图片或者拆成几份后再上传。", field="files"):
        take(Verb.PREPARE_SUBMISSION, notified, files=[large])
