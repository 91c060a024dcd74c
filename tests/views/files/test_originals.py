"""A photo as it was offered stays with the inner side; all others have its picture without time, place and device."""

import io
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from pikepdf import Pdf
from PIL import Image

from tests import cast
from tests.factories import case_in, letter_in, pdf, png, take
from tests.scanner import stand_in
from tests.web import Visitor
from yuetan.actions.files.rescan_files import scan_files
from yuetan.actions.letter.letter import acknowledge_letter
from yuetan.actions.letter.letter_answer import answer_letter, prepare_letter_answer
from yuetan.actions.papers.scan import upload_scan
from yuetan.actions.record.check_records import disagreements
from yuetan.errors import Refused
from yuetan.models import Attachment
from yuetan.vocabulary import CaseState, FileCheck, LetterState, Verb

TIME, PLACE = "2026-11-20 15:04:05", "北纬 22.57874°，东经 113.08190°"
KEPT_CLEAN = "只保留画面，拍摄时间、地点、设备等信息已清除。"


def photo(name: str = "现场.jpg", *, comment: bytes = b"") -> SimpleUploadedFile:
    """As a phone takes it."""
    picture, file = Image.new("RGB", (600, 800), "white"), io.BytesIO()
    exif = picture.getexif()
    exif[0x0110] = "TestPhone"
    exif.get_ifd(0x8769)[0x9003] = "2026:11:20 15:04:05"
    exif.get_ifd(0x8825).update({1: "N", 2: (22.0, 34.0, 43.464), 3: "E", 4: (113.0, 4.0, 54.84)})
    picture.save(file, "JPEG", exif=exif, comment=comment)
    return SimpleUploadedFile(name, file.getvalue(), "image/jpeg")


def stored(folder: str) -> list[Path]:
    return [path for path in Path(settings.MEDIA_ROOT, folder).glob("**/*") if path.is_file()]


@pytest.fixture
def handed_in(office):
    """A case whose unit handed in a photo."""
    case = case_in(CaseState.NOTIFIED)
    take(Verb.PREPARE_SUBMISSION, case, files=[photo()])
    return take(Verb.HAND_IN_SUBMISSION, case)


def original(file: Attachment) -> str:
    return reverse("attachment_original", args=[file.pk])


def test_the_inner_side_reads_time_and_place_and_has_the_original(handed_in, officer, director):
    file = handed_in.attachments.get(name="现场.jpg")
    for person in (officer, director):
        visitor = Visitor(person)
        page = visitor.open(f"/files/{file.pk}/view/")
        assert f"{TIME}（相机所记）" in page
        assert f"{PLACE}（相机所记）" in page
        assert "本页显示和下载的图片只保留画面" in page
        response = visitor.client.get(original(file))
        assert b"".join(response) == photo().read()
        assert response["Content-Type"] == "application/octet-stream"
        assert response["Content-Disposition"].startswith("attachment; filename*=utf-8''")
        assert response["X-Content-Type-Options"] == "nosniff"


def test_the_unit_has_the_picture_alone_and_reads_why(handed_in, head, liaison):
    file = handed_in.attachments.get(name="现场.jpg")
    for person in (head, liaison):
        visitor = Visitor(person)
        page = visitor.open(f"/files/{file.pk}/view/")
        assert f"{KEPT_CLEAN}原件由市扫黑办留存备查。" in page
        assert TIME not in page
        assert "下载原件" not in page
        visitor.open(original(file), expect=404)
    for url in (f"/files/{file.pk}/", f"/files/{file.pk}/pages/1/"):
        for person in (head, cast.person("officer")):
            with Image.open(io.BytesIO(b"".join(Visitor(person).client.get(url)))) as kept:
                assert dict(kept.getexif()) == {}


def test_a_draft_of_the_unit_is_its_own_and_nobody_has_its_original(office, officer, head):
    case = case_in(CaseState.NOTIFIED)
    take(Verb.PREPARE_SUBMISSION, case, files=[photo()])
    file = case.attachments.get(name="现场.jpg")
    for person in (officer, head):
        Visitor(person).open(original(file), expect=404)


def test_evidence_of_the_office_is_shown_to_the_inner_side_alone(office, officer, head):
    case = case_in(CaseState.NOTIFIED, draft={"evidence": [photo("依据.jpg")]})
    file = case.attachments.get(name="依据.jpg")
    assert TIME in Visitor(officer).open(f"/files/{file.pk}/view/")
    for url in (f"/files/{file.pk}/view/", original(file)):
        Visitor(head).open(url, expect=404)


def test_who_is_of_the_unit_too_has_no_original_of_it(handed_in, officer, town):
    file = handed_in.attachments.get(name="现场.jpg")
    assert file in Attachment.objects.with_original_for(officer)
    officer.posts.create(unit=town, kind="liaison", title="联络员", began_on="2025-01-01")
    del officer.current_posts
    assert file not in Attachment.objects.with_original_for(officer)
    Visitor(officer).open(original(file), expect=404)


