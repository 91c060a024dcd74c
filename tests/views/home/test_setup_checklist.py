"""The administrator of a new office sees on the home what is missing, each with where it is entered."""

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import cast
from tests.factories import case_in
from tests.past_triggers import past_triggers
from tests.web import Visitor
from yuetan.models import CalendarYear, Post, Unit, User
from yuetan.rules.dates import clock
from yuetan.views.home.setup_checklist import setup_checklist
from yuetan.vocabulary import CaseState, PostKind, UnitKind

HEADING = "开始使用前要做的事"


def steps():
    """The lines of the list by their label, as the administrator reads them now."""
    return {step.label: step for step in setup_checklist(cast.person("sysadmin"))}


def test_the_home_lists_what_is_missing_and_leads_there(sysadmin):
    page = Visitor(sysadmin).open("/")
    assert HEADING in page
    assert "第一件约谈建议" in page
    assert page.link("领导和任职").endswith("/imports/?kind=posts")
    assert page.link("放假安排").endswith("/calendar/")


@pytest.mark.parametrize("username", ["officer", "director", "auditor"])
def test_nobody_else_reads_it(office, username):
    assert HEADING not in Visitor(cast.person(username)).open("/")


def test_it_goes_with_the_first_case(sysadmin):
    with time_machine.travel(cast.MONDAY):
        case_in(CaseState.DRAFTED)
        assert HEADING not in Visitor(sysadmin).open("/")


def test_units_without_a_head_are_counted(sysadmin):
    assert "没有登记主要领导" in steps()["领导和任职"].words
    assert steps()["单位"].done
    Unit.objects.in_use().interviewed().exclude(code__in=[cast.TOWN]).update(retired_on=clock.today())
    assert steps()["领导和任职"].done


def test_who_has_no_account_is_named(sysadmin):
    assert steps()["账号"].done
    User.objects.filter(username="director").update(username=None)
    assert not steps()["账号"].done
    assert "王三" in steps()["账号"].words


def test_a_needed_post_that_nobody_holds_is_named_and_never_said_to_be_there(sysadmin):
    Post.objects.filter(kind=PostKind.SUPERVISOR).update(ended_on=clock.today())
    assert "还没有登记督查员" in steps()["领导和任职"].words
    assert (steps()["账号"].done, steps()["账号"].words) == (False, "还没有可以登录的督查员")


def test_the_list_costs_the_same_however_many_units_there_are(sysadmin):
    def queries():
        with CaptureQueriesContext(connection) as asked:
            setup_checklist(User.objects.get(pk=sysadmin.pk))
        return len(asked)

    before = queries()
    head = cast.head(cast.TOWN)
    for unit in Unit.objects.in_use().filter(kind=UnitKind.TOWN)[:3]:
        Post.objects.create(
            unit=unit, holder=head, kind=PostKind.LIAISON, title="联络员", rank="", began_on=clock.today()
        )
    assert queries() == before


def test_a_year_without_its_arrangement_is_named(sysadmin):
    year = clock.today().year
    with past_triggers():
        CalendarYear.objects.filter(year=year).delete()
    assert not steps()["放假安排"].done
    assert f"{year}年" in steps()["放假安排"].words
