"""督导: planned, announced or not, what was found, concluded and told, ended; each refused out of turn."""

import re
from datetime import date, timedelta

import pytest
import time_machine

from tests import cast
from tests.factories import pdf, picture, png
from tests.refusals import appoint, by_the_office, not_theirs, refused, too_small
from tests.rounds import (
    BEGIN,
    CONCLUSION,
    DAY,
    DEMANDS,
    END,
    RIGHT,
    THERE,
    TITLE,
    WRONG,
    announced,
    concluded,
    covert_round,
    ended,
    found,
    informed,
    informed_visit,
    planned,
    planned_round,
    signed_for,
    visit,
    visit_of,
)
from yuetan.actions.record.checks.check_rounds import check_rounds
from yuetan.actions.rounds.announcing import announce_round
from yuetan.actions.rounds.closing import cancel_round, drop_visit, end_round
from yuetan.actions.rounds.conclusion import issue_opinion
from yuetan.actions.rounds.findings import withdraw_round_finding
from yuetan.actions.rounds.planning import plan_round, revise_round, round_shown
from yuetan.actions.rounds.reschedule import move_visit
from yuetan.forms.rounds.planning import RoundForm
from yuetan.models import Alert, Document, Event, OfficeSetting, RoundFile, RoundVisit, SupervisionRound, User
from yuetan.models.rounds.rhythm import linked_round_due
from yuetan.rules.dates import clock
from yuetan.vocabulary import DocumentKind, PostKind, RoundKind, RoundState, VisitState

pytestmark = pytest.mark.usefixtures("office")
HEAD, LIAISON = f"head_{cast.TOWN}", f"liaison_{cast.TOWN}"
UNIT = "蓬江区棠下镇"


def officer() -> User:
    return cast.person("officer")


def people(*names: str) -> list[User]:
    return [cast.person(name) for name in names]


def _text_of(paper: Document) -> str:
    return re.sub(r"<[^>]+>|\s", "", paper.html)


def alerts_of(username: str) -> list[str]:
    return list(Alert.objects.filter(recipient=cast.person(username)).order_by("pk").values_list("text", flat=True))


def test_what_is_missing_of_a_plan_is_said_at_once():
    nothing = planned(kind="", title=" ", basis="", begins_on=None, ends_on=None, members=[], leader=None, visits=[])
    labels = "督导形式、督导名称、督导依据、开始日期、结束日期、督导组成员、带队人、督导单位"
    with refused(f"督导方案还缺：{labels}。"):
        plan_round(by=officer(), planned=nothing)
    with refused("督导方案还缺：联合的部门和人员。"):
        planned_round(kind=RoundKind.JOINT)
    with refused("第2个督导单位还缺：单位、督导日期、督导内容。"):
        planned_round(visits=[visit(), visit("", None, " ")])


def test_a_team_of_one_and_a_leader_from_outside_are_refused():
    with refused(by_the_office("督导组至少2人，现有1人，请补齐成员。"), field="members"):
        planned_round(members=people("director"))
    sentence = "带队人赵四不在督导组成员里，请把赵四选为成员，或者另选带队人。"
    with refused(by_the_office(sentence), field="leader"):
        planned_round(leader=cast.person("group_leader"))
    sentence = "朱十八现在不是领导小组、市扫黑办的在任人员，不能参加督导组，请另选成员。"
    stranger = cast.head(cast.DIVISION_TOWN)
    with refused(by_the_office(sentence), field="members"):
        planned_round(members=[*people("officer", "director"), stranger])


def test_how_many_go_is_a_setting_of_the_office():
    OfficeSetting.objects.filter(key="round_team_people").update(value=4)
    with refused(by_the_office("督导组至少4人，现有3人，请补齐成员。")):
        planned_round()


def test_nobody_goes_to_their_own_unit():
    appoint(cast.person("supervisor"), cast.unit(cast.TOWN), PostKind.LEADER_IN_CHARGE, "副镇长")
    sentence = f"周七任职于{UNIT}，应当回避，不能参加对该单位的督导，请另选成员。"
    with refused(by_the_office(sentence), field="members"):
        planned_round()
    assert planned_round(visits=[visit(cast.COUNTY)])
    with not_theirs():
        plan_round(by=cast.person("supervisor"), planned=planned(members=people("officer", "director")))


