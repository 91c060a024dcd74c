"""半年报告, 季度分析报告: when due and by what done; the office reads it at home, in 日程 and in its messages."""

from contextlib import contextmanager
from datetime import date, timedelta

import pytest
import time_machine
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tests import cast
from tests.reporting import accepted, analysed, at, issued, report_of, scheme_of, seen_of
from tests.web import Visitor
from yuetan.actions.messages.report_reminders import remind_of_analyses
from yuetan.actions.reporting.analyses import digest_of_analysis, endorse_analysis, withdraw_analysis
from yuetan.actions.reporting.periods import open_scheme
from yuetan.documents.content.report_analysis import figures_of
from yuetan.ledgers.agenda.agenda import agenda
from yuetan.models import Alert, OfficeSetting, ReportAnalysis
from yuetan.models.reporting.analysis_due import analyses_due, drafts_of, ended_analyses_due
from yuetan.rules.dates import clock
from yuetan.rules.reporting.periods import MAX_DUE_DAYS
from yuetan.vocabulary import ReportingRhythm

LATER = (2028, 7), (2030, 1)
DUE = date(2027, 1, 22)  # fifteen working days after 31 December
WORDS = "2026年下半年的半年报告应在2027年1月22日前印发，还没有印发"
TITLE = "半年情况"


def january(day):
    return time_machine.travel(at(day, 9, month=1).replace(year=2027), tick=False)


def half_yearly(**changed):
    """A scheme of half years, its first period that of the cast; due on 10 January."""
    facts = {"rhythm": ReportingRhythm.HALF_YEARLY, "due_days": 10, "first_day": date(2026, 11, 26)}
    return scheme_of(TITLE, **facts | changed)


def line_of(who="officer"):
    page = Visitor(cast.person(who)).open("/")
    return next(((words, url) for words, url in page.links if words.startswith("2026年下半年")), None), page


def test_it_is_due_once_the_half_year_has_ended_until_it_is_issued(office):
    scheme = half_yearly()
    with time_machine.travel(at(31, 9, month=12), tick=False):
        assert ended_analyses_due(clock.today()) == []
        (ahead,) = analyses_due(clock.today())
        assert (ahead.due_on, ahead.words) == (DUE, WORDS)
    with january(1):
        assert ended_analyses_due(clock.today())[0].due_on == DUE
    with january(11):
        accepted(report_of(scheme))
        period = scheme.periods.get(last=date(2026, 12, 31))
        issued(analysed(period, under=cast.unit(cast.TOWN).parent))
        assert ended_analyses_due(clock.today())  # of one 市（区） is not of all
        withdrawn = analysed(period)
        withdraw_analysis(withdrawn, by=cast.person("officer"), reason="重写。")
        assert drafts_of(ended_analyses_due(clock.today())) == {}
        analysis, due = analysed(period), ended_analyses_due(clock.today())
        assert drafts_of(due) == {due[0].place: analysis}
        issued(analysis)
        assert ended_analyses_due(clock.today()) == []
        assert [one.span.label for one in analyses_due(clock.today())] == ["2027年上半年"]


def test_no_report_is_due_of_a_half_year_before_units_reported_here(office):
    assert analyses_due(clock.today()) == []
    scheme_of()
    (only,) = analyses_due(clock.today())
    assert only.span.label == "2026年下半年"
    with time_machine.travel(at(1, 9, month=7).replace(year=2027), tick=False):
        assert [one.span.label for one in analyses_due(clock.today())] == ["2027年上半年", "2027年下半年"]


def test_a_scheme_may_still_begin_with_the_half_year_that_is_asked_for(office):
    """What the line at home says can be done, on the first and on the last day on which it says so."""
    scheme_of()
    for name, month, day in (("甲表", 1, 4), ("乙表", 3, 30)):
        with time_machine.travel(at(day, 9, month=month).replace(year=2027), tick=False), undone():
            (one,) = ended_analyses_due(clock.today())
            facts = {"rhythm": ReportingRhythm.HALF_YEARLY, "due_days": MAX_DUE_DAYS, "first_day": one.span.last}
            period = scheme_of(name, **facts).periods.get(last=one.span.last)
            assert [one.period for one in ended_analyses_due(clock.today())] == [period]
    with time_machine.travel(at(31, 9, month=3).replace(year=2027), tick=False):
        assert ended_analyses_due(clock.today()) == []  # no scheme can begin with it any more


