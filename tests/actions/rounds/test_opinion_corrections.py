"""更正督导意见书: concluded anew, by two persons, as a new paper that is signed for again and that tasks follow."""

from datetime import timedelta

import pytest
import time_machine
from django.db import DatabaseError, connection, transaction

from tests import cast
from tests.meetings import printed
from tests.opinion_corrections import BETTER, FORGOTTEN, REASON, afterwards, corrected_draft, forgotten, reissued
from tests.past_triggers import past_triggers
from tests.refusals import appoint, by_the_office, not_theirs, refused, refused_among
from tests.rounds import (
    CONCLUSION,
    THERE,
    TITLE,
    WRONG,
    announced,
    concluded,
    ended,
    found,
    given_of_round,
    informed,
    informed_visit,
    signed_for,
    there,
    visit_of,
)
from yuetan.actions.record.checks.check_rounds import check_rounds
from yuetan.actions.rounds.announcing import receive_round_paper
from yuetan.actions.rounds.closing import end_round
from yuetan.actions.rounds.opinion_correction import corrected_paper, digest_to_correct, withdraw_opinion_correction
from yuetan.actions.rounds.team import adjust_team, team_shown
from yuetan.models import Alert, Document, OpinionCorrection, RoundFile, RoundFinding
from yuetan.models.rounds.offered import offered_by_visit
from yuetan.rules.dates import clock
from yuetan.scenarios.assignment_drivers import take
from yuetan.vocabulary import DocumentKind, DocumentStatus, PostKind, Verb

pytestmark = pytest.mark.usefixtures("office")
HEAD = f"head_{cast.TOWN}"
UNIT = "蓬江区棠下镇"


@pytest.fixture
def visit():
    """A unit that signed for the 督导意见书 on one problem."""
    informed_of = informed_visit()
    with time_machine.travel(there(), tick=False):
        signed_for(informed_of, by=cast.person(HEAD))
    return visit_of(informed_of.round)


def given_up(visit, *, by="officer", reason="不必更正。"):
    return withdraw_opinion_correction(visit_of(visit.round), by=cast.person(by), reason=reason)


def alerts_of(username):
    return list(Alert.objects.filter(recipient=cast.person(username)).order_by("pk").values_list("text", flat=True))


def test_what_was_forgotten_is_added_by_a_new_paper_and_the_unit_signs_again(visit):
    old = visit.opinion
    corrected_draft(visit, conclusion=BETTER, forgotten=[forgotten()], demands="明确责任人。\n清理占道经营。")
    waiting = visit_of(visit.round)
    assert (waiting.conclusion, waiting.problem_count, waiting.opinion) == (CONCLUSION, 1, old)
    new = reissued(visit)
    now = visit_of(visit.round)
    assert (now.conclusion, now.demands, now.finding_count, now.problem_count) == (
        BETTER,
        "明确责任人。\n清理占道经营。",
        2,
        2,
    )
    assert (now.opinion, new.serial) == (new, old.serial + 1)
    assert Document.objects.get(pk=old.pk).status == DocumentStatus.REPLACED
    said = printed(new)
    title = f"关于{UNIT}联动督导情况的督导意见"
    assert f"《{title}》（{old.number}）因{REASON}，现予更正重印，由本督导意见替代。" in said
    assert f"（一）{WRONG}。（二）{FORGOTTEN}。" in said
    assert "（一）明确责任人。（二）清理占道经营。" in said
    assert now.opinion_received_at is None
    words = f"{TITLE}对本单位的督导意见书（{old.number}）已更正，以{new.number}为准，请重新签收：{REASON}"
    assert alerts_of(HEAD)[-1] == words
    made = OpinionCorrection.objects.get()
    assert (made.received_by, made.stood["visit"]["conclusion"]) == (cast.person(HEAD), CONCLUSION)
    with time_machine.travel(afterwards(), tick=False):
        signed_for(now, by=cast.person(HEAD))
    assert visit_of(visit.round).opinion_received_at > made.received_at
    assert list(check_rounds()) == []