def test_a_unit_twice_and_impossible_days_are_refused():
    with refused(f"{UNIT}列了不止一次，一次督导一个单位只列一行，请合并督导内容。"):
        planned_round(visits=[visit(), visit()])
    with refused("开始日期2026年11月22日已过，不得早于今天，请改定。", field="begins_on"):
        planned_round(begins_on=date(2026, 11, 22))
    with refused("结束日期2026年11月23日早于2026年11月24日，不得早于开始日期，请核对。", field="ends_on"):
        planned_round(ends_on=date(2026, 11, 23))
    sentence = f"{UNIT}的督导日期2026年12月5日不在2026年11月24日至2026年12月4日以内，请核对。"
    with refused(sentence, field="visits"):
        planned_round(visits=[visit(day=END + timedelta(days=1))])


@pytest.mark.parametrize("username", ["group_leader", HEAD, "sysadmin"])
def test_the_office_alone_plans_rounds(username):
    with not_theirs():
        plan_round(by=cast.person(username), planned=planned())


def test_a_plan_is_changed_until_the_notice():
    of_round = planned_round()
    plan = planned(title="改名的督导", visits=[visit(cast.COUNTY)])
    revise_round(of_round, by=officer(), planned=plan, seen=round_shown(of_round))
    assert [one.unit.code for one in RoundVisit.objects.filter(round=of_round)] == [cast.COUNTY]
    announce_round(of_round, by=officer())
    what = "修改方案；不能再去的单位，请写明原因不再督导"
    with refused(f"“改名的督导”现在是“督导中”，不能再{what}。"):
        revise_round(of_round, by=officer(), planned=planned(), seen=round_shown(of_round))


def test_each_unit_gets_its_notice_and_signs_for_it_once():
    of_round = announced()
    papers = list(Document.objects.filter(kind=DocumentKind.ROUND_NOTICE).order_by("serial"))
    assert [paper.addressee for paper in papers] == [
        "蓬江区棠下镇党委、镇政府",
        cast.unit(cast.COUNTY).organs_addressed,
    ]
    assert f"定于2026年11月25日对你镇开展{TITLE}。现将有关事项通知如下：" in _text_of(papers[0])
    assert papers[0].title == f"关于对{UNIT}开展联动督导的通知"
    assert list(Document.objects.visible_to(cast.head(cast.TOWN))) == papers[:1]
    assert alerts_of(HEAD) == [f"办公室定于2026年11月25日对本单位开展{TITLE}，请在“督导”中查阅并签收督导通知书。"]
    signed_for(visit_of(of_round), by=cast.person(LIAISON))
    with refused("褚十二已于2026年11月23日 10:00签收督导通知书，不必重复签收。"):
        signed_for(visit_of(of_round), by=cast.head(cast.TOWN))
    for stranger in (officer(), cast.head(cast.COUNTY)):
        with not_theirs():
            signed_for(visit_of(of_round), by=stranger)
    with refused(f"“{TITLE}”现在是“督导中”，不能再印发督导通知书。"):
        announce_round(of_round, by=officer())


def test_a_round_whose_days_are_over_is_announced_no_more():
    of_round = planned_round()
    with time_machine.travel(THERE + timedelta(days=20), tick=False):
        sentence = "督导期已于2026年12月4日结束，请先修改督导方案的日期，再印发督导通知书。"
        with refused(sentence):
            announce_round(of_round, by=officer())


def test_no_notice_names_a_day_that_is_past():
    of_round = planned_round(visits=[visit(), visit(cast.COUNTY, day=END), visit(cast.DIVISION_TOWN)])
    with time_machine.travel(THERE, tick=False):
        announce_round(planned_round(title="当天的督导", begins_on=THERE.date(), visits=[visit()]), by=officer())
    with time_machine.travel(THERE + timedelta(days=1), tick=False):
        unit = cast.unit(cast.DIVISION_TOWN).full_name
        both = [f"{name}（2026年11月25日）" for name in (UNIT, unit)]
        past = "的督导日期已过，不能印发督导通知书，请先修改督导方案，改定督导日期。"
        with refused(f"{'、'.join(both)}{past}"):
            announce_round(of_round, by=officer())
        drop_visit(visit_of(of_round, cast.DIVISION_TOWN), by=officer(), reason="已由上级督导。")
        with refused(f"{both[0]}{past}"):
            announce_round(of_round, by=officer())
        plan = planned(begins_on=clock.today(), visits=[visit(day=END), visit(cast.COUNTY, day=END)])
        revise_round(of_round, by=officer(), planned=plan, seen=round_shown(of_round))
        announce_round(of_round, by=officer())


