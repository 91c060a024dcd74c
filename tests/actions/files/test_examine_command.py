"""manage.py examine: what an upload would be answered, said by the function that an upload asks."""

import json
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command

from tests.factories import case_in, pdf, png, take
from yuetan.errors import Refused
from yuetan.models import Attachment
from yuetan.vocabulary import CaseState, Verb

pytestmark = pytest.mark.django_db


@pytest.fixture
def answers(tmp_path, capsys):
    """What the command says of files of these names and bytes, and with which status it ends."""

    def ask(files, *options):
        for name, content in files.items():
            (tmp_path / name).write_bytes(content)
        try:
            call_command("examine", *(str(tmp_path / name) for name in files), *options)
        except SystemExit as ended:
            return capsys.readouterr().out, ended.code
        return capsys.readouterr().out, 0

    return ask


def test_each_file_is_answered_with_its_kind_and_its_name(office, answers):
    said, status = answers({"报告.pdf": pdf().read(), "照片.jpg": png().read()})
    assert status == 0
    assert said.splitlines() == ["收    报告.pdf：PDF", "收    照片.jpg：PNG，保存为 照片.png"]


def test_as_json_with_the_reason_of_a_refusal(office, answers):
    said, status = answers({"照片.jpg": png().read(), "程序.exe": b"MZ"}, "--format", "json")
    assert status == 1
    words = "文件“程序.exe”的类型不允许，只收 PDF、OFD、DOCX、XLSX、JPG、PNG，请另存或打印成 PDF 后再上传。"
    assert json.loads(said) == [
        {"name": "照片.jpg", "accepted": True, "kind": "png", "kept_as": "照片.png", "reason": ""},
        {"name": "程序.exe", "accepted": False, "kind": "", "kept_as": "", "reason": words},
    ]


def test_it_says_what_an_upload_is_answered(office, answers):
    files = {"甲.exe": b"MZ", "乙.pdf": b"MZ", "丙11010519491231002X.pdf": pdf().read(), "丁.jpg": png().read()}
    said, _ = answers(files, "--format", "json")
    case = case_in(CaseState.NOTIFIED)
    for outcome in json.loads(said):
        upload = SimpleUploadedFile(outcome["name"], files[outcome["name"]])
        if outcome["accepted"]:
            take(Verb.PREPARE_SUBMISSION, case, files=[upload])
            kept = Attachment.objects.get(offered_name=outcome["name"])
            assert (kept.name, kept.kind) == (outcome["kept_as"], outcome["kind"])
        else:
            with pytest.raises(Refused, match=re.escape(outcome["reason"])):
                take(Verb.PREPARE_SUBMISSION, case, files=[upload])


def test_a_file_that_is_not_there(office, answers):
    with pytest.raises(CommandError, match="读不了"):
        call_command("examine", "/nowhere/报告.pdf")
