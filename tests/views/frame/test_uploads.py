"""Files handed in on pages: nobody waits while they are examined, refusals come back into the form."""

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client

from tests import cast
from tests.actions.files.test_virus_scanner import NOBODY, infected_docx, infected_pdf, offered
from tests.factories import case_in, pdf, png, take
from tests.rules.files.small_files import docx_members, zipped
from tests.scanner import EICAR, THREAT, clamd, stand_in
from tests.web import Visitor
from yuetan.models import Attachment, Case, OfficeSetting, User
from yuetan.vocabulary import CaseState, FileCheck, Verb

PARTS = {"situation": "全镇辖12个村。", "problems": "摸排不细。", "causes": "责任不实。", "measures": "立即摸排。"}
SAVE = "保存草稿"


def held_rows():
    """Cases and people that a second connection finds locked right now."""
    rows = (Case.objects.all(), User.objects.all())
    return [str(row) for found in rows for row in found if not _is_free(type(row).objects.filter(pk=row.pk))]


def _is_free(row):
    try:
        with transaction.atomic():
            return bool(row.select_for_update(of=("self",), nowait=True).order_by().values("pk"))
    except DatabaseError:
        return False


@pytest.mark.django_db(transaction=True)
def test_nobody_waits_while_files_are_examined_and_each_is_examined_once(settings, office):
    scanned, held = [], []

    def answer(content):
        scanned.append(content)
        held.extend(held_rows())
        connection.close()
        return "stream: 木马 FOUND" if b"Trojan" in content else "stream: OK"

    with stand_in(answer) as settings.CLAMD:
        officer, liaison = Visitor(cast.person("officer")), Visitor(cast.person(f"liaison_{cast.TOWN}"))
        officer.open(f"/cases/new/?unit={cast.unit(cast.TOWN).pk}")
        officer.press("保存草稿", **_proposal(officer), **{"grounds-5_2-files": [pdf("台账.pdf"), png("现场.png")]})
        assert "草稿已保存。" in officer.page
        officer.click("修改建议")
        officer.press("保存草稿", **{"grounds-5_2-files": [pdf("补充.pdf")]})
        assert {file.name for file in Attachment.objects.all()} == {"台账.pdf", "现场.png", "补充.pdf"}
        case = case_in(CaseState.NOTIFIED)
        scanned.clear()
        liaison.open(f"/cases/{case.pk}/steps/prepare_submission/")
        bad = {
            "files": [pdf(), offered("带毒.docx", zipped(docx_members() | {"word/Trojan.txt": "x"}))],
            "causes_files": [png()],
        }
        page = liaison.press(SAVE, expect=422, **PARTS, **bad)
        assert "办公室设定：文件“带毒.docx”经查毒发现病毒（木马），不能上传，请清除病毒或者换一份文件后再上传。" in page
        assert "摸排不细。" in page
        assert not case.attachments.filter(submission__isnull=False).exists()
        assert len(scanned) == 3
        liaison.press(SAVE, **PARTS, files=[pdf()], causes_files=[png()])
        assert len(scanned) == 5
    assert {file.check_state for file in case.attachments.filter(submission__isnull=False)} == {FileCheck.CLEAN}
    assert held == []


def _proposal(officer):
    return {
        "matter": "涉黑涉恶线索摸排不深入",
        "interviewees": officer.pick("interviewees", "冯十"),
        "grounds-5_2-ticked": "on",
        "grounds-5_2-facts": "今年以来上报有效线索仅2条。",
    }


@pytest.mark.clamd
def test_a_virus_handed_in_on_a_page_and_a_scanner_that_is_away(settings, office, liaison, head, caplog):
    case = case_in(CaseState.NOTIFIED)
    visitor, url = Visitor(liaison), f"/cases/{case.pk}/steps/prepare_submission/"
    with clamd() as address:
        settings.CLAMD = address
        for name, content, problem in (
            ("病毒.pdf", EICAR, "的内容不是 PDF，与扩展名不符，请用原来的软件打开，另存为 PDF 后再上传"),
            ("病毒.zip", zipped({"eicar.com": EICAR}), "是压缩包，请解压后逐个上传"),
            ("病毒.docx", infected_docx(), f"经查毒发现病毒（{THREAT}），不能上传，请清除病毒或者换一份文件后再上传"),
            ("夹带.pdf", infected_pdf(), f"经查毒发现病毒（{THREAT}），不能上传，请清除病毒或者换一份文件后再上传"),
        ):
            visitor.open(url)
            page = visitor.press(SAVE, expect=422, **PARTS, files=[offered(name, content), pdf()])
            assert f"办公室设定：文件“{name}”{problem}。" in page
            assert all(words in page for words in PARTS.values())
        assert not Attachment.objects.filter(case=case, submission__isnull=False).exists()
        settings.CLAMD = NOBODY
        visitor.open(url)
        visitor.press(SAVE, **PARTS, files=[offered("病毒.docx", infected_docx())])
        file = case.attachments.get(submission__isnull=False)
        assert "待查毒" in visitor.page
        for person in (liaison, head):
            closed = Visitor(person).open(f"/files/{file.pk}/view/", expect=409)
            assert "待查毒，现在不能打开" in closed
            assert "无须重新上传" in closed


