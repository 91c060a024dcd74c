"""The manual's pictures are of pages that are there, and its text is the help of the site."""

import importlib.util
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pdfplumber
import pytest

from tests.e2e.person import Person
from tests.factories import case_in
from yuetan.vocabulary import CaseState

pytestmark = pytest.mark.browser


@pytest.fixture
def script() -> Any:
    spec = importlib.util.spec_from_file_location("manual", Path(__file__).parents[2] / "script" / "manual.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_a_manual_holds_the_help_and_its_pages(
    script: Any, come_in: Callable[..., Person], live_server: Any, tmp_path: Path
) -> None:
    case_in(CaseState.NOTIFIED)
    auditor = come_in("auditor")
    manual = next(each for each in script.MANUALS if each.slug == "security-auditor")
    script._write(script._html(manual, auditor.page, live_server.url), tmp_path / "manual.pdf")
    with pdfplumber.open(tmp_path / "manual.pdf") as pdf:
        words = "".join(page.extract_text() for page in pdf.pages)
        assert sum(len(page.images) for page in pdf.pages) == len(manual.pictures)
    assert "操作手册" in words
    assert "登录记录" in words
    assert "日志只增不改" in words
