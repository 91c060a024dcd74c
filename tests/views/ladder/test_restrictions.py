"""资格限制 in the browser: the register, one restriction with its days, who is added, what ends, who hears of it."""

import re
from datetime import date, datetime, time, timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from tests import cast
from tests.cast import COUNTY, TOWN, head, unit
from tests.consistency import check_all
from tests.factories import later, pdf, succeed
from tests.past_triggers import past_triggers
from tests.restrictions import LETTER, leader_in_charge, of_person, of_unit, restricting
from tests.web import BACKEND
from yuetan.actions.messages import restriction_reminders
from yuetan.actions.messages.restriction_reminders import remind_of_restrictions
from yuetan.actions.record.check_records import disagreements
from yuetan.models import Alert, Document, Restriction, RestrictionInquiry
from yuetan.rules.dates import clock
from yuetan.rules.text.official_text import CHINA_STANDARD_TIME
from yuetan.vocabulary import MeasureState, PostKind, RecordKind
from yuetan.vocabulary.restriction import RestrictionStanding

pytestmark = pytest.mark.usefixtures("office")
LAST = date(2027, 5, 23)


def browser(username: str) -> Client:
    client = Client()
    client.force_login(cast.person(username), backend=BACKEND)
    return client


def page(username: str, url: str) -> str:
    return browser(username).get(url).content.decode()


def test_the_register_lists_what_stands_how() -> None:
    restricting()
    shown = page("officer", "/restrictions/")
    for words in (
        "蓬江区棠下镇",
        "冯十",
        "综合性评选",
        "江扫黑通〔2026〕1号",
        "限制中，还有 181 天",
        '<span class="nowrap">2026年11月23日</span>至<span class="nowrap">2027年5月23日</span>',  # no line parts a date
    ):
        assert words in shown, words
    count = lambda query: len(browser("officer").get(f"/restrictions/?{query}").context["rows"])  # noqa: E731
    assert (count("standing=in_force"), count("standing=ending"), count("standing=ended")) == (5, 0, 0)
    assert (count("whose=unit"), count("whose=person"), count("closed=selection"), count("q=陈十一")) == (1, 4, 1, 2)
    assert (count("on=2027-05-23"), count("on=2027-05-24"), count("on=2026-11-22")) == (5, 0, 0)
    assert (count("sort=until"), count("sort=unit"), count(f"area={COUNTY}")) == (5, 5, 0)
    with time_machine.travel(datetime.combine(LAST, time(9), CHINA_STANDARD_TIME)):
        assert count("standing=ending") == 5
        assert "限制中，今天期满" in page("officer", "/restrictions/")
    with time_machine.travel(datetime.combine(LAST + timedelta(days=1), time(9), CHINA_STANDARD_TIME)):
        assert (count("standing=in_force"), count("standing=ended")) == (0, 5)


def test_a_restriction_says_why_its_days_are_these_and_is_of_its_own_people() -> None:
    measure = restricting()
    one, own = of_unit(measure), of_person(measure, "冯十")[0]
    url = reverse("restriction", args=[one.pk])
    shown = page("supervisor", url)
    assert "即6个月，按日历月计算，起止当日都计入" in shown
    assert "第二十九条规定为半年；起算办法为办公室设定：" in shown
    liaison = browser(f"liaison_{TOWN}")
    assert liaison.get(url).status_code == 200
    assert "冯十" not in liaison.get(url).content.decode()
    assert liaison.get(reverse("restriction", args=[own.pk])).status_code == 404
    assert browser(f"head_{TOWN}").get(reverse("restriction", args=[own.pk])).status_code == 200
    assert browser(f"head_{COUNTY}").get(url).status_code == 404
    assert "登记提前解除" not in page("supervisor", url)


