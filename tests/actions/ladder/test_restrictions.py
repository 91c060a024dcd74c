"""株洲 Art. 29, 31: what a measure closes to whom, from the day of its paper to a last day by calendar months."""

from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
import time_machine
from django.db import IntegrityError, transaction

from tests.cast import COUNTY, IN_OFFICE_SINCE, MONDAY, TOWN, engage, head, person, unit
from tests.consistency import check_all
from tests.factories import later, pdf, succeed
from tests.ladder import measure_in, take
from tests.refusals import appoint, nothing_stored, refused
from tests.restrictions import leader_in_charge, of_person, of_unit, restricting
from yuetan.actions.ladder.restrictions import add_restricted_leader, end_restriction
from yuetan.actions.papers.document import void_document
from yuetan.errors import NotYours, Refused
from yuetan.models import Alert, Event, Post, Restriction, User
from yuetan.rules.dates import clock
from yuetan.rules.text.official_text import CHINA_STANDARD_TIME
from yuetan.vocabulary import MeasureState, PostKind, RestrictedSubject, Verb
from yuetan.vocabulary.restriction import RestrictionEnd, RestrictionStanding

pytestmark = pytest.mark.usefixtures("office")
TODAY = MONDAY.date()


def test_unit_and_leaders_are_restricted_from_the_day_of_the_paper() -> None:
    leader_in_charge()
    measure = restricting()
    rows = {(each.who, each.effect.get_closed_display()) for each in Restriction.objects.with_relations()}
    assert rows == {
        ("蓬江区棠下镇", "综合性评选"),
        ("蓬江区棠下镇党委书记冯十", "评先受奖"),
        ("蓬江区棠下镇党委书记冯十", "晋职晋级"),
        ("蓬江区棠下镇镇长陈十一", "评先受奖"),
        ("蓬江区棠下镇镇长陈十一", "晋职晋级"),
        ("蓬江区棠下镇副镇长何二一", "评先受奖"),
        ("蓬江区棠下镇副镇长何二一", "晋职晋级"),
    }
    assert {(each.first_day, each.last_day, each.until) for each in Restriction.objects.all()} == {
        (TODAY, date(2027, 5, 23), date(2027, 5, 23))
    }
    one = of_unit(measure)
    assert (
        one.reason_first == "自《关于治安重点地区整治推进缓慢的通报》（江扫黑通〔2026〕1号）印发送达之日起，当日计入。"
    )
    counted = "自2026年11月23日起半年，即6个月，按日历月计算"
    assert f"第二十九条规定为半年；起算办法为办公室设定：{counted}" in one.reason_last
    assert "依据" not in one.reason_last
    assert set(Alert.objects.filter(key=f"restricted:{measure.pk}").values_list("recipient__name", flat=True)) == {
        "冯十",
        "何二一",
    }
    check_all()


def test_a_rung_without_effects_restricts_nobody() -> None:
    measure_in(MeasureState.SERVED)
    assert not Restriction.objects.exists()


def test_who_held_the_post_on_the_day_of_the_decision_is_restricted_and_stays_so() -> None:
    measure = restricting(MeasureState.DECIDED)
    with later(days=3):
        succeed(head(TOWN), "何二二")
        measure = take(Verb.SERVE_MEASURE, measure)
        assert [each.who for each in of_person(measure, "冯十")] == ["蓬江区棠下镇党委书记冯十"] * 2
        assert of_person(measure, "何二二") == []
        assert of_unit(measure).first_day == TODAY + timedelta(days=3)


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        (datetime(2026, 8, 31, 10, tzinfo=CHINA_STANDARD_TIME), date(2027, 2, 28), "2027年2月没有31日"),
        (datetime(2027, 8, 31, 10, tzinfo=CHINA_STANDARD_TIME), date(2028, 2, 29), "2028年2月没有31日"),
        (datetime(2026, 11, 23, 23, 59, tzinfo=CHINA_STANDARD_TIME), date(2027, 5, 23), "以后的同一日"),
    ],
)
def test_half_a_year_is_six_calendar_months_and_says_why(first, last, words) -> None:
    with time_machine.travel(first, tick=False):
        one = of_unit(restricting(limit=first.date() + timedelta(days=30)))
        assert (one.first_day, one.last_day) == (first.date(), last)
        assert words in one.reason_last
    with time_machine.travel(datetime.combine(last, time(23), CHINA_STANDARD_TIME)):
        assert one.standing == RestrictionStanding.IN_FORCE
    with time_machine.travel(datetime.combine(last + timedelta(days=1), time(0), CHINA_STANDARD_TIME)):
        assert one.standing == RestrictionStanding.ENDED


