"""第二十八条, 必要时可派驻工作组: who is of it from when to when, and what it reports to the office."""

import re
from datetime import timedelta

import pytest

from tests.cast import TOWN, head, person
from tests.consistency import check_all
from tests.factories import later, pdf
from tests.ladder import listed_in, take
from tests.refusals import refused
from tests.web import Visitor
from yuetan.models import AccountabilityMeasure, Attachment, Event, TeamMembership, TeamReport
from yuetan.rules.dates import clock
from yuetan.scenarios.measure_drivers import TEAM
from yuetan.vocabulary import MeasureState, Verb

pytestmark = pytest.mark.usefixtures("office")


@pytest.fixture
def sent() -> AccountabilityMeasure:
    return take(Verb.SET_WORK_TEAM, listed_in(MeasureState.SERVED))


def row(name: str, *, leads: bool = False, title: str = "市公安局科长") -> dict[str, object]:
    return {"name": name, "title": title, "leads": leads}


def hits(username: str, measure: AccountabilityMeasure) -> list[str]:
    """Of the names and of what was done, what a person reads on the page."""
    page = Visitor(person(username)).open(f"/measures/{measure.pk}/").words
    return [words for words in ("赵某", "孙某", "钱某", "组建、调整工作组", "另有任务") if words in page]


def test_article_28_a_team_named_before_the_service_stands_on_the_paper() -> None:
    measure = take(Verb.SET_WORK_TEAM, listed_in(MeasureState.DECIDED))
    paper = re.sub(r"<[^>]*>|\s", "", take(Verb.SERVE_MEASURE, measure).paper.html)
    assert "四、工作组" in paper
    assert "组长：市公安局副局长赵某；成员：市司法局科长钱某。" in paper
    check_all()


def test_who_had_left_the_team_before_the_service_was_never_sent_to_the_unit() -> None:
    measure = take(Verb.SET_WORK_TEAM, listed_in(MeasureState.DECIDED))
    members = [TEAM[0], row("孙某")]
    measure = take(Verb.SET_WORK_TEAM, measure, members=members, reason="钱某另有任务。")
    measure = take(Verb.SERVE_MEASURE, measure)
    assert hits("officer", measure) == ["赵某", "孙某", "钱某", "组建、调整工作组", "另有任务"]
    assert hits(f"head_{TOWN}", measure) == ["赵某", "孙某"]
    with later(days=1):
        take(Verb.SET_WORK_TEAM, measure, members=[TEAM[0]], reason="孙某另有任务。")
    assert hits(f"head_{TOWN}", measure) == ["赵某", "孙某", "组建、调整工作组"]


def test_who_leaves_and_who_comes_are_kept_with_their_days(sent) -> None:
    today = clock.today()
    with later(days=5):
        take(Verb.SET_WORK_TEAM, sent, members=[TEAM[0], row("孙某")], since=clock.today(), reason="钱某另有任务。")
        kept = {one.name: (one.joined_on, one.left_on) for one in TeamMembership.objects.all()}
        check_all()
    assert kept == {
        "赵某": (today, None),
        "钱某": (today, today + timedelta(days=5)),
        "孙某": (today + timedelta(days=5), None),
    }


def test_another_leader_is_a_new_row_and_nobody_leads_twice_at_once(sent) -> None:
    with later(days=5):
        members = [row("钱某", leads=True, title="市司法局科长"), row("赵某", title="市公安局副局长")]
        take(Verb.SET_WORK_TEAM, sent, members=members, since=clock.today(), reason="改由司法局牵头。")
    assert [(one.name, one.leads) for one in TeamMembership.objects.filter(left_on=None)] == [
        ("钱某", True),
        ("赵某", False),
    ]
    assert TeamMembership.objects.count() == 4


def test_a_team_is_withdrawn_with_a_reason(sent) -> None:
    with refused("尚未写明调整工作组的原因。", field="reason"):
        take(Verb.SET_WORK_TEAM, sent, members=[], reason="")
    take(Verb.SET_WORK_TEAM, sent, members=[], reason="整改已经走上正轨。")
    assert not TeamMembership.objects.filter(left_on=None).exists()


@pytest.mark.parametrize(
    ("members", "sentence"),
    [
        ([row("赵某")], "工作组须有一名组长，而且只有一名，请在其中选定。"),
        ([row("赵某", leads=True), row("钱某", leads=True)], "工作组须有一名组长，而且只有一名，请在其中选定。"),
        ([row("赵某", leads=True), row("赵某")], "工作组成员重复：赵某，每人只写一次。"),
        ([row("", leads=True)], "工作组成员须逐人写明姓名和单位、职务，请补齐。"),
        (
            [row("冯十", leads=True, title="棠下镇党委书记")],
            "办公室设定：冯十现任棠下镇党委书记，应当回避，不得参加对本单位的工作组。",
        ),
    ],
)
def test_a_team_that_cannot_be_is_refused(members, sentence) -> None:
    measure = listed_in(MeasureState.SERVED)
    with refused(sentence, field="members"):
        take(Verb.SET_WORK_TEAM, measure, members=members)


@pytest.mark.parametrize("days", [-1, 1])
def test_a_team_begins_between_the_decision_and_today(days) -> None:
    measure = listed_in(MeasureState.SERVED)
    sentence = "办公室设定：工作组的起始日期应在2026年11月23日以后、今天以前，请核对。"
    with refused(sentence, field="since"):
        take(Verb.SET_WORK_TEAM, measure, since=clock.today() + timedelta(days=days))


def test_what_the_team_reports_the_office_reads_and_the_unit_does_not(sent) -> None:
    take(Verb.RECORD_TEAM_REPORT, sent, papers=[pdf("报告.pdf")])
    file = Attachment.objects.get(purpose="team_report")
    assert file.team_report == TeamReport.objects.get()
    assert file in Attachment.objects.visible_to(person("group_leader"))
    assert file not in Attachment.objects.visible_to(head(TOWN))
    assert not Event.objects.get(verb="record_team_report").is_outer
    check_all()


def test_nothing_is_reported_by_nobody_nor_before_they_were_sent(sent) -> None:
    sentence = "办公室设定：工作组报告的日期应在派驻之日（2026年11月23日）以后、今天以前，请核对。"
    with refused(sentence, field="reported_on"):
        take(Verb.RECORD_TEAM_REPORT, sent, reported_on=clock.today() - timedelta(days=1))
    with refused("尚未写明工作组报告的内容。", field="words"):
        take(Verb.RECORD_TEAM_REPORT, sent, words="")


def test_article_28_without_a_team_there_is_no_report() -> None:
    measure = listed_in(MeasureState.SERVED)
    with refused("依据第二十八条，还没有派驻工作组，不能登记工作组报告；请先由办公室主任组建工作组。"):
        take(Verb.RECORD_TEAM_REPORT, measure)