def test_the_page_of_a_measure_shows_whom_it_will_restrict_and_then_whom_it_does() -> None:
    measure = restricting(MeasureState.DECIDED)
    url = reverse("measure_laid", args=[measure.pk])
    assert "蓬江区棠下镇镇长陈十一，半年：评先受奖、晋职晋级" in page("officer", url)
    measure = restricting(MeasureState.SERVED, matter="另一处乱点整治推进缓慢")
    url = reverse("measure_laid", args=[measure.pk])
    leader_in_charge()
    shown = page("officer", url)
    assert "作出决定之日任受限制的职务、还没有列入：蓬江区棠下镇副镇长何二一" in shown
    assert "补列受限制的领导" in shown
    assert "补列受限制的领导" not in page(f"head_{TOWN}", url)


def test_a_leader_is_added_and_a_restriction_ended_by_their_forms() -> None:
    measure = restricting()
    officer, address = browser("officer"), reverse("add_restricted_leader", args=[measure.pk])
    answer = officer.post(
        address, {"subject": "leader_in_charge", "name": "吕二三", "title": "", "reason": "见任职文件。"}
    )
    assert answer.status_code == 422
    assert 'value="吕二三"' in answer.content.decode()
    stated = {"subject": "leader_in_charge", "name": "吕二三", "title": "蓬江区棠下镇副镇长", "reason": "见任职文件。"}
    without = officer.post(address, stated)
    assert without.status_code == 422
    assert "须附任免文件等的扫描件" in without.content.decode()
    assert officer.post(address, stated | {"proof": pdf("任职通知.pdf")}).status_code == 302
    one = of_person(measure, "吕二三")[0]
    own = reverse("restriction", args=[one.pk])
    assert "任职通知.pdf" in page("supervisor", own)
    scan = reverse("attachment", args=[one.proof_id])
    assert officer.get(scan).status_code == 200
    for kept_from in (f"head_{TOWN}", f"liaison_{TOWN}"):
        assert browser(kept_from).get(scan).status_code == 404
    ending = reverse("end_restriction", args=[one.pk])
    assert officer.get(ending).status_code == 403
    facts = {"kind": "mislisted", "decided_on": str(clock.today()), "reason": "任职文件写错。"}
    director = browser("director")
    refused = director.post(ending, facts | {"paper": ""}).content.decode()
    assert "资格限制只能凭文书提前解除，尚未写明决定的机关和文号。" in refused
    assert "第三十一条，资格限制" not in refused
    assert director.post(ending, facts | {"paper": "江扫黑办〔2026〕9号"}).status_code == 302
    one.refresh_from_db()
    assert one.standing == RestrictionStanding.ENDED_EARLY
    assert "列入有误，江扫黑办〔2026〕9号" in page("officer", reverse("restriction", args=[one.pk]))


def test_unit_person_and_dossier_pages_show_them_and_they_follow_the_person() -> None:
    restricting()
    town, leader = unit(TOWN), head(TOWN)
    assert "蓬江区棠下镇党委书记冯十：晋职晋级" in page("officer", f"/units/{town.pk}/")
    assert "蓬江区棠下镇党委书记冯十：晋职晋级" in page("officer", f"/dossiers/people/{leader.pk}/?year=2026")
    assert "蓬江区棠下镇：综合性评选" in page(f"liaison_{TOWN}", f"/dossiers/units/{town.pk}/?year=2026")
    assert "冯十：" not in page(f"liaison_{TOWN}", f"/dossiers/units/{town.pk}/?year=2026")
    with later(days=40):
        succeed(leader, "何二二")
        assert "冯十" in page("officer", f"/dossiers/people/{leader.pk}/?year=2026")
    pdf = browser("officer").get(f"/dossiers/people/{leader.pk}/pdf/?year=2026")
    assert pdf.headers["Content-Type"] == "application/pdf"


