"""A refusal that names what is missing stands once, at the first of the fields, and marks each of the others."""

import pytest

from tests import cast
from tests.factories import case_in
from tests.ladder import carry_out
from tests.refusals import nothing_stored
from tests.restrictions import restricting
from tests.web import browser
from yuetan.rules.text.empty_words import missing_of
from yuetan.vocabulary import CaseState

pytestmark = pytest.mark.usefixtures("office")
TYPED = "照来函写的文字"
# Who sends which form, with what of it filled in; what the sentence names, and the fields that lack it.
FORMS = {
    "/restrictions/inquiries/new/": (
        "officer",
        {"letter_number": TYPED},
        "查询登记还缺：来函机关、来函日期、用途、查询的日期。",
        ["organ", "letter_on", "purpose", "day"],
    ),
    "/meetings/new/": (
        "officer",
        {"place": TYPED},
        "会议还缺：会议类别、时间、主持人。",
        ["kind", "begins_at", "chair"],
    ),
    "/rounds/new/": (
        "officer",
        {"title": TYPED, "kind": "linked"},
        "督导方案还缺：督导依据、开始日期、结束日期、督导组成员、带队人、督导单位。",
        ["basis", "begins_on", "ends_on", "members", "leader", "visits"],
    ),
    "/reporting/schemes/new/": (
        "officer",
        {"title": TYPED, "due_time": "12:00", "weekday": "thursday", "day_count": "calendar"},
        "报送事项还缺：依据、报送单位、周期、首期。",
        ["source", "kinds", "rhythm", "first_day"],
    ),
    "/assessment/new/": (
        "officer",
        {"source": TYPED, "excellent_from": "90", "qualified_from": "60"},
        "考核方案还缺：年度、统计起始日、统计截止日、组别、指标。",
        ["year", "first_day", "last_day", "groups", "indicators"],
    ),
    "/received/new/": (
        "officer",
        {"organ": TYPED},
        "来函登记还缺：收到的单位、种类、文号、成文日期、收到日期、事由、建议、提示的内容、来函扫描件。",
        ["unit", "kind", "number", "dated_on", "received_on", "matter", "asked", "scan"],
    ),
}


def _refused(username, address, data):
    client = browser(username)
    with nothing_stored():
        answer = client.post(address, data)
    assert answer.status_code == 422, answer.content.decode()[:2000]
    return answer


@pytest.mark.parametrize("address", FORMS)
def test_each_field_that_lacks_something_is_marked_and_what_was_typed_stays(address):
    username, typed, sentence, lacking = FORMS[address]
    answer = _refused(username, address, typed)
    errors, page = answer.context["form"].errors, answer.content.decode()
    assert set(lacking) <= set(errors)
    assert not answer.context["form"].non_field_errors()
    assert sentence in "".join(errors[lacking[0]])
    for name in lacking[1:]:
        assert errors[name] == [answer.context["form"].fields[name].error_messages["required"]]
    assert page.count('class="field-error"') >= len(lacking)
    for words in typed.values():
        assert f'"{words}"' in page, words


def test_a_refusal_is_counted_by_its_fields(office):
    username, typed, _, lacking = FORMS["/restrictions/inquiries/new/"]
    page = " ".join(_refused(username, "/restrictions/inquiries/new/", typed).content.decode().split())
    assert f"有 {len(lacking) + 1} 处需要改正" in page  # and whom it is about


def test_what_is_wrong_is_said_at_its_own_field():
    restricting()
    facts = {"organ": "某组织部", "letter_number": "1号", "letter_on": "2099-01-01", "purpose": "考察"}
    answer = _refused("officer", "/restrictions/inquiries/new/", facts | {"day": "2026-11-24", "name": "冯十"})
    assert list(answer.context["form"].errors) == ["letter_on", "title"]


def test_a_measure_that_is_not_laid_whole_marks_rung_and_door():
    carry_out()
    answer = _refused("officer", "/measures/new/", {"unit": cast.unit(cast.TOWN).pk, "matter": TYPED})
    assert {"rung", "door"} <= set(answer.context["form"].errors)


def test_a_step_of_the_process_marks_them_too():
    case = case_in(CaseState.APPROVED)
    answer = browser("officer").post(f"/cases/{case.pk}/steps/serve_notice/", {"confirmed": "1", "procedure": TYPED})
    assert answer.status_code == 422
    assert {"place", "scheduled_at"} <= set(answer.context["form"].errors)


def test_nothing_is_missing_where_all_is_there():
    assert not missing_of("inquiry_incomplete", {"organ": ("来函机关", TYPED)})
    (only,) = missing_of("inquiry_incomplete", {"organ": ("来函机关", " "), "day": ("查询的日期", TYPED)})
    assert (only.field, only.further_fields) == ("organ", ())
