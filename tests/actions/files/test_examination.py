"""Files are examined in a process of its own: bounded in time, one after the other, and nobody else waits."""

import io
import resource
import socket
import threading
import time
import zipfile
from collections.abc import Callable, Iterator

import openpyxl
import pytest
from PIL import Image

from tests.factories import pdf, png
from tests.rules.files.small_files import MEGABYTE, xlsx_members
from tests.rules.files.test_as_people_have_them import CASES
from yuetan.actions.files import examination
from yuetan.actions.files import warm_examiner as warm_examiner_module
from yuetan.actions.files.examination import examine_apart
from yuetan.actions.files.warm_examiner import warm_examiner
from yuetan.rules.files.file_kind import FileKind, FileProblem

TOO_SLOW = "检查起来太费时，不能上传，请删去整行整列的边框和底色、缩小图片，或者打印成 PDF 后再上传"


def apart(name: str, content: bytes):
    outcome = examine_apart(name, io.BytesIO(content), len(content), limit_bytes=50 * MEGABYTE)
    return outcome.kind, outcome.content.read()


def processor_seconds() -> float:
    """Of all children that have ended, for which the one that examines is ended too."""
    warm_examiner.stop()
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def workbook(cell: str, rows: int = 1_048_570) -> bytes:
    """What Excel or WPS leaves when borders are set on whole columns."""
    plain, file = io.BytesIO(), io.BytesIO()
    book = openpyxl.Workbook()
    book.active.append(["事项", "责任人"])
    book.save(plain)
    row = "".join(f'<c r="{column}%d" s="0"/>' for column in "ABCDEFGH")
    begin = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    with zipfile.ZipFile(plain) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as new:
        for name in old.namelist():
            if name != "xl/worksheets/sheet1.xml":
                new.writestr(name, old.read(name))
        with new.open("xl/worksheets/sheet1.xml", "w") as sheet:
            sheet.write((begin + cell).encode())
            for number in range(1, rows):
                sheet.write((f'<row r="{number}" spans="1:8">' + row % ((number,) * 8) + "</row>").encode())
            sheet.write(b"</sheetData></worksheet>")
    return file.getvalue()


def test_each_kind_comes_out_as_it_would_here() -> None:
    content = pdf().read()
    assert apart("a.pdf", content) == (FileKind.PDF, content)
    kind, kept = apart("a.jpg", png().read())
    assert kind is FileKind.PNG
    assert Image.open(io.BytesIO(kept)).size == (600, 800)
    assert answer("乙.exe", b"MZ").startswith("文件“乙.exe”的类型不允许")


def test_pictures_and_pages_are_measured_apart_too() -> None:
    locked = (CASES / "05-owner-password-only.pdf").read_bytes()
    nothing = pdf(width=0, height=0).read()
    for name, content, dots in (
        ("a.png", png().read(), (600, 800)),
        ("a.pdf", pdf().read(), (1239, 1754)),
        ("b.pdf", locked, (625, 416)),
        ("c.pdf", nothing, (0, 0)),
    ):
        outcome = examine_apart(name, io.BytesIO(content), len(content), limit_bytes=50 * MEGABYTE)
        assert outcome.dots == dots


def test_a_name_is_never_taken_for_an_option() -> None:
    assert answer("--help", b"MZ").startswith("文件“--help”没有扩展名")


def answer(name: str, content: bytes) -> str:
    try:
        return apart(name, content)[0].value
    except FileProblem as problem:
        return str(problem)


def test_borders_on_whole_columns_cost_three_seconds_of_a_processor_at_most() -> None:
    content = workbook("")
    before = processor_seconds()
    # On a machine half as fast it is answered what to do, in the same time.
    assert answer("台账.xlsx", content) in ("xlsx", f"文件“台账.xlsx”{TOO_SLOW}")
    assert processor_seconds() - before < 3.5


ENDLESS = """
    import resource
    resource.setrlimit(resource.RLIMIT_CPU, (1, 2))
    while True:
        pass
"""
DIES = """
    os.kill(os.getpid(), 9)
"""
KILLS_ITS_PARENT = """
    os.kill(os.getppid(), 9)
"""
HOARDS = """
    bytearray(3 * 1024**3)
"""
LISTS_SOCKETS_AND_SECRETS = """
    import stat
    def is_socket(number):
        try:
            return stat.S_ISSOCK(os.fstat(number).st_mode)
        except OSError:
            return False
    return {"problem": f"{[number for number in range(64) if is_socket(number)]} {dict(os.environ)}"}
"""


