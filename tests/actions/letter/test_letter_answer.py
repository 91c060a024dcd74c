"""答复提醒函: by the unit's head, once, after signing; its date shows in the same lights."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from tests import cast
from tests.factories import case_in, later, letter_in, pdf, png
from tests.refusals import not_theirs, refused
from tests.web import BACKEND, Visitor
from yuetan.actions.letter.letter import acknowledge_letter
from yuetan.actions.letter.letter_answer import answer_letter, prepare_letter_answer
from yuetan.models import Alert, Attachment, Letter
from yuetan.vocabulary import CaseState, LetterState

ADDRESSES = (("attachment", {}), ("attachment_preview", {}), ("attachment_page", {"number": 1}))
ANSWER = "已组织专题研究，逐条整改，情况附后。"


@pytest.fixture
def letter(office):
    """A letter to the town, signed for by its liaison."""
    issued = letter_in(LetterState.ISSUED, to=cast.unit(cast.TOWN))
    return acknowledge_letter(issued, by=cast.liaison(cast.TOWN))


def test_the_head_answers_once_and_the_office_is_notified(letter, head, supervisor):
    answered = answer_letter(letter, by=head, answer=ANSWER)
    assert (answered.answer, answered.answered_by, answered.is_answered_late) == (ANSWER, head, False)
    assert "已答复" in Alert.objects.filter(recipient=supervisor).first().text
    with refused(f"本函已由{head.name}答复，不必再次答复。"):
        answer_letter(letter, by=head, answer=ANSWER)


def test_it_is_due_after_the_offices_working_days_and_late_is_marked(letter, head):
    assert letter.answer_until == date(2026, 12, 7)
    with later(days=15):
        assert "逾期 1 天" in Visitor(cast.person("supervisor")).open("/letters/")
        assert "逾期 1 天" in Visitor(head).open("/")
        assert answer_letter(letter, by=head, answer=ANSWER).is_answered_late
        assert "逾期答复" in Visitor(cast.person("supervisor")).open("/letters/")


def test_what_an_answer_lacks(office, letter, head):
    with refused("尚未填写答复内容。", field="answer"):
        answer_letter(letter, by=head, answer=" ")
    unsigned = letter_in(LetterState.ISSUED, to=cast.unit(cast.TOWN))
    with refused("办公室设定：本函尚未签收，请先签收再答复。"):
        answer_letter(unsigned, by=head, answer=ANSWER)


@pytest.mark.parametrize("who", ["liaison", "supervisor", "group_leader", "other_head"])
def test_nobody_answers_for_the_head(letter, request, who):
    with not_theirs():
        answer_letter(letter, by=request.getfixturevalue(who), answer=ANSWER)


def test_the_page_of_the_answer(letter, head):
    visitor = Visitor(head)
    visitor.open(f"/letters/{letter.pk}/answer/")
    assert "尚未填写答复内容" in visitor.press("答复", expect=422, answer="")
    assert ANSWER in visitor.press("答复", answer=ANSWER)


def test_the_liaison_prepares_and_the_head_answers_with_the_files(letter, liaison, head, supervisor):
    prepare_letter_answer(letter, by=liaison, answer="（初稿）", files=[pdf("台账.pdf"), png("旧照.png")])
    draft = Letter.objects.get()
    assert (draft.answer_draft, draft.awaits_answer) == ("（初稿）", True)
    old = draft.attachments.get(name="旧照.png")
    answered = answer_letter(draft, by=head, answer=ANSWER, files=[png("现场.png")], removed=[old])
    assert (answered.answer_draft, answered.answer) == ("", ANSWER)
    assert sorted(file.name for file in answered.attachments.all()) == ["台账.pdf", "现场.png"]
    assert Attachment.objects.visible_to(supervisor).filter(letter=letter).count() == 2
    with refused(f"本函已由{head.name}答复，不必再次答复。"):
        prepare_letter_answer(letter, by=liaison, answer="再补充")


def test_a_file_that_is_none_is_refused_and_nothing_is_kept(letter, head):
    program = SimpleUploadedFile("程序.exe", b"MZ")
    with refused(
        "办公室设定：文件“程序.exe”的类型不允许，只收 PDF、OFD、DOCX、XLSX、JPG、PNG，请另存或打印成 PDF 后再上传。",
        field="files",
    ):
        answer_letter(letter, by=head, answer=ANSWER, files=[pdf("好.pdf"), program])


def reached(user, file):
    """How the file answers at each of its addresses."""
    client = Client()
    client.force_login(user, backend=BACKEND)
    urls = [reverse(name, kwargs={"pk": file.pk} | more) for name, more in ADDRESSES]
    answers = [client.get(url) for url in urls]
    for answer in answers:  # read to its end, or its file stays open
        assert b"".join(answer)
    return {answer.status_code for answer in answers}


@pytest.mark.parametrize("with_case", [False, True])
def test_whoever_may_not_see_it_finds_no_file(office, with_case):
    case = case_in(CaseState.RECTIFYING) if with_case else None
    letter = letter_in(LetterState.ISSUED, to=cast.unit(cast.TOWN), case=case)
    acknowledge_letter(letter, by=cast.liaison(cast.TOWN))
    prepare_letter_answer(letter, by=cast.liaison(cast.TOWN), answer="（初稿）", files=[png("现场.png")])
    file = Attachment.objects.get()
    outside = [cast.head(cast.DIVISION_TOWN), cast.liaison(cast.DIVISION_TOWN), cast.person("sysadmin")]
    outside.append(cast.person("auditor"))
    inside = [cast.person(name) for name in ("supervisor", "officer", "director", "group_leader")]
    unit = [cast.head(cast.TOWN), cast.liaison(cast.TOWN)]
    assert all(reached(user, file) == {404} for user in [*outside, *inside])
    assert all(reached(user, file) == {200} for user in unit)
    page = Visitor(cast.person("supervisor")).open(f"/letters/{letter.pk}/")
    assert "（初稿）" not in page
    assert "现场.png" not in page
    answer_letter(letter, by=cast.head(cast.TOWN), answer=ANSWER)
    assert all(reached(user, file) == {404} for user in outside)
    assert all(reached(user, file) == {200} for user in [*inside, *unit])
    assert "现场.png" in Visitor(cast.person("supervisor")).open(f"/letters/{letter.pk}/")


def test_the_database_knows_of_a_case_or_of_a_letter_and_of_no_third_kind(letter, liaison):
    prepare_letter_answer(letter, by=liaison, answer="", files=[png()])
    case = case_in(CaseState.DRAFTED)
    for wrong in ({"case": case}, {"case": case, "letter": None}, {"letter": None}, {"purpose": "evidence"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Attachment.objects.filter(letter__isnull=False).update(**wrong)


def test_the_liaison_saves_a_draft_on_the_page_and_the_head_finds_it_there(letter, liaison, head):
    visitor = Visitor(liaison)
    visitor.open(f"/letters/{letter.pk}/prepare/")
    assert "答复草稿已保存" in visitor.press("保存草稿", answer="（初稿）", files=[png("现场.png")])
    assert "现场.png" in visitor.page
    visitor = Visitor(head)
    assert "草稿已填写，待主要领导答复" in visitor.open("/")
    page = visitor.open(f"/letters/{letter.pk}/answer/")
    assert "（初稿）" in page
    assert "已有：现场.png" in page
    assert "提醒函已答复" in visitor.press("答复", answer=ANSWER)
