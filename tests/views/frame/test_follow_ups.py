"""What was drafted on the facts of a page is shown there, and leads back, for whoever may see it."""

from datetime import date

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.urls import reverse

from tests import cast
from tests.assessment import closed_assessment, sheet_of
from tests.factories import letter_in, pdf
from tests.received import received
from tests.refusals import appoint, not_theirs, refused
from tests.reporting import accepted, at, filled, report_of, scheme_of
from tests.rounds import informed_visit
from tests.web import Visitor
from yuetan.actions.follow_ups import link_follow_up, may_link
from yuetan.actions.proposal.readers import set_readers
from yuetan.actions.reporting.marks import mark_report
from yuetan.actions.reporting.scheme_rows import UnitScheme
from yuetan.errors import Refused
from yuetan.models import Case, Event, FollowUp, OfficeSetting
from yuetan.models.follow_up import SOURCES
from yuetan.vocabulary import LetterState, PostKind

TOWN_NAME = "蓬江区棠下镇"
ONCE_MORE = "不要重复起草"


def visitor(username, url):
    one = Visitor(cast.person(username))
    one.open(url)
    return one


def of_report():
    scheme = scheme_of()
    accepted(report_of(scheme))
    report = report_of(scheme)
    mark_report(report, by=cast.person("officer"), kind="false", words="核查场所9处。", proof=[pdf("核查记录.pdf")])
    return report, "report", "信息报送"


def of_scheme():
    OfficeSetting.objects.filter(key="report_missed_times").update(value=1)
    return UnitScheme(scheme_of(), cast.unit(cast.TOWN)), "scheme", "信息报送"


def of_letter():
    return received(reply_due=date(2026, 11, 20)), "received_letter", "三书一函"


def of_sheet():
    return sheet_of(closed_assessment()), "sheet", "考核"


def of_visit():
    return informed_visit(), "visit", "督导"


def page_of(source, name):
    if name == "report":
        return reverse("report", args=[source.public_id])
    named = {"scheme": "missed_units", "received_letter": "received_letter", "sheet": "assessment_sheet"}
    return reverse(named.get(name, "round_visit"), args=[source.pk])


def proposed_from(officer):
    """A proposal begun by the link on the page that they see."""
    officer.click(f"提出约谈建议：{TOWN_NAME}")
    officer.press("保存草稿")
    return Case.objects.get()


@pytest.mark.parametrize("begun", [of_report, of_scheme, of_letter, of_sheet, of_visit])
def test_a_proposal_is_linked_to_where_its_facts_stand_and_shown_on_both_pages(office, begun):
    """And nowhere to who may not know of it (知悉范围)."""
    source, name, room = begun()
    with time_machine.travel(at(27, 9), tick=False):
        url = page_of(source, name)
        officer = visitor("officer", url)
        assert ONCE_MORE not in officer.page
        case = proposed_from(officer)
        link = FollowUp.objects.get()
        assert (link.case, link.linked_by) == (case, cast.person("officer"))
        assert [each for each in SOURCES if getattr(link, f"{each}_id") is not None] == [name]
        assert Event.objects.filter(verb="link_follow_up").count() == 1
        page = officer.open(url)
        assert case.title in page
        assert ONCE_MORE in page
        assert f"来自{room}：" in officer.open(reverse("case", args=[case.pk]))
        assert case.title in visitor("second_officer", url).page
        readers = [cast.person(each) for each in ("officer", "supervisor")]
        set_readers(case, by=cast.person("director"), people=readers, reason="涉密。")
        page = visitor("second_officer", url).page
        assert case.title not in page
        assert ONCE_MORE not in page


@pytest.mark.parametrize("begun", [of_report, of_letter, of_sheet, of_visit])
def test_the_unit_and_who_holds_a_post_in_it_read_nothing_of_it(office, begun):
    source, name, _ = begun()
    with time_machine.travel(at(27, 9), tick=False):
        letter = letter_in(LetterState.ISSUED, to=cast.unit(cast.TOWN))
        link_follow_up(source, by=cast.person("officer"), subject=letter)
        url = page_of(source, name)
        assert "据此办理的事项" in visitor("officer", url).page
        appoint(cast.person("officer"), cast.unit(cast.TOWN), PostKind.LIAISON, "联络员")
        for who in ("officer", f"head_{cast.TOWN}"):
            assert letter.title not in visitor(who, url).page
        assert "来自" not in visitor(f"head_{cast.TOWN}", reverse("letter", args=[letter.pk])).page


def test_what_was_drafted_on_one_report_stands_on_the_others_of_the_scheme_and_among_who_missed(office):
    scheme, other = scheme_of(), scheme_of("另一项")
    OfficeSetting.objects.filter(key="report_missed_times").update(value=1)
    with time_machine.travel(at(27, 9), tick=False):
        town, letter = cast.unit(cast.TOWN), letter_in(LetterState.ISSUED, to=cast.unit(cast.TOWN))
        link_follow_up(UnitScheme(scheme, town), by=cast.person("officer"), subject=letter)
        page = visitor("officer", page_of(report_of(scheme), "report")).page
        assert "因本单位本项报送的其他各期办理的：" in page
        assert letter.title in page
        assert letter.title not in visitor("officer", page_of(report_of(scheme, cast.DIVISION_TOWN), "report")).page
        assert letter.title not in visitor("officer", page_of(report_of(other), "report")).page
        assert letter.title in visitor("officer", reverse("missed_units", args=[scheme.pk])).page
        assert letter.title not in visitor("officer", reverse("missed_units", args=[other.pk])).page


@pytest.mark.parametrize("begun", [of_report, of_scheme, of_letter, of_sheet, of_visit])
def test_a_link_is_of_the_unit_of_the_office_and_once(office, begun):
    source, name, _ = begun()
    with time_machine.travel(at(27, 9), tick=False):
        letter = letter_in(LetterState.ISSUED, to=cast.unit(cast.TOWN))
        with not_theirs():
            link_follow_up(source, by=cast.head(cast.TOWN), subject=letter)
        with pytest.raises(Refused) as error:
            link_follow_up(source, by=cast.person("officer"), subject=letter_in(LetterState.ISSUED))
        assert f"这一事项不是关于{TOWN_NAME}的" in error.value.reasons[0].text
        made = [link_follow_up(source, by=cast.person("officer"), subject=letter) for _ in range(2)]
        assert made[0] == made[1]
        with pytest.raises(IntegrityError), transaction.atomic():
            FollowUp.objects.create(letter=letter, linked_by=cast.person("officer"), **{name: getattr(made[0], name)})


def test_nothing_follows_where_no_facts_stand(office):
    report = report_of(scheme_of())
    filled(report, by="head")
    letter = letter_in(LetterState.ISSUED, to=cast.unit(cast.TOWN))
    assert not may_link(report, cast.person("officer"))
    sentence = "这份报表现在没有可以据以办理的事实，不能记为它之后的事项，请在列出事实的页面上起草。"
    with refused(sentence):
        link_follow_up(report, by=cast.person("officer"), subject=letter)
