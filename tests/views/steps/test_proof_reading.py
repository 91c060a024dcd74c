"""What the proof-reader points out stands on the page before a paper is issued, and the paper is issued all the same."""

from __future__ import annotations

from tests import cast
from tests.factories import case_in
from tests.random_people.attempts import posted
from tests.steps import STEPS
from tests.web import Visitor
from yuetan.views.case.available_steps import step_url
from yuetan.vocabulary import CaseState, Verb


def test_a_notice_with_slips_is_pointed_out_and_issued(office: object) -> None:
    case = case_in(CaseState.APPROVED)
    words = posted(STEPS[Verb.SERVE_NOTICE].keywords(case)) | {"place": "市扫黑办会议室(1号楼,302室)"}
    officer = Visitor(cast.person("officer"))
    officer.open(step_url(case, Verb.SERVE_NOTICE))
    page = officer.press("下一步：核对", **words)
    assert "校对提示：下面 3 处可能有误，请核实；不影响办理。" in page
    assert "半角“,”应为全角“，”" in page
    assert f"已办理：{Verb.SERVE_NOTICE.label}。" in officer.press(Verb.SERVE_NOTICE.label)


def test_a_notice_without_slips_has_no_remark(office: object) -> None:
    case = case_in(CaseState.APPROVED)
    officer = Visitor(cast.person("officer"))
    officer.open(step_url(case, Verb.SERVE_NOTICE))
    page = officer.press("下一步：核对", **posted(STEPS[Verb.SERVE_NOTICE].keywords(case)))
    assert "校对提示" not in page
