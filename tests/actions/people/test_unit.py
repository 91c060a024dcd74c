"""Units, people and posts: access follows each change of post the same day."""

from datetime import date, timedelta

import pytest

from tests import cast
from tests.factories import case_in, keywords, later, take
from tests.refusals import not_theirs, refused
from yuetan.actions.people.unit import add_unit, begin_post, change_unit, end_post, retire_unit, without_successor
from yuetan.actions.rectification.task_deadlines import ask_extension
from yuetan.models import Case, Document, Event, Post, Unit, User
from yuetan.rules.dates import clock
from yuetan.vocabulary import CaseState, PostKind, Rank, UnitKind, Verb

PASSWORD = "a long pass phrase 7"


def newcomer(unit, **changed):
    """What a new party secretary is registered with."""
    lawful = {
        "unit": unit,
        "kind": PostKind.PARTY_SECRETARY,
        "title": "党委书记",
        "rank": Rank.BELOW_DIVISION,
        "began_on": clock.today(),
        "holder": None,
        "name": "施二十一",
        "username": "head_new",
        "password": PASSWORD,
    }
    return lawful | changed


def secretary(unit):
    return Post.objects.current().get(unit=unit, kind=PostKind.PARTY_SECRETARY)


def test_the_successor_sees_and_does_what_the_predecessor_no_longer_can(head, liaison, sysadmin, town):
    case = case_in(CaseState.RECTIFYING)
    asked = keywords(Verb.ASK_EXTENSION, case)
    assert Case.objects.visible_to(head).get() == case
    end_post(secretary(town), by=sysadmin, ended_on=clock.today())
    begin_post(by=sysadmin, **newcomer(town))
    before, after = User.objects.get(pk=head.pk), User.objects.get(username="head_new")
    for rows in (Case.objects, Document.objects):
        assert not rows.visible_to(before).exists()
        assert rows.visible_to(after).exists()
    with not_theirs():
        ask_extension(case, by=before, **asked)
    assert ask_extension(case, by=after, **asked).events.newest_first()[0].actor == after


def test_who_moves_to_another_unit_takes_no_case_along(head, sysadmin, town, county):
    case = case_in(CaseState.NOTIFIED)
    others = case_in(CaseState.NOTIFIED, unit=county)
    end_post(secretary(town), by=sysadmin, ended_on=clock.today())
    end_post(secretary(county), by=sysadmin, ended_on=clock.today())
    begin_post(by=sysadmin, **newcomer(county, holder=head, name="", username="", password=""))
    moved = User.objects.get(pk=head.pk)
    assert list(Case.objects.visible_to(moved)) == [others]
    assert case not in Case.objects.visible_to(moved)


def test_an_officer_who_leaves_the_office_loses_every_case(officer, sysadmin):
    case_in(CaseState.DRAFTED)
    end_post(officer.posts.get(), by=sysadmin, ended_on=clock.today())
    left = cast.person("officer")
    assert not Case.objects.visible_to(left).exists()
    assert not left.has_perm("yuetan.draft")


def test_the_people_of_a_unit_are_named_by_their_posts_and_of_one_post_the_newest_first(office, sysadmin):
    unit = cast.unit(cast.TOWN)
    newest = begin_post(by=sysadmin, **newcomer(unit, kind=PostKind.LIAISON, title="联络员"))
    kinds = [PostKind.PARTY_SECRETARY, PostKind.GOVERNMENT_HEAD, PostKind.LIAISON, PostKind.LIAISON]
    for posts in (unit.posts.current().as_named(), unit.posts.current()):
        assert [post.kind for post in posts] == kinds
        assert list(posts)[2] == newest


def test_each_change_is_in_the_log(sysadmin, town):
    end_post(secretary(town), by=sysadmin, ended_on=clock.today())
    begin_post(by=sysadmin, **newcomer(town))
    assert list(Event.objects.order_by("id").values_list("verb", "actor__name")) == [
        ("end_post", "吴八"),
        ("disable_account", "吴八"),  # with the last post
        ("begin_post", "吴八"),
    ]


