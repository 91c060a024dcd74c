"""督导组 with somebody of another department: named whole, counted, named in the 集体结论, kept from their unit."""

from datetime import timedelta

import pytest
import time_machine

from tests import cast
from tests.opinion_corrections import BETTER, corrected_draft, forgotten, reissued
from tests.refusals import by_the_office, refused
from tests.rounds import announced, concluded, found, informed, planned, planned_round, there, visit, visit_of
from yuetan.actions.rounds.guests import Guest, guests_of
from yuetan.actions.rounds.planning import revise_round, round_shown
from yuetan.actions.rounds.team import adjust_team, team_shown
from yuetan.models import Event, SupervisionRound
from yuetan.rules.dates import clock
from yuetan.vocabulary import RoundKind

pytestmark = pytest.mark.usefixtures("office")
GUEST = Guest("吴十五", "市公安局", "治安支队副支队长")
ANOTHER = Guest("郑十六", "市纪委监委", "案管室副主任")
NAMED = "吴十五（市公安局治安支队副支队长）"
LACKS_UNIT = "第2名其他部门成员还缺：所在单位；只列以公职身份参加的人员，请补齐。"
ALONE = "{}不能只有其他部门的成员，须有市扫黑办、领导小组的督导组成员参加，请补选。"


def officer():
    return cast.person("officer")


def people(*names):
    return [cast.person(name) for name in names]


def joint(*guests, **changed):
    """联合督查 of two of the office with these; nothing else is said of partners."""
    team = people("director", "officer")
    return planned_round(kind=RoundKind.JOINT, members=team, guests=guests, **changed)


def of_department(of_round, name=GUEST.name):
    return next(one for one in guests_of(SupervisionRound.objects.get(pk=of_round.pk)) if one.name == name)


def adjusted(of_round, *guests, reason="另有任务。"):
    facts = {"members": people("director", "officer"), "leader": cast.person("director"), "reason": reason}
    return adjust_team(of_round, by=officer(), guests=guests, seen=team_shown(of_round), **facts)


def test_who_comes_along_is_of_the_team_by_department_and_post_and_printed_so():
    of_round = joint(GUEST)
    assert of_round.team_words == f"带队人王三（主任）；成员张一（承办人）、{NAMED}"
    guest = of_department(of_round)
    assert (guest.person, guest.named, guest.post) == (None, "吴十五", "市公安局治安支队副支队长")


def test_a_team_of_one_names_no_members():
    of_round = joint(GUEST)
    of_round.members.exclude(leads=True).delete()
    assert SupervisionRound.objects.get(pk=of_round.pk).team_words == "带队人王三（主任）"


def test_joint_supervision_is_with_a_department_named_among_the_partners_or_in_the_team():
    with refused("督导方案还缺：联合的部门和人员。", field="partners"):
        joint()
    assert joint(partners="市公安局治安支队").partners
    assert joint(GUEST, title="又一次督导").partners == ""


def test_who_comes_along_counts_and_does_not_lead():
    members = {"members": people("director"), "leader": cast.person("director")}
    with refused(by_the_office("督导组至少2人，现有1人，请补齐成员。")):
        planned_round(**members)
    assert planned_round(**members, guests=[GUEST]).members.get(leads=True).person == cast.person("director")


@pytest.mark.parametrize(
    ("guests", "sentence"),
    [
        ([Guest(" ", "市公安局", "")], "第1名其他部门成员还缺：姓名、职务；只列以公职身份参加的人员，请补齐。"),
        (
            [ANOTHER, Guest("吴十五", "无", "科长")],
            "第2名其他部门成员还缺：所在单位；只列以公职身份参加的人员，请补齐。",
        ),
        ([GUEST, Guest("吴十五", "市公安局", "支队长")], "吴十五在其他部门成员里写了两次，请只写一次。"),
        (
            [Guest("吴十五", "棠下镇派出所", "所长")],
            "吴十五任职于蓬江区棠下镇，应当回避，不能参加对该单位的督导，请另选成员。",
        ),
        (
            [Guest("吴十五", "蓬江区棠下镇", "副镇长")],
            "吴十五任职于蓬江区棠下镇，应当回避，不能参加对该单位的督导，请另选成员。",
        ),
    ],
)
def test_who_is_not_named_whole_or_of_a_unit_to_which_it_goes_is_refused(guests, sentence):
    with refused(sentence if "两次" in sentence else by_the_office(sentence), field="guests"):
        joint(*guests, visits=[visit()])


