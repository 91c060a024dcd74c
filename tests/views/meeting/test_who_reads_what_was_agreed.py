"""议定事项, 会议纪要: copied to no unit that may not read them, hidden from who must keep away (回避, 知悉范围)."""

from datetime import timedelta

import pytest
import time_machine

from tests import cast
from tests.factories import case_in, take
from tests.meeting_corrections import drafted, issued, one_more
from tests.meetings import AFTER, agreed, called, concluded, fresh, held, minuted, post_of, recorded, with_item, written
from tests.refusals import appoint, by_the_office, not_theirs, refused
from tests.web import Visitor, browser
from yuetan.actions.meeting.agenda import add_agenda_item
from yuetan.actions.meeting.convening import convene_meeting
from yuetan.actions.meeting.minutes import digest_of_meeting, issue_meeting_minutes
from yuetan.documents.content.meeting import meeting_paper, units_copied_to, why_not_copied
from yuetan.models import Case, Resolution
from yuetan.rules.dates import clock
from yuetan.vocabulary import CaseState, DocumentKind, PostKind, Verb

pytestmark = pytest.mark.usefixtures("office")
OWN, OTHERS = "逐户清退违规收取的费用。", "公示投诉电话。"
NOT_COPIED = "会上有审定事项，纪要载有所议单位、事由和审定结果"


def second():
    return cast.person("second_officer")


def of_the_town():
    """The second officer, who now holds a post in the town (回避)."""
    appoint(second(), cast.unit(cast.TOWN), PostKind.LEADER_IN_CHARGE, "副镇长")
    return second()


def with_both(meeting):
    """The town and a county are given something to do."""
    with time_machine.travel(AFTER, tick=False):
        for item in meeting.items.all():
            concluded(item)
        both = [agreed(OWN), agreed(OTHERS, cast.COUNTY)]
        recorded(meeting, *both)
    return fresh(meeting)


def walked(meeting, username, urls=("", "resolutions/", "minutes/", "correction/", "correction/issue/")):
    """All that a person reads of a meeting and around it."""
    visitor, said = browser(username), []
    of_meeting = [f"/meetings/{meeting.pk}/{url}" for url in urls]
    for url in ("/", "/meetings/", "/documents/", "/search/?q=会议", *of_meeting):
        answer = visitor.get(url)
        assert answer.status_code in (200, 403, 404), url
        said.append(answer.content.decode() if answer.status_code == 200 else "")
    return "".join(said)


def test_minutes_with_a_decision_in_them_are_copied_to_no_unit_and_the_page_says_why():
    decided, plain = written(case_in(CaseState.PROPOSED)), written()
    with time_machine.travel(AFTER, tick=False):
        facts = meeting_paper(DocumentKind.MEETING_MINUTES, decided, number="", dated=clock.today())
        assert facts["copied_to"] == ""
        assert NOT_COPIED in Visitor(cast.person("director")).open(f"/meetings/{decided.pk}/minutes/")
        facts = meeting_paper(DocumentKind.MEETING_MINUTES, plain, number="", dated=clock.today())
        assert facts["copied_to"] == "蓬江区棠下镇"
        assert "抄送参会单位" not in Visitor(cast.person("director")).open(f"/meetings/{plain.pk}/minutes/")
        paper = issue_meeting_minutes(decided, by=cast.person("director"), seen=digest_of_meeting(decided))
        drafted(decided)
        page = Visitor(cast.person("director")).open(f"/meetings/{decided.pk}/correction/issue/")
    assert NOT_COPIED in page
    assert "抄送" not in paper.html


def test_a_unit_that_attended_for_one_item_of_several_is_not_copied_in():
    meeting, county = called(), cast.unit(cast.COUNTY)
    officer, words = cast.person("officer"), {"case": None, "measure": None, "presenter": ""}
    add_agenda_item(meeting, by=officer, title="研究市场整治", units=[county], **words)
    convene_meeting(meeting, by=officer, units=[cast.unit(cast.TOWN)], posts=[post_of("director")])
    assert units_copied_to(meeting) == ["蓬江区棠下镇", county.full_name]
    with_item(fresh(meeting))
    assert units_copied_to(meeting) == ["蓬江区棠下镇"]
    assert why_not_copied(meeting).startswith("只列席个别议题的单位不在抄送之列")


