"""实绩材料: entered by the leader or for them, confirmed by a head, read by the office; corrected by a new version."""

from contextlib import contextmanager
from datetime import date

import pytest

from tests import cast
from tests.dossiers import SOLVED, WORK, awarded, entered
from tests.factories import pdf
from tests.refusals import appoint, not_theirs, nothing_stored, refused
from yuetan.actions.dossier.commendation import withdraw_commendation
from yuetan.actions.dossier.entry import confirm_dossier, read_dossier, return_dossier
from yuetan.errors import Refused
from yuetan.models import Alert, Commendation, DossierEntry, DossierPaper, Event, Post
from yuetan.vocabulary import DossierState, PostKind

NEXT = "补充第四季度的工作。"


@pytest.fixture
def head(office):
    """The secretary of the town, whose 镇长 has no account."""
    return cast.head(cast.TOWN)


@pytest.fixture
def deputy_secretary(office):
    """A 分管领导 of the town without an account."""
    return cast.engage("曹廿三", None, cast.unit(cast.TOWN), PostKind.LEADER_IN_CHARGE, "党委副书记")


@contextmanager
def refused_with(part):
    """One reason, of which this is a part; nothing is stored."""
    with nothing_stored(), pytest.raises(Refused) as error:
        yield
    (reason,) = error.value.reasons
    assert part in reason.text


def alerts_of(person):
    return list(Alert.objects.filter(recipient=person).values_list("text", flat=True))


def test_a_head_who_is_the_only_one_with_an_account_confirms_by_entering(head):
    entry = entered(head)
    assert (entry.version, entry.state, entry.confirmed_by, entry.title) == (
        1,
        DossierState.CONFIRMED,
        head,
        head.title,
    )
    assert [file.name for file in entry.papers.all()] == ["述职报告.pdf"]
    logged = Event.objects.filter(verb__endswith="_dossier").order_by("id").values_list("verb", "data")
    facts = {"name": "冯十", "unit": "棠下镇", "year": 2026, "version": 1}
    assert list(logged) == [("enter_dossier", facts), ("confirm_dossier", facts)]


def test_where_the_unit_has_two_heads_the_other_one_confirms(head):
    mayor = cast.engage("戚廿四", "mayor", cast.unit(cast.TOWN), PostKind.SUPERVISING_LEADER, "副镇长")
    Post.objects.filter(unit__code=cast.TOWN, kind=PostKind.GOVERNMENT_HEAD).update(holder=mayor)
    mayor = cast.person("mayor")
    entry = entered(head)
    assert entry.state == DossierState.AWAITS_CONFIRMATION
    assert alerts_of(mayor) == ["冯十提交了冯十2026年度实绩材料（第1版），请确认或者退回。"]
    with refused("办公室设定：冯十不能确认本人的实绩材料，请本单位另一位主要领导确认。"):
        confirm_dossier(entry, by=head)
    assert confirm_dossier(entry, by=mayor).confirmed_by == mayor


def test_the_liaison_enters_for_a_leader_in_charge_and_the_head_confirms(head, deputy_secretary):
    entry = entered(deputy_secretary, by=cast.liaison(cast.TOWN))
    assert (entry.person, entry.entered_by.name) == (deputy_secretary, "褚十二")
    assert not DossierEntry.objects.visible_to(cast.person("director")).exists()
    assert confirm_dossier(entry, by=head).state == DossierState.CONFIRMED
    assert DossierEntry.objects.visible_to(cast.person("director")).get() == entry
    asked = "蓬江区棠下镇确认了曹廿三2026年度实绩材料（第1版），请查阅。"
    assert [asked in alerts_of(cast.person(name)) for name in ("director", "supervisor", "officer")] == [
        True,
        True,
        False,
    ]


