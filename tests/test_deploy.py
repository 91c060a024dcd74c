"""deploy/: what the vendor is given agrees with what the programs read."""

import re

from django.conf import settings

READ_BY = ("yuetan/settings.py", "script/server", "script/server_config.py")
NOT_FOR_OFFICES = {"YUETAN_DEBUG", "YUETAN_HASHED_STATIC"}  # for whoever works on the program, and set by script/server
NAME = re.compile(r"\b(?:YUETAN_[A-Z_]+|DATABASE_URL)\b")


def test_the_sample_of_the_environment_holds_each_setting_and_no_other():
    read = {name for file in READ_BY for name in NAME.findall((settings.BASE_DIR / file).read_text())}
    sample = (settings.BASE_DIR / "deploy" / "environment.example").read_text()
    assert set(re.findall(r"^#?([A-Z_]+)=", sample, re.MULTILINE)) == read - NOT_FOR_OFFICES
