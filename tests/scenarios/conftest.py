"""The demonstration, played once for each test that asks for it."""

import json
import shutil
from io import StringIO

import pytest
from django.core.management import call_command

from tests.past_triggers import past_triggers
from yuetan.models import Post, User


@pytest.fixture
def played(office, settings, tmp_path, monkeypatch):
    """The demonstration without the matters of its cases."""
    with past_triggers():
        Post.objects.all().delete()
        User.objects.all().delete()
    shutil.copytree(settings.FIXTURES / "demo", tmp_path / "demo")
    (tmp_path / "demo/matters.json").write_text(json.dumps({"cases": [], "letters": []}), encoding="utf-8")
    settings.FIXTURES = tmp_path
    monkeypatch.setenv("YUETAN_DEMO_PASSWORD", "a demonstration 2026")
    call_command("demo", stdout=StringIO())
