"""Somebody of another department on the pages of a round: planned, adjusted, there on the day, and named together."""

import pytest
import time_machine
from django.urls import reverse

from tests import cast
from tests.factories import pdf
from tests.rounds import CONCLUSION, DISCUSSION, POINTS, THERE, TITLE, announced, visit_of
from tests.web import Visitor
from yuetan.actions.rounds.guests import Guest, guests_of
from yuetan.models import RoundVisit, SupervisionRound
from yuetan.vocabulary import RoundKind

pytestmark = pytest.mark.usefixtures("office")
UNIT = "蓬江区棠下镇"
NAMED = "吴十五（市公安局治安支队副支队长）"
GUEST = {"guests-0-name": "吴十五", "guests-0-department": "市公安局", "guests-0-title": "治安支队副支队长"}


def visitor(url):
    one = Visitor(cast.person("officer"))
    one.open(url)
    return one


def keys(*names):
    return [str(cast.person(name).pk) for name in names]


def test_joint_supervision_is_planned_and_its_team_adjusted_with_somebody_of_another_department():
    officer = visitor(reverse("plan_round"))
    plan = {"kind": "joint", "title": TITLE, "basis": "领导批示", "begins_on": "2026-11-24", "ends_on": "2026-12-04"}
    plan |= {"members": keys("officer", "director"), "leader": keys("director")[0]}
    plan |= {"visits-0-unit": UNIT, "visits-0-day": "2026-11-25", "visits-0-points": POINTS}
    assert "督导方案还缺：联合的部门和人员。" in officer.press("保存", expect=422, **plan)
    lacks = officer.press("保存", expect=422, **plan | GUEST | {"guests-0-title": ""})
    assert "第1名其他部门成员还缺：职务；" in lacks
    page = officer.press("保存", **plan | GUEST)
    assert NAMED in page
    of_round = SupervisionRound.objects.get()
    officer.open(reverse("revise_round", args=[of_round.pk]))
    assert officer.page.forms[-1].values["guests-0-name"] == ["吴十五"]
    assert NAMED in officer.press("保存", demands="请准备工作台账。")
    officer.open(reverse("announce_round", args=[of_round.pk]))
    assert NAMED in officer.page
    officer.press("印发督导通知书")
    officer.open(reverse("adjust_team", args=[of_round.pk]))
    page = officer.press("调整督导组", **{"guests-0-title": "治安支队支队长", "reason": "职务变动。"})
    assert "已调整督导组" in page
    assert "吴十五（市公安局治安支队支队长）" in page


def test_who_came_along_is_ticked_where_they_were_there_and_where_they_conclude():
    of_round = announced(kind=RoundKind.JOINT, guests=[Guest("吴十五", "市公安局", "治安支队副支队长")])
    of_visit, guest = visit_of(of_round), str(guests_of(of_round)[0].pk)
    with time_machine.travel(THERE, tick=False):
        officer = visitor(reverse("record_round_finding", args=[of_visit.pk]))
        seen = {"words": "没有明确责任人。", "is_problem": "on", "people": keys("officer"), "guests": [guest]}
        assert NAMED in officer.press("登记督导情况", **seen)
        officer.open(reverse("conclude_visit", args=[of_visit.pk]))
        stated = {"conclusion": CONCLUSION, "discussion": DISCUSSION, "concluded_on": "2026-11-25"}
        stated |= {"people": keys("officer", "director"), "guests": [guest], "scan": [pdf("签名页.pdf")]}
        assert NAMED in officer.press("登记集体结论", **stated)
        officer.open(reverse("conclude_visit", args=[of_visit.pk]))
        assert officer.page.forms[-1].values["guests"] == [guest]
    assert RoundVisit.objects.get(pk=of_visit.pk).names_concluded[-1] == NAMED


def test_nobody_is_asked_for_those_of_other_departments_where_there_are_none():
    of_visit = visit_of(announced())
    with time_machine.travel(THERE, tick=False):
        page = visitor(reverse("record_round_finding", args=[of_visit.pk])).page
    assert "在场的其他部门成员" not in page