def test_an_answer_to_a_letter_keeps_its_original_too(office, officer, liaison, head, town):
    letter = acknowledge_letter(letter_in(LetterState.ISSUED, to=town), by=liaison)
    prepare_letter_answer(letter, by=liaison, answer="已整改。", files=[photo("答复.jpg")])
    file = letter.attachments.get()
    assert file not in Attachment.objects.with_original_for(officer)
    answer_letter(letter, by=head, answer="已整改。")
    Visitor(officer).open(original(file))
    Visitor(liaison).open(original(file), expect=404)


def test_a_picture_without_notes_and_a_file_that_is_no_picture(office, officer):
    case = case_in(CaseState.DRAFTED, draft={"evidence": [png("截图.png"), pdf("报告.pdf")]})
    page = Visitor(officer).open(f"/files/{case.attachments.get(name='截图.png').pk}/view/")
    assert page.words.count("原件中没有记录") == 2
    file = case.attachments.get(name="报告.pdf")
    assert not file.original
    assert "原件" not in Visitor(officer).open(f"/files/{file.pk}/view/")
    Visitor(officer).open(original(file), expect=404)


def test_what_its_notes_say_is_never_more_than_a_time_and_a_place(office, officer):
    picture, file = Image.new("RGB", (600, 800)), io.BytesIO()
    exif = picture.getexif()
    exif[0x0132] = "<b>2026</b>"
    exif.get_ifd(0x8825).update({1: "N", 2: (91.0, 0.0, 0.0), 3: "x", 4: (1.0, 1.0, 1.0)})
    picture.save(file, "JPEG", exif=exif)
    case = case_in(CaseState.DRAFTED, draft={"evidence": [SimpleUploadedFile("a.jpg", file.getvalue())]})
    kept = case.attachments.get()
    assert (kept.photo_time, kept.photo_place) == ("", "")


def test_the_original_goes_with_its_picture_and_not_before(office, django_capture_on_commit_callbacks):
    case = case_in(CaseState.NOTIFIED)
    with pytest.raises(Refused):
        take(Verb.PREPARE_SUBMISSION, case, files=[photo(), SimpleUploadedFile("a.exe", b"MZ")])
    assert stored("originals") == []
    take(Verb.PREPARE_SUBMISSION, case, files=[photo()])
    case = take(Verb.HAND_IN_SUBMISSION, case)
    case = take(Verb.PREPARE_SUBMISSION, case)
    carried = case.submission_draft.attachments.get()
    assert carried.original == case.submission_handed_in.attachments.get().original
    with django_capture_on_commit_callbacks(execute=True):
        case = take(Verb.PREPARE_SUBMISSION, case, removed=[carried], files=[photo("另一张.jpg")])
    assert len(stored("originals")) == 2
    with django_capture_on_commit_callbacks(execute=True):
        take(Verb.PREPARE_SUBMISSION, case, removed=list(case.submission_draft.attachments.all()))
    assert len(stored("originals")) == 1
    assert list(disagreements()) == []


def test_an_original_that_was_changed_or_lost_is_noticed(handed_in):
    (path,) = stored("originals")
    path.chmod(0o600)
    path.write_bytes(path.read_bytes()[:-1])
    assert [each.words for each in disagreements()] == ["文件内容与登记的 SHA-256 不一致"]
    path.unlink()
    assert [each.words for each in disagreements()] == ["文件不在原处"]


def test_a_virus_that_is_in_the_original_alone_closes_the_file(settings, office, officer):
    case = case_in(CaseState.DRAFTED, draft={"evidence": [photo(comment=b"Trojan")]})
    file = case.attachments.get()
    with stand_in(lambda content: "stream: 木马 FOUND" if b"Trojan" in content else "stream: OK") as settings.CLAMD:
        assert scan_files().quarantined == 1
        Visitor(officer).open(original(file), expect=409)
        page = Visitor(officer).open(f"/files/{file.pk}/view/", expect=409)
    assert "下载原件" not in page
    file.refresh_from_db()
    assert file.check_state == FileCheck.QUARANTINED


def test_the_unit_has_a_scan_of_the_office_without_its_author_and_the_office_as_it_was(office, officer, town):
    paper = case_in(CaseState.NOTIFIED).current_notice
    written = io.BytesIO()
    with Pdf.open(pdf()) as scanned:
        scanned.docinfo["/Author"] = "喻卅六的电脑"
        scanned.save(written)
    scan = upload_scan(paper, by=officer, file=SimpleUploadedFile("盖章.pdf", written.getvalue(), "application/pdf"))
    fetched = {}
    for person in (officer, cast.head(cast.TOWN)):
        answer = Visitor(person).client.get(f"/scans/{scan.pk}/")
        fetched[person.pk] = b"".join(answer)
        assert len(fetched[person.pk]) == int(answer["Content-Length"])
    assert fetched[officer.pk] == written.getvalue()
    with Pdf.open(io.BytesIO(fetched[cast.head(cast.TOWN).pk])) as cleaned:
        assert (len(cleaned.pages), "/Info" in cleaned.trailer) == (1, False)


def test_a_unit_has_its_own_file_byte_for_byte(handed_in):
    file = handed_in.attachments.exclude(kind="jpg").first() or handed_in.attachments.get()
    fetched = b"".join(Visitor(cast.head(cast.TOWN)).client.get(f"/files/{file.pk}/"))
    with file.file.open("rb") as kept:
        assert fetched == kept.read()