@pytest.mark.parametrize(
    ("changed", "sentence", "field"),
    [
        ({"title": "", "name": ""}, "任职还缺：职务名称、姓名。", "title"),
        ({"rank": ""}, "任职还缺：职级。", "rank"),
        ({"kind": PostKind.UNIT_HEAD}, "棠下镇不设“主要负责人”这一职务。", "kind"),
        ({"began_on": date(2026, 11, 24)}, "任职、离任日期不得晚于今天：变动在生效当天登记。", "began_on"),
        ({"username": "officer"}, "账号“officer”已被使用，请另取一个。", "username"),
        ({"password": ""}, "尚未填写密码。", "password"),
        ({"password": "40718329563174"}, "密码不能全是数字，请加上字母或者符号。", "password"),
    ],
)
def test_what_a_registration_lacks(sysadmin, town, changed, sentence, field):
    end_post(secretary(town), by=sysadmin, ended_on=clock.today())
    with refused(sentence, field=field):
        begin_post(by=sysadmin, **newcomer(town, **changed))


def test_one_person_is_not_registered_twice_however_the_name_is_typed(sysadmin, town):
    end_post(secretary(town), by=sysadmin, ended_on=clock.today())
    known = (
        "系统里已有朱十八（开平市三埠街道党工委书记）：是同一人的，请从“已登记的人员”里选；"
        "不是同一人的，请勾选“确系同名的另一人”。"
    )
    with refused(known, field="same_name"):
        begin_post(by=sysadmin, **newcomer(town, name="朱　十八"))
    assert begin_post(by=sysadmin, **newcomer(town, name="朱　十八", same_name=True)).holder.name == "朱十八"


@pytest.mark.parametrize("name", ["许", "许3", "许廿一、何廿二", "镇长：许廿一"])
def test_what_is_no_name_of_one_person(sysadmin, town, name):
    end_post(secretary(town), by=sysadmin, ended_on=clock.today())
    unfit = "姓名须写一个人的全名，只用文字和间隔号（·），不带职务、数字和标点。"
    with refused(unfit, field="name"):
        begin_post(by=sysadmin, **newcomer(town, name=name))


def test_one_post_has_one_holder(sysadmin, town):
    taken = "棠下镇党委（党工委）书记现由冯十担任，请先登记其离任。"
    with refused(taken, field="kind"):
        begin_post(by=sysadmin, **newcomer(town))


def test_no_two_holders_even_in_the_past(sysadmin, town):
    end_post(secretary(town), by=sysadmin, ended_on=clock.today())
    yesterday = clock.today() - timedelta(days=1)
    overlap = "棠下镇党委（党工委）书记在该期间已有任职记录（冯十），请核对日期。"
    with refused(overlap, field="began_on"):
        begin_post(by=sysadmin, **newcomer(town, began_on=yesterday))


@pytest.mark.parametrize(("who", "title"), [("officer", "承办人"), ("director", "主任"), ("group_leader", None)])
def test_who_keeps_accounts_or_audits_takes_no_part(sysadmin, request, who, title):
    person = request.getfixturevalue(who)
    title = title or person.posts.get().title
    mixed = f"办公室设定：{person.name}已任{title}；系统管理员、安全管理员、安全审计员不得兼任其他职务。"
    as_auditor = {"kind": PostKind.SECURITY_AUDITOR, "title": "安全审计员", "rank": ""}
    nobody_new = {"holder": person, "name": "", "username": "", "password": ""}
    with refused(mixed, field="holder"):
        begin_post(by=sysadmin, **newcomer(cast.unit(cast.OFFICE), **as_auditor, **nobody_new))


@pytest.mark.parametrize(
    ("ended_on", "sentence"),
    [
        (date(2026, 11, 24), "任职、离任日期不得晚于今天：变动在生效当天登记。"),
        (date(2024, 1, 1), "离任日期不得早于任职日期（2024年1月2日）。"),
    ],
)
def test_when_a_post_ends(sysadmin, town, ended_on, sentence):
    post = secretary(town)
    with refused(sentence, field="ended_on"):
        end_post(post, by=sysadmin, ended_on=ended_on)


def test_a_post_ends_once(sysadmin, town):
    post = end_post(secretary(town), by=sysadmin, ended_on=clock.today())
    with refused("该任职已于2026年11月23日结束，不必再登记离任。"):
        end_post(post, by=sysadmin, ended_on=clock.today())


