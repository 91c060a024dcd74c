"""督导 on its way: a team that changes, a day on which nobody went, and how a conclusion was come to."""

from datetime import date, timedelta

import pytest
import time_machine
from django.db import DatabaseError, connection, transaction

from tests import cast
from tests.factories import pdf
from tests.refusals import appoint, by_the_office, not_theirs, refused
from tests.rounds import (
    DISCUSSION,
    END,
    THERE,
    TITLE,
    WRONG,
    announced,
    concluded,
    covert_round,
    found,
    informed,
    planned_round,
    visit_of,
)
from tests.web import Visitor
from yuetan.actions.rounds.closing import move_visit
from yuetan.actions.rounds.findings import record_round_finding, withdraw_round_finding
from yuetan.actions.rounds.team import adjust_team, team_shown
from yuetan.models import Alert, Document, RoundFile, RoundVisit, SupervisionRound, User
from yuetan.rules.dates import clock
from yuetan.vocabulary import PostKind

pytestmark = pytest.mark.usefixtures("office")
HEAD = f"head_{cast.TOWN}"
UNIT = "蓬江区棠下镇"


def officer() -> User:
    return cast.person("officer")


def people(*names: str) -> list[User]:
    return [cast.person(name) for name in names]


def alerts_of(username: str) -> list[str]:
    return list(Alert.objects.filter(recipient=cast.person(username)).order_by("pk").values_list("text", flat=True))


def adjusted(of_round, *names, leader="director", reason="周七因病不能参加。", by="officer", seen=None):
    seen = team_shown(of_round) if seen is None else seen
    team = {"members": people(*names), "leader": cast.person(leader) if leader else None}
    return adjust_team(of_round, by=cast.person(by), reason=reason, seen=seen, **team)


def test_a_team_that_loses_somebody_goes_on_with_another_and_findings_are_of_the_team_of_their_day():
    of_round = announced()
    of_visit = visit_of(of_round)
    with time_machine.travel(THERE, tick=False):
        found(of_visit)
        first = SupervisionRound.objects.with_people().get(pk=of_round.pk).team_words
    later = THERE + timedelta(days=2)
    with time_machine.travel(later, tick=False):
        adjusted(of_round, "director", "officer", "second_officer")
        of_round = SupervisionRound.objects.with_people().get(pk=of_round.pk)
        assert of_round.team_words != first
        assert sorted(of_round.team_changes) == [
            "周七（督查员）：2026年11月27日退出：周七因病不能参加。",
            "李二（承办人）：2026年11月27日加入：周七因病不能参加。",
        ]
    with time_machine.travel(later + timedelta(days=1), tick=False):
        day, both = clock.today(), people("officer", "supervisor")
        facts = {"place": "", "words": WRONG, "is_problem": True, "proof": []}
        with refused(by_the_office("周七不是督导组成员，不能列为现场督导的人员，请另选。")):
            record_round_finding(of_visit, by=officer(), seen_on=day, people=both, **facts)
        record_round_finding(of_visit, by=officer(), seen_on=date(2026, 11, 26), people=both, **facts)
        with refused(by_the_office("李二不是督导组成员，不能列为现场督导的人员，请另选。")):
            team = people("officer", "second_officer")
            record_round_finding(of_visit, by=officer(), seen_on=date(2026, 11, 26), people=team, **facts)
        record_round_finding(of_visit, by=officer(), seen_on=day, people=team, **facts)


def test_who_joins_or_leaves_and_each_unit_with_a_notice_hears_of_the_team():
    of_round = announced()
    adjusted(of_round, "director", "officer", "second_officer")
    words = f"{TITLE}的督导组调整为："
    assert alerts_of(HEAD)[-1].startswith(words)
    for username in ("supervisor", "second_officer"):
        assert alerts_of(username)[-1].startswith(words)
    assert not [text for text in alerts_of("director") if text.startswith(words)]