@contextmanager
def undone():
    """What is done within is undone afterwards."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def test_each_half_year_counts_from_the_first_that_is_reported_until_its_report_is_issued(office):
    scheme_of()
    with january(4):
        scheme = half_yearly(first_day=date(2027, 1, 4))
        assert ended_analyses_due(clock.today()) == []  # the one before is reported by nobody
    later = [time_machine.travel(at(5, 9, month=month).replace(year=year), tick=False) for year, month in LATER]
    with later[0]:
        open_scheme(scheme, clock.today())
        labels = [f"{year}年{half}半年" for year, half in ((2027, "上"), (2027, "下"), (2028, "上"))]
        assert [one.span.label for one in ended_analyses_due(clock.today())] == labels
        remind_of_analyses(clock.today())
        drafter = Alert.objects.filter(recipient=cast.person("officer"), key__endswith=":ended")
        assert sorted(text.partition("的")[0] for text in drafter.values_list("text", flat=True)) == sorted(labels)
        issued(analysed(scheme.periods.get(last=date(2027, 12, 31))))
        left = [labels[0], labels[2]]
        assert [one.span.label for one in ended_analyses_due(clock.today())] == left
    with later[1]:
        open_scheme(scheme, clock.today())
        lines = [words for words, _ in Visitor(cast.person("officer")).open("/").links if "半年报告" in words]
        assert [words.partition("的")[0] for words in lines[:4]] == [*left, "2028年下半年", "2029年上半年"]
        assert "半年报告：另有 1 件" in lines[4]


def test_what_is_reported_later_makes_its_day_later(office):
    half_yearly(due_days=40)
    with january(11):
        (one,) = ended_analyses_due(clock.today())
        assert one.due_on == timezone.localtime(one.period.due_at).date() > DUE


def test_an_analysis_in_another_rhythm_is_no_report_of_the_half_year(office):
    scheme = scheme_of("季度情况", rhythm=ReportingRhythm.QUARTERLY)
    with january(11):
        accepted(report_of(scheme))
        issued(analysed(scheme.periods.get(last=date(2026, 12, 31))))
        assert ended_analyses_due(clock.today())


def test_an_office_that_wants_no_reminder_has_none(office):
    half_yearly()
    OfficeSetting.objects.filter(key="half_year_report_days").update(value=0)
    with january(11):
        assert analyses_due(clock.today()) == []
        assert line_of()[0] is None


def test_the_home_leads_to_what_comes_next(office):
    scheme_of()
    with january(4):
        (_, url), page = line_of()
        more = "请先设立，首期选2026年下半年，报送时限须在今天以后；半年报告从首期起算"
        assert f"{WORDS}；这一期没有按半年报送的事项，{more}" in page
        assert url.endswith(reverse("create_scheme"))
        assert line_of("director")[0] is None
        assert line_of(f"head_{cast.TOWN}")[0] is None


def test_the_home_leads_from_the_figures_to_the_draft(office):
    scheme = half_yearly()
    with january(5):
        (_, url), page = line_of()
        period = scheme.periods.get()
        assert f"{WORDS}；报送时限过后起草" in page
        assert url.endswith(reverse("report_summary", args=[period.pk]))
    with january(11):
        accepted(report_of(scheme))
        (_, url), page = line_of()
        assert f"{WORDS}，请起草" in page
        assert url.endswith(reverse("draft_analysis", args=[period.pk]))
        analysis = analysed(period)
        endorse_analysis(analysis, by=cast.person("supervisor"), seen=seen_of(analysis))
        (_, url), page = line_of()
        assert f"{WORDS}（已核稿）" in page
        assert url.endswith(reverse("report_analysis", args=[analysis.pk]))


def test_the_day_stands_in_the_agenda_of_who_drafts_it(office):
    half_yearly()
    days = DUE - timedelta(days=3), DUE

    def entries(who, until=DUE):
        return [one.unit for one in agenda(cast.person(who), days[0], until).entries if one.step == "印发半年报告"]

    with time_machine.travel(at(20, 9, month=12), tick=False):
        assert entries("officer") == ["2026年下半年的半年报告"]
        assert entries("officer", DUE - timedelta(days=1)) == []
        assert entries("director") == []
        assert entries(f"head_{cast.TOWN}") == []


def test_it_is_said_once_at_its_beginning_and_once_when_it_is_late(office):
    half_yearly()

    def stated():
        remind_of_analyses(clock.today())
        texts = Alert.objects.filter(key__startswith="half_year_report:").order_by("pk")
        return [(one.recipient.username, one.text) for one in texts]

    with time_machine.travel(at(31, 9, month=12), tick=False):
        assert stated() == []
    begun, late = (f"{WORDS}，{words}；期限是办公室设定。" for words in ("请在信息报送中起草", "已经超过期限"))
    drafters = ("officer", "second_officer")
    for day in (1, 5, 22):
        with january(day):
            assert sorted(stated()) == [(who, begun) for who in drafters]
    for day in (23, 30):
        with january(day):
            assert sorted(stated()[:2]) == [(who, begun) for who in drafters]
            assert sorted(stated()[2:]) == [(who, late) for who in ("director", *drafters)]


def test_it_goes_to_whom_the_office_has_set_and_others_to_the_leading_group(office):
    scheme, weekly = half_yearly(), scheme_of()
    set_to = "市委", "市人民政府、省扫黑除恶专项斗争领导小组办公室"
    with january(11):
        accepted(report_of(scheme))
        officer = Visitor(cast.person("officer"))
        form = officer.open(reverse("draft_analysis", args=[scheme.periods.get().pk])).forms[-1]
        assert (form.values["addressee"], form.values["copied_to"]) == ([set_to[0]], [set_to[1]])
        texts = {"situation": "总体平稳。", "problems": "个别镇未报。", "proposals": "逐镇补报。"}
        group = form.offered["copied_lists"][0]
        page = officer.press("保存", **texts, copied_lists=[group], copied_to="市委政法委")
        assert f"{set_to[0]}：" in page
        assert f"抄送：{group}，市委政法委。" in page
        analysis = ReportAnalysis.objects.get()
        assert (analysis.addressee, analysis.copied_to) == (set_to[0], f"{group}、市委政法委")
        form = officer.open(reverse("revise_analysis", args=[analysis.pk])).forms[-1]
        assert (form.values["copied_lists"], form.values["copied_to"]) == ([group], ["市委政法委"])
        officer.press("保存", addressee="", copied_lists=[], copied_to="")
        assert "市扫黑除恶专项斗争领导小组：" in officer.page
        assert "抄送：" not in officer.page
        open_scheme(weekly, clock.today())
        period = weekly.periods.order_by("first")[0]
        form = officer.open(reverse("draft_analysis", args=[period.pk])).forms[-1]
        assert (form.values["addressee"], form.values["copied_to"]) == ([""], [""])
        under = cast.unit(cast.TOWN).parent.code
        form = officer.open(f"{reverse('draft_analysis', args=[scheme.periods.get().pk])}?under={under}").forms[-1]
        assert form.values["addressee"] == [""]


def test_who_looks_at_it_has_looked_at_whom_it_goes_to(office):
    scheme = half_yearly()
    with january(11):
        accepted(report_of(scheme))
        analysis = analysed(scheme.periods.get())
        seen = digest_of_analysis(analysis, figures_of(analysis))
        for changed in ({"addressee": "江门市委"}, {"copied_to": "市公安局"}):
            for name, value in changed.items():
                setattr(analysis, name, value)
            assert digest_of_analysis(analysis, figures_of(analysis)) != seen


@pytest.mark.parametrize("field", ["addressee", "copied_to"])
def test_an_endorsed_analysis_keeps_whom_it_goes_to(office, field):
    scheme = half_yearly()
    with january(11):
        accepted(report_of(scheme))
        analysis = analysed(scheme.periods.get())
        endorse_analysis(analysis, by=cast.person("supervisor"), seen=seen_of(analysis))
        with pytest.raises(DatabaseError), transaction.atomic():
            ReportAnalysis.objects.filter(pk=analysis.pk).update(**{field: "市公安局"})


QUARTER = "2026年第4季度的季度分析报告应在2027年1月15日前印发，还没有印发"  # ten working days after 31 December


def wanted_by_quarter(days=10):
    OfficeSetting.objects.filter(key="quarter_analysis_days").update(value=days)


def quarterly(title="季度情况", **changed):
    facts = {"rhythm": ReportingRhythm.QUARTERLY, "due_days": 10, "first_day": date(2026, 11, 26)}
    return scheme_of(title, **facts | changed)


def test_a_quarter_is_due_where_the_office_has_set_so_and_beside_the_half_year_that_ends_with_it(office):
    half, quarter = half_yearly(), quarterly()
    with january(11):
        assert [one.words for one in ended_analyses_due(clock.today())] == [WORDS]  # the office has set none
        wanted_by_quarter()
        assert [one.words for one in ended_analyses_due(clock.today())] == [WORDS, QUARTER]
        for scheme, left in ((quarter, [WORDS]), (half, [])):
            accepted(report_of(scheme))
            analysis = analysed(scheme.periods.get(last=date(2026, 12, 31)))
            due = ended_analyses_due(clock.today())
            assert [one.period for one in due if one.place in drafts_of(due)] == [analysis.period]
            issued(analysis)
            assert [one.words for one in ended_analyses_due(clock.today())] == left
        assert [one.span.label for one in analyses_due(clock.today())] == ["2027年上半年", "2027年第1季度"]
        OfficeSetting.objects.filter(key="half_year_report_days").update(value=0)
        assert [one.span.label for one in analyses_due(clock.today())] == ["2027年第1季度"]


def test_the_home_and_the_agenda_say_what_is_due_of_a_quarter_and_where_to_go_on(office):
    wanted_by_quarter()
    OfficeSetting.objects.filter(key="half_year_report_days").update(value=0)
    scheme_of()

    def line():
        page = Visitor(cast.person("officer")).open("/")
        return next(url for words, url in page.links if words.startswith("2026年第4季度")), page

    with january(4):
        url, page = line()
        assert f"{QUARTER}；这一期没有按季度报送的事项，请先设立，首期选2026年第4季度，报送时限须在今天以后" in page
        assert url.endswith(reverse("create_scheme"))
        period = quarterly(first_day=date(2026, 12, 31)).periods.get(last=date(2026, 12, 31))
        days = date(2027, 1, 14), date(2027, 1, 15)
        entries = {who: agenda(cast.person(who), *days).entries for who in ("officer", "director")}
        named = {who: [one.unit for one in each if one.step == "印发季度分析报告"] for who, each in entries.items()}
        assert named == {"officer": ["2026年第4季度的季度分析报告"], "director": []}
    with january(12):
        url, page = line()
        assert f"{QUARTER}，请起草" in page
        assert url.endswith(reverse("draft_analysis", args=[period.pk]))
    with time_machine.travel(at(5, 9, month=7).replace(year=2028), tick=False):
        open_scheme(period.scheme, clock.today())
        lines = [words for words, _ in Visitor(cast.person("officer")).open("/").links if "季度分析报告" in words]
        assert [words.partition("的")[0] for words in lines[:2]] == ["2026年第4季度", "2027年第1季度"]
        assert "季度分析报告：另有 3 件" in lines[4]


def test_of_a_quarter_it_is_said_once_at_its_beginning_and_once_when_it_is_late(office):
    wanted_by_quarter()
    quarterly()
    texts = Alert.objects.filter(key__startswith="quarter_analysis:2026-12-31:", recipient=cast.person("officer"))
    for day, number in ((1, 1), (15, 1), (16, 2), (20, 2)):
        with january(day):
            remind_of_analyses(clock.today())
            assert (day, texts.count()) == (day, number)
    assert set(texts.values_list("text", flat=True)) == {
        f"{QUARTER}，请在信息报送中起草；期限是办公室设定。",
        f"{QUARTER}，已经超过期限；期限是办公室设定。",
    }


def test_both_rhythms_are_read_in_the_statements_of_one(office):
    half_yearly()
    quarterly()

    def statements():
        with CaptureQueriesContext(connection) as queries:
            due = ended_analyses_due(clock.today())
            drafts_of(due)
        return len(due), sum("yuetan_report" in each["sql"] for each in queries)

    with january(11):
        assert statements() == (1, 3)
        wanted_by_quarter()
        assert statements() == (2, 3)
    OfficeSetting.objects.filter(key__in=("half_year_report_days", "quarter_analysis_days")).update(value=0)
    with january(11):
        assert statements() == (0, 0)  # an office that wants neither reads nothing
