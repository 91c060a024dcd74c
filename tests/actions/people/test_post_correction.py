"""更正任职登记: what was registered wrongly is put right, stays to be read, and nothing done loses its post."""

from contextlib import nullcontext
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import cast
from tests.factories import case_after, case_in, later, succeed, take
from tests.refusals import appoint, not_theirs, refused
from tests.web import Visitor
from yuetan.actions.people.post_correction import annul_post, correct_post
from yuetan.actions.people.unit import begin_post, end_post
from yuetan.errors import Refused
from yuetan.models import Case, Event, Post, User
from yuetan.rules.dates import clock
from yuetan.vocabulary import CaseState, PostKind, Rank, Verb


@pytest.fixture(autouse=True)
def _everybody(office):
    return office


def secretary(unit):
    return unit.posts.get(kind=PostKind.PARTY_SECRETARY, ended_on=None)


def correct(post, **changed):
    """Correct a post; what is not named stays as it is registered."""
    names = ("title", "rank", "began_on", "ended_on")
    stays = {"name": post.holder.name, **{name: getattr(post, name) for name in names}}
    return correct_post(post, by=cast.person("sysadmin"), **stays | {"reason": "登记时写错。"} | changed)


def test_a_wrong_name_is_put_right_everywhere_and_stays_to_be_read(town, sysadmin):
    case, post = case_in(CaseState.NOTIFIED), secretary(town)
    frozen = case.documents.get().html
    correct(post, name="冯士")
    assert User.objects.get(pk=post.holder_id).name == "冯士"
    correction = post.corrections.get()
    assert str(correction) == "冯十（党委书记）：姓名由“冯十”更正为“冯士”"
    assert (correction.reason, correction.corrected_by) == ("登记时写错。", sysadmin)
    assert case.documents.get().html == frozen
    event = Event.objects.filter(verb="correct_post").get()
    assert (event.actor, event.data["words"]) == (sysadmin, "姓名由“冯十”更正为“冯士”")
    take(Verb.ACKNOWLEDGE_RECEIPT, case)


def test_a_post_ended_by_mistake_goes_on(town, head, sysadmin):
    case = case_in(CaseState.RECTIFYING)
    post = end_post(secretary(town), by=sysadmin, ended_on=clock.today())
    assert not Case.objects.visible_to(User.objects.get(pk=head.pk)).exists()
    correct(post, ended_on=None, reason="误登记离任。")
    assert Case.objects.visible_to(User.objects.get(pk=head.pk)).get() == case
    today = f"{clock.today():%Y年%-m月%-d日}"
    assert post.corrections.get().words == f"离任日期由“{today}”更正为“无”"


def test_not_while_another_holds_it(town, head):
    succeed(head, "施二十一")
    post = town.posts.get(holder=head)
    with refused("棠下镇党委（党工委）书记在该期间已有任职记录（施二十一），请核对日期。", field="began_on"):
        correct(post, ended_on=None)


LACKING = [
    ({"reason": " "}, "reason"),
    ({"name": ""}, "name"),
    ({"title": ""}, "title"),
    ({"rank": ""}, "rank"),
    ({"began_on": None}, "began_on"),
    ({"began_on": date(2027, 1, 1)}, "began_on"),
    ({"name": "张一、李二"}, "name"),
    ({}, "name"),
]


@pytest.mark.parametrize(("changed", "field"), LACKING)
def test_what_a_correction_lacks(town, changed, field):
    post = secretary(town)
    with pytest.raises(Refused) as error:
        correct(post, **changed)
    assert error.value.reasons[0].field == field
    assert not post.corrections.exists()


def test_what_was_done_in_it_stays_within_it(town, deputy):
    case_in(CaseState.INTERVIEWED)
    post = deputy.posts.get(ended_on=None)
    with later(days=3):
        with refused(
            "办公室设定：孙六在2026年11月23日曾以这项职务进行约谈，任期须包括这一天；任期已满的，请登记离任，不能作废登记。",
            field="reason",
        ):
            correct(post, began_on=clock.today())
        correct(post, began_on=post.began_on - timedelta(days=30))


