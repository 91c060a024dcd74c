"""Office files in a page: printed by a program that is shut in, once for the same bytes, for who may see the file."""

import io
import shutil
import time
from contextlib import suppress
from pathlib import Path

import docx
import pypdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests import cast
from tests.factories import case_in, pdf, take
from tests.web import Visitor, browser
from yuetan.actions.files.attachment_versions import delete_attachments
from yuetan.actions.files.file_preview import make_next_preview
from yuetan.documents.exports import office_pdf
from yuetan.documents.exports.office_pdf import NotConvertible, is_available
from yuetan.models import Attachment, FilePreview
from yuetan.vocabulary import CaseState, FileCheck, Verb

HEAD, OTHER = f"head_{cast.TOWN}", f"head_{cast.DIVISION_TOWN}"
shut_in = pytest.mark.skipif(not office_pdf._can_shut_in(), reason="the system allows no namespaces")
installed = pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")


def word(text="整改方案") -> SimpleUploadedFile:
    written, document = io.BytesIO(), docx.Document()
    document.add_paragraph(text)
    document.save(written)
    return SimpleUploadedFile("方案.docx", written.getvalue())


@pytest.fixture
def program(settings, tmp_path):
    """Instead of LibreOffice a script with these lines; $9 is the folder of its work."""

    def write(lines: str) -> Path:
        script = tmp_path / "soffice"
        script.write_text(f'#!/bin/sh\nout="$9"\n{lines}\n')
        script.chmod(0o755)
        settings.SOFFICE = str(script)
        return script

    return write


@shut_in
def test_the_program_finds_nothing_of_ours_but_the_fonts_and_no_network(program, settings, tmp_path, monkeypatch):
    settings.VAR = tmp_path / "var"
    (settings.VAR / "fonts").mkdir(parents=True)
    (settings.VAR / "fonts" / "a.ttf").write_text("")
    (settings.VAR / "secret_key").write_text("secret")
    monkeypatch.setenv("YUETAN_SECRET_KEY", "secret")
    program(f'{{ ls -R {settings.VAR} /run; env; ls /proc | grep "^[0-9]"; cat /proc/net/dev; }} > "$out/file.pdf"')
    said = office_pdf.office_pdf(word(), "docx").decode()
    assert "a.ttf" in said
    assert "secret" not in said
    assert "eth" not in said.split("Inter-")[1]
    assert len([line for line in said.splitlines() if line.isdecimal()]) < 10, "its own processes alone"


@shut_in
@pytest.mark.parametrize(
    "lines",
    [
        "exit 1",
        "exit 0",
        'ln -s /etc/passwd "$out/file.pdf"',
        'head -c 200000000 /dev/zero > "$out/file.pdf"',
        ': > "$out/file.pdf"',
    ],
)
def test_what_makes_no_pdf_within_its_bounds_is_none(program, lines):
    program(lines)
    with pytest.raises(NotConvertible):
        office_pdf.office_pdf(word(), "docx")


@shut_in
def test_what_takes_too_long_is_ended_with_all_it_has_begun(program, monkeypatch, tmp_path):
    monkeypatch.setattr(office_pdf, "SECONDS", 1)
    program("sleep 4711 & sleep 4711")
    with pytest.raises(NotConvertible, match="too long"):
        office_pdf.office_pdf(word(), "docx")
    until = time.monotonic() + 20  # the system ends what was begun after the program itself, on a busy machine later
    while (runs := is_running(b"sleep\x004711\x00")) and time.monotonic() < until:
        time.sleep(0.05)
    assert not runs


def is_running(command: bytes) -> bool:
    """Whether a process of the machine was begun so."""
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        with suppress(OSError):  # ended meanwhile
            if path.read_bytes() == command:
                return True
    return False


@shut_in
@installed
def test_libreoffice_prints_the_text(settings):
    settings.SOFFICE = "soffice"
    printed = office_pdf.office_pdf(word("整改方案一二三"), "docx")
    assert "整改方案一二三" in pypdf.PdfReader(io.BytesIO(printed)).pages[0].extract_text()


@pytest.fixture
def handed_in(office):
    """A Word file of the unit's written material, handed in."""
    case = case_in(CaseState.NOTIFIED)
    take(Verb.PREPARE_SUBMISSION, case, files=[word()])
    take(Verb.HAND_IN_SUBMISSION, case)
    return Attachment.objects.get(case=case, kind="docx")


@shut_in
def test_who_may_see_the_file_sees_its_pages_and_nobody_else(handed_in, program, tmp_path):
    two_pages = pypdf.PdfWriter()
    for _ in range(2):
        two_pages.append(pdf())
    two_pages.write(tmp_path / "ready.pdf")
    program(f'cp {tmp_path}/ready.pdf "$out/file.pdf"')
    page = f"/files/{handed_in.pk}/view/"
    visitor = Visitor(cast.person("officer"))
    visitor.open(page)
    assert "正在生成预览" in visitor.press("生成预览")
    assert browser(OTHER).post(page).status_code == 404
    assert make_next_preview().made_at
    for who in ("officer", HEAD):
        assert "第 1 页，共 2 页" in Visitor(cast.person(who)).open(page)
        picture = browser(who).get(f"/files/{handed_in.pk}/pages/2/")
        assert (picture.status_code, picture["Content-Type"]) == (200, "image/jpeg")
    for address in (page, f"/files/{handed_in.pk}/pages/1/"):
        assert browser(OTHER).get(address).status_code == 404
    assert make_next_preview() is None


@shut_in
def test_what_cannot_be_printed_is_said_and_not_tried_again(handed_in, program):
    program("exit 1")
    page = f"/files/{handed_in.pk}/view/"
    browser("officer").post(page)
    assert make_next_preview().failed_at
    assert "没有生成预览" in Visitor(cast.person("officer")).open(page)
    browser("officer").post(page)
    assert make_next_preview() is None


def test_where_there_is_no_libreoffice_the_page_says_so_and_asks_for_nothing(handed_in, settings):
    settings.SOFFICE = ""
    assert not is_available()
    page = f"/files/{handed_in.pk}/view/"
    assert "没有安装用来显示它的 LibreOffice" in Visitor(cast.person("officer")).open(page)
    assert browser("officer").post(page).status_code == 302
    assert not FilePreview.objects.exists()


def test_a_file_that_nobody_may_open_is_not_printed_and_its_preview_not_shown(handed_in):
    FilePreview.objects.create(sha256=handed_in.sha256, kind="docx", asked_by=cast.person("officer"))
    Attachment.objects.filter(pk=handed_in.pk).update(check_state=FileCheck.QUARANTINED, threat="甲")
    assert make_next_preview().failed_at
    assert browser("officer").get(f"/files/{handed_in.pk}/view/").status_code == 409


def test_a_preview_goes_with_the_last_file_of_its_bytes(handed_in, django_capture_on_commit_callbacks):
    FilePreview.objects.create(sha256=handed_in.sha256, kind="docx", asked_by=cast.person("officer"))
    with django_capture_on_commit_callbacks(execute=True):
        delete_attachments([handed_in])
    assert not FilePreview.objects.exists()
