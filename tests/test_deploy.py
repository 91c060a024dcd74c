"""deploy/: what the vendor is given agrees with what the programs read."""

import os
import re
import subprocess
import sys

import pytest
from django.conf import settings

READ_BY = ("yuetan/settings.py", "script/server", "script/server_config.py")
NOT_FOR_OFFICES = {"YUETAN_DEBUG", "YUETAN_HASHED_STATIC"}  # for whoever works on the program, and set by script/server
NAME = re.compile(r"\b(?:YUETAN_[A-Z_]+|DATABASE_URL)\b")


def test_the_sample_of_the_environment_holds_each_setting_and_no_other():
    read = {name for file in READ_BY for name in NAME.findall((settings.BASE_DIR / file).read_text())}
    sample = (settings.BASE_DIR / "deploy" / "environment.example").read_text()
    assert set(re.findall(r"^#?([A-Z_]+)=", sample, re.MULTILINE)) == read - NOT_FOR_OFFICES


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("DATABASE_URL", "postgres://yuetan:own@1/2@127.0.0.1:5432/yuetan", "/ 写成 %2F"),
        ("YUETAN_OWNER_DATABASE_URL", "postgres://owner:one?two@127.0.0.1:5432/yuetan", "百分号和编码"),
        ("YUETAN_SECRET_KEY", "在这里写一串随机字符", "还是样例里的文字"),
    ],
)
def test_a_setting_that_cannot_be_meant_is_named_in_one_sentence(name, value, says):
    given = {"DATABASE_URL": "postgres://yuetan:%40%2F@127.0.0.1:5432/yuetan", name: value}
    command = [sys.executable, "manage.py", "check"]
    asked = subprocess.run(
        command, cwd=settings.BASE_DIR, env=os.environ | given, check=False, capture_output=True, text=True
    )
    assert asked.returncode == 1
    assert asked.stderr.startswith(name)
    assert says in asked.stderr
    assert len(asked.stderr.splitlines()) == 1