def test_a_unit_that_was_dropped_stays_dropped_when_the_plan_is_changed():
    of_round = planned_round()
    drop_visit(visit_of(of_round), by=officer(), reason="已由上级督导。")
    offered = RoundForm(of_round=of_round).initial["visits"]
    assert [one["unit"] for one in offered] == [cast.unit(cast.COUNTY).full_name]
    again = f"{UNIT}已于2026年11月23日写明原因不再督导，不能再列入这次督导；需要再去的，请另行制定督导方案。"
    with refused(again, field="visits"):
        revise_round(of_round, by=officer(), planned=planned(), seen=round_shown(of_round))
    plan = planned(visits=[visit(cast.COUNTY, points="另一项内容。")])
    revise_round(of_round, by=officer(), planned=plan, seen=round_shown(of_round))
    dropped, stands = visit_of(of_round), visit_of(of_round, cast.COUNTY)
    assert (dropped.drop_reason, stands.points, stands.dropped_at) == ("已由上级督导。", "另一项内容。", None)
    assert visit_of(planned_round(title="另行督导", visits=[visit()])).dropped_at is None


def test_a_covert_visit_is_announced_to_nobody_and_seen_by_its_unit_once_somebody_came():
    of_round = covert_round()
    shown = "没有登记的，督导日期次日起单位可见"
    sentence = (
        f"明察暗访在登记第一项督导情况以前不告知单位，不能印发督导通知书；{shown}，请自督导日期起直接登记督导情况。"
    )
    with refused(by_the_office(sentence)):
        announce_round(of_round, by=officer())
    assert not RoundVisit.objects.visible_to(cast.head(cast.TOWN)).exists()
    assert RoundVisit.objects.visible_to(officer()).count() == 2
    with time_machine.travel(THERE - timedelta(days=1), tick=False):
        assert not RoundVisit.objects.visible_to(cast.head(cast.TOWN)).exists()
    with time_machine.travel(THERE, tick=False):
        assert not RoundVisit.objects.visible_to(cast.head(cast.TOWN)).exists()
        withdraw_round_finding(found(visit_of(of_round)), by=officer(), reason="写错。")
        assert list(RoundVisit.objects.visible_to(cast.head(cast.TOWN))) == [visit_of(of_round)]
        assert not SupervisionRound.objects.visible_to(cast.head(cast.TOWN)).exists()
    assert alerts_of(HEAD) == []
    assert not Document.objects.filter(visit__isnull=False).exists()


def test_a_covert_visit_that_was_called_off_is_never_seen_by_its_unit():
    of_round = covert_round()
    drop_visit(visit_of(of_round), by=officer(), reason="已由上级督导。")
    cancelled = covert_round(title="另一次明察暗访")
    cancel_round(cancelled, by=officer(), reason="改为联合督查。")
    with time_machine.travel(THERE, tick=False):
        assert not RoundVisit.objects.visible_to(cast.head(cast.TOWN)).exists()
    assert alerts_of(HEAD) == []


def test_who_is_of_the_unit_sees_no_more_than_it_does():
    second = cast.person("second_officer")
    of_round = covert_round()
    appoint(second, cast.unit(cast.TOWN), PostKind.LEADER_IN_CHARGE, "副镇长")
    second = cast.person("second_officer")
    assert not RoundVisit.objects.visible_to(second).exists()
    with not_theirs():
        drop_visit(visit_of(of_round), by=second, reason="不去了。")
    with not_theirs():
        cancel_round(of_round, by=second, reason="不去了。")


def test_a_visit_that_went_when_the_plan_was_changed_is_nobodys_to_move_or_to_drop():
    of_round = planned_round()
    stale = visit_of(of_round)
    revise_round(of_round, by=officer(), planned=planned(), seen=round_shown(of_round))
    with not_theirs():
        move_visit(stale, by=officer(), day=END)
    with not_theirs():
        drop_visit(stale, by=officer(), reason="已由上级督导。")
    assert not Event.objects.filter(verb__in=("move_visit", "drop_visit")).exists()