def test_a_unit_is_added_moved_and_retired(sysadmin, county):
    unit = add_unit(by=sysadmin, code="440705999", name="试验镇", kind=UnitKind.TOWN, parent=county)
    assert (unit.full_name, unit.initials) == ("新会区试验镇", "syz")
    other = Unit.objects.get(code="440703")
    unit = change_unit(unit, by=sysadmin, code="440703999", name="新试验镇", parent=other)
    assert unit.full_name == "蓬江区新试验镇"
    assert retire_unit(unit, by=sysadmin).retired_on == clock.today()
    with refused("新试验镇已停用，不能再办理。", field="unit"):
        begin_post(by=sysadmin, **newcomer(unit))


def test_what_a_unit_lacks(sysadmin, county, town):
    lawful = {"code": "440705999", "name": "试验镇", "kind": UnitKind.TOWN, "parent": county}
    with refused("单位还缺：名称。", field="name"):
        add_unit(by=sysadmin, **lawful | {"name": " "})
    with refused("代码440703101已由棠下镇使用，请核对后另填。", field="code"):
        add_unit(by=sysadmin, **lawful | {"code": cast.TOWN})
    with refused("镇（街）须选择所属市（区）。", field="parent"):
        add_unit(by=sysadmin, **lawful | {"parent": None})
    with refused("镇（街）须选择所属市（区）。", field="parent"):
        add_unit(by=sysadmin, **lawful | {"parent": town})


def test_what_still_hangs_on_a_unit(sysadmin, town, county):
    case_in(CaseState.DRAFTED)
    with refused("棠下镇还有现任人员，不能停用。"):
        retire_unit(town, by=sysadmin)
    with refused("新会区还有现任人员，不能停用。", "新会区还有在用的下级单位，不能停用。"):
        retire_unit(county, by=sysadmin)


def test_a_unit_whose_problem_was_found_again_needs_a_successor(sysadmin, town):
    case = case_in(CaseState.CLOSED)
    with later(days=80):
        take(Verb.RECORD_REVISIT, case)
        assert [each.code for each in without_successor(town)] == ["unit_needs_successor"]
        take(Verb.REQUEST_REOPENING, case)
        assert [each.code for each in without_successor(town)] == ["unit_needs_successor"]


@pytest.mark.parametrize("who", ["officer", "director", "group_leader", "supervisor", "auditor", "head"])
def test_nobody_but_the_system_administrator_keeps_units(request, town, county, who):
    person, post = request.getfixturevalue(who), secretary(town)
    deeds = (
        lambda: add_unit(by=person, code="1", name="镇", kind=UnitKind.TOWN, parent=county),
        lambda: change_unit(town, by=person, code="1", name="镇", parent=county),
        lambda: retire_unit(town, by=person),
        lambda: begin_post(by=person, **newcomer(town)),
        lambda: end_post(post, by=person, ended_on=clock.today()),
    )
    for deed in deeds:
        with not_theirs():
            deed()


def test_a_case_taken_over_by_another_head_is_still_closed_by_the_office(sysadmin, town):
    case = case_in(CaseState.INSPECTING)
    end_post(secretary(town), by=sysadmin, ended_on=clock.today())
    take(Verb.CONCLUDE_INSPECTION, case)
    assert take(Verb.CLOSE, case).state == CaseState.CLOSED


def test_papers_go_to_the_usual_organs_or_to_those_the_administrator_named(sysadmin, town):
    assert town.organs_addressed == "蓬江区棠下镇党委、镇政府"
    named = {"code": town.code, "name": town.name, "parent": town.parent}
    change_unit(town, by=sysadmin, **named, addressee="中共蓬江区棠下镇委员会")
    assert Unit.objects.get(pk=town.pk).organs_addressed == "中共蓬江区棠下镇委员会"
    assert case_in(CaseState.NOTIFIED).current_notice.addressee == "中共蓬江区棠下镇委员会"
    change_unit(town, by=sysadmin, **named)
    assert Unit.objects.get(pk=town.pk).organs_addressed == "蓬江区棠下镇党委、镇政府"
    added = add_unit(
        by=sysadmin, code="LS-9", name="市某局", kind=UnitKind.MEMBER_UNIT, parent=None, addressee="某党组"
    )
    assert added.organs_addressed == "某党组"
