"""卷宗 of a closed case: whole, in order, the very bytes, verified without this program, and for who may take it."""

import io
import json
import os
import subprocess
import sys
import zipfile
from datetime import timedelta
from pathlib import Path

import openpyxl
import pytest
from django.conf import settings
from django.db import connection
from pypdf import PdfReader

from tests import cast
from tests.factories import case_in, later, pdf, take
from yuetan.actions.files.prepared_file import prepare_next
from yuetan.actions.papers.scan import upload_scan
from yuetan.actions.record.case_file import request_case_file
from yuetan.documents.case_file import verify
from yuetan.documents.content.facts import PaperFacts
from yuetan.documents.content.office_forms import Row
from yuetan.documents.pdf_store import pdf_bytes
from yuetan.documents.typesetting.typesetting import without_missing
from yuetan.errors import NotYours, Refused
from yuetan.ledgers.export import BUILDERS
from yuetan.models import Case, PreparedFile
from yuetan.sealing import seal_transaction
from yuetan.vocabulary import CaseState, DocumentKind, FileCheck, FilePurpose, PreparedKind, Verb

PACKAGE, BOUND = PreparedKind.CASE_FILE, PreparedKind.BOUND_CASE_FILE


@pytest.fixture
def closed(office: object) -> Case:
    """A closed case with a stamped scan, every row of it sealed as a commit does it."""
    case = case_in(CaseState.CLOSED)
    notice = case.documents.get(kind=DocumentKind.INTERVIEW_NOTICE)
    upload_scan(notice, by=cast.person("officer"), file=pdf("盖章通知书.pdf"))
    with connection.cursor() as cursor:
        seal_transaction(cursor.cursor)
    return Case.objects.get(pk=case.pk)


def made(case: Case, form: PreparedKind = PACKAGE, by: str = "officer") -> PreparedFile:
    request_case_file(case, by=cast.person(by), form=form)
    prepared = prepare_next(BUILDERS)
    assert prepared is not None
    return prepared


def content(prepared: PreparedFile) -> io.BytesIO:
    with prepared.file.open("rb") as kept:
        return io.BytesIO(kept.read())


def unpacked(prepared: PreparedFile, folder: Path) -> Path:
    with zipfile.ZipFile(content(prepared)) as archive:
        assert all(entry.flag_bits & 0x800 or entry.filename.isascii() for entry in archive.infolist())
        archive.extractall(folder)
    return folder / prepared.file_name.removesuffix(".zip")