@pytest.fixture
def judged_by(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], None]]:
    """Let a function with this body be what examines, as if a file had taken the child over."""
    real = warm_examiner_module.PROGRAM

    def take_over(body: str) -> None:
        warm_examiner.stop()
        hostile = f"def outcome(*a, **k):\n    import os{body}"
        replaced = f"from yuetan.rules.files import examiner\n{hostile}\nexaminer.outcome = outcome\n"
        monkeypatch.setattr(warm_examiner_module, "PROGRAM", real.replace("serve(int", f"{replaced}serve(int"))

    yield take_over
    warm_examiner.stop()


@pytest.mark.parametrize("body", [ENDLESS, DIES, HOARDS], ids=["endless", "dies", "hoards"])
def test_a_file_that_breaks_its_child_is_answered_and_the_next_one_examined(judged_by, body: str) -> None:
    judged_by(body)
    assert answer("台账.xlsx", workbook("", 1)) == f"文件“台账.xlsx”{TOO_SLOW}"
    process = warm_examiner._process
    assert process.poll() is None, "only the child has ended"
    assert answer("乙.xlsx", workbook("", 1)) == f"文件“乙.xlsx”{TOO_SLOW}"
    assert warm_examiner._process is process


def test_a_full_disk_is_not_the_files_fault(judged_by) -> None:
    judged_by("\n    raise OSError(28, 'No space left on device')\n")
    assert answer("a.pdf", pdf().read()) == "文件“a.pdf”没有检查成，请稍后再上传；仍然这样的，请告知系统管理员"


def test_a_child_that_only_waits_is_ended_by_the_clock(judged_by) -> None:
    judged_by("\n    import time; time.sleep(60)\n")
    hurried = "from yuetan.rules.files import examiner_parent; examiner_parent.SECONDS = 0.2\nserve(int"
    warm_examiner_module.PROGRAM = warm_examiner_module.PROGRAM.replace("serve(int", hurried)
    begun = time.monotonic()
    assert answer("a.pdf", pdf().read()) == f"文件“a.pdf”{TOO_SLOW}"
    assert time.monotonic() - begun < 30


def test_a_process_that_dies_is_started_again_and_leaves_no_trace() -> None:
    assert apart("a.pdf", pdf().read())[0] is FileKind.PDF
    died = warm_examiner._process
    died.kill()
    assert apart("a.pdf", pdf().read())[0] is FileKind.PDF
    assert died.returncode == -9, "it is waited for"
    assert warm_examiner._process is not died


def test_where_nothing_can_examine_no_file_is_taken(judged_by) -> None:
    judged_by(KILLS_ITS_PARENT)
    assert answer("a.pdf", pdf().read()) == "文件“a.pdf”没有检查成，请稍后再上传；仍然这样的，请告知系统管理员"
    assert warm_examiner._process is None


def test_it_ends_with_the_process_that_started_it() -> None:
    apart("a.pdf", pdf().read())
    process, line = warm_examiner._process, warm_examiner._line
    line.shutdown(socket.SHUT_RDWR)
    assert process.wait(timeout=10) == 0
    warm_examiner.stop()


def test_a_child_has_neither_the_line_nor_anything_secret(judged_by) -> None:
    judged_by(LISTS_SOCKETS_AND_SECRETS)
    kept = {"LC_CTYPE": "C.UTF-8"}  # which Python sets itself
    assert answer("a.pdf", pdf().read()) in (f"[] {kept}", "[] {}")


def test_a_workbook_of_which_every_cell_is_read_takes_no_more_than_it_is_allowed() -> None:
    content = workbook('<row r="0"><c><v>|</v></c></row>', 400_000)
    before = processor_seconds()
    assert answer("台账.xlsx", content) in (FileKind.XLSX, f"文件“台账.xlsx”{TOO_SLOW}")  # by how fast the machine is
    assert processor_seconds() - before < 4.5


def test_two_files_at_once_are_examined_one_after_the_other(monkeypatch: pytest.MonkeyPatch) -> None:
    running, most = [], []
    real = examination._run_examiner

    def counted(*arguments):
        running.append(1)
        most.append(len(running))
        try:
            time.sleep(0.1)
            return real(*arguments)
        finally:
            running.pop()

    monkeypatch.setattr(examination, "_run_examiner", counted)
    threads = [threading.Thread(target=apart, args=("a.pdf", pdf().read())) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most == [1, 1, 1, 1]


def test_who_waits_too_long_for_the_turn_is_answered(monkeypatch: pytest.MonkeyPatch) -> None:
    with examination._turn("b.pdf"):
        monkeypatch.setattr(examination, "TURN_SECONDS", 0)
        words = answer("a.pdf", pdf().read())
    assert words == "文件“a.pdf”还没有检查，前面等待检查的文件太多，请过几分钟再提交"
    monkeypatch.undo()
    assert apart("a.pdf", pdf().read())[0] is FileKind.PDF


def test_an_archive_is_not_let_off_by_its_name() -> None:
    members, file = xlsx_members(), io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    assert apart("a.pdf", file.getvalue())[0] is FileKind.XLSX