def test_nobody_signs_for_a_paper_that_was_issued_after_they_looked(visit):
    old = visit.opinion
    corrected_draft(visit)
    new = reissued(visit)
    with time_machine.travel(afterwards(), tick=False):
        for unread in (str(old.pk), str(visit.documents.get(kind=DocumentKind.ROUND_NOTICE).pk), ""):
            with refused(f"您打开的文书已由督导意见书（{new.number}）替代，请先查阅督导意见书再签收。"):
                receive_round_paper(visit_of(visit.round), by=cast.person(HEAD), paper=unread)
        assert visit_of(visit.round).opinion_received_at is None
        receive_round_paper(visit_of(visit.round), by=cast.person(HEAD), paper=str(new.pk))
    assert visit_of(visit.round).opinion_received_at


def test_the_notice_is_not_taken_for_the_opinion_that_came_meanwhile():
    of_visit = informed_visit()
    notice = of_visit.documents.get(kind=DocumentKind.ROUND_NOTICE)
    with refused(f"您打开的文书已由督导意见书（{of_visit.opinion.number}）替代，请先查阅督导意见书再签收。"):
        receive_round_paper(of_visit, by=cast.person(HEAD), paper=str(notice.pk))


def test_a_finding_in_other_words_says_something(visit):
    for words in ("无", "。", "111"):
        with refused_among(f"所填的“{words}”看不出内容，请写明具体情况（督导情况还缺：第1项督导情况）。"):
            corrected_draft(visit, worded={1: words})
    assert not OpinionCorrection.objects.exists()


def test_a_finding_that_is_worded_anew_keeps_its_place_and_one_that_is_left_out_goes():
    visit = visit_of(announced())
    for words in (WRONG, "台账没有逐条登记", "会议记录不全"):
        found(visit, words=words)
    informed(concluded(visit_of(visit.round)))
    corrected_draft(visit, worded={1: "农贸市场整治方案没有明确责任人", 2: ""})
    said = printed(reissued(visit))
    assert "（一）农贸市场整治方案没有明确责任人。（二）会议记录不全。" in said
    assert "台账没有逐条登记" not in said
    now = visit_of(visit.round)
    assert (now.finding_count, now.problem_count) == (2, 2)
    gone = RoundFinding.objects.exclude(withdrawn_at=None)
    assert [(one.number, one.withdrawal_reason, one.withdrawn_by.username) for one in gone] == [
        (1, REASON, "director"),
        (2, REASON, "director"),
    ]
    first = RoundFinding.objects.standing_of(now).first()
    assert (first.number, first.names_seen, first.recorded_by) == (1, gone[0].names_seen, cast.person("officer"))
    assert list(check_rounds()) == []


def test_tasks_are_handed_out_by_the_number_in_force_and_what_was_handed_out_does_not_change(visit):
    corrected_draft(visit, conclusion=BETTER)
    with refused(by_the_office(f"{UNIT}的督导意见书正在更正，不能交办整改；请先印发更正稿，或者放弃更正。")):
        given_of_round(visit_of(visit.round))
    second = reissued(visit)
    given = given_of_round(visit_of(visit.round))
    assert given.source_number == second.number
    words = f"意见书上的问题已交办{UNIT}整改，问题和整改要求不能由更正改变；"
    words += "请先由办公室主任撤销交办，更正印发后再交办，已经办结的请发提醒函或者另行督导。"
    for changed in ({"demands": "立即明确责任人。"}, {"forgotten": [forgotten()]}, {"worded": {1: "责任人不明"}}):
        with refused(by_the_office(words)):
            corrected_draft(visit, **changed)
    corrected_draft(visit, forgotten=[forgotten(words="台账齐全", is_problem=False)], reason="漏列台账情况")
    third = reissued(visit)
    given.refresh_from_db()
    assert (given.source_number, given.source_paper) == (second.number, (third.title, third.number))
    assert third.number in offered_by_visit(visit_of(visit.round)).facts
    with time_machine.travel(there(), tick=False):
        take(Verb.REVOKE_ASSIGNMENT, given)
    corrected_draft(visit, demands="立即明确责任人。")
    fourth = reissued(visit)
    assert given_of_round(visit_of(visit.round)).source_number == fourth.number


def test_it_is_refused_before_the_paper_and_once_the_round_is_over():
    waiting = concluded_visit()
    early = f"{UNIT}的督导意见书还没有印发，不用更正；督导情况、集体结论有误的，请直接重新登记。"
    with refused(early):
        corrected_draft(waiting)
    over = ended()
    late = f"“{TITLE}”已经结束，卷宗已可归档，督导意见书不能再更正；"
    with refused(by_the_office(f"{late}需要向{UNIT}说明或者另提要求的，请发提醒函，或者另行督导。")):
        corrected_draft(visit_of(over))


