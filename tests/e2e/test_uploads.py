"""Files on their way: what was chosen, how far it has got, stopped, cut off, refused, and at last taken."""

import io
import random
import re
from collections.abc import Callable
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, expect
from pypdf import PdfWriter
from pypdf.generic import DecodedStreamObject

from tests import cast
from tests.e2e.person import Person
from tests.factories import case_in
from tests.rules.files.small_files import MEGABYTE, docx_members, zipped
from yuetan.models import Attachment
from yuetan.vocabulary import CaseState

SLOW = {"offline": False, "latency": 0, "downloadThroughput": -1, "uploadThroughput": 200 * 1024}
QUICK = SLOW | {"uploadThroughput": -1}
SAVE = "保存草稿"


def large_pdf() -> bytes:
    """Three megabytes that cannot be made smaller."""
    writer, file, stream = PdfWriter(), io.BytesIO(), DecodedStreamObject()
    writer.add_blank_page(595, 842)
    stream.set_data(random.Random(7).randbytes(3 * MEGABYTE))
    writer._add_object(stream)
    writer.write(file)
    return file.getvalue()


def files_in(folder: Path) -> dict[str, Path]:
    """One that is too large, one that is large, one that is refused."""
    contents = {
        "大.pdf": b"%PDF-",
        "台账.pdf": large_pdf(),
        "带宏.docx": zipped(docx_members() | {"vbaProject.bin": "x"}),
    }
    paths = {name: folder / name for name in contents}
    for name, content in contents.items():
        paths[name].write_bytes(content)
    with paths["大.pdf"].open("r+b") as sparse:
        sparse.truncate(51 * MEGABYTE)
    return paths


def chosen(person: Person) -> Locator:
    """The lines under the field of the whole material."""
    return person.page.locator("[name=files] + .upload-chosen li")


def kept() -> int:
    """How many files of the unit there are."""
    return Attachment.objects.filter(submission__isnull=False).count()


def test_files_are_sent_with_their_progress_and_nothing_is_lost(
    come_in: Callable[..., Person], it_is: Callable[..., None], tmp_path: Path
) -> None:
    it_is(11, 24)
    case, paths = case_in(CaseState.NOTIFIED), files_in(tmp_path)
    liaison = come_in(f"liaison_{cast.TOWN}")
    page, posted = liaison.page, []
    page.on("request", lambda asked: posted.append(asked) if "x-upload" in asked.headers else None)
    page.goto(f"/cases/{case.pk}/steps/prepare_submission/")
    network = liaison.context.new_cdp_session(page)
    network.send("Network.enable")

    it_is_shown_before_anything_is_sent(liaison, paths)
    assert posted == []
    network.send("Network.emulateNetworkConditions", SLOW)
    it_is_seen_and_stopped(liaison, paths)
    network.send("Network.emulateNetworkConditions", QUICK)
    a_refusal_keeps_everything(liaison)
    the_connection_is_lost(liaison)
    assert kept() == 0
    liaison.press(SAVE)
    liaison.reads("草稿已保存。", "台账.pdf")
    assert page.url.endswith(f"/cases/{case.pk}/")
    assert kept() == 1
    page.go_back()
    expect(page).to_have_url(re.compile("prepare_submission/$"))


def it_is_shown_before_anything_is_sent(liaison: Person, paths: dict[str, Path]) -> None:
    """Too large: said beside the file, and when it is sent all the same."""
    liaison.type(situation="全镇辖12个村。", problems="摸排不细。")
    liaison.offer("files", paths["大.pdf"])
    expect(chosen(liaison)).to_contain_text("文件“大.pdf”超过 50 MB 的上限，不能上传。")
    liaison.press(SAVE)
    problem = liaison.page.locator("[data-upload-problem]")
    expect(problem).to_have_text("没有提交：文件“大.pdf”超过 50 MB 的上限，请移除后再提交。")
    expect(problem).to_be_focused()
    assert Axe().run(liaison.page).violations_count == 0
    liaison.press("移除：大.pdf")
    expect(chosen(liaison)).to_have_count(0)


def it_is_seen_and_stopped(liaison: Person, paths: dict[str, Path]) -> None:
    """The bar moves, and 取消 leaves the form as it was."""
    liaison.offer("files", paths["台账.pdf"], paths["带宏.docx"])
    expect(chosen(liaison).first).to_contain_text("3.0 MB")
    liaison.press(SAVE)
    dialog = liaison.page.locator("[data-upload-dialog]")
    expect(dialog).to_contain_text(re.compile(r"正在上传 \d\.\d MB / 3\.\d MB（\d\d%）"), timeout=15_000)
    assert 0 < liaison.page.locator("[data-upload-progress]").evaluate("bar => bar.value") < 100
    assert Axe().run(liaison.page).violations_count == 0
    liaison.press("取消")
    expect(dialog).to_be_hidden()
    liaison.reads("已取消，没有提交。填写的内容和已选的文件都还在。")
    expect(chosen(liaison)).to_have_count(2)
    liaison.type(causes="责任不实。")
    expect(liaison.page.locator("[data-draft-status]")).to_contain_text("已自动保存")


def a_refusal_keeps_everything(liaison: Person) -> None:
    """The page with the refusal is a page as any other: read first, saved by itself; what was chosen is chosen."""
    address = liaison.page.url
    liaison.press(SAVE)
    liaison.reads(
        "有 1 处需要改正", "办公室设定：文件“带宏.docx”含有宏，不能上传，请另存为不带宏的 DOCX 或 XLSX 后再上传。"
    )
    expect(liaison.page.locator(".error-summary")).to_be_focused()
    assert liaison.page.url == address
    for name, words in {"situation": "全镇辖12个村。", "problems": "摸排不细。", "causes": "责任不实。"}.items():
        expect(liaison.page.locator(f"[name={name}]")).to_have_value(words)
    expect(chosen(liaison)).to_have_count(2)
    liaison.press("移除：带宏.docx")
    expect(chosen(liaison)).to_have_count(1)
    liaison.type(measures="立即摸排。")
    expect(liaison.page.locator("[data-draft-status]")).to_contain_text("已自动保存")


def the_connection_is_lost(liaison: Person) -> None:
    """It is said, and the form waits."""
    liaison.context.set_offline(True)
    liaison.press(SAVE)
    liaison.reads("连接中断，没有提交成功。填写的内容和已选的文件都还在，连接恢复后请再提交一次。")
    liaison.context.set_offline(False)
    expect(chosen(liaison)).to_have_count(1)


def test_more_files_than_may_be_sent_at_once_are_answered_before_anything_is_sent(
    come_in: Callable[..., Person], it_is: Callable[..., None], tmp_path: Path
) -> None:
    it_is(11, 24)
    case = case_in(CaseState.NOTIFIED)
    liaison = come_in(f"liaison_{cast.TOWN}")
    page, posted = liaison.page, []
    page.on("request", lambda asked: posted.append(asked) if "x-upload" in asked.headers else None)
    page.goto(f"/cases/{case.pk}/steps/prepare_submission/")
    paths = [tmp_path / f"{number}.pdf" for number in range(101)]
    for path in paths:
        path.write_bytes(b"%PDF-")
    page.locator("[name=files]").set_input_files(paths)
    liaison.press(SAVE)
    problem = page.locator("[data-upload-problem]")
    expect(problem).to_have_text(
        "没有提交：现选了 101 个文件，一次最多 100 个，请移除一些，其余的下次再提交。填写的内容和已选的文件都还在。"
    )
    expect(problem).to_be_focused()
    assert posted == []
    expect(chosen(liaison)).to_have_count(101)