def test_nothing_is_found_before_the_notice_and_the_day():
    of_round = planned_round(visits=[visit(day=END)])
    with refused(by_the_office("还没有印发督导通知书，不能登记督导情况，请先通知单位。")):
        found(visit_of(of_round))
    announce_round(of_round, by=officer())
    sentence = f"{UNIT}的督导日期是2026年12月4日，到督导日期以前不能登记督导情况；提前去的，请先改定督导日期。"
    with refused(by_the_office(sentence)):
        found(visit_of(of_round))
    covert = covert_round(visits=[visit(day=END)])
    with refused(by_the_office(sentence)):
        found(visit_of(covert))


def test_a_finding_names_its_day_and_two_of_the_team():
    of_visit = visit_of(announced())
    with refused("督导情况还缺：现场日期、情况。"):
        found(of_visit, seen_on=None, words=" ")
    with refused("现场日期2026年11月24日早于督导日期2026年11月25日，请核对；提前去的，请先改定督导日期。"):
        found(of_visit, seen_on=BEGIN)
    with refused("现场日期不得晚于今天，请核对。"):
        found(of_visit, seen_on=END)
    with refused(
        "督导情况还缺：情况。",
        by_the_office("现场日期不得晚于今天，请核对。"),
        by_the_office("现场督导须有督导组成员至少2人在场，现选0人，请补齐。"),
    ):
        found(of_visit, seen_on=END, words=" ", people=[])
    with refused(by_the_office("现场督导须有督导组成员至少2人在场，现选1人，请补齐。"), field="people"):
        found(of_visit, people=people("officer"))
    with refused(by_the_office("赵四不是督导组成员，不能列为现场督导的人员，请另选。"), field="people"):
        found(of_visit, people=people("officer", "supervisor", "group_leader"))
    one = found(of_visit, proof=[png("照片.png")])
    assert (one.number, one.names_seen) == (1, "张一（承办人）、周七（督查员）")
    of_visit = visit_of(of_visit.round)
    assert (of_visit.finding_count, of_visit.problem_count, of_visit.state) == (1, 1, VisitState.RECORDED)


def test_files_of_a_round_are_the_offices_alone():
    of_visit = visit_of(announced())
    found(of_visit, proof=[png("照片.png")])
    informed(concluded(visit_of(of_visit.round)))
    assert RoundFile.objects.visible_to(officer()).count() == 2
    assert not RoundFile.objects.visible_to(cast.head(cast.TOWN)).exists()


def test_a_finding_is_withdrawn_with_a_reason_once():
    of_visit = visit_of(announced())
    one = found(of_visit)
    with refused("尚未写明撤回的原因。"):
        withdraw_round_finding(one, by=officer(), reason=" ")
    withdraw_round_finding(one, by=officer(), reason="登记到了别的单位。")
    assert visit_of(of_visit.round).finding_count == 0
    with refused("这项督导情况已由张一撤回，不必再撤回。"):
        withdraw_round_finding(one, by=officer(), reason="再撤一次。")


def test_a_conclusion_bears_three_names_of_people_who_may_stand_for_it():
    of_visit = visit_of(announced())
    with refused(f"{UNIT}还没有登记督导情况，不能登记结论，请先登记。"):
        concluded(of_visit)
    found(of_visit)
    of_visit = visit_of(of_visit.round)
    with refused("集体结论还缺：督导结论、集体研究日期、签名页扫描件。"):
        concluded(of_visit, conclusion=" ", concluded_on=None, scan=[])
    with refused(by_the_office("集体结论须有至少3人参加讨论并列名，现有2人，请补齐。"), field="people"):
        concluded(of_visit, people=people("officer", "director"))
    both = ("集体结论还缺：督导结论。", by_the_office("集体结论须有至少3人参加讨论并列名，现有0人，请补齐。"))
    with refused(*both):
        concluded(of_visit, conclusion=" ", people=[])
    with refused("集体研究日期2026年11月24日早于最后一次现场督导（2026年11月25日），请核对。"):
        concluded(of_visit, concluded_on=BEGIN)
    with refused("集体研究日期不得晚于今天，请核对。"):
        concluded(of_visit, concluded_on=END)
    with refused(too_small("小图.png")):
        concluded(of_visit, scan=[picture("小图.png", 8, 8)])
    team = people("officer", "director", "supervisor")
    sentence = "朱十八不是督导组成员，现在也不是领导小组、市扫黑办的在任人员，不能列名集体结论。"
    with refused(by_the_office(sentence), field="people"):
        concluded(of_visit, people=[*team, cast.head(cast.DIVISION_TOWN)])
    sentence = f"冯十任职于{UNIT}，应当回避，不能列名关于本单位的集体结论。"
    with refused(by_the_office(sentence), field="people"):
        concluded(of_visit, people=[*team, cast.head(cast.TOWN)])
    assert len(concluded(of_visit).names_concluded) == 3