def test_what_is_sent_back_is_entered_anew_with_its_reason(head, deputy_secretary):
    liaison = cast.liaison(cast.TOWN)
    first = entered(deputy_secretary, by=liaison)
    with refused("尚未写明退回的原因。"):
        return_dossier(first, by=head, reason="")
    with refused_with("“原因”中有手机号码"):
        return_dossier(first, by=head, reason="请问13800138000。")
    return_dossier(first, by=head, reason="请写明数字。")
    assert any("请写明数字。" in text for text in alerts_of(liaison))
    with refused("已有第1版，更正须写明更正说明；原来的版本保留。"):
        entered(deputy_secretary, by=liaison, main_work=f"{WORK}又一项。")
    second = entered(deputy_secretary, by=liaison, main_work=f"{WORK}又一项。", reason=NEXT, report=[])
    assert (second.version, second.reason) == (2, NEXT)
    assert [file.entry for file in DossierPaper.objects.reports_of(second)] == [first]
    first.refresh_from_db()
    assert (first.state, first.main_work) == (DossierState.RETURNED, WORK)


def test_nothing_is_done_on_a_version_that_is_not_the_newest(head, deputy_secretary):
    first = entered(deputy_secretary, by=head)
    entered(deputy_secretary, by=head, main_work="另一件工作。", reason=NEXT)
    with refused("曹廿三已填写第2版，请在新的版本上办理。"):
        confirm_dossier(first, by=head)


def test_the_office_reads_it_once_and_after_it_is_confirmed(head, deputy_secretary):
    director, entry = cast.person("director"), entered(deputy_secretary, by=head)
    with refused("办公室设定：这一版本单位还没有确认，办公室不能查阅；请本单位主要领导先确认。"):
        read_dossier(entry, by=director, note="")
    confirm_dossier(entry, by=head)
    with refused("这一版已经确认，不能再确认或者退回；要更正的，请填写新的版本。"):
        return_dossier(entry, by=head, reason="再改改。")
    assert read_dossier(entry, by=director, note="工作扎实。").state == DossierState.READ
    assert alerts_of(deputy_secretary) == ["办公室已查阅您的2026年度实绩材料：工作扎实。"]
    with refused("这一版已由王三于2026年11月23日查阅，不必再办。"):
        read_dossier(entry, by=cast.person("supervisor"), note="")


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"main_work": " "}, "实绩材料还缺：主要工作情况及成效。"),
        ({"difficulties": "", "report": []}, "实绩材料还缺：协调解决困难和问题情况、述职报告。"),
        ({"main_work": "无"}, "所填的“无”看不出内容"),
        ({"main_work": "线索请问13800138000。"}, "“主要工作情况及成效”中有手机号码"),
        ({"difficulties": "请联系13800138000。"}, "“协调解决困难和问题情况”中有手机号码"),
        ({"year": 2027}, "2027年还没有开始，请填写2026年及以前的年度。"),
        ({"year": 2023}, "办公室设定：冯十在2023年没有在蓬江区棠下镇任须建实绩档案的职务"),
    ],
)
def test_what_is_missing_is_said_and_nothing_is_stored(head, changed, sentence):
    with refused_with(sentence):
        entered(head, **changed)


def test_the_same_again_is_no_new_version(head):
    entered(head)
    with refused("与第1版相同，没有改动；要更正的，请修改后再提交。"):
        entered(head, reason=NEXT, report=[])


def test_a_leader_who_has_left_still_enters_the_years_in_which_they_held_the_post(head):
    post = head.posts.get()
    Post.objects.filter(pk=post.pk).update(ended_on=date(2026, 3, 1))
    left = cast.head(cast.TOWN)
    assert entered(left).unit == post.unit
    Post.objects.filter(pk=post.pk).update(ended_on=date(2025, 12, 31))
    with refused_with("任须建实绩档案的职务"):
        entered(left, main_work="另一件工作。", reason=NEXT)