def concluded_visit():
    visit = visit_of(announced(title="另一次督导"))
    found(visit)
    return concluded(visit_of(visit.round))


def test_a_draft_needs_a_reason_a_change_and_what_a_conclusion_needs(visit):
    with refused("尚未写明更正的原因。"):
        corrected_draft(visit, reason=" ", conclusion=BETTER)
    unchanged = "更正后的督导情况、结论和整改要求与已印发的督导意见书相同，无需更正。"
    with refused(unchanged):
        corrected_draft(visit, discussion="另有一种意见。")
    with refused("更正后没有一项督导情况，不能成为督导意见书，请至少保留一项或者补登一项。", none_left()):
        corrected_draft(visit, worded={1: ""})
    with refused(by_the_office("集体结论还缺：签名页扫描件。")):
        corrected_draft(visit, conclusion=BETTER, scan=[])
    with refused(by_the_office("集体结论须有至少3人参加讨论并列名，现有2人，请补齐。")):
        corrected_draft(visit, conclusion=BETTER, people=[cast.person(name) for name in ("officer", "director")])
    with refused(by_the_office("现场督导须有督导组成员至少2人在场，现选1人，请补齐。"), field="witnesses"):
        corrected_draft(visit, forgotten=[forgotten()], witnesses=[cast.person("officer")])
    early = "现场日期2026年11月24日早于督导日期2026年11月25日，请核对；提前去的，请先改定督导日期。"
    with refused(early, field="forgotten"):
        corrected_draft(visit, forgotten=[forgotten(seen_on=THERE.date() - timedelta(days=1))])


def none_left():
    return by_the_office("没有登记发现的问题，不能提出整改要求；请先登记发现的问题，或者不填整改要求。")


def test_it_is_drafted_by_one_and_issued_by_another_as_it_was_looked_at(visit):
    with refused(f"{visit}没有待印发的督导意见书更正稿，可能已经印发或者放弃，请刷新页面。"):
        reissued(visit)
    first = corrected_draft(visit)
    with refused(by_the_office("更正稿由张一拟定，请由另一人核对后印发。")):
        reissued(visit, by="officer")
    corrected_draft(visit, by="supervisor", conclusion=f"{BETTER}限期整改。")
    assert OpinionCorrection.objects.get().drafted_by == cast.person("supervisor")
    with refused("督导记录在您打开本页以后已有变动，请看过现在的文稿再印发。"):
        reissued(visit, seen=first.digest)
    with not_theirs():
        reissued(visit, by="supervisor")
    assert reissued(visit, by="officer").number
    with refused(f"{visit}没有待印发的督导意见书更正稿，可能已经印发或者放弃，请刷新页面。"):
        given_up(visit)


def test_two_who_correct_at_once_hear_of_each_other(visit):
    seen = digest_to_correct(visit_of(visit.round))
    corrected_draft(visit)
    meanwhile = "张一已于2026年11月25日 15:01保存了督导意见书或者更正稿，与您打开本页时的不同；"
    with refused(f"{meanwhile}您写的仍在本页，请另开一页看过现在的内容，合并后再保存。"):
        corrected_draft(visit, by="supervisor", seen=seen, conclusion="另一种结论。")


def test_a_reason_that_changed_meanwhile_is_not_overwritten_unseen(visit):
    seen = corrected_draft(visit, reason="漏列一项问题", conclusion=BETTER)
    opened = digest_to_correct(visit_of(visit.round))
    corrected_draft(visit, by="supervisor", reason="结论文字有误", conclusion=BETTER)
    with refused_among("保存了督导意见书或者更正稿，与您打开本页时的不同；"):
        corrected_draft(visit, seen=opened, conclusion="另一种结论。")
    seen.refresh_from_db()
    assert seen.reason == "结论文字有误"


def test_the_team_that_came_stays_as_its_unit_read_of_it():
    of_round = announced()
    team = [cast.person(name) for name in ("officer", "director", "second_officer")]
    with time_machine.travel(there(), tick=False):
        facts = {"members": team, "leader": team[1], "reason": "周七因病。", "seen": team_shown(of_round)}
        adjust_team(of_round, by=cast.person("officer"), **facts)
        found(visit_of(of_round), people=[team[0], team[2]])
        informed(concluded(visit_of(of_round), people=team))
    before = visit_of(of_round).team_words
    assert "李二" in before
    corrected_draft(
        visit_of(of_round),
        people=[cast.person(name) for name in ("officer", "director", "supervisor")],
        conclusion=BETTER,
    )
    reissued(visit_of(of_round))
    now = visit_of(of_round)
    assert "李二" not in "".join(now.names_concluded)
    assert now.team_words == before


