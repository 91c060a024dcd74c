"""资格限制查询: who asked about whom on which day, told apart by name and post, and the 复函 that answers."""

import random
import re
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from tests.cast import COUNTY, MONDAY, TOWN, engage, head, person, unit
from tests.consistency import check_all
from tests.factories import later, pdf
from tests.refusals import appoint, nothing_stored, refused
from tests.restrictions import of_person, restricting
from yuetan.actions.ladder.inquiries import ask_restrictions, digest_of_answer, reply_to_inquiry
from yuetan.actions.ladder.restrictions import add_restricted_leader, end_restriction
from yuetan.documents.content.content import body_of
from yuetan.errors import NotYours, Refused
from yuetan.models import Document, Event, RestrictionInquiry, Unit
from yuetan.models.ladder.asked_people import NOBODY
from yuetan.rules.dates.month_periods import MonthPeriod
from yuetan.vocabulary import DocumentKind, PostKind
from yuetan.vocabulary.restriction import RestrictionEnd

pytestmark = pytest.mark.usefixtures("office")
TODAY = MONDAY.date()
LETTER = {
    "organ": "江门市委组织部",
    "letter_number": "江组函〔2026〕18号",
    "letter_on": TODAY - timedelta(days=3),
    "purpose": "拟提拔人选考察",
}
HEAD = {"unit": None, "name": "冯十", "title": "蓬江区棠下镇党委书记", "who": ""}


def asked(day: date = TODAY, **changed: object) -> RestrictionInquiry:
    """An asking that the officer registers, about the head of the town."""
    about = {**LETTER, **HEAD, "day": day, **changed}
    return ask_restrictions(by=person("officer"), **about)  # type: ignore[arg-type]


def of_town(day: date = TODAY, town: Unit | None = None) -> RestrictionInquiry:
    return asked(day, unit=town or unit(TOWN), name="", title="")


def reply(inquiry: RestrictionInquiry) -> str:
    """The words of the 复函, issued by the director."""
    document = reply_to_inquiry(inquiry, by=person("director"), seen=digest_of_answer(inquiry))
    return re.sub(r"<[^>]*>|\s", "", body_of(document.html))


def test_the_reply_cites_each_paper_with_its_last_day() -> None:
    restricting()
    words = reply(asked())
    for part in (
        "关于冯十资格限制情况的复函",
        "江门市委组织部：",
        "江扫黑办复〔2026〕1号",
        "江组函〔2026〕18号来函（2026年11月20日）收悉",
        "在2026年11月23日，冯十（蓬江区棠下镇党委书记）受下列资格限制",
        "依据《关于治安重点地区整治推进缓慢的通报》（江扫黑通〔2026〕1号）和",
        "自2026年11月23日起半年，至2027年5月23日止，取消评先受奖、晋职晋级的资格",
        "拟提拔人选考察",
    ):
        assert part in words, part
    one = RestrictionInquiry.objects.get()
    assert (one.in_force_count, one.replied_by, one.document.kind) == (
        2,
        person("director"),
        DocumentKind.RESTRICTION_REPLY,
    )
    assert [*Event.objects.filter(verb__endswith="restrictions").order_by("pk").values_list("verb", flat=True)] == [
        "ask_restrictions",
        "reply_restrictions",
    ]
    check_all()


def test_nothing_on_record_is_said_in_so_many_words() -> None:
    restricting()
    before = reply(asked(TODAY - timedelta(days=1)))
    assert "在2026年11月22日，冯十（蓬江区棠下镇党委书记）没有受资格限制的记录" in before
    assert "在2027年5月24日，蓬江区棠下镇没有受资格限制的记录" in reply(of_town(date(2027, 5, 24)))


def test_what_ended_early_was_in_force_before_and_the_reply_says_both() -> None:
    one = of_person(restricting(), "冯十")[0]
    with later(days=10):
        decided = {"kind": RestrictionEnd.DECIDED, "paper": "江政法〔2026〕3号", "reason": "经复核，责任不在本人。"}
        end_restriction(one, by=person("director"), decided_on=TODAY + timedelta(days=9), **decided)
        before, after = asked(TODAY + timedelta(days=8)), asked(TODAY + timedelta(days=9))
        assert "其后，自2026年12月2日起提前解除（有权机关决定提前解除，江政法〔2026〕3号）" in reply(before)
        assert "没有受资格限制的记录" in reply(after)


def test_people_of_one_name_are_kept_apart_by_their_post() -> None:
    restricting()
    other = engage("冯十", None, unit(COUNTY), PostKind.LEADER_IN_CHARGE, "副区长")
    assert asked().person == head(TOWN)
    assert asked(title=f"{unit(COUNTY).name}副区长").person == other
    sentence = "记录中有冯十，但是“书记”分不清是哪一位，请核对以后选定；都不是的，选“都不是”。"
    with refused(sentence, field="who"):
        asked(title="书记")
    chosen = asked(title="书记", who=f"person-{head(TOWN).pk}")
    assert (chosen.person, chosen.in_force().count()) == (head(TOWN), 2)
    stranger = asked(title="书记", who=NOBODY)
    assert (stranger.is_unknown, stranger.restrictions().count()) == (True, 0)
    unheard = asked(name="无名氏", title="某局局长")
    assert (unheard.is_unknown, unheard.in_force().count()) == (True, 0)