def test_whoever_holds_two_named_posts_is_restricted_once_in_each_thing() -> None:
    Post.objects.create(
        unit=unit(TOWN), holder=head(TOWN), kind=PostKind.LEADER_IN_CHARGE, title="书记", began_on=IN_OFFICE_SINCE
    )
    rows = of_person(restricting(), "冯十")
    assert [each.effect.closed for each in rows] == ["commendation", "promotion"]


def test_a_voided_paper_ends_what_it_closed_and_keeps_it_in_the_record() -> None:
    measure = restricting()
    with later(days=5):
        void_document(measure.issued_paper, by=person("director"), reason="单位写错，另行印发。")
        one = of_unit(measure)
        assert (one.standing, one.ended_on, one.until) == (
            RestrictionStanding.ENDED_EARLY,
            TODAY + timedelta(days=5),
            TODAY + timedelta(days=4),
        )
        assert (
            one.early_words == "2026年11月28日提前解除（责任措施的文书作废，江扫黑通〔2026〕1号）：单位写错，另行印发。"
        )
        assert Restriction.objects.on(TODAY).exists()
        assert not Restriction.objects.on(clock.today()).exists()
        check_all()


@pytest.mark.parametrize("is_active", [True, False])
def test_whom_a_restriction_no_longer_binds_hears_of_it_if_they_may_log_in(is_active) -> None:
    one = of_person(restricting(), "冯十")[0]
    User.objects.filter(pk=head(TOWN).pk).update(is_active=is_active)
    decided = {"kind": RestrictionEnd.DECIDED, "paper": "江政法〔2026〕3号", "reason": "经复核，责任不在本人。"}
    end_restriction(one, by=person("director"), decided_on=TODAY, **decided)
    words = "对您的资格限制（江扫黑通〔2026〕1号）已提前解除，请在“资格限制”中查阅。"
    assert Alert.objects.filter(recipient=head(TOWN), text=words).exists() is is_active
    line = Event.objects.get(verb="end_restriction")
    number = one.measure_laid.issued_paper.number
    assert line.data == {"document": number, "words": one.who, "reason": decided["reason"], "paper": decided["paper"]}


BY_NAME = {"post": None, "subject": RestrictedSubject.SUPERVISING_LEADER, "name": "吕二三", "title": "副书记"}
WHY = "作出决定时任职没有登记，见任职文件。"


def stated(**changed: object) -> dict[str, Any]:
    """A leader who had no post on record, with the paper that proves it."""
    return {**BY_NAME, "proof": pdf("任职通知.pdf"), **changed}


def test_a_leader_without_a_post_on_record_is_added_by_name_and_post() -> None:
    measure = restricting()
    made = add_restricted_leader(measure, by=person("officer"), reason=WHY, **stated())
    assert [(each.who, each.effect.closed, each.first_day) for each in made] == [
        ("副书记吕二三", "commendation", TODAY),
        ("副书记吕二三", "promotion", TODAY),
    ]
    assert Event.objects.filter(verb="add_restricted_leader", actor__name="张一").exists()
    assert {each.proof.name for each in made} == {"任职通知.pdf"}
    heard = Alert.objects.filter(key=f"restricted_leader:{made[0].pk}")
    assert set(heard.values_list("recipient__username", flat=True)) == {"director"}
    check_all()
    with refused("吕二三已经列入这项责任措施的资格限制，不必重复列入。", field="name"):
        add_restricted_leader(measure, by=person("officer"), reason=WHY, **stated())


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"name": ""}, "没有选任职登记的，须写明受限制的领导：还缺姓名。"),
        ({"subject": RestrictedSubject.UNIT}, "通报不限制地区、单位的资格，请核对类别。"),
        ({"name": "冯十"}, "冯十在作出决定之日有任职登记，请在“任职登记”里选定，不另写姓名、职务。"),
        ({"name": "张三、李四"}, "“张三、李四”不是一个人的姓名，请核对。"),
        ({"reason": ""}, "尚未写明补列的原因。"),
        (
            {"proof": None},
            "办公室设定：没有任职登记的，须附任免文件等的扫描件，证明作出决定之日的职务；没有文件的，请先由系统管理员",
        ),
        ({"name": "褚十二"}, "褚十二在作出决定之日的任职登记是蓬江区棠下镇联络员，不是蓬江区棠下镇受限制的领导"),
        (
            {"title": "江海区委书记"},
            "“江海区委书记”是江海区的职务，不能补列：只限制作出决定之日任蓬江区棠下镇领导职务的人",
        ),
        ({"title": "蓬江区委书记"}, "“蓬江区委书记”是蓬江区的职务"),
    ],
)
def test_nobody_is_added_who_cannot_be(changed, sentence) -> None:
    measure = restricting()
    with pytest.raises(Refused) as error, nothing_stored():
        add_restricted_leader(measure, by=person("officer"), **{**stated(), "reason": WHY, **changed})
    assert sentence in str(error.value)


