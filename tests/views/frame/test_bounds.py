"""No page and no form grows with the records: what is left out is counted or said, and linked."""

import pytest

from tests import cast
from tests.factories import case_in
from tests.views.frame.test_pagination import copies
from tests.views.queries import queries_of
from tests.web import Visitor, browser
from yuetan.forms.frame.case_field import OFFERED
from yuetan.models import Case, Letter, NumberEntry
from yuetan.models.case.proposal_text import MAX_COMPARED
from yuetan.views.people.unit_history import NEWEST
from yuetan.vocabulary import CaseState

FORMS = [("supervisor", "/letters/new/"), ("officer", "/documents/numbers/new/")]


def many_open_cases(count, **changed):
    return copies(case_in(CaseState.DRAFTED), count, register_serial=lambda n: 100 + n, **changed)


@pytest.mark.parametrize(("who", "address"), FORMS)
def test_a_form_offers_the_newest_cases_and_links_the_rest(office, who, address):
    case_in(CaseState.NOTIFIED)
    client = browser(who)
    assert "只列出最近的" not in client.get(address).content.decode()
    cost = queries_of(client, address)
    many_open_cases(3 * OFFERED)
    page = client.get(address).content.decode()
    assert page.count('<option value="约谈〔') == OFFERED
    assert f'只列出最近的 {OFFERED} 件，其余的编号见<a href="/cases/"' in page
    assert queries_of(client, address) == cost


@pytest.mark.parametrize("written", ["约谈〔2026〕1号", " 约谈[2026]1 ", "2026-1", "〔2026〕1号"])
def test_a_case_is_named_by_its_number(office, written):
    case = case_in(CaseState.RECTIFYING)
    visitor = Visitor(cast.person("officer"))
    visitor.open("/documents/numbers/new/")
    visitor.press("预留", case=written, kind="minutes", purpose="印发纪要")
    assert NumberEntry.objects.get(purpose="印发纪要").case == case


@pytest.mark.parametrize("written", ["约谈〔2026〕77号", "棠下镇的事", "约谈〔2026〕2号", "1" * 30])
def test_a_number_that_is_no_open_case_of_ones_own_says_so(office, written):
    case_in(CaseState.RECTIFYING)
    case_in(CaseState.DECLINED)
    visitor = Visitor(cast.person("officer"))
    visitor.open("/documents/numbers/new/")
    page = visitor.press("预留", expect=422, case=written, kind="minutes", purpose="印发纪要")
    assert "没有这个编号的在办约谈事项，请填写约谈台账上的编号，如“约谈〔2026〕12号”。" in page
    assert not NumberEntry.objects.filter(purpose="印发纪要").exists()


def test_a_letter_that_is_revised_shows_the_number_of_its_case(office):
    case = case_in(CaseState.RECTIFYING)
    visitor = Visitor(cast.person("supervisor"))
    page = visitor.open(f"/letters/new/?case={case.pk}")
    assert page.forms[-1].values["case"] == [case.register_number]
    visitor.press("保存，送签发", lead_matter="非法采砂", problems="未启动。", requirements="抓紧部署。")
    assert Letter.objects.get().case == case


def test_what_is_known_of_a_busy_unit_is_counted_and_linked(office):
    unit = cast.unit(cast.TOWN)
    address, client = f"/cases/new/?unit={unit.pk}", browser("officer")
    case_in(CaseState.RECTIFYING)
    client.get(address)
    cost = queries_of(client, address)
    many_open_cases(NEWEST + 5)
    page = Visitor(cast.person("officer")).open(address)
    assert f"该单位已有约谈事项 {NEWEST + 7} 件，其中在办 {NEWEST + 7} 件" in page
    assert f"这里只列 {NEWEST} 件" in page
    assert [url for words, url in page.links if words == "其余的见台账"] == [f"/cases/?q={unit.code}"]
    assert queries_of(client, address) <= cost + 4  # the counts of four kinds of things
    found = Visitor(cast.person("officer")).open(f"/cases/?q={unit.code}")
    assert f"共 {NEWEST + 7} 条" in found


def test_cases_are_found_by_who_was_to_be_interviewed(office, county):
    mine, other = case_in(CaseState.NOTIFIED), case_in(CaseState.NOTIFIED, unit=county)
    page = Visitor(cast.person("officer")).open("/cases/?person=冯十")
    shown = {url for _, url in page.links}
    assert f"/cases/{mine.pk}/" in shown
    assert f"/cases/{other.pk}/" not in shown
    assert "没有符合条件" in Visitor(cast.person(f"head_{cast.COUNTY}")).open("/cases/?person=冯十")


def test_a_matter_is_compared_with_the_newest_and_the_page_says_so(office):
    unit = cast.unit(cast.TOWN)
    address = f"/cases/new/?unit={unit.pk}"
    case_in(CaseState.DRAFTED)
    assert "只与最近的" not in Visitor(cast.person("officer")).open(address)
    copies(Case.objects.get(), MAX_COMPARED, register_serial=lambda n: 100 + n, matter=lambda n: f"第{n}件")
    page = Visitor(cast.person("officer")).open(address)
    assert f"该单位在办事项较多，只与最近的 {MAX_COMPARED} 件比对" in page
    assert ("约谈台账", f"/cases/?q={unit.code}") in page.links


def test_a_selection_that_is_too_long_says_how_many_were_left_out(office):
    case = case_in(CaseState.RECTIFYING)
    tasks = list(case.tasks.values_list("pk", flat=True))
    visitor = Visitor(cast.person("supervisor"))
    visitor.open("/tasks/")
    page = visitor.press("催办选中的", task=[*map(str, tasks), *(str(10**6 + n) for n in range(203))])
    assert "一次至多选 200 项，其余 5 项没有列入。" in page
