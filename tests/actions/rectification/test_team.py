"""Who inspects: persons of the office or of a member unit, chosen with their post, who sign; never of the unit."""

from datetime import date, timedelta

import pytest

from tests import cast
from tests.factories import case_in, keywords, later, pdf, picture, take
from tests.past_triggers import past_triggers
from tests.refusals import appoint, by_the_office, refused, too_small
from tests.web import Visitor
from yuetan.actions.people.unit import end_post
from yuetan.models import Alert, Attachment, Inspection, Post, TeamMember
from yuetan.models.rectification.team import possible_inspectors
from yuetan.rules.dates import clock
from yuetan.rules.text.official_text import chinese_date
from yuetan.vocabulary import CaseState, RevisitOutcome, Verb

TOO_FEW = "办公室设定：督查、现场核查、回头看须由两人以上进行，请选定至少两人；同一人任两职的只算一人。"
SIGN = "办公室设定：督查记录尚待张一签认：请其办理“签认督查记录”，或者由督查员上传全体签字的记录。"


def post_of(username, **which):
    return Post.objects.select_related("holder", "unit").get(holder__username=username, **which)


def rows(*posts):
    return [{"post": post} for post in posts]


def ready(verb):
    """A case in which this record can be made now."""
    return case_in(CaseState.CLOSED if verb == Verb.RECORD_REVISIT else CaseState.INSPECTING)


RECORDS = [Verb.CONCLUDE_INSPECTION, Verb.RECORD_SITE_CHECK, Verb.RECORD_REVISIT]


@pytest.mark.parametrize("verb", RECORDS)
def test_two_persons_not_two_posts(office, verb):
    case = ready(verb)
    second = appoint(cast.person("supervisor"), cast.unit(cast.OFFICE), "case_officer", "承办人")
    for given in (
        [],
        rows(post_of("supervisor", kind="supervisor")),
        rows(post_of("supervisor", kind="supervisor"), second),
    ):
        with refused(TOO_FEW, field="inspectors"):
            take(verb, case, inspectors=given)


@pytest.mark.parametrize("verb", RECORDS)
def test_who_may_not_inspect(office, verb):
    case, supervisor = ready(verb), post_of("supervisor")
    with refused("办公室设定：吴八不是市扫黑办承办、督查人员，也不是成员单位人员，不能参加督查。", field="inspectors"):
        take(verb, case, inspectors=rows(supervisor, post_of("sysadmin")))
    head = post_of(f"head_{cast.TOWN}")
    title = f"办公室设定：冯十任{cast.unit(cast.TOWN).full_name}党委书记，应当回避，不得参加督查。"
    with refused(title, field="inspectors"):
        take(verb, case, inspectors=rows(supervisor, head))
    appoint(cast.person("second_officer"), cast.unit(cast.TOWN), "liaison", "联系人")
    recused = f"办公室设定：李二任{cast.unit(cast.TOWN).full_name}联系人，应当回避，不得参加督查。"
    with refused(recused, field="inspectors"):
        take(verb, case, inspectors=rows(supervisor, post_of("second_officer", unit__code=cast.OFFICE)))


@pytest.mark.parametrize("verb", RECORDS)
def test_the_post_is_held_on_the_day(office, sysadmin, verb):
    case, officer = ready(verb), post_of("officer")
    with later(days=3):
        end_post(officer, by=sysadmin, ended_on=clock.today())
        officer = post_of("officer")
        today = chinese_date(clock.today())
        with refused(f"办公室设定：张一在{today}不任{officer.full_title}，请选定当日任职的人员。", field="inspectors"):
            take(verb, case, inspectors=rows(post_of("supervisor"), officer))
        day = {"inspected_on" if verb == Verb.CONCLUDE_INSPECTION else "visited_on": clock.today() - timedelta(days=1)}
        take(verb, case, inspectors=rows(post_of("supervisor"), officer), **day)


@pytest.mark.parametrize(
    ("verb", "day", "sentence"),
    [
        (Verb.BEGIN_INSPECTION, date(2025, 1, 6), "督查日期不得早于今天。"),
        (Verb.BEGIN_INSPECTION, date(2099, 1, 5), "督查日期须在启动督查后 60 天以内，最晚为{latest}。"),
        (Verb.CONCLUDE_INSPECTION, None, "尚未确定督查日期。"),
        (Verb.CONCLUDE_INSPECTION, date(2027, 1, 4), "督查的实际日期不得晚于今天。"),
        (Verb.CONCLUDE_INSPECTION, date(2025, 1, 6), "督查的实际日期不得早于启动督查之日（{today}）。"),
        (Verb.RECORD_SITE_CHECK, date(2025, 1, 6), "现场核查的日期不得早于交办之日（{assigned}）。"),
        (Verb.RECORD_REVISIT, date(2025, 1, 6), "回头看的实际日期不得早于办结之日（{today}）。"),
    ],
)
def test_the_day_can_be(office, verb, day, sentence):
    fields = {Verb.BEGIN_INSPECTION: "planned_on", Verb.CONCLUDE_INSPECTION: "inspected_on"}
    field = fields.get(verb, "visited_on")
    case = case_in(CaseState.RECTIFYING) if verb == Verb.BEGIN_INSPECTION else ready(verb)
    with later(days=60 if verb == Verb.BEGIN_INSPECTION else 0):
        words = {
            "latest": chinese_date(clock.today() + timedelta(days=60)),
            "today": chinese_date(clock.today()),
            "assigned": chinese_date(case.tasks.first().assigned_on),
        }
        with refused(by_the_office(sentence.format(**words)), field=field):
            take(verb, case, **{field: day})


