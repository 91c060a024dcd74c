"""The hostile Office files that oletools tests itself with, each through the whole check of a file, under every name.

script/setup fetches them (tests/samples.lock); they are read out of their archive here and never written to a disk.
"""

import io
import re
import resource
import zipfile
from collections.abc import Iterator
from pathlib import PurePosixPath

import pytest
from django.conf import settings

from yuetan.rules.files.file_kind import FileKind, FileProblem, content_to_store, examine

ARCHIVE = "oletools-0.60.2.zip"
FOLDER = "/tests/test-data/"
PASSWORDS = (None, b"infected", b"infected-test")
HARMLESS = {"msodde/harmless-clean.docx"}
OFFICE = {".docx", ".xlsx"}
MEGABYTES = 100  # more than this for all of them together would be absurd

MACROS, ENCRYPTED = "含有宏，不能上传，请另存为不带宏的 DOCX 或 XLSX 后再上传", "已加密或设有密码，请解除后再上传"
EMBEDDED = "含有嵌入的对象或程序，不能上传，请删去对象或者打印成 PDF 后再上传"
DDE = "含有会启动其他程序的域或公式（DDE），不能上传，请改成文字或数值后再上传"
OUTSIDE = "引用了网络或其他电脑上的模板、图片或对象，请断开链接后再上传"
OLD = re.compile("是旧版格式，请另存为 (DOCX|XLSX) 后再上传|其实是旧版 Office 文件，请打开后另存为 (DOCX|XLSX)，再上传")
# What the sample is in truth, by its name, and what a clerk reads who hands it in as a DOCX or an XLSX.
ANSWERS_BY_NAME = (
    (r"encrypted/.*\.(doc|xls|ppt)$", OLD.pattern),
    (r"encrypted/.*|basic/encrypted\.docx", ENCRYPTED),
    (r".*\.(docm|dotm|xlsm|xltm|xlsb|xlam|pptm|ppsm|potm)$", MACROS),
    (r"oleobj/embedded-.*\.(docx|xlsx)", EMBEDDED),
    (r"oleobj/external_link/.*\.docx", EMBEDDED),
    (r"oleobj/external_link/.*\.xlsx", OUTSIDE),
    (r"msodde/dde-test\.(docx|xlsx)", DDE),
    (r".*\.zip", ENCRYPTED),
    (r".*\.(doc|dot|xls|xlt|xla|ppt|pps|pot)$", OLD.pattern),
    (r"basic/empty", "是空文件，请核对后重新选择文件"),
    (r".*", "的内容不是 (DOCX|XLSX)，与扩展名不符，请用原来的软件打开，另存为 (DOCX|XLSX) 后再上传"),
)


def samples() -> Iterator[tuple[str, bytes]]:
    """Every file among the samples, and every file inside one that is packed so that no scanner trips over it."""
    with zipfile.ZipFile(settings.VAR / "samples" / ARCHIVE) as source:
        for member in source.infolist():
            _, within, name = member.filename.partition(FOLDER)
            if within and not member.is_dir():
                content = source.read(member)
                yield name, content
                if name.endswith(".zip"):
                    yield from unpacked(content)


def unpacked(content: bytes) -> Iterator[tuple[str, bytes]]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for member in archive.infolist():
            yield f"packed/{member.filename}", next(filter(None, (opened(archive, member, word) for word in PASSWORDS)))


def opened(archive: zipfile.ZipFile, member: zipfile.ZipInfo, password: bytes | None) -> bytes | None:
    try:
        return archive.read(member, pwd=password)
    except RuntimeError:
        return None


def answer(name: str, content: bytes) -> str:
    """The kind it is taken as, or the words with which it is refused, without its name."""
    stream = io.BytesIO(content)
    try:
        kind = examine(name, stream, len(content), limit_bytes=50 * 1024 * 1024)
    except FileProblem as problem:
        return str(problem).removeprefix(f"文件“{name}”")
    content_to_store(name, kind, stream)
    return kind.value


@pytest.fixture(scope="module")
def hits() -> dict[str, bytes]:
    """The samples by name."""
    everything = dict(samples())
    assert len(everything) > 100
    assert all(any(re.fullmatch(pattern, name) for name in everything) for pattern, _ in ANSWERS_BY_NAME)
    return everything


def test_no_sample_is_kept_whatever_it_is_called_and_each_says_why(hits: dict[str, bytes]) -> None:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    kept, other_words = set(), {}
    for name, content in hits.items():
        own = PurePosixPath(name).suffix
        answers = {extension: answer(f"样本{extension}", content) for extension in {own, *extensions()}}
        kept |= {name for each in answers.values() if each in list(FileKind)}
        expected = next(words for pattern, words in ANSWERS_BY_NAME if re.fullmatch(pattern, name))
        asked = {own} & OFFICE or OFFICE
        other_words |= {(name, each): answers[each] for each in asked if not re.fullmatch(expected, answers[each])}
    assert other_words == {(name, PurePosixPath(name).suffix): "docx" for name in HARMLESS}
    assert kept == HARMLESS
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < MEGABYTES * 1024


def extensions() -> list[str]:
    return [extension for kind in FileKind for extension in kind.extensions]