@pytest.mark.parametrize("title", ["棠下镇副镇长", "蓬江区棠下镇副镇长", "江门市蓬江区棠下镇副镇长", "副镇长"])
def test_a_post_is_stated_by_any_name_of_its_own_unit(title: str) -> None:
    measure = restricting()
    made = add_restricted_leader(measure, by=person("officer"), reason=WHY, **stated(title=title))
    assert made[0].person_title == title


def test_who_held_a_post_elsewhere_that_day_is_not_restricted_here() -> None:
    measure = restricting()
    engage("吕二三", None, unit(COUNTY), PostKind.LEADER_IN_CHARGE, "副区长")
    with pytest.raises(Refused) as error, nothing_stored():
        add_restricted_leader(measure, by=person("officer"), reason=WHY, **stated())
    assert "依据第二十九条、第三十一条，吕二三在作出决定之日的任职登记是新会区副区长" in str(error.value)


def test_a_post_that_began_after_the_decision_is_none_of_that_day() -> None:
    measure = restricting()
    with later(days=1):
        succeed(head(COUNTY), "吕二三")
        assert add_restricted_leader(measure, by=person("officer"), reason=WHY, **stated())


def test_nobody_is_added_who_held_no_named_post_that_day() -> None:
    measure = restricting()
    liaison = unit(TOWN).posts.get(kind=PostKind.LIAISON)
    with pytest.raises(Refused, match="褚十二在作出决定之日没有担任蓬江区棠下镇受限制的领导职务"), nothing_stored():
        add_restricted_leader(measure, by=person("officer"), **{**stated(), "post": liaison, "reason": WHY})


ENDED = {
    "kind": RestrictionEnd.MISLISTED,
    "paper": "江扫黑办〔2026〕9号",
    "decided_on": TODAY,
    "reason": "任职登记有误。",
}


def test_a_restriction_ends_early_by_a_decision_alone_and_once() -> None:
    measure = restricting()
    one, other = of_person(measure, "冯十")
    for left_out in ({"paper": ""}, {"reason": ""}, {"decided_on": None}, {"kind": ""}):
        with pytest.raises(Refused), nothing_stored():
            end_restriction(one, by=person("director"), **{**ENDED, **left_out})
    for day in (TODAY - timedelta(days=1), TODAY + timedelta(days=1)):
        with pytest.raises(Refused, match="决定的日期应在"), nothing_stored():
            end_restriction(one, by=person("director"), **{**ENDED, "decided_on": day})
    with pytest.raises(NotYours), nothing_stored():
        end_restriction(one, by=person("officer"), **ENDED)
    end_restriction(one, by=person("director"), **ENDED)
    other.refresh_from_db()
    assert other.standing == RestrictionStanding.ENDED_EARLY
    assert of_unit(measure).standing == RestrictionStanding.IN_FORCE
    with pytest.raises(Refused, match="这项资格限制已提前解除"), nothing_stored():
        end_restriction(one, by=person("director"), **ENDED)
    check_all()


def test_no_row_changes_by_itself_but_ends_once() -> None:
    one = of_unit(restricting())
    for changed in ({"last_day": one.last_day + timedelta(days=1)}, {"person_name": "别人"}, {"first_day": TODAY}):
        same = Restriction.objects.filter(pk=one.pk)
        if changed == {"first_day": TODAY}:
            end_restriction(one, by=person("director"), **ENDED)
            changed = {"end_reason": "另一个理由"}
        with pytest.raises(IntegrityError), transaction.atomic():
            same.update(**changed)


def test_who_sees_which() -> None:
    leader_in_charge()
    measure = restricting()
    seen = lambda who: {each.who for each in Restriction.objects.visible_to(who).with_relations()}  # noqa: E731
    assert len(seen(person("officer"))) == len(seen(person("supervisor"))) == 4
    assert seen(person(f"liaison_{TOWN}")) == {"蓬江区棠下镇"}
    assert seen(head(TOWN)) == {"蓬江区棠下镇", "蓬江区棠下镇党委书记冯十"}
    assert seen(head(COUNTY)) == set()
    appoint(person("officer"), unit(TOWN), PostKind.LIAISON, "联络员")
    assert seen(person("officer")) == {"蓬江区棠下镇"}
    with pytest.raises(NotYours):
        add_restricted_leader(measure, by=person("officer"), reason=WHY, **stated())