def test_a_conclusion_counts_once_every_inspector_has_signed(office, officer, director, supervisor):
    case = case_in(CaseState.INSPECTING)
    case = take(Verb.CONCLUDE_INSPECTION, case, scan=None)
    team = case.current_inspection.team
    assert [member.person.name for member in team.members.all()] == ["周七", "张一"]
    assert [member.person for member in team.unsigned] == [officer]
    assert "请看过记录后签认" in Alert.objects.filter(recipient=officer).first().text
    with refused(SIGN):
        take(Verb.CLOSE, case)
    assert "签认督查记录" in Visitor(officer).open("/")
    with refused("办公室设定：王三不是所选记录中待签认的人员，请上传全体人员签字的记录扫描件。", field="scan"):
        take(Verb.SIGN_INSPECTION, case, by=director)
    take(Verb.SIGN_INSPECTION, case)
    with refused("没有待签认的督查记录。"):
        take(Verb.SIGN_INSPECTION, case, by=officer)
    assert take(Verb.CLOSE, case).state == CaseState.CLOSED


def test_or_the_signed_sheet_is_bound_in(office, supervisor):
    case = take(Verb.CONCLUDE_INSPECTION, case_in(CaseState.INSPECTING), scan=None)
    take(Verb.SIGN_INSPECTION, case, by=supervisor, scan=pdf("签字记录.pdf"))
    assert not case.unsigned_teams
    sheet = Attachment.objects.get(purpose="signed_sheet")
    assert sheet not in Attachment.objects.visible_to(cast.head(cast.TOWN))
    page = Visitor(cast.person("officer")).open(f"/cases/{case.pk}/")
    for words in ("签字的记录已上传", "签字记录.pdf", "周七（"):
        assert words in page
    assert "周七" not in Visitor(cast.head(cast.TOWN)).open(f"/cases/{case.pk}/")
    assert take(Verb.CLOSE, case).state == CaseState.CLOSED


def test_somebody_of_a_member_unit_goes_too_and_signs_on_paper(office, supervisor):
    case, guest = case_in(CaseState.INSPECTING), post_of(f"liaison_{cast.MEMBER_UNIT}")
    case = take(Verb.CONCLUDE_INSPECTION, case, inspectors=rows(post_of("supervisor"), guest), scan=pdf("签字.pdf"))
    member = TeamMember.objects.get(team=case.current_inspection.team, person=guest.holder)
    assert (member.title, member.signed_on_sheet) == (guest.full_title, True)


def test_a_relapse_nobody_signed_reopens_nothing(office):
    case = take(Verb.RECORD_REVISIT, case_in(CaseState.CLOSED), scan=None, outcome=RevisitOutcome.RELAPSED)
    with refused(SIGN):
        take(Verb.REQUEST_REOPENING, case)
    take(Verb.SIGN_INSPECTION, case)
    take(Verb.REQUEST_REOPENING, case)
    assert take(Verb.REOPEN, case).state == CaseState.RECTIFYING


def test_a_conclusion_nobody_signed_sends_nothing_back(office):
    case = case_in(CaseState.RECTIFYING)
    with later(days=40):
        take(Verb.BEGIN_INSPECTION, case)
        take(Verb.CONCLUDE_INSPECTION, case, scan=None, conclusion="not_rectified")
        with refused(SIGN):
            take(Verb.REQUEST_SEND_BACK, case)
        take(Verb.SIGN_INSPECTION, case)
        take(Verb.REQUEST_SEND_BACK, case)


def test_older_records_keep_the_words_of_their_day_and_bar_nothing(office, director):
    case = take(Verb.CONCLUDE_INSPECTION, case_in(CaseState.INSPECTING))
    with past_triggers():
        Inspection.objects.filter(case=case).update(team=None, inspectors="甲、乙")
    page = Visitor(director).open(f"/cases/{case.pk}/")
    assert "甲、乙（登记时只写姓名）" in page
    assert take(Verb.CLOSE, case).state == CaseState.CLOSED


def test_the_form_offers_who_may_inspect_and_remembers_who_was_planned(office, supervisor):
    case = case_in(CaseState.INSPECTING)
    offered = {post.holder.name for post in possible_inspectors(case)}
    assert {"周七", "张一", "李二", "王三", "韩十六", "杨十七"} == offered
    page = Visitor(supervisor).open(f"/cases/{case.pk}/steps/conclude_inspection/").response.content.decode()
    planned = keywords(Verb.BEGIN_INSPECTION, case)["inspectors"]
    assert all(f'<option value="{row["post"].pk}" selected>' in page for row in planned)
    assert "吴八（" not in page


def test_the_signed_sheet_can_be_read(supervisor):
    ahead = case_in(CaseState.INSPECTING)
    concluded = take(Verb.CONCLUDE_INSPECTION, case_in(CaseState.INSPECTING), scan=None)
    with refused(too_small("签字.png"), field="scan"):
        take(Verb.SIGN_INSPECTION, concluded, by=supervisor, scan=picture("签字.png", 8, 8))
    with refused(too_small("签字.png"), field="scan"):
        take(Verb.CONCLUDE_INSPECTION, ahead, scan=picture("签字.png", 8, 8))