def test_everybody_concerned_hears_a_week_before_and_on_the_day_once() -> None:
    leader_in_charge()
    measure = restricting()
    key = f"restriction:{measure.pk}:20270523"
    for day, reminded, moment in (
        (LAST - timedelta(days=8), 0, ""),
        (LAST - timedelta(days=7), 1, "before"),
        (LAST - timedelta(days=6), 0, ""),
        (LAST, 1, "last"),
        (LAST + timedelta(days=1), 0, ""),
    ):
        with time_machine.travel(datetime.combine(day, time(6), CHINA_STANDARD_TIME)):
            assert remind_of_restrictions(day) == {"提醒": reminded}, day
        if moment:
            texts = dict(Alert.objects.filter(key=f"{key}:{moment}").values_list("recipient__name", "text"))
            assert set(texts) == {"张一", "李二", "王三", "冯十", "褚十二", "何二一"}
            assert texts["冯十"].startswith("对本单位、您本人的资格限制")
            assert texts["褚十二"].startswith("对本单位的资格限制")


def test_all_that_ends_today_is_reminded_of_in_one_run() -> None:
    """However many they are: tomorrow nobody would say it."""
    for place in (TOWN, COUNTY):
        restricting(on=unit(place))
    assert not hasattr(restriction_reminders, "MAX_AT_ONCE")
    with time_machine.travel(datetime.combine(LAST, time(6), CHINA_STANDARD_TIME)):
        assert [remind_of_restrictions(LAST)["提醒"] for _ in range(2)] == [2, 0]


def test_records_are_held_against_the_papers() -> None:
    measure = restricting()
    check_all()
    assert not [each for each in disagreements() if each.kind == RecordKind.RESTRICTION]
    row = of_person(measure, "冯十")[0]
    with past_triggers():
        Restriction.objects.filter(pk=row.pk).update(last_day=LAST + timedelta(days=9), until=LAST + timedelta(days=9))
    assert [each.words for each in disagreements() if each.kind == RecordKind.RESTRICTION] == [
        "资格限制的起止与送达日期、规定的期限不一致"
    ]


def test_the_form_of_an_asking_says_in_words_that_no_unit_is_chosen() -> None:
    form = page("officer", reverse("ask_restrictions"))
    assert ">不选</option>" in form
    assert "-----" not in form


def test_an_asking_goes_from_the_form_to_the_numbered_paper() -> None:
    restricting()
    cast.engage("冯十", None, unit(COUNTY), PostKind.LEADER_IN_CHARGE, "副区长")
    officer = browser("officer")
    letter = {name: str(value) for name, value in LETTER.items()} | {"name": "冯十", "title": "书记", "unit": ""}
    answer = officer.post("/restrictions/inquiries/new/", letter)
    shown = answer.content.decode()
    assert answer.status_code == 422
    assert "冯十（蓬江区棠下镇党委书记）" in shown
    assert "都不是，记录中没有这个人" in shown
    assert 'value="江组函〔2026〕18号"' in shown
    chosen = letter | {"who": f"person-{head(TOWN).pk}"}
    assert officer.post("/restrictions/inquiries/new/", chosen).status_code == 302
    one = RestrictionInquiry.objects.get()
    url, reply = f"/restrictions/inquiries/{one.pk}/", f"/restrictions/inquiries/{one.pk}/reply/"
    assert "您是登记人" in page("officer", url)
    assert "受限制" in page("supervisor", url)
    director = browser("director")
    preview = director.post(reply)
    assert "印出来是这样" in preview.content.decode()
    assert not Document.objects.filter(inquiry=one).exists()
    seen = re.search(r'name="seen" value="([0-9a-f]{64})"', preview.content.decode())
    assert seen
    assert director.post(reply, {"seen": seen[1], "confirmed": "1"}).status_code == 302
    document = Document.objects.get(inquiry=one)
    assert document.number in page("supervisor", "/restrictions/inquiries/")
    assert "关于冯十资格限制情况的复函" in page("director", f"/documents/{document.pk}/")
    assert browser(f"head_{TOWN}").get(url).status_code == 404
    assert browser(f"head_{TOWN}").get("/restrictions/inquiries/").status_code == 403
    assert browser(f"head_{TOWN}").get(f"/documents/{document.pk}/").status_code == 404


def test_search_finds_what_the_person_may_see() -> None:
    restricting()
    assert "资格限制</h2>" in page("officer", "/search/?q=陈十一")
    assert "资格限制</h2>" not in page(f"liaison_{TOWN}", "/search/?q=陈十一")