def verified(folder: Path) -> tuple[int, str]:
    """What the program inside says, run as its reader runs it: alone, with nothing of ours."""
    done = subprocess.run([sys.executable, "-I", "verify.py"], cwd=folder, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout


def test_the_package_holds_every_piece_in_the_order_in_which_it_came_about(closed: Case, tmp_path: Path) -> None:
    folder = unpacked(made(closed), tmp_path)
    data = json.loads((folder / "manifest.json").read_text())
    assert [
        (piece["number"], piece["title"], [file["role"] for file in piece["files"]]) for piece in data["pieces"]
    ] == [
        (1, f"{closed.title}建议呈批表", ["正文"]),
        (2, f"{closed.title}通知书", ["正文", "盖章扫描件", "回执"]),
        (3, f"{closed.title}书面材料（第1稿）", ["正文"]),
        (4, f"{closed.title}纪要", ["正文", "附件", "附件"]),
        (5, "第1项整改任务整改报告（第1次）", ["正文"]),
        (6, "第2项整改任务整改报告（第1次）", ["正文"]),
        (7, "第1次督查记录", ["正文", "签字的记录", "签字的记录（原图）"]),
        (8, f"{closed.title}办理过程记录", ["正文"]),
    ]
    assert [piece["responsible"] for piece in data["pieces"]][2:5:2] == [closed.unit_label, closed.unit_label]
    rows = list(openpyxl.load_workbook(folder / "卷内目录.xlsx").active.values)
    assert rows[0] == ("件号", "责任者", "文号", "题名", "日期", "页数", "备注")
    assert rows[2][2] == closed.documents.get(kind=DocumentKind.INTERVIEW_NOTICE).number
    assert rows[2][4] == "20261104"
    assert rows[7][6] == "电子附件1个"  # the original of a picture is no page


def test_papers_and_uploads_are_the_very_bytes(closed: Case, tmp_path: Path) -> None:
    folder = unpacked(made(closed), tmp_path)
    files = [file for piece in json.loads((folder / "manifest.json").read_text())["pieces"] for file in piece["files"]]
    by_digest = {file["sha256"]: (folder / file["path"]).read_bytes() for file in files}
    for paper in closed.documents.all():
        assert by_digest[paper.pdf_sha256] == pdf_bytes(paper)
    kept = [*closed.attachments.all(), *(scan for paper in closed.documents.all() for scan in paper.scans.all())]
    assert kept
    for row in kept:
        for file, digest, _ in row.kept_bytes:
            with file.open("rb") as stream:
                assert by_digest[digest] == stream.read()


def test_it_verifies_offline_and_every_change_is_found(closed: Case, tmp_path: Path) -> None:
    folder = unpacked(made(closed), tmp_path)
    said = verified(folder)
    assert said[0] == 0, said
    assert "核验通过" in said[1]
    sums = ["sha256sum", "--check", "--strict", "--quiet", verify.SUMS]
    assert subprocess.run(sums, cwd=folder, check=False).returncode == 0
    minutes = next(folder.glob("004*/01*"))
    whole = minutes.read_bytes()
    minutes.write_bytes(whole[:-1] + b" ")
    assert f"文件被改动：{minutes.relative_to(folder).as_posix()}" in verified(folder)[1]
    minutes.unlink()
    assert "缺少文件" in verified(folder)[1]
    minutes.write_bytes(whole)
    (folder / "另一份.txt").write_text("夹带")
    assert verified(folder) == (1, "多出文件：另一份.txt\n不符 1 处。\n")


@pytest.mark.parametrize(
    ("name", "old", "new", "hits"),
    [
        (verify.EVENTS, r"\"opinion\":\"", r"\"opinion\":\"不", "办理记录与封存值不符：核稿同意"),
        (verify.SEALS, '"table": "task"', '"table": "pause"', "记录封存链在第"),
    ],
)
def test_a_record_changed_together_with_its_sums_is_found_by_its_seals(
    closed: Case, tmp_path: Path, name: str, old: str, new: str, hits: str
) -> None:
    folder = unpacked(made(closed), tmp_path)
    text = (folder / name).read_text()
    changed = text.replace(old, new, 1)
    assert changed != text
    (folder / name).write_text(changed)
    sums = (folder / verify.SUMS).read_text().splitlines()
    forged = [f"{verify.sha256_of(folder / name)}  {name}" if line.endswith(f"  {name}") else line for line in sums]
    (folder / verify.SUMS).write_text("\n".join(forged) + "\n")
    status, said = verified(folder)
    assert status == 1
    assert hits in said


def test_a_python_without_sm3_computes_the_same() -> None:
    for length in (0, 3, 55, 56, 64, 300):
        text = ("约谈" * length)[:length]
        assert verify.sm3_computed(text.encode()) == verify.sm3(text)
    assert (
        verify.sm3_computed(b"abc") == "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"
    )  # GB/T 32905


def test_one_pdf_begins_with_its_contents_and_has_a_bookmark_for_each_piece(closed: Case) -> None:
    whole = PdfReader(content(made(closed, BOUND)))
    pieces = [entry.title for entry in whole.outline if not isinstance(entry, list)]
    assert pieces[0] == "卷内目录"
    assert pieces[1] == f"1 {closed.title}建议呈批表"
    assert pieces[8:] == [f"8 {closed.title}办理过程记录", "电子附件清单", "备考表"]
    assert f"{closed.register_number}卷内目录" in "".join(whole.pages[0].extract_text().split())
    notice = next(entry for entry in whole.outline if not isinstance(entry, list) and entry.title.startswith("2 "))
    shown = whole.pages[whole.get_destination_page_number(notice)].extract_text()
    assert closed.documents.get(kind=DocumentKind.INTERVIEW_NOTICE).number in shown
    last = "".join(whole.pages[-1].extract_text().split())
    assert "整理人" in last
    assert "应装入的文件均已装入。" in last
    assert f"共8件、{len(whole.pages) - 3}页" in last  # beside contents, list of loose files and 备考表
    assert any(page.images for page in whole.pages)  # the signed sheet is a picture


def test_a_file_in_which_a_virus_was_found_is_named_and_left_out(closed: Case, tmp_path: Path) -> None:
    file = closed.attachments.get(purpose=FilePurpose.SIGNED_SHEET)
    file.check_state, file.threat = FileCheck.QUARANTINED, "Eicar"
    file.save()
    prepared = made(closed)
    assert [problem.partition("没有装入")[0] for problem in prepared.problems] == [
        f"第 7 件：“{file.name}”",
        f"第 7 件：“原图-{file.name}”",
    ]
    folder = unpacked(prepared, tmp_path)
    assert not list(folder.rglob(f"*{file.name}"))
    left_out = json.loads((folder / "manifest.json").read_text())["pieces"][6]["left_out"]
    assert [each["sha256"] for each in left_out] == [file.sha256, file.offered_sha256]


def test_what_no_font_can_print_is_shown_as_a_gap_and_stops_nothing() -> None:
    facts: PaperFacts = {
        "title": "整改\ue000报告",
        "rows": [Row("落实情况", ["已完成\ue001。"])],
        "cells": [["甲\ue000"]],
    }
    assert without_missing(facts) == {
        "title": "整改〓报告",
        "rows": [Row("落实情况", ["已完成〓。"])],
        "cells": [["甲〓"]],
    }


def test_only_a_closed_case_has_one(office: object) -> None:
    running = case_in(CaseState.INSPECTING)
    with pytest.raises(Refused, match="办结以后才有卷宗可取"):
        request_case_file(running, by=cast.person("officer"), form=PACKAGE)


@pytest.mark.parametrize("who", ["group_leader", "supervisor", f"head_{cast.TOWN}", "sysadmin", "auditor"])
def test_others_may_not_take_it(closed: Case, who: str) -> None:
    with pytest.raises(NotYours):
        request_case_file(closed, by=cast.person(who), form=PACKAGE)


def test_none_is_made_of_a_case_that_was_reopened_meanwhile(office: object) -> None:
    closed = case_in(CaseState.CLOSED)
    request_case_file(closed, by=cast.person("officer"), form=PACKAGE)
    with later(days=80):
        take(Verb.REOPEN, take(Verb.REQUEST_REOPENING, take(Verb.RECORD_REVISIT, closed)))
        prepared = prepare_next(BUILDERS)
    assert prepared is not None
    assert prepared.failed_at
    assert "没有生成卷宗" in prepared.problems[0]


def test_what_a_killed_process_left_goes_and_what_is_being_made_stays_whatever_the_clock_says(closed: Case) -> None:
    beside = Path(settings.VAR) / "unfinished"
    left, going_on = beside / "left by a killed process", beside / "of another process"
    for folder in (left, going_on):
        folder.mkdir(parents=True, exist_ok=True)
    two_days_ago = going_on.stat().st_mtime - timedelta(days=2).total_seconds()
    os.utime(left, (two_days_ago, two_days_ago))
    try:
        with later(days=200):
            assert made(closed).file
        assert (left.exists(), going_on.exists()) == (False, True)
    finally:
        going_on.rmdir()