def test_a_team_is_adjusted_on_the_way_alone_with_a_reason_and_as_a_plan_asks_of_it():
    planned_only = planned_round(title="没有通知的督导")
    sentence = "“没有通知的督导”现在是“拟开展”，不能再调整督导组；还没有开始的，请修改方案。"
    with refused(sentence.replace("拟开展", planned_only.state.label)):
        adjusted(planned_only, "director", "officer", "second_officer")
    of_round = announced()
    with refused("调整督导组还缺：带队人。", "尚未写明调整督导组的原因。"):
        adjusted(of_round, "director", "officer", leader=None, reason="")
    with refused("督导组没有变动，不必调整；请改定成员或者带队人。"):
        adjusted(of_round, "director", "officer", "supervisor")
    with refused(by_the_office("督导组至少2人，现有1人，请补齐成员。")):
        adjusted(of_round, "director")
    appoint(cast.person("second_officer"), cast.unit(cast.TOWN), PostKind.LEADER_IN_CHARGE, "副镇长")
    recused = f"李二任职于{UNIT}，应当回避，不能参加对该单位的督导，请另选成员。"
    with refused(by_the_office(recused)):
        adjusted(of_round, "director", "officer", "second_officer")
    with not_theirs():
        adjusted(of_round, "director", "officer", by="second_officer")
    seen = team_shown(of_round)
    adjusted(of_round, "director", "officer")
    meanwhile = "张一已于2026年11月23日 10:00保存了督导组，与您打开本页时的不同；您写的仍在本页，"
    with refused(f"{meanwhile}请另开一页看过现在的内容，合并后再保存。"):
        adjusted(of_round, "director", "supervisor", seen=seen)


def test_the_database_keeps_who_went():
    of_round = announced()
    for change in ("DELETE FROM yuetan_roundmember", "UPDATE yuetan_roundmember SET leads = NOT leads"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(change)
    assert of_round.members.count() == 3


def test_an_unannounced_visit_that_nobody_made_is_moved_with_a_reason_and_out_of_sight_again():
    of_round = covert_round()
    of_visit, head = visit_of(of_round), cast.head(cast.TOWN)
    new = END + timedelta(days=3)
    with time_machine.travel(THERE, tick=False):
        assert RoundVisit.objects.visible_to(head).filter(pk=of_visit.pk).exists()
        with refused("尚未写明改期的原因。"):
            move_visit(of_visit, by=officer(), day=new)
        with refused("新的督导日期2026年11月25日不得早于今天，请改定。"):
            move_visit(of_visit, by=officer(), day=clock.today(), reason="带队人因公外出。")
        moved = move_visit(of_visit, by=officer(), day=new, reason="带队人因公外出。")
        assert (moved.moved_from, moved.round.ends_on) == (date(2026, 11, 25), new)
        assert not RoundVisit.objects.visible_to(head).filter(pk=of_visit.pk).exists()
        assert not [text for text in alerts_of(HEAD) if "督导" in text]
    with time_machine.travel(THERE + timedelta(days=12), tick=False):
        assert RoundVisit.objects.visible_to(head).filter(pk=of_visit.pk).exists()


def test_an_unannounced_visit_at_which_something_was_seen_is_not_moved():
    of_visit = visit_of(covert_round())
    with time_machine.travel(THERE, tick=False):
        withdraw_round_finding(found(of_visit), by=officer(), reason="登记到了别的单位。")
        with refused(
            by_the_office(f"{UNIT}的督导日期2026年11月25日已到，不能再改期；改在以后去的，登记督导情况时写明实际日期。")
        ):
            move_visit(of_visit, by=officer(), day=END, reason="带队人因公外出。")


def test_how_a_conclusion_was_come_to_is_written_down_and_never_the_units():
    of_visit = visit_of(announced())
    found(of_visit)
    with refused("集体结论还缺：讨论过程。"):
        concluded(of_visit, discussion=" ")
    of_visit = concluded(of_visit, proof=[pdf("讨论记录.pdf")])
    paper = informed(of_visit)
    assert RoundFile.objects.filter(visit=of_visit).count() == 2
    assert DISCUSSION[:6] not in Document.objects.get(pk=paper.pk).html
    for username, reads in (("officer", True), (HEAD, False)):
        page = Visitor(cast.person(username)).open(f"/rounds/visits/{of_visit.pk}/")
        assert (DISCUSSION in page) == reads
        assert ("讨论记录.pdf" in page) == reads
