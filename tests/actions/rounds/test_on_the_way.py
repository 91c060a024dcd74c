"""督导 on its way: a team that changes, a day on which nobody went, and how a conclusion was come to."""

from datetime import date, timedelta
from importlib import import_module

import pytest
import time_machine
from django.apps import apps
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
    informed_visit,
    planned_round,
    visit_of,
)
from tests.web import Visitor
from yuetan.actions.rounds.closing import drop_visit
from yuetan.actions.rounds.conclusion import digest_of_visit
from yuetan.actions.rounds.findings import record_round_finding, withdraw_round_finding
from yuetan.actions.rounds.reschedule import move_visit
from yuetan.actions.rounds.team import adjust_team, team_shown
from yuetan.actions.seen import require_as_seen
from yuetan.models import Alert, Document, Event, RoundFile, RoundVisit, SupervisionRound, User
from yuetan.rules.dates import clock
from yuetan.vocabulary import PostKind

REASONS_OF_EACH_TIME = import_module("yuetan.migrations.0127_records_kept_whole").reasons_of_each_time
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
    meanwhile = "张一已于2026年11月23日 10:00保存了督导组名单，与您打开本页时的不同；您写的仍在本页，"
    with refused(f"{meanwhile}请另开一页看过现在的内容，合并后再保存。"):
        adjusted(of_round, "director", "supervisor", seen=seen)


def seen_together(of_visit, on, *names):
    facts = {"place": "", "words": WRONG, "is_problem": True, "proof": []}
    return record_round_finding(of_visit, by=officer(), seen_on=on, people=people(*names), **facts)


def test_on_the_day_of_a_change_who_left_and_who_joined_may_have_been_there():
    of_round = announced()
    of_visit = visit_of(of_round)
    with time_machine.travel(THERE + timedelta(days=1), tick=False):
        adjusted(of_round, "director", "officer", "second_officer")
        changed = clock.today()
    with time_machine.travel(THERE + timedelta(days=3), tick=False):
        seen_together(of_visit, changed, "supervisor", "second_officer")
        with refused(by_the_office("李二不是督导组成员，不能列为现场督导的人员，请另选。")):
            seen_together(of_visit, changed - timedelta(days=1), "supervisor", "second_officer")
        with refused(by_the_office("周七不是督导组成员，不能列为现场督导的人员，请另选。")):
            seen_together(of_visit, changed + timedelta(days=1), "supervisor", "second_officer")


def test_who_leads_from_now_on_or_no_longer_neither_joined_nor_left():
    of_round = announced()
    adjusted(of_round, "director", "officer", "second_officer", leader="officer", reason="主任外出。")
    assert sorted(SupervisionRound.objects.with_people().get(pk=of_round.pk).team_changes) == [
        "周七（督查员）：2026年11月23日退出：主任外出。",
        "张一（承办人）：2026年11月23日改为带队：主任外出。",
        "李二（承办人）：2026年11月23日加入：主任外出。",
        "王三（主任）：2026年11月23日改为成员：主任外出。",
    ]
    noted = Event.objects.get(verb="adjust_team").data
    assert (noted["joined"], noted["left"], noted["leader"]) == (1, 1, "张一")
    adjusted(of_round, "director", "officer", leader="officer", reason="周七、李二另有任务。")
    assert (Event.objects.filter(verb="adjust_team").latest("pk").data).items() >= {"joined": 0, "left": 1}.items()
    assert "leader" not in Event.objects.filter(verb="adjust_team").latest("pk").data


@pytest.mark.parametrize("later", [timedelta(hours=1), timedelta(days=2)])
def test_a_unit_that_was_informed_reads_of_the_team_that_came_and_hears_of_no_other(later):
    of_round = announced()
    read = informed_visit(of_round=of_round)
    with time_machine.travel(THERE + later, tick=False):
        appoint(cast.person("second_officer"), cast.unit(cast.TOWN), PostKind.LEADER_IN_CHARGE, "副镇长")
        adjusted(of_round, "director", "officer", "second_officer", leader="officer")
        page = Visitor(cast.person(HEAD)).open(f"/rounds/visits/{read.pk}/")
        assert "带队人王三（主任）；成员张一（承办人）、周七（督查员）" in page
        assert "李二" not in page
        ahead = visit_of(of_round, cast.COUNTY)
        page = Visitor(cast.person(f"head_{cast.COUNTY}")).open(f"/rounds/visits/{ahead.pk}/")
        assert "带队人张一（承办人）；成员王三（主任）、李二（承办人、蓬江区棠下镇副镇长）" in page
    assert not [text for text in alerts_of(HEAD) if "督导组调整为" in text]
    assert [text for text in alerts_of(f"head_{cast.COUNTY}") if "督导组调整为" in text]


def test_a_unit_that_was_dropped_reads_of_no_later_team():
    of_round = announced()
    drop_visit(visit_of(of_round), by=officer(), reason="已由上级督导。")
    with time_machine.travel(THERE, tick=False):
        adjusted(of_round, "director", "officer", "second_officer")
    assert "周七" in visit_of(of_round).team_words
    assert "李二" not in visit_of(of_round).team_words


def test_who_joined_on_the_day_of_the_opinion_is_named_where_they_stand_for_its_conclusion():
    of_round = announced()
    with time_machine.travel(THERE, tick=False):
        adjusted(of_round, "director", "officer", "second_officer")
        found(visit_of(of_round), people=people("officer", "second_officer"))
        informed(concluded(visit_of(of_round), people=people("director", "officer", "second_officer")))
    assert "李二" in visit_of(of_round).team_words