def test_a_script_that_sends_a_form_is_shown_where_to_go_and_a_refusal_is_a_page(settings, office, liaison):
    settings.CLAMD = ""
    case = case_in(CaseState.NOTIFIED)
    visitor, url = Visitor(liaison), f"/cases/{case.pk}/steps/prepare_submission/"
    page = visitor.open(url)
    token = next(form for form in page.forms if "draft_seen" in form.values).values["csrfmiddlewaretoken"][0]
    sent = {"csrfmiddlewaretoken": token, "draft_seen": "{}", **PARTS}
    refused = visitor.client.post(url, sent | {"files": offered("a.exe", b"MZ")}, headers={"X-Upload": "1"})
    assert (refused.status_code, refused["Content-Type"]) == (422, "text/html; charset=utf-8")
    taken = visitor.client.post(url, sent | {"files": pdf()}, headers={"X-Upload": "1"})
    assert (taken.status_code, taken["X-Go-To"], taken.content) == (204, f"/cases/{case.pk}/", b"")
    assert not taken.has_header("Location")
    assert "草稿已保存。" in visitor.open(taken["X-Go-To"])
    stranger = Client().post(url, sent, headers={"X-Upload": "1"})
    assert (stranger.status_code, stranger["X-Go-To"]) == (204, f"/login/?next={url}")


def test_how_large_a_file_may_be_is_shown_by_every_page_that_takes_files(office, officer, liaison):
    OfficeSetting.objects.filter(key="file_limit_megabytes").update(value=20)
    case, draft = case_in(CaseState.NOTIFIED), case_in(CaseState.DRAFTED)
    paper = case.documents.get()
    for person, url in (
        (liaison, f"/cases/{case.pk}/steps/prepare_submission/"),
        (officer, f"/cases/{case.pk}/steps/register_receipt/"),
        (officer, f"/cases/{draft.pk}/edit/"),
        (officer, f"/documents/{paper.pk}/"),
    ):
        page = Visitor(person).open(url)
        assert "单个文件不超过 20 MB，一次最多 100 个。" in page
        assert 'data-megabytes="20"' in page.response.content.decode()
        assert "严禁录入、上传涉密信息。" in page
    assert "单个文件" not in Visitor(liaison).open(f"/cases/{case.pk}/steps/acknowledge_receipt/")


def test_a_file_with_another_ending_is_kept_under_its_own_and_everybody_reads_so(settings, office, liaison, officer):
    settings.CLAMD = ""
    case = case_in(CaseState.NOTIFIED)
    visitor = Visitor(liaison)
    visitor.open(f"/cases/{case.pk}/steps/prepare_submission/")
    visitor.press(SAVE, **PARTS, files=[png("现场.jpg"), pdf()])
    assert "“现场.png”已收下：上传时名为“现场.jpg”，按内容保存为 PNG。" in visitor.page
    assert visitor.page.words.count("按内容保存为") == 2  # said once, and in the list for good
    assert visitor.open(f"/cases/{case.pk}/").words.count("上传时名为“现场.jpg”，按内容保存为 PNG") == 1
    file = case.attachments.get(offered_name="现场.jpg")
    assert (file.name, file.kind) == ("现场.png", "png")
    assert "上传时名为“现场.jpg”，按内容保存为 PNG" in visitor.open(f"/files/{file.pk}/view/")
    assert "filename*=utf-8" in visitor.client.get(f"/files/{file.pk}/")["Content-Disposition"]


def test_files_of_one_name_are_counted(settings, office, liaison):
    settings.CLAMD = ""
    case = case_in(CaseState.NOTIFIED)
    take(Verb.PREPARE_SUBMISSION, case, files=[pdf("照片.pdf"), pdf("照片.pdf", width=600), pdf("另一个.pdf")])
    words = " ".join(Visitor(liaison).open(f"/cases/{case.pk}/").words.split())
    assert "照片.pdf（同名文件第 1 个，共 2 个） 同名文件第 1 个，共 2 个 ·" in words
    assert "照片.pdf（同名文件第 2 个，共 2 个） 同名文件第 2 个，共 2 个 ·" in words
    assert "另一个.pdf（" not in words
    form = " ".join(Visitor(liaison).open(f"/cases/{case.pk}/steps/prepare_submission/").words.split())
    assert "整份材料：照片.pdf（同名文件第 1 个，共 2 个）" in form
    assert "整份材料：照片.pdf（同名文件第 2 个，共 2 个）" in form
    assert "另一个.pdf（" not in form


@pytest.mark.parametrize("headers", [{}, {"X-Upload": "1"}])
def test_more_files_than_one_form_may_carry_are_answered_with_what_to_do(office, liaison, headers):
    case = case_in(CaseState.NOTIFIED)
    visitor, url = Visitor(liaison), f"/cases/{case.pk}/steps/prepare_submission/"
    page = visitor.open(url)
    assert "单个文件不超过 50 MB，一次最多 100 个。" in page
    assert 'data-most="100"' in page.response.content.decode()
    answer = visitor.client.post(url, PARTS | {"files": [pdf(f"{n}.pdf") for n in range(101)]}, headers=headers)
    assert answer.status_code == 400
    assert "一次提交的文件太多：最多 100 个。没有保存任何东西。" in answer.content.decode()
    assert not case.attachments.exists()


def test_a_request_that_nobody_understands_is_answered_as_before(office, liaison):
    case = case_in(CaseState.NOTIFIED)
    visitor, url = Visitor(liaison), f"/cases/{case.pk}/steps/prepare_submission/"
    answer = visitor.client.post(url, {f"field{n}": "x" for n in range(1001)})
    assert answer.status_code == 400
    assert "系统看不懂这次提交的内容" in answer.content.decode()
