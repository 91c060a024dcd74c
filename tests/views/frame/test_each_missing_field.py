"""A refusal that names what is missing stands once, at the first of the fields, and marks each of the others."""

import pytest

from tests import cast
from tests.factories import case_in
from tests.ladder import carry_out, measure_in, put_right, take
from tests.refusals import nothing_stored
from tests.restrictions import restricting
from tests.vetoes import veto_in
from tests.web import browser
from yuetan.rules.text.empty_words import missing_of
from yuetan.vocabulary import CaseState, MeasureState, Verb

pytestmark = pytest.mark.usefixtures("office")
ENTERED = "照来函写的文字"
# Who sends which form, with what of it filled in; what the sentence names, and the fields that lack it.
FORMS = {
    "/restrictions/inquiries/new/": (
        "officer",
        {"letter_number": ENTERED},
        "查询登记还缺：来函机关、来函日期、用途、查询的日期。",
        ["organ", "letter_on", "purpose", "day"],
    ),
    "/meetings/new/": (
        "officer",
        {"place": ENTERED},
        "会议还缺：会议类别、时间、主持人。",
        ["kind", "begins_at", "chair"],
    ),
    "/rounds/new/": (
        "officer",
        {"title": ENTERED, "kind": "linked"},
        "督导方案还缺：督导依据、开始日期、结束日期、督导组成员、带队人、督导单位。",
        ["basis", "begins_on", "ends_on", "members", "leader", "visits"],
    ),
    "/reporting/schemes/new/": (
        "officer",
        {"title": ENTERED, "due_time": "12:00", "weekday": "thursday", "day_count": "calendar"},
        "报送事项还缺：依据、报送单位、周期、首期。",
        ["source", "kinds", "rhythm", "first_day"],
    ),
    "/assessment/new/": (
        "officer",
        {"source": ENTERED, "excellent_from": "90", "qualified_from": "60"},
        "考核方案还缺：年度、统计起始日、统计截止日、组别、指标。",
        ["year", "first_day", "last_day", "groups", "indicators"],
    ),
    "/received/new/": (
        "officer",
        {"organ": ENTERED},
        "来函登记还缺：收到的单位、种类、成文日期、收到日期、事由、建议、提示的内容、来函扫描件。",
        ["unit", "kind", "dated_on", "received_on", "matter", "asked", "scan"],
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
    answer = _refused("officer", "/measures/new/", {"unit": cast.unit(cast.TOWN).pk, "matter": ENTERED})
    assert {"rung", "door"} <= set(answer.context["form"].errors)


def test_a_step_of_the_process_marks_them_too():
    case = case_in(CaseState.APPROVED)
    answer = browser("officer").post(f"/cases/{case.pk}/steps/serve_notice/", {"confirmed": "1", "procedure": ENTERED})
    assert answer.status_code == 422
    assert {"place", "scheduled_at"} <= set(answer.context["form"].errors)


def test_nothing_is_missing_where_all_is_there():
    assert not missing_of("inquiry_incomplete", {"organ": ("来函机关", ENTERED)})
    (only,) = missing_of("inquiry_incomplete", {"organ": ("来函机关", " "), "day": ("查询的日期", ENTERED)})
    assert (only.field, only.further_fields) == ("organ", ())


def _received(measure):
    return take(Verb.RECORD_REFERRAL_RECEIPT, take(Verb.REFER_MEASURE, measure))


def _consulted():
    return take(Verb.ASK_CONSULTATION, take(Verb.ENDORSE_MEASURE, veto_in(MeasureState.IN_REVIEW)))


# A step of a measure that asks which row it is about, or for a day beside its words; nothing of it is filled in.
STEPS = {
    "record_referral_receipt": (
        "officer",
        lambda: take(Verb.REFER_MEASURE, measure_in(MeasureState.SERVED)),
        ["referral", "received_by", "received_on", "scan"],
    ),
    "record_referral_outcome": (
        "officer",
        lambda: _received(measure_in(MeasureState.SERVED)),
        ["referral", "outcome", "outcome_organ", "outcome_on", "scan"],
    ),
    "record_consultation": (
        "officer",
        _consulted,
        ["consultation", "opinion", "answered_by", "answered_on", "scan"],
    ),
    "excuse_consultation": ("group_leader", _consulted, ["consultation", "reason"]),
    "conclude_measure": (
        "director",
        lambda: put_right(take(Verb.ACKNOWLEDGE_MEASURE, measure_in(MeasureState.SERVED))),
        ["met_on", "opinion"],
    ),
    "register_measure_paper": (
        "officer",
        lambda: measure_in(MeasureState.PROPOSED),
        ["decision", "approver", "given_on", "opinion", "proof"],
    ),
}


@pytest.mark.parametrize("verb", STEPS)
def test_a_step_of_a_measure_marks_each_field_at_once(verb):
    username, made, lacking = STEPS[verb]
    address = f"/measures/{made().pk}/steps/{verb}/"
    seen = browser(username).get(address).context["form"].fields.get("seen")
    answer = _refused(username, address, {"confirmed": "1", **({"seen": seen.initial} if seen else {})})
    assert set(lacking) <= set(answer.context["form"].errors)
    assert answer.content.decode().count('class="field-error"') >= len(lacking)


def test_a_draft_of_a_measure_marks_each_field_without_which_there_is_none():
    carry_out()
    answer = _refused("officer", "/measures/new/", {"facts": ENTERED})
    errors = answer.context["form"].errors
    assert list(errors) == ["unit", "rung", "door", "matter"]
    assert errors["unit"] == ["责任措施还缺：单位、档次、条件、事由。"]
    assert ENTERED in answer.content.decode()