def test_no_unit_hears_of_the_team_of_an_unannounced_round():
    of_round = covert_round()
    with time_machine.travel(THERE, tick=False):
        adjusted(of_round, "director", "officer", "second_officer")
        assert alerts_of("second_officer")[-1].startswith(f"{of_round.title}的督导组调整为：")
        for username in (HEAD, f"liaison_{cast.TOWN}", f"head_{cast.COUNTY}"):
            assert not [text for text in alerts_of(username) if "督导组" in text]


@pytest.mark.parametrize("changed", [{"concluded_on": date(2026, 11, 27)}, {"discussion": "另有一种意见，未采纳。"}])
def test_a_conclusion_of_which_another_changed_only_the_day_or_the_discussion_is_not_overwritten(changed):
    of_visit = visit_of(announced())
    found(of_visit)
    with time_machine.travel(THERE + timedelta(days=2), tick=False):
        concluded(of_visit, concluded_on=date(2026, 11, 26))
        seen = digest_of_visit(visit_of(of_visit.round))
        concluded(of_visit, **{"concluded_on": date(2026, 11, 26), **changed})
        meanwhile = "张一已于2026年11月27日 15:00保存了督导情况或者集体结论，与您打开本页时的不同；"
        with refused(f"{meanwhile}您写的仍在本页，请另开一页看过现在的内容，合并后再保存。"):
            concluded(of_visit, concluded_on=date(2026, 11, 26), seen=seen)


def test_what_changed_without_a_line_of_the_log_is_named_without_a_time():
    words = "有人刚才保存了督导方案，与您打开本页时的不同；您写的仍在本页，"
    with refused(f"{words}请另开一页看过现在的内容，合并后再保存。"):
        require_as_seen("a", "b", "督导方案", ("revise_round",), title="没有的督导")


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
    with time_machine.travel(THERE + timedelta(days=1), tick=False):
        assert RoundVisit.objects.visible_to(head).filter(pk=of_visit.pk).exists()
    with time_machine.travel(THERE, tick=False):
        with refused("尚未写明改期的原因。"):
            move_visit(of_visit, by=officer(), day=new)
        with refused("新的督导日期2026年11月25日不得早于今天，请改定。"):
            move_visit(of_visit, by=officer(), day=clock.today(), reason="带队人因公外出。")
        moved = move_visit(of_visit, by=officer(), day=new, reason="带队人因公外出。")
        assert (moved.moved_from, moved.round.ends_on) == (date(2026, 11, 25), new)
        assert not RoundVisit.objects.visible_to(head).filter(pk=of_visit.pk).exists()
        assert not [text for text in alerts_of(HEAD) if "督导" in text]
    with time_machine.travel(THERE + timedelta(days=12), tick=False):
        assert not RoundVisit.objects.visible_to(head).filter(pk=of_visit.pk).exists()
    with time_machine.travel(THERE + timedelta(days=13), tick=False):
        assert RoundVisit.objects.visible_to(head).filter(pk=of_visit.pk).exists()


def missed_twice():
    """A covert round of which nobody made the visit to the town, twice."""
    of_round = covert_round()
    with time_machine.travel(THERE, tick=False):
        move_visit(visit_of(of_round), by=officer(), day=date(2026, 12, 2), reason="带队人因公外出。")
    with time_machine.travel(THERE + timedelta(days=7), tick=False):
        move_visit(visit_of(of_round), by=officer(), day=date(2026, 12, 9), reason="台风停工。")
    return of_round


def test_why_nobody_went_is_kept_of_each_time_and_stays_once_the_unit_is_informed():
    of_round = missed_twice()
    of_visit = visit_of(of_round)
    assert of_visit.move_words == "原定2026年11月25日：带队人因公外出。\n原定2026年12月2日：台风停工。"
    with time_machine.travel(THERE + timedelta(days=14), tick=False):
        found(of_visit)
        informed(concluded(visit_of(of_round)))
    for change in ("moved_from = moved_from + 1", "move_reason = move_reason || '。'"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"UPDATE yuetan_roundvisit SET {change} WHERE id = %s", [of_visit.pk])


def test_reasons_of_earlier_times_that_were_overwritten_are_written_down_again_out_of_the_log():
    """Migration 0127, of a database in which the last reason stood alone; one missed once stays as it is."""
    other = covert_round(title="另一次暗访")
    of_visit = visit_of(missed_twice())
    with time_machine.travel(THERE + timedelta(days=8), tick=False):
        move_visit(of_visit, by=officer(), day=date(2026, 12, 8))
        move_visit(visit_of(other), by=officer(), day=date(2026, 12, 9), reason="另有任务。")
    with time_machine.travel(THERE + timedelta(days=13), tick=False):
        move_visit(of_visit, by=officer(), day=date(2026, 12, 16), reason="又遇台风。")
    words, alone = visit_of(of_visit.round).move_words, visit_of(other).move_words
    assert words.count("原定") == 3
    RoundVisit.objects.filter(pk=of_visit.pk).update(moved_from=date(2026, 12, 8), move_reason="又遇台风。")
    REASONS_OF_EACH_TIME(apps, None)
    assert visit_of(of_visit.round).move_words == words
    assert visit_of(other).move_words == alone


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
