"""Files looked into by a real clamd: refused with a virus, closed without an answer, quarantined when found later."""

import io
import logging
import random
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from pypdf import PdfWriter
from pypdf.generic import DecodedStreamObject

from tests.factories import case_in, letter_in, pdf, png, take
from tests.refusals import refused
from tests.rules.files.small_files import docx_members, zipped
from tests.scanner import EICAR, THREAT, clamd
from tests.web import Visitor
from yuetan.actions.files.rescan_files import scan_waiting_files
from yuetan.actions.papers.scan import upload_scan
from yuetan.actions.record.check_records import disagreements
from yuetan.models import Attachment, Event, Scan
from yuetan.vocabulary import CaseState, FileCheck, LetterState, Verb

NOBODY = "unix:/nowhere/clamd.sock"
pytestmark = pytest.mark.clamd


@pytest.fixture(scope="module")
def address():
    with clamd() as at:
        yield at


@pytest.fixture
def scanner(settings, address):
    settings.CLAMD = address


def infected_pdf():
    """The virus as it is, in a stream of a PDF that is otherwise in order."""
    writer, content, stream = PdfWriter(), io.BytesIO(), DecodedStreamObject()
    writer.add_blank_page(595, 842)
    stream.set_data(EICAR)
    writer._add_object(stream)
    writer.write(content)
    return content.getvalue()


def infected_docx():
    return zipped(docx_members() | {"word/media/note.txt": EICAR})


def offered(name, content):
    return SimpleUploadedFile(name, content)


def prepare(case, *files):
    return take(Verb.PREPARE_SUBMISSION, case, files=list(files))


@pytest.mark.parametrize(("name", "make"), [("a.pdf", infected_pdf), ("a.docx", infected_docx)])
def test_a_file_with_a_virus_is_refused_and_nothing_is_kept(office, scanner, name, make):
    case = case_in(CaseState.NOTIFIED)
    sentence = f"办公室设定：文件“{name}”经查毒发现病毒（{THREAT}），不能上传，请清除病毒或者换一份文件后再上传。"
    with refused(sentence, field="files"):
        prepare(case, pdf(), offered(name, make()))


@pytest.mark.parametrize(
    ("name", "content", "problem"),
    [
        ("病毒.pdf", EICAR, "的内容不是 PDF，与扩展名不符，请用原来的软件打开，另存为 PDF 后再上传"),
        (
            "病毒.docx",
            zipped({"eicar.txt": EICAR}),
            "的内容不是 DOCX，与扩展名不符，请用原来的软件打开，另存为 DOCX 后再上传",
        ),
        ("病毒.zip", zipped({"eicar.txt": EICAR}), "是压缩包，请解压后逐个上传"),
        ("病毒.com", EICAR, "的类型不允许，只收 PDF、OFD、DOCX、XLSX、JPG、PNG，请另存或打印成 PDF 后再上传"),
    ],
)
def test_a_bare_virus_is_no_file_of_ours_to_begin_with(office, scanner, name, content, problem):
    case = case_in(CaseState.NOTIFIED)
    with refused(f"办公室设定：文件“{name}”{problem}。"):
        prepare(case, offered(name, content))


def test_a_clean_file_is_open_at_once(office, scanner):
    case = prepare(case_in(CaseState.NOTIFIED), pdf(), png())
    assert {file.check_state for file in case.attachments.all()} == {FileCheck.CLEAN}
    assert all(file.checked_at for file in case.attachments.all())


def test_without_a_scanner_nothing_is_said_to_be_scanned(office):
    case = prepare(case_in(CaseState.NOTIFIED), pdf())
    assert case.attachments.get().check_now == FileCheck.UNCHECKED
    with pytest.raises(CommandError, match="没有配置查毒"):
        call_command("scan_files")


def answers_to(person, file):
    """What every address of a file answers, and with which words."""
    client, found = Visitor(person).client, []
    for url in (f"/files/{file.pk}/", f"/files/{file.pk}/view/", f"/files/{file.pk}/pages/1/"):
        answer = client.get(url)
        found.append((answer.status_code, b"".join(answer).decode(errors="replace"), answer.get("Cache-Control")))
    return found


def statuses(person, file):
    return [status for status, _, _ in answers_to(person, file)]


def test_with_the_scanner_away_a_file_is_kept_and_nobody_opens_it(settings, caplog, address, head, liaison, other_head):
    settings.CLAMD = NOBODY
    case = prepare(case_in(CaseState.NOTIFIED), png())
    file = case.attachments.get()
    assert (file.check_state, file.checked_at) == (FileCheck.WAITING, None)
    assert "waits to be scanned" in caplog.text
    for person in (head, liaison):
        answers = answers_to(person, file)
        assert [status for status, _, _ in answers] == [409, 409, 409]
        assert all("待查毒，现在不能打开" in words for _, words, _ in answers)
        assert {kept for _, _, kept in answers} == {"private, no-store"}
        assert "待查毒" in Visitor(person).open(f"/cases/{case.pk}/")
    assert statuses(other_head, file) == [404, 404, 404]
    with pytest.raises(CommandError, match=str(file.pk)):
        call_command("scan_files")
    assert Attachment.objects.get().check_state == FileCheck.WAITING
    settings.CLAMD = address
    call_command("scan_files")
    assert statuses(head, file) == [200, 200, 200]


