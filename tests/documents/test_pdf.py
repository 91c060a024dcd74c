"""The PDF is a pure function of the frozen HTML, with our fonts and nothing from outside."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
from http.server import BaseHTTPRequestHandler, HTTPServer
from io import BytesIO
from pathlib import Path
from threading import Thread

import pytest
from django.conf import LazySettings
from PIL import Image
from pypdf import PdfReader

from tests.documents.builders import NUMBERED, facts_of, interviewed_case, notified_case, paper, subject_of
from yuetan.documents.pdf import render_pdf
from yuetan.documents.typesetting.fonts import FONT_FILES, FontsMissingError, folder
from yuetan.models import Unit
from yuetan.vocabulary import DocumentKind, MinutesAnswer

OUR_FONTS = ("FandolFang", "FandolHei", "FandolKai", "Noto-Serif-CJK-SC", "LXGW-WenKai", "HanaMin")
PRINT = "import sys; from yuetan.documents.pdf import render_pdf; sys.stdout.buffer.write(render_pdf(sys.stdin.read()))"
A4 = (595, 842)


@pytest.fixture(scope="session")
def font_folder() -> Path:
    folder()
    return Path(os.environ["FONTCONFIG_FILE"]).parent


def read(pdf: bytes) -> PdfReader:
    return PdfReader(BytesIO(pdf))


def words(reader: PdfReader) -> list[str]:
    return ["".join(page.extract_text().split()) for page in reader.pages]


def fonts(reader: PdfReader) -> set[str]:
    found = (font.get_object() for page in reader.pages for font in page["/Resources"]["/Font"].values())
    return {font["/BaseFont"].partition("+")[2] for font in found}


@pytest.mark.parametrize("kind", NUMBERED)
def test_every_paper_prints_with_our_fonts_and_can_be_read(
    town: Unit, kind: DocumentKind, caplog: pytest.LogCaptureFixture
) -> None:
    subject = subject_of(kind, town)
    with caplog.at_level(logging.WARNING, logger="weasyprint"):
        reader = read(render_pdf(paper(kind, subject)))
    assert caplog.messages == []
    facts = facts_of(kind, subject)
    text = "".join(words(reader))
    for said in (facts["number"], facts["title"], facts["organ"], facts["dated_words"], facts["body"][1].text):
        assert said in text
    assert {tuple(map(round, page.mediabox[2:])) for page in reader.pages} == {A4}
    assert fonts(reader)
    assert all(name.startswith(OUR_FONTS) for name in fonts(reader)), fonts(reader)
    assert "FandolFang" in {name.partition("-")[0] for name in fonts(reader)}


def test_a_paper_is_an_archive_file_that_says_what_it_is(town: Unit) -> None:
    reader = read(render_pdf(paper(DocumentKind.INTERVIEW_NOTICE, notified_case(town))))
    assert reader.metadata is not None
    assert reader.metadata.title == "关于线索摸排不深入问题的约谈通知书"
    assert reader.trailer["/Root"]["/Lang"] == "zh-CN"
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
    metadata = reader.trailer["/Root"]["/Metadata"].get_data().decode()
    assert 'pdfaid:part="3"' in metadata
    assert 'pdfaid:conformance="U"' in metadata


def test_the_same_wording_gives_the_same_bytes_in_every_process(town: Unit) -> None:
    html = paper(DocumentKind.MINUTES, interviewed_case(town))
    here = render_pdf(html)
    assert render_pdf(html) == here == _print_elsewhere(html).stdout
    assert render_pdf(html.replace("线索", "举报")) != here


def test_a_paper_frozen_before_lines_were_broken_here_still_prints() -> None:
    kept = Path(__file__).with_name("frozen_before_lines.html").read_text(encoding="utf-8")
    reader = read(render_pdf(kept))
    assert len(reader.pages) == 1
    text = "".join(words(reader))
    for said in (
        "江扫黑办纪〔2026〕3号",
        "一、约谈事由",
        "出席：副组长孙六",
        "抄送：省扫黑除恶专项斗争领导小组。",
        "—1—",
    ):
        assert said in text
    assert all(name.startswith(OUR_FONTS) for name in fonts(reader))


def test_long_minutes_keep_every_word_and_number_their_pages(town: Unit) -> None:
    sentences = [f"第{number}项问题，" + "对群众反映强烈的线索摸排不扎实、不深入。" * 8 for number in range(1, 31)]
    case = interviewed_case(town)
    case.minutes.problems = "\n".join(sentences)
    case.minutes.answer, case.minutes.objection = MinutesAnswer.OBJECTED, "第二项表述不准确。"
    pages = words(read(render_pdf(paper(DocumentKind.MINUTES, case))))
    assert len(pages) > 8
    for number, page in enumerate(pages, start=1):
        assert f"—{number}—" in page
    text = "".join(page.replace(f"—{number}—", "") for number, page in enumerate(pages, start=1))
    assert "".join(sentences) in text
    assert [number for number, page in enumerate(pages, start=1) if "抄送：" in page] == [len(pages)]


def test_a_letter_leaves_its_first_page_unnumbered(town: Unit) -> None:
    case = notified_case(town)
    case.procedure = "\n".join(["被约谈方陈述说明。"] * 40)
    first, second, *_ = words(read(render_pdf(paper(DocumentKind.INTERVIEW_NOTICE, case))))
    assert "—1—" not in first
    assert "—2—" in second


def test_markup_that_was_typed_is_printed_as_text(town: Unit) -> None:
    case = notified_case(town)
    case.notice_matter = '<script>alert(1)</script><img src="file:///etc/passwd">'
    reader = read(render_pdf(paper(DocumentKind.INTERVIEW_NOTICE, case)))
    assert '<script>alert(1)</script><imgsrc="file:///etc/passwd">' in "".join(words(reader))
    assert "root:" not in "".join(words(reader))
    assert not any(page.images for page in reader.pages)


def _red_picture() -> bytes:
    picture = BytesIO()
    Image.new("RGB", (8, 8), "red").save(picture, "PNG")
    return picture.getvalue()


def test_no_file_gets_in(tmp_path: Path) -> None:
    picture, secret = tmp_path / "picture.png", tmp_path / "secret.txt"
    picture.write_bytes(_red_picture())
    secret.write_text("secret")
    reader = read(render_pdf(_with_links(picture.as_uri(), secret.as_uri())))
    assert not any(page.images for page in reader.pages)
    assert not reader.attachments


def test_nothing_is_asked_of_the_network() -> None:
    asked: list[str] = []

    class Server(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_error(404)

    with HTTPServer(("127.0.0.1", 0), Server) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        address = f"http://127.0.0.1:{server.server_port}"
        render_pdf(_with_links(f"{address}/picture.png", f"{address}/secret.txt"))
        server.shutdown()
    assert asked == []


def _with_links(picture: str, attachment: str) -> str:
    face = f"@font-face {{ font-family: F; src: url({attachment}) }} p {{ font-family: F, FandolFang }}"
    style = f"@import url({attachment}); {face}"
    links = f'<link rel="attachment" href="{attachment}"><link rel="stylesheet" href="{attachment}">'
    return f'<meta charset="utf-8"><style>{style}</style>{links}<p>字<img src="{picture}">'


@pytest.fixture
def empty_fonts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, settings: LazySettings) -> Path:
    """A folder with files named like our fonts, and the process as it is without the scripts."""
    settings.VAR = tmp_path
    folder = tmp_path / "fonts"
    folder.mkdir()
    for name in FONT_FILES:
        (folder / name).touch()
    (folder / "fonts.conf").write_text(f'<?xml version="1.0"?><fontconfig><dir>{folder}</dir></fontconfig>')
    monkeypatch.setenv("FONTCONFIG_FILE", "to be restored")
    monkeypatch.delenv("FONTCONFIG_FILE")
    return folder


def test_our_fonts_are_found_without_the_scripts(empty_fonts: Path) -> None:
    folder()
    assert os.environ["FONTCONFIG_FILE"] == str(empty_fonts / "fonts.conf")


def test_missing_fonts_are_named_and_nothing_is_printed(empty_fonts: Path) -> None:
    (empty_fonts / "FandolFang-Regular.otf").unlink()
    with pytest.raises(FontsMissingError, match=r"缺少公文字体：FandolFang-Regular\.otf。请运行 script/setup"):
        render_pdf("<p>字")


@pytest.mark.parametrize("configuration", ["", "<fontconfig><dir>/usr/share/fonts</dir></fontconfig>"])
def test_a_configuration_that_leads_elsewhere_is_refused(empty_fonts: Path, configuration: str) -> None:
    (empty_fonts / "fonts.conf").write_text(configuration)
    with pytest.raises(FontsMissingError, match=r"fonts\.conf 没有指向公文字体"):
        render_pdf("<p>字")


def test_a_body_in_another_font_is_refused(empty_fonts: Path, font_folder: Path) -> None:
    serif = empty_fonts / "NotoSerifCJK-Regular.otf"
    serif.unlink()
    serif.symlink_to(font_folder / serif.name)
    html = '<html lang="zh-CN"><p style="font-family: FandolFang, serif">字'
    printing = _print_elsewhere(html, FONTCONFIG_FILE=str(empty_fonts / "fonts.conf"))
    assert printing.returncode == 1
    assert printing.stdout == b""
    assert "fonts.conf 没有给出仿宋体" in printing.stderr.decode()


def _print_elsewhere(html: str, **changed: str) -> subprocess.CompletedProcess[bytes]:
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "yuetan.settings", **changed}
    command = [sys.executable, "-c", PRINT]
    return subprocess.run(command, input=html.encode(), env=environment, capture_output=True, check=False)
