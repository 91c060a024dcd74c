"""盖章扫描件: who may bind one to a paper, what files are taken, and that earlier ones stay."""

import hashlib
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction
from openpyxl import Workbook
from PIL import Image

from tests.cast import OFFICE, engage, unit
from tests.factories import case_after, case_in, letter_in, pdf, png, take
from yuetan.actions.papers.scan import upload_scan
from yuetan.errors import NotYours, Refused
from yuetan.models import Document, Event, Scan
from yuetan.vocabulary import CaseState, LetterState, PostKind, Verb


@pytest.fixture
def paper(office):
    return case_in(CaseState.NOTIFIED).documents.get()


def jpg(name="扫描件.jpg"):
    content = io.BytesIO()
    Image.new("RGB", (600, 800), "white").save(content, "JPEG")
    return SimpleUploadedFile(name, content.getvalue(), "image/jpeg")


@pytest.mark.parametrize("make", [pdf, png, jpg])
def test_a_scan_is_bound_to_its_paper(officer, paper, make):
    file = make()
    scan = upload_scan(paper, by=officer, file=file)
    assert list(paper.scans.all()) == [scan]
    assert (scan.uploaded_by, scan.uploaded_by_title) == (officer, officer.title)
    with scan.file.open("rb") as kept:
        assert hashlib.sha256(kept.read()).hexdigest() == scan.sha256
    event = Event.objects.latest("id")
    assert (event.verb, event.data, event.is_outer) == ("upload_scan", {"document": paper.number}, False)


def test_a_later_scan_comes_first_and_the_earlier_stays(officer, second_officer, paper):
    first = upload_scan(paper, by=officer, file=pdf("第一次.pdf"))
    second = upload_scan(paper, by=second_officer, file=png("第二次.png"))
    assert list(paper.scans.all()) == [second, first]


def test_a_letter_has_its_scan_too(officer):
    paper = letter_in(LetterState.ISSUED).document
    upload_scan(paper, by=officer, file=pdf())
    assert paper.scans.count() == 1


@pytest.mark.parametrize("who", ["director", "supervisor", "group_leader", "sysadmin", "auditor", "head", "liaison"])
def test_only_a_case_officer_hands_in_scans(request, paper, who):
    with pytest.raises(NotYours):
        upload_scan(paper, by=request.getfixturevalue(who), file=pdf())
    assert not Scan.objects.exists()


def test_nobody_of_the_unit_hands_in_the_scan_of_its_paper(office, paper, town):
    both = engage("何廿", "both", unit(OFFICE), PostKind.CASE_OFFICER, "承办人")
    upload_scan(paper, by=both, file=pdf())
    both.posts.create(unit=town, kind=PostKind.LIAISON, title="联络员", began_on="2025-01-01")
    del both.current_posts
    with pytest.raises(NotYours):
        upload_scan(paper, by=both, file=pdf())


@pytest.mark.parametrize(
    ("file", "sentence"),
    [
        (None, "尚未选择扫描件。"),
        (SimpleUploadedFile("扫描件.pdf", b""), "是空文件，请核对后重新选择文件"),
        (SimpleUploadedFile("扫描件.pdf", b"MZ" + bytes(200)), "与扩展名不符"),
        (SimpleUploadedFile("扫描件.exe", b"MZ"), "类型不允许"),
        (SimpleUploadedFile("扫描件.png", b"GIF89a"), "与扩展名不符"),
    ],
)
def test_what_is_no_scan_is_refused_and_nothing_is_kept(officer, paper, file, sentence):
    with pytest.raises(Refused) as refused:
        upload_scan(paper, by=officer, file=file)
    assert sentence in str(refused.value)
    assert refused.value.reasons[0].field == "file"
    assert not Scan.objects.exists()
    assert not Event.objects.filter(verb="upload_scan").exists()


def test_a_lawful_file_of_another_kind_is_no_scan(officer, paper):

    content = io.BytesIO()
    Workbook().save(content)
    with pytest.raises(Refused, match="扫描件只收 PDF、JPG、PNG，请改存后再传。"):
        upload_scan(paper, by=officer, file=SimpleUploadedFile("表.xlsx", content.getvalue()))


def test_missing_scans_are_those_of_sealed_papers_in_force(officer, county):
    replaced = case_in(CaseState.NOTIFIED, unit=county)
    take(Verb.RESCHEDULE, replaced)
    minuted = case_after(Verb.ISSUE_MINUTES)
    letter = letter_in(LetterState.ISSUED)
    missing = {paper.kind for paper in Document.objects.without_scan()}
    assert missing == {"reschedule_notice", "interview_notice", "reminder_letter"}
    upload_scan(letter.document, by=officer, file=pdf())
    wanted = [minuted.documents.get(kind="interview_notice"), replaced.documents.get(kind="reschedule_notice")]
    assert sorted(Document.objects.without_scan(), key=str) == sorted(wanted, key=str)


def test_a_scan_is_never_rewritten(officer, paper):
    scan = upload_scan(paper, by=officer, file=pdf())
    for change in (lambda: Scan.objects.update(name="另名"), scan.delete):
        with pytest.raises(DatabaseError, match=r"kept as written|permission denied"), transaction.atomic():
            change()
