"""Papers of measures that are not signed for: what unit and office read of it, and whom the office calls."""

import re

import pytest
from django.urls import reverse

from tests.cast import DIVISION_TOWN, TOWN, head, person, unit
from tests.exports import exported_rows
from tests.factories import later
from tests.ladder import checked, listed_in, measure_in, take
from tests.pleas import revoked
from tests.web import Visitor, browser
from yuetan.actions.people.account import change_contact
from yuetan.ledgers.agenda.agenda import agenda
from yuetan.rules.dates import clock
from yuetan.rules.dates.working_days import ONE_DAY
from yuetan.vocabulary import MeasureState, Verb

pytestmark = pytest.mark.usefixtures("office")
HEAD = f"head_{TOWN}"


def page_of(who: str, address: str) -> str:
    return re.sub(r"<[^>]*>|\s+", "", browser(who).get(address).content.decode())


def test_both_sides_read_on_the_page_by_when_it_is_to_be_signed_for_and_how_late_it_is() -> None:
    measure = measure_in(MeasureState.SERVED)
    address = f"/measures/{measure.pk}/"
    for who in (HEAD, "officer", "director"):
        assert "签收期限2026年11月24日" in page_of(who, address)
        with later(days=1):
            assert "未签收，今天到期" in page_of(who, address)
        with later(days=3):
            assert "未签收，逾期2天" in page_of(who, address)
    take(Verb.ACKNOWLEDGE_MEASURE, measure)
    assert "签收期限" not in page_of("officer", address)


def test_what_was_revoked_asks_for_no_receipt_of_its_own_paper() -> None:
    measure = revoked()
    said = page_of(HEAD, f"/measures/{measure.pk}/")
    assert "已撤销，不必签收" in said
    assert said.count("签收期限") == 1  # of the answer
    take(Verb.ACKNOWLEDGE_MEASURE, measure)
    listed = browser("officer").get(reverse("measure_list")).content.decode()
    assert re.findall(r'data-label="签收">(.*?)</td>', listed) == ['<div><span class="muted">—</span></div>']


def test_who_may_register_a_receipt_reads_the_telephones_and_the_unit_does_not() -> None:
    leader = head(TOWN)
    change_contact(leader, by=leader, telephone="0750-3272000", mobile="", email="")
    measure = measure_in(MeasureState.SERVED)
    address = f"/measures/{measure.pk}/"
    for who in ("officer", "director"):
        assert f"{leader.name}：0750-3272000" in page_of(who, address)
    assert "0750-3272000" not in page_of(HEAD, address)
    assert "0750-3272000" not in page_of("supervisor", address)
    take(Verb.ACKNOWLEDGE_MEASURE, measure)
    assert "0750-3272000" not in page_of("officer", address)


def test_the_unit_has_it_on_its_home_with_its_day_before_what_falls_due_later() -> None:
    measure_in(MeasureState.SERVED)
    asks = browser(HEAD).get("/").context["obligations"].open
    assert (asks[0].title, asks[0].due_on) == ("签收责任措施", clock.today() + ONE_DAY)
    with later(days=3):
        page = page_of(HEAD, "/")
        assert "签收责任措施" in page
        assert "逾期2天" in page


def test_an_unsigned_paper_climbs_and_leads_from_home_to_the_telephones() -> None:
    measure = measure_in(MeasureState.SERVED)
    duty = "责任措施文书逾期未签收：催办签收，或者登记纸质回执"
    with later(days=1):
        assert duty not in page_of("officer", "/")
    with later(days=2):
        assert duty in page_of("officer", "/")
        assert duty not in page_of("director", "/")
    with later(days=4):
        assert duty in page_of("director", "/")
        visitor = Visitor(person("officer"))
        visitor.open("/")
        page = visitor.open(visitor.page.link("电话一览：未签收的责任措施文书"))
        for words in (measure.paper.number, "棠下镇", "打给谁", "没有登记电话", "张一", "逾期"):
            assert words in page
        take(Verb.ACKNOWLEDGE_MEASURE, measure)
        assert "现在没有未签收的责任措施文书" in page_of("officer", reverse("unsigned_measures"))


def test_the_calendar_has_the_day_for_unit_and_office() -> None:
    measure = measure_in(MeasureState.SERVED)
    due_on = measure.paper.receipt_due_on
    for who in (HEAD, "officer"):
        entries = agenda(person(who), clock.today(), due_on).entries
        listed = [(one.label, one.day, one.about) for one in entries]
        assert ("签收责任措施", due_on, ("measure_laid", measure.pk)) in listed
    assert not agenda(head(DIVISION_TOWN), clock.today(), due_on).entries


def test_the_ledger_says_it_filters_by_it_and_exports_it() -> None:
    late = measure_in(MeasureState.SERVED)
    signed = take(Verb.ACKNOWLEDGE_MEASURE, measure_in(MeasureState.SERVED, on=unit(DIVISION_TOWN)))
    with later(days=3):
        fresh = measure_in(MeasureState.SERVED, matter="校园周边治安乱点整治不力")

        def listed(receipt: str) -> set[object]:
            rows = browser("officer").get(reverse("measure_list"), {"receipt": receipt}).context["rows"]
            return {row["measure"].pk for row in rows}

        assert listed("") == {late.pk, signed.pk, fresh.pk}
        assert listed("unsigned") == {late.pk, fresh.pk}
        assert listed("overdue") == {late.pk}
        assert "未签收，逾期2天" in page_of("officer", reverse("measure_list"))
        first, *rows = exported_rows("officer", "measures", "receipt=overdue")
        assert [row[first.index("签收时限状态")] for row in rows] == ["逾期 2 天"]
        assert [row[first.index("签收期限")].date() for row in rows] == [late.paper.receipt_due_on]


def test_the_ledger_says_that_a_later_paper_is_unsigned() -> None:
    measure = take(Verb.ASK_DELISTING, checked(listed_in(MeasureState.SERVED)))
    take(Verb.GRANT_DELISTING, measure)
    with later(days=3):
        assert "另有文书未签收逾期2天" in page_of("officer", reverse("measure_list"))


def test_who_serves_it_reads_before_by_when_it_is_to_be_signed_for() -> None:
    measure = measure_in(MeasureState.DECIDED)
    visitor = Visitor(person("officer"))
    visitor.open(reverse("measure_step", args=[measure.pk, Verb.SERVE_MEASURE]))
    page = visitor.press("下一步：核对")
    assert "签收期限为2026年11月24日（办公室设定），超过期限未签收的列入承办人的待办；" in page
    assert "超过2026年11月26日仍未签收的，也列入办公室主任的待办。" in page
