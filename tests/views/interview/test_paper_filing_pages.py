"""The pages of 纸质代录: from the form at the counter to what both sides read."""

import pytest
from django.utils import timezone

from tests import cast
from tests.actions.test_paper_filing import ALL, before
from tests.factories import png
from tests.refusals import nothing_stored
from tests.web import Visitor
from yuetan.rules.dates import clock
from yuetan.vocabulary import Verb

HEAD = f"head_{cast.TOWN}"
SAYS = {
    Verb.REGISTER_SUBMISSION: {"situation": "全镇。", "problems": "不细。", "causes": "不实。", "measures": "摸排。"},
    Verb.REGISTER_LEAVE: {"reason": "赴省开会。"},
    Verb.REGISTER_MINUTES_ANSWER: {"answer": "objected", "objection": "第二项时限过短。"},
    Verb.REGISTER_REPORT: {"reports-1-text": "已摸排一轮。"},
    Verb.REGISTER_PROGRESS: {"reports-1-text": "已摸排一半。"},
    Verb.REGISTER_EXTENSION: {"new_due_on": "2026-12-20", "reason": "需会同有关单位核查。"},
}


@pytest.mark.parametrize("verb", ALL)
def test_from_the_counter_to_both_sides(office, verb):
    case = before(verb)
    officer = Visitor(cast.person("officer"))
    assert verb.label in officer.open(f"/cases/{case.pk}/")
    page = officer.open(f"/cases/{case.pk}/steps/{verb}/")
    assert "各处标明“纸质代录”" in page
    says = {**SAYS[verb]}
    if verb == Verb.REGISTER_EXTENSION:
        says["task"] = officer.pick("task", "第 1 项")
    with nothing_stored():
        page = officer.press(verb.label, expect=422, **says, brought_by="许四十一")
    assert "代录纸质材料还缺：" in page
    assert "许四十一" in page.response.content.decode()  # what was typed is not lost
    signer = officer.pick("signer", "冯十")
    paper = {"signer": signer, "brought_by": "许四十一", "brought_by_title": "棠下镇党政办主任"}
    received = timezone.localtime(clock.now()).strftime("%Y-%m-%dT%H:%M")
    officer.press(verb.label, **says, **paper, received_at=received, scan=png("来件.png"))
    for username in ("officer", HEAD):
        page = Visitor(cast.person(username)).open(f"/cases/{case.pk}/")
        assert "纸质代录：冯十签字，许四十一（棠下镇党政办主任）于" in page
        assert "来件.png" in page
        assert ("市扫黑办于" in page) == (username == HEAD)