def test_whoever_holds_a_post_in_the_unit_keeps_away(visit):
    corrected_draft(visit)
    appoint(cast.person("director"), cast.unit(cast.TOWN), PostKind.LEADER_IN_CHARGE, "副镇长")
    with not_theirs():
        reissued(visit)
    with not_theirs():
        given_up(visit, by="director")
    with not_theirs():
        corrected_draft(visit, by="director")


def test_one_that_is_given_up_leaves_the_paper_as_it_is_and_its_drafter_hears(visit):
    corrected_draft(visit)
    with refused("尚未写明放弃更正的原因。"):
        given_up(visit, reason="")
    given_up(visit, by="supervisor")
    assert alerts_of("officer")[-1] == f"周七放弃了您拟定的{visit}督导意见书更正：不必更正。"
    now = visit_of(visit.round)
    assert (now.conclusion, now.opinion_received_by) == (CONCLUSION, cast.person(HEAD))
    assert Document.objects.filter(visit=visit, kind=DocumentKind.ROUND_OPINION).count() == 1
    corrected_draft(visit, reason="结论文字有误", conclusion=BETTER)
    assert reissued(visit)


def test_a_round_does_not_end_while_one_waits():
    of_round = announced()
    for code in (cast.TOWN, cast.COUNTY):
        informed_visit(code, of_round=of_round)
    corrected_draft(visit_of(of_round))
    with time_machine.travel(there(), tick=False):
        with refused(by_the_office(f"{UNIT}的督导意见书正在更正，不能结束督导；请先印发更正稿，或者放弃更正。")):
            end_round(of_round, by=cast.person("officer"))
        reissued(visit_of(of_round))
        assert end_round(of_round, by=cast.person("officer")).ended_at


def test_what_the_paper_would_say_is_shown_and_nothing_of_it_stays(visit):
    corrected_draft(visit, forgotten=[forgotten()])
    with time_machine.travel(afterwards(), tick=False):
        facts = corrected_paper(visit_of(visit.round), by=cast.person("director"))
    assert any(FORGOTTEN in paragraph.text for paragraph in facts["body"])
    assert visit_of(visit.round).finding_count == 1
    assert OpinionCorrection.objects.get().confirmed_at is None


def test_its_signed_sheet_is_kept_with_it(visit):
    made = corrected_draft(visit)
    (file,) = RoundFile.objects.filter(correction=made)
    assert (file.visit, file.name) == (visit, "更正签名页.pdf")
    assert not RoundFile.objects.visible_to(cast.person(HEAD)).exists()


def test_the_database_lets_a_visit_become_what_its_correction_says_and_nothing_else(visit):
    corrected_draft(visit)
    reissued(visit)
    moment = clock.now().isoformat()
    for change in (
        "yuetan_roundvisit SET conclusion = '无'",
        f"yuetan_roundvisit SET conclusion = '无', opinion_corrected_at = '{moment}'",
        f"yuetan_roundvisit SET opinion_corrected_at = '{moment}'",
        "yuetan_roundfinding SET withdrawn_at = now(), withdrawn_by_id = recorded_by_id, withdrawal_reason = '误'",
        "yuetan_opinioncorrection SET reason = '无'",
        "yuetan_opinioncorrection SET stood = '{}'",
    ):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"UPDATE {change}")


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ("UPDATE yuetan_roundvisit SET opinion_corrected_at = NULL", "督导意见书的更正与印发的文书"),
        ("UPDATE yuetan_roundvisit SET conclusion = '无' WHERE finding_count > 0", "督导意见书的更正与印发的文书"),
        ("UPDATE yuetan_document SET replaced_by_id = NULL WHERE kind = 'round_opinion'", "反馈与印发的督导意见书"),
    ],
)
def test_the_check_names_a_visit_that_says_otherwise_than_its_correction(visit, changed, words):
    corrected_draft(visit)
    reissued(visit)
    with past_triggers(), connection.cursor() as cursor:
        cursor.execute(changed)
    assert any(words in str(each) for each in check_rounds())