def test_a_unit_that_attended_for_every_item_by_name_is_copied_in():
    meeting, county = called(), cast.unit(cast.COUNTY)
    officer, words = cast.person("officer"), {"case": None, "measure": None, "presenter": "", "units": [county]}
    for title in ("研究市场整治", "研究宣传工作"):
        add_agenda_item(meeting, by=officer, title=title, **words)
    convene_meeting(meeting, by=officer, units=[cast.unit(cast.TOWN)], posts=[post_of("director")])
    assert units_copied_to(meeting) == ["蓬江区棠下镇", county.full_name]
    assert why_not_copied(meeting) == ""


def test_nobody_reads_what_their_unit_is_given_before_the_unit_does():
    meeting, recused = with_both(held()), of_the_town()
    with time_machine.travel(AFTER + timedelta(hours=1), tick=False):
        said = walked(meeting, "second_officer")
        assert OTHERS in said
        assert OWN not in said
        assert OWN in walked(meeting, "officer")
        with not_theirs():
            issue_meeting_minutes(meeting, by=recused, seen=digest_of_meeting(meeting))
        issue_meeting_minutes(meeting, by=cast.person("director"), seen=digest_of_meeting(meeting))
        assert OWN in walked(meeting, "second_officer")
        drafted(meeting, agreed=[*one_more(meeting, "每周报告一次。"), agreed("另派专人。")])
        assert "另派专人。" not in walked(meeting, "second_officer")
        with not_theirs():
            issued(meeting, by="second_officer")
        with not_theirs():
            drafted(meeting, by="second_officer", observers="市委政法委张二")


def test_who_holds_a_post_in_a_unit_neither_gives_it_something_nor_takes_it_away():
    meeting = with_both(held())
    of_the_town()
    town = cast.unit(cast.TOWN).full_name
    with time_machine.travel(AFTER, tick=False):
        own = f"第2项议定事项的承办单位{town}是您任职的单位，应当回避；请由办公室的另一人登记这一项。"
        with refused(by_the_office(own)):
            recorded(meeting, agreed(OTHERS, cast.COUNTY), agreed("少清退一些。"), by="second_officer")
        recorded(meeting, agreed("每周报告。", cast.COUNTY), agreed(OTHERS, cast.COUNTY), by="second_officer")
    rows = [(one.number, one.text) for one in meeting.resolutions.order_by("number")]
    assert rows == [(1, OWN), (2, "每周报告。"), (3, OTHERS)]


def test_a_correction_gives_the_own_unit_of_its_drafter_nothing():
    meeting = with_both(held())
    appoint(second(), cast.unit(cast.MEMBER_UNIT), PostKind.LEADER_IN_CHARGE, "副局长")
    with time_machine.travel(AFTER, tick=False):
        issue_meeting_minutes(meeting, by=cast.person("director"), seen=digest_of_meeting(meeting))
        more = [*one_more(meeting), agreed("派员参加。", cast.MEMBER_UNIT)]
        with refused(by_the_office(own_row(4))):
            drafted(meeting, by="second_officer", agreed=more)


def own_row(number):
    unit = cast.unit(cast.MEMBER_UNIT).full_name
    return f"第{number}项议定事项的承办单位{unit}是您任职的单位，应当回避；请由办公室的另一人登记这一项。"


def test_what_was_agreed_is_hidden_with_the_minutes_from_whom_a_case_leaves_out():
    case = case_in(CaseState.PROPOSED)
    meeting = written(case)
    take(Verb.SET_READERS, Case.objects.get(pk=case.pk))
    with time_machine.travel(AFTER, tick=False):
        assert OWN not in walked(meeting, "second_officer")
        assert OWN in walked(meeting, "officer")
        with not_theirs():
            recorded(meeting, by="second_officer")
        issue_meeting_minutes(meeting, by=cast.person("director"), seen=digest_of_meeting(meeting))
        assert not Resolution.objects.visible_to(second()).filter(meeting=meeting).exists()


def test_a_unit_reads_its_own_once_the_minutes_are_issued():
    paper = minuted()
    for code, number in ((cast.TOWN, 1), (cast.COUNTY, 0)):
        shown = Resolution.objects.visible_to(cast.head(code)).filter(meeting=paper.meeting)
        assert shown.count() == number