def test_files_kept_before_there_was_a_scanner_wait_for_it(settings, address, head):
    case = prepare(case_in(CaseState.NOTIFIED), png())
    file = case.attachments.get()
    scan_waiting_files()
    settings.CLAMD = NOBODY
    scan_waiting_files()
    assert statuses(head, file)[0] == 409
    settings.CLAMD = address
    scan_waiting_files()
    assert statuses(head, file)[0] == 200


def test_a_file_that_cannot_be_read_keeps_no_other_from_being_scanned(settings, address, head):
    settings.CLAMD = NOBODY
    case = prepare(case_in(CaseState.NOTIFIED), png(), pdf())
    unreadable, other = case.attachments.order_by("uploaded_at", "pk")
    Path(unreadable.file.path).unlink()
    Path(unreadable.file.path).mkdir()
    settings.CLAMD = address
    found = scan_waiting_files()
    assert (found.clean, [line.split("：")[0] for line in found.left]) == (1, [str(unreadable.pk)])
    other.refresh_from_db()
    assert other.check_state == FileCheck.CLEAN


def let_in(settings, case, **changed):
    """A file with a virus that no scanner knew when it came."""
    settings.CLAMD = ""
    take(Verb.PREPARE_SUBMISSION, case, files=[offered("材料.docx", infected_docx())], **changed)
    return case.attachments.get()


def test_a_virus_found_later_closes_the_file_and_is_shown_to_both_sides(
    settings, address, head, officer, director, auditor
):
    case = case_in(CaseState.NOTIFIED)
    file = let_in(settings, case)
    take(Verb.HAND_IN_SUBMISSION, case)
    settings.CLAMD = address
    call_command("scan_files")
    file.refresh_from_db()
    assert (file.check_state, file.threat) == (FileCheck.QUARANTINED, THREAT)
    for person in (head, officer):
        answers = answers_to(person, file)
        assert [status for status, _, _ in answers] == [409, 409, 409]
        assert "文件已隔离" in answers[0][1]
        page = Visitor(person).open(f"/cases/{case.pk}/")
        assert f"已隔离（{THREAT}）" in page
        assert "隔离带病毒的文件" in page
    assert "材料.docx" in Visitor(director).open("/settings/")
    log = Visitor(auditor).open("/log/")
    assert "隔离带病毒的文件" in log
    assert "已隔离 1 个" in log
    assert "材料.docx" not in log


def test_a_virus_in_a_units_own_draft_is_shown_to_the_unit_alone(settings, address, head, officer, director):
    case = case_in(CaseState.NOTIFIED)
    let_in(settings, case)
    settings.CLAMD = address
    call_command("scan_files")
    assert f"已隔离（{THREAT}）" in Visitor(head).open(f"/cases/{case.pk}/")
    page = Visitor(officer).open(f"/cases/{case.pk}/")
    assert "已隔离" not in page
    assert "隔离带病毒的文件" not in page
    assert "材料.docx" not in Visitor(director).open("/settings/")
    assert Event.objects.get(verb="quarantine_file").case is None


def test_a_virus_in_evidence_is_shown_to_no_one_outside(settings, address, head, officer):
    case = case_in(CaseState.NOTIFIED, draft={"evidence": [offered("依据.docx", infected_docx())]})
    settings.CLAMD = address
    call_command("scan_files")
    assert "隔离带病毒的文件" in Visitor(officer).open(f"/cases/{case.pk}/")
    assert "隔离" not in Visitor(head).open(f"/cases/{case.pk}/")
    assert list(disagreements(case)) == []


def test_a_stamped_scan_is_looked_into_too_and_stays_as_written(settings, address, officer):
    paper = letter_in(LetterState.ISSUED).document
    upload_scan(paper, by=officer, file=offered("扫描件.pdf", infected_pdf()))
    settings.CLAMD = address
    call_command("scan_files")
    scan = Scan.objects.get()
    assert (scan.check_state, scan.threat) == (FileCheck.QUARANTINED, THREAT)
    assert Visitor(officer).client.get(f"/scans/{scan.pk}/").status_code == 409
    assert f"已隔离（{THREAT}）" in Visitor(officer).open(f"/documents/{paper.pk}/")


def test_what_was_clean_is_scanned_again_when_asked_and_only_then(office, scanner, settings, address):
    case = prepare(case_in(CaseState.NOTIFIED), pdf())
    first = case.attachments.get().checked_at
    call_command("scan_files")
    assert case.attachments.get().checked_at == first
    call_command("scan_files", again_after_days=1)
    assert case.attachments.get().checked_at == first
    call_command("scan_files", again_after_days=0)
    assert case.attachments.get().checked_at > first


def test_a_second_run_notifies_of_nothing_twice(settings, address, head):
    let_in(settings, case_in(CaseState.NOTIFIED))
    settings.CLAMD = address
    call_command("scan_files")
    call_command("scan_files", again_after_days=0)
    assert Event.objects.filter(verb="quarantine_file").count() == 1


def test_a_file_longer_than_the_scanner_takes_waits(settings, office, caplog):
    caplog.set_level(logging.ERROR)
    noise = random.Random(1).randbytes(3 * 1024 * 1024)
    with clamd(limit="1M") as small:
        settings.CLAMD = small
        case = prepare(case_in(CaseState.NOTIFIED), offered("a.docx", zipped(docx_members() | {"word/a.bin": noise})))
    assert case.attachments.get().check_state == FileCheck.WAITING
    assert "size limit exceeded" in caplog.text
