"""What the proof-reader points out stands on the page before a paper is issued, which is issued all the same."""

from __future__ import annotations

from tests import cast
from tests.factories import case_in
from tests.random_people.attempts import posted
from tests.steps import STEPS
from tests.web import Visitor
from yuetan.models import Case
from yuetan.views.case.available_steps import step_url
from yuetan.vocabulary import CaseState, Verb


def answers(case: Case) -> dict[str, object]:
    """What the form of a notice asks, nobody coming along."""
    return {
        name: words for name, words in posted(STEPS[Verb.SERVE_NOTICE].keywords(case)).items() if name != "companions"
    }


def test_a_notice_with_slips_is_pointed_out_and_issued(office: object) -> None:
    case = case_in(CaseState.APPROVED)
    officer = Visitor(cast.person("officer"))
    officer.open(step_url(case, Verb.SERVE_NOTICE))
    page = officer.press("下一步：核对", **answers(case) | {"place": "市扫黑办会议室(1号楼,302室)"})
    assert "校对提示：下面 3 处可能有误，请核实；不影响办理。" in page
    assert "半角“,”应为全角“，”" in page
    assert f"已办理：{Verb.SERVE_NOTICE.label}。" in officer.press(Verb.SERVE_NOTICE.label)


def test_a_notice_without_slips_has_no_remark(office: object) -> None:
    case = case_in(CaseState.APPROVED)
    officer = Visitor(cast.person("officer"))
    officer.open(step_url(case, Verb.SERVE_NOTICE))
    page = officer.press("下一步：核对", **answers(case))
    assert "校对提示" not in page