def test_a_leader_whom_no_post_names_is_known_by_name_and_post() -> None:
    measure = restricting()
    stated = {
        "post": None,
        "subject": "leader_in_charge",
        "name": "吕二三",
        "title": "蓬江区棠下镇副镇长",
        "proof": pdf(),
    }
    add_restricted_leader(measure, by=person("officer"), reason="任职没有登记，见任职文件。", **stated)
    assert asked(name="吕二三", title="蓬江区棠下镇副镇长").in_force().count() == 2


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"organ": " ", "purpose": ""}, "查询登记还缺：来函机关、用途。"),
        ({"letter_on": TODAY + timedelta(days=1)}, "来函日期不得晚于今天。"),
        ({"title": ""}, "查询人员须同时写明姓名和职务"),
        ({"name": "", "title": ""}, "请选择查询的单位，或者填写查询人员的姓名和职务；一次只查一个。"),
        ({"name": "冯十、陈十一"}, "“冯十、陈十一”不是一个人的姓名，请核对。"),
    ],
)
def test_an_asking_that_is_not_whole_is_refused(changed, sentence) -> None:
    with pytest.raises(Refused) as error, nothing_stored():
        asked(**changed)
    assert sentence in str(error.value)


def test_both_unit_and_person_is_one_too_many() -> None:
    with pytest.raises(Refused, match="一次只查一个"), nothing_stored():
        asked(unit=unit(TOWN))


def test_a_second_person_issues_it_once_and_of_what_was_seen() -> None:
    measure = restricting()
    inquiry = asked()
    seen = digest_of_answer(inquiry)
    with refused("办公室设定：张一是登记人，复函须由登记人以外的人核对、印发。"):
        reply_to_inquiry(inquiry, by=person("officer"), seen=seen)
    decided = {"kind": RestrictionEnd.MISLISTED, "paper": "江扫黑办〔2026〕9号", "reason": "任职登记有误。"}
    end_restriction(of_person(measure, "冯十")[0], by=person("director"), decided_on=TODAY, **decided)
    with refused("看过以后登记有了变化，请核对现在的结果再印发。"):
        reply_to_inquiry(inquiry, by=person("second_officer"), seen=seen)
    reply(inquiry)
    with pytest.raises(Refused, match="不再复函"), nothing_stored():
        reply_to_inquiry(inquiry, by=person("second_officer"), seen=digest_of_answer(inquiry))
    with pytest.raises(IntegrityError), transaction.atomic():
        RestrictionInquiry.objects.update(purpose="另作他用")


def test_only_who_sees_the_whole_register_answers_for_it() -> None:
    restricting()
    inquiry = asked()
    document = reply_to_inquiry(inquiry, by=person("director"), seen=digest_of_answer(inquiry))
    for username in ("supervisor", f"head_{TOWN}", "sysadmin"):
        with pytest.raises(NotYours), nothing_stored():
            ask_restrictions(by=person(username), **{**LETTER, **HEAD, "day": TODAY})
    assert RestrictionInquiry.objects.visible_to(person("supervisor")).exists()
    assert Document.objects.visible_to(person("supervisor")).filter(pk=document.pk).exists()
    assert not RestrictionInquiry.objects.visible_to(head(TOWN)).exists()
    appoint(person("second_officer"), unit(COUNTY), PostKind.LIAISON, "联络员")
    with pytest.raises(NotYours), nothing_stored():
        ask_restrictions(by=person("second_officer"), **{**LETTER, **HEAD, "day": TODAY})
    assert not RestrictionInquiry.objects.visible_to(person("second_officer")).exists()
    assert not Document.objects.visible_to(person("second_officer")).filter(pk=document.pk).exists()


def test_the_answer_for_any_day_is_what_the_papers_say() -> None:
    rng, measures = random.Random(96), []
    for place in range(3):
        with later(days=60 * place):
            measures.append(restricting(matter=f"第{place}处乱点整治推进缓慢"))
    ended = of_person(measures[1], "冯十")[0]
    with later(days=90):
        decided = {"kind": RestrictionEnd.DECIDED, "paper": "江政法〔2026〕3号", "reason": "经复核，责任不在本人。"}
        end_restriction(ended, by=person("director"), decided_on=TODAY + timedelta(days=80), **decided)
    for offset in (-1, 0, 59, 60, 79, 80, 119, 120, *(rng.randrange(-30, 400) for _ in range(20))):
        day = TODAY + timedelta(days=offset)
        wanted = {
            measure.pk
            for measure in measures
            if MonthPeriod(measure.issued_paper.issued_at.astimezone(MONDAY.tzinfo).date(), 6).holds(day)
            and not (measure == measures[1] and offset >= 80)
        }
        answered = set(asked(day).in_force().values_list("measure_laid", flat=True))
        assert answered == wanted, day


def test_who_is_known_by_name_alone_may_be_somebody_on_record_in_another_post_and_is_asked_for() -> None:
    measure = restricting()
    stated = {"post": None, "subject": "leader_in_charge", "name": "吕二三", "title": "蓬江区棠下镇副镇长"}
    add_restricted_leader(measure, by=person("officer"), reason="任职没有登记。", proof=pdf(), **stated)
    later_on_record = engage("吕二三", None, unit(COUNTY), PostKind.LEADER_IN_CHARGE, "副区长")
    title = f"{unit(COUNTY).name}副区长"
    with refused(f"记录中有吕二三，但是“{title}”分不清是哪一位，请核对以后选定；都不是的，选“都不是”。", field="who"):
        asked(name="吕二三", title=title)
    assert asked(name="吕二三", title=title, who="title-蓬江区棠下镇副镇长").in_force().count() == 2
    assert asked(name="吕二三", title=title, who=f"person-{later_on_record.pk}").in_force().count() == 0