def test_the_wrong_person_is_annulled_and_the_right_one_registered(town, sysadmin):
    liaison = town.posts.get(kind=PostKind.LIAISON)
    facts = {"unit": town, "kind": PostKind.LIAISON, "title": "联络员", "rank": "", "began_on": clock.today()}
    new = {"holder": None, "name": "施二十一", "username": "", "password": ""}
    wrong = begin_post(by=sysadmin, **facts, **new)
    annul_post(wrong, by=sysadmin, reason="另一个镇的联络员。")
    wrong.refresh_from_db()
    assert (wrong.is_annulled, wrong.is_current, wrong in Post.objects.current()) == (True, False, False)
    assert liaison.is_current
    with refused("施二十一的这条任职登记已经作废，不能再更正；请重新登记任职。", field="reason"):
        annul_post(wrong, by=sysadmin, reason="再作废。")


def test_a_post_in_which_something_was_done_is_not_annulled(head, town, sysadmin):
    case_in(CaseState.INTERVIEWED)
    with refused(
        "办公室设定：冯十在2026年11月20日曾以这项职务办理事项，任期须包括这一天；任期已满的，请登记离任，不能作废登记。",
        field="reason",
    ):
        annul_post(secretary(town), by=sysadmin, reason="登记有误。")


def test_a_wrong_post_beside_the_right_one_is_annulled_whatever_was_done_in_that(head, town, division_town, sysadmin):
    wrong = appoint(head, division_town, PostKind.LIAISON, secretary(town).title)
    case_in(CaseState.INTERVIEWED)
    annul_post(wrong, by=sysadmin, reason="应为另一名同志。")
    wrong.refresh_from_db()
    assert wrong.is_annulled
    with pytest.raises(Refused, match="曾以这项职务办理事项"):
        annul_post(secretary(town), by=sysadmin, reason="登记有误。")


def test_a_second_post_in_the_office_was_used_where_it_alone_gives_a_step(second_officer, sysadmin):
    office = second_officer.posts.get().unit
    case = case_after(Verb.HAND_IN_REPORT)
    for verb, is_used in ((Verb.CHASE, False), (Verb.ACCEPT_TASK, True)):
        wrong = appoint(User.objects.get(pk=second_officer.pk), office, PostKind.SUPERVISOR, "督查员")
        by = User.objects.get(pk=second_officer.pk)
        take(verb, case_in(CaseState.RECTIFYING, unit=cast.unit(cast.COUNTY)) if verb == Verb.CHASE else case, by=by)
        expected = pytest.raises(Refused, match="曾以这项职务办理事项") if is_used else nullcontext()
        with expected:
            annul_post(wrong, by=sysadmin, reason="登记有误。")


def test_what_was_done_in_a_post_costs_the_same_however_much_it_is(head, town, division_town, sysadmin):
    asked = []
    for _ in range(3):
        case_in(CaseState.INTERVIEWED)
        with CaptureQueriesContext(connection) as sent, pytest.raises(Refused, match="曾以这项职务办理事项"):
            annul_post(secretary(town), by=sysadmin, reason="登记有误。")
        asked.append(len(sent))
    assert asked[1] == asked[2]  # the first one reads what a process keeps


def test_a_rank_put_right_asks_for_the_lawful_interviewer(town):
    case = case_in(CaseState.APPROVED)
    correct(secretary(town), rank=Rank.DIVISION)
    with pytest.raises(Refused, match="建议内容与审定时的文本不一致"):
        take(Verb.SERVE_NOTICE, case)


@pytest.mark.parametrize("who", ["officer", "director", "group_leader", "head"])
def test_nobody_but_the_administrator(town, request, who):
    post, person = secretary(town), request.getfixturevalue(who)
    with not_theirs():
        annul_post(post, by=person, reason="登记有误。")


def test_in_the_browser_both_are_read_afterwards(town):
    sysadmin = Visitor(cast.person("sysadmin"))
    sysadmin.open(f"/units/{town.pk}/")
    sysadmin.click("更正登记：冯十")
    sysadmin.press("保存更正", expect=422, name="冯士", reason="")
    sysadmin.press("保存更正", name="冯士", reason="户籍姓名为冯士。")
    assert "冯十（党委书记）：姓名由“冯十”更正为“冯士”。原因：户籍姓名为冯士。" in sysadmin.page
    sysadmin.click("更正登记：褚十二")
    sysadmin.click("整条登记有误，作废")
    page = sysadmin.press("作废登记", reason="不是联络员。")
    assert "登记有误" in page
    assert "褚十二（联络员）：登记有误，已作废。原因：不是联络员。" in page