def test_where_nothing_was_wrong_nothing_is_to_be_put_right():
    of_visit = visit_of(announced())
    found(of_visit, words=RIGHT, is_problem=False)
    of_visit = visit_of(of_visit.round)
    sentence = "没有登记发现的问题，不能提出整改要求；请先登记发现的问题，或者不填整改要求。"
    with refused(by_the_office(sentence), field="demands"):
        concluded(of_visit)
    paper = informed(concluded(of_visit, demands=""))
    assert "请你镇继续抓好各项工作的落实" in _text_of(paper)


def test_the_unit_is_informed_of_the_conclusion_and_then_nothing_changes():
    of_visit = visit_of(announced())
    with refused(f"{UNIT}还没有登记集体结论，不能印发督导意见书，请先登记结论。"):
        informed(of_visit)
    found(of_visit)
    concluded(visit_of(of_visit.round))
    with time_machine.travel(THERE + timedelta(minutes=1), tick=False):
        found_later = visit_of(of_visit.round)
    with refused("督导记录在您打开本页以后已有变动，请看过现在的文稿再印发。"):
        issue_opinion(found_later, by=officer(), seen="别的")
    paper = informed(visit_of(of_visit.round))
    words = paper.html.replace("<br>", "")
    for text in (WRONG, CONCLUSION.rstrip("。"), DEMANDS.rstrip("。"), "督导组"):
        assert text in words
    assert paper.number == "江扫黑督意〔2026〕1号"
    assert Document.objects.visible_to(cast.head(cast.TOWN)).filter(pk=paper.pk).exists()
    assert not Document.objects.visible_to(cast.head(cast.COUNTY)).filter(pk=paper.pk).exists()
    assert alerts_of(HEAD)[-1].startswith(f"办公室印发了{TITLE}对本单位的督导意见书（{paper.number}）")
    over = f"{UNIT}的督导现在是“已反馈”，不能再{{}}。"
    with refused(over.format("登记督导情况")):
        found(visit_of(of_visit.round))
    with refused(over.format("登记集体结论")):
        concluded(visit_of(of_visit.round))
    with refused(over.format("印发督导意见书")):
        informed(visit_of(of_visit.round))
    signed_for(visit_of(of_visit.round), by=cast.person(LIAISON))
    assert visit_of(of_visit.round).opinion_received_by == cast.person(LIAISON)


def test_demands_are_numbered_where_there_are_several():
    of_visit = visit_of(announced())
    found(of_visit)
    text = _text_of(informed(concluded(visit_of(of_visit.round), demands="明确责任人。\n清理占道经营。")))
    assert "组织督导组对你镇开展了2026年度联动督导。经集体研究，现提出以下督导意见：" in text
    assert "三、整改要求（一）明确责任人。（二）清理占道经营。请你镇对照上述意见" in text
    assert "（一）农贸市场" not in text  # a single one bears no number


def test_a_conclusion_older_than_the_findings_is_written_down_anew():
    of_visit = visit_of(announced())
    found(of_visit)
    concluded(visit_of(of_visit.round))
    with time_machine.travel(THERE + timedelta(hours=1), tick=False):
        withdraw_round_finding(of_visit.findings.get(), by=officer(), reason="登记有误。")
    of_visit = visit_of(of_visit.round)
    sentence = f"登记结论以后{UNIT}的督导情况又有变动，请重新登记集体结论，再印发督导意见书。"
    with refused(sentence):
        informed(of_visit)


def test_a_day_is_moved_until_it_has_come():
    of_round = announced()
    with refused("尚未填写新的督导日期。"):
        move_visit(visit_of(of_round), by=officer(), day=None)
    with refused("新的督导日期2026年11月22日不得早于今天，请改定。"):
        move_visit(visit_of(of_round), by=officer(), day=date(2026, 11, 22))
    sentence = f"{UNIT}的督导日期2026年12月5日不在2026年11月24日至2026年12月4日以内，请核对。"
    with refused(sentence):
        move_visit(visit_of(of_round), by=officer(), day=date(2026, 12, 5))
    assert move_visit(visit_of(of_round), by=officer(), day=END).day == END
    assert alerts_of(HEAD)[-1] == f"{TITLE}对本单位的督导日期由2026年11月25日改为2026年12月4日。"
    with time_machine.travel(THERE + timedelta(days=9), tick=False):
        sentence = f"{UNIT}的督导日期2026年12月4日已到，不能再改期；改在以后去的，登记督导情况时写明实际日期。"
        with refused(by_the_office(sentence)):
            move_visit(visit_of(of_round), by=officer(), day=END)


