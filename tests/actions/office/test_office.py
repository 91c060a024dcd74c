"""办公室设定: changed by the director, in the log, and never out of bounds."""

import pytest

from tests import cast
from tests.consistency import check_all
from tests.factories import case_in
from tests.refusals import appoint, not_theirs, refused
from yuetan.actions.office.office import change_office_setting, decide_setting_change, retract_setting_change
from yuetan.models import Accountability, Alert, Event, OfficeSetting, PendingStep, Post, SettingChange
from yuetan.rules.dates import clock
from yuetan.vocabulary import CaseState, Verb


@pytest.fixture
def lead_days(office):
    """How many working days a notice goes ahead."""
    return OfficeSetting.objects.get(key="notice_lead_days")


def test_a_change_is_in_the_log_with_both_values(lead_days, director):
    change_office_setting(lead_days, by=director, value=5)
    event = Event.objects.get()
    assert event.data == {"setting": "约谈通知提前工作日数", "before": "3", "after": "5"}
    assert event.actor == director


@pytest.mark.parametrize("value", [-1, 91, "5", None, 2.5])
def test_a_number_is_a_small_whole_one(lead_days, director, value):
    with refused("“约谈通知提前工作日数”须为 0 至 90 的整数。", field="value"):
        change_office_setting(lead_days, by=director, value=value)


def test_some_post_approves(office, director):
    posts = OfficeSetting.objects.get(key="approving_posts")
    with refused("“可以审定的职务”至少选择一个职务。", field="value"):
        change_office_setting(posts, by=director, value=[])


@pytest.fixture
def deputies_approve(office, director):
    """The director proposes that the deputies may approve; nothing but a leader's word gives it effect."""
    posts = OfficeSetting.objects.get(key="approving_posts")
    change_office_setting(posts, by=director, value=["deputy_leader"])
    return SettingChange.objects.get()


def test_who_may_decide_is_changed_by_two_persons(deputies_approve, director, group_leader):
    assert OfficeSetting.objects.posts("approving_posts") == ["group_leader", "first_deputy_leader"]
    alerts = Alert.objects.filter(key=f"setting:{deputies_approve.pk}").order_by("recipient__name")
    assert {alert.recipient.name for alert in alerts} == {"赵四", "钱五"}
    decided = decide_setting_change(deputies_approve, by=group_leader, agreed=True)
    assert OfficeSetting.objects.posts("approving_posts") == ["deputy_leader"]
    assert (decided.proposed_by, decided.decided_by, decided.outcome) == (director, group_leader, "confirmed")
    verbs = list(Event.objects.order_by("pk").values_list("verb", "actor__name"))
    assert verbs == [("propose_office_setting", "王三"), ("confirm_office_setting", "赵四")]
    assert Alert.objects.get(recipient=director).text.startswith("赵四已确认您提出的修改，立即生效")


def test_a_leader_who_does_not_agree_leaves_all_as_it_was(deputies_approve, first_deputy):
    decide_setting_change(deputies_approve, by=first_deputy, agreed=False)
    assert OfficeSetting.objects.posts("approving_posts") == ["group_leader", "first_deputy_leader"]
    with refused("“可以审定的职务”的这项修改领导不同意，未生效，不能再办理。"):
        decide_setting_change(deputies_approve, by=first_deputy, agreed=True)


def test_nobody_gives_himself_the_power_while_somebody_has_it(deputies_approve, deputy):
    with refused("办公室设定：本项修改由现任组长、第一副组长确认，孙六现不任此职，不能确认。"):
        decide_setting_change(deputies_approve, by=deputy, agreed=True)


def test_where_no_approving_post_is_held_another_leader_confirms(deputies_approve, deputy):
    Post.objects.filter(kind__in=["group_leader", "first_deputy_leader"]).update(ended_on=clock.today())
    decide_setting_change(deputies_approve, by=deputy, agreed=True)
    assert OfficeSetting.objects.posts("approving_posts") == ["deputy_leader"]


def test_a_director_who_is_a_leader_too_does_not_confirm_himself(deputies_approve, director):
    Post.objects.filter(kind="first_deputy_leader").update(ended_on=clock.today())
    appoint(director, cast.unit(cast.GROUP), "first_deputy_leader", "第一副组长")
    with refused("办公室设定：王三是提出人，不得确认本人提出的修改；请领导小组另一位领导确认。"):
        decide_setting_change(deputies_approve, by=cast.person("director"), agreed=True)


def test_one_change_of_it_at_a_time(deputies_approve, director):
    posts = deputies_approve.setting
    waiting = "办公室设定：“可以审定的职务”改为“副组长”的修改（王三提出）正待领导确认；要另行修改的，请先收回。"
    with refused(waiting, field="value"):
        change_office_setting(posts, by=director, value=["group_leader"])
    retract_setting_change(deputies_approve, by=director)
    with refused("“可以审定的职务”没有改动，不必提请领导确认。", field="value"):
        change_office_setting(posts, by=director, value=["group_leader", "first_deputy_leader"])


def test_which_text_of_accountability_is_carried_out_two_persons_decide(office, director, group_leader):
    text = OfficeSetting.objects.get(key="accountability_text")
    for unfit in ("江门市扫黑除恶专项斗争约谈办法", "没有装入的办法"):
        words = "“执行的责任制文本”只能选已装入的责任制文本；本地的文本请系统维护人员先装入，再来选择。"
        with refused(words, field="value"):
            change_office_setting(text, by=director, value=unfit)
    title = Accountability.objects.get().regulation.title
    change_office_setting(text, by=director, value=title)
    assert Accountability.objects.carried_out(clock.today()) is None
    change = SettingChange.objects.get()
    assert change.words == f"由“不执行责任制，各文本只供参考”改为“《{title}》”"
    decide_setting_change(change, by=group_leader, agreed=True)
    assert Accountability.objects.carried_out(clock.today()).regulation.title == title


def test_the_history_names_who_changed_what(lead_days, director):
    change_office_setting(lead_days, by=director, value=5)
    change = SettingChange.objects.get()
    assert (change.words, change.proposed_by, change.outcome) == ("由“3”改为“5”", director, "in_effect")


@pytest.mark.parametrize("who", ["officer", "director", "supervisor", "sysadmin", "auditor", "head"])
def test_nobody_but_a_leader_confirms(deputies_approve, request, who):
    with not_theirs():
        decide_setting_change(deputies_approve, by=request.getfixturevalue(who), agreed=True)


@pytest.mark.parametrize("who", ["officer", "group_leader", "supervisor", "sysadmin", "auditor", "head"])
def test_nobody_but_the_director_changes_them(lead_days, request, who):
    with not_theirs():
        change_office_setting(lead_days, by=request.getfixturevalue(who), value=5)


def awaited_leaders():
    """Who is waited for to approve."""
    return set(PendingStep.objects.now().filter(verb=Verb.APPROVE).values_list("person__name", flat=True))


def test_who_may_decide_from_now_on_is_awaited_from_now_on(deputies_approve, group_leader):
    case_in(CaseState.PROPOSED)
    before = awaited_leaders()
    decide_setting_change(deputies_approve, by=group_leader, agreed=True)
    assert awaited_leaders() != before
    check_all()


def test_the_same_where_the_office_lets_the_director_decide_alone(office, director):
    OfficeSetting.objects.filter(key="approving_posts").update(needs_leader=False)
    case_in(CaseState.PROPOSED)
    before = awaited_leaders()
    posts = OfficeSetting.objects.get(key="approving_posts")
    change_office_setting(posts, by=director, value=["deputy_leader"])
    assert awaited_leaders() != before
    check_all()
