"""未签收的通知: which are listed, in which order, with whom to call; who may read it."""

import time_machine
from django.urls import reverse

from tests import cast
from tests.factories import case_after, case_in, later, take
from tests.web import Visitor, browser
from yuetan.actions.people.account import change_contact
from yuetan.models import Case, Post
from yuetan.models.record.unsigned_notices import unsigned_notices
from yuetan.vocabulary import CaseState, PostKind, Verb

PAGE = "/documents/unsigned-notices/"


def test_a_notice_is_listed_until_it_is_signed_for_and_again_when_another_is_served(office):
    with time_machine.travel(cast.MONDAY):
        officer = cast.person("officer")
        case = case_in(CaseState.NOTIFIED)
        number = case.current_notice.number
        page = Visitor(officer).open(PAGE)
        for words in (number, "棠下镇", "打给谁", "没有登记电话", "张一"):
            assert words in page
        take(Verb.ACKNOWLEDGE_RECEIPT, case)
        assert "现在没有未签收的通知" in Visitor(officer).open(PAGE)
        take(Verb.RESCHEDULE, Case.objects.get(pk=case.pk))
        moved = Case.objects.get(pk=case.pk).current_notice
        assert moved.number != number
        assert moved.number in Visitor(officer).open(PAGE)


def test_the_soonest_limit_stands_first_and_an_ended_case_is_gone(office):
    with time_machine.travel(cast.MONDAY):
        late = case_in(CaseState.NOTIFIED)
        soon = case_after(Verb.SERVE_NOTICE, unit=cast.unit(cast.MEMBER_UNIT))
        Case.objects.filter(pk=soon.pk).update(receipt_due_on=late.receipt_due_on.replace(day=1))
        assert list(unsigned_notices(cast.person("officer"))) == [soon, late]
        take(Verb.WITHDRAW, soon)
        assert list(unsigned_notices(cast.person("officer"))) == [late]


def test_an_overdue_notice_leads_from_home_to_the_telephones(office):
    with time_machine.travel(cast.MONDAY):
        case_in(CaseState.NOTIFIED)
    with later(days=8):
        head = cast.person(f"head_{cast.TOWN}")
        change_contact(head, by=head, telephone="0750-3272000", mobile="", email="")
        visitor = Visitor(cast.person("officer"))
        visitor.open(reverse("home"))
        page = visitor.open(visitor.page.link("电话一览：未签收的通知"))
        assert f"{head.name}：0750-3272000" in page
        assert "逾期" in page


def test_who_holds_a_post_in_the_unit_does_not_read_of_it(office):
    case = case_in(CaseState.NOTIFIED)
    officer = cast.person("second_officer")
    Post.objects.create(
        unit=case.unit, holder=officer, kind=PostKind.LIAISON, title="联系领导", began_on=cast.MONDAY.date()
    )
    assert case.current_notice.number not in Visitor(cast.person("second_officer")).open(PAGE)
    assert browser(f"head_{cast.TOWN}").get(PAGE).status_code == 403