def test_a_round_ends_once_each_unit_was_informed_or_dropped():
    of_round = announced()
    informed_visit(of_round=of_round)
    county = cast.unit(cast.COUNTY).full_name
    sentence = f"{county}还没有印发督导意见书，不能结束督导；请先印发，或者写明原因不再督导。"
    with refused(by_the_office(sentence)):
        end_round(of_round, by=officer())
    sentence = f"已向{UNIT}印发督导意见书，不能取消这次督导；其余单位请分别写明原因不再督导，再结束督导。"
    with refused(by_the_office(sentence)):
        cancel_round(of_round, by=officer(), reason="不做了。")
    drop_visit(visit_of(of_round, cast.COUNTY), by=officer(), reason="该区已由上级督导。")
    assert alerts_of(f"head_{cast.COUNTY}")[-1] == f"{TITLE}不再对本单位开展：该区已由上级督导。"
    assert end_round(of_round, by=officer()).state == RoundState.ENDED
    with refused(f"“{TITLE}”现在是“已结束”，不能再结束。"):
        end_round(of_round, by=officer())


def test_a_round_of_which_every_unit_was_dropped_is_cancelled():
    of_round = announced(visits=[visit()])
    drop_visit(visit_of(of_round), by=officer(), reason="该镇已由上级督导。")
    with refused("所列单位都不再督导，没有督导可以结束；请取消这次督导并写明原因。"):
        end_round(of_round, by=officer())
    with refused("尚未写明取消的原因。"):
        cancel_round(of_round, by=officer(), reason="")
    assert cancel_round(of_round, by=officer(), reason="没有单位可去。").state == RoundState.CANCELLED


def test_a_unit_that_was_dropped_before_gets_no_notice():
    of_round = planned_round()
    drop_visit(visit_of(of_round), by=officer(), reason="该镇已由上级督导。")
    announce_round(of_round, by=officer())
    assert [paper.visit.unit.code for paper in Document.objects.filter(kind=DocumentKind.ROUND_NOTICE)] == [cast.COUNTY]
    assert alerts_of(HEAD) == []
    assert Event.objects.get(verb="announce_round").data["units"] == 1


def test_a_round_that_goes_to_nobody_any_more_is_announced_to_nobody():
    of_round = planned_round(visits=[visit()])
    drop_visit(visit_of(of_round), by=officer(), reason="该镇已由上级督导。")
    with refused("所列单位都不再督导，没有单位可以通知；请取消这次督导并写明原因。"):
        announce_round(of_round, by=officer())


def test_the_records_of_rounds_agree():
    ended()
    informed_visit(of_round=None)
    assert list(check_rounds()) == []


def test_a_unit_hears_of_each_day_though_one_comes_a_second_time():
    of_round = announced()
    first, second = date(2026, 11, 26), date(2026, 11, 27)
    for day in (first, second, first):
        move_visit(visit_of(of_round), by=officer(), day=day)
    sent = [text for text in alerts_of(HEAD) if "改为" in text]
    assert [text[-12:-1] for text in sent] == ["2026年11月26日", "2026年11月27日", "2026年11月26日"]


def test_linked_rounds_come_every_two_years_after_the_first():
    today = DAY
    assert linked_round_due(today) is None
    of_round = ended()
    assert linked_round_due(today) is None
    assert linked_round_due(date(2028, 10, 4)) is None
    due = linked_round_due(date(2028, 10, 5))
    assert due is not None
    assert due.words == "上次联动督导于2026年12月4日结束，下一次应在2028年12月4日前开展，还没有制定方案"
    OfficeSetting.objects.filter(key="linked_round_months").update(value=0)
    assert linked_round_due(date(2028, 10, 5)) is None
    assert of_round.state == RoundState.ENDED


def test_a_scan_of_the_signatures_is_kept_with_the_conclusion():
    of_visit = visit_of(announced())
    found(of_visit)
    concluded(visit_of(of_visit.round), scan=[pdf("签名一.pdf")])
    assert [file.name for file in visit_of(of_visit.round).files.all()] == ["签名一.pdf"]