def test_a_plan_is_changed_with_those_of_other_departments():
    of_round = joint(GUEST)
    seen, plan = round_shown(of_round), planned(kind=RoundKind.JOINT, guests=[ANOTHER])
    revise_round(of_round, by=officer(), planned=plan, seen=seen)
    of_round = SupervisionRound.objects.with_people().get(pk=of_round.pk)
    assert [one.name for one in guests_of(of_round)] == ["郑十六"]
    assert round_shown(of_round) != seen


def test_what_was_seen_counts_who_came_along_but_not_them_alone():
    of_round = announced(kind=RoundKind.JOINT, guests=[GUEST, ANOTHER])
    guests, of_visit = guests_of(of_round), visit_of(of_round)
    seen = found(of_visit, people=people("officer"), guests=guests[:1])
    assert seen.names_seen == f"张一（承办人）、{NAMED}"
    with refused(by_the_office(ALONE.format("现场督导"))):
        found(of_visit, people=[], guests=guests)
    stranger = of_department(
        announced(title="另一次督导", kind=RoundKind.JOINT, guests=[Guest("冯九", "市司法局", "科长")]), "冯九"
    )
    with refused(by_the_office("冯九不是督导组成员，不能列为现场督导的人员，请另选。")):
        found(of_visit, people=people("officer", "director"), guests=[stranger])


def test_a_conclusion_together_names_who_came_along_with_the_department():
    of_round = announced(kind=RoundKind.JOINT, guests=[GUEST, ANOTHER])
    guests, of_visit = guests_of(of_round), visit_of(of_round)
    found(of_visit)
    with refused(by_the_office("集体结论须有至少3人参加讨论并列名，现有2人，请补齐。")):
        concluded(of_visit, people=people("officer"), guests=guests[:1])
    with refused(
        by_the_office("集体结论须有至少3人参加讨论并列名，现有2人，请补齐。"), by_the_office(ALONE.format("集体结论"))
    ):
        concluded(of_visit, people=[], guests=guests)
    of_visit = concluded(of_visit, people=people("officer", "director"), guests=guests[:1])
    assert of_visit.concluded_by[-1] == [None, "吴十五", "市公安局治安支队副支队长"]
    stranger = of_department(announced(title="另一次督导", kind=RoundKind.JOINT, guests=[GUEST]))
    with refused(by_the_office("吴十五不是督导组成员，现在也不是领导小组、市扫黑办的在任人员，不能列名集体结论。")):
        concluded(of_visit, people=people("officer", "director", "supervisor"), guests=[stranger])


def test_who_comes_along_joins_and_leaves_on_the_way_and_the_paper_names_the_team_of_its_day():
    of_round = announced(kind=RoundKind.JOINT, guests=[GUEST])
    of_visit = visit_of(of_round)
    found(of_visit, people=people("officer", "director"))
    informed(concluded(of_visit, people=people("officer", "director"), guests=guests_of(of_round)))
    with time_machine.travel(there() + timedelta(days=1), tick=False):
        adjusted(of_round, GUEST)
        with refused("督导组没有变动，不必调整；请改定成员或者带队人。"):
            adjusted(of_round, GUEST)
        of_round = adjusted(of_round, ANOTHER)
        day = clock.today()
    of_round = SupervisionRound.objects.with_people().get(pk=of_round.pk)
    assert "郑十六（市纪委监委案管室副主任）" in of_round.team_words
    assert NAMED not in of_round.team_words
    assert NAMED in visit_of(of_round).team_words
    assert any(one.startswith(f"{NAMED}：{day.year}年{day.month}月{day.day}日退出") for one in of_round.team_changes)
    counted = Event.objects.filter(verb="adjust_team").order_by("-id").first().data
    assert (counted["joined"], counted["left"]) == (1, 1)


def test_a_correction_carries_who_came_along():
    of_round = announced(kind=RoundKind.JOINT, guests=[GUEST])
    guests, of_visit = guests_of(of_round), visit_of(of_round)
    found(of_visit)
    informed(concluded(of_visit, people=people("officer", "director"), guests=guests))
    of_visit = visit_of(of_round)
    corrected_draft(of_visit, conclusion=BETTER, forgotten=[forgotten()], witnesses=people("officer"), guests=guests)
    reissued(of_visit)
    last = visit_of(of_round).findings.order_by("number").last()
    assert last.names_seen == f"张一（承办人）、{NAMED}"
