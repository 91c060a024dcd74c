"""What a rich case gives its 卷宗: a piece for everything that was said and done, and every file once."""

import io

import pytest
from pypdf import PdfReader

from tests import cast
from tests.factories import case_after, later, take
from yuetan.actions.files.receipt_correction import correct_receipt
from yuetan.documents.case_file.case_pieces import pieces_of
from yuetan.models import Attachment, Case
from yuetan.vocabulary import Verb

UNDERWAY = (
    *(Verb.CHASE, Verb.ANSWER_CHASE, Verb.REGISTER_EXTENSION, Verb.DECIDE_EXTENSION, Verb.PAUSE_TASK, Verb.RESUME_TASK),
    *(Verb.RECORD_SITE_CHECK, Verb.RECORD_CONSEQUENCE, Verb.CONFIRM_CONSEQUENCE, Verb.REGISTER_REPORT),
)


@pytest.fixture
def rich(office: object) -> Case:
    """A case with leave, a receipt of paper corrected, all that may happen to a task, and a 督办单 answered."""
    case = take(Verb.REGISTER_RECEIPT, take(Verb.DECIDE_LEAVE, take(Verb.ASK_LEAVE, case_after(Verb.SERVE_NOTICE))))
    revoked = {"signer_name": "", "signer_title": "", "signed_on": None, "scan": None, "never_signed": True}
    correct_receipt(case.current_notice, by=cast.person("officer"), reason="登记错了文书。", **revoked)
    other = case_after(Verb.ASSIGN, unit=cast.unit(cast.COUNTY))
    for verb in UNDERWAY:
        other = take(verb, other)
    with later(days=80):
        for verb in (Verb.ISSUE_SUPERVISION_LETTER, Verb.ACKNOWLEDGE_SUPERVISION, Verb.ANSWER_SUPERVISION):
            other = take(verb, other)
    return other


def test_everything_that_was_done_is_a_piece_in_the_order_of_its_day(rich: Case) -> None:
    pieces = pieces_of(rich, cast.person("officer"))
    assert [piece.at for piece in pieces[:-1]] == sorted(piece.at for piece in pieces[:-1])
    titles = [piece.title for piece in pieces]
    assert titles[0] == f"{rich.title}建议呈批表"
    assert titles[-1] == f"{rich.title}办理过程记录"
    for title in (
        "第1项整改任务延期、催办、中止计时记录",
        "第1项整改任务现场核查记录",
        "第1项整改任务整改报告（第1次）",
        "问责处理登记：追责问责（移送有关机关）",
    ):
        assert title in titles
    letter = next(piece for piece in pieces if "督办通知" in piece.title)
    assert [part.role for part in letter.parts] == ["正文", "回执", "复文"]


def test_each_file_that_the_office_sees_is_in_it_once(rich: Case) -> None:
    officer = cast.person("officer")
    seen = 0
    for case in Case.objects.all():
        parts = [part for piece in pieces_of(case, officer) for part in piece.parts]
        for file in Attachment.objects.visible_to(officer).filter(case=case):
            seen += 1
            assert [part.name for part in parts if part.sha256 == file.sha256].count(file.name) >= 1
    assert seen


def test_what_was_typed_is_printed_in_words(rich: Case) -> None:
    pieces = pieces_of(rich, cast.person("officer"))
    piece = next(piece for piece in pieces if piece.title == "第1项整改任务延期、催办、中止计时记录")
    printed = io.BytesIO()
    piece.parts[0].write(printed)
    text = "".join("".join(page.extract_text().split()) for page in PdfReader(printed).pages)
    for words in (rich.register_number, "催办", "回复：", "申请延至", "同意", "中止", "纸质代录"):
        assert words in text


def test_a_draft_that_the_unit_has_not_handed_in_is_not_in_it(office: object) -> None:
    case = case_after(Verb.PREPARE_SUBMISSION)
    titles = [piece.title for piece in pieces_of(case, cast.person("officer"))]
    assert not any("书面材料" in title for title in titles)
