"""One 通报 to several units in the browser: how it is drafted, and that each unit comes to its own part alone."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.cast import DIVISION_TOWN, MEMBER_UNIT, TOWN, unit
from tests.ladder import measure_in, take
from tests.views.ladder.test_measures import browser, sent, words
from yuetan.models import AccountabilityMeasure, Document
from yuetan.vocabulary import MeasureState, Verb

pytestmark = pytest.mark.usefixtures("office")


@pytest.fixture
def served() -> list[AccountabilityMeasure]:
    lead = measure_in(MeasureState.SERVED, further_units=[unit(DIVISION_TOWN), unit(MEMBER_UNIT)])
    return [lead, *AccountabilityMeasure.objects.filter(copy_of=lead).order_by("created_at", "pk")]


def test_several_units_are_drafted_served_and_listed() -> None:
    officer = browser("officer")
    typed = f"{unit(DIVISION_TOWN).full_name}\n{unit(MEMBER_UNIT).code}"
    officer.post(reverse("draft_measure"), sent(further_units=typed))
    measure = AccountabilityMeasure.objects.get()
    assert measure.further_units == [unit(DIVISION_TOWN), unit(MEMBER_UNIT)]
    form = words(officer, "revise_measure", measure)
    assert f"{unit(DIVISION_TOWN).full_name}\n{unit(MEMBER_UNIT).full_name}</textarea>" in form
    for page in (words(officer, "measure_laid", measure), officer.get(reverse("measure_list")).content.decode()):
        assert "、".join(unit(code).full_name for code in (TOWN, DIVISION_TOWN, MEMBER_UNIT)) in page
    for verb in (Verb.SUBMIT_MEASURE, Verb.DECIDE_MEASURE):
        take(verb, measure)
    address = reverse("measure_step", args=[measure.pk, "serve_measure"])
    assert unit(MEMBER_UNIT).full_name in officer.post(address, {}).content.decode()
    assert not Document.objects.exists()
    officer.post(address, {"confirmed": "1", "copied_to": "市司法局"})
    assert [paper.number for paper in Document.objects.all()] == ["江扫黑通〔2026〕1号"] * 3
    assert all("市司法局" in paper.html for paper in Document.objects.all())


def test_a_unit_named_twice_comes_back_as_it_was_typed() -> None:
    answer = browser("officer").post(reverse("draft_measure"), sent(further_units=f"{MEMBER_UNIT}\n{MEMBER_UNIT}"))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert f"一并通报的单位里，{unit(MEMBER_UNIT).full_name}写了不止一次" in page
    assert f"{MEMBER_UNIT}\n{MEMBER_UNIT}</textarea>" in page


def test_a_unit_that_is_nobodys_name_is_refused() -> None:
    answer = browser("officer").post(reverse("draft_measure"), sent(further_units="没有的单位"))
    assert answer.status_code == 422
    sentence = "第 1 个：在用的成员单位、市（区）、镇（街）里没有“没有的单位”，请照“单位与领导”页的全称或者代码填写。"
    assert sentence in answer.content.decode()


def test_the_office_comes_from_one_unit_to_the_others(served) -> None:
    pages = [words(browser("director"), "measure_laid", one) for one in served]
    for page, own in zip(pages, served, strict=True):
        for other in served:
            assert (reverse("measure_laid", args=[other.pk]) + '"' in page) == (other != own)


def test_each_unit_comes_to_its_own_part_alone(served) -> None:
    first, second, _ = served
    take(Verb.HAND_IN_REPORT, take(Verb.PREPARE_REPORT, first))
    liaison = browser(f"liaison_{DIVISION_TOWN}")
    own = words(liaison, "measure_laid", second)
    assert "同一份通报还发给" in own
    assert first.unit.full_name in own  # the paper itself says so
    for hidden in (str(first.pk), str(first.paper_id)):
        assert hidden not in own
    for address in ("measure_laid", "measure_form", "revise_measure"):
        assert liaison.get(reverse(address, args=[first.pk])).status_code == 404
    for verb in (Verb.ACKNOWLEDGE_MEASURE, Verb.HAND_IN_REPORT, Verb.SERVE_ALONGSIDE):
        assert liaison.get(reverse("measure_step", args=[first.pk, verb])).status_code == 404
    assert liaison.get(reverse("document", args=[first.paper_id])).status_code == 404
    assert liaison.get(reverse("document", args=[second.paper_id])).status_code == 200
    searches = ("/search/?q=江扫黑通〔2026〕1号", "/search/?q=治安重点")
    for address in (reverse("measure_list"), reverse("document_list"), *searches):
        page = liaison.get(address).content.decode()
        assert str(first.pk) not in page
        assert str(first.paper_id) not in page
    listed = liaison.get("/tasks/").content.decode()
    assert str(second.pk) in listed
    assert str(first.pk) not in listed


def test_the_number_book_has_one_line(served) -> None:
    page = browser("director").get(reverse("number_book")).content.decode()
    assert page.count("江扫黑通〔2026〕1号") == 1


def test_the_stamped_scan_is_asked_for_once(served) -> None:
    assert Document.objects.without_scan().get() == served[0].paper


def test_a_list_of_several_costs_no_query_a_line(served) -> None:
    officer = browser("officer")
    address = reverse("measure_list")
    officer.get(address)
    with CaptureQueriesContext(connection) as few:
        officer.get(address)
    for number in range(3):
        measure_in(MeasureState.DRAFTED, further_units=[unit(MEMBER_UNIT)], matter=f"第{number}处乱点整治推进缓慢")
    with CaptureQueriesContext(connection) as more:
        officer.get(address)
    assert len(more) <= len(few) + 1


def test_a_check_code_finds_the_one_paper(served) -> None:
    assert [paper.check_code is None for paper in Document.objects.order_by("copy_of")] == [False, True, True]