def test_nobody_else_enters_confirms_or_reads(head, deputy_secretary):
    entry = entered(deputy_secretary, by=head)
    for who in (cast.head(cast.DIVISION_TOWN), cast.person("director"), cast.person("sysadmin")):
        with not_theirs():
            entered(deputy_secretary, by=who)
    for who in (cast.liaison(cast.TOWN), cast.head(cast.DIVISION_TOWN), cast.person("director")):
        with not_theirs():
            confirm_dossier(entry, by=who)
        with not_theirs():
            return_dossier(entry, by=who, reason="不行。")
    confirm_dossier(entry, by=head)
    appoint(cast.person("supervisor"), cast.unit(cast.TOWN), PostKind.LIAISON, "联络员")
    for who in (head, cast.person("officer"), cast.person("supervisor")):
        with not_theirs():
            read_dossier(entry, by=who, note="")


def test_a_unit_sees_its_own_and_no_other(head, deputy_secretary):
    entry = entered(deputy_secretary, by=head)
    visible = DossierEntry.objects.visible_to
    assert [*visible(head), *visible(cast.liaison(cast.TOWN))] == [entry, entry]
    for who in (cast.head(cast.DIVISION_TOWN), cast.person("auditor"), cast.person("sysadmin"), cast.person("officer")):
        assert not visible(who).exists()
    assert not DossierPaper.objects.visible_to(cast.person("officer")).exists()
    assert DossierPaper.objects.visible_to(head).exists()


def test_a_commendation_names_who_held_the_post_that_day(office):
    town = cast.unit(cast.TOWN)
    post = cast.head(cast.TOWN).posts.get()
    made = awarded(town, post=post)
    assert made.whose == "蓬江区棠下镇党委书记冯十"
    with refused_with("冯十在2023年5月4日没有任蓬江区棠下镇党委书记"):
        awarded(town, post=post, awarded_on=date(2023, 5, 4), paper_number="江府〔2023〕8号")
    with refused_with("冯十的这项任职不在市公安局"):
        awarded(cast.unit(cast.MEMBER_UNIT), post=post)


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"honour": "", "paper": []}, "表彰奖励还缺：名称、文件。"),
        ({"awarded_on": None}, "表彰奖励还缺：授予日期。"),
        ({"awarded_on": date(2026, 11, 24)}, "授予日期不得晚于今天：表彰奖励在授予以后登记。"),
        ({"paper": [pdf("小.pdf", width=50, height=50)]}, "小.pdf"),
    ],
)
def test_a_commendation_that_is_not_right_is_not_stored(office, changed, sentence):
    with refused_with(sentence):
        awarded(cast.unit(cast.TOWN), **changed)


def test_the_same_commendation_is_recorded_once_and_withdrawn_with_a_reason(office):
    made, town = awarded(cast.unit(cast.TOWN)), cast.unit(cast.TOWN)
    with refused_with("已登记过蓬江区棠下镇的同一文件"):
        awarded(town)
    for who in (cast.person("officer"), cast.head(cast.TOWN)):
        with not_theirs():
            withdraw_commendation(made, by=who, reason="登记错了单位。")
    with refused("尚未写明撤销的原因。"):
        withdraw_commendation(made, by=cast.person("director"), reason="")
    withdraw_commendation(made, by=cast.person("director"), reason="登记错了单位。")
    with refused("这项登记已由王三撤销，不能再办。"):
        withdraw_commendation(made, by=cast.person("director"), reason="登记错了单位。")
    assert Commendation.objects.visible_to(cast.person("officer")).exists()
    assert not Commendation.objects.visible_to(cast.head(cast.TOWN)).exists()
    assert awarded(town).pk != made.pk


def test_who_holds_a_post_in_the_unit_records_nothing_of_it(office):
    appoint(cast.person("officer"), cast.unit(cast.TOWN), PostKind.LIAISON, "联络员")
    with not_theirs():
        awarded(cast.unit(cast.TOWN))


def test_the_text_of_a_version_is_words_of_the_leader(head):
    assert (entered(head).main_work, DossierEntry.objects.get().difficulties) == (WORK, SOLVED)
